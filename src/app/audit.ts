import type { ClientSession } from "mongoose";
import {
  type AuditDraft,
  type AuditHead,
  appendEvents,
  type ChainReport,
  GENESIS,
  verifyChain,
} from "../trust/audit/index.ts";
import type { Actor, App } from "./context.ts";

const SEQUENCE_DIGITS = 12;

/**
 * Seals what was done into the practice's audit chain, in the transaction of the change itself
 * (45 CFR 164.312(b)); in one of its own where nothing else is written, as for a read.
 */
export async function recordAudit(
  app: App,
  actor: Actor,
  drafts: AuditDraft | readonly AuditDraft[],
  session?: ClientSession,
): Promise<void> {
  const list = Array.isArray(drafts) ? (drafts as readonly AuditDraft[]) : [drafts as AuditDraft];
  if (list.length === 0) return;
  if (session === undefined) {
    await app.store.transaction((own) => append(app, actor, list, own));
  } else await append(app, actor, list, session);
}

async function append(
  app: App,
  actor: Actor,
  drafts: readonly AuditDraft[],
  session: ClientSession,
): Promise<void> {
  const practice = app.store.practice(actor.practiceId);
  const stored = await practice.auditHeads.findOne({ _id: actor.practiceId }, { session });
  const head: AuditHead = stored ?? GENESIS;
  const unsealed = drafts.map((draft) => ({
    ...draft,
    practiceId: actor.practiceId,
    actor: { id: actor.id, kind: actor.kind, roles: actor.roles },
    requestId: actor.requestId,
    source: actor.source,
  }));
  const sealed = appendEvents(
    { sequence: head.sequence, hash: head.hash },
    unsealed,
    app.now().toISOString(),
  );
  await practice.auditEvents.insert(
    sealed.events.map((event) => ({ _id: eventId(actor.practiceId, event.sequence), ...event })),
    session,
  );
  if (stored === undefined) {
    await practice.auditHeads.insert([{ _id: actor.practiceId, ...sealed.head }], session);
  } else {
    await practice.auditHeads.update({ _id: actor.practiceId }, { $set: sealed.head }, session);
  }
}

/** Sorts as the sequence does, and is unique: no two processes can take one place in the chain. */
function eventId(practiceId: string, sequence: number): string {
  return `${practiceId}:${String(sequence).padStart(SEQUENCE_DIGITS, "0")}`;
}

/** Reads the whole chain again and says whether it holds, naming the first bad record. */
export async function verifyAudit(
  app: App,
  actor: Actor,
): Promise<ChainReport & { checkpoints: number }> {
  const practice = app.store.practice(actor.practiceId);
  const head = await practice.auditHeads.findOne({ _id: actor.practiceId });
  const events = practice.auditEvents.stream(
    { _id: { $gte: `${actor.practiceId}:`, $lt: `${actor.practiceId};` } },
    { sort: { _id: 1 }, projection: { _id: 0 } },
  );
  const expected = head ? { sequence: head.sequence, hash: head.hash } : undefined;
  const report = await verifyChain(events, expected);
  return { checkpoints: 0, ...report };
}
