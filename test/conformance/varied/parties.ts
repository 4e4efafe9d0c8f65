/** Invented patients, providers and payers of the varied claims. */
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
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress, inventPerson, inventSurname } from "../../../src/practice-payer/people.ts";
import { pick, type Random, shortCode } from "../../../src/practice-payer/random.ts";
import {
  type Claim,
  type Line,
  type Other,
  type Variation,
  withClaim,
  withEachLine,
} from "./variation.ts";

/** The day on which all varied claims are made. */
export const TODAY = "2026-03-20";

/** Files sort by payer: the practice payer answers each. */
export const PAYERS = [
  ["90001", "MERIDIAN SENIOR COVERAGE", "MB"],
  ["90002", "OHIO COMMUNITY PLAN", "MC"],
  ["90003", "LARKSPUR HEALTH INSURANCE", "CI"],
  ["90004", "BLUE HERON PLAN OF OHIO", "BL"],
  ["90005", "SUMMIT MUTUAL BENEFITS", "CI"],
] as const;

/** A person of the practice or outside of it. */
export function inventProvider(random: Random) {
  const { firstName } = inventPerson(random, TODAY, [30, 60], "");
  const nineDigits = `1${String(random(100_000_000)).padStart(8, "0")}`;
  return { npi: npiOf(nineDigits), firstName, lastName: inventSurname(random) };
}

/** Subscriber, payer, submitter and billing provider of an encounter. */
export function inventParties(
  random: Random,
  number: string,
  billing: Encounter["billing"],
): Pick<
  Encounter,
  | "externalId"
  | "usageIndicator"
  | "tradingPartnerServiceId"
  | "tradingPartnerName"
  | "subscriber"
  | "billing"
> & { readonly claimFilingCode: Claim["claimFilingCode"] } {
  const [id, name, claimFilingCode] = pick(random, PAYERS);
  const { age: _age, ...person } = inventPerson(random, TODAY, [20, 90], inventSurname(random));
  return {
    externalId: number,
    usageIndicator: "P",
    tradingPartnerServiceId: id,
    tradingPartnerName: name,
    subscriber: {
      memberId: `M${shortCode(number, 9)}`,
      paymentResponsibilityLevelCode: "P",
      ...person,
      ...(random(2) === 0 ? {} : { groupNumber: `GRP-${random(1000)}` }),
      address: inventAddress(random),
    },
    billing,
    claimFilingCode,
  };
}

const RELATIONSHIPS = ["01", "19", "20", "21", "39", "40", "53", "G8"] as const;

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

/** What all kinds of claims may say of patient, payers and billing provider. */
export const PARTY_VARIATIONS: readonly Variation[] = [
  {
    name: "patient is not the subscriber",
    apply(encounter, random) {
      const { age: _age, ...person } = inventPerson(random, TODAY, [1, 60], inventSurname(random));
      const relationshipToSubscriberCode = pick(random, RELATIONSHIPS);
      const dependent = { ...person, relationshipToSubscriberCode, address: inventAddress(random) };
      return { ...encounter, dependent };
    },
  },
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
    apply(encounter, random) {
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
    },
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
    name: "test file",
    apply: (encounter) => ({ ...encounter, usageIndicator: "T" }),
  },
  {
    name: "pay-to address",
    apply: (encounter, random) => ({ ...encounter, payToAddress: inventAddress(random) }),
  },
  {
    name: "patient abroad",
    apply: (encounter) => ({
      ...encounter,
      subscriber: {
        ...encounter.subscriber,
        address: {
          address1: "1 Rue de l'Exemple",
          address2: "Etage 3",
          city: "Paris",
          countryCode: "FR",
          postalCode: "75001",
        },
      },
    }),
  },
  {
    name: "names as long as they may be",
    apply: (encounter) => ({
      ...encounter,
      subscriber: {
        ...encounter.subscriber,
        lastName: "L".repeat(60),
        firstName: "F".repeat(35),
        middleName: "M".repeat(25),
        suffix: "JR",
        subscriberGroupName: "G".repeat(60),
      },
    }),
  },
  {
    name: "replacement",
    group: "frequency",
    apply: (encounter) => corrected(encounter, "7"),
  },
  { name: "void", group: "frequency", apply: (encounter) => corrected(encounter, "8") },
  {
    name: "encounter report",
    group: "report",
    apply: (encounter) => ({ ...encounter, claimIdentifier: "RP" }),
  },
  {
    name: "late, and why",
    apply: (encounter, random) =>
      withClaim(encounter, {
        delayReasonCode: pick(random, ["1", "3", "7", "11", "15"] as const),
      }),
  },
  {
    name: "file information",
    apply: (encounter) =>
      withClaim(encounter, { fileInformationList: ["STATE DATA 1", "K".repeat(80)] }),
  },
  {
    name: "property and casualty",
    apply: (encounter) => withClaim(encounter, { propertyCasualtyClaimNumber: "PC-2026-1" }),
  },
];

function corrected(encounter: Encounter, claimFrequencyCode: "7" | "8"): Encounter {
  const { claimSupplementalInformation: references } = encounter.claimInformation;
  return withClaim(encounter, {
    claimFrequencyCode,
    claimSupplementalInformation: { ...references, claimControlNumber: "2026077000123" },
  });
}

/** The most attachments that a claim may have. */
export const ATTACHMENTS = ["AA", "BM", "EL", "EM", "FX"].map(
  (attachmentTransmissionCode, index) => ({
    attachmentReportTypeCode: "OZ",
    attachmentTransmissionCode: attachmentTransmissionCode as "AA" | "BM" | "EL" | "EM" | "FX",
    ...(attachmentTransmissionCode === "AA" ? {} : { attachmentControlNumber: `ATT-${index}` }),
  }),
);
