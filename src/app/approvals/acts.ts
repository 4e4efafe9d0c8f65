import { WRITE_OFF } from "../claims/write-off.ts";
import { REFUND } from "../deposits/refund.ts";
import { SETTINGS } from "../practice-rules.ts";
import type { Act } from "./act.ts";

/**
 * Everything that may take two people. A new act is a line here; it is asked for by `actOrAsk`, and carried out by the
 * approval of another person.
 */
export const ACTS = {
  "write-off": WRITE_OFF,
  refund: REFUND,
  settings: SETTINGS,
} as const satisfies Record<string, Act>;

/** The name of an act that may take two people. */
export type ActName = keyof typeof ACTS;
