/** Varied institutional claims: what an 837I may say, thing by thing. */
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress } from "../../../src/practice-payer/people.ts";
import { decidedByClaim } from "./coverage.ts";
import { isStay } from "./hospital.ts";
import { inventLineProviderInFull, inventProviderInFull } from "./in-full.ts";
import { BILL_VARIATIONS, CODE_VARIATIONS } from "./institutional-bills.ts";
import { ATTACHMENTS, inventProvider } from "./parties.ts";
import { PARTY_VARIATIONS } from "./party-variations.ts";
import { onFirstLine, type Variation, withClaim, withDates, withReferences } from "./variation.ts";

const NOTES = [
  "allergies",
  "diagnosisDescription",
  "dme",
  "nutritionalRequirments",
  "ordersForDiscipLinesAndTreatments",
  "reasonsPatientLeavesHome",
  "timesAndReasonsPatientNotAtHome",
  "unusualHomeOrSocialEnv",
  "supplementalPlanOfTreatment",
  "updatedInformation",
] as const;

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
    name: "notes of home health",
    group: "facility",
    apply: (encounter) =>
      withClaim(encounter, {
        claimNotes: Object.fromEntries(NOTES.map((name) => [name, ["As agreed"]])),
      }),
  },
  {
    name: "claim providers in full",
    group: "providers",
    apply: (encounter, random) => ({
      ...encounter,
      attending: { ...inventProviderInFull(random), locationNumber: "L-9" },
      operatingPhysician: { ...inventProviderInFull(random), locationNumber: "L-9" },
      rendering: { ...inventProviderInFull(random), locationNumber: "L-9" },
      referring: inventProviderInFull(random),
    }),
  },
  {
    name: "line providers in full",
    group: "line providers",
    apply: (encounter, random) =>
      onFirstLine(encounter, () => ({
        providerControlNumber: "CTL-2",
        operatingPhysician: inventLineProviderInFull(random),
        otherOperatingPhysician: { ...inventProvider(random), commercialNumber: "C-8" },
        renderingProvider: { ...inventLineProviderInFull(random), locationNumber: "L-8" },
        referringProvider: inventLineProviderInFull(random),
      })),
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
    group: "providers",
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
    group: "line providers",
    apply: (encounter, random) =>
      onFirstLine(encounter, () => ({
        operatingPhysician: inventProvider(random),
        otherOperatingPhysician: inventProvider(random),
        renderingProvider: inventProvider(random),
        referringProvider: inventProvider(random),
      })),
  },
  {
    name: "what Medicare decided of a stay",
    group: "coverage",
    apply(encounter, random) {
      const changed = decidedByClaim(encounter, random);
      const [other] = changed.claimInformation.otherSubscriberInformation ?? [];
      if (other === undefined || !isStay(encounter)) return changed;
      const medicareInpatientAdjudication = {
        coveredDaysOrVisitsCount: "3",
        claimMspPassThroughAmount: "2",
        ppsOperatingFederalSpecificDrgAmount: "3.50",
        claimPpsCapitalOutlierAmmount: "4",
        claimIndirectTeachingAmount: "5",
        nonPayableProfessionalComponentBilledAmount: "6",
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
