import type { ClientSession } from "mongoose";
import { type Held, type KeptRecord, obstacleTo } from "../../trust/retention/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { erasedDeposit, erasedParked } from "./erased.ts";
import { keptItem, keptParked, latest } from "./kept-claim.ts";
import { heldNow, oneAtATime } from "./legal-holds.ts";
import { PURGE, type Purge, startOf } from "./purge-run.ts";

/**
 * Destroys what belongs to no claim and whose time is over: encounters that were held, work items of remittances and
 * deposits, payments that went to no claim, and the bank's words on deposits.
 */
export async function purgePapers(purge: Purge): Promise<void> {
  const { practice, before } = purge;
  const old = { at: { $lt: startOf(before) } };
  const ofNoClaim = { ...old, claimId: null };
  for await (const doc of practice.encounters.stream(ofNoClaim)) {
    const kept = { patientId: undefined, lastEffect: doc.at, isWorked: false };
    await purgePaper(purge, "encounters", doc._id, kept, (session) =>
      practice.encounters.remove({ _id: doc._id, status: "held" }, session),
    );
  }
  for await (const doc of practice.workItems.stream({ claimId: null })) {
    await purgePaper(purge, "workItems", doc._id, keptItem(doc), (session) =>
      practice.workItems.remove({ _id: doc._id, version: doc.version }, session),
    );
  }
  for await (const doc of practice.parkedPayments.stream(ofNoClaim)) {
    if (doc.patientControlNumber === erasedParked(doc).patientControlNumber) continue;
    await purgePaper(purge, "parkedPayments", doc._id, keptParked(doc), (session) =>
      practice.parkedPayments.exchange(erasedParked(doc), { status: doc.status }, session),
    );
  }
  for await (const doc of practice.deposits.stream(old)) {
    if (doc.text === null) continue;
    const match = await practice.depositMatches.findOne({ _id: doc.matchId ?? "" });
    const kept = {
      patientId: undefined,
      lastEffect: latest([doc.at, match?.at ?? doc.at, doc.returned?.date ?? doc.at]),
      isWorked: doc.status === "unmatched",
    };
    await purgePaper(purge, "deposits", doc._id, kept, (session) =>
      practice.deposits.replace([{ document: erasedDeposit(doc), version: doc.version }], session),
    );
  }
}

const NOUNS = {
  encounters: "encounter",
  workItems: "work-item",
  parkedPayments: "exception",
  deposits: "deposit",
} as const;

/** Most are too young, whoever is held. */
const NOBODY: Held = { everything: false, patients: new Set() };

/** Destroys one, unless something keeps it, in a transaction with its audit event. */
async function purgePaper(
  purge: Purge,
  collection: keyof typeof NOUNS,
  id: string,
  kept: KeptRecord,
  destroy: (session: ClientSession) => Promise<unknown>,
): Promise<void> {
  const { app, actor, practice, dryRun } = purge;
  if (obstacleTo(kept, NOBODY, purge) !== undefined) return;
  const mayGo = async (session?: ClientSession) =>
    obstacleTo(kept, await heldNow(practice, session), purge) === undefined;
  const isGone = dryRun
    ? await mayGo()
    : await app.store.transaction(async (session) => {
        if (!(await mayGo(session))) return false;
        await oneAtATime(practice, session);
        await destroy(session);
        const type = NOUNS[collection];
        const draft = { ...PURGE, action: `${type}.purge`, entity: { type, id } };
        await recordAudit(app, actor, draft, session);
        return true;
      });
  if (isGone) purge.purged[collection] += 1;
}
