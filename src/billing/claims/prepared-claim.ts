import type { Encounter } from "../intake/index.ts";
import type { Claim } from "./claim.ts";

/** A claim and the encounter that it was made from: together they hold all that an 837 says. */
export interface PreparedClaim {
  /** As accepted by the edits, text repaired. */
  readonly encounter: Encounter;
  readonly claim: Claim;
}
