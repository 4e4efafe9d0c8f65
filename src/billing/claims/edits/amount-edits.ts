import {
  type Adjustment,
  type Encounter,
  type EncounterLine,
  kindOf,
  serviceOf,
} from "../../intake/index.ts";
import { type Cents, parseAmount, subtract, sumOf, ZERO } from "../../money/index.ts";
import { casSegments } from "../loops/index.ts";
import { type Edit, eachLine, eachService, lineAt, serviceAt } from "./edit.ts";

/**
 * $9,999,999.99: ten characters with the point, the most that 837 receivers take (CMS companion
 * guides).
 */
const MOST: number = 999_999_999;
/** A decimal of so many characters cannot be more. */
const ALWAYS_LESS = 7;

/** Frequency 0 of an institutional claim: non-payment, zero claim. */
const NO_PAYMENT = "0";

/** 2320 CAS and 2430 CAS: repeat 5. */
const CAS_SEGMENTS = 5;

type OtherPayer = NonNullable<Encounter["claimInformation"]["otherSubscriberInformation"]>[number];

/** What is wrong with money. All sums are whole cents. */
export const AMOUNT_EDITS: readonly Edit[] = [
  {
    id: "charge-balance",
    snip: 3,
    source: "005010X222A1 2300 CLM02 = sum of 2400 SV102; 837I SV203, 837D SV302",
    check({ claimInformation }, report) {
      const claim = parseAmount(claimInformation.claimChargeAmount);
      const lines = sumOf(claimInformation.serviceLines, chargeOf);
      if (claim === lines) return;
      const fix = "Make the claim charge the sum of its lines.";
      report("/claimInformation/claimChargeAmount", "is not the sum of the line charges", fix);
    },
  },
  {
    id: "amount-negative",
    snip: 2,
    source: "005010X222A1 CLM02, SV102, AMT02; RFI 2499: a correction carries no negative charge",
    check(encounter, report) {
      eachAmount(encounter, (amount, pointer) => {
        if (!amount.startsWith("-")) return;
        report(pointer(), "is negative", "Write what was charged or paid, without a minus.");
      });
    },
  },
  {
    id: "amount-range",
    snip: 2,
    source: "CMS 837P companion guide: amounts up to 9999999.99",
    check(encounter, report) {
      eachAmount(encounter, (amount, pointer) => {
        if (amount.length <= ALWAYS_LESS) return;
        const cents = parseAmount(amount);
        if (cents !== undefined && cents <= MOST) return;
        report(pointer(), "is more than 9999999.99", "Check the decimal point.");
      });
    },
  },
  {
    id: "zero-charge",
    snip: 6,
    source: "A claim without a charge is for reporting only; most payers reject it",
    check({ claimInformation }, report) {
      const { claimChargeAmount: charge, claimFrequencyCode: frequency } = claimInformation;
      if (/[1-9]/.test(charge) || frequency === NO_PAYMENT) return;
      const fix = "Check that nothing is to be charged.";
      report("/claimInformation/claimChargeAmount", "is zero", fix, "warning");
    },
  },
  {
    id: "other-payer-line-balance",
    snip: 3,
    source: "005010X222A1 1.4.4: SV102 = 2430 SVD02 + sum of 2430 CAS",
    check(encounter, report) {
      eachLine(encounter, (line, number) => {
        for (const [index, decision] of (line.lineAdjudicationInformation ?? []).entries()) {
          const paid = parseAmount(decision.serviceLinePaidAmount) ?? ZERO;
          const adjusted = adjustments(decision.claimAdjustmentInformation);
          if (paid + adjusted === chargeOf(line)) continue;
          report(
            lineAt(number, `/lineAdjudicationInformation/${index}/serviceLinePaidAmount`),
            "and its adjustments are not the line charge",
            "Copy paid amount and adjustments from the other payer's remittance.",
          );
        }
      });
    },
  },
  {
    id: "other-payer-claim-balance",
    snip: 3,
    source: "005010X222A1 1.4.4: 2320 AMT*D = sum of 2430 SVD02 - sum of 2320 CAS",
    check({ claimInformation }, report) {
      for (const [index, other] of (claimInformation.otherSubscriberInformation ?? []).entries()) {
        const expected = paidByLines(other, claimInformation.serviceLines);
        const charge = parseAmount(claimInformation.claimChargeAmount) ?? ZERO;
        const adjusted = adjustments(other.claimLevelAdjustments);
        if (other.payerPaidAmount === undefined) continue;
        const paid = parseAmount(other.payerPaidAmount);
        if (paid === subtract(expected ?? charge, adjusted)) continue;
        const told = expected !== undefined || other.claimLevelAdjustments !== undefined;
        report(
          `/claimInformation/otherSubscriberInformation/${index}/payerPaidAmount`,
          "does not balance with the adjustments and line payments",
          "Copy all amounts from the other payer's remittance.",
          told ? "error" : "warning",
        );
      }
    },
  },
  {
    id: "other-payer-named",
    snip: 4,
    source: "005010X222A1 2430 SVD01 = NM109 of a 2330B",
    check(encounter, report) {
      const others = encounter.claimInformation.otherSubscriberInformation ?? [];
      const named = new Set(others.map((other) => other.otherPayerName.otherPayerIdentifier));
      eachLine(encounter, (line, number) => {
        for (const [index, decision] of (line.lineAdjudicationInformation ?? []).entries()) {
          if (named.has(decision.otherPayerPrimaryIdentifier)) continue;
          const pointer = lineAt(
            number,
            `/lineAdjudicationInformation/${index}/otherPayerPrimaryIdentifier`,
          );
          report(pointer, "is no other payer of this claim", "Use the id of an other payer.");
        }
      });
    },
  },
  {
    id: "adjustment-count",
    snip: 2,
    source: "005010X222A1 2320 and 2430: five CAS segments of six reasons",
    check({ claimInformation: claim }, report) {
      const fix = "Send the adjustments of the lines with the lines, and join equal reasons.";
      for (const [index, other] of (claim.otherSubscriberInformation ?? []).entries()) {
        if (casSegments(other.claimLevelAdjustments).length <= CAS_SEGMENTS) continue;
        const base = `/claimInformation/otherSubscriberInformation/${index}`;
        report(`${base}/claimLevelAdjustments`, "need more than five CAS segments", fix);
      }
      for (const [number, line] of claim.serviceLines.entries()) {
        for (const [index, decision] of (line.lineAdjudicationInformation ?? []).entries()) {
          if (casSegments(decision.claimAdjustmentInformation).length <= CAS_SEGMENTS) continue;
          const base = lineAt(number, `/lineAdjudicationInformation/${index}`);
          report(`${base}/claimAdjustmentInformation`, "need more than five CAS segments", fix);
        }
      }
    },
  },
];

function chargeOf(line: EncounterLine): Cents {
  return parseAmount(serviceOf(line).lineItemChargeAmount) ?? ZERO;
}

function adjustments(groups: readonly Adjustment[] | undefined): Cents {
  return sumOf(groups ?? [], (group) =>
    sumOf(group.adjustmentDetails, (each) => parseAmount(each.adjustmentAmount) ?? ZERO),
  );
}

/** What the payer paid of all lines; undefined when it decided on none of them line by line. */
function paidByLines(other: OtherPayer, lines: readonly EncounterLine[]): Cents | undefined {
  const payer = other.otherPayerName.otherPayerIdentifier;
  const decisions = lines
    .flatMap((line) => line.lineAdjudicationInformation ?? [])
    .filter((decision) => decision.otherPayerPrimaryIdentifier === payer);
  if (decisions.length === 0) return undefined;
  return sumOf(decisions, (decision) => parseAmount(decision.serviceLinePaidAmount) ?? ZERO);
}

/** Calls back for each charge and payment; adjustments may be negative and are left out. */
function eachAmount(
  encounter: Encounter,
  visit: (amount: string, pointer: () => string) => void,
): void {
  const { claimInformation } = encounter;
  visit(claimInformation.claimChargeAmount, () => "/claimInformation/claimChargeAmount");
  if (claimInformation.patientAmountPaid !== undefined) {
    visit(claimInformation.patientAmountPaid, () => "/claimInformation/patientAmountPaid");
  }
  const kind = kindOf(encounter);
  if (claimInformation.patientEstimatedAmountDue !== undefined) {
    const pointer = "/claimInformation/patientEstimatedAmountDue";
    visit(claimInformation.patientEstimatedAmountDue, () => pointer);
  }
  eachService(encounter, (service, number, line) => {
    visit(service.lineItemChargeAmount, () => serviceAt(kind, number, "/lineItemChargeAmount"));
    if (service.nonCoveredChargeAmount !== undefined) {
      const amount = service.nonCoveredChargeAmount;
      visit(amount, () => serviceAt(kind, number, "/nonCoveredChargeAmount"));
    }
    const decisions = line.lineAdjudicationInformation ?? [];
    for (let index = 0; index < decisions.length; index += 1) {
      visit(decisions[index]?.serviceLinePaidAmount ?? "0", () =>
        lineAt(number, `/lineAdjudicationInformation/${index}/serviceLinePaidAmount`),
      );
    }
  });
}
