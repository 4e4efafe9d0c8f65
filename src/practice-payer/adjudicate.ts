import type { Claim, ClaimLine } from "../billing/claims/claim.ts";
import { type Cents, cents, negate, subtract, sumOf, ZERO } from "../billing/money/index.ts";
import type { Adjustment } from "../billing/remits/remittance.ts";
import { adjustment, type ClaimDecision, type LineDecision } from "./decision.ts";
import { percentOf } from "./fees.ts";
import { type Outcome, outcomeNamed, type Refusal } from "./outcomes.ts";
import type { SamplePayer } from "./payers.ts";
import {
  allowedOf,
  decidedLine,
  type PatientTerms,
  paidLines,
  patientTerms,
  procedureOf,
  refusedLine,
  shareOf,
  withSequestration,
} from "./pricing.ts";
import { between, pick, type Random, shortCode } from "./random.ts";

/** What a payer decides of a claim; two decisions when it splits the claim. */
export function adjudicate(
  claim: Claim,
  payer: SamplePayer,
  outcome: Outcome,
  terms: PatientTerms,
  random: Random,
): ClaimDecision[] {
  if (outcome.refusal !== undefined) return [refuseClaim(claim, payer, outcome.refusal)];
  switch (outcome.name) {
    case "partial":
      return [payPartly(claim, payer, terms, random)];
    case "underpaid":
      return [payAt(claim, payer, terms, UNDERPAID_PERCENT)];
    case "bundled":
      return [bundle(claim, payer, terms)];
    case "capitated":
      return [capitate(claim, payer)];
    case "split":
      return splitDecision(payAt(claim, payer, terms, 100));
    case "interest": {
      const paid = payAt(claim, payer, terms, 100);
      return [{ ...paid, interestCents: percentOf(paid.paidCents, INTEREST_PERCENT) }];
    }
    case "corrected-insured": {
      const correctedMemberId = `${claim.patient.memberId}01`;
      return [{ ...payAt(claim, payer, terms, 100), correctedMemberId }];
    }
    default:
      return [payAt(claim, payer, terms, 100)];
  }
}

/** What the payer decides when it looks again at a claim that it has paid: it pays less. */
export function reconsider(
  claim: Claim,
  payer: SamplePayer,
  terms: PatientTerms,
  random: Random,
): ClaimDecision {
  const again = payAt(claim, payer, terms, pick(random, SECOND_THOUGHTS));
  return { ...again, payerClaimControlNumber: `${again.payerClaimControlNumber}R` };
}

/**
 * What the payer answers to a predetermination: what it would pay, as OA-101, and no money (CLP02
 * 25).
 */
export function predetermine(claim: Claim, payer: SamplePayer, terms: PatientTerms): ClaimDecision {
  const expected = payAt(claim, payer, terms, 100);
  const lines = expected.lines.map((line) => ({
    ...line,
    paidCents: ZERO,
    adjustments: [...line.adjustments, adjustment("OA", "101", line.paidCents)].filter(
      ({ amountCents }) => amountCents !== 0,
    ),
  }));
  return { ...decisionOf(claim, payer, lines), statusCode: PREDETERMINED };
}

/** CLP07 and REF*1K: the payer's number of a claim, the same in every answer. */
export function payerNumberOf(claim: Claim, payer: SamplePayer): string {
  return `${payer.id.slice(-2)}${shortCode(`${payer.id}|${claim.patientControlNumber}`, 10)}`;
}

/** The one reason for which CLP02 is rightly 4 (RFI 1423). */
const PATIENT_NOT_RECOGNIZED = "31";
const PREDETERMINED = "25";
const UNDERPAID_PERCENT = 82;
const INTEREST_PERCENT = 2;
const REDUCED_PERCENT = 40;
/** Shares of the fee schedule, in per cent, at which a reconsidered claim is paid. */
const SECOND_THOUGHTS = [70, 80, 85, 90] as const;
/** What denies a line of a claim that is paid otherwise. */
const PARTIAL_REFUSALS = [
  "denied-97",
  "denied-151",
  "denied-50",
  "denied-197",
  "denied-16",
  "denied-252",
  "denied-4",
  "denied-204",
  "denied-96",
] as const;

/** The whole decision on a claim, from what was decided of its lines. */
function decisionOf(
  claim: Claim,
  payer: SamplePayer,
  lines: readonly LineDecision[],
): ClaimDecision {
  return {
    claim,
    statusCode: STATUS_OF_SEQUENCE[claim.payer.sequence],
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

const STATUS_OF_SEQUENCE = { P: "1", S: "2", T: "3" } as const;

function payAt(
  claim: Claim,
  payer: SamplePayer,
  terms: PatientTerms,
  percent: number,
): ClaimDecision {
  const allowed = (line: ClaimLine): Cents =>
    cents(Math.min(percentOf(allowedOf(payer, line), percent), line.chargeCents));
  const lines = paidLines(claim, payer, claim.lines, terms, allowed);
  return decisionOf(claim, payer, lines);
}

function refuseClaim(claim: Claim, payer: SamplePayer, refusal: Refusal): ClaimDecision {
  const lines = claim.lines.map((line) => refusedLine(claim, line, refusal));
  const decision = decisionOf(claim, payer, lines);
  const unknownPatient = refusal.reasonCode === PATIENT_NOT_RECOGNIZED;
  const statusCode = unknownPatient || payer.writesStatusFour ? "4" : decision.statusCode;
  if (refusal.level === "line") return { ...decision, statusCode };
  const { groupCode, reasonCode, remarkCodes } = refusal;
  const refused = adjustment(groupCode, reasonCode, decision.chargeCents);
  return { ...decision, statusCode, lines: [], adjustments: [refused], remarkCodes };
}

function payPartly(
  claim: Claim,
  payer: SamplePayer,
  terms: PatientTerms,
  random: Random,
): ClaimDecision {
  const [only] = claim.lines;
  if (claim.lines.length === 1 && only !== undefined) {
    return decisionOf(claim, payer, [reducedLine(claim, payer, only, terms)]);
  }
  const refusal = outcomeNamed(pick(random, PARTIAL_REFUSALS))?.refusal;
  const refused = random(claim.lines.length);
  const kept = claim.lines.filter((_, index) => index !== refused);
  const paid = paidLines(claim, payer, kept, terms, (line) => allowedOf(payer, line));
  const lines = claim.lines.map((line, index) => {
    if (index === refused && refusal !== undefined) return refusedLine(claim, line, refusal);
    return paid[index < refused ? index : index - 1] ?? decidedLine(claim, line, []);
  });
  return decisionOf(claim, payer, lines);
}

/** A single line of which a part is denied: CO-151 for units, CO-150 for the level of service. */
function reducedLine(
  claim: Claim,
  payer: SamplePayer,
  line: ClaimLine,
  terms: PatientTerms,
): LineDecision {
  const allowed = allowedOf(payer, line);
  const denied = percentOf(allowed, REDUCED_PERCENT);
  const allowedCents = subtract(allowed, denied);
  const share = shareOf(payer, line, allowedCents, terms);
  const reason = line.units === "1" ? "150" : "151";
  const adjustments = [
    adjustment("CO", "45", subtract(line.chargeCents, allowed)),
    adjustment("CO", reason, denied),
    ...share.adjustments,
  ].filter(({ amountCents }) => amountCents !== 0);
  const decided = decidedLine(claim, line, withSequestration(payer, line, adjustments));
  return { ...decided, allowedCents, remarkCodes: reason === "151" ? ["N362"] : ["N115"] };
}

/** One line takes up the others: OA-94 lifts it by their charges, they carry CO-97 (RFI 2320). */
function bundle(claim: Claim, payer: SamplePayer, terms: PatientTerms): ClaimDecision {
  const [absorbing, ...absorbed] = claim.lines.toSorted(
    (a, b) => b.chargeCents - a.chargeCents || a.lineNumber - b.lineNumber,
  );
  if (absorbing === undefined || absorbed.length === 0) return payAt(claim, payer, terms, 100);
  const moved = sumOf(absorbed, ({ chargeCents }) => chargeCents);
  const lifted = { ...absorbing, chargeCents: cents(absorbing.chargeCents + moved) };
  const [paid] = paidLines(claim, payer, [lifted], terms, () => allowedOf(payer, absorbing));
  const lines = claim.lines.map((line) => {
    if (line === absorbing && paid !== undefined) {
      const adjustments: Adjustment[] = [
        adjustment("OA", "94", negate(moved)),
        ...paid.adjustments,
      ];
      return { ...paid, chargeCents: absorbing.chargeCents, adjustments };
    }
    return {
      ...decidedLine(claim, line, [adjustment("CO", "97", line.chargeCents)]),
      procedure: procedureOf(absorbing),
      submittedProcedure: procedureOf(line),
      remarkCodes: ["M15"],
    };
  });
  return decisionOf(claim, payer, lines);
}

function capitate(claim: Claim, payer: SamplePayer): ClaimDecision {
  const lines = claim.lines.map((line) => ({
    ...decidedLine(claim, line, [adjustment("CO", "24", line.chargeCents)]),
    paidUnits: line.units,
  }));
  return { ...decisionOf(claim, payer, lines), coverageCode: "HM" };
}

/** The same decision in two claim payments: the first lines and the rest (RFI 2224). */
function splitDecision(decision: ClaimDecision): ClaimDecision[] {
  const half = Math.ceil(decision.lines.length / 2);
  const parts = [decision.lines.slice(0, half), decision.lines.slice(half)];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines, index) => ({
      ...decision,
      payerClaimControlNumber: `${decision.payerClaimControlNumber}${"AB"[index] ?? ""}`,
      chargeCents: sumOf(lines, ({ chargeCents }) => chargeCents),
      paidCents: sumOf(lines, ({ paidCents }) => paidCents),
      lines,
    }));
}

/** A claim that the practice never sent: another system's number, one office visit, paid. */
export function foreignDecision(like: Claim, payer: SamplePayer, random: Random): ClaimDecision {
  const chargeCents = cents(16500);
  const line: ClaimLine = {
    lineNumber: 1,
    lineControlNumber: "1",
    procedureQualifier: "HC",
    procedureCode: "99213",
    modifiers: [],
    revenueCode: undefined,
    chargeCents,
    units: "1",
    serviceDateFrom: like.serviceDateFrom,
    serviceDateTo: like.serviceDateTo,
    diagnosisPointers: [1],
  };
  const patient = { lastName: "STRANGERWELL", firstName: "ZOE", memberId: "NOTOURS001" };
  const { institutional: _stay, dental: _teeth, ...common } = like;
  const claim: Claim = {
    ...common,
    kind: "professional",
    patientControlNumber: `OLDSYSTEM${between(random, 10_000, 99_999)}`,
    payer: { ...like.payer, sequence: "P" },
    otherPayers: [],
    patient: { ...patient, birthDate: undefined, gender: undefined, groupNumber: undefined },
    frequencyCode: "1",
    originalReference: undefined,
    renderingProviderNpi: undefined,
    placeOfServiceCode: "11",
    chargeCents,
    lines: [line],
  };
  return payAt(claim, payer, patientTerms(random, payer), 100);
}
