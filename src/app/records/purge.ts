import type { ClientSession } from "mongoose";
import type { AuditDraft } from "../../trust/audit/index.ts";
import {
  type Held,
  latestPurgeDay,
  type Obstacle,
  obstacleTo,
} from "../../trust/retention/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";
import { eraseClaim } from "./erase-claim.ts";
import { isErased } from "./erased.ts";
import { type ClaimRecord, claimRecords, keptClaim } from "./kept-claim.ts";
import { heldNow, oneAtATime } from "./legal-holds.ts";
import { purgeFiles } from "./purge-files.ts";
import { purgePapers } from "./purge-papers.ts";
import {
  claimDraft,
  countRecord,
  nothingPurged,
  PURGE,
  type Purge,
  type Purged,
  startOf,
} from "./purge-run.ts";

/** What a purge did, or would do. */
export interface PurgeReport {
  readonly before: string;
  readonly dryRun: boolean;
  readonly purged: Readonly<Purged>;
  /** Claims older than the day of which something keeps them, by what does. */
  readonly kept: Readonly<Record<Obstacle, number>>;
  /** Files older than the day that tell of claims which are kept. */
  readonly filesKept: number;
}

/** Claims looked at in one transaction. */
const CHUNK = 100;

/**
 * Destroys what had its last effect before a day that is six years ago or more (45 CFR 164.316(b)(2)(i)): claim by
 * claim, encounters and work items are removed, of claims, decisions and payments what tells of the patient is erased;
 * files go with the last claim that they tell of. The journal and the audit trail stay as they are. `retained` where
 * the day is younger or a hold stands on the whole practice. A dry run changes nothing and says the same.
 */
export async function purgeRecords(
  app: App,
  actor: Actor,
  { before, dryRun = false }: { readonly before: string; readonly dryRun?: boolean },
): Promise<PurgeReport> {
  const practice = app.store.practice(actor.practiceId);
  const latest = latestPurgeDay(today(app));
  if (before > latest) {
    throw new OperatingError("retained", `Six years are not over: the latest day is ${latest}.`);
  }
  if ((await heldNow(practice)).everything) {
    throw new OperatingError("retained", "A legal hold stands on all records of the practice.");
  }
  const purge: Purge = {
    app,
    actor,
    practice,
    before,
    today: today(app),
    dryRun,
    purged: nothingPurged(),
    kept: { retention: 0, work: 0, hold: 0 },
    gone: new Set(),
  };
  await purgeClaims(purge);
  await purgePapers(purge);
  const filesKept = await purgeFiles(purge);
  const { purged, kept } = purge;
  if (!dryRun) {
    const entity = { type: "practice", id: actor.practiceId };
    const detail = { before, purged: { ...purged }, kept: { ...kept }, filesKept };
    await recordAudit(app, actor, { ...PURGE, action: "records.purge", entity, detail });
  }
  return { before, dryRun, purged, kept, filesKept };
}

async function purgeClaims(purge: Purge): Promise<void> {
  const { practice, before } = purge;
  const old = practice.claims.stream(
    { at: { $lt: startOf(before) } },
    { projection: { practiceId: 1, patientId: 1 } },
  );
  let ids: string[] = [];
  for await (const claim of old) {
    if (isErased(claim)) continue;
    ids.push(claim._id);
    if (ids.length < CHUNK) continue;
    await purgeSome(purge, ids);
    ids = [];
  }
  if (ids.length > 0) await purgeSome(purge, ids);
}

async function purgeSome(purge: Purge, ids: readonly string[]): Promise<void> {
  const { app, actor, practice, dryRun } = purge;
  const look = async (session?: ClientSession) => {
    const found = await practice.claims.find({ _id: { $in: ids } }, { session });
    const whole = found.filter((claim) => !isErased(claim));
    const records = await claimRecords(practice, whole, session);
    return judged(purge, records, await heldNow(practice, session));
  };
  const { going, kept } = dryRun
    ? await look()
    : await app.store.transaction(async (session) => {
        const verdict = await look(session);
        if (verdict.going.length > 0) await oneAtATime(practice, session);
        const drafts: AuditDraft[] = [];
        for (const record of verdict.going) {
          await eraseClaim(app, practice, record, session);
          drafts.push(claimDraft("claim.purge", record));
        }
        await recordAudit(app, actor, drafts, session);
        return verdict;
      });
  for (const obstacle of kept) purge.kept[obstacle] += 1;
  for (const record of going) countRecord(purge.purged, record);
  for (const { claim } of going) purge.gone.add(claim._id);
}

function judged(purge: Purge, records: readonly ClaimRecord[], held: Held) {
  const going: ClaimRecord[] = [];
  const kept: Obstacle[] = [];
  for (const record of records) {
    const obstacle = obstacleTo(keptClaim(record), held, purge);
    if (obstacle === undefined) going.push(record);
    else kept.push(obstacle);
  }
  return { going, kept };
}
