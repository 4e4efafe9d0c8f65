import type { Encounter } from "../../intake/index.ts";

/**
 * First two digits of the type of bill: facility and care (NUBC; CMS Claims Processing Manual 25,
 * FL 4).
 */
const FACILITY_TYPES: ReadonlySet<string> = new Set(
  "11 12 13 14 18 21 22 23 28 32 33 34 41 43 65 66 71 72 73 74 75 76 77 79 81 82 83 84 85 86 87 89".split(
    " ",
  ),
);

/** Stays: hospital, swing bed, skilled nursing, religious, intermediate and residential care. */
const INPATIENT: ReadonlySet<string> = new Set(["11", "18", "21", "41", "65", "66", "86"]);

/** Whether the facility type code is one that there is. */
export function isFacilityType(code: string): boolean {
  return FACILITY_TYPES.has(code);
}

/** CLM05-1. */
interface Facility {
  readonly placeOfServiceCode: string;
}

/** CLM05-3. */
type Frequency = Pick<Encounter["claimInformation"], "claimFrequencyCode">;

/** Whether an institutional claim is for a stay. */
export function isInpatient({ placeOfServiceCode }: Facility): boolean {
  return INPATIENT.has(placeOfServiceCode);
}

/** Whether the stay is in a hospital, where admissions have an hour and diagnoses POA indicators. */
export function isHospitalStay({ placeOfServiceCode }: Facility): boolean {
  return placeOfServiceCode === "11" || placeOfServiceCode === "41";
}

/** Admit through discharge, and the last bill of a stay: the patient has left. */
export function isFinalBill({ claimFrequencyCode }: Frequency): boolean {
  return claimFrequencyCode === "1" || claimFrequencyCode === "4";
}

/** The first and the continuing bills of a stay: the patient is still there. */
export function isInterimBill({ claimFrequencyCode }: Frequency): boolean {
  return claimFrequencyCode === "2" || claimFrequencyCode === "3";
}

/** Patient status 30: still a patient on the last day of the statement. */
export const STILL_PATIENT = "30";
