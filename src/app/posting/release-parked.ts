import type { ClientSession } from "mongoose";
import { negate } from "../../billing/money/index.ts";
import {
  decidePair,
  type PostingRules,
  planPayments,
  SELF_RELEASING,
} from "../../billing/remits/index.ts";
import type { ParkedPaymentDoc, PracticeStore } from "../../platform/store/index.ts";
import { knownClaim, openClaim } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "../denials/close-work-item.ts";
import type { Tell } from "../events.ts";
import type { PaymentSource } from "./payment-source.ts";
import { newBatch, type PostingBatch, storeBatch } from "./posting-batch.ts";
import { rulesOf } from "./rules-in-force.ts";
import { supersedeLate } from "./supersede-late.ts";
import { takeDecision } from "./take-decision.ts";

/** Posts what waits for these claims, if their missing piece is there now; the money leaves unapplied insurance. */
export async function releaseParked(
  app: App,
  actor: Actor,
  claimIds: readonly string[],
  session: ClientSession,
  tell: Tell,
): Promise<number> {
  const practice = app.store.practice(actor.practiceId);
  const docs = await practice.claims.find({ _id: { $in: claimIds } }, { session });
  const batch = newBatch(new Map(docs.map((doc) => [doc._id, openClaim(doc)])));
  const released = await releaseWaiting(app, actor, batch, session, tell);
  await supersedeLate(app, actor, batch, session);
  if (released.length > 0) await storeBatch(app, actor, batch, session, tell);
  await moveFigures(practice, released, session);
  return released.length;
}

/**
 * What waits for the claims of this transaction, what it parks itself included, is decided again with what is posted
 * now: a correction whose reversal came, a reversal whose original came, a payment whose claim was registered; and a
 * payment with its own reversal, whatever was decided since (POSTING R4).
 */
export async function releaseWaiting(
  app: App,
  actor: Actor,
  batch: PostingBatch,
  session: ClientSession,
  tell: Tell,
): Promise<ParkedPaymentDoc[]> {
  const practice = app.store.practice(actor.practiceId);
  const waiting = await findWaiting(practice, batch, session);
  if (waiting.size === 0) return [];
  const { inForce: rules } = await rulesOf(practice, session);
  const released: ParkedPaymentDoc[] = [];
  for (const [claimId, parked] of waiting) {
    for (;;) {
      const next = releaseNext(app, claimId, parked, rules, batch, tell);
      if (next.length === 0) break;
      for (const doc of next) {
        parked.delete(doc);
        released.push(doc);
        if (releaseOwn(batch, doc, claimId)) continue;
        await practice.parkedPayments.update(
          { _id: doc._id },
          { $set: { status: "released", claimId } },
          session,
        );
        await closeException(app, actor, doc, "Posted by itself: its missing piece came.", session);
      }
    }
  }
  return released;
}

/** Decides what waits for a claim again until something posts, alone or with its reversal; gives what did. */
function releaseNext(
  app: App,
  claimId: string,
  parked: ReadonlySet<ParkedPaymentDoc>,
  rules: PostingRules,
  batch: PostingBatch,
  tell: Tell,
): readonly ParkedPaymentDoc[] {
  const how = (doc: ParkedPaymentDoc) => ({
    split: [...parked].some((other) => other !== doc && other.remittanceId === doc.remittanceId),
    rules,
  });
  for (const doc of parked) {
    if (releaseOne(app, claimId, doc, how(doc), batch, tell)) return [doc];
  }
  for (const doc of parked) {
    for (const other of parked) {
      const pair = [
        { doc, source: parkedSource(doc, how(doc).split, rules) },
        { doc: other, source: parkedSource(other, how(other).split, rules) },
      ] as const;
      if (releasePair(app, claimId, pair, batch, tell)) return [doc, other];
    }
  }
  return [];
}

/** A payment that this transaction itself has parked is stored as released, without a work item. */
function releaseOwn(batch: PostingBatch, { _id }: ParkedPaymentDoc, claimId: string): boolean {
  const at = batch.parked.findIndex((each) => each._id === _id);
  const own = batch.parked[at];
  if (own === undefined) return false;
  batch.parked[at] = { ...own, status: "released", claimId };
  const item = batch.drafts.findIndex(
    ({ category, remittanceId, patientControlNumber }) =>
      category === own.reason &&
      remittanceId === own.remittanceId &&
      patientControlNumber === own.patientControlNumber,
  );
  if (item >= 0) batch.drafts.splice(item, 1);
  return true;
}

/** The remittances that released payments came from show them as posted now. */
export async function moveFigures(
  practice: PracticeStore,
  released: readonly ParkedPaymentDoc[],
  session: ClientSession,
): Promise<void> {
  for (const { remittanceId, unappliedCents } of released) {
    const change = {
      posted: 1,
      parked: -1,
      postedCents: unappliedCents,
      unappliedCents: negate(unappliedCents),
    };
    await practice.remittances.update({ _id: remittanceId }, { $inc: change }, session);
  }
}

/** What waits for these claims, by our number or, where that came back mangled, by the payer's (POSTING M3). */
async function findWaiting(
  practice: PracticeStore,
  batch: PostingBatch,
  session: ClientSession,
): Promise<Map<string, Set<ParkedPaymentDoc>>> {
  const owners = new Map<string, string>();
  const payerOwners = new Map<string, string>();
  for (const [id, { doc }] of batch.claims) {
    for (const number of doc.patientControlNumbers) owners.set(number, id);
    for (const number of doc.payerClaimControlNumbers) payerOwners.set(number, id);
  }
  const own = batch.parked
    .filter(({ reason }) => SELF_RELEASING.has(reason))
    .map((doc) => ({ ...doc, practiceId: practice.practiceId }));
  // Mostly nothing waits at all: one look says so, where the search by number asks for every claim.
  const any = await practice.parkedPayments.findOne(
    { status: "parked" },
    { session, projection: { _id: 1 } },
  );
  if (any === undefined && own.length === 0) return new Map();
  const find = (field: string, numbers: Map<string, string>) =>
    numbers.size === 0
      ? []
      : practice.parkedPayments.find(
          {
            status: "parked",
            [field]: { $in: [...numbers.keys()] },
            reason: { $in: [...SELF_RELEASING] },
          },
          { session, sort: { _id: 1 } },
        );
  const parked = [
    ...(await find("patientControlNumber", owners)),
    ...(await find("payerClaimControlNumber", payerOwners)),
    ...own,
  ];
  const waiting = new Map<string, Map<string, ParkedPaymentDoc>>();
  for (const doc of parked) {
    const owner =
      owners.get(doc.patientControlNumber) ??
      doc.claimId ??
      payerOwners.get(doc.payerClaimControlNumber ?? "");
    if (owner === undefined) continue;
    const known = waiting.get(owner);
    if (known === undefined) waiting.set(owner, new Map([[doc._id, doc]]));
    else known.set(doc._id, doc);
  }
  return new Map([...waiting].map(([owner, docs]) => [owner, new Set(docs.values())]));
}

/** The remittance that a parked payment comes from; `split` where others of it answer the same claim. */
export function parkedSource(
  parked: ParkedPaymentDoc,
  split: boolean,
  rules: PostingRules,
): PaymentSource {
  return {
    remittanceId: parked.remittanceId,
    traceNumber: parked.traceNumber,
    payer: parked.payer,
    paymentDate: parked.paymentDate ?? undefined,
    isSplit: () => split,
    flags: [],
    rules,
    turn: parked.turn ?? 0,
  };
}

/** Decides a parked payment again, for this claim; true when it posts now. */
export function releaseOne(
  app: App,
  claimId: string,
  parked: ParkedPaymentDoc,
  { split, rules }: { readonly split: boolean; readonly rules: PostingRules },
  batch: PostingBatch,
  tell: Tell,
): boolean {
  const open = batch.claims.get(claimId);
  if (open === undefined) return false;
  const source = parkedSource(parked, split, rules);
  const [decision] = planPayments([parked.payment], {
    payer: parked.payer,
    newId: app.newId,
    isSplit: source.isSplit,
    cash: "unapplied-insurance",
    rules,
    claimOf: () => knownClaim(open.doc),
  });
  if (decision === undefined || decision.kind === "parked") return false;
  takeDecision(app, decision, source, batch, "unapplied-insurance", tell);
  return true;
}

/** Posts a payment and its reversal that both wait for this claim; false where they are none (POSTING R4). */
function releasePair(
  app: App,
  claimId: string,
  pair: readonly [Waiter, Waiter],
  batch: PostingBatch,
  tell: Tell,
): boolean {
  const open = batch.claims.get(claimId);
  if (open === undefined || pair[0].doc === pair[1].doc) return false;
  const cash = "unapplied-insurance";
  const waitingOf = ({ doc: { payment, payer, patientControlNumber }, source }: Waiter) => ({
    payment,
    context: {
      payer,
      split: source.isSplit(patientControlNumber),
      adjudicationId: app.newId(),
      cash,
      rules: source.rules.treatment(payer),
    } as const,
  });
  const both = decidePair(knownClaim(open.doc), waitingOf(pair[0]), waitingOf(pair[1]));
  if (both === undefined) return false;
  for (const [index, decision] of both.entries()) {
    const source = pair[index]?.source;
    if (source !== undefined) takeDecision(app, decision, source, batch, cash, tell);
  }
  return true;
}

/** A payment that waits, and the remittance that it comes from. */
interface Waiter {
  readonly doc: ParkedPaymentDoc;
  readonly source: PaymentSource;
}

/** The posting exception of a payment that has posted after all is done. */
export async function closeException(
  app: App,
  actor: Actor,
  parked: ParkedPaymentDoc,
  text: string,
  session: ClientSession,
): Promise<void> {
  const items = await app.store.practice(actor.practiceId).workItems.find(
    {
      remittanceId: parked.remittanceId,
      kind: "posting-exception",
      category: parked.reason,
      patientControlNumber: parked.patientControlNumber,
      status: { $ne: "resolved" },
    },
    { session },
  );
  for (const item of items) {
    await closeItem(app, actor, item, "no-action", text, session);
  }
}
