import type { ClientSession } from "mongoose";
import { type DeskAction, obstacleTo } from "../../billing/remits/index.ts";
import type { DeskRecord, ParkedPaymentDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { openTakeBacks } from "../posting/post-payments.ts";
import { claimIn, type PostingBatch, storeBatch } from "../posting/posting-batch.ts";
import { closeException, moveFigures, releaseWaiting } from "../posting/release-parked.ts";
import { supersedeLate } from "../posting/supersede-late.ts";
import { caseOf } from "./exception-view.ts";

/** A claim payment of the desk; `state` with the reason where this cannot be done with it now. */
export async function onDesk(
  app: App,
  actor: Actor,
  id: string,
  action: DeskAction,
  session: ClientSession,
): Promise<ParkedPaymentDoc> {
  const practice = app.store.practice(actor.practiceId);
  const doc = await practice.parkedPayments.findOne({ _id: id }, { session });
  if (doc === undefined) throw new OperatingError("not-found");
  const remittance = await practice.remittances.findOne({ _id: doc.remittanceId }, { session });
  const claim =
    doc.claimId === null
      ? undefined
      : await practice.claims.findOne({ _id: doc.claimId }, { session });
  const obstacle = obstacleTo(action, caseOf(doc, remittance, claim));
  if (obstacle !== "") throw new OperatingError("state", obstacle);
  return doc;
}

/** Something done at the desk, as it is recorded with the payment. */
export function deskRecord(
  app: App,
  actor: Actor,
  {
    action,
    reason,
    sent = null,
    posting = null,
  }: Pick<DeskRecord, "action" | "reason"> & Partial<DeskRecord>,
): DeskRecord {
  return {
    action,
    at: app.now().toISOString(),
    by: actor.id,
    reason,
    sent,
    posting,
    takenBack: null,
  };
}

/** What a person has posted, and to which claims. */
interface DeskPosting {
  readonly action: "match" | "mirror" | "split";
  readonly claimIds: readonly string[];
}

/** What the words of a closed exception are, by what ended it. */
const ENDINGS: Readonly<Record<DeskPosting["action"], string>> = {
  match: "Matched to its claim by hand.",
  mirror: "Posted by hand as the exact negation of the earlier posting.",
  split: "Split among its claims by hand.",
};

/**
 * Stores what a person has decided of a parked payment: its postings, what waited for them, the figures of its
 * remittance, the end of its work item, its record and the audit event, in one transaction.
 */
export async function postFromDesk(
  app: App,
  actor: Actor,
  doc: ParkedPaymentDoc,
  batch: PostingBatch,
  { action, claimIds }: DeskPosting,
  session: ClientSession,
): Promise<{ readonly posted: number; readonly released: number }> {
  const practice = app.store.practice(actor.practiceId);
  const tell = () => undefined;
  const [claimId] = claimIds;
  const posted = batch.adjudications.length;
  await closeException(app, actor, doc, ENDINGS[action], session);
  const followed = await releaseWaiting(app, actor, batch, session, tell);
  const before = supersededIn(batch);
  await supersedeLate(app, actor, batch, session);
  const superseded = supersededIn(batch) > before;
  const posting = { claimIds, claimBefore: doc.claimId, superseded };
  const desk = [...(doc.desk ?? []), deskRecord(app, actor, { action, reason: null, posting })];
  const taken = await practice.parkedPayments.update(
    { _id: doc._id, status: "parked" },
    { $set: { status: "released", claimId: claimIds.length === 1 ? claimId : doc.claimId, desk } },
    session,
  );
  if (!taken) throw new OperatingError("stale");
  const { remittanceId, traceNumber, payer, paymentDate } = doc;
  openTakeBacks(app, batch, {
    remittanceId,
    traceNumber,
    payer,
    paymentDate: paymentDate ?? undefined,
  });
  for (const id of claimIds) {
    batch.audit.push({
      action: `exception.${action}`,
      entity: { type: "exception", id: doc._id },
      patientId: claimIn(batch, id).doc.patientId,
      purpose: "payment",
      outcome: "success",
      detail: { claim: id },
    });
  }
  await storeBatch(app, actor, batch, session, tell);
  await moveFigures(practice, [doc, ...followed], session);
  return { posted, released: followed.length };
}

function supersededIn({ claims }: PostingBatch): number {
  return [...claims.values()].filter(({ doc }) => doc.superseded).length;
}
