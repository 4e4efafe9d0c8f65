import { type Adjudication, CLAIM_LEVEL, paidBy, type Triple } from "../ledger/index.ts";
import type { ParkReason } from "./park-reason.ts";
import type { ClaimPayment } from "./remittance.ts";

/** The earlier adjudication that a reversal takes back, or why none can be named. */
export type Original =
  | { readonly original: Adjudication }
  | { readonly reason: ParkReason; readonly residualCents: number };

/**
 * Finds the one live adjudication whose every amount a reversal (CLP02 22) negates, line by line
 * (RFI 1429); 4010-style senders may use group CR (RFI 2442). The payer's claim number decides
 * between equals, then the payer. A payer of the claim takes back its own decisions only, even
 * where another payer has paid the same; `own` tells which those are.
 */
export function findOriginal(
  payment: ClaimPayment,
  triples: readonly Triple[],
  lineOf: readonly (string | undefined)[],
  live: readonly Adjudication[],
  payerId: string,
  own: (adjudication: Adjudication) => boolean,
): Original {
  const exact = live.filter((adjudication) => isNegation(payment, triples, lineOf, adjudication));
  const original =
    exact.findLast(
      ({ payerClaimControlNumber: number }) =>
        number !== undefined && number === payment.payerClaimControlNumber,
    ) ??
    exact.findLast((adjudication) => adjudication.payerId === payerId) ??
    exact.findLast(own);
  if (original !== undefined) return { original };
  const closest = live.findLast((each) => each.payerId === payerId) ?? live.findLast(own);
  if (closest === undefined) {
    return { reason: "reversal-without-original", residualCents: 0 };
  }
  const claimLevelOnly =
    payment.services.length === 0 &&
    closest.lines.some((line) => line.lineControlNumber !== CLAIM_LEVEL);
  return {
    reason: claimLevelOnly ? "claim-level-reversal" : "reversal-mismatch",
    residualCents: payment.paidCents + paidBy(closest),
  };
}

function isNegation(
  payment: ClaimPayment,
  triples: readonly Triple[],
  lineOf: readonly (string | undefined)[],
  original: Adjudication,
): boolean {
  const oldStyle = triples.some((triple) => triple.groupCode === "CR");
  return (
    sameSums(lineSums(payment, lineOf), originalSums(original)) &&
    sameSums(tripleSums(triples, oldStyle, 1), tripleSums(original.triples, oldStyle, -1))
  );
}

/** Charge and payment of each line as the reversal states them. */
function lineSums(
  payment: ClaimPayment,
  lineOf: readonly (string | undefined)[],
): Map<string, number> {
  const sums = new Map<string, number>();
  let charge = payment.chargeCents as number;
  let paid = payment.paidCents as number;
  for (const [index, service] of payment.services.entries()) {
    const line = lineOf[index] ?? CLAIM_LEVEL;
    addTo(sums, `${line} charge`, service.chargeCents);
    addTo(sums, `${line} paid`, service.paidCents);
    charge -= service.chargeCents;
    paid -= service.paidCents;
  }
  addTo(sums, `${CLAIM_LEVEL} charge`, charge);
  addTo(sums, `${CLAIM_LEVEL} paid`, paid);
  return sums;
}

function originalSums(original: Adjudication): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of original.lines) {
    addTo(sums, `${line.lineControlNumber} charge`, -line.chargeCents);
    addTo(sums, `${line.lineControlNumber} paid`, -line.paidCents);
  }
  return sums;
}

function tripleSums(
  triples: readonly Triple[],
  ignoreGroup: boolean,
  sign: 1 | -1,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lineControlNumber, groupCode, reasonCode, amountCents } of triples) {
    const group = ignoreGroup ? "" : groupCode;
    addTo(sums, `${lineControlNumber} ${group} ${reasonCode}`, amountCents * sign);
  }
  return sums;
}

function addTo(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function sameSums(a: Map<string, number>, b: Map<string, number>): boolean {
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    if ((a.get(key) ?? 0) !== (b.get(key) ?? 0)) return false;
  }
  return true;
}
