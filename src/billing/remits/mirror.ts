import { type Adjudication, liveAdjudications, paidBy } from "../ledger/index.ts";
import { add, type Cents, sumOf } from "../money/index.ts";
import type { KnownClaim } from "./known-claim.ts";
import type { ParkReason } from "./park-reason.ts";
import { type DecisionContext, ownDecisions, type PostedClaim, post } from "./plan-claim.ts";
import type { ClaimPayment, Remittance } from "./remittance.ts";

/** The reasons of reversals that say of an earlier posting something else than it was (RFI 1733). */
const MIRRORED: ReadonlySet<ParkReason> = new Set(["claim-level-reversal", "reversal-mismatch"]);

/** Whether what waits for this reason is a reversal that a person may mirror. */
export function isMirrored(reason: ParkReason): boolean {
  return MIRRORED.has(reason);
}

/** An earlier posting that a reversal may mean, and by how much its charge and its payment are not negated. */
export interface EarlierPosting {
  readonly adjudication: Adjudication;
  readonly chargeDifferenceCents: Cents;
  readonly paidDifferenceCents: Cents;
}

/**
 * The posting of a claim that a reversal of this payer most likely takes back, whatever it says of lines: first one
 * with the same money, then one with the payer's claim number, then one under its identifier, then the latest.
 * Undefined where nothing of the payer is live.
 */
export function earlierPosting(
  payment: ClaimPayment,
  claim: Pick<KnownClaim, "adjudications" | "payers">,
  payer: Remittance["payer"],
): EarlierPosting | undefined {
  const own = liveAdjudications(claim.adjudications).filter(ownDecisions(claim, payer));
  const found = own.map((adjudication) => ({
    adjudication,
    chargeDifferenceCents: add(
      payment.chargeCents,
      sumOf(adjudication.lines, ({ chargeCents }) => chargeCents),
    ),
    paidDifferenceCents: add(payment.paidCents, paidBy(adjudication)),
  }));
  const exact = found.filter(isSameMoney);
  const among = exact.length > 0 ? exact : found;
  const number = payment.payerClaimControlNumber;
  return (
    among.findLast(
      ({ adjudication }) => number !== undefined && adjudication.payerClaimControlNumber === number,
    ) ??
    among.findLast(({ adjudication }) => adjudication.payerId === payer.id) ??
    among.at(-1)
  );
}

/** Whether the exact negation of the posting moves the very money that the reversal states. */
export function isSameMoney(earlier: Omit<EarlierPosting, "adjudication">): boolean {
  return earlier.chargeDifferenceCents === 0 && earlier.paidDifferenceCents === 0;
}

/**
 * The exact negation of an earlier posting, line by line, in answer to a reversal that states the same charge and
 * payment without its lines or with other adjustments (POSTING R7). A person asks for it.
 */
export function mirrorPosting(
  payment: ClaimPayment,
  claim: KnownClaim,
  { adjudication: original }: EarlierPosting,
  context: DecisionContext,
): PostedClaim {
  return post(payment, claim, context, {
    adjudication: {
      ...original,
      id: context.adjudicationId,
      statusCode: payment.statusCode,
      payerClaimControlNumber: payment.payerClaimControlNumber,
      reverses: original.id,
    },
    denied: [],
  });
}
