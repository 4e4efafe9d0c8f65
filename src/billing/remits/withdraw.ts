import {
  type Account,
  type Adjudication,
  claimAccount,
  type JournalLine,
  journalBetween,
  liveAdjudications,
  standingAdjudications,
} from "../ledger/index.ts";
import { type KnownClaim, receivableOf } from "./known-claim.ts";
import { decidedTwice } from "./plan-claim.ts";

/** One adjudication unposted: the record that says so, and the journal lines it makes. */
export interface Withdrawal {
  readonly adjudication: Adjudication & { readonly withdraws: string };
  readonly journal: readonly JournalLine[];
}

/**
 * The posted decision of a claim that stands on those with these ids, so that these cannot be
 * withdrawn before it: a reversal of one of them, or a decision on charges that they had freed
 * (POSTING R3, R4). Undefined when there is none.
 */
export function standsOn(claim: KnownClaim, ids: ReadonlySet<string>): Adjudication | undefined {
  const left = standingAdjudications(claim.adjudications).filter(({ id }) => !ids.has(id));
  const reversal = left.find(({ reverses }) => reverses !== undefined && ids.has(reverses));
  if (reversal !== undefined) return reversal;
  const before = new Set(liveAdjudications(claim.adjudications).map(({ id }) => id));
  const twice = new Set(decidedTwice(claim).map(({ id }) => id));
  return decidedTwice({ ...claim, adjudications: left }).findLast(
    ({ id }) => before.has(id) && !twice.has(id),
  );
}

/**
 * Withdraws decisions of a claim, the last posted first. Each journal is the way from the claim with
 * the decision to the claim without it: the exact negation of what posted it, unless something that
 * bears on it was posted since (another payer's decision, a replacement). `cashOf` is the account
 * that its payment came from.
 */
export function withdraw(
  claim: KnownClaim,
  ids: ReadonlySet<string>,
  { newId, cashOf }: { readonly newId: () => string; readonly cashOf: (id: string) => Account },
): Withdrawal[] {
  const receivable = receivableOf(claim);
  const withdrawals: Withdrawal[] = [];
  let adjudications = claim.adjudications;
  let before = claimAccount(receivable, liveAdjudications(adjudications));
  for (const original of claim.adjudications.filter(({ id }) => ids.has(id)).reverse()) {
    const adjudication = {
      ...original,
      id: newId(),
      reverses: undefined,
      withdraws: original.id,
    };
    adjudications = [...adjudications, adjudication];
    const after = claimAccount(receivable, liveAdjudications(adjudications));
    const journal = journalBetween(before, after, cashOf(original.id));
    withdrawals.push({ adjudication, journal });
    before = after;
  }
  return withdrawals;
}
