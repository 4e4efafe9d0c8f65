/** Varied dental claims: what an 837D may say, thing by thing. */
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress } from "../../../src/practice-payer/people.ts";
import { dentalLine } from "./dental-visit.ts";
import { inventLineProviderInFull, inventProviderInFull } from "./in-full.ts";
import { inventProvider } from "./parties.ts";
import { PARTY_VARIATIONS } from "./party-variations.ts";
import {
  type Line,
  onFirstLine,
  type Variation,
  withClaim,
  withDates,
  withLines,
  withReferences,
} from "./variation.ts";

const CLAIM_VARIATIONS: readonly Variation[] = [
  {
    name: "contract",
    apply: (encounter) =>
      withClaim(encounter, {
        contractInformation: {
          contractTypeCode: "02",
          contractAmount: "1200",
          contractPercentage: "12.5",
          contractCode: "P1",
          termsDiscountPercentage: "2",
          contractVersionIdentifier: "2026A",
        },
      }),
  },
  {
    name: "lines in full",
    group: "lines",
    apply(encounter, random) {
      const line = dentalLine(random, "D2740", {
        prosthesisCrownOrInlayCode: "R",
        procedureCount: 2,
        placeOfServiceCode: "22",
        compositeDiagnosisCodePointers: { diagnosisCodePointers: ["1", "2"] },
      });
      const full: Line = {
        ...line,
        providerControlNumber: "CTL-3",
        contractInformation: { contractTypeCode: "06", contractPercentage: "80.5" },
        fileInformation: ["LINE DATA"],
        teethInformation: [{ toothCode: "30" }],
        serviceLineDateInformation: {
          priorPlacementDate: "20150501",
          treatmentStartDate: "20260201",
          treatmentCompletionDate: "20260301",
        },
        serviceLineReferenceInformation: {
          repricedLineItemReferenceNumber: "RP-1",
          adjustedRepricedLineItemReferenceNumber: "RP-2",
          referralNumber: ["RF-1"],
          priorAuthorization: [
            { priorAuthorizationOrReferralNumber: "PA-1" },
            { priorAuthorizationOrReferralNumber: "PA-2", otherPayerPrimaryIdentifier: "80001" },
          ],
        },
      };
      return withClaim(withLines(encounter, [full]), {
        healthCareCodeInformation: [
          { diagnosisTypeCode: "ABK", diagnosisCode: "K0530" },
          { diagnosisTypeCode: "ABF", diagnosisCode: "E119" },
        ],
      });
    },
  },
  {
    name: "orthodontics by line, an appliance replaced",
    group: "lines",
    apply(encounter, random) {
      const line = dentalLine(
        random,
        "D8680",
        {},
        { serviceLineDateInformation: { applianceDate: "20260303", replacementDate: "20260310" } },
      );
      return withClaim(withLines(encounter, [line]), {
        orthodonticTotalMonthsOfTreatment: { treatmentIndicator: "Y" },
      });
    },
  },
  {
    name: "line providers",
    apply: (encounter, random) =>
      onFirstLine(encounter, () => ({
        renderingProvider: { ...inventLineProviderInFull(random), taxonomyCode: "1223P0300X" },
        assistantSurgeon: { ...inventProvider(random), taxonomyCode: "1223S0112X" },
        supervisingProvider: inventLineProviderInFull(random),
        serviceFacilityLocation: {
          organizationName: "Oak Laboratory",
          npi: npiOf("199999975"),
          address: { ...inventAddress(random), postalCode: "432150100" },
          secondaryIdentifier: [{ qualifier: "G2", identifier: "FAC-1", otherIdentifier: "80001" }],
        },
      })),
  },
  {
    name: "line rendered by a group",
    apply: (encounter) =>
      onFirstLine(encounter, () => ({
        renderingProvider: {
          organizationName: "Oak Dental Group",
          npi: npiOf("199999976"),
          commercialNumber: "C-8",
          locationNumber: "L-8",
        },
      })),
  },
  {
    name: "claim providers in full",
    group: "providers",
    apply: (encounter, random) => ({
      ...encounter,
      rendering: { ...inventProviderInFull(random), locationNumber: "L-9" },
      referring: inventProviderInFull(random),
      supervising: { ...inventProviderInFull(random), locationNumber: "L-9" },
    }),
  },
  {
    name: "one date for all lines",
    apply(encounter) {
      const undated = withLines(
        encounter,
        encounter.claimInformation.serviceLines.map(({ serviceDate: _day, ...line }) => line),
      );
      if (encounter.claimInformation.predeterminationOfBenefits === true) return encounter;
      return withDates(undated, {
        serviceDate: "20260302",
        serviceDateEnd: "20260304",
        repricerReceivedDate: "20260319",
      });
    },
  },
  {
    name: "auto accident, special program",
    group: "accident",
    apply: (encounter) =>
      withClaim(withDates(encounter, { accidentDate: "20260228" }), {
        relatedCausesCode: ["AA"],
        specialProgramCode: "01",
        autoAccidentStateCode: "OH",
      }),
  },
  {
    name: "auto accident abroad",
    group: "accident",
    apply: (encounter) =>
      withClaim(withDates(encounter, { accidentDate: "20260228" }), {
        relatedCausesCode: ["AA", "OA"],
        autoAccidentCountryCode: "MX",
      }),
  },
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
      const dates = encounter.claimInformation.claimDateInformation;
      // No treatment has taken place, whatever another variation says of its day.
      const { serviceDate: _from, serviceDateEnd: _to, ...others } = dates ?? {};
      return withClaim(withLines(encounter, [{ ...line, teethInformation }]), {
        ...(dates === undefined ? {} : { claimDateInformation: others }),
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
    group: "providers",
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
    group: "accident",
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
