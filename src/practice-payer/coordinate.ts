import type { Claim, ClaimLine } from "../billing/claims/claim.ts";
import { type Cents, cents, subtract, sumOf, ZERO } from "../billing/money/index.ts";
import { payerNumberOf } from "./adjudicate.ts";
import { adjustment, type ClaimDecision, patientPart } from "./decision.ts";
import { percentOf } from "./fees.ts";
import type { SamplePayer } from "./payers.ts";
import { decidedLine } from "./pricing.ts";

/** What the patient still owes of each line after the earlier payers, by line control number. */
export type RemainingShares = ReadonlyMap<string, Cents>;

const DEDUCTIBLE_KEPT_PERCENT = 30;
const MEDICAID_PERCENT = 60;

/** What the patient still owes of each line after this decision. */
export function remainingAfter(decision: ClaimDecision): RemainingShares {
  return new Map(
    decision.lines.map((line) => [line.lineControlNumber, patientPart(line.adjustments)]),
  );
}

/**
 * What a secondary payer decides: OA-23 for all that the earlier payers have settled of the full
 * original charge (RFI 2143), and its own payment of what was left to the patient. A Medicaid-like
 * payer leaves the patient nothing (CO-45), any other leaves a part as the patient's (PR-2).
 */
export function coordinate(
  claim: Claim,
  payer: SamplePayer,
  remaining: RemainingShares,
): ClaimDecision {
  const lines = claim.lines.map((line) => {
    const left = leftOf(line, remaining);
    const medicaid = payer.filingIndicatorCode === "MC";
    const unpaid = medicaid
      ? subtract(left, percentOf(left, MEDICAID_PERCENT))
      : percentOf(left, DEDUCTIBLE_KEPT_PERCENT);
    const adjustments = [
      adjustment("OA", "23", subtract(line.chargeCents, left)),
      medicaid ? adjustment("CO", "45", unpaid) : adjustment("PR", "2", unpaid),
    ].filter(({ amountCents }) => amountCents !== 0);
    return decidedLine(claim, line, adjustments);
  });
  return {
    claim,
    statusCode: claim.payer.sequence === "T" ? "3" : "2",
    coverageCode: payer.coverageCode,
    payerClaimControlNumber: payerNumberOf(claim, payer),
    chargeCents: sumOf(lines, ({ chargeCents }) => chargeCents),
    paidCents: sumOf(lines, ({ paidCents }) => paidCents),
    adjustments: [],
    remarkCodes: [],
    lines,
    crossover: undefined,
    interestCents: ZERO,
    correctedMemberId: undefined,
  };
}

function leftOf(line: ClaimLine, remaining: RemainingShares): Cents {
  return cents(Math.min(remaining.get(line.lineControlNumber) ?? ZERO, line.chargeCents));
}
