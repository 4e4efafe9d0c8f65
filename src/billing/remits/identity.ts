import { createHash } from "node:crypto";
import type { ClaimPayment, Remittance } from "./remittance.ts";

/**
 * The natural key of a remittance: who pays, under which trace number, whom (RFI 217). Payers break
 * its uniqueness on zero-pay remittances: equal keys alone never mean a duplicate (RFI 604).
 */
export function remittanceKey(remittance: Remittance): string {
  const payer = remittance.originatorId || remittance.payer.id || remittance.payer.name;
  const payee = remittance.payee.npi ?? remittance.payee.taxId ?? remittance.payee.name;
  return [payer, remittance.originatorSupplement ?? "", remittance.traceNumber, payee].join("|");
}

/**
 * A digest of what counts in a remittance: BPR02, BPR16, and of each claim CLP01 to 05, CLP07 and
 * every CAS, and each PLB, whatever their order. Two files with the same digest differ in cosmetics
 * only (POSTING E4).
 */
export function moneyDigest(remittance: Remittance): string {
  const { paymentCents, paymentDate, claimPayments, providerAdjustments } = remittance;
  const claims = claimPayments.map(claimText).sort();
  const provider = providerAdjustments
    .map(({ reasonCode, reference, amountCents }) => text([reasonCode, reference, amountCents]))
    .sort();
  return createHash("sha256")
    .update(text([paymentCents, paymentDate ?? "", claims, provider]))
    .digest("hex");
}

/** A remittance that was here before, as far as telling it from another needs it. */
export interface EarlierRemittance {
  readonly moneyDigest: string;
  /** parked, or unposted by a person: nothing of it is in the ledger. */
  readonly status: string;
}

/**
 * What a remittance is to those that came before under its key: the same money again, another one
 * that reuses the trace number without money, or a conflict; "none" when nothing of them posted
 * (POSTING E4).
 */
export function compareEarlier(
  { paymentCents, paymentMethod, handlingCode }: Remittance,
  digest: string,
  sameKey: readonly EarlierRemittance[],
): "none" | "cosmetic" | "reused" | "conflict" {
  const taken = sameKey.filter(({ status }) => status !== "parked");
  if (taken.some((earlier) => earlier.moneyDigest === digest)) return "cosmetic";
  if (taken.every(({ status }) => status === "unposted")) return "none";
  const informing = handlingCode === "H" || handlingCode === "I";
  const moneyless = paymentCents === 0 && (paymentMethod === "NON" || informing);
  return moneyless ? "reused" : "conflict";
}

function claimText(payment: ClaimPayment): string {
  return text([
    payment.patientControlNumber,
    payment.statusCode,
    payment.chargeCents,
    payment.paidCents,
    payment.patientResponsibilityCents ?? "",
    payment.payerClaimControlNumber ?? "",
    [payment, ...payment.services].map(({ adjustments }) =>
      adjustments.map(({ groupCode, reasonCode, amountCents }) => [
        groupCode,
        reasonCode,
        amountCents,
      ]),
    ),
  ]);
}

/** JSON keeps neighbours apart: CO-4 of 51.00 is not CO-45 of 1.00. */
function text(values: readonly unknown[]): string {
  return JSON.stringify(values);
}
