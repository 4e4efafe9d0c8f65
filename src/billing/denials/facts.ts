import type { CalendarDate } from "./calendar.ts";

/** What drafting an item needs to know of the claim. */
export interface ClaimFacts {
  readonly payer: { readonly id: string; readonly name: string };
  /** SBR09 or CLP06. */
  readonly filingIndicatorCode: string | undefined;
  readonly patientControlNumber: string;
  readonly serviceDateFrom: CalendarDate | undefined;
  readonly claimId?: string | undefined;
}

/** What drafting an item needs to know of the remittance. */
export interface RemittanceFacts {
  readonly traceNumber: string;
  /** BPR16, else the adjudication date. */
  readonly paymentDate: CalendarDate | undefined;
  readonly remittanceId?: string | undefined;
}
