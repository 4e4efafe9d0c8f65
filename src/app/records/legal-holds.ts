import type { ClientSession } from "mongoose";
import type { LegalHoldDoc, PracticeStore } from "../../platform/store/index.ts";
import type { Held } from "../../trust/retention/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";

/** Why, and by whom where a person does not act for himself: on the command line. */
export interface Word {
  readonly reason: string;
  readonly by?: string | undefined;
}

/** Legal holds, the standing ones first, each with who put it on and who lifted it. */
export async function listHolds(app: App, actor: Actor) {
  const { legalHolds } = app.store.practice(actor.practiceId);
  const holds = await legalHolds.find({}, { sort: { status: -1, _id: -1 } });
  await recordAudit(app, actor, {
    action: "legal-hold.list",
    entity: { type: "legal-holds", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { shown: holds.length },
  });
  return holds.map(holdView);
}

/** Puts the records of a patient, or all of the practice, on hold: nothing of them is purged or erased until it is lifted. */
export async function putHold(
  app: App,
  actor: Actor,
  { patientId, ...word }: Word & { readonly patientId?: string | undefined },
) {
  const { by, reason } = named(actor, word);
  const practice = app.store.practice(actor.practiceId);
  return app.store.transaction(async (session) => {
    if (patientId !== undefined) await findPatient(practice, patientId, session);
    await oneAtATime(practice, session);
    const doc = {
      _id: app.newId(),
      patientId: patientId ?? null,
      reason,
      by,
      status: "standing" as const,
      lifted: null,
      at: app.now(),
    };
    await practice.legalHolds.insert([doc], session);
    await recordAudit(app, actor, holdDraft("legal-hold.put", doc), session);
    return holdView(doc);
  });
}

/** Lifts a hold; it stays on record with who lifted it and why. `state` where it is lifted already. */
export async function liftHold(app: App, actor: Actor, id: string, word: Word) {
  const { by, reason } = named(actor, word);
  const practice = app.store.practice(actor.practiceId);
  return app.store.transaction(async (session) => {
    const doc = await practice.legalHolds.findOne({ _id: id }, { session });
    if (doc === undefined) throw new OperatingError("not-found");
    if (doc.status !== "standing") throw new OperatingError("state", "The hold is lifted already.");
    await oneAtATime(practice, session);
    const lifted = { at: app.now().toISOString(), by, reason };
    const changed: LegalHoldDoc = { ...doc, status: "lifted", lifted };
    await practice.legalHolds.exchange(changed, { status: "standing" }, session);
    await recordAudit(app, actor, holdDraft("legal-hold.lift", doc), session);
    return holdView(changed);
  });
}

/** What stands under hold now. */
export async function heldNow(practice: PracticeStore, session?: ClientSession): Promise<Held> {
  const holds = await practice.legalHolds.find(
    { status: "standing" },
    { session, projection: { patientId: 1 } },
  );
  return {
    everything: holds.some(({ patientId }) => patientId === null),
    patients: new Set(holds.flatMap(({ patientId }) => patientId ?? [])),
  };
}

/** Of a hold and a purge at the same time, the later sees what the first has done: both change one counter. */
export async function oneAtATime(practice: PracticeStore, session: ClientSession): Promise<void> {
  await practice.counters.increment("retention", 1, session);
}

/** `not-found` where the practice has no claim of such a patient. */
async function findPatient(practice: PracticeStore, patientId: string, session: ClientSession) {
  const found = await practice.claims.findOne({ patientId }, { session, projection: { _id: 1 } });
  if (found === undefined) throw new OperatingError("not-found");
}

/** Only a person can be asked later why: a machine puts on and lifts nothing. */
function named({ kind, id }: Actor, { by, reason }: Word): { by: string; reason: string } {
  if (kind === "machine") throw new OperatingError("forbidden", "It takes a person.");
  const name = kind === "person" ? id : by?.trim();
  if (name === undefined || name === "") {
    throw new OperatingError("invalid", "It takes the name of a person.");
  }
  if (reason.trim() === "") throw new OperatingError("invalid", "It takes a reason.");
  return { by: name, reason };
}

function holdDraft(action: string, { _id, patientId }: Pick<LegalHoldDoc, "_id" | "patientId">) {
  return {
    action,
    entity: { type: "legal-hold", id: _id },
    ...(patientId === null ? {} : { patientId }),
    purpose: "operations",
    outcome: "success",
    detail: { scope: patientId === null ? "practice" : "patient" },
  } as const;
}

function holdView(doc: Omit<LegalHoldDoc, "practiceId">) {
  const { _id, patientId, reason, by, status, lifted, at } = doc;
  return { id: _id, patientId, status, reason, by, at: at.toISOString(), lifted };
}
