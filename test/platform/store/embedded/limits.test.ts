import { once } from "node:events";
import { connect } from "node:net";
import { Binary, BSON, type Document, Long, UUID } from "bson";
import { expect } from "chai";
import { type Collection, MongoClient } from "mongodb";
import { MAX_SESSIONS } from "../../../../src/platform/store/embedded/session.ts";
import { TRIAL } from "../shape-record.ts";
import { expectCode, temporaryFolder } from "./opened-store.ts";
import { messageOf, socketPathOf } from "./raw-client.ts";
import { type ServedStore, servedStore } from "./served-store.ts";
import { TestClock } from "./test-clock.ts";

const MAX_BYTES = 16 * 1024 * 1024;
const AT_ONCE = 500;

/** Returns a document of exactly so many bytes. */
function documentOf(bytes: number): Document {
  const empty = BSON.calculateObjectSize({ _id: 1, pad: new Binary(Buffer.alloc(0)) });
  return { _id: 1, pad: new Binary(Buffer.alloc(bytes - empty, "claim ")) };
}

describe("embedded store: limits", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: TestClock;
  let store: ServedStore;

  beforeEach(async () => {
    folder = temporaryFolder();
    clock = new TestClock();
    store = await servedStore(folder.path, { clock });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  describe("of sessions", () => {
    const write = (lsid: Document, i: number): Document => ({
      insert: "c",
      documents: [{ i }],
      lsid,
      txnNumber: Long.fromNumber(1),
    });

    /** Lets many sessions do something, many of them in one turn. */
    async function each(lsids: readonly Document[], act: (lsid: Document, i: number) => Document) {
      const replies: Document[] = [];
      for (let from = 0; from < lsids.length; from += AT_ONCE) {
        const some = lsids.slice(from, from + AT_ONCE);
        store.raw.socket.cork();
        const asked = some.map((lsid, i) => store.ask(act(lsid, from + i)));
        store.raw.socket.uncork();
        replies.push(...(await Promise.all(asked)));
      }
      return replies;
    }

    const newSessions = (n: number) => Array.from({ length: n }, () => ({ id: new UUID() }));

    it(`keeps the answers of ${MAX_SESSIONS} sessions, refuses one more, and lets it in when one is idle`, async () => {
      const { retries } = store.server.sessions;
      const lsids = newSessions(MAX_SESSIONS);
      const first = lsids[0] as Document;
      const replies = await each(lsids, write);
      expect(replies.every(({ n }) => n === 1)).to.equal(true);
      const excess = { id: new UUID() };
      expect(await store.ask(write(excess, -1))).to.include({
        code: 261,
        codeName: "TooManyLogicalSessions",
      });
      expect(await store.ask(write(first, 0))).to.deep.equal(replies[0]);
      expect(await store.ask({ insert: "c", documents: [{ i: -2 }] })).to.include({ n: 1 });
      expect((await store.ask({ count: "c", query: {} })).n).to.equal(MAX_SESSIONS + 1);
      clock.pass(61_000);
      expect(await store.ask(write(excess, -1))).to.include({ n: 1 });
      expect(retries.size).to.equal(MAX_SESSIONS);
      expect(retries.has(first.id.toString("hex").replaceAll("-", ""))).to.equal(false);
      expect(store.server.store.tables.listMeta("r:")).to.have.length(MAX_SESSIONS);
    });

    it("forgets a session's answer when the client ends it", async () => {
      const lsid = newSessions(1)[0] as Document;
      await store.ask(write(lsid, 1));
      await store.ask({ endSessions: [lsid], $db: "admin" });
      store.sweep();
      expect(store.server.store.tables.listMeta("r:")).to.deep.equal([]);
      expect(store.server.sessions.retries.size).to.equal(0);
    });

    it("remembers no more sessions than that for their transactions, and nothing of what those wrote", async () => {
      const lsids = newSessions(MAX_SESSIONS + 50);
      const transaction = { txnNumber: Long.fromNumber(1), autocommit: false };
      const begin = (lsid: Document, i: number): Document => {
        const insert = { insert: "c", documents: [{ i }], startTransaction: true };
        return { ...insert, ...transaction, lsid };
      };
      const end = (lsid: Document) => ({ abortTransaction: 1, ...transaction, lsid, $db: "admin" });
      await store.ask({ create: "c" });
      for (let from = 0; from < lsids.length; from += 25) {
        const some = lsids.slice(from, from + 25);
        const begun = await each(some, begin);
        expect(begun.every(({ ok }) => ok === 1)).to.equal(true);
        await each(some, end);
      }
      const { transactions } = store.server.sessions;
      expect(transactions.size).to.equal(MAX_SESSIONS);
      for (const { transaction: ended } of transactions.values()) {
        expect(ended.overlays.size + ended.locks.size + ended.keyLocks.size).to.equal(0);
      }
      expect(store.server.store.locks.size).to.equal(0);
    });
  });

  describe("of size", () => {
    let client: MongoClient;
    let c: Collection;

    beforeEach(() => {
      client = new MongoClient(store.uri, { appName: TRIAL });
      c = client.db("t").collection("c");
    });
    afterEach(() => client.close());

    it("stores a document of 16 MB and gives it back as it was", async () => {
      const document = documentOf(MAX_BYTES);
      expect(BSON.calculateObjectSize(document)).to.equal(MAX_BYTES);
      await c.insertOne(document as never);
      const [found] = await c.find({ pad: { $exists: true } }).toArray();
      expect(Buffer.from(found?.pad.buffer).equals(document.pad.buffer)).to.equal(true);
    });

    it("refuses a larger one with 10334, whether it is inserted, replaced or grown", async () => {
      await expectCode(c.insertOne(documentOf(17_000_000) as never), 10334);
      await expectCode(c.insertOne(documentOf(MAX_BYTES + 1) as never), 10334);
      await c.insertOne(documentOf(MAX_BYTES - 100) as never);
      await expectCode(c.updateOne({}, { $set: { more: "x".repeat(100) } }), 10334);
      const { _id, ...replacement } = documentOf(MAX_BYTES + 1);
      await expectCode(c.replaceOne({}, replacement), 10334);
      expect(await c.countDocuments({ more: { $exists: false } })).to.equal(1);
    });

    it("drops a connection that announces more than 48,000,000 bytes, and serves the others", async () => {
      for (const [bytes, dropped] of [
        [48_000_001, true],
        [48_000_000, false],
      ] as const) {
        const socket = connect(socketPathOf(store.uri));
        const message = messageOf({ ping: 1, $db: "t" }, 1);
        message.writeInt32LE(bytes, 0);
        socket.write(message);
        if (dropped) await once(socket, "close");
        else expect(await store.ask({ ping: 1 })).to.include({ ok: 1 });
        expect(socket.destroyed).to.equal(dropped);
        socket.destroy();
      }
      expect(await store.ask({ ping: 1 })).to.include({ ok: 1 });
    });

    it("takes nothing more from a client that does not read its answers", async () => {
      await c.insertOne({ pad: "x".repeat(4_000_000) });
      const socket = connect(socketPathOf(store.uri));
      socket.pause();
      const find = messageOf({ find: "c", filter: {}, $db: "t" }, 1);
      socket.write(Buffer.concat(Array.from({ length: 500 }, () => find)));
      await once(socket, "connect");
      const before = process.memoryUsage().rss;
      for (let i = 0; i < 50; i++) expect(await store.ask({ ping: 1 })).to.include({ ok: 1 });
      expect(process.memoryUsage().rss - before).to.be.lessThan(600_000_000);
      socket.destroy();
    });
  });
});
