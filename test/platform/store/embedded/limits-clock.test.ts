import { type Document, Long, UUID } from "bson";
import { expect } from "chai";
import { temporaryFolder } from "./opened-store.ts";
import { type ServedStore, servedStore } from "./served-store.ts";
import { TestClock } from "./test-clock.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** How people set a clock: not at all, to a day that is over, and to one that is yet to come. */
const SETTINGS: readonly (readonly [name: string, by: number])[] = [
  ["is left alone", 0],
  ["is set back by a day", -DAY],
  ["is set forward by a day", DAY],
];

describe("embedded store: life times", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: TestClock;
  let store: ServedStore;

  beforeEach(async () => {
    folder = temporaryFolder();
    clock = new TestClock();
    store = await servedStore(folder.path, { clock });
    const documents = Array.from({ length: 10 }, (_, _id) => ({ _id }));
    await store.ask({ insert: "c", documents });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  /** Lets time pass until just before the end of a life, with the clock set on the way, and then beyond it. */
  async function live(
    life: number,
    by: number,
    isAlive: () => boolean | Promise<boolean>,
  ): Promise<void> {
    clock.pass(life / 2);
    clock.setWall(by);
    clock.pass(life / 2 - SECOND);
    store.sweep();
    expect(await isAlive(), "not too early").to.equal(true);
    clock.pass(2 * SECOND);
    store.sweep();
    expect(await isAlive(), "not for ever").to.equal(false);
  }

  for (const [name, by] of SETTINGS) {
    it(`ends a transaction after 60 s when the clock ${name}`, async () => {
      const lsid = { id: new UUID() };
      const transaction = { lsid, txnNumber: Long.fromNumber(1), autocommit: false };
      const insert = { insert: "c", documents: [{ _id: "t" }], startTransaction: true };
      expect(await store.ask({ ...insert, ...transaction })).to.include({ ok: 1 });
      await live(MINUTE, by, () => store.server.store.transactions.size === 1);
      const commit = await store.ask({ commitTransaction: 1, ...transaction, $db: "admin" });
      expect(commit).to.include({ ok: 0, code: 251 });
      expect(await store.ask({ insert: "c", documents: [{ _id: "t" }] })).to.include({ n: 1 });
    });

    it(`closes a cursor that nobody reads after 10 min when the clock ${name}`, async () => {
      const { cursor } = await store.ask({ find: "c", filter: {}, batchSize: 2 });
      const more = { getMore: cursor.id, collection: "c", batchSize: 1 };
      await live(10 * MINUTE, by, () => store.server.cursors.open.size === 1);
      expect(await store.ask(more)).to.include({ ok: 0, code: 43 });
    });

    it(`keeps the answer of a retryable write for 30 min when the clock ${name}`, async () => {
      const { retries } = store.server.sessions;
      await store.ask(raise());
      await live(30 * MINUTE, by, () => retries.size === 1);
      expect(store.server.store.tables.listMeta("r:")).to.deep.equal([]);
    });

    it(`knows a retryable write after a restart over which the clock ${name}`, async () => {
      const command = raise();
      const first = await store.ask(command);
      clock.pass(MINUTE);
      clock.setWall(by);
      await store.close();
      store = await servedStore(folder.path, { clock });
      clock.pass(30 * SECOND);
      store.sweep();
      expect(await store.ask(command)).to.deep.equal(first);
      clock.pass(31 * MINUTE);
      store.sweep();
      expect(store.server.sessions.retries.size, "not for ever").to.equal(0);
    });
  }

  function raise(): Document {
    const updates = [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }];
    return { update: "c", updates, lsid: { id: new UUID() }, txnNumber: Long.fromNumber(1) };
  }

  it("removes a document when the wall clock says that its time is over, however often that is set back", async () => {
    const index = { name: "at_1", key: { at: 1 }, expireAfterSeconds: 60 };
    await store.ask({ createIndexes: "expiring", indexes: [index] });
    await store.ask({ insert: "expiring", documents: [{ _id: 1, at: new Date(clock.now()) }] });
    const left = async () => (await store.ask({ count: "expiring", query: {} })).n;
    clock.pass(59 * SECOND);
    store.sweep();
    expect(await left()).to.equal(1);
    clock.setWall(-DAY);
    clock.pass(MINUTE);
    store.sweep();
    expect(await left()).to.equal(1);
    clock.setWall(DAY);
    store.sweep();
    expect(await left()).to.equal(0);
  });

  it("lets a write wait for transactions for 15 s in all, whatever the wall clock says", async () => {
    const holding = async (_id: number) => {
      const numbered = {
        lsid: { id: new UUID() },
        txnNumber: Long.fromNumber(1),
        autocommit: false,
      };
      const update = { update: "c", updates: [{ q: { _id }, u: { $inc: { n: 1 } } }] };
      const begun = await store.ask({ ...update, ...numbered, startTransaction: true });
      expect(begun).to.include({ ok: 1 });
      return () => store.ask({ abortTransaction: 1, ...numbered, $db: "admin" });
    };
    const [endOne, endTwo] = [await holding(1), await holding(2)];
    const both = { q: { _id: { $in: [1, 2] } }, u: { $set: { w: 1 } }, multi: true };
    const waiting = store.ask({ update: "c", updates: [both] });
    await store.ask({ ping: 1 });
    clock.setWall(-DAY);
    clock.pass(16 * SECOND);
    await endOne();
    expect(await waiting).to.include({ ok: 0, code: 24, codeName: "LockTimeout" });
    await endTwo();
    expect(await store.ask({ update: "c", updates: [both] })).to.include({ ok: 1, nModified: 2 });
  });
});
