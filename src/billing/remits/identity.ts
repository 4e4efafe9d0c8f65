import { createHash } from "node:crypto";
import type { ClaimPayment, Remittance } from "./remittance.ts";

/**
 * The natural key of a remittance: who pays, under which trace number, whom (RFI 217). Payers break its
 * uniqueness on zero-pay remittances, so that equal keys alone never mean a duplicate (RFI 604).
 */
export function remittanceKey(remittance: Remittance): string {
  const payer = remittance.originatorId || remittance.payer.id || remittance.payer.name;
  const payee = remittance.payee.npi ?? remittance.payee.taxId ?? remittance.payee.name;
  return [payer, remittance.originatorSupplement ?? "", remittance.traceNumber, payee].join("|");
}

/**
 * A digest of what counts in a remittance: BPR02, BPR16, and of each claim CLP01 to 05, CLP07 and every CAS,
 * and each PLB. Two files with the same digest differ in cosmetics only (POSTING E4).
 */
export function moneyDigest(remittance: Remittance): string {
  const hash = createHash("sha256");
  hash.update(`${remittance.paymentCents}|${remittance.paymentDate ?? ""}\n`);
  for (const payment of remittance.claimPayments) hash.update(claimText(payment));
  for (const plb of remittance.providerAdjustments) {
    hash.update(`${plb.reasonCode}|${plb.reference}|${plb.amountCents}\n`);
  }
  return hash.digest("hex");
}

function claimText(payment: ClaimPayment): string {
  const head = [
    payment.patientControlNumber,
    payment.statusCode,
    payment.chargeCents,
    payment.paidCents,
    payment.patientResponsibilityCents ?? "",
    payment.payerClaimControlNumber ?? "",
  ].join("|");
  const adjustments = [payment, ...payment.services].map((level) =>
    level.adjustments
      .map(({ groupCode, reasonCode, amountCents }) => `${groupCode}${reasonCode}${amountCents}`)
      .join(),
  );
  return `${head}|${adjustments.join(";")}\n`;
}
