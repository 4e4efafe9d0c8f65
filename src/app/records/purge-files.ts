import type { FileDoc } from "../../platform/store/index.ts";
import { obstacleTo } from "../../trust/retention/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { isErased } from "./erased.ts";
import { heldNow, oneAtATime } from "./legal-holds.ts";
import { PURGE, type Purge, startOf } from "./purge-run.ts";

/**
 * Removes files whose time is over with the last claim that they tell of. Returns how many are kept because they tell
 * of claims that are, or of payments that wait. Cut off between a file's bytes and its record, the next purge goes on.
 */
export async function purgeFiles(purge: Purge): Promise<number> {
  const { app, actor, practice, before, dryRun } = purge;
  const papers = await papersOf(purge);
  let kept = 0;
  for await (const file of practice.files.stream({ at: { $lt: startOf(before) } })) {
    const record = {
      patientId: undefined,
      lastEffect: file.at,
      isWorked: await tellsOfKept(purge, papers, file),
    };
    if (obstacleTo(record, await heldNow(practice), purge) !== undefined) {
      kept += 1;
      continue;
    }
    purge.purged.files += 1;
    if (dryRun) continue;
    await app.store.fileBytes.remove(actor.practiceId, file._id);
    await app.store.transaction(async (session) => {
      await oneAtATime(practice, session);
      await practice.files.remove({ _id: file._id }, session);
      const entity = { type: "file", id: file._id };
      await recordAudit(app, actor, { ...PURGE, action: "file.purge", entity }, session);
    });
  }
  return kept;
}

/** The remittances that came in each file, and the batches that went out or were registered by it. */
interface Papers {
  readonly remittances: ReadonlyMap<string, readonly string[]>;
  readonly batches: ReadonlyMap<string, readonly string[]>;
}

async function papersOf({ practice }: Purge): Promise<Papers> {
  const some = { projection: { practiceId: 1, fileId: 1 } };
  return {
    remittances: await byFile(practice.remittances.stream({}, some)),
    batches: await byFile(practice.batches.stream({}, some)),
  };
}

async function byFile(
  docs: AsyncIterable<{ readonly _id: string; readonly fileId: string }>,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const { _id, fileId } of docs) {
    const known = found.get(fileId);
    if (known === undefined) found.set(fileId, [_id]);
    else known.push(_id);
  }
  return found;
}

/** Whether a claim of the file is kept, or something of it is still to be done. */
async function tellsOfKept(
  purge: Purge,
  papers: Papers,
  { _id, direction }: FileDoc,
): Promise<boolean> {
  const { practice, gone } = purge;
  // A letter goes with the work item that it was sent for.
  if (direction === "letter") {
    return (await practice.workItems.findOne({ "appeals.fileId": _id })) !== undefined;
  }
  const inFile = { $in: papers.remittances.get(_id) ?? [] };
  const parked = await practice.parkedPayments.find(
    { remittanceId: inFile },
    { projection: { status: 1, claimId: 1 } },
  );
  if (parked.some(({ status }) => status === "parked")) return true;
  const remittances = await practice.remittances.find(
    { _id: inFile },
    { projection: { status: 1 } },
  );
  if (remittances.some(({ status }) => status !== "posted" && status !== "unposted")) return true;
  const decided = await practice.adjudications.find(
    { remittanceId: inFile },
    { projection: { claimId: 1 } },
  );
  const sent = await practice.claims.find(
    { "submissions.batchId": { $in: papers.batches.get(_id) ?? [] } },
    { projection: { _id: 1 } },
  );
  const claimIds = [
    ...decided.map(({ claimId }) => claimId),
    ...parked.flatMap(({ claimId }) => claimId ?? []),
    ...sent.map((claim) => claim._id),
  ];
  const open = [...new Set(claimIds)].filter((id) => !gone.has(id));
  const left = await practice.claims.find({ _id: { $in: open } }, { projection: { patientId: 1 } });
  return left.some((claim) => !isErased(claim));
}
