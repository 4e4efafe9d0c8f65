import {
  keptThrough,
  latestPurgeDay,
  OBSTACLES,
  type Obstacle,
  obstacleTo,
} from "../../trust/retention/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";
import { eraseClaim } from "./erase-claim.ts";
import { erasedParked } from "./erased.ts";
import { keptClaim, keptParked } from "./kept-claim.ts";
import { heldNow, oneAtATime } from "./legal-holds.ts";
import { type PatientRecord, patientRecord } from "./patient-record.ts";
import { claimDraft, countRecord, nothingPurged, PURGE, type Purged } from "./purge-run.ts";

/** What an erasure did. */
export interface ErasureReport {
  readonly patientId: string;
  readonly purged: Readonly<Purged>;
}

/** Why a patient's records stay. */
interface Refusal {
  readonly obstacle: Obstacle;
  readonly words: string;
}

/**
 * Erases everything that is held of a patient, all of it or nothing, for a reason that is kept. `retained`, with the
 * exact reason, where retention or a hold keeps any of it, and on record; `not-found` where nothing is held. Files tell
 * of others too: they go with a purge.
 */
export async function erasePatient(
  app: App,
  actor: Actor,
  patientId: string,
  { reason }: { readonly reason: string },
): Promise<ErasureReport> {
  if (reason.trim() === "") throw new OperatingError("invalid", "It takes a reason.");
  const practice = app.store.practice(actor.practiceId);
  const entity = { type: "patient", id: patientId } as const;
  const draft = { ...PURGE, action: "patient.erase", entity, patientId };
  const done = await app.store.transaction(async (session) => {
    const record = await patientRecord(app, actor, patientId, session);
    if (record === undefined) throw new OperatingError("not-found");
    const held = await heldNow(practice, session);
    const refusal = refusalOf(record, patientId, today(app), held);
    if (refusal !== undefined) {
      const detail = { obstacle: refusal.obstacle };
      await recordAudit(app, actor, { ...draft, outcome: "denied", detail }, session);
      return refusal;
    }
    await oneAtATime(practice, session);
    const purged = nothingPurged();
    for (const claim of record.claims) {
      await eraseClaim(app, practice, claim, session);
      countRecord(purged, claim);
    }
    const ids = record.held.map(({ _id }) => _id);
    if (ids.length > 0) await practice.encounters.remove({ _id: { $in: ids } }, session);
    purged.encounters += ids.length;
    for (const doc of record.stray) {
      await practice.parkedPayments.exchange(erasedParked(doc), {}, session);
    }
    purged.parkedPayments += record.stray.length;
    const detail = { reason, purged: { ...purged } };
    const drafts = record.claims.map((claim) => claimDraft("claim.erase", claim));
    await recordAudit(app, actor, [...drafts, { ...draft, detail }], session);
    return { patientId, purged };
  });
  if ("obstacle" in done) throw new OperatingError("retained", done.words);
  return done;
}

/** What keeps any of it; of retention the day on which the last of it may go. */
function refusalOf(
  { claims, held, stray }: PatientRecord,
  patientId: string,
  day: string,
  holds: Awaited<ReturnType<typeof heldNow>>,
): Refusal | undefined {
  const records = [
    ...claims.map(keptClaim),
    ...held.map(({ at }) => ({ patientId, lastEffect: at, isWorked: false })),
    ...stray.map((doc) => ({ ...keptParked(doc), patientId })),
  ];
  const when = { before: latestPurgeDay(day), today: day };
  const obstacles = records.map((record) => obstacleTo(record, holds, when));
  const obstacle = (["hold", "retention", "work"] as const).find((one) => obstacles.includes(one));
  if (obstacle === undefined) return undefined;
  const last = records
    .map(({ lastEffect }) => keptThrough(lastEffect))
    .sort()
    .at(-1);
  const count = obstacles.filter((one) => one !== undefined).length;
  const words = `${OBSTACLES[obstacle]} Of ${records.length} records ${count} stay`;
  return {
    obstacle,
    words: obstacle === "retention" ? `${words}, until ${last} at least.` : `${words}.`,
  };
}
