import type { ClientSession } from "mongoose";
import type { AuditEventDoc, PracticeStore } from "../../platform/store/index.ts";
import { type Anomaly, AnomalyFinder, type AuditEvent } from "../../trust/audit/index.ts";
import type { Actor, App } from "../context.ts";
import { settingsOf } from "../practice-rules.ts";
import { auditHead, eventId, recordAudit } from "./audit.ts";
import { reviewDoc } from "./review-record.ts";
import { familyKeys, seenPatients } from "./seen-patients.ts";

const AT_ONCE = 200;
const HOUR_MS = 3_600_000;

/** What a scan came to. */
export interface ScanReport {
  /** Events that were looked at. */
  readonly events: number;
  /** Findings of them, those included that were known. */
  readonly found: number;
  /** Findings that wait for a reviewer since now. */
  readonly added: number;
}

/**
 * Looks through the audit trail for what stands out, and lays each finding before the reviewers once, however often it is
 * found. Begins an hour before the day of the last scan, so that days and hours are looked at whole.
 */
export async function scanAudit(app: App, actor: Actor): Promise<ScanReport> {
  const { practiceId } = actor;
  const practice = app.store.practice(practiceId);
  const families = await familyKeys(app, practiceId);
  const finder = new AnomalyFinder(await settingsOf(practice));
  const head = await auditHead(app, actor);
  const from = await beginning(practice);
  const isNext = nextBeginning(app);
  let next: number | undefined;
  let events = 0;
  let batch: AuditEvent[] = [];
  const flush = async () => {
    for (const seen of await seenPatients(practice, batch, families)) finder.see(seen);
    batch = [];
  };
  const range = { $gte: eventId(practiceId, from), $lt: eventId(practiceId, head.sequence + 1) };
  for await (const event of practice.auditEvents.stream({ _id: range }, { sort: { _id: 1 } })) {
    events += 1;
    if (next === undefined && isNext(event)) next = event.sequence;
    if (batch.push(event) === AT_ONCE) await flush();
  }
  await flush();
  const found = finder.found();
  const added = await app.store.transaction(async (session) => {
    const fresh = await unknown(practice, found, session);
    await practice.reviews.insert(
      fresh.map((anomaly) => reviewDoc(app, anomaly)),
      session,
    );
    await begin(practice, next ?? head.sequence + 1, session);
    const detail = { events, found: found.length, added: fresh.length };
    await recordAudit(app, actor, draftOf(actor, detail), session);
    return fresh.length;
  });
  return { events, found: found.length, added };
}

/** Whether the next scan begins at the latest with this event: an hour before this day (UTC). */
function nextBeginning(app: App): (event: AuditEventDoc) => boolean {
  const midnight = Date.parse(`${app.now().toISOString().slice(0, 10)}T00:00:00Z`);
  const from = new Date(midnight - HOUR_MS).toISOString();
  return ({ at }) => at >= from;
}

async function unknown(
  practice: PracticeStore,
  found: readonly Anomaly[],
  session: ClientSession,
): Promise<readonly Anomaly[]> {
  const keys = found.map(({ key }) => key);
  const known = await practice.reviews.find({ key: { $in: keys } }, { session });
  const isKnown = new Set(known.map(({ key }) => key));
  return found.filter(({ key }) => !isKnown.has(key));
}

const POSITION = "audit-scan";

/** The sequence with which a scan begins: what the one before it has kept. */
async function beginning(practice: PracticeStore): Promise<number> {
  const _id = `${practice.practiceId}:${POSITION}`;
  return (await practice.counters.findOne({ _id }))?.value ?? 1;
}

async function begin(practice: PracticeStore, value: number, session: ClientSession) {
  const _id = `${practice.practiceId}:${POSITION}`;
  const kept = await practice.counters.update({ _id }, { $set: { value } }, session);
  if (!kept) await practice.counters.insert([{ _id, value }], session);
}

function draftOf({ practiceId }: Actor, detail: Record<string, number>) {
  return {
    action: "review.scan",
    entity: { type: "reviews", id: practiceId },
    purpose: "operations",
    outcome: "success",
    detail,
  } as const;
}
