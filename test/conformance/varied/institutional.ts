/** Varied institutional claims: what an 837I may say, thing by thing. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress } from "../../../src/practice-payer/people.ts";
import { between, pick, type Random } from "../../../src/practice-payer/random.ts";
import { ATTACHMENTS, inventParties, inventProvider, PARTY_VARIATIONS } from "./parties.ts";
import { DIAGNOSES, inventAmount } from "./professional.ts";
import {
  type Claim,
  type Line,
  type Variation,
  withClaim,
  withDates,
  withLines,
  withReferences,
} from "./variation.ts";

type Institutional = NonNullable<Line["institutionalService"]>;

const PROCEDURES_OF_STAYS = [
  "0DTJ4ZZ",
  "5A1935Z",
  "B2111ZZ",
  "02703DZ",
  "0SR90J9",
  "10D00Z1",
] as const;

function revenueLine(
  random: Random,
  serviceLineRevenueCode: string,
  more: Partial<Institutional> = {},
  rest: Partial<Line> = {},
): Line {
  const institutionalService: Institutional = {
    serviceLineRevenueCode,
    lineItemChargeAmount: inventAmount(random, 4000),
    measurementUnit: "UN",
    serviceUnitCount: String(between(random, 1, 9)),
    ...more,
  };
  return { institutionalService, ...rest };
}

function hcpcs(random: Random, revenue: string, procedureCode: string, day = "20260302"): Line {
  const service = { procedureIdentifier: "HC", procedureCode, serviceUnitCount: "1" } as const;
  return revenueLine(random, revenue, service, { serviceDate: day });
}

function facility(random: Random, number: string): { parties: Partial<Encounter>; claim: Claim } {
  const { claimFilingCode, ...parties } = inventParties(random, number, {
    npi: npiOf("199999980"),
    employerId: "990000200",
    taxonomyCode: "282N00000X",
    organizationName: "Sampleton General Hospital",
    address: {
      address1: "200 Specimen Street",
      city: "Sampleton",
      state: "OH",
      postalCode: "432150200",
    },
    contactInformation: { name: "Billing Office", phoneNumber: "614-555-0200" },
  });
  const claim: Claim = {
    // What Medicare pays for a stay, it pays as part A.
    claimFilingCode: claimFilingCode === "MB" ? "MA" : claimFilingCode,
    patientControlNumber: number,
    claimChargeAmount: "0",
    placeOfServiceCode: "13",
    claimFrequencyCode: "1",
    planParticipationCode: "A",
    benefitsAssignmentCertificationIndicator: "Y",
    releaseInformationCode: "Y",
    claimDateInformation: { statementBeginDate: "20260302", statementEndDate: "20260302" },
    claimCodeInformation: {
      admissionTypeCode: "3",
      admissionSourceCode: "1",
      patientStatusCode: "01",
    },
    principalDiagnosis: { principalDiagnosisCode: pick(random, DIAGNOSES) },
    serviceLines: [],
  };
  const attending = { ...inventProvider(random), taxonomyCode: "207R00000X" };
  return { parties: { kind: "institutional", ...parties, attending }, claim };
}

/** A visit to the outpatient department or the emergency room. */
function outpatientVisit(random: Random, number: string): Encounter {
  const { parties, claim } = facility(random, number);
  const urgent = random(2) === 0;
  const lines = [
    urgent ? hcpcs(random, "0450", "99284") : hcpcs(random, "0510", "99213"),
    hcpcs(random, "0300", "85025"),
    revenueLine(random, "0250", {}, { serviceDate: "20260302" }),
  ];
  const encounter = { ...parties, claimInformation: claim } as Encounter;
  const visit = withLines(encounter, lines.slice(0, between(random, 1, 3)));
  if (!urgent) return visit;
  return withClaim(visit, {
    claimCodeInformation: {
      admissionTypeCode: "1",
      admissionSourceCode: "1",
      patientStatusCode: "01",
    },
    patientReasonForVisits: [{ qualifierCode: "APR", patientReasonForVisitCode: "R0602" }],
  });
}

/** A hospital stay of some nights. */
function hospitalStay(random: Random, number: string): Encounter {
  const { parties, claim } = facility(random, number);
  const nights = between(random, 1, 9);
  const until = String(2 + nights).padStart(2, "0");
  const poa = pick(random, ["Y", "N", "U", "W"] as const);
  const stay = {
    ...parties,
    operatingPhysician: inventProvider(random),
    claimInformation: {
      ...claim,
      placeOfServiceCode: "11",
      claimDateInformation: {
        statementBeginDate: "20260302",
        statementEndDate: `202603${until}`,
        admissionDateAndHour: "202603021430",
        dischargeHour: "1100",
      },
      claimCodeInformation: {
        admissionTypeCode: pick(random, ["1", "2", "3"] as const),
        admissionSourceCode: pick(random, ["1", "2", "4", "8", "D"]),
        patientStatusCode: pick(random, ["01", "02", "03", "06", "20"]),
      },
      principalDiagnosis: { principalDiagnosisCode: "K3580", presentOnAdmissionIndicator: poa },
      admittingDiagnosis: { qualifierCode: "ABJ", admittingDiagnosisCode: "R1031" },
      diagnosisRelatedGroupInformation: { drugRelatedGroupCode: "343" },
    },
  } as Encounter;
  const nightly = { measurementUnit: "DA", serviceUnitCount: String(nights) } as const;
  return withLines(stay, [
    revenueLine(random, pick(random, ["0120", "0110", "0200"]), nightly),
    revenueLine(random, "0250"),
    revenueLine(random, "0360"),
    revenueLine(random, "0270", { nonCoveredChargeAmount: "1.25" }),
  ]);
}

/** A plain institutional encounter: half of them stays. */
export function institutionalEncounter(random: Random, number: string): Encounter {
  return random(2) === 0 ? hospitalStay(random, number) : outpatientVisit(random, number);
}

function isStay({ claimInformation }: Encounter): boolean {
  return claimInformation.placeOfServiceCode === "11";
}

/** A variation of stays only; a visit is left as it is. */
function ofStays(name: string, apply: Variation["apply"], group?: string): Variation {
  const own = group === undefined ? {} : { group };
  return {
    name,
    ...own,
    apply: (encounter, random) => (isStay(encounter) ? apply(encounter, random) : encounter),
  };
}

/** Two groups of twelve. */
function twoGroups<T>(make: (index: number) => T): T[][] {
  return [0, 12].map((from) => Array.from({ length: 12 }, (_, index) => make(from + index)));
}

const pairOf = (index: number): string => `${"ABCDEFGHIJKLMNOPQRSTUVWX".charAt(index)}1`;

const CODE_VARIATIONS: readonly Variation[] = [
  ofStays("twenty-four other diagnoses", (encounter) =>
    withClaim(encounter, {
      otherDiagnosisInformationList: twoGroups((index) => ({
        qualifierCode: "ABF",
        otherDiagnosisCode: `E${String(100 + index)}`,
        presentOnAdmissionIndicator: "Y",
      })),
    }),
  ),
  ofStays("twenty-five procedures", (encounter, random) =>
    withClaim(encounter, {
      principalProcedureInformation: {
        qualifierCode: "BBR",
        principalProcedureCode: pick(random, PROCEDURES_OF_STAYS),
        principalProcedureDate: "20260302",
      },
      otherProcedureInformationList: twoGroups(() => ({
        qualifierCode: "BBQ",
        otherProcedureCode: pick(random, PROCEDURES_OF_STAYS),
        otherProcedureDate: "20260303",
      })),
    }),
  ),
  {
    name: "twelve external causes",
    apply: (encounter) =>
      withClaim(encounter, {
        externalCauseOfInjuries: Array.from({ length: 12 }, (_, index) => ({
          externalCauseOfInjury: `W${String(10 + index)}1XXA`,
          ...(isStay(encounter) ? { presentOnAdmissionIndicator: "Y" as const } : {}),
        })),
      }),
  },
  {
    name: "every occurrence span",
    apply: (encounter) =>
      withClaim(encounter, {
        occurrenceSpanInformations: twoGroups((index) => ({
          occurrenceSpanCode: pairOf(index),
          occurrenceSpanCodeStartDate: "20260220",
          occurrenceSpanCodeEndDate: "20260225",
        })),
      }),
  },
  {
    name: "every occurrence",
    apply: (encounter) =>
      withClaim(encounter, {
        occurrenceInformationList: twoGroups((index) => ({
          occurrenceSpanCode: pairOf(index),
          occurrenceSpanCodeDate: "20260228",
        })),
      }),
  },
  {
    name: "every value",
    apply: (encounter) =>
      withClaim(encounter, {
        valueInformationList: twoGroups((index) => ({
          valueCode: index === 0 ? "12" : pairOf(index),
          valueCodeAmount: index % 2 === 0 ? String(index + 1) : `${index}.50`,
        })),
      }),
  },
  {
    name: "every condition",
    apply: (encounter) =>
      withClaim(encounter, {
        conditionCodesList: twoGroups((index) => ({ conditionCode: pairOf(index) })),
      }),
  },
  {
    name: "treatments",
    apply: (encounter) => withClaim(encounter, { treatmentCodeInformationList: [["A1", "B2"]] }),
  },
];

function interim(encounter: Encounter, claimFrequencyCode: "2" | "3"): Encounter {
  const { dischargeHour: _hour, ...dates } = encounter.claimInformation.claimDateInformation ?? {};
  const codes = encounter.claimInformation.claimCodeInformation;
  return withClaim(encounter, {
    claimFrequencyCode,
    claimDateInformation: dates,
    claimCodeInformation: { admissionTypeCode: "1", ...codes, patientStatusCode: "30" },
  });
}

const BILL_VARIATIONS: readonly Variation[] = [
  ofStays("first bill of a stay", (encounter) => interim(encounter, "2"), "frequency"),
  ofStays("continuing bill of a stay", (encounter) => interim(encounter, "3"), "frequency"),
  ofStays(
    "last bill of a stay",
    (encounter) => withClaim(encounter, { claimFrequencyCode: "4" }),
    "frequency",
  ),
  {
    name: "late charges",
    group: "frequency",
    apply: (encounter) => withClaim(encounter, { claimFrequencyCode: "5" }),
  },
  {
    name: "home health, by HIPPS",
    group: "facility",
    apply(encounter, random) {
      if (isStay(encounter)) return encounter;
      const service = { procedureIdentifier: "HP", procedureCode: "1AA11" } as const;
      const lines = [
        revenueLine(
          random,
          "0023",
          { ...service, serviceUnitCount: "1" },
          { serviceDate: "20260302" },
        ),
        hcpcs(random, "0551", "G0299", "20260304"),
      ];
      const longer = withDates(withLines(encounter, lines), { statementEndDate: "20260315" });
      return withClaim(longer, {
        placeOfServiceCode: "32",
        claimNotes: {
          goalRehabOrDischargePlans: ["Walk alone"],
          medications: ["Metformin", "Ibuprofen"],
          functionalLimitsOrReasonHomebound: ["Cannot climb stairs"],
          safetyMeasures: ["Walker"],
        },
      });
    },
  },
  {
    name: "laboratory of somebody who is no patient",
    group: "facility",
    apply(encounter, random) {
      if (isStay(encounter)) return encounter;
      return withClaim(withLines(encounter, [hcpcs(random, "0300", "80053")]), {
        placeOfServiceCode: "14",
      });
    },
  },
  {
    name: "two hundred lines",
    group: "facility",
    apply(encounter, random) {
      if (isStay(encounter)) return encounter;
      const lines = Array.from({ length: 200 }, () => hcpcs(random, "0300", "85025"));
      return withLines(encounter, lines);
    },
  },
  {
    name: "drug by NDC",
    group: "facility",
    apply(encounter, random) {
      if (isStay(encounter)) return encounter;
      const line: Line = {
        ...hcpcs(random, "0636", "J1885"),
        drugIdentification: {
          serviceIdQualifier: "N4",
          nationalDrugCode: "00026063512",
          nationalDrugUnitCount: "2.5",
          measurementUnitCode: pick(random, ["F2", "GR", "ME", "ML", "UN"] as const),
          pharmacyPrescriptionNumber: "RX-1",
        },
        serviceTaxAmount: "1.10",
        facilityTaxAmount: "2.20",
        thirdPartyOrganizationNotes: "For the repricer",
        serviceLineSupplementalInformation: [...ATTACHMENTS],
        serviceLineReferenceInformation: {
          repricedLineItemReferenceNumber: "RP-1",
          adjustedRepricedLineItemReferenceNumber: "RP-2",
        },
      };
      return withLines(encounter, [line]);
    },
  },
];

const CLAIM_VARIATIONS: readonly Variation[] = [
  {
    name: "attachments",
    apply: (encounter) => withReferences(encounter, { reportInformations: [...ATTACHMENTS] }),
  },
  {
    name: "every reference",
    apply: (encounter) =>
      withReferences(encounter, {
        serviceAuthorizationExceptionCode: "3",
        referralNumber: "RF-8",
        priorAuthorizationNumber: "PA-77",
        repricedClaimNumber: "RC-1",
        adjustedRepricedClaimNumber: "RC-2",
        investigationalDeviceExemptionNumber: "G123456",
        claimNumber: "CH-1",
        autoAccidentState: "OH",
        medicalRecordNumber: "MRN-5",
        demoProjectIdentifier: "DP-1",
        peerReviewAuthorizationNumber: "PR-1",
      }),
  },
  {
    name: "billing note, amount due, screening referral",
    apply: (encounter) =>
      withClaim(withDates(encounter, { repricerReceivedDate: "20260319" }), {
        billingNote: "N".repeat(80),
        patientEstimatedAmountDue: "150.05",
        epsdtReferral: {
          certificationConditionCodeAppliesIndicator: "Y",
          conditionCodes: ["AV", "S2"],
        },
      }),
  },
  {
    name: "claim providers",
    apply: (encounter, random) => ({
      ...withClaim(encounter, {
        serviceFacilityLocation: {
          organizationName: "Elm Annex",
          npi: npiOf("199999972"),
          address: { ...inventAddress(random), postalCode: "432150100" },
          secondaryIdentifier: [{ qualifier: "LU", identifier: "LOC-1" }],
        },
      }),
      operatingPhysician: { ...inventProvider(random), stateLicenseNumber: "OH-1" },
      otherOperatingPhysician: { ...inventProvider(random), commercialNumber: "C-1" },
      rendering: { ...inventProvider(random), locationNumber: "L-1" },
      referring: inventProvider(random),
    }),
  },
  {
    name: "line providers",
    apply: (encounter, random) =>
      withLines(
        encounter,
        encounter.claimInformation.serviceLines.map((line, index) =>
          index > 0
            ? line
            : {
                ...line,
                operatingPhysician: inventProvider(random),
                otherOperatingPhysician: inventProvider(random),
                renderingProvider: inventProvider(random),
                referringProvider: inventProvider(random),
              },
        ),
      ),
  },
  {
    name: "what Medicare decided of a stay",
    group: "coverage",
    apply(encounter, random) {
      const second = PARTY_VARIATIONS.find(({ name }) => name === "secondary, decided by claim");
      const changed = second?.apply(encounter, random) ?? encounter;
      const [other] = changed.claimInformation.otherSubscriberInformation ?? [];
      if (other === undefined || !isStay(encounter)) return changed;
      const medicareInpatientAdjudication = {
        coveredDaysOrVisitsCount: "3",
        lifetimePsychiatricDaysCount: "1",
        claimDRGAmount: "2800.00",
        claimPaymentRemarkCode: ["MA01", "N522"],
        claimDisproportionateShareAmount: "10",
        claimPpsCapitalAmount: "20.5",
        capitalExceptionAmount: "1",
      };
      const coverage = { ...other, medicareInpatientAdjudication };
      return withClaim(changed, { otherSubscriberInformation: [coverage] });
    },
  },
];

/** What an institutional claim may say. */
export const INSTITUTIONAL_VARIATIONS: readonly Variation[] = [
  ...CODE_VARIATIONS,
  ...BILL_VARIATIONS,
  ...CLAIM_VARIATIONS,
  ...PARTY_VARIATIONS,
];
