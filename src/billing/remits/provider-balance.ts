import { add, type Cents, ZERO } from "../money/index.ts";
import type { ProviderAdjustment } from "./remittance.ts";

/**
 * PLB reasons that come in chains: what one remittance opens another closes under the same
 * reference, and the sum must reach zero (RFI 1114, 1756, 427).
 */
export const CHAINED_REASONS = ["FB", "WO", "AP", "PI"] as const;

/** A PLB pair with the payment that it came with. */
export interface ProviderEntry {
  /** Who pays: TRN03, or what stands for it. */
  readonly payerKey: string;
  readonly payerName: string;
  readonly traceNumber: string;
  /** BPR16, ISO calendar date. */
  readonly date: string;
  readonly adjustment: Pick<ProviderAdjustment, "reasonCode" | "reference" | "amountCents">;
}

/** One chain: what a payer forwarded, advanced or recovers under one reference. */
export interface ProviderBalance {
  readonly reasonCode: string;
  readonly payerName: string;
  /** PLB03-2: of FB the trace number of the remittance that opened it, of WO the CLP07 recovered. */
  readonly reference: string;
  /** Σ PLB04: negative is still to be taken from us, positive was taken beyond what was opened. */
  readonly balanceCents: Cents;
  /** ISO calendar dates of the first and the latest entry. */
  readonly openedOn: string;
  readonly latestOn: string;
  /** Whole days from the first entry to the day that is asked for; of a settled chain to its end. */
  readonly ageDays: number;
  readonly state: "open" | "settled" | "beyond";
  readonly traceNumbers: readonly string[];
}

/** What tells the chain of an entry from every other; undefined where its reason makes no chains. */
export function chainKey({ payerKey, adjustment }: ProviderEntry): string | undefined {
  const { reasonCode, reference } = adjustment;
  const isChained = CHAINED_REASONS.some((reason) => reason === reasonCode);
  return isChained ? JSON.stringify([reasonCode, payerKey, reference]) : undefined;
}

/**
 * The chains of PLB entries as of a day (ISO calendar date), in the order in which they began.
 * The order in which the entries arrived does not matter.
 */
export function providerBalances(
  entries: readonly ProviderEntry[],
  asOf: string,
): ProviderBalance[] {
  const chains = new Map<string, ProviderEntry[]>();
  for (const entry of entries) {
    const key = chainKey(entry);
    if (key === undefined) continue;
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [entry]);
    else chain.push(entry);
  }
  return [...chains.values()]
    .map((chain) => balanceOf(chain, asOf))
    .sort((a, b) => (a.openedOn < b.openedOn ? -1 : a.openedOn > b.openedOn ? 1 : 0));
}

function balanceOf(chain: readonly ProviderEntry[], asOf: string): ProviderBalance {
  const dates = chain.map(({ date }) => date).sort();
  const openedOn = dates[0] ?? asOf;
  const latestOn = dates.at(-1) ?? asOf;
  let balanceCents: Cents = ZERO;
  for (const { adjustment } of chain) balanceCents = add(balanceCents, adjustment.amountCents);
  const settled = balanceCents === 0;
  const [first] = chain;
  return {
    reasonCode: first?.adjustment.reasonCode ?? "",
    payerName: first?.payerName ?? "",
    reference: first?.adjustment.reference ?? "",
    balanceCents,
    openedOn,
    latestOn,
    ageDays: daysFrom(openedOn, settled ? latestOn : asOf),
    state: settled ? "settled" : balanceCents < 0 ? "open" : "beyond",
    traceNumbers: [...new Set(chain.map(({ traceNumber }) => traceNumber))],
  };
}

const DAY_MS = 86_400_000;

function daysFrom(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS);
}
