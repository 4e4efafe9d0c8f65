import { add, cents } from "../billing/money/index.ts";
import { foreignDecision } from "./adjudicate.ts";
import type { ClaimDecision, LineDecision } from "./decision.ts";
import type { Payment, ScheduledDecision } from "./payments.ts";
import { pick, type Random } from "./random.ts";

/** What payers do that they should not; each happens once in an answer. */
export const IRREGULARITIES = [
  "unbalanced-remittance",
  "unbalanced-claim",
  "foreign-claim",
  "duplicate-file",
  "silent-claims",
] as const;

/** One thing that a payer should not do. */
export type IrregularityName = (typeof IRREGULARITIES)[number];

const CLAIM_RESIDUAL = cents(500);
const PAYMENT_RESIDUAL = cents(1000);

/**
 * The decisions with one claim whose contractual adjustment is $5.00 too high, so that it parks
 * alone.
 */
export function withUnbalancedClaim(
  scheduled: readonly ScheduledDecision[],
  random: Random,
): ScheduledDecision[] {
  const told = countByClaim(scheduled);
  const candidates = scheduled.filter(
    ({ decision }) =>
      decision.statusCode === "1" &&
      decision.paidCents > 0 &&
      told.get(decision.claim.patientControlNumber) === 1 &&
      decision.lines[0]?.adjustments[0]?.reasonCode === "45",
  );
  if (candidates.length === 0) return [...scheduled];
  const chosen = pick(random, candidates);
  return scheduled.map((entry) =>
    entry === chosen ? { ...entry, decision: overstated(entry.decision) } : entry,
  );
}

/** The decisions with one for a claim that the practice never sent. */
export function withForeignClaim(
  scheduled: readonly ScheduledDecision[],
  random: Random,
): ScheduledDecision[] {
  const candidates = scheduled.filter(
    ({ decision, round }) => decision.statusCode === "1" && decision.paidCents > 0 && round < 2,
  );
  if (candidates.length === 0) return [...scheduled];
  const { decision, payer, round } = pick(random, candidates);
  return [...scheduled, { decision: foreignDecision(decision.claim, payer, random), payer, round }];
}

/**
 * The payments with one whose BPR02 is $10.00 too high: the smallest that nothing else depends on,
 * no reversal, carried balance or crossover, and that tells none of the `spared` decisions.
 */
export function withUnbalancedPayment(
  payments: readonly Payment[],
  spared: ReadonlySet<ClaimDecision>,
): Payment[] {
  const told = new Map<string, number>();
  for (const { decisions } of payments) {
    for (const { claim } of decisions) {
      const number = claim.patientControlNumber;
      told.set(number, (told.get(number) ?? 0) + 1);
    }
  }
  const plain = payments.filter(
    ({ plb, paymentCents, decisions }) =>
      plb.length === 0 &&
      paymentCents > 0 &&
      decisions.every(
        (decision) => !spared.has(decision) && told.get(decision.claim.patientControlNumber) === 1,
      ),
  );
  const [chosen] = plain.toSorted((a, b) => a.decisions.length - b.decisions.length);
  return payments.map((payment) => {
    if (payment !== chosen) return payment;
    const paymentCents = add(payment.paymentCents, PAYMENT_RESIDUAL);
    return { ...payment, paymentCents, residualCents: PAYMENT_RESIDUAL };
  });
}

function countByClaim(scheduled: readonly ScheduledDecision[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { decision } of scheduled) {
    const number = decision.claim.patientControlNumber;
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

function overstated(decision: ClaimDecision): ClaimDecision {
  return {
    ...decision,
    lines: decision.lines.map(
      (line, index): LineDecision =>
        index > 0
          ? line
          : {
              ...line,
              adjustments: line.adjustments.map((adjustment, position) =>
                position > 0
                  ? adjustment
                  : { ...adjustment, amountCents: add(adjustment.amountCents, CLAIM_RESIDUAL) },
              ),
            },
    ),
  };
}
