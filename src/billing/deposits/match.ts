/**
 * Reassociation: which remittance a deposit pays (CAQH CORE 370; 45 CFR 162.1603). First the trace
 * number, then amount, date and payer together; anything less is only suggested.
 */
import { type Cents, cents, formatDollars, subtract, sumOf } from "../money/index.ts";
import {
  type AwaitedRemittance,
  type Candidate,
  type Evidence,
  evidenceFor,
  type OpenDeposit,
  reasonsOf,
  weightOf,
} from "./evidence.ts";
import { findSums, type Suggestion } from "./find-sums.ts";

/** By what a deposit and a remittance were brought together. */
export const EVIDENCE = [
  "trace",
  "trace in the bank's reference",
  "amount, date and payer",
  "by hand",
] as const;

export type MatchEvidence = (typeof EVIDENCE)[number];

/** Deposits and remittances that belong together: their sums are equal. */
export interface Match {
  readonly depositIds: readonly string[];
  readonly remittanceIds: readonly string[];
  readonly evidence: MatchEvidence;
}

/** A match where the evidence is whole, else suggestions, the likeliest first. */
export type MatchDecision =
  | { readonly kind: "match"; readonly match: Match }
  | { readonly kind: "suggest"; readonly suggestions: readonly Suggestion[] };

const SUGGESTIONS_MAX = 10;

/**
 * Decides one deposit. `remittances` are those with money and without a deposit, `others` the other
 * deposits that are unmatched. A tie between equals is a suggestion for each of them.
 */
export function matchDeposit(
  deposit: OpenDeposit,
  remittances: readonly AwaitedRemittance[],
  others: readonly OpenDeposit[],
): MatchDecision {
  const candidates = remittances.map((remittance) => ({
    remittance,
    evidence: evidenceFor(deposit, remittance),
  }));
  const match =
    byTraces(deposit, candidates, others) ??
    byReference(deposit, candidates, others) ??
    byAmount(deposit, candidates, others);
  if (match !== undefined) return { kind: "match", match };
  return { kind: "suggest", suggestions: suggest(deposit, candidates, others) };
}

/**
 * By trace numbers alone: each names exactly one remittance, and the sums are equal: of one deposit that
 * names several, or of several deposits that all name the one.
 */
function byTraces(
  deposit: OpenDeposit,
  candidates: readonly Candidate[],
  others: readonly OpenDeposit[],
): Match | undefined {
  if (deposit.traces.length === 0) return undefined;
  const named = candidates.filter(({ evidence }) => evidence.trace === "trace");
  const numbers = new Set(deposit.traces.map(({ traceNumber }) => traceNumber));
  const evidence = "trace";
  const [first] = named;
  if (first === undefined) return undefined;
  if (numbers.size === 1) {
    // A trace number that the payer has used again is told apart by the amount (RFI 1847).
    const exact = named.filter((candidate) => candidate.evidence.amount);
    if (exact.length === 1 && !isRival(deposit, exact[0], others)) {
      return matchOf([deposit], exact, evidence);
    }
    if (named.length > 1 || exact.length > 0) return undefined;
    const siblings = others.filter((other) => namesOnly(other, first.remittance));
    const deposits = [deposit, ...siblings];
    const total = sumOf(deposits, ({ amountCents }) => amountCents);
    if (siblings.length === 0 || total !== first.remittance.amountCents) return undefined;
    return matchOf(deposits, named, evidence);
  }
  if (named.length !== numbers.size) return undefined;
  if (others.some((other) => named.some(({ remittance }) => namesIt(other, remittance)))) {
    return undefined;
  }
  const total = named.reduce((sum, { remittance }) => sum + remittance.amountCents, 0);
  return total === deposit.amountCents ? matchOf([deposit], named, evidence) : undefined;
}

function namesIt(deposit: OpenDeposit, remittance: AwaitedRemittance): boolean {
  return evidenceFor(deposit, remittance).trace === "trace";
}

function namesOnly(deposit: OpenDeposit, remittance: AwaitedRemittance): boolean {
  return deposit.traces.length === 1 && namesIt(deposit, remittance);
}

/** Another deposit that claims the same remittance with the same right. */
function isRival(
  deposit: OpenDeposit,
  candidate: Candidate | undefined,
  others: readonly OpenDeposit[],
): boolean {
  if (candidate === undefined) return false;
  const own = weightOf(candidate.evidence);
  return others.some((other) => {
    if (other.amountCents !== deposit.amountCents) return false;
    if (other.refused.includes(candidate.remittance.id)) return false;
    return weightOf(evidenceFor(other, candidate.remittance)) >= own;
  });
}

/** The bank's own reference is TRN02 and the amount agrees; no TRN segment says otherwise. */
function byReference(
  deposit: OpenDeposit,
  candidates: readonly Candidate[],
  others: readonly OpenDeposit[],
): Match | undefined {
  const found = candidates.filter(
    ({ evidence }) =>
      evidence.trace === "reference" && evidence.amount && evidence.payer !== "other",
  );
  if (found.length !== 1 || isRival(deposit, found[0], others)) return undefined;
  return matchOf([deposit], found, "trace in the bank's reference");
}

/** Without any trace number: amount, date and payer, all three, of one remittance and one deposit alone. */
function byAmount(
  deposit: OpenDeposit,
  candidates: readonly Candidate[],
  others: readonly OpenDeposit[],
): Match | undefined {
  const found = candidates.filter(
    ({ evidence: { trace, amount, date, payer } }) =>
      trace === "none" && amount && date && payer === "same",
  );
  if (found.length !== 1 || isRival(deposit, found[0], others)) return undefined;
  return matchOf([deposit], found, "amount, date and payer");
}

/** The match, unless a person has taken part of it back before. */
function matchOf(
  deposits: readonly OpenDeposit[],
  candidates: readonly Candidate[],
  evidence: MatchEvidence,
): Match | undefined {
  const remittanceIds = candidates.map(({ remittance }) => remittance.id);
  const isRefused = deposits.some(({ refused }) =>
    remittanceIds.some((id) => refused.includes(id)),
  );
  return isRefused
    ? undefined
    : { depositIds: deposits.map(({ id }) => id), remittanceIds, evidence };
}

function suggest(
  deposit: OpenDeposit,
  candidates: readonly Candidate[],
  others: readonly OpenDeposit[],
): Suggestion[] {
  const single = candidates
    .filter(({ evidence }) => isWorthALook(evidence))
    .sort((a, b) => weightOf(b.evidence) - weightOf(a.evidence))
    .map((candidate) => suggestionOf(deposit, candidate));
  return [...single, ...findSums(deposit, candidates, others)].slice(0, SUGGESTIONS_MAX);
}

function isWorthALook({ trace, amount, date, payer }: Evidence): boolean {
  if (trace === "trace" || trace === "reference") return true;
  return amount && (date || payer === "same");
}

/** What a person may look for on the bank's statement; nobody posts it without an amount and a reason. */
function differenceWords(differenceCents: Cents): string {
  const dollars = formatDollars(cents(Math.abs(differenceCents)));
  return differenceCents < 0
    ? `perhaps the bank kept a fee of ${dollars}`
    : `perhaps the bank added interest of ${dollars}`;
}

function suggestionOf(deposit: OpenDeposit, { remittance, evidence }: Candidate): Suggestion {
  const reasons = reasonsOf(evidence);
  if (deposit.refused.includes(remittance.id)) reasons.push("a person took this match back before");
  const differenceCents = subtract(deposit.amountCents, remittance.amountCents);
  const isNamed = evidence.trace === "trace" || evidence.trace === "reference";
  if (isNamed && differenceCents !== 0) reasons.push(differenceWords(differenceCents));
  return { depositIds: [deposit.id], remittanceIds: [remittance.id], reasons, differenceCents };
}
