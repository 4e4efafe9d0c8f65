/** Varied dental claims: what an 837D may say, thing by thing. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress } from "../../../src/practice-payer/people.ts";
import { between, pick, type Random } from "../../../src/practice-payer/random.ts";
import { inventParties, inventProvider } from "./parties.ts";
import { PARTY_VARIATIONS } from "./party-variations.ts";
import {
  inventAmount,
  type Line,
  type Variation,
  withClaim,
  withDates,
  withLines,
  withReferences,
} from "./variation.ts";

type Dental = NonNullable<Line["dentalService"]>;

function dentalLine(
  random: Random,
  procedureCode: string,
  more: Partial<Dental> = {},
  rest: Partial<Line> = {},
): Line {
  const lineItemChargeAmount = inventAmount(random, 1500);
  const dentalService: Dental = { procedureCode, lineItemChargeAmount, ...more };
  const serviceDate = `202603${String(between(random, 1, 18)).padStart(2, "0")}`;
  return { serviceDate, dentalService, ...rest };
}

const LINES: readonly ((random: Random) => Line)[] = [
  (random) => dentalLine(random, pick(random, ["D0120", "D0140", "D0274", "D1110", "D1206"])),
  (random) =>
    dentalLine(
      random,
      "D2392",
      {},
      {
        teethInformation: [
          { toothCode: pick(random, ["3", "14", "19", "A", "T"]), toothSurfaceCodes: ["M", "O"] },
        ],
      },
    ),
  (random) =>
    dentalLine(
      random,
      "D2331",
      {},
      {
        teethInformation: [{ toothCode: "8", toothSurfaceCodes: ["I", "F"] }],
      },
    ),
  (random) =>
    dentalLine(random, "D4341", {
      oralCavityDesignation: [pick(random, ["10", "20", "30", "40"] as const)],
    }),
  (random) =>
    dentalLine(
      random,
      "D2740",
      { prosthesisCrownOrInlayCode: "I", description: "Crown" },
      {
        teethInformation: [{ toothCode: "30" }],
        serviceLineDateInformation: { treatmentStartDate: "20260201" },
      },
    ),
  (random) =>
    dentalLine(
      random,
      "D5213",
      { prosthesisCrownOrInlayCode: "R", oralCavityDesignation: ["01"] },
      {
        serviceLineDateInformation: { priorPlacementDate: "20150501" },
      },
    ),
  (random) =>
    dentalLine(
      random,
      "D7140",
      { procedureModifiers: ["59"] },
      {
        teethInformation: [{ toothCode: "1" }, { toothCode: "16" }],
        salesTaxAmount: "1.80",
        serviceLineReferenceInformation: { predeterminationOfBenefits: ["PD-9"] },
      },
    ),
];

/** A plain dental encounter. */
export function dentalEncounter(random: Random, number: string): Encounter {
  const { claimFilingCode, ...parties } = inventParties(random, number, {
    npi: npiOf("199999990"),
    employerId: "990000300",
    taxonomyCode: "1223G0001X",
    organizationName: "Sampleton Dental Group",
    address: {
      address1: "300 Specimen Street",
      city: "Sampleton",
      state: "OH",
      postalCode: "432150300",
    },
    contactInformation: { name: "Billing Office", phoneNumber: "614-555-0300" },
  });
  const encounter: Encounter = {
    kind: "dental",
    ...parties,
    rendering: { ...inventProvider(random), taxonomyCode: "1223G0001X" },
    claimInformation: {
      claimFilingCode,
      patientControlNumber: number,
      claimChargeAmount: "0",
      placeOfServiceCode: "11",
      claimFrequencyCode: "1",
      signatureIndicator: "Y",
      planParticipationCode: pick(random, ["A", "C"] as const),
      benefitsAssignmentCertificationIndicator: "Y",
      releaseInformationCode: "Y",
      serviceLines: [],
    },
  };
  const count = between(random, 1, 4);
  return withLines(
    encounter,
    Array.from({ length: count }, () => pick(random, LINES)(random)),
  );
}

const CLAIM_VARIATIONS: readonly Variation[] = [
  {
    name: "orthodontics",
    group: "lines",
    apply(encounter, random) {
      const line = dentalLine(random, "D8080", { oralCavityDesignation: ["01", "02"] });
      const placed = withDates(withLines(encounter, [line]), {
        appliancePlacementDate: "20260303",
      });
      return withClaim(placed, {
        orthodonticTotalMonthsOfTreatment: { monthsCount: 24, monthsRemaining: 23 },
      });
    },
  },
  {
    name: "predetermination",
    group: "lines",
    apply(encounter, random) {
      const { serviceDate: _none, ...line } = dentalLine(random, "D2750", {
        prosthesisCrownOrInlayCode: "I",
      });
      const teethInformation = [{ toothCode: "19" }];
      return withClaim(withLines(encounter, [{ ...line, teethInformation }]), {
        predeterminationOfBenefits: true,
      });
    },
  },
  {
    name: "teeth that are missing, a note and a payment",
    apply: (encounter) =>
      withClaim(encounter, {
        toothStatus: Array.from({ length: 16 }, (_, index) => ({
          toothNumber: String(index + 1),
          toothStatusCode: index % 2 === 0 ? ("M" as const) : ("E" as const),
        })),
        claimNote: { additionalInformation: "Full arch planned" },
        patientAmountPaid: "20",
      }),
  },
  {
    name: "every reference and an attachment",
    apply: (encounter) =>
      withReferences(encounter, {
        predeterminationOfBenefitsIdentifier: "PD-1",
        serviceAuthorizationExceptionCode: "3",
        referralNumber: "RF-8",
        priorAuthorizationNumber: "PA-77",
        repricedClaimNumber: "RC-1",
        adjustedRepricedClaimNumber: "RC-2",
        claimNumber: "CH-1",
        reportInformations: [
          {
            attachmentReportTypeCode: "RB",
            attachmentTransmissionCode: "EL",
            attachmentControlNumber: "XRAY-1",
          },
        ],
      }),
  },
  {
    name: "claim providers",
    apply: (encounter, random) => ({
      ...withClaim(encounter, {
        serviceFacilityLocation: {
          organizationName: "Elm Annex",
          npi: npiOf("199999973"),
          address: { ...inventAddress(random), postalCode: "432150100" },
        },
      }),
      referring: inventProvider(random),
      assistantSurgeon: { ...inventProvider(random), taxonomyCode: "1223S0112X" },
      supervising: inventProvider(random),
    }),
  },
  {
    name: "four diagnoses after an accident",
    apply: (encounter) =>
      withClaim(withDates(encounter, { accidentDate: "20260228" }), {
        relatedCausesCode: ["OA"],
        healthCareCodeInformation: ["K0530", "K0250", "E119", "I10"].map(
          (diagnosisCode, index) => ({
            diagnosisTypeCode: index === 0 ? ("ABK" as const) : ("ABF" as const),
            diagnosisCode,
          }),
        ),
      }),
  },
];

/** What a dental claim may say. */
export const DENTAL_VARIATIONS: readonly Variation[] = [...CLAIM_VARIATIONS, ...PARTY_VARIATIONS];
