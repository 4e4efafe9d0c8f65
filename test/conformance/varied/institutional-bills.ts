/** Varied bills of a hospital: their codes, their types and their lines, thing by thing. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { pick } from "../../../src/practice-payer/random.ts";
import { hcpcs, isStay, ofStays, revenueLine } from "./hospital.ts";
import { ATTACHMENTS } from "./parties.ts";
import { type Line, type Variation, withClaim, withDates, withLines } from "./variation.ts";

const PROCEDURES_OF_STAYS = [
  "0DTJ4ZZ",
  "5A1935Z",
  "B2111ZZ",
  "02703DZ",
  "0SR90J9",
  "10D00Z1",
] as const;

/** Two groups of twelve. */
function twoGroups<T>(make: (index: number) => T): T[][] {
  return [0, 12].map((from) => Array.from({ length: 12 }, (_, index) => make(from + index)));
}

const pairOf = (index: number): string => `${"ABCDEFGHIJKLMNOPQRSTUVWX".charAt(index)}1`;

/** What a hospital may say in codes (HI). */
export const CODE_VARIATIONS: readonly Variation[] = [
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
          ...(index === 0 ? { qualifierCode: "ABN" as const } : {}),
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

/** Types of bill, and lines. */
export const BILL_VARIATIONS: readonly Variation[] = [
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
    name: "visit of two days, lines in full",
    group: "facility",
    apply(encounter, random) {
      if (isStay(encounter)) return encounter;
      const line = hcpcs(random, "0360", "64483");
      if (line.institutionalService === undefined) return encounter;
      const more = { procedureModifiers: ["LT", "59", "XU", "KX"], description: "Injection" };
      const lines = [
        {
          ...line,
          serviceDateEnd: "20260303",
          institutionalService: { ...line.institutionalService, ...more },
        },
      ];
      return withDates(withLines(encounter, lines), { statementEndDate: "20260303" });
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
          ...(random(2) === 0
            ? { linkSequenceNumber: "123456" }
            : { pharmacyPrescriptionNumber: "RX-1" }),
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
