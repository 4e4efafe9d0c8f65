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
  readonly kind: "professional" | "institutional" | "dental";
  /** The payer this submission goes to. */
  readonly payer: ClaimPayer;
  /** The patient's other payers (2320/2330B). */
  readonly otherPayers: readonly ClaimPayer[];
  /** CLM05-3: 1 original, 7 replacement, 8 void. */
  readonly frequencyCode: string;
  /** REF*F8: the payer's number of the claim that is replaced or voided. */
  readonly originalReference: string | undefined;
  readonly patient: ClaimPatient;
  readonly billingProvider: { readonly npi: string; readonly taxId: string; readonly name: string };
  readonly renderingProviderNpi: string | undefined;
  /** CLM05-1. */
  readonly placeOfServiceCode: string;
  /** Earliest and latest service date, ISO calendar dates. */
  readonly serviceDateFrom: string | undefined;
  readonly serviceDateTo: string | undefined;
  /** CLM02. */
  readonly chargeCents: Cents;
  /** ICD-10-CM codes without the dot, principal first. */
  readonly diagnoses: readonly string[];
  readonly lines: readonly ClaimLine[];
  /** BHT06 = RP: an encounter report that no payer need answer (POSTING 10). */
  readonly encounterOnly: boolean;
}
