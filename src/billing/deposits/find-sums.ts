import {
  type AwaitedRemittance,
  type Candidate,
  evidenceFor,
  type OpenDeposit,
} from "./evidence.ts";

/** What a person may look at: never decided by the program. */
export interface Suggestion {
  readonly depositIds: readonly string[];
  readonly remittanceIds: readonly string[];
  /** What speaks for it and against it, in words. */
  readonly reasons: readonly string[];
  /** By how much the deposits exceed the remittances. */
  readonly differenceCents: number;
}

/** How many parts are looked at, and how many may make a sum: 16 over 5 are 4,368 tries at most. */
const PARTS_MAX = 16;
const SUM_PARTS_MAX = 5;
const SUMS_MAX = 3;

/**
 * Sums that may be meant: several remittances of one payer that make up the deposit, and several deposits
 * of one payer that make up a remittance. Only suggested, since other sets may give the same sum.
 */
export function findSums(
  deposit: OpenDeposit,
  candidates: readonly Candidate[],
  others: readonly OpenDeposit[],
): Suggestion[] {
  return [...remittancesOf(deposit, candidates), ...depositsWith(deposit, candidates, others)];
}

function remittancesOf(deposit: OpenDeposit, candidates: readonly Candidate[]): Suggestion[] {
  const near = candidates
    .filter(({ evidence }) => evidence.date && evidence.payer !== "other")
    .map(({ remittance }) => remittance);
  return subsets(near, deposit.amountCents)
    .filter((parts) => parts.length > 1 && isOnePayer(parts))
    .map((parts) => ({
      depositIds: [deposit.id],
      remittanceIds: parts.map(({ id }) => id),
      reasons: [
        `the sum of ${parts.length} remittances agrees`,
        "the dates are within three bank days",
      ],
      differenceCents: 0,
    }));
}

function isOnePayer(remittances: readonly AwaitedRemittance[]): boolean {
  return (
    new Set(remittances.map(({ originatorId, payer }) => originatorId || payer.name)).size === 1
  );
}

function depositsWith(
  deposit: OpenDeposit,
  candidates: readonly Candidate[],
  others: readonly OpenDeposit[],
): Suggestion[] {
  return candidates.flatMap(({ remittance, evidence }) => {
    const rest = remittance.amountCents - deposit.amountCents;
    if (rest <= 0 || !evidence.date || evidence.payer === "other") return [];
    const near = others.filter((other) => {
      const { date, payer } = evidenceFor(other, remittance);
      return date && payer !== "other";
    });
    return subsets(near, rest).map((parts) => ({
      depositIds: [deposit, ...parts].map(({ id }) => id),
      remittanceIds: [remittance.id],
      reasons: [
        `the sum of ${parts.length + 1} deposits agrees`,
        "the dates are within three bank days",
      ],
      differenceCents: 0,
    }));
  });
}

/** A few sets of parts that make up the amount, the smallest first. */
function subsets<T extends { readonly amountCents: number }>(
  parts: readonly T[],
  amountCents: number,
): T[][] {
  const few = parts.filter((part) => part.amountCents <= amountCents).slice(0, PARTS_MAX);
  const found: T[][] = [];
  const grow = (from: number, chosen: readonly T[], rest: number): void => {
    if (found.length >= SUMS_MAX) return;
    if (rest === 0 && chosen.length > 0) {
      found.push([...chosen]);
      return;
    }
    if (chosen.length === SUM_PARTS_MAX) return;
    for (const [index, part] of few.entries()) {
      if (index < from || part.amountCents > rest) continue;
      grow(index + 1, [...chosen, part], rest - part.amountCents);
    }
  };
  grow(0, [], amountCents);
  return found.sort((a, b) => a.length - b.length);
}
