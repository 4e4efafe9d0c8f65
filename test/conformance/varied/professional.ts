/** Varied professional claims: what an 837P may say, thing by thing. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress, inventPerson, inventSurname } from "../../../src/practice-payer/people.ts";
import { between, pick, type Random, shuffled } from "../../../src/practice-payer/random.ts";
import { inventProviderInFull, TELEPHONES } from "./in-full.ts";
import { ATTACHMENTS, inventParties, inventProvider, TODAY } from "./parties.ts";
import { PARTY_VARIATIONS } from "./party-variations.ts";
import {
  inventLine,
  PROFESSIONAL_LINE_VARIATIONS,
  professionalService,
} from "./professional-lines.ts";
import {
  onFirstLine,
  type Variation,
  withClaim,
  withDates,
  withLines,
  withReferences,
} from "./variation.ts";

/** Diagnoses that may be billed. */
export const DIAGNOSES =
  "E119 I10 J449 N1830 M5450 F329 K219 G4733 E785 Z7984 R0602 L309 J069 Z0000".split(" ");

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
    ...(random(2) === 0 ? { kind: "professional" as const } : {}),
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

/** A claim has one note; each kind of note has its turn. */
const NOTES: readonly Variation[] = (
  [
    "certificationNarrative",
    "goalRehabOrDischargePlans",
    "diagnosisDescription",
    "thirdPartOrgNotes",
  ] as const
).map((name) => ({
  name: `note: ${name}`,
  group: "note",
  apply: (encounter) => withClaim(encounter, { claimNote: { [name]: "As agreed" } }),
}));

const CLAIM_VARIATIONS: readonly Variation[] = [
  ...NOTES,
  {
    name: "accident abroad",
    group: "accident",
    apply: (encounter) =>
      withClaim(withDates(encounter, { accidentDate: "2026-02-20" }), {
        relatedCausesCode: ["AA"],
        autoAccidentCountryCode: "MX",
      }),
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
    name: "patient and subscriber by telephone, for property and casualty",
    apply(encounter, random) {
      const { age: _age, ...person } = inventPerson(random, TODAY, [1, 60], inventSurname(random));
      const [contactInformation] = TELEPHONES;
      return {
        ...withClaim(encounter, { propertyCasualtyClaimNumber: "PC-2026-3" }),
        subscriber: { ...encounter.subscriber, contactInformation },
        dependent: {
          ...person,
          relationshipToSubscriberCode: "19",
          address: inventAddress(random),
          contactInformation,
        },
      };
    },
  },
  {
    name: "twelve diagnoses, four pointers",
    apply(encounter, random) {
      const listed = withClaim(encounter, { healthCareCodeInformation: diagnoses(random, 12) });
      return onFirstLine(listed, (line) => ({
        professionalService: {
          ...professionalService(line),
          compositeDiagnosisCodePointers: { diagnosisCodePointers: ["12", "3", "7", "1"] },
        },
      }));
    },
  },
  {
    name: "contract and spinal manipulation",
    apply: (encounter) =>
      withClaim(encounter, {
        contractInformation: {
          contractTypeCode: "04",
          contractAmount: "80.50",
          contractPercentage: "12.5",
          contractCode: "PPO-7",
          termsDiscountPercentage: "2",
          contractVersionIdentifier: "2026A",
        },
        spinalManipulation: {
          patientConditionCode: "C",
          patientConditionDescription1: "Low back",
          patientConditionDescription2: "Since March",
        },
      }),
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
    group: "accident",
    apply: (encounter) =>
      withClaim(withDates(encounter, { accidentDate: "2026-02-20" }), {
        relatedCausesCode: ["AA", "EM"],
        autoAccidentStateCode: "OH",
      }),
  },
  {
    name: "note and what the patient paid",
    group: "note",
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
    group: "providers",
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
  ...PROFESSIONAL_LINE_VARIATIONS,
  ...CLAIM_VARIATIONS,
  ...PARTY_VARIATIONS,
];
