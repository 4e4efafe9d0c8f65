import { CLAIM_LEVEL, type LineAmounts, type Triple } from "../ledger/index.ts";
import { type Cents, cents, sumOf } from "../money/index.ts";
import type { Adjustment, ClaimPayment } from "./remittance.ts";
import { type Treatment, type TreatmentRules, treatmentOf } from "./treatment.ts";

/** A refused amount with its reason, as a work item needs it. */
export interface DeniedAmount {
  readonly lineControlNumber: string;
  readonly procedureCode: string;
  readonly groupCode: string;
  readonly reasonCode: string;
  readonly remarkCodes: readonly string[];
  readonly amountCents: Cents;
}

/** What a claim payment does to each line, and what of it was refused. */
export interface Allotment {
  readonly lines: readonly LineAmounts[];
  readonly triples: readonly Triple[];
  readonly denied: readonly DeniedAmount[];
}

/**
 * PR reasons that are the patient's share by the plan's design; any other PR on an unpaid line is
 * looked at.
 */
const PLAN_SHARE: ReadonlySet<string> = new Set(["1", "2", "3", "66"]);

/** PR-45 bills the patient beyond the plan's amount: looked at for the No Surprises Act, paid or not. */
const BALANCE_BILL = "45";

/** Amounts of one line while they are added up. */
type Sums = Record<Treatment | "charge" | "paid", number>;

interface Group {
  readonly lineControlNumber: string;
  readonly procedureCode: string;
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: readonly Adjustment[];
  readonly remarkCodes: readonly string[];
}

/**
 * Spreads a claim payment over the lines it answers (`lineOf`, from matchLines) and the claim-level
 * bucket, which holds what the claim states beyond its lines. Undefined when a group code is not
 * one that a payment may carry. A CO-97 whose amount an OA-94 of the same claim takes over is a
 * move, not a denial (RFI 2320).
 */
export function allot(
  payment: ClaimPayment,
  lineOf: readonly (string | undefined)[],
  rules?: TreatmentRules,
): Allotment | undefined {
  const groups = groupsOf(payment, lineOf);
  const moved = movedAmount(payment);
  const sums = new Map<string, Sums>();
  const denied: DeniedAmount[] = [];
  const triples: Triple[] = [];
  for (const group of groups) {
    const line = sumsOf(sums, group.lineControlNumber);
    line.charge += group.charge;
    line.paid += group.paid;
    for (const adjustment of group.adjustments) {
      const treatment = moved.takes(adjustment) ? "other" : treatmentOf(adjustment, rules);
      if (treatment === undefined) return undefined;
      line[treatment] += adjustment.amountCents;
      triples.push({ ...adjustmentTriple(group.lineControlNumber, adjustment) });
      if (isRefusal(treatment, adjustment, group)) denied.push(refusal(group, adjustment));
    }
  }
  const lines = [...sums].map(([lineControlNumber, line]) => lineAmounts(lineControlNumber, line));
  return { lines, triples, denied };
}

function groupsOf(payment: ClaimPayment, lineOf: readonly (string | undefined)[]): Group[] {
  const groups: Group[] = payment.services.map((service, index) => ({
    lineControlNumber: lineOf[index] ?? CLAIM_LEVEL,
    procedureCode: (service.submittedProcedure ?? service.procedure).code,
    charge: service.chargeCents,
    paid: service.paidCents,
    adjustments: service.adjustments,
    remarkCodes: [...service.remarkCodes, ...payment.remarkCodes],
  }));
  const charge = payment.chargeCents - sumOf(payment.services, (service) => service.chargeCents);
  const paid = payment.paidCents - sumOf(payment.services, (service) => service.paidCents);
  if (charge !== 0 || paid !== 0 || payment.adjustments.length > 0) {
    groups.push({
      lineControlNumber: CLAIM_LEVEL,
      procedureCode: "",
      charge,
      paid,
      adjustments: payment.adjustments,
      remarkCodes: payment.remarkCodes,
    });
  }
  return groups;
}

/** What OA-94 lifts an absorbing line by; CO-97 amounts are taken out of it until it is used up. */
function movedAmount(payment: ClaimPayment): { takes(adjustment: Adjustment): boolean } {
  let left = 0;
  for (const level of [payment, ...payment.services]) {
    for (const { groupCode, reasonCode, amountCents } of level.adjustments) {
      if (groupCode === "OA" && reasonCode === "94") left -= amountCents;
    }
  }
  return {
    takes({ groupCode, reasonCode, amountCents }) {
      if (reasonCode !== "97" || groupCode === "PR") return false;
      if (amountCents <= 0 || amountCents > left) return false;
      left -= amountCents;
      return true;
    },
  };
}

function sumsOf(sums: Map<string, Sums>, lineControlNumber: string): Sums {
  let line = sums.get(lineControlNumber);
  if (line === undefined) {
    line = {
      charge: 0,
      paid: 0,
      contractual: 0,
      sequestration: 0,
      patient: 0,
      "prior-payer": 0,
      other: 0,
      denied: 0,
    };
    sums.set(lineControlNumber, line);
  }
  return line;
}

function lineAmounts(lineControlNumber: string, line: Sums): LineAmounts {
  return {
    lineControlNumber,
    chargeCents: cents(line.charge),
    paidCents: cents(line.paid),
    contractualCents: cents(line.contractual),
    sequestrationCents: cents(line.sequestration),
    otherCents: cents(line.other),
    patientCents: cents(line.patient),
    deniedCents: cents(line.denied),
    priorPayerCents: cents(line["prior-payer"]),
  };
}

/**
 * Refused by the payer, or left wholly to the patient for a reason that a person should check
 * first.
 */
function isRefusal(treatment: Treatment, adjustment: Adjustment, group: Group): boolean {
  if (adjustment.amountCents <= 0) return false;
  if (treatment === "denied") return true;
  if (treatment !== "patient" || PLAN_SHARE.has(adjustment.reasonCode)) return false;
  return group.paid === 0 || adjustment.reasonCode === BALANCE_BILL;
}

function refusal(group: Group, adjustment: Adjustment): DeniedAmount {
  return {
    lineControlNumber: group.lineControlNumber,
    procedureCode: group.procedureCode,
    groupCode: adjustment.groupCode,
    reasonCode: adjustment.reasonCode,
    remarkCodes: group.remarkCodes,
    amountCents: adjustment.amountCents,
  };
}

function adjustmentTriple(lineControlNumber: string, adjustment: Adjustment): Triple {
  const { groupCode, reasonCode, amountCents } = adjustment;
  return { lineControlNumber, groupCode, reasonCode, amountCents };
}

/** Every CAS triple of a claim payment with the line it stands at, whatever its group. */
export function triplesOf(
  payment: ClaimPayment,
  lineOf: readonly (string | undefined)[],
): Triple[] {
  return groupsOf(payment, lineOf).flatMap((group) =>
    group.adjustments.map((adjustment) => adjustmentTriple(group.lineControlNumber, adjustment)),
  );
}
