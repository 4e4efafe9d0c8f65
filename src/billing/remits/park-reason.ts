import { cents, formatDollars } from "../money/index.ts";

/**
 * Why a claim payment, or a whole remittance, waits for a person; each with what happened and what
 * to do.
 */
export const PARK_REASONS = {
  unmatched: "No claim of ours carries this claim number.",
  "claim-unbalanced": "Charge less adjustments is not what the payer says it paid.",
  unreadable: "An amount of this claim payment cannot be read.",
  "status-unknown": "The claim status code is none that this standard knows.",
  "status-with-money": "The status says that nothing is decided here, yet money moves.",
  "adjustment-group-unknown": "An adjustment has a group code that a payment may not carry.",
  "charge-mismatch": "The payer decided on a larger charge than was billed.",
  "line-not-billed": "The payer answers a service line that was never billed.",
  "awaiting-reversal":
    "These charges are decided already; the payer has not yet reversed that decision.",
  "reversal-without-original": "The payer takes back a payment that is not in the ledger.",
  "reversal-mismatch": "The reversal is not the exact negation of an earlier payment.",
  "claim-level-reversal": "The payer reverses by claim what it paid by line.",
  "transaction-unbalanced": "The payment is not the sum of its claims less provider adjustments.",
  "transaction-damaged": "The transaction set is incomplete or its counts do not agree.",
  "payment-negative": "The payment amount is negative, which the standard does not allow.",
  "payment-kind": "A remittance without payment states money.",
  prenote: "A prenotification moves no money.",
  unposted: "A person has unposted this claim payment.",
  conflict: "Another remittance with this trace number and other content is posted.",
} as const;

/** The name of a reason to park. */
export type ParkReason = keyof typeof PARK_REASONS;

/**
 * The reasons that leave by themselves when the missing piece arrives. What a reversal takes back
 * may arrive behind it, also where other decisions on the claim are posted already.
 */
export const SELF_RELEASING: ReadonlySet<ParkReason> = new Set([
  "unmatched",
  "awaiting-reversal",
  "reversal-without-original",
  "reversal-mismatch",
  "claim-level-reversal",
]);

/** What is missing of a payment that waits though every equation holds. */
const NOTHING_OFF: Readonly<Record<string, string>> = {
  unmatched: "nothing is off: no claim of ours was found",
  "awaiting-reversal": "nothing is off: the reversal has not come",
  "reversal-without-original": "nothing is off: what it reverses has not come",
} satisfies Partial<Record<ParkReason, string>>;

/** By how much an equation does not hold, in words, or that nothing is off and what has not come; "" for neither. */
export function residualWords(reason: string, residualCents: number): string {
  const missing = NOTHING_OFF[reason];
  if (missing !== undefined) return missing;
  return residualCents === 0 ? "" : `off by ${formatDollars(cents(residualCents))}`;
}
