import type { ClientSession } from "mongoose";
import {
  note as addNote,
  isCalendarDate,
  release,
  reopen,
  resolve,
  type Transition,
  wait,
} from "../../billing/denials/index.ts";
import type { SentBy } from "../../billing/remits/index.ts";
import type { DeskRecord, ParkedPaymentDoc, WorkItemDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { replaceItem } from "../denials/store-items.ts";
import { OperatingError } from "../errors.ts";
import { takePostingBack } from "../posting/take-posting-back.ts";
import { patientOf } from "../shown.ts";
import { lastRecord } from "./exception-view.ts";
import { deskRecord, onDesk } from "./post-from-desk.ts";

/** What a decision of the desk came to. */
export interface DeskOutcome {
  readonly id: string;
  readonly status: ParkedPaymentDoc["status"];
}

/**
 * A person decides that the money of a payment stays in unapplied insurance, and why. It has stood there since it
 * was parked, so no entry is made: the payment leaves the desk, and does not post by itself any more.
 */
export function keepUnapplied(
  app: App,
  actor: Actor,
  id: string,
  { reason }: { readonly reason: string },
): Promise<DeskOutcome> {
  return decide(app, actor, id, "unapplied", reason, async (doc, session) => {
    const text = `Left in unapplied insurance: ${reason}`;
    await changeItems(app, actor, doc, session, (item, act) =>
      resolve(item, { ...act, outcome: "no-action", text }),
    );
    return {
      status: "unapplied",
      ...record(app, actor, doc, { action: "unapplied", reason }),
    };
  });
}

/** How a payment was sent back, and when to look again. */
export interface SendBack {
  readonly how: SentBy;
  /** Call reference, tracking number, case number. */
  readonly reference: string;
  /** ISO calendar date, not in the past. */
  readonly nextActionDate: string;
  /** Kept with the notes of the work item. May hold patient data. */
  readonly note?: string | undefined;
}

/**
 * Records that a payment went back to its payer to be corrected. It stays on the desk and posts by itself when its
 * missing piece comes; its work item waits for the date.
 */
export async function sendBack(
  app: App,
  actor: Actor,
  id: string,
  { how, reference, nextActionDate, note = "" }: SendBack,
): Promise<DeskOutcome> {
  if (!isCalendarDate(nextActionDate) || nextActionDate < app.now().toISOString().slice(0, 10)) {
    throw new OperatingError("invalid", "The next action is due on a day to come.");
  }
  return decide(app, actor, id, "send-back", reference, async (doc, session) => {
    const text = [`Sent back to the payer by ${how}, ${reference}.`, note].join(" ").trim();
    await changeItems(app, actor, doc, session, (item, act) => {
      const waiting = wait(item, { ...act, until: nextActionDate, text });
      return "item" in waiting ? waiting : addNote(item, { ...act, text });
    });
    const sent = { how, reference, nextActionDate };
    return {
      status: "parked",
      ...record(app, actor, doc, { action: "send-back", reason: null, sent }),
    };
  });
}

/** Takes the last decision of the desk back, and says why; the record of both stays. */
export function takeDeskBack(
  app: App,
  actor: Actor,
  id: string,
  { reason }: { readonly reason: string },
): Promise<DeskOutcome> {
  return decide(app, actor, id, "take-back", reason, async (doc, session) => {
    const last = lastRecord(doc);
    if (last === undefined) throw new Error("an action without a record can not be taken back");
    const takenBack = { at: app.now().toISOString(), by: actor.id, reason };
    const isPosted = doc.status === "released";
    const change = isPosted ? await takePostingBack(app, actor, doc, last, reason, session) : {};
    const desk = (doc.desk ?? []).map((one) => (one === last ? { ...one, takenBack } : one));
    const until = lastRecord({ desk }, "send-back")?.sent?.nextActionDate;
    await changeItems(app, actor, doc, session, (item, act) => {
      if (doc.status !== "parked") return reopen(item, { ...act, text: `Taken back: ${reason}` });
      return until === undefined ? release(item, act) : wait(item, { ...act, until, text: reason });
    });
    return { ...change, status: "parked", desk };
  });
}

type Change = Pick<ParkedPaymentDoc, "status" | "desk"> & Partial<ParkedPaymentDoc>;

/** Decides in one transaction: what may be done, the change, and the audit event. */
async function decide(
  app: App,
  actor: Actor,
  id: string,
  action: "unapplied" | "send-back" | "take-back",
  said: string,
  change: (doc: ParkedPaymentDoc, session: ClientSession) => Promise<Change>,
): Promise<DeskOutcome> {
  if (said.trim() === "")
    throw new OperatingError("invalid", "A reason, or reference, is required.");
  return app.store.transaction(async (session) => {
    const doc = await onDesk(app, actor, id, action, session);
    const set = await change(doc, session);
    const { parkedPayments } = app.store.practice(actor.practiceId);
    if (!(await parkedPayments.update({ _id: id, status: doc.status }, { $set: set }, session))) {
      throw new OperatingError("stale");
    }
    await recordAudit(
      app,
      actor,
      {
        action: `exception.${action}`,
        entity: { type: "exception", id },
        ...(await patientOf(app.store.practice(actor.practiceId), doc.claimId)),
        purpose: "payment",
        outcome: "success",
      },
      session,
    );
    return { id, status: set.status };
  });
}

function record(
  app: App,
  actor: Actor,
  doc: ParkedPaymentDoc,
  done: Pick<DeskRecord, "action" | "reason"> & Partial<DeskRecord>,
) {
  return { desk: [...(doc.desk ?? []), deskRecord(app, actor, done)] };
}

interface Acting {
  readonly version: number;
  readonly by: string;
  readonly at: string;
}

/** Moves the work items of the payment; one that is not in a state for that stays as it is. */
async function changeItems(
  app: App,
  actor: Actor,
  doc: ParkedPaymentDoc,
  session: ClientSession,
  move: (item: WorkItemDoc, act: Acting) => Transition,
): Promise<void> {
  const { workItems } = app.store.practice(actor.practiceId);
  const found = await workItems.find({ remittanceId: doc.remittanceId }, { session });
  const items = found.filter(
    ({ kind, category, patientControlNumber }) =>
      kind === "posting-exception" &&
      category === doc.reason &&
      (patientControlNumber ?? doc.patientControlNumber) === doc.patientControlNumber,
  );
  for (const item of items) {
    const at = app.now().toISOString();
    const moved = move(item, { version: item.version, by: actor.id, at });
    if ("item" in moved) await replaceItem(app, actor, item, moved.item, session);
  }
}
