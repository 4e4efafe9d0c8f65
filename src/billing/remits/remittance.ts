import type { Finding } from "../../edi/x12/finding.ts";
import type { Cents } from "../money/index.ts";

/**
 * One CAS triple of a claim (2100) or service line (2110). Positive reduces the payment, negative
 * increases it.
 */
export interface Adjustment {
  /** CAS01: CO, PR, OA, PI, and CR from 4010-style senders. */
  readonly groupCode: string;
  /** CAS02, 05, 08 …: claim adjustment reason code (CARC). */
  readonly reasonCode: string;
  readonly amountCents: Cents;
  /** CAS04, 07, 10 …: units, as written; undefined where absent. */
  readonly quantity: string | undefined;
}

/** A medical procedure identifier (SVC01, SVC06). */
export interface Procedure {
  /** HC, NU, N4, AD, HP, ER, WK …; any qualifier is accepted (POSTING L8). */
  readonly qualifier: string;
  readonly code: string;
  readonly modifiers: readonly string[];
}

/** What a payer decided of one service line (loop 2110, SVC). */
export interface ServicePayment {
  /** Position of the SVC segment in its transaction set, ST = 1. */
  readonly position: number;
  /** SVC01, the adjudicated procedure. */
  readonly procedure: Procedure;
  /** SVC06, the submitted procedure when it differs; may hold an invalid code (POSTING L2). */
  readonly submittedProcedure: Procedure | undefined;
  /** SVC02. */
  readonly chargeCents: Cents;
  /** SVC03. */
  readonly paidCents: Cents;
  /** SVC04, revenue code of an institutional line. */
  readonly revenueCode: string | undefined;
  /** SVC05 as written: absent means 1 unit, "0" means none paid (POSTING L7). */
  readonly paidUnits: string | undefined;
  /** SVC07 as written. */
  readonly submittedUnits: string | undefined;
  /** DTM*472 or DTM*150/151, ISO calendar dates. */
  readonly serviceDateFrom: string | undefined;
  readonly serviceDateTo: string | undefined;
  /** REF*6R line item control number. */
  readonly lineControlNumber: string | undefined;
  readonly adjustments: readonly Adjustment[];
  /** LQ*HE remark codes (RARC). */
  readonly remarkCodes: readonly string[];
  /** AMT*B6, information only (POSTING B5). */
  readonly allowedCents: Cents | undefined;
}

/** What a payer decided of one claim (loop 2100, CLP). */
export interface ClaimPayment {
  /** 1-based number of this CLP within its transaction set. */
  readonly ordinal: number;
  /** Position of the CLP segment in its transaction set, ST = 1. */
  readonly position: number;
  /** CLP01, the CLM01 that was sent. */
  readonly patientControlNumber: string;
  /** CLP02. */
  readonly statusCode: string;
  /** CLP03. */
  readonly chargeCents: Cents;
  /** CLP04. */
  readonly paidCents: Cents;
  /** CLP05; undefined where absent, as on 4010-style reversals (POSTING B6). */
  readonly patientResponsibilityCents: Cents | undefined;
  /** CLP06. */
  readonly filingIndicatorCode: string;
  /** CLP07. */
  readonly payerClaimControlNumber: string | undefined;
  readonly facilityCode: string | undefined;
  /** CLP09. */
  readonly frequencyCode: string | undefined;
  /** CAS at claim level. */
  readonly adjustments: readonly Adjustment[];
  readonly services: readonly ServicePayment[];
  /** MIA / MOA remark codes. */
  readonly remarkCodes: readonly string[];
  /** DTM*232/233 statement dates, or the earliest and latest line, ISO calendar dates. */
  readonly serviceDateFrom: string | undefined;
  readonly serviceDateTo: string | undefined;
  /** NM1*TT crossover carrier was named. */
  readonly crossover: { readonly name: string; readonly id: string } | undefined;
  /** NM1*74: the insured as the payer knows him or her (POSTING C8). Patient data. */
  readonly correctedInsured: RemittancePerson | undefined;
  /** NM1*PR: the payer that should have been billed before this one (POSTING C8). */
  readonly correctedPayer: { readonly name: string; readonly id: string } | undefined;
  /** REF*F8 original reference number, where the payer echoes it. */
  readonly originalReference: string | undefined;
  /** Σ AMT*I interest, information only; the money is PLB L6. */
  readonly interestCents: Cents;
  /** Patient and subscriber as the payer names them: NM1*QC, NM1*IL. Patient data. */
  readonly patient: RemittancePerson | undefined;
  readonly subscriber: RemittancePerson | undefined;
  readonly renderingProviderId: string | undefined;
  /** What could not be read in this claim payment: with any of these it never posts by itself. */
  readonly defects: readonly Finding[];
}

/** A person as an 835 names him or her. Patient data. */
export interface RemittancePerson {
  readonly lastName: string;
  readonly firstName: string;
  readonly memberId: string | undefined;
}

/**
 * One reason/amount pair of a PLB segment. Positive reduces the payment, negative increases it (RFI
 * 2184).
 */
export interface ProviderAdjustment {
  readonly position: number;
  /** Which pair of the segment, 1 to 6. */
  readonly pair: number;
  /** PLB01. */
  readonly providerId: string;
  /** PLB02, ISO calendar date. */
  readonly fiscalPeriodDate: string | undefined;
  /** PLB03-1 …: FB, WO, 72, L6 … */
  readonly reasonCode: string;
  /** PLB03-2 …: the reference. */
  readonly reference: string;
  readonly amountCents: Cents;
}

/** One payment with its explanation: ST to SE of an 835, one BPR and one TRN (POSTING E1). */
export interface Remittance {
  /** Position of this transaction set in its file, 1-based. */
  readonly ordinal: number;
  /** ST02. */
  readonly controlNumber: string;
  /** BPR01: I, C, D, H, U, P, X. */
  readonly handlingCode: string;
  /** BPR02. */
  readonly paymentCents: Cents;
  /** BPR03: C or D. */
  readonly creditDebit: string;
  /** BPR04: ACH, CHK, FWT, BOP, NON. */
  readonly paymentMethod: string;
  /** BPR16, the date of the money, ISO calendar date. */
  readonly paymentDate: string | undefined;
  /** DTM*405, the date of adjudication, ISO calendar date. */
  readonly productionDate: string | undefined;
  /** TRN02. */
  readonly traceNumber: string;
  /** TRN03 (and TRN04) originating company. */
  readonly originatorId: string;
  readonly originatorSupplement: string | undefined;
  readonly payer: { readonly name: string; readonly id: string | undefined };
  readonly payee: {
    readonly name: string;
    readonly npi: string | undefined;
    readonly taxId: string | undefined;
  };
  readonly claimPayments: readonly ClaimPayment[];
  readonly providerAdjustments: readonly ProviderAdjustment[];
  /**
   * What could not be read in the payment itself (BPR, TRN, PLB): with any of these nothing of it
   * posts.
   */
  readonly defects: readonly Finding[];
}
