import type { ClaimLine, ClaimPayer } from "../claims/claim.ts";
import type { Adjudication, Receivable, Sequence } from "../ledger/index.ts";

/** What the store knows of a claim when a payment for it arrives. */
export interface KnownClaim {
  readonly claimId: string;
  /** Every payer of the claim, in order of responsibility. */
  readonly payers: readonly ClaimPayer[];
  /** The turn of the payer that the latest submission went to. */
  readonly sentTo: Sequence;
  readonly lines: readonly ClaimLine[];
  /** A replacement or void was sent for it. */
  readonly superseded: boolean;
  /** Everything that was posted to it, oldest first, reversals included. */
  readonly adjudications: readonly Adjudication[];
}

/** The claim as the ledger sees it. */
export function receivableOf(claim: Pick<KnownClaim, "lines" | "superseded">): Receivable {
  return { lines: claim.lines, superseded: claim.superseded };
}
