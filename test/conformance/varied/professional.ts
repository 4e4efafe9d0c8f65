/** Varied professional claims: what an 837P may say, thing by thing. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { cents, formatAmount } from "../../../src/billing/money/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress } from "../../../src/practice-payer/people.ts";
import { between, pick, type Random, shuffled } from "../../../src/practice-payer/random.ts";
import { ATTACHMENTS, inventParties, inventProvider, PARTY_VARIATIONS } from "./parties.ts";
import {
  type Line,
  type Variation,
  withClaim,
  withDates,
  withEachLine,
  withLines,
  withReferences,
} from "./variation.ts";

/** Diagnoses that may be billed. */
export const DIAGNOSES =
  "E119 I10 J449 N1830 M5450 F329 K219 G4733 E785 Z7984 R0602 L309 J069 Z0000".split(" ");
const PROCEDURES = "99213 99214 36415 85025 80053 93000 97110 97140 20610 J1885 G0439".split(" ");
const MODIFIERS = ["25", "59", "LT", "RT", "GP", "KX", "76", "XU"] as const;

/** An amount of up to `most` dollars and some cents, as text. */
export function inventAmount(random: Random, most: number): string {
  return formatAmount(cents(between(random, 500, most * 100)));
}

function inventLine(random: Random, code = pick(random, PROCEDURES)): Line {
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

function serviceOf(line: Line) {
  if (line.professionalService === undefined) throw new RangeError("a professional line");
  return line.professionalService;
}

/** A plain professional encounter. */
export function professionalEncounter(random: Random, number: string): Encounter {
  const { claimFilingCode, ...parties } = inventParties(random, number, {
    npi: npiOf("199999900"),
    employerId: "99-0000100",
    taxonomyCode: "193200000X",
    organizationName: "Sampleton Medical Group",
    address: {
      address1: "100 Specimen Street",
      city: "Sampleton",
      state: "OH",
      postalCode: "432150100",
    },
    contactInformation: { name: "Billing Office", phoneNumber: "614-555-0100" },
  });
  const lines = Array.from({ length: between(random, 1, 5) }, () => inventLine(random));
  const encounter: Encounter = {
    ...parties,
    rendering: { ...inventProvider(random), taxonomyCode: "207Q00000X" },
    claimInformation: {
      claimFilingCode,
      patientControlNumber: number,
      claimChargeAmount: "0",
      placeOfServiceCode: pick(random, ["11", "22", "23", "12", "31"]),
      claimFrequencyCode: "1",
      signatureIndicator: "Y",
      planParticipationCode: pick(random, ["A", "B", "C"] as const),
      benefitsAssignmentCertificationIndicator: pick(random, ["Y", "N", "W"] as const),
      releaseInformationCode: pick(random, ["Y", "I"] as const),
      healthCareCodeInformation: diagnoses(random, between(random, 1, 4)),
      serviceLines: [],
    },
  };
  return withLines(encounter, lines);
}

function diagnoses(random: Random, count: number) {
  return shuffled(random, DIAGNOSES)
    .slice(0, count)
    .map((diagnosisCode, index) => ({
      diagnosisTypeCode: index === 0 ? ("ABK" as const) : ("ABF" as const),
      diagnosisCode,
    }));
}

/** The encounter with one line, so that the line can say all it may. */
function onLine(encounter: Encounter, change: (line: Line) => Line): Encounter {
  return withEachLine(encounter, (line, index) => (index === 0 ? change(line) : line));
}

const LINE_VARIATIONS: readonly Variation[] = [
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
      const professionalService = {
        ...serviceOf(line),
        measurementUnit: "MJ" as const,
        serviceUnitCount: String(between(random, 15, 300)),
        procedureModifiers: ["AA", "P2", "QS", "23"],
      };
      const changed = withLines(encounter, [{ ...line, professionalService }]);
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
    apply: (encounter) => onLine(encounter, (line) => ({ ...line, serviceDateEnd: "2026-03-19" })),
  },
  {
    name: "line dates, tests and taxes",
    apply: (encounter) =>
      onLine(encounter, (line) => ({
        ...line,
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
      onLine(encounter, (line) => ({
        ...line,
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
      onLine(encounter, (line) => ({
        ...line,
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
    name: "emergency, screening, family planning, no copay",
    apply: (encounter) =>
      onLine(encounter, (line) => ({
        ...line,
        professionalService: {
          ...serviceOf(line),
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

const CLAIM_VARIATIONS: readonly Variation[] = [
  {
    name: "twelve diagnoses, four pointers",
    apply(encounter, random) {
      const listed = withClaim(encounter, { healthCareCodeInformation: diagnoses(random, 12) });
      return onLine(listed, (line) => ({
        ...line,
        professionalService: {
          ...serviceOf(line),
          compositeDiagnosisCodePointers: { diagnosisCodePointers: ["12", "3", "7", "1"] },
        },
      }));
    },
  },
  {
    name: "attachments",
    apply: (encounter) => withReferences(encounter, { reportInformations: [...ATTACHMENTS] }),
  },
  {
    name: "every reference",
    apply: (encounter) =>
      withReferences(encounter, {
        serviceAuthorizationExceptionCode: "3",
        medicareCrossoverReferenceId: "XO-1",
        mammographyCertificationNumber: "MA1234",
        referralNumber: "RF-8",
        priorAuthorizationNumber: "PA-77",
        cliaNumber: "12D4567890",
        repricedClaimNumber: "RC-1",
        adjustedRepricedClaimNumber: "RC-2",
        investigationalDeviceExemptionNumber: "G123456",
        claimNumber: "CH-1",
        medicalRecordNumber: "MRN-5",
        demoProjectIdentifier: "DP-1",
        carePlanOversightNumber: "1999999992",
      }),
  },
  {
    name: "every date",
    apply: (encounter) =>
      withDates(encounter, {
        symptomDate: "2026-02-20",
        initialTreatmentDate: "20260221",
        lastSeenDate: "20260222",
        acuteManifestationDate: "20260223",
        lastMenstrualPeriodDate: "20260101",
        lastXRayDate: "20260224",
        hearingAndVisionPrescriptionDate: "20260225",
        disabilityBeginDate: "2026-02-21",
        disabilityEndDate: "2026-04-01",
        lastWorkedDate: "20260219",
        authorizedReturnToWorkDate: "20260501",
        admissionDate: "20260226",
        dischargeDate: "20260227",
        assumedAndRelinquishedCareBeginDate: "20260226",
        assumedAndRelinquishedCareEndDate: "20260227",
        firstContactDate: "20260218",
        repricerReceivedDate: "20260319",
      }),
  },
  {
    name: "auto accident at work",
    apply: (encounter) =>
      withClaim(withDates(encounter, { accidentDate: "2026-02-20" }), {
        relatedCausesCode: ["AA", "EM"],
        autoAccidentStateCode: "OH",
      }),
  },
  {
    name: "note and what the patient paid",
    apply: (encounter) =>
      withClaim(encounter, {
        claimNote: { additionalInformation: "N".repeat(80) },
        patientAmountPaid: "20.05",
      }),
  },
  {
    name: "screening referral, homebound, conditions",
    apply: (encounter) =>
      withClaim(encounter, {
        epsdtReferral: {
          certificationConditionCodeAppliesIndicator: "Y",
          conditionCodes: ["AV", "S2", "ST"],
        },
        homeboundIndicator: true,
        conditionInformation: [{ conditionCodes: ["17", "A1"] }],
        specialProgramCode: "05",
        patientSignatureSourceCode: true,
      }),
  },
  {
    name: "weight, pregnancy and death",
    apply: (encounter) =>
      withClaim(encounter, {
        patientWeight: "61.5",
        pregnancyIndicator: "Y",
        deathDate: "2026-03-19",
      }),
  },
  {
    name: "claim providers",
    apply: (encounter, random) => ({
      ...withClaim(encounter, {
        serviceFacilityLocation: {
          organizationName: "Elm Clinic",
          npi: npiOf("199999971"),
          address: { ...inventAddress(random), postalCode: "43215-0100" },
          phoneName: "Desk",
          phoneNumber: "614-555-0103",
          phoneExtension: "7",
          secondaryIdentifier: [
            { qualifier: "0B", identifier: "LIC-1" },
            { qualifier: "LU", identifier: "LOC-1" },
          ],
        },
      }),
      referring: { ...inventProvider(random), stateLicenseNumber: "OH-2" },
      supervising: { ...inventProvider(random), commercialNumber: "C-1", locationNumber: "L-1" },
      ordering: inventProvider(random),
    }),
  },
  {
    name: "billed by a person",
    apply: (encounter, random) => {
      const { organizationName: _name, employerId: _ein, ...billing } = encounter.billing;
      const person = inventProvider(random);
      return {
        ...encounter,
        billing: { ...billing, ...person, ssn: "900-00-1234", stateLicenseNumber: "OH-3" },
      };
    },
  },
];

/** What a professional claim may say. */
export const PROFESSIONAL_VARIATIONS: readonly Variation[] = [
  ...LINE_VARIATIONS,
  ...CLAIM_VARIATIONS,
  ...PARTY_VARIATIONS,
];
