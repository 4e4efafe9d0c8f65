import type { Account } from "../ledger/index.ts";
import { proveTransaction } from "./balance.ts";
import type { KnownClaim } from "./known-claim.ts";
import { type ParkReason, SELF_RELEASING } from "./park-reason.ts";
import {
  type ClaimDecision,
  decideClaim,
  decidePair,
  REVERSAL,
  type Waiting,
} from "./plan-claim.ts";
import type { PostingRules } from "./posting-rules.ts";
import type { ClaimPayment, Remittance } from "./remittance.ts";

/** Why a whole remittance cannot post, or undefined when it proves (POSTING E5, E7, B3, B9). */
export function refusalOf(remittance: Remittance, intact: boolean): ParkReason | undefined {
  if (!intact || remittance.defects.some(({ severity }) => severity === "error")) {
    return "transaction-damaged";
  }
  if (remittance.claimPayments.some(isPaymentUnreadable)) return "transaction-damaged";
  if (remittance.handlingCode === "P") return "prenote";
  if (remittance.paymentCents < 0) return "payment-negative";
  const moneyless = remittance.handlingCode === "H" || remittance.paymentMethod === "NON";
  if (moneyless && remittance.paymentCents !== 0) return "payment-kind";
  return proveTransaction(remittance).residualCents === 0 ? undefined : "transaction-unbalanced";
}

/** CLP04 that cannot be read leaves the transaction's own equation open. */
function isPaymentUnreadable(payment: ClaimPayment): boolean {
  return payment.defects.some(
    ({ severity, segment, element }) => severity === "error" && segment === "CLP" && element === 4,
  );
}

/** What the planner is given besides the payments. */
export interface PlanContext {
  readonly payer: Remittance["payer"];
  /** The claim a payment belongs to: by CLP01, else by CLP07 (POSTING M1, M3). */
  readonly claimOf: (payment: ClaimPayment) => KnownClaim | undefined;
  readonly newId: () => string;
  /** Whether several payments of the whole remittance answer this claim number (POSTING M7). */
  readonly isSplit: (patientControlNumber: string) => boolean;
  /** Cash in transit, or unapplied insurance for payments that are released from there. */
  readonly cash: Account;
  /** The version in force. */
  readonly rules: PostingRules;
}

/**
 * Decides a set of claim payments of one remittance. They are taken in posting order and what waits
 * for another payment of the same set is tried again, so the order inside a remittance does not
 * matter (POSTING R4); what then waits beside its own reversal posts with that. The decisions come in the order in which they were taken, for each stands on
 * those before it.
 */
export function planPayments(
  payments: readonly ClaimPayment[],
  context: PlanContext,
): ClaimDecision[] {
  const claims = new Map<string, KnownClaim>();
  const decisions = new Map<ClaimPayment, ClaimDecision>();
  const contextOf = (payment: ClaimPayment): Waiting => ({
    payment,
    context: {
      payer: context.payer,
      split: context.isSplit(payment.patientControlNumber),
      adjudicationId: context.newId(),
      cash: context.cash,
      rules: context.rules.treatment(context.payer),
    },
  });
  let waiting = inPostingOrder(payments);
  for (let progress = true; progress && waiting.length > 0; ) {
    progress = false;
    const again: ClaimPayment[] = [];
    for (const payment of waiting) {
      const known = context.claimOf(payment);
      const claim = known && (claims.get(known.claimId) ?? known);
      const decision = decideClaim(payment, claim, contextOf(payment).context);
      decisions.delete(payment);
      decisions.set(payment, decision);
      if (decision.kind === "posted" && claim !== undefined) {
        progress = true;
        const adjudications = [...claim.adjudications, decision.adjudication];
        claims.set(claim.claimId, { ...claim, adjudications });
      } else if (decision.kind === "parked" && mayChange(decision.reason)) again.push(payment);
    }
    waiting = again;
  }
  for (const pair of pairsOf(waiting)) {
    const [payment, reversal] = pair;
    if (pair.some((each) => decisions.get(each)?.kind === "posted")) continue;
    const known = context.claimOf(payment);
    if (known === undefined || context.claimOf(reversal)?.claimId !== known.claimId) continue;
    const claim = claims.get(known.claimId) ?? known;
    const both = decidePair(claim, contextOf(payment), contextOf(reversal));
    if (both === undefined) continue;
    for (const decision of both) {
      decisions.delete(decision.payment);
      decisions.set(decision.payment, decision);
    }
    const adjudications = [...claim.adjudications, ...both.map((each) => each.adjudication)];
    claims.set(claim.claimId, { ...claim, adjudications });
  }
  return [...decisions.values()];
}

/** Payments with each reversal beside them that may be theirs. */
function* pairsOf(waiting: readonly ClaimPayment[]): Generator<[ClaimPayment, ClaimPayment]> {
  const reversals = waiting.filter(({ statusCode }) => statusCode === REVERSAL);
  if (reversals.length === 0) return;
  for (const payment of waiting) {
    if (payment.statusCode === REVERSAL) continue;
    for (const reversal of reversals) yield [payment, reversal];
  }
}

/** Reversals first, then the payments that these take back, then the rest, each in file order. */
function inPostingOrder(payments: readonly ClaimPayment[]): ClaimPayment[] {
  const reversals = payments.filter(({ statusCode }) => statusCode === REVERSAL);
  const mirrored = new Set(reversals.map((reversal) => moneyOf(reversal, -1)));
  const takenBack: ClaimPayment[] = [];
  const others: ClaimPayment[] = [];
  for (const payment of payments) {
    if (payment.statusCode === REVERSAL) continue;
    const goesFirst = mirrored.size > 0 && mirrored.has(moneyOf(payment, 1));
    (goesFirst ? takenBack : others).push(payment);
  }
  return [...reversals, ...takenBack, ...others];
}

/** A claim number with every amount decided for it: equal for a payment and the reversal of it. */
function moneyOf(payment: ClaimPayment, sign: 1 | -1): string {
  const adjustments = [payment, ...payment.services].flatMap((level) =>
    level.adjustments.map(({ reasonCode, amountCents }) => `${reasonCode} ${amountCents * sign}`),
  );
  const { patientControlNumber, chargeCents, paidCents } = payment;
  const amounts = [chargeCents * sign, paidCents * sign, ...adjustments.sort()];
  return [patientControlNumber, ...amounts].join("|");
}

function mayChange(reason: ParkReason): boolean {
  return reason !== "unmatched" && SELF_RELEASING.has(reason);
}

/** The claim numbers that several payments of a remittance answer, reversals aside (RFI 137). */
export function splitClaims(payments: readonly ClaimPayment[]): ReadonlySet<string> {
  const once = new Set<string>();
  const split = new Set<string>();
  for (const { statusCode, patientControlNumber: number } of payments) {
    if (statusCode === REVERSAL) continue;
    if (once.has(number)) split.add(number);
    once.add(number);
  }
  return split;
}
