/** Varied service lines of professional claims, thing by thing. */
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress } from "../../../src/practice-payer/people.ts";
import { between, pick, type Random, shuffled } from "../../../src/practice-payer/random.ts";
import { inventLineProviderInFull } from "./in-full.ts";
import { ATTACHMENTS, inventProvider } from "./parties.ts";
import {
  inventAmount,
  type Line,
  onFirstLine,
  type Variation,
  withClaim,
  withLines,
} from "./variation.ts";

const PROCEDURES = "99213 99214 36415 85025 80053 93000 97110 97140 20610 J1885 G0439".split(" ");
const MODIFIERS = ["25", "59", "LT", "RT", "GP", "KX", "76", "XU"] as const;

/** A plain line of a professional claim. */
export function inventLine(random: Random, code = pick(random, PROCEDURES)): Line {
  const modifiers = shuffled(random, MODIFIERS).slice(0, random(3));
  return {
    serviceDate: `2026-03-${String(between(random, 1, 18)).padStart(2, "0")}`,
    professionalService: {
      procedureIdentifier: "HC",
      procedureCode: code,
      ...(modifiers.length === 0 ? {} : { procedureModifiers: modifiers }),
      lineItemChargeAmount: inventAmount(random, 900),
      measurementUnit: "UN",
      serviceUnitCount: pick(random, ["1", "1", "2", "3", "1.5"]),
      compositeDiagnosisCodePointers: { diagnosisCodePointers: ["1"] },
    },
  };
}

/** The service of a professional line. */
export function professionalService(line: Line) {
  if (line.professionalService === undefined) throw new RangeError("a professional line");
  return line.professionalService;
}

/** What a professional line may say. */
export const PROFESSIONAL_LINE_VARIATIONS: readonly Variation[] = [
  {
    name: "fifty lines",
    group: "lines",
    apply: (encounter, random) =>
      withLines(
        encounter,
        Array.from({ length: 50 }, (_, index) => inventLine(random, String(90801 + index))),
      ),
  },
  {
    name: "anesthesia minutes",
    group: "lines",
    apply(encounter, random) {
      const line = inventLine(random, "00790");
      const service = {
        ...professionalService(line),
        measurementUnit: "MJ" as const,
        serviceUnitCount: String(between(random, 15, 300)),
        procedureModifiers: ["AA", "P2", "QS", "23"],
      };
      const changed = withLines(encounter, [{ ...line, professionalService: service }]);
      return withClaim(changed, { anesthesiaRelatedSurgicalProcedure: ["47562", "47563"] });
    },
  },
  {
    name: "obstetric anesthesia",
    group: "lines",
    apply: (encounter, random) =>
      withLines(encounter, [
        { ...inventLine(random, "01967"), obstetricAnesthesiaAdditionalUnits: 3 },
      ]),
  },
  {
    name: "drug by NDC",
    group: "lines",
    apply: (encounter, random) =>
      withLines(encounter, [
        {
          ...inventLine(random, "J1885"),
          drugIdentification: {
            serviceIdQualifier: "N4",
            nationalDrugCode: "00026-0635-12",
            nationalDrugUnitCount: pick(random, ["1", "2.5", "100"]),
            measurementUnitCode: pick(random, ["F2", "GR", "ME", "ML", "UN"] as const),
            ...(random(2) === 0
              ? { linkSequenceNumber: "123456" }
              : { pharmacyPrescriptionNumber: "RX-1" }),
          },
        },
      ]),
  },
  {
    name: "contract by line",
    apply: (encounter) =>
      onFirstLine(encounter, () => ({
        contractInformation: { contractTypeCode: "06", contractPercentage: "80.5" },
      })),
  },
  {
    name: "ambulance",
    group: "lines",
    apply(encounter, random) {
      const line = { ...inventLine(random, "A0427"), ambulancePatientCount: 2 };
      return withClaim(withLines(encounter, [line]), {
        placeOfServiceCode: "41",
        ambulanceTransportInformation: {
          patientWeightInPounds: "140",
          ambulanceTransportReasonCode: pick(random, ["A", "B", "C", "D", "E"] as const),
          transportDistanceInMiles: "12.5",
          roundTripPurposeDescription: "Back home",
          stretcherPurposeDescription: "Could not sit",
        },
        ambulanceCertification: [
          { certificationConditionIndicator: "Y", conditionCodes: ["01", "04", "05", "06", "07"] },
          { certificationConditionIndicator: "N", conditionCodes: ["09"] },
        ],
        ambulancePickUpLocation: inventAddress(random),
        ambulanceDropOffLocation: inventAddress(random),
      });
    },
  },
  {
    name: "ambulance by line",
    group: "lines",
    apply: (encounter, random) =>
      withLines(encounter, [
        {
          ...inventLine(random, "A0429"),
          ambulanceTransportInformation: {
            ambulanceTransportReasonCode: "A",
            transportDistanceInMiles: "3",
          },
          ambulanceCertification: [
            { certificationConditionIndicator: "Y", conditionCodes: ["12"] },
          ],
          ambulancePickUpLocation: inventAddress(random),
          ambulanceDropOffLocation: inventAddress(random),
        },
      ]),
  },
  {
    name: "service of several days",
    apply: (encounter) => onFirstLine(encounter, () => ({ serviceDateEnd: "2026-03-19" })),
  },
  {
    name: "line dates, tests and taxes",
    group: "line note",
    apply: (encounter) =>
      onFirstLine(encounter, () => ({
        serviceLineDateInformation: {
          prescriptionDate: "20260201",
          certificationRevisionOrRecertificationDate: "20260202",
          beginTherapyDate: "20260203",
          lastCertificationDate: "20260204",
          treatmentOrTherapyDate: "20260205",
          hemoglobinTestDate: "20260206",
          shippedDate: "20260207",
          lastXRayDate: "20260208",
          initialTreatmentDate: "20260209",
        },
        testResults: [
          {
            measurementReferenceIdentificationCode: "TR",
            measurementQualifier: "R1",
            testResults: "11.5",
          },
          {
            measurementReferenceIdentificationCode: "OG",
            measurementQualifier: "HT",
            testResults: "70",
          },
        ],
        salesTaxAmount: "3.37",
        postageTaxAmount: "0.55",
        fileInformation: ["LINE DATA"],
        additionalNotes: "Seen twice",
        thirdPartyOrganizationNotes: "For the repricer",
      })),
  },
  {
    name: "line references and attachments",
    apply: (encounter) =>
      onFirstLine(encounter, () => ({
        providerControlNumber: "CTL-1",
        serviceLineSupplementalInformation: [...ATTACHMENTS],
        serviceLineReferenceInformation: {
          repricedLineItemReferenceNumber: "RP-1",
          adjustedRepricedLineItemReferenceNumber: "RP-2",
          priorAuthorization: [{ priorAuthorizationOrReferralNumber: "PA-1" }],
          mammographyCertificationNumber: "MA1234",
          clinicalLaboratoryImprovementAmendmentNumber: "12D4567890",
          referringCliaNumber: "12D4567891",
          immunizationBatchNumber: "LOT-7",
          referralNumber: ["RF-1"],
        },
      })),
  },
  {
    name: "line providers",
    apply: (encounter, random) =>
      onFirstLine(encounter, () => ({
        renderingProvider: { ...inventProvider(random), taxonomyCode: "207R00000X" },
        supervisingProvider: { ...inventProvider(random), locationNumber: "L1" },
        referringProvider: inventProvider(random),
        orderingProvider: {
          ...inventProvider(random),
          stateLicenseNumber: "OH-1",
          address: inventAddress(random),
          contactInformation: {
            name: "Desk",
            phoneNumber: "614-555-0101",
            faxNumber: "6145550102",
          },
        },
        serviceFacilityLocation: {
          organizationName: "Oak Laboratory",
          npi: npiOf("199999970"),
          address: { ...inventAddress(random), postalCode: "432150100" },
          secondaryIdentifier: [{ qualifier: "G2", identifier: "FAC-1" }],
        },
      })),
  },
  {
    name: "line providers in full",
    apply: (encounter, random) =>
      onFirstLine(encounter, () => ({
        renderingProvider: { ...inventLineProviderInFull(random), locationNumber: "L-8" },
        referringProvider: inventLineProviderInFull(random),
        supervisingProvider: inventLineProviderInFull(random),
        orderingProvider: { ...inventProvider(random), commercialNumber: "C-8" },
      })),
  },
  {
    name: "line rendered by a group, goals, and a kidney test",
    group: "line note",
    apply: (encounter) =>
      onFirstLine(encounter, () => ({
        renderingProvider: { organizationName: "Oak Imaging Group", npi: npiOf("199999974") },
        goalRehabOrDischargePlans: "Walk alone",
        serviceLineDateInformation: { serumCreatineTestDate: "20260210" },
        serviceLineReferenceInformation: {
          priorAuthorization: [
            { priorAuthorizationOrReferralNumber: "PA-2" },
            {
              priorAuthorizationOrReferralNumber: "PA-3",
              otherPayerPrimaryIdentifier: "80001",
            },
          ],
        },
      })),
  },
  {
    name: "emergency, screening, family planning, no copay",
    apply: (encounter) =>
      onFirstLine(encounter, (line) => ({
        professionalService: {
          ...professionalService(line),
          description: "Office visit",
          placeOfServiceCode: "22",
          emergencyIndicator: "Y",
          epsdtIndicator: "Y",
          familyPlanningIndicator: "Y",
          copayStatusCode: "0",
        },
      })),
  },
];
