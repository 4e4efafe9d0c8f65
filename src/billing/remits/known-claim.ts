import type { ClaimLine, ClaimPayer } from "../claims/claim.ts";
import type { Adjudication, Receivable, Sequence, WrittenOff } from "../ledger/index.ts";

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
  /** What a person wrote off of it, and stands. */
  readonly writtenOff?: readonly WrittenOff[] | undefined;
  /** Everything that was posted to it, oldest first, reversals included. */
  readonly adjudications: readonly Adjudication[];
}

/** The claim as the ledger sees it. */
export function receivableOf({
  lines,
  superseded,
  writtenOff,
}: Pick<KnownClaim, "lines" | "superseded" | "writtenOff">): Receivable {
  return { lines, superseded, writtenOff };
}
