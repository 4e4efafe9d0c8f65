import type { WorkItem } from "./work-item.ts";

/** A place of the encounter to look at first, with its name in words. */
export interface FieldToCorrect {
  /** JSON pointer into the encounter (schemas/encounter.schema.json). */
  readonly pointer: string;
  readonly label: string;
}

/** `*` stands for each line that the item is about. */
type Place = readonly [pointer: string, label: string];

const MEMBER: readonly Place[] = [
  ["/subscriber/memberId", "Member id"],
  ["/subscriber/lastName", "Family name of the subscriber"],
  ["/subscriber/firstName", "Given name of the subscriber"],
  ["/subscriber/dateOfBirth", "Birth date of the subscriber"],
];
const PAYER: readonly Place[] = [
  ["/tradingPartnerServiceId", "Payer id"],
  ["/tradingPartnerName", "Payer name"],
  ["/subscriber/memberId", "Member id"],
];
const SERVICE = "/claimInformation/serviceLines/*/professionalService";
const PROCEDURE: Place = [`${SERVICE}/procedureCode`, "Procedure code"];
const MODIFIERS: Place = [`${SERVICE}/procedureModifiers`, "Modifiers"];
const UNITS: Place = [`${SERVICE}/serviceUnitCount`, "Units"];
const REFERENCES = "/claimInformation/claimSupplementalInformation";
const DIAGNOSES: Place = ["/claimInformation/healthCareCodeInformation", "Diagnosis codes"];
const POINTERS: Place = [`${SERVICE}/compositeDiagnosisCodePointers`, "Diagnosis pointers"];

/** Where the error usually sits, by category; house practice, after the actions of DENIALS §3. */
const PLACES: Readonly<Partial<Record<WorkItem["category"], readonly Place[]>>> = {
  "incorrect-patient-info": MEMBER,
  "no-active-coverage": PAYER,
  "coordination-of-benefits": [
    ["/subscriber/paymentResponsibilityLevelCode", "Which payer this is: P, S or T"],
    ...PAYER,
  ],
  "incorrect-payer": PAYER,
  "authorization-required": [
    [`${REFERENCES}/priorAuthorizationNumber`, "Prior authorization number (REF*G1)"],
  ],
  "referral-required": [[`${REFERENCES}/referralNumber`, "Referral number (REF*9F)"]],
  "duplicate-claim": [MODIFIERS],
  "billing-error": [...MEMBER.slice(0, 1), PROCEDURE, MODIFIERS, DIAGNOSES],
  "invalid-diagnosis": [DIAGNOSES, POINTERS],
  "incorrect-procedure": [PROCEDURE],
  "invalid-modifier": [MODIFIERS],
  bundled: [MODIFIERS],
  "frequency-limit": [UNITS, MODIFIERS],
  "incorrect-place-of-service": [["/claimInformation/placeOfServiceCode", "Place of service"]],
  "not-medically-necessary": [DIAGNOSES, MODIFIERS],
  "provider-identifier": [
    ["/billing/npi", "NPI of the billing provider"],
    ["/billing/taxonomyCode", "Taxonomy code of the billing provider"],
    ["/rendering/npi", "NPI of the rendering provider"],
  ],
  "rejected-missing-information": [...MEMBER, PROCEDURE, DIAGNOSES],
  "rejected-invalid-information": [...MEMBER, PROCEDURE, DIAGNOSES],
  "rejected-unprocessable": PAYER,
};
const ANYWHERE: readonly Place[] = [PROCEDURE, MODIFIERS, DIAGNOSES];

/**
 * The fields to look at first, in order. `lines` are the places of the lines that the item is about, from 0; all lines
 * of the claim when it is about the claim as a whole.
 */
export function fieldsToCorrect(
  category: WorkItem["category"],
  lines: readonly number[],
): readonly FieldToCorrect[] {
  return (PLACES[category] ?? ANYWHERE).flatMap(([pointer, label]) => {
    if (!pointer.includes("*")) return [{ pointer, label }];
    return lines.map((line) => ({
      pointer: pointer.replace("*", String(line)),
      label: `${label}, line ${line + 1}`,
    }));
  });
}

/** What decides how a mended claim goes out again. */
export interface ResubmissionFacts {
  /** A payer has adjudicated the claim; a claim that came back in a 999 or 277CA never was. */
  readonly adjudicated: boolean;
  /** RARC MA130: returned as unprocessable, which is no decision. */
  readonly unprocessable: boolean;
  /** CLP07 of the last decision. */
  readonly payerClaimControlNumber: string | undefined;
}

/** The claim frequency (CLM05-3) of a mended claim, and why; `why` alone where it cannot go out. */
export interface Resubmission {
  readonly frequencyCode: "1" | "7" | undefined;
  readonly because: string;
}

/** How a mended claim goes out: anew where nobody decided, as a replacement where somebody did (DENIALS §6). */
export function resubmissionOf(facts: ResubmissionFacts): Resubmission {
  if (!facts.adjudicated) {
    return { frequencyCode: "1", because: "No payer has decided on it, so it is sent as new." };
  }
  if (facts.unprocessable) {
    return {
      frequencyCode: "1",
      because: "The payer could not process it (MA130), which is no decision: it is sent as new.",
    };
  }
  if (facts.payerClaimControlNumber === undefined) {
    return {
      frequencyCode: undefined,
      because: "A replacement must name the payer's claim number (CLP07), and none is known.",
    };
  }
  return {
    frequencyCode: "7",
    because: "The payer has decided on it, so it is replaced, naming the payer's claim number.",
  };
}
