import type { Cents } from "../money/index.ts";
import { bankDaysBetween } from "./bank-days.ts";
import type { Deposit } from "./deposit.ts";

/** A remittance with money that no deposit has been matched to yet. */
export interface AwaitedRemittance {
  readonly id: string;
  /** TRN02. */
  readonly traceNumber: string;
  /** TRN03. */
  readonly originatorId: string;
  readonly payer: { readonly id: string | undefined; readonly name: string };
  /** BPR16, or the day it arrived. */
  readonly date: string;
  /** BPR02. */
  readonly amountCents: Cents;
}

/** What a deposit can be compared by; a deposit in the store and one in a file are alike in it. */
export type Compared = Pick<
  Deposit,
  "amountCents" | "date" | "traces" | "originatorId" | "payerName" | "references"
>;

/** A deposit that is not matched. */
export interface OpenDeposit extends Compared {
  readonly id: string;
  /** Remittances that it was matched to and taken back from: never again without a person. */
  readonly refused: readonly string[];
}

/** How far apart deposit and remittance may be, in bank days (CAQH CORE 370: three business days). */
export const DAYS_APART = 3;

/** What of a deposit agrees with a remittance, and what speaks against it. */
export interface Evidence {
  /** "trace": a TRN segment or trace column names TRN02. "reference": a bank's reference does. */
  readonly trace: "trace" | "reference" | "other trace" | "none";
  /** "unknown" where the deposit names no payer. */
  readonly payer: "same" | "other" | "unknown";
  readonly date: boolean;
  readonly amount: boolean;
}

/** A remittance with what compares it to a deposit. */
export interface Candidate {
  readonly remittance: AwaitedRemittance;
  readonly evidence: Evidence;
}

/** Compares a deposit with a remittance. */
export function evidenceFor(deposit: Compared, remittance: AwaitedRemittance): Evidence {
  return {
    trace: traceOf(deposit, remittance),
    payer: payerOf(deposit, remittance),
    date: bankDaysBetween(deposit.date, remittance.date) <= DAYS_APART,
    amount: deposit.amountCents === remittance.amountCents,
  };
}

function traceOf(deposit: Compared, remittance: AwaitedRemittance): Evidence["trace"] {
  const { traceNumber, originatorId } = remittance;
  const named = deposit.traces.some(
    (trace) =>
      trace.traceNumber === traceNumber &&
      (trace.originatorId === undefined ||
        originatorId === "" ||
        trace.originatorId === originatorId),
  );
  if (named) return "trace";
  if (deposit.traces.length > 0) return "other trace";
  return deposit.references.includes(traceNumber) ? "reference" : "none";
}

/** The shortest beginning by which two company names may agree; banks cut names at 16 characters. */
const NAME_MIN = 6;

function payerOf(deposit: Compared, { originatorId, payer }: AwaitedRemittance): Evidence["payer"] {
  const ids = [originatorId, payer.id].filter((id) => id !== undefined && id !== "");
  if (deposit.originatorId !== undefined && ids.includes(deposit.originatorId)) return "same";
  if (deposit.payerName === undefined) {
    return deposit.originatorId === undefined ? "unknown" : "other";
  }
  const [one, other] = [lettersOf(deposit.payerName), lettersOf(payer.name)];
  if (one === other) return "same";
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= NAME_MIN && long.startsWith(short) ? "same" : "other";
}

function lettersOf(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

/** The evidence as words for people: what agrees, then what does not. */
export function reasonsOf(evidence: Evidence): string[] {
  return [
    TRACE_WORDS[evidence.trace],
    evidence.amount ? "the amount agrees" : "the amount differs",
    evidence.date ? "the dates are within three bank days" : "the dates are far apart",
    PAYER_WORDS[evidence.payer],
  ].filter((words) => words !== "");
}

const TRACE_WORDS: Readonly<Record<Evidence["trace"], string>> = {
  trace: "the trace number agrees",
  reference: "the bank's reference is the trace number",
  "other trace": "the deposit names another trace number",
  none: "",
};

const PAYER_WORDS: Readonly<Record<Evidence["payer"], string>> = {
  same: "the payer agrees",
  other: "the deposit names another payer",
  unknown: "the deposit names no payer",
};

/** How much evidence there is, to put suggestions in order; nothing is decided by it. */
export function weightOf({ trace, amount, date, payer }: Evidence): number {
  const ofTrace = { trace: 8, reference: 6, none: 0, "other trace": -2 }[trace];
  const ofPayer = { same: 2, unknown: 0, other: -2 }[payer];
  return ofTrace + (amount ? 4 : 0) + ofPayer + (date ? 1 : 0);
}
