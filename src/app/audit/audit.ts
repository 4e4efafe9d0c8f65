import type { ClientSession } from "mongoose";
import { holds } from "../../trust/access/index.ts";
import {
  type AuditDraft,
  type AuditEvent,
  type AuditHead,
  appendEvents,
  type ChainReport,
  GENESIS,
  shownFields,
  verifyChain,
} from "../../trust/audit/index.ts";
import type { Actor, App } from "../context.ts";
import { keptCheckpoints, signSoon } from "./sign-head.ts";

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
    ...underGlass(actor, withShown(draft, actor)),
    practiceId: actor.practiceId,
    actor: {
      id: actor.id,
      kind: actor.kind,
      roles: actor.roles,
      ...(actor.lent === undefined ? {} : { lent: actor.lent }),
    },
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
  signSoon(app, actor.practiceId, head, sealed.head);
}

/** What a read has shown, and for what the reader said it was. */
function withShown(draft: AuditDraft, actor: Actor): AuditDraft {
  if (draft.outcome !== "success") return draft;
  const fields = shownFields(draft.action, holds(actor, "patients:read"));
  return fields === undefined
    ? draft
    : { ...draft, fields, purpose: actor.purpose ?? draft.purpose };
}

/** What is done while emergency access runs says so, and under which: 45 CFR 164.312(a)(2)(ii). */
function underGlass({ breakGlass }: Actor, draft: AuditDraft): AuditDraft {
  if (breakGlass === undefined) return draft;
  return { ...draft, purpose: "emergency", detail: { ...draft.detail, breakGlass: breakGlass.id } };
}

/** The id of an event: sorts as the sequence does, and is unique: no two processes can take one place in the chain. */
export function eventId(practiceId: string, sequence: number): string {
  return `${practiceId}:${String(sequence).padStart(SEQUENCE_DIGITS, "0")}`;
}

/** The events of a practice up to a head, from the first on. */
export function eventsUpTo(
  app: App,
  { practiceId }: Actor,
  { sequence }: AuditHead,
): AsyncIterable<AuditEvent> {
  return app.store
    .practice(practiceId)
    .auditEvents.stream(
      { _id: { $gte: `${practiceId}:`, $lt: eventId(practiceId, sequence + 1) } },
      { sort: { _id: 1 }, projection: { _id: 0 } },
    );
}

/** One event of the practice's chain; undefined where it is not that long. */
export function eventAt(
  app: App,
  { practiceId }: Actor,
  sequence: number,
): Promise<AuditEvent | undefined> {
  const { auditEvents } = app.store.practice(practiceId);
  return auditEvents.findOne({ _id: eventId(practiceId, sequence) });
}

/** The end of the practice's chain. */
export async function auditHead(app: App, { practiceId }: Actor): Promise<AuditHead> {
  const stored = await app.store.practice(practiceId).auditHeads.findOne({ _id: practiceId });
  return stored === undefined ? GENESIS : { sequence: stored.sequence, hash: stored.hash };
}

/** What the check of a practice's chain found. */
export interface AuditReport extends ChainReport {
  /** Signed checkpoints from outside the database that the chain was held against. */
  readonly checkpoints: number;
  /** The sequence of the last of them; 0 where there is none: what is behind it is vouched for by the database alone. */
  readonly vouched: number;
  /** Lines of the checkpoints' file that the key did not sign. */
  readonly unsigned: readonly number[];
  /** Lines of it that were cut off. */
  readonly cut: readonly number[];
}

/**
 * Reads the whole chain again and says whether it holds, naming the first bad record; against the stored head and
 * against what was signed and kept outside the database. Others may record meanwhile.
 */
export async function verifyAudit(app: App, actor: Actor): Promise<AuditReport> {
  // In this order: each head that is known stands in the chain when the next is read.
  const { signed, cut, unsigned } = await keptCheckpoints(app, actor.practiceId);
  const head = await auditHead(app, actor);
  const chain = await verifyChain(eventsUpTo(app, actor, head), head, signed);
  const report = chain.ok ? await nothingBehind(app, actor, chain) : chain;
  const vouched = signed.reduce((most, { sequence }) => Math.max(most, sequence), 0);
  const ok = report.ok && unsigned.length === 0;
  return { ...report, ok, checkpoints: signed.length, vouched, unsigned, cut };
}

/** The report, unless an event stands behind the chain's end. */
async function nothingBehind(app: App, actor: Actor, report: ChainReport): Promise<ChainReport> {
  const { practiceId } = actor;
  const last = await app.store
    .practice(practiceId)
    .auditEvents.findOne(
      { _id: { $gte: `${practiceId}:`, $lt: `${practiceId};` } },
      { sort: { _id: -1 } },
    );
  const head = await auditHead(app, actor);
  if (last === undefined || last._id <= eventId(practiceId, head.sequence)) return report;
  const firstBad = { sequence: head.sequence + 1, reason: "extended" } as const;
  return { ...report, ok: false, firstBad };
}
