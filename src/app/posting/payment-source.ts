import type { PostingRules, Remittance } from "../../billing/remits/index.ts";

/** The remittance that the payments come from. */
export interface PaymentSource {
  readonly remittanceId: string;
  readonly traceNumber: string;
  readonly payer: Remittance["payer"];
  readonly paymentDate: string | undefined;
  readonly isSplit: (patientControlNumber: string) => boolean;
  readonly flags: readonly string[];
  /** The rules that its payments are decided by. */
  readonly rules: PostingRules;
  /** Of the remittance: how often it was unposted or posted again before. */
  readonly turn: number;
  /** Which part it is of a claim payment that a person splits among claims, from 1. */
  readonly part?: number;
}
