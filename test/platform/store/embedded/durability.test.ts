import { join } from "node:path";
import { type Document, Long, UUID } from "bson";
import { expect } from "chai";
import { freshSeed } from "./dice.ts";
import { killRounds } from "./kill-rounds.ts";
import { temporaryFolder } from "./opened-store.ts";
import { Disconnected } from "./raw-client.ts";
import { servedStore } from "./served-store.ts";

const ROUNDS = 20;

describe("embedded store: durability", () => {
  const seed = freshSeed();

  it(`loses and doubles nothing acknowledged in ${ROUNDS} rounds of kill -9 (seed ${seed})`, async function () {
    this.timeout(180_000);
    const folder = temporaryFolder();
    const report = await killRounds(join(folder.path, "data"), ROUNDS, seed);
    folder.remove();
    expect(report.rounds).to.equal(ROUNDS);
    expect(report.acknowledged).to.be.greaterThan(ROUNDS);
    expect(report.resent.done + report.resent.notDone).to.be.greaterThan(0);
  });

  it("does each statement of a retryable bulk once, though it had to wait in the middle and was cut off there", async () => {
    const folder = temporaryFolder();
    let store = await servedStore(folder.path);
    await store.ask({ insert: "c", documents: [1, 2, 3].map((_id) => ({ _id, n: 0 })) });
    const raise = (_id: number) => ({ q: { _id }, u: { $inc: { n: 1 } } });
    const transaction = { txnNumber: Long.ONE, autocommit: false, lsid: { id: new UUID() } };
    const holding = { update: "c", updates: [raise(2)], startTransaction: true, ...transaction };
    expect(await store.ask(holding)).to.include({ ok: 1 });
    const bulk = {
      update: "c",
      updates: [raise(1), raise(2), raise(3)],
      lsid: { id: new UUID() },
      txnNumber: Long.ONE,
    };
    const unanswered = store.ask(bulk).catch((error: Error) => error);
    expect((await store.ask({ find: "c", filter: { n: 1 } })).cursor.firstBatch).to.have.length(1);
    await store.close();
    expect(await unanswered).to.be.instanceOf(Disconnected);
    store = await servedStore(folder.path);
    expect(await store.ask(bulk)).to.include({ ok: 1, n: 3, nModified: 3 });
    const { cursor } = await store.ask({ find: "c", filter: {} });
    expect(cursor.firstBatch.map(({ n }: Document) => n)).to.deep.equal([1, 1, 1]);
    await store.close();
    folder.remove();
  });
});
