import type { JournalKind } from "../../billing/ledger/index.ts";
import { type Cents, cents, sumOf } from "../../billing/money/index.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import { sumJournal } from "../posting/ledger.ts";

/** What a check of the deposits found. */
export interface DepositCheck {
  readonly deposits: number;
  readonly depositMatches: number;
  /** Deposits, remittances and matches that do not say what the standing matches and the journal say. */
  readonly misplaced: number;
  /** Cash in transit less what is posted and unmatched: zero. */
  readonly transitDifferenceCents: Cents;
}

/**
 * Holds deposits and remittances against the standing matches, every match against its journal entries, and
 * cash in transit against the payments that are posted and not matched. Changes nothing.
 */
export async function checkDeposits(app: App, actor: Actor, tell: Tell): Promise<DepositCheck> {
  const practice = app.store.practice(actor.practiceId);
  const standing = new Map<string, string>();
  const due = new Map<string, number>();
  let matchedCents = 0;
  for await (const match of practice.depositMatches.stream({})) {
    const isStanding = match.status === "standing";
    due.set(match._id, isStanding ? match.amountCents : 0);
    if (!isStanding) continue;
    matchedCents += sumOf(match.parts, ({ amountCents }) => amountCents);
    for (const id of match.depositIds) standing.set(id, match._id);
    for (const { remittanceId } of match.parts) standing.set(remittanceId, match._id);
  }
  let misplaced = 0;
  const differs = (of: string, id: string) => {
    misplaced += 1;
    tell({ kind: "difference", of, id });
  };
  let deposits = 0;
  for await (const { _id, matchId, status } of practice.deposits.stream({})) {
    deposits += 1;
    const isMatched = status === "matched";
    const agrees = matchId === (standing.get(_id) ?? null) && isMatched === (matchId !== null);
    if (!agrees) differs("deposit", _id);
  }
  let postedCents = 0;
  for await (const doc of practice.remittances.stream({})) {
    if (doc.status === "posted") postedCents += doc.header.paymentCents;
    if (doc.status === "posting" || doc.status === "unposting")
      postedCents += doc.postedCents + doc.unappliedCents;
    if ((doc.depositMatchId ?? null) !== (standing.get(doc._id) ?? null)) {
      differs("remittance", doc._id);
    }
  }
  for (const [id, sumCents] of await journalled(app, actor)) {
    due.set(id, (due.get(id) ?? 0) - sumCents);
  }
  for (const [id, difference] of due) if (difference !== 0) differs("deposit-match", id);
  const { accounts } = await sumJournal(app, actor);
  const inTransit = accounts["cash-in-transit"] ?? 0;
  const transitDifferenceCents = cents(inTransit - (postedCents - matchedCents));
  if (transitDifferenceCents !== 0) differs("cash-in-transit", actor.practiceId);
  return { deposits, depositMatches: due.size, misplaced, transitDifferenceCents };
}

/** The kinds of entry by which matches move cash. */
const MATCH_ENTRIES: readonly JournalKind[] = [
  "deposit",
  "deposit-reversal",
  "bank-difference",
  "bank-difference-reversal",
];

/** What the journal moved to cash, by match. */
async function journalled(app: App, actor: Actor): Promise<Map<string, number>> {
  const { journal } = app.store.practice(actor.practiceId);
  const sums = new Map<string, number>();
  for (const kind of MATCH_ENTRIES) {
    for await (const { depositMatchId = "", lines } of journal.stream({ kind })) {
      for (const { account, amountCents } of lines) {
        if (account !== "cash") continue;
        sums.set(depositMatchId, (sums.get(depositMatchId) ?? 0) + amountCents);
      }
    }
  }
  return sums;
}
