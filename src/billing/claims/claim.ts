import type { DiagnosisRole, EncounterKind } from "../intake/index.ts";
import type { Cents } from "../money/index.ts";

/** SBR01: which of a patient's payers this is, in order of responsibility. */
export type PayerSequence = "P" | "S" | "T";

/** A payer as a claim names it: 2010BB or 2330B NM1. */
export interface ClaimPayer {
  readonly sequence: PayerSequence;
  /** NM109 payer identifier. */
  readonly id: string;
  readonly name: string;
  /** SBR09 claim filing indicator: CI, MB, MC, BL … */
  readonly filingIndicatorCode: string;
}

/** A service line as sent (loop 2400). */
export interface ClaimLine {
  /** LX01, 1-based. */
  readonly lineNumber: number;
  /**
   * REF*6R; the line number when none was sent, because the payer must then return LX01 (RFI 1684).
   */
  readonly lineControlNumber: string;
  /** HC for CPT/HCPCS, AD dental, NU when an institutional line has a revenue code only. */
  readonly procedureQualifier: string;
  readonly procedureCode: string;
  readonly modifiers: readonly string[];
  readonly revenueCode: string | undefined;
  readonly chargeCents: Cents;
  /** SV104 as written. */
  readonly units: string;
  /** ISO calendar dates; the claim's own where the line has none. */
  readonly serviceDateFrom: string | undefined;
  readonly serviceDateTo: string | undefined;
  /** 1-based pointers into `diagnoses`. */
  readonly diagnosisPointers: readonly number[];
  /** Where in the mouth a dental service was done; absent where the line tells nothing of it. */
  readonly dental?: DentalPlace;
}

/** Teeth and areas of a dental line (SV304, SV305, TOO). */
export interface DentalPlace {
  readonly teeth: readonly ClaimTooth[];
  /** 10 to 40 the quadrants, 01 and 02 the arches, 00 the whole mouth. */
  readonly areas: readonly string[];
  /** I first placement of a prosthesis, R replacement. */
  readonly placement: string | undefined;
}

/** A tooth of the universal numbering system with the surfaces that were treated. */
export interface ClaimTooth {
  readonly code: string;
  readonly surfaces: readonly string[];
}

/** A diagnosis of an institutional claim (HI). */
export interface ClaimDiagnosis {
  readonly role: DiagnosisRole;
  /** ICD-10-CM without the dot. */
  readonly code: string;
  /** C022-9: Y, N, U or W; undefined where it is exempt, or the claim is for no stay. */
  readonly presentOnAdmission: string | undefined;
}

/** What an institutional claim tells besides its lines (837I, UB-04). Dates are ISO. */
export interface InstitutionalFacts {
  /** DTP*434. */
  readonly statementFrom: string | undefined;
  readonly statementTo: string | undefined;
  /** DTP*435 and DTP*096, the hours as HHMM. */
  readonly admissionDate: string | undefined;
  readonly admissionHour: string | undefined;
  readonly dischargeHour: string | undefined;
  /** CL101 to CL103. */
  readonly admissionTypeCode: string;
  readonly admissionSourceCode: string;
  readonly patientStatusCode: string;
  /** HI*DR. */
  readonly diagnosisRelatedGroup: string | undefined;
  /** 2310A and 2310B. */
  readonly attendingProviderNpi: string | undefined;
  readonly operatingProviderNpi: string | undefined;
  readonly diagnoses: readonly ClaimDiagnosis[];
  /** ICD-10-PCS, the principal one first. */
  readonly procedures: readonly { readonly code: string; readonly date: string | undefined }[];
  readonly spans: readonly {
    readonly code: string;
    readonly from: string | undefined;
    readonly to: string | undefined;
  }[];
  readonly occurrences: readonly { readonly code: string; readonly date: string | undefined }[];
  /** Amounts, days and hours as written: what the number means follows from the code. */
  readonly values: readonly { readonly code: string; readonly amount: string }[];
  readonly conditions: readonly string[];
}

/** What a dental claim tells besides its lines (837D). */
export interface DentalFacts {
  /** CLM19: it asks what would be paid; nothing was done. */
  readonly predetermination: boolean;
  /** DN1; undefined when the claim is not for orthodontics. */
  readonly orthodontics:
    | { readonly months: number | undefined; readonly monthsRemaining: number | undefined }
    | undefined;
  /** DTP*452, the day of banding. ISO. */
  readonly appliancePlacementDate: string | undefined;
  /** DN2: E to be extracted, M missing. */
  readonly toothStatuses: readonly { readonly tooth: string; readonly status: string }[];
}

/** The patient and subscriber of a claim. Patient data. */
export interface ClaimPatient {
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  /** NM109 of 2010BA: the member id under which the payer knows the subscriber. */
  readonly memberId: string;
  readonly groupNumber: string | undefined;
}

/**
 * A claim as it goes, or went, to one payer: what one CLM segment and its surroundings say.
 * Generating from an encounter and registering a foreign 837 both end in this value.
 */
export interface Claim {
  /** CLM01, unique per submission, at most 20 characters (POSTING M2). */
  readonly patientControlNumber: string;
  readonly kind: EncounterKind;
  /** The payer this submission goes to. */
  readonly payer: ClaimPayer;
  /** The patient's other payers (2320/2330B). */
  readonly otherPayers: readonly ClaimPayer[];
  /** CLM05-3: 1 original, 7 replacement, 8 void; institutional claims have others. */
  readonly frequencyCode: string;
  /** REF*F8: the payer's number of the claim that is replaced or voided. */
  readonly originalReference: string | undefined;
  readonly patient: ClaimPatient;
  readonly billingProvider: { readonly npi: string; readonly taxId: string; readonly name: string };
  readonly renderingProviderNpi: string | undefined;
  /** CLM05-1: place of service, or the first two digits of the type of bill. */
  readonly placeOfServiceCode: string;
  /** Earliest and latest service date, or the days of the statement; ISO calendar dates. */
  readonly serviceDateFrom: string | undefined;
  readonly serviceDateTo: string | undefined;
  /** CLM02. */
  readonly chargeCents: Cents;
  /** ICD-10-CM codes without the dot, principal first, then the other diagnoses. */
  readonly diagnoses: readonly string[];
  readonly lines: readonly ClaimLine[];
  /** Of an institutional claim. */
  readonly institutional?: InstitutionalFacts;
  /** Of a dental claim. */
  readonly dental?: DentalFacts;
  /** BHT06 = RP: an encounter report that no payer need answer (POSTING 10). */
  readonly encounterOnly: boolean;
}
