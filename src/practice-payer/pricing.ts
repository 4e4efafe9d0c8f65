import type { Claim, ClaimLine } from "../billing/claims/claim.ts";
import { type Cents, cents, subtract, ZERO } from "../billing/money/index.ts";
import type { Adjustment, Procedure } from "../billing/remits/remittance.ts";
import { adjustment, type LineDecision, paidOf } from "./decision.ts";
import { allowedAmount, percentOf } from "./fees.ts";
import type { Refusal } from "./outcomes.ts";
import type { SamplePayer } from "./payers.ts";
import { between, happens, type Random } from "./random.ts";

/** What a patient still owes before a payer pays: used up line by line. */
export interface PatientTerms {
  readonly deductibleCents: Cents;
  readonly copayCents: Cents;
}

const DEDUCTIBLE_PERCENT = 12;
const SEQUESTRATION_PERCENT = 2;
/** Office visits carry the copay. */
const OFFICE_VISIT = /^992[01]\d$/;
/** Check-ups, vaccines and laboratory services cost the patient nothing. */
const FREE_TO_PATIENT = /^(993[89]\d|G043[89]|90[467]\d\d|8\d{4}|36415)$/;

/** What the patient owes on this claim under the payer's plan. */
export function patientTerms(random: Random, payer: SamplePayer): PatientTerms {
  const owes = payer.coinsurancePercent > 0 && happens(random, DEDUCTIBLE_PERCENT);
  return {
    deductibleCents: owes ? cents(between(random, 10, 90) * 100) : ZERO,
    copayCents: cents(payer.copayCents),
  };
}

/** What the payer allows for a line; units that are no whole number have no rate. */
export function allowedOf(payer: SamplePayer, line: ClaimLine): Cents {
  const { procedureCode, chargeCents } = line;
  if (!/^\d{1,6}$/.test(line.units)) {
    return allowedAmount(payer, { procedureCode: "", chargeCents, units: 1 });
  }
  return allowedAmount(payer, { procedureCode, chargeCents, units: Number(line.units) });
}

/**
 * Lines paid at what `allowed` says: CO-45, the patient's share, sequestration; the rest is money.
 */
export function paidLines(
  claim: Claim,
  payer: SamplePayer,
  lines: readonly ClaimLine[],
  terms: PatientTerms,
  allowed: (line: ClaimLine) => Cents,
): LineDecision[] {
  let left = terms;
  return lines.map((line) => {
    const allowedCents = allowed(line);
    const share = shareOf(payer, line, allowedCents, left);
    left = share.left;
    const adjustments = [
      adjustment("CO", "45", subtract(line.chargeCents, allowedCents)),
      ...share.adjustments,
    ].filter(({ amountCents }) => amountCents !== 0);
    const decided = decidedLine(claim, line, withSequestration(payer, line, adjustments));
    return { ...decided, allowedCents };
  });
}

/** The adjustments and, from a payer that sequesters, CO-253 on what they leave to be paid. */
export function withSequestration(
  payer: SamplePayer,
  line: ClaimLine,
  adjustments: readonly Adjustment[],
): Adjustment[] {
  const paid = paidOf(line.chargeCents, adjustments);
  const sequestered = payer.sequesters ? percentOf(paid, SEQUESTRATION_PERCENT) : ZERO;
  return sequestered === 0
    ? [...adjustments]
    : [...adjustments, adjustment("CO", "253", sequestered)];
}

/** A line refused whole. */
export function refusedLine(claim: Claim, line: ClaimLine, refusal: Refusal): LineDecision {
  const { groupCode, reasonCode, remarkCodes } = refusal;
  const refused = adjustment(groupCode, reasonCode, line.chargeCents, line.units);
  return { ...decidedLine(claim, line, [refused]), remarkCodes };
}

/**
 * A line with these adjustments; what they leave is paid, and no units are when nothing is allowed.
 */
export function decidedLine(
  claim: Claim,
  line: ClaimLine,
  adjustments: readonly Adjustment[],
): LineDecision {
  const paidCents = paidOf(line.chargeCents, adjustments);
  const allowedNothing = paidCents === 0 && !adjustments.some(isPatientShare);
  return {
    lineControlNumber: line.lineControlNumber,
    procedure: procedureOf(line),
    submittedProcedure: undefined,
    revenueCode: line.procedureCode === "" ? undefined : line.revenueCode,
    chargeCents: line.chargeCents,
    paidCents,
    paidUnits: allowedNothing && line.chargeCents !== 0 ? "0" : line.units,
    submittedUnits: line.units,
    adjustments,
    remarkCodes: [],
    allowedCents: undefined,
    serviceDateFrom: line.serviceDateFrom ?? claim.serviceDateFrom,
    serviceDateTo: line.serviceDateTo ?? claim.serviceDateTo,
  };
}

/** The procedure of a line as submitted; its revenue code (NU) where it has none. */
export function procedureOf(line: ClaimLine): Procedure {
  if (line.procedureCode === "" && line.revenueCode !== undefined) {
    return { qualifier: "NU", code: line.revenueCode, modifiers: [] };
  }
  return {
    qualifier: line.procedureQualifier,
    code: line.procedureCode,
    modifiers: line.modifiers,
  };
}

function isPatientShare({ groupCode, reasonCode }: Adjustment): boolean {
  return groupCode === "PR" && ["1", "2", "3"].includes(reasonCode);
}

/**
 * Deductible first, then the copay of an office visit, or coinsurance; never more than is allowed.
 */
export function shareOf(
  payer: SamplePayer,
  line: ClaimLine,
  allowed: Cents,
  terms: PatientTerms,
): { readonly adjustments: readonly Adjustment[]; readonly left: PatientTerms } {
  if (FREE_TO_PATIENT.test(line.procedureCode)) return { adjustments: [], left: terms };
  const deductible = cents(Math.min(terms.deductibleCents, allowed));
  const deductibleCents = subtract(terms.deductibleCents, deductible);
  const rest = subtract(allowed, deductible);
  const visit = terms.copayCents > 0 && OFFICE_VISIT.test(line.procedureCode);
  const second = visit
    ? adjustment("PR", "3", cents(Math.min(terms.copayCents, rest)))
    : adjustment("PR", "2", percentOf(rest, payer.coinsurancePercent));
  return {
    adjustments: [adjustment("PR", "1", deductible), second].filter(
      ({ amountCents }) => amountCents !== 0,
    ),
    left: { deductibleCents, copayCents: visit ? ZERO : terms.copayCents },
  };
}
