import { type Cents, cents, sumOf } from "../money/index.ts";
import { rate } from "./rate.ts";

/** One claim payment (CLP) that arrived. */
export interface AutoPostRow {
  readonly claimPaymentId: string;
  readonly posted: boolean;
  /** A person matched, corrected, released or otherwise touched it before it posted. */
  readonly touched: boolean;
  /** It repeats a claim payment already held; excluded. */
  readonly duplicate: boolean;
  /** CLP04, as signed. */
  readonly paidCents: Cents;
}

/** What is counted and what is not; changes with its version only. */
const AUTO_POST_RATE_DEFINITION = {
  name: "auto-post-rate",
  version: 1,
  text:
    "Claim payments posted without a person, divided by claim payments received, exact " +
    "duplicates excluded. Unit: claim payment. Dollars: the amounts paid, each without its " +
    "sign, so that a reversal does not cancel a payment.",
  source: "own definition",
} as const;

/** The auto-post rate with everything needed to check it. */
export interface AutoPostRateReport {
  readonly name: typeof AUTO_POST_RATE_DEFINITION.name;
  /** What is counted and what is not. */
  readonly definition: string;
  readonly definitionVersion: number;
  readonly source: string;
  readonly unit: "claim payment";
  readonly numerator: number;
  readonly denominator: number;
  /** Unrounded; null where nothing arrived. */
  readonly rate: number | null;
  readonly excluded: number;
  readonly dollars: {
    readonly numeratorCents: Cents;
    readonly denominatorCents: Cents;
    readonly rate: number | null;
  };
  /** The claim payments that needed a person, posted since or not. */
  readonly touchedIds: readonly string[];
}

/** How much of what payers send posts by itself, by count and by dollars. */
export function autoPostRate(rows: readonly AutoPostRow[]): AutoPostRateReport {
  const received = rows.filter((row) => !row.duplicate);
  const alone = received.filter(postedAlone);
  const numeratorCents = sumOf(alone, size);
  const denominatorCents = sumOf(received, size);
  return {
    name: AUTO_POST_RATE_DEFINITION.name,
    definition: AUTO_POST_RATE_DEFINITION.text,
    definitionVersion: AUTO_POST_RATE_DEFINITION.version,
    source: AUTO_POST_RATE_DEFINITION.source,
    unit: "claim payment",
    numerator: alone.length,
    denominator: received.length,
    rate: rate(alone.length, received.length),
    excluded: rows.length - received.length,
    dollars: { numeratorCents, denominatorCents, rate: rate(numeratorCents, denominatorCents) },
    touchedIds: received.filter((row) => !postedAlone(row)).map((row) => row.claimPaymentId),
  };
}

function postedAlone(row: AutoPostRow): boolean {
  return row.posted && !row.touched;
}

function size(row: AutoPostRow): Cents {
  return cents(Math.abs(row.paidCents));
}
