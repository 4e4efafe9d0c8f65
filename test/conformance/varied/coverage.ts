/** What earlier and later payers have to do with a claim (COB), for all kinds of claims. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { serviceOf } from "../../../src/billing/intake/index.ts";
import {
  formatAmount,
  parseAmount,
  subtract,
  sumOf,
  ZERO,
} from "../../../src/billing/money/index.ts";
import { percentOf } from "../../../src/practice-payer/fees.ts";
import { inventAddress, inventPerson, inventSurname } from "../../../src/practice-payer/people.ts";
import { pick, type Random } from "../../../src/practice-payer/random.ts";
import { TODAY } from "./parties.ts";
import { type Line, type Other, type Variation, withClaim, withEachLine } from "./variation.ts";

/** Another coverage of the patient; nothing is said of what it paid. */
export function inventCoverage(
  random: Random,
  sequence: Other["paymentResponsibilityLevelCode"],
  id: string,
): Other {
  const { firstName, lastName } = inventPerson(random, TODAY, [20, 90], inventSurname(random));
  return {
    paymentResponsibilityLevelCode: sequence,
    individualRelationshipCode: pick(random, ["18", "01", "19", "G8"] as const),
    insuranceGroupOrPolicyNumber: `P${random(100_000)}`,
    claimFilingIndicatorCode: pick(random, ["CI", "MC", "BL", "HM"] as const),
    benefitsAssignmentCertificationIndicator: "Y",
    releaseOfInformationCode: "Y",
    otherSubscriberName: {
      otherInsuredQualifier: "1",
      otherInsuredLastName: lastName,
      otherInsuredFirstName: firstName,
      otherInsuredIdentifierTypeCode: "MI",
      otherInsuredIdentifier: `OI${random(1_000_000)}`,
      otherInsuredAddress: inventAddress(random),
    },
    otherPayerName: {
      otherPayerOrganizationName: "EARLIER PAYER",
      otherPayerIdentifierTypeCode: "PI",
      otherPayerIdentifier: id,
      otherPayerClaimControlNumber: `ICN${random(1_000_000)}`,
    },
  };
}

/** How an earlier payer settled a charge: contractual part, patient's part, the rest paid. */
function settled(charge: ReturnType<typeof percentOf>) {
  const contractual = percentOf(charge, 30);
  const patient = percentOf(charge, 14);
  return { contractual, patient, paid: subtract(subtract(charge, contractual), patient) };
}

function adjustments({ contractual, patient }: ReturnType<typeof settled>) {
  return [
    {
      adjustmentGroupCode: "CO" as const,
      adjustmentDetails: [
        { adjustmentReasonCode: "45", adjustmentAmount: formatAmount(contractual) },
      ],
    },
    {
      adjustmentGroupCode: "PR" as const,
      adjustmentDetails: [
        {
          adjustmentReasonCode: "2",
          adjustmentAmount: formatAmount(patient),
          adjustmentQuantity: "1",
        },
      ],
    },
  ];
}

function chargeOf(line: Line) {
  return parseAmount(serviceOf(line).lineItemChargeAmount) ?? ZERO;
}

function decided(line: Line, payer: string): Line {
  const { procedureCode, procedureIdentifier, procedureModifiers, serviceLineRevenueCode } =
    serviceOf(line);
  const qualifier = line.dentalService === undefined ? (procedureIdentifier ?? "HC") : "AD";
  const decision = settled(chargeOf(line));
  const service =
    procedureCode === undefined
      ? {}
      : { procedureCode, serviceIdQualifier: qualifier as "HC" | "AD" };
  return {
    ...line,
    lineAdjudicationInformation: [
      ...(line.lineAdjudicationInformation ?? []),
      {
        otherPayerPrimaryIdentifier: payer,
        serviceLinePaidAmount: formatAmount(decision.paid),
        ...service,
        ...(procedureModifiers === undefined || procedureCode === undefined
          ? {}
          : { procedureModifier: [...procedureModifiers] }),
        ...(serviceLineRevenueCode === undefined ? {} : { serviceLineRevenueCode }),
        paidServiceUnitCount: "1",
        adjudicationOrPaymentDate: "20260318",
        claimAdjustmentInformation: adjustments(decision),
        remainingPatientLiability: formatAmount(decision.patient),
      },
    ],
  };
}

/** The claim to a later payer; Medicare wants to know why it is not the first. */
function asSequence(encounter: Encounter, sequence: "S" | "T"): Encounter {
  const subscriber = { ...encounter.subscriber, paymentResponsibilityLevelCode: sequence };
  const changed = { ...encounter, subscriber };
  const { claimFilingCode, valueInformationList } = encounter.claimInformation;
  if (claimFilingCode !== "MA" && claimFilingCode !== "MB") return changed;
  if (encounter.kind === "institutional") {
    const values = valueInformationList ?? [[{ valueCode: "12", valueCodeAmount: "100.00" }]];
    return withClaim(changed, { valueInformationList: values });
  }
  if (encounter.kind === "dental") return changed;
  return { ...changed, subscriber: { ...subscriber, insuranceTypeCode: "12" } };
}

function paidByLines(lines: readonly Line[]): string {
  return formatAmount(sumOf(lines, (line) => settled(chargeOf(line)).paid));
}

/** The claim to a second payer, after the first decided of it as a whole. */
export function decidedByClaim(encounter: Encounter, random: Random): Encounter {
  const charge = sumOf(encounter.claimInformation.serviceLines, chargeOf);
  const decision = settled(charge);
  const coverage = inventCoverage(random, "P", "80001");
  const date = { otherPayerAdjudicationOrPaymentDate: "2026-03-15" };
  return withClaim(asSequence(encounter, "S"), {
    otherSubscriberInformation: [
      {
        ...coverage,
        payerPaidAmount: formatAmount(decision.paid),
        remainingPatientLiability: formatAmount(decision.patient),
        claimLevelAdjustments: adjustments(decision),
        otherPayerName: { ...coverage.otherPayerName, ...date },
      },
    ],
  });
}

/** What a claim may say of other payers. */
export const COVERAGE_VARIATIONS: readonly Variation[] = [
  {
    name: "another payer comes after",
    group: "coverage",
    apply: (encounter, random) =>
      withClaim(encounter, { otherSubscriberInformation: [inventCoverage(random, "S", "80001")] }),
  },
  {
    name: "secondary, decided by line",
    group: "coverage",
    apply(encounter, random) {
      const second = withEachLine(asSequence(encounter, "S"), (line) => decided(line, "80001"));
      const payerPaidAmount = paidByLines(encounter.claimInformation.serviceLines);
      const coverage = { ...inventCoverage(random, "P", "80001"), payerPaidAmount };
      return withClaim(second, { otherSubscriberInformation: [coverage] });
    },
  },
  {
    name: "secondary, decided by claim",
    group: "coverage",
    apply: decidedByClaim,
  },
  {
    name: "tertiary",
    group: "coverage",
    apply(encounter, random) {
      const first = withEachLine(asSequence(encounter, "T"), (line) => decided(line, "80001"));
      const both = withEachLine(first, (line) => decided(line, "80002"));
      const payerPaidAmount = paidByLines(encounter.claimInformation.serviceLines);
      return withClaim(both, {
        otherSubscriberInformation: [
          { ...inventCoverage(random, "P", "80001"), payerPaidAmount },
          { ...inventCoverage(random, "S", "80002"), payerPaidAmount },
        ],
      });
    },
  },
  {
    name: "not covered by the earlier payer",
    group: "coverage",
    apply(encounter, random) {
      const charge = sumOf(encounter.claimInformation.serviceLines, chargeOf);
      const coverage = inventCoverage(random, "P", "80001");
      const nonCoveredChargeAmount = formatAmount(charge);
      return withClaim(asSequence(encounter, "S"), {
        otherSubscriberInformation: [{ ...coverage, nonCoveredChargeAmount }],
      });
    },
  },
  {
    name: "what Medicare decided of a visit",
    group: "coverage",
    apply(encounter, random) {
      const changed = decidedByClaim(encounter, random);
      const [other] = changed.claimInformation.otherSubscriberInformation ?? [];
      if (other === undefined) return changed;
      const medicareOutpatientAdjudication = {
        reimbursementRate: "0.8",
        hcpcsPayableAmount: "40.25",
        claimPaymentRemarkCode: ["MA01", "MA18", "N522"],
        endStageRenalDiseasePaymentAmount: "3",
        nonPayableProfessionalComponentBilledAmount: "1.10",
      };
      const coverage = { ...other, medicareOutpatientAdjudication };
      return withClaim(changed, { otherSubscriberInformation: [coverage] });
    },
  },
  {
    name: "secondary, lines bundled into the first",
    group: "coverage",
    apply(encounter, random) {
      const second = withEachLine(asSequence(encounter, "S"), (line) => decided(line, "80001"));
      const payerPaidAmount = paidByLines(encounter.claimInformation.serviceLines);
      const coverage = { ...inventCoverage(random, "P", "80001"), payerPaidAmount };
      const bundled = withEachLine(second, (line) => ({
        ...line,
        lineAdjudicationInformation: (line.lineAdjudicationInformation ?? []).map((decision) => ({
          ...decision,
          ...(decision.procedureCode === undefined
            ? {}
            : { procedureCodeDescription: "As the payer paid it" }),
          bundledOrUnbundledLineNumber: "1",
        })),
      }));
      return withClaim(bundled, { otherSubscriberInformation: [coverage] });
    },
  },
];
