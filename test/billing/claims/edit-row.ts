import type { Encounter } from "../../../src/billing/intake/index.ts";

/** An edit, an encounter that it faults and where, and one that it lets pass. */
export type EditRow = readonly [
  edit: string,
  pointer: string,
  faulted: Encounter,
  passed: Encounter,
  severity?: "warning",
];
