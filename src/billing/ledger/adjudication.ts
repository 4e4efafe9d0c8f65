import { type Cents, sumOf } from "../money/index.ts";

/** SBR01: a payer's turn in the order of responsibility. */
export type Sequence = "P" | "S" | "T";

/** The turns in their order. */
export const TURNS: readonly Sequence[] = ["P", "S", "T"];

/** The key of what a remittance says of a claim as a whole, beside its lines. */
export const CLAIM_LEVEL = "";

/**
 * What one adjudication does with one line's charge (or with the claim as a whole, key
 * CLAIM_LEVEL): charge = paid + contractual + sequestration + other + patient + denied + priorPayer
 * (POSTING B1).
 */
export interface LineAmounts {
  readonly lineControlNumber: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly contractualCents: Cents;
  readonly sequestrationCents: Cents;
  readonly otherCents: Cents;
  /** PR: the patient's or the next payer's. */
  readonly patientCents: Cents;
  /** Refused: nothing moves, the receivable stays open. */
  readonly deniedCents: Cents;
  /** OA-23: already posted from an earlier payer, never posted again (RFI 2143). */
  readonly priorPayerCents: Cents;
}

/**
 * One payer decision on one claim, as it was posted. Append-only; a reversal is an adjudication of
 * its own.
 */
export interface Adjudication {
  readonly id: string;
  readonly sequence: Sequence;
  readonly payerId: string;
  /** CLP02. */
  readonly statusCode: string;
  readonly payerClaimControlNumber: string | undefined;
  readonly lines: readonly LineAmounts[];
  /** Every CAS triple, for the exact negation test of a reversal: level, group, reason, amount. */
  readonly triples: readonly Triple[];
  /** The id of the adjudication that this one takes back. */
  readonly reverses: string | undefined;
  /**
   * The id of the adjudication that a person has unposted: it and this record of it count as if
   * neither had been posted.
   */
  readonly withdraws?: string | undefined;
}

/** A CAS triple with the line it stands at, CLAIM_LEVEL for the claim's own. */
export interface Triple {
  readonly lineControlNumber: string;
  readonly groupCode: string;
  readonly reasonCode: string;
  readonly amountCents: Cents;
}

/** The adjudications that are posted: neither unposted ones nor the records of unposting. */
export function standingAdjudications(
  adjudications: readonly Adjudication[],
): readonly Adjudication[] {
  if (adjudications.every(({ withdraws }) => withdraws === undefined)) return adjudications;
  const withdrawn = new Set(adjudications.map(({ withdraws }) => withdraws));
  return adjudications.filter(({ id, withdraws }) => withdraws === undefined && !withdrawn.has(id));
}

/** The posted adjudications that no later one has taken back, and that take nothing back themselves. */
export function liveAdjudications(adjudications: readonly Adjudication[]): Adjudication[] {
  const standing = standingAdjudications(adjudications);
  const reversed = new Set(standing.map((adjudication) => adjudication.reverses));
  return standing.filter(({ id, reverses }) => reverses === undefined && !reversed.has(id));
}

/** Whether a payer whose turn comes after that of an adjudication has decided too. */
export function decidesLater({ sequence }: Adjudication, live: readonly Adjudication[]): boolean {
  return live.some((other) => TURNS.indexOf(other.sequence) > TURNS.indexOf(sequence));
}

/** What was paid by an adjudication in all. */
export function paidBy(adjudication: Adjudication): Cents {
  return sumOf(adjudication.lines, (line) => line.paidCents);
}

/** True when the amounts move money or responsibility: anything but a pure denial. */
export function hasEffect(line: LineAmounts): boolean {
  return (
    line.paidCents !== 0 ||
    line.contractualCents !== 0 ||
    line.sequestrationCents !== 0 ||
    line.otherCents !== 0 ||
    line.patientCents !== 0
  );
}
