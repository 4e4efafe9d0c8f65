import { add, ZERO } from "../../billing/money/index.ts";
import { adviceOn } from "../../edi/guides/index.ts";
import type { Finding } from "../../edi/x12/index.ts";
import type { Tell } from "../events.ts";

/** What a file came to; every line of `ingest --json` ends with it (docs/cli.md). */
export interface IngestSummary {
  readonly kind: "summary";
  readonly file: string;
  readonly interchanges: number;
  readonly transactionSets: number;
  readonly claims: number;
  readonly claimPayments: number;
  readonly acknowledgements: number;
  readonly findings: number;
  /** Claim payments that posted, and that wait. */
  readonly posted: number;
  readonly parked: number;
  readonly released: number;
  /** Transaction sets that were taken in before. */
  readonly duplicates: number;
  /** Remittances that posted, and that wait as a whole. */
  readonly remittances: number;
  readonly parkedRemittances: number;
  /** Remittances that post when their deposit is matched. */
  readonly awaitingDeposit: number;
  /** Σ BPR02 of the remittances that posted = posted + unapplied − provider adjustments. */
  readonly paidCents: number;
  readonly postedCents: number;
  readonly unappliedCents: number;
  readonly providerAdjustmentCents: number;
}

/** The counts of a summary while a file is read. */
export type Counts = {
  -readonly [K in keyof Omit<IngestSummary, "kind" | "file">]: IngestSummary[K];
};

/** Adds the result of one remittance to the counts of its file. */
export function addMoney(
  counts: Counts,
  result: Pick<
    IngestSummary,
    "paidCents" | "postedCents" | "unappliedCents" | "providerAdjustmentCents"
  >,
): void {
  for (const field of [
    "paidCents",
    "postedCents",
    "unappliedCents",
    "providerAdjustmentCents",
  ] as const) {
    counts[field] = add(counts[field] as never, result[field] as never);
  }
}

/** Counts all zero. */
export function newCounts(): Counts {
  return {
    interchanges: 0,
    transactionSets: 0,
    claims: 0,
    claimPayments: 0,
    acknowledgements: 0,
    findings: 0,
    posted: 0,
    parked: 0,
    released: 0,
    duplicates: 0,
    remittances: 0,
    parkedRemittances: 0,
    awaitingDeposit: 0,
    paidCents: ZERO,
    postedCents: ZERO,
    unappliedCents: ZERO,
    providerAdjustmentCents: ZERO,
  };
}

/** Tells a finding and what to do about it, and counts it when it is an error or a warning. */
export function tellFinding(finding: Finding, counts: Counts, tell: Tell): void {
  if (finding.severity === "error" || finding.severity === "warning") counts.findings += 1;
  const fix = adviceOn(finding);
  tell({ kind: "finding", ...finding, ...(fix === undefined ? {} : { fix }) });
}

/** The numbers of several summaries added. */
export function addSummaries<Summary extends { readonly file: string }>(
  summaries: readonly Summary[],
): Summary {
  const [first, ...rest] = summaries;
  if (first === undefined) throw new Error("there is nothing to add up");
  const sum: Record<string, unknown> = { ...first };
  for (const each of rest) {
    for (const [field, value] of Object.entries(each)) {
      if (typeof value === "number") sum[field] = Number(sum[field]) + value;
    }
  }
  return { ...(sum as unknown as Summary), file: `${summaries.length} files` };
}
