import type { ClientSession } from "mongoose";
import { type MatchDecision, matchDeposit } from "../../billing/deposits/index.ts";
import type { DepositDoc, RemittanceDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import type { Happening, Tell } from "../events.ts";
import { postAwaiting } from "../posting/post-awaiting.ts";
import { storeMatch } from "../posting/store-match.ts";
import { awaitedRemittance, isAwaited, MATCHABLE, openDeposit } from "./deposit-record.ts";

/** What matching came to. */
export interface MatchSummary {
  readonly matched: number;
  readonly matchedCents: number;
  /** Deposits that are still unmatched. */
  readonly unmatched: number;
}

/** Tries every unmatched deposit. */
export async function matchAll(app: App, actor: Actor, tell: Tell): Promise<MatchSummary> {
  const { deposits } = app.store.practice(actor.practiceId);
  const open = await deposits.find({ status: "unmatched" }, { sort: { _id: 1 } });
  const ids = open.map(({ _id }) => _id);
  return matchDeposits(app, actor, ids, tell);
}

/**
 * Tries these deposits, each in a transaction of its own, and again as long as a match leaves less to choose
 * from for the others. What waited for its deposit posts with that.
 */
export async function matchDeposits(
  app: App,
  actor: Actor,
  ids: readonly string[],
  tell: Tell,
): Promise<MatchSummary> {
  const { deposits } = app.store.practice(actor.practiceId);
  let matched = 0;
  let matchedCents = 0;
  let open = ids;
  for (;;) {
    const left: string[] = [];
    for (const id of open) {
      const amountCents = await tryDeposit(app, actor, id, tell);
      if (amountCents === undefined) left.push(id);
      else {
        matched += 1;
        matchedCents += amountCents;
      }
    }
    if (left.length === open.length) break;
    open = left;
  }
  await postAwaiting(app, actor, tell);
  return { matched, matchedCents, unmatched: await deposits.count({ status: "unmatched" }) };
}

/** Tries the deposits that a remittance which has just come in may be paid by; one that waited for its own posts. */
export async function matchArrived(
  app: App,
  actor: Actor,
  remittance: { readonly traceNumber: string; readonly paymentCents: number },
  tell: Tell,
): Promise<void> {
  const { traceNumber, paymentCents } = remittance;
  if (paymentCents <= 0) return;
  const { deposits } = app.store.practice(actor.practiceId);
  const open = await deposits.find({
    status: "unmatched",
    $or: [{ amountCents: paymentCents }, { "traces.traceNumber": traceNumber }],
  });
  for (const { _id } of open) await tryDeposit(app, actor, _id, tell);
  if (open.length > 0) await postAwaiting(app, actor, tell);
}

/** Matches one deposit where the evidence is whole; gives the amount, undefined where nothing was decided. */
async function tryDeposit(
  app: App,
  actor: Actor,
  id: string,
  tell: Tell,
): Promise<number | undefined> {
  const told: Happening[] = [];
  const amountCents = await app.store.transaction(async (session) => {
    told.length = 0;
    const practice = app.store.practice(actor.practiceId);
    const doc = await practice.deposits.findOne({ _id: id }, { session });
    if (doc?.status !== "unmatched") return undefined;
    const remittances = await candidatesOf(app, actor, doc, session);
    const rivals = await rivalsOf(app, actor, doc, session);
    const decision = decide(doc, remittances, rivals);
    if (decision.kind === "suggest") return undefined;
    const { depositIds, remittanceIds, evidence } = decision.match;
    const match = await storeMatch(
      app,
      actor,
      {
        deposits: [doc, ...rivals].filter(({ _id }) => depositIds.includes(_id)),
        remittances: remittances.filter(({ _id }) => remittanceIds.includes(_id)),
        evidence,
      },
      session,
      (one) => told.push(one),
    );
    return match.amountCents;
  });
  for (const one of told) tell(one);
  return amountCents;
}

/** The matcher's decision over stored documents. */
export function decide(
  doc: DepositDoc,
  remittances: readonly RemittanceDoc[],
  others: readonly DepositDoc[],
): MatchDecision {
  return matchDeposit(
    openDeposit(doc),
    remittances.filter(isAwaited).map(awaitedRemittance),
    others.map(openDeposit),
  );
}

/** Remittances that a deposit names, or whose amount it has: no other can be matched without a person. */
export async function candidatesOf(
  app: App,
  actor: Actor,
  doc: DepositDoc,
  session?: ClientSession,
): Promise<RemittanceDoc[]> {
  const { remittances } = app.store.practice(actor.practiceId);
  const numbers = [...doc.traces.map(({ traceNumber }) => traceNumber), ...doc.references];
  const named = await remittances.find({ traceNumber: { $in: numbers } }, { session });
  const ofAmount = await remittances.find(
    { depositMatchId: null, "header.paymentCents": doc.amountCents, status: { $in: MATCHABLE } },
    { session },
  );
  return [...new Map([...named, ...ofAmount].map((each) => [each._id, each])).values()];
}

/** The other unmatched deposits of the same amount, or with one of its trace numbers. */
async function rivalsOf(
  app: App,
  actor: Actor,
  doc: DepositDoc,
  session: ClientSession,
): Promise<DepositDoc[]> {
  const numbers = doc.traces.map(({ traceNumber }) => traceNumber);
  const found = await app.store.practice(actor.practiceId).deposits.find(
    {
      status: "unmatched",
      $or: [{ amountCents: doc.amountCents }, { "traces.traceNumber": { $in: numbers } }],
    },
    { session },
  );
  return found.filter(({ _id }) => _id !== doc._id);
}
