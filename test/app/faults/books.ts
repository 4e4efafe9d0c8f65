/** What must hold of a practice whatever has happened to it, and all of its state that a failure must not change. */
import { createHash } from "node:crypto";
import { expect } from "chai";
import { verifyAudit } from "../../../src/app/audit/audit.ts";
import { checkDeposits } from "../../../src/app/deposits/check-deposits.ts";
import type { Practice } from "../practice.ts";

/** Things of which a failed and repeated attempt may leave more: what was tried is told truthfully. */
const TOLD_PER_TRY: ReadonlySet<string> = new Set([
  "file.ingest",
  "deposit.import",
  "encounter.hold",
]);

/** Throws unless the books hold: trial balance, projections, cash in transit, audit chain, and the bytes of files. */
export async function expectWhole(practice: Practice, when: string): Promise<void> {
  const accounts = await practice.accounts();
  const total = Object.values(accounts).reduce((sum, cents) => sum + cents, 0);
  expect(total, `${when}: trial balance`).to.equal(0);
  expect(await practice.differences(), `${when}: rebuild --check`).to.equal(0);
  const { app, actor } = practice;
  const deposits = await checkDeposits(app, actor, () => undefined);
  expect(deposits, `${when}: deposits`).to.include({ misplaced: 0, transitDifferenceCents: 0 });
  expect(await verifyAudit(app, actor), `${when}: audit chain`).to.include({ ok: true });
  for (const { _id, sha256, byteLength } of await practice.store.files.find({})) {
    const bytes = await app.store.fileBytes.get(actor.practiceId, _id);
    expect(bytes?.length, `${when}: bytes of a file`).to.equal(byteLength);
    const digest = createHash("sha256")
      .update(bytes ?? "")
      .digest("hex");
    expect(digest, `${when}: digest of a file`).to.equal(sha256);
  }
}

/** All that a practice holds, without ids and times; equal for two practices exactly if nothing is lost or doubled. */
export async function booksOf(practice: Practice): Promise<unknown> {
  const { store } = practice;
  const remittances = await store.remittances.find({}, { sort: { traceNumber: 1 } });
  const counted = {
    adjudications: store.adjudications,
    journal: store.journal,
    parkedPayments: store.parkedPayments,
    workItems: store.workItems,
    deposits: store.deposits,
    depositMatches: store.depositMatches,
    batches: store.batches,
    acknowledgements: store.acknowledgements,
    encounters: store.encounters,
  };
  const counts: Record<string, number> = {};
  for (const [name, collection] of Object.entries(counted)) {
    counts[name] = await collection.count({});
  }
  const audited = Object.entries(await practice.audited()).filter(
    ([action]) => !TOLD_PER_TRY.has(action),
  );
  return plain({
    state: await practice.state(),
    items: (await practice.items()).sort(),
    counts,
    audited: Object.fromEntries(audited.sort()),
    filesIn: await store.files.count({ direction: "in" }),
    remittances: remittances.map((doc) => ({
      traceNumber: doc.traceNumber,
      status: doc.status,
      decided: doc.decided,
      posted: doc.posted,
      parked: doc.parked,
      isMatched: (doc.depositMatchId ?? null) !== null,
      certificate: doc.certificate,
    })),
  });
}

/** As it is after a journey through a file. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
