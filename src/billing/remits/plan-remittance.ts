import type { Account, JournalLine } from "../ledger/index.ts";
import { proveTransaction } from "./balance.ts";
import type { KnownClaim } from "./known-claim.ts";
import { type ParkReason, SELF_RELEASING } from "./park-reason.ts";
import { type ClaimDecision, decideClaim, REVERSAL } from "./plan-claim.ts";
import type { ClaimPayment, ProviderAdjustment, Remittance } from "./remittance.ts";

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
  /** Cash in transit, or unapplied insurance for payments that are released from there. */
  readonly cash: Account;
}

/**
 * Decides a set of claim payments of one remittance. Reversals are taken first and what waits for another
 * payment of the same set is tried again, so the order inside a remittance does not matter (POSTING R4).
 */
export function planPayments(
  payments: readonly ClaimPayment[],
  context: PlanContext,
): ClaimDecision[] {
  const claims = new Map<string, KnownClaim>();
  const decisions = new Map<ClaimPayment, ClaimDecision>();
  const numbers = countBy(payments.filter((payment) => payment.statusCode !== REVERSAL));
  let waiting = [
    ...payments.filter((payment) => payment.statusCode === REVERSAL),
    ...payments.filter((payment) => payment.statusCode !== REVERSAL),
  ];
  for (let progress = true; progress && waiting.length > 0; ) {
    progress = false;
    const again: ClaimPayment[] = [];
    for (const payment of waiting) {
      const known = context.claimOf(payment);
      const claim = known && (claims.get(known.claimId) ?? known);
      const decision = decideClaim(payment, claim, {
        payer: context.payer,
        split: (numbers.get(payment.patientControlNumber) ?? 0) > 1,
        adjudicationId: context.newId(),
        cash: context.cash,
      });
      decisions.set(payment, decision);
      if (decision.kind === "posted" && claim !== undefined) {
        progress = true;
        const adjudications = [...claim.adjudications, decision.adjudication];
        claims.set(claim.claimId, { ...claim, adjudications });
      } else if (decision.kind === "parked" && mayChange(decision.reason)) again.push(payment);
    }
    waiting = again;
  }
  return payments.flatMap((payment) => decisions.get(payment) ?? []);
}

function mayChange(reason: ParkReason): boolean {
  return reason !== "unmatched" && (SELF_RELEASING.has(reason) || reason === "reversal-mismatch");
}

function countBy(payments: readonly ClaimPayment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { patientControlNumber } of payments) {
    counts.set(patientControlNumber, (counts.get(patientControlNumber) ?? 0) + 1);
  }
  return counts;
}

/** Where each PLB reason lives (POSTING 7); what is not here is held in suspense with a work item. */
export const PROVIDER_ADJUSTMENT_ACCOUNTS: Readonly<Record<string, Account>> = {
  FB: "forwarding-balance",
  WO: "overpayment-recovery",
  "72": "refund-in-transit",
  L6: "interest-income",
  IR: "tax-withheld",
  LE: "tax-withheld",
  J1: "non-reimbursable",
  AP: "advance-payment",
  PI: "advance-payment",
  CT: "capitation-income",
};

/** The account of a PLB reason. */
export function providerAdjustmentAccount({ reasonCode }: ProviderAdjustment): Account {
  return PROVIDER_ADJUSTMENT_ACCOUNTS[reasonCode] ?? "provider-adjustment-suspense";
}

/** The journal lines of a PLB pair: a positive amount reduces the payment (RFI 2184). */
export function providerAdjustmentLines(adjustment: ProviderAdjustment): JournalLine[] {
  const { amountCents } = adjustment;
  if (amountCents === 0) return [];
  return [
    { account: providerAdjustmentAccount(adjustment), amountCents },
    { account: "cash-in-transit", amountCents: -amountCents as typeof amountCents },
  ];
}
