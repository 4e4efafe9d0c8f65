import type { ClientSession } from "mongoose";
import { reversed } from "../../billing/deposits/index.ts";
import { subtract, sumOf, ZERO } from "../../billing/money/index.ts";
import type { JournalDoc, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "../denials/close-work-item.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { today } from "../today.ts";
import { settleBeyond } from "./balances-beyond.ts";
import { journalDoc } from "./journal-entry.ts";
import { namedRemittance } from "./named-remittance.ts";
import { refuseTakenUpBalances } from "./taken-up-balances.ts";
import { checkWithdrawal, type Unposting, withdrawPayments } from "./withdraw-payments.ts";

/** Decisions, and payments that wait, which one transaction takes back. */
const CHUNK = 500;

/** What unposting, or posting again, came to. */
export interface PostingChange {
  readonly id: string;
  readonly traceNumber: string;
  readonly status: RemittanceDoc["status"];
  /** False when it was so already. */
  readonly changed: boolean;
  readonly posted: number;
  readonly parked: number;
  readonly postedCents: number;
  readonly unappliedCents: number;
}

/**
 * Takes a posted remittance (by id or trace number) out of the books, as if it had never been posted: by journal
 * entries of their own that name what they undo, never by deleting. Refused, before anything changes, where a
 * deposit is matched to it or something posted later stands on it. Cut off, it goes on where it stood; done again,
 * it changes nothing.
 */
export async function unpostRemittance(
  app: App,
  actor: Actor,
  name: string,
  { reason }: { readonly reason: string },
  tell: Tell,
): Promise<PostingChange> {
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  const practice = app.store.practice(actor.practiceId);
  const { _id, status } = await namedRemittance(practice, name);
  if (status === "posted") await checkAll(app, actor, _id);
  const begun = await app.store.transaction((session) => begin(app, actor, _id, reason, session));
  if (begun.status === "unposted") return changeOf(begun, false);
  for (;;) {
    const doc = await app.store.transaction((session) => step(app, actor, _id, session));
    const { traceNumber, posted, parked } = doc;
    tell({ kind: "progress", traceNumber, left: posted + parked, of: doc.claimPayments });
    if (doc.status !== "unposting") return changeOf(doc, true);
  }
}

/** What a remittance's posting has become. */
export function changeOf(doc: RemittanceDoc, changed: boolean): PostingChange {
  const { _id, traceNumber, status, posted, parked, postedCents, unappliedCents } = doc;
  return { id: _id, traceNumber, status, changed, posted, parked, postedCents, unappliedCents };
}

/** Looks at every claim first, so that a refusal leaves nothing half-done. */
async function checkAll(app: App, actor: Actor, remittanceId: string): Promise<void> {
  const { adjudications } = app.store.practice(actor.practiceId);
  let claimIds = new Set<string>();
  for await (const { claimId } of adjudications.stream(
    { remittanceId },
    { projection: { packed: 0 } },
  )) {
    claimIds.add(claimId);
    if (claimIds.size < CHUNK) continue;
    await checkWithdrawal(app, actor, remittanceId, [...claimIds]);
    claimIds = new Set();
  }
  await checkWithdrawal(app, actor, remittanceId, [...claimIds]);
}

/** Marks the remittance and takes its provider adjustments back. */
async function begin(
  app: App,
  actor: Actor,
  id: string,
  reason: string,
  session: ClientSession,
): Promise<RemittanceDoc> {
  const practice = app.store.practice(actor.practiceId);
  const doc = await practice.remittances.findOne({ _id: id }, { session });
  if (doc === undefined) throw new OperatingError("not-found");
  if (doc.status === "unposted" || doc.status === "unposting") return doc;
  if (doc.status !== "posted") {
    throw new OperatingError("state", `The remittance is ${doc.status}.`);
  }
  if (typeof doc.depositMatchId === "string") {
    const match = await practice.depositMatches.findOne({ _id: doc.depositMatchId }, { session });
    const deposits = match?.depositIds.join(", ") ?? "";
    throw new OperatingError(
      "state",
      `A deposit pays it: take back the match of ${deposits} first.`,
    );
  }
  await refuseTakenUpBalances(app, actor, doc, session);
  const entries = await practice.journal.find({ claimId: null, remittanceId: id }, { session });
  const next: RemittanceDoc = {
    ...doc,
    status: "unposting",
    turn: (doc.turn ?? 0) + 1,
    undone: 0,
    unposted: { at: app.now().toISOString(), by: actor.id, reason },
    providerAdjustmentCents: ZERO,
    lateItemId: null,
  };
  const adjustments = standing(entries, ({ kind }) => kind === "provider-adjustment");
  await practice.journal.insert(
    adjustments.map((entry) => contraOf(app, entry, next)),
    session,
  );
  await store(app, actor, next, session);
  await settleBeyond(app, actor, next, false, session, () => undefined);
  return next;
}

/** Entries that no other has undone. */
function standing(entries: readonly JournalDoc[], isMeant: (entry: JournalDoc) => boolean) {
  const undone = new Set(entries.map(({ negates }) => negates));
  return entries.filter(
    (entry) => entry.negates === undefined && !undone.has(entry._id) && isMeant(entry),
  );
}

function contraOf(app: App, entry: JournalDoc, { unposted }: RemittanceDoc) {
  const { kind, lines, claimId, remittanceId, place } = entry;
  return journalDoc(app, kind, reversed(lines), {
    ...(claimId === null ? {} : { claimId }),
    remittanceId: remittanceId ?? "",
    place: place ?? "",
    effectiveDate: today(app),
    undoes: { entryId: entry._id, reason: unposted?.reason ?? "" },
  });
}

/** Takes the next decisions back, or, when none is left, the next payments that wait; then ends it. */
async function step(
  app: App,
  actor: Actor,
  id: string,
  session: ClientSession,
): Promise<RemittanceDoc> {
  const practice = app.store.practice(actor.practiceId);
  const doc = await practice.remittances.findOne({ _id: id }, { session });
  if (doc?.status !== "unposting") return doc ?? fail();
  const decisions = await practice.adjudications.find(
    { remittanceId: id, ordinal: { $gt: doc.undone ?? 0 } },
    { session, sort: { ordinal: 1 }, limit: CHUNK, projection: { packed: 0 } },
  );
  const next =
    decisions.length > 0
      ? await undoDecisions(app, actor, doc, decisions, session)
      : await undoParked(app, actor, doc, session);
  await store(app, actor, next, session);
  return next;
}

function fail(): never {
  throw new OperatingError("not-found");
}

/** Of each claim that the chunk meets, all that the remittance decided goes at once, the last first. */
async function undoDecisions(
  app: App,
  actor: Actor,
  doc: RemittanceDoc,
  decisions: readonly { readonly claimId: string; readonly ordinal: number }[],
  session: ClientSession,
): Promise<RemittanceDoc> {
  const unposting: Unposting = {
    remittance: doc,
    reason: doc.unposted?.reason ?? "",
    turn: doc.turn ?? 0,
  };
  const claimIds = decisions.map(({ claimId }) => claimId);
  const { payments, paidCents, releasedCents, journalEntries } = await withdrawPayments(
    app,
    actor,
    claimIds,
    unposting,
    session,
  );
  return {
    ...doc,
    // A chunk may end between the parts of a payment that was split: the last one is looked at again.
    undone: (decisions.at(-1)?.ordinal ?? 0) - (decisions.length < CHUNK ? 0 : 1),
    posted: doc.posted - payments,
    postedCents: subtract(doc.postedCents, paidCents),
    unappliedCents: sumOf([doc.unappliedCents, releasedCents], (each) => each),
    journalEntries: doc.journalEntries + journalEntries,
  };
}

/** Takes the payments that wait out of unapplied insurance; when none is left the remittance is unposted. */
async function undoParked(
  app: App,
  actor: Actor,
  doc: RemittanceDoc,
  session: ClientSession,
): Promise<RemittanceDoc> {
  const practice = app.store.practice(actor.practiceId);
  const parked = await practice.parkedPayments.find(
    { remittanceId: doc._id, status: { $in: ["parked", "released", "unapplied"] } },
    { session, sort: { ordinal: 1 }, limit: CHUNK, projection: { packed: 0 } },
  );
  if (parked.length === 0) return end(app, actor, doc, session);
  const claimIds = [...new Set(parked.flatMap(({ claimId }) => claimId ?? []))];
  const entries = [
    ...(await practice.journal.find({ claimId: null, remittanceId: doc._id }, { session })),
    ...(await practice.journal.find(
      { claimId: { $in: claimIds }, remittanceId: doc._id },
      { session },
    )),
  ];
  const places = new Set(parked.map(({ ordinal }) => `CLP[${ordinal}]`));
  const unapplied = standing(
    entries,
    ({ kind, place }) => kind === "unapplied" && places.has(place ?? ""),
  );
  await practice.journal.insert(
    unapplied.map((entry) => contraOf(app, entry, doc)),
    session,
  );
  await practice.parkedPayments.updateAll(
    { _id: { $in: parked.map(({ _id }) => _id) } },
    { $set: { status: "withdrawn" } },
    session,
  );
  const waited = parked.filter(({ status }) => status !== "released").length;
  const moved = sumOf(
    unapplied.flatMap(({ lines }) => lines),
    ({ account, amountCents }) => (account === "cash-in-transit" ? amountCents : ZERO),
  );
  return {
    ...doc,
    parked: doc.parked - waited,
    unappliedCents: subtract(doc.unappliedCents, moved),
    journalEntries: doc.journalEntries + unapplied.length,
  };
}

/** Ends what is left to do about the remittance; all of its money is out of the books now. */
async function end(
  app: App,
  actor: Actor,
  doc: RemittanceDoc,
  session: ClientSession,
): Promise<RemittanceDoc> {
  const left = doc.postedCents + doc.unappliedCents;
  if (left !== 0) throw new Error(`unposting left ${left} cents over: nothing more was undone`);
  const items = await app.store
    .practice(actor.practiceId)
    .workItems.find({ remittanceId: doc._id, status: { $ne: "resolved" } }, { session });
  for (const item of items) {
    await closeItem(app, actor, item, "no-action", "Its remittance was unposted.", session);
  }
  await recordAudit(
    app,
    actor,
    {
      action: "remittance.unpost",
      entity: { type: "remittance", id: doc._id },
      purpose: "payment",
      outcome: "success",
      detail: { claimPayments: doc.claimPayments, turn: doc.turn ?? 0 },
    },
    session,
  );
  return { ...doc, status: "unposted", decided: 0, posted: 0, parked: 0, certificate: null };
}

async function store(
  app: App,
  actor: Actor,
  { _id, practiceId: _practice, ...set }: RemittanceDoc,
  session: ClientSession,
): Promise<void> {
  await app.store.practice(actor.practiceId).remittances.update({ _id }, { $set: set }, session);
}
