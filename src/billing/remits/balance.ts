import { type Cents, cents, sumOf } from "../money/index.ts";
import type { ClaimPayment, Remittance, ServicePayment } from "./remittance.ts";

/**
 * A balance that does not hold: which equation, where, and by how much (left side − right side).
 */
export interface Imbalance {
  readonly level: "service" | "claim" | "transaction";
  /** `SVC[2] of CLP[3]`, `CLP[3]`, `BPR`. */
  readonly place: string;
  readonly position: number | undefined;
  readonly residualCents: Cents;
}

/** The numbers of the transaction's equation: BPR02 = Σ CLP04 − Σ PLB (POSTING B3). */
export interface TransactionProof {
  readonly paymentCents: Cents;
  readonly claimPaidCents: Cents;
  readonly providerAdjustmentCents: Cents;
  readonly residualCents: Cents;
}

/** BPR02 − (Σ CLP04 − Σ PLB), with its numbers. AMT and QTY take no part (RFI 1324). */
export function proveTransaction(remittance: Remittance): TransactionProof {
  const claimPaidCents = sumOf(remittance.claimPayments, (payment) => payment.paidCents);
  const providerAdjustmentCents = sumOf(remittance.providerAdjustments, (plb) => plb.amountCents);
  const { paymentCents } = remittance;
  return {
    paymentCents,
    claimPaidCents,
    providerAdjustmentCents,
    residualCents: cents(paymentCents - (claimPaidCents - providerAdjustmentCents)),
  };
}

/**
 * The equations of one claim payment that do not hold: for each line SVC02 − Σ CAS = SVC03 (RFI
 * 2601), and CLP03 − Σ CAS of claim and lines = CLP04 (RFI 358). Empty when it proves.
 */
export function proveClaim(payment: ClaimPayment): Imbalance[] {
  const imbalances: Imbalance[] = [];
  let adjusted = adjustedBy(payment.adjustments);
  let ordinal = 0;
  for (const service of payment.services) {
    ordinal += 1;
    const lineAdjusted = adjustedBy(service.adjustments);
    adjusted += lineAdjusted;
    const residual = service.chargeCents - lineAdjusted - service.paidCents;
    if (residual !== 0) imbalances.push(serviceImbalance(payment, service, ordinal, residual));
  }
  const residual = payment.chargeCents - adjusted - payment.paidCents;
  if (residual !== 0) imbalances.push(claimImbalance(payment, residual));
  return imbalances;
}

/** Written out, because every line of a file is proven. */
function adjustedBy(adjustments: ClaimPayment["adjustments"]): number {
  let total = 0;
  for (const { amountCents } of adjustments) total += amountCents;
  return total;
}

/** Σ SVC02 − CLP03 when lines are reported: zero unless the claim was split (POSTING B4). */
export function lineChargeDifference(payment: ClaimPayment): Cents {
  if (payment.services.length === 0) return cents(0);
  return cents(sumOf(payment.services, (service) => service.chargeCents) - payment.chargeCents);
}

/** Σ PR adjustments at both levels, which CLP05 should state (POSTING B6). */
export function patientShare(payment: ClaimPayment): Cents {
  const ofPatient = (adjustments: ClaimPayment["adjustments"]) =>
    sumOf(adjustments, ({ groupCode, amountCents }) =>
      groupCode === "PR" ? amountCents : cents(0),
    );
  return cents(
    ofPatient(payment.adjustments) +
      sumOf(payment.services, (service) => ofPatient(service.adjustments)),
  );
}

function serviceImbalance(
  payment: ClaimPayment,
  service: ServicePayment,
  ordinal: number,
  residual: number,
): Imbalance {
  return {
    level: "service",
    place: `SVC[${ordinal}] of CLP[${payment.ordinal}]`,
    position: service.position,
    residualCents: cents(residual),
  };
}

function claimImbalance(payment: ClaimPayment, residual: number): Imbalance {
  return {
    level: "claim",
    place: `CLP[${payment.ordinal}]`,
    position: payment.position,
    residualCents: cents(residual),
  };
}
