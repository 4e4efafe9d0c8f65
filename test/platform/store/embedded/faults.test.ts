import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Document, Long, UUID } from "bson";
import { expect } from "chai";
import { type Engine, openDatabase } from "../../../../src/platform/store/embedded/engine.ts";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { sweep } from "../../../../src/platform/store/embedded/janitor.ts";
import { type Fault, FULL, faultyEngine, GONE, REFUSED } from "./faulty-engine.ts";
import { temporaryFolder } from "./opened-store.ts";
import { type ServedStore, servedStore } from "./served-store.ts";
import { type StoredState, stateOfBoth, stateOnDisk } from "./stored-state.ts";

/** A fault is let strike later and later, until what is done passes before it does; this often at most. */
const MOST_STEPS = 2000;
const CODE_OF: Readonly<Record<string, number>> = { refused: 96, full: 14031, gone: 96 };

const INDEXES = [
  { name: "u_1", key: { u: 1 }, unique: true },
  { name: "tags_1_u_-1", key: { tags: 1, u: -1 } },
  { name: "even_1", key: { even: 1 }, partialFilterExpression: { even: true } },
];

const documentOf = (i: number): Document => ({
  _id: i,
  u: `u${i}`,
  tags: [i % 3, `t${i % 2}`],
  even: i % 2 === 0,
  n: 0,
  old: new Date(0),
});

/** Does one thing to a store, from the beginning on each time, and returns its last answer. */
type Work = (store: ServedStore, attempt: number, arm: () => void) => Promise<Document>;

const command =
  (text: Document): Work =>
  (store, _attempt, arm) => {
    arm();
    return store.ask(text);
  };

const session = { id: new UUID() };

const commit: Work = async (store, attempt, arm) => {
  const transaction = {
    lsid: session,
    txnNumber: Long.fromNumber(attempt),
    autocommit: false,
    $db: "t",
  };
  const steps = [
    { insert: "c", documents: [documentOf(100)], startTransaction: true },
    { update: "c", updates: [{ q: { _id: { $lt: 3 } }, u: { $inc: { n: 1 } }, multi: true }] },
    { delete: "c", deletes: [{ q: { _id: 5 }, limit: 1 }] },
  ];
  for (const step of steps) {
    const reply = await store.ask({ ...step, ...transaction });
    if (reply.ok !== 1) throw new Error(reply.errmsg);
  }
  arm();
  return await store.ask({ commitTransaction: 1, ...transaction });
};

const transaction: Work = async (store, attempt, arm) => {
  arm();
  const numbered = { lsid: session, txnNumber: Long.fromNumber(attempt), autocommit: false };
  const insert = { insert: "c", documents: [documentOf(100)], startTransaction: true };
  const reply = await store.ask({ ...insert, ...numbered });
  if (reply.ok !== 1) return reply;
  return await store.ask({ commitTransaction: 1, ...numbered });
};

const expiry: Work = async ({ server }, _attempt, arm) => {
  arm();
  try {
    sweep(server);
    return { ok: 1 };
  } catch (error) {
    const { errcode } = error as { errcode: number };
    return { ok: 0, code: errcode === 13 ? 14031 : 96 };
  }
};

const WORKS: Readonly<Record<string, Work>> = {
  "an insert": command({ insert: "c", documents: [documentOf(100)] }),
  "an insert of many": command({
    insert: "c",
    documents: Array.from({ length: 8 }, (_, i) => documentOf(100 + i)),
  }),
  "an insert into a collection that is not there yet": command({
    insert: "other",
    documents: [{ _id: 1 }],
  }),
  "an update of many": command({
    update: "c",
    updates: [{ q: {}, u: { $inc: { n: 1 }, $push: { tags: "new" } }, multi: true }],
  }),
  "an upsert": command({
    update: "c",
    updates: [{ q: { _id: 100 }, u: { $set: { u: "new", n: 1 } }, upsert: true }],
  }),
  "a delete of many": command({ delete: "c", deletes: [{ q: { even: true }, limit: 0 }] }),
  "a retryable findAndModify": command({
    findAndModify: "c",
    query: { _id: 2 },
    update: { $inc: { n: 1 } },
    new: true,
    lsid: { id: new UUID() },
    txnNumber: Long.fromNumber(1),
  }),
  "the creation of indexes": command({
    createIndexes: "c",
    indexes: [
      { name: "n_1", key: { n: 1 } },
      { name: "tags_1", key: { tags: 1 } },
    ],
  }),
  "a drop of an index": command({ dropIndexes: "c", index: "tags_1_u_-1" }),
  "a drop": command({ drop: "c" }),
  "a commit": commit,
  "a transaction": transaction,
  "the removal of expired documents": expiry,
};

describe("embedded store: faults at the engine", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let template: string;

  before(async () => {
    folder = temporaryFolder();
    template = join(folder.path, "template");
    const store = await servedStore(template);
    const ttl = { name: "old_1", key: { old: 1 }, expireAfterSeconds: 60 };
    await store.ask({ createIndexes: "expiring", indexes: [ttl] });
    for (const collection of ["c", "expiring"]) {
      const documents = Array.from({ length: 8 }, (_, i) => documentOf(i));
      await store.ask({ insert: collection, documents });
    }
    await store.ask({ createIndexes: "c", indexes: INDEXES });
    await store.close();
    rmSync(join(template, "s.sock"), { force: true });
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    opened.clear();
  });
  after(() => folder.remove());

  const opened = new Set<ServedStore>();

  async function serve(directory: string, engine: Engine = openDatabase): Promise<ServedStore> {
    const store = await servedStore(directory, { engine });
    opened.add(store);
    return store;
  }

  async function close(store: ServedStore): Promise<void> {
    opened.delete(store);
    await store.close();
  }

  let copies = 0;

  /** Returns a new folder that holds what the template holds. */
  function copied(): string {
    const directory = join(folder.path, `copy-${++copies}`);
    cpSync(template, directory, { recursive: true });
    return directory;
  }

  function expectSound(directory: string): void {
    expect(verifyEmbedded({ directory }).problems).to.deep.equal([]);
  }

  const stateIn = ({ server }: ServedStore, directory: string): StoredState =>
    stateOfBoth(server.store, server.sessions.retries.keys(), directory);

  /** Opens a copy, and returns what it holds once the work is done without a fault. */
  async function stateAfter(work: Work): Promise<StoredState> {
    const directory = copied();
    const store = await serve(directory);
    expect(await work(store, 1, () => undefined)).to.include({ ok: 1 });
    const state = stateIn(store, directory);
    await close(store);
    return state;
  }

  /** Lets the work meet the fault at every step; the store stays open, and what failed changes nothing. */
  async function failAtEveryStep(work: Work, fault: Fault): Promise<number> {
    const done = await stateAfter(work);
    let directory = copied();
    const faulty = faultyEngine();
    let store = await serve(directory, faulty.engine);
    const before = stateIn(store, directory);
    let step = 1;
    for (; step < MOST_STEPS; step++) {
      const reply = await work(store, step, () => faulty.arm(step, fault));
      const struck = faulty.disarm();
      const where = `step ${step}: ${JSON.stringify(reply)}`;
      if (reply.ok === 1) {
        expect(stateIn(store, directory), where).to.deep.equal(done);
        if (!struck) break;
        await close(store);
        directory = copied();
        store = await serve(directory, faulty.engine);
      } else {
        expect(reply.code, where).to.equal(CODE_OF[fault.name]);
        expect(stateIn(store, directory), where).to.deep.equal(before);
      }
    }
    await close(store);
    expectSound(directory);
    expect(stateOnDisk(directory)).to.deep.equal(done);
    return step;
  }

  /** Lets the disk be gone from every step on; the store may close, and the next one to open finds what was. */
  async function goneFromEveryStep(work: Work): Promise<number> {
    const done = await stateAfter(work);
    const before = stateOnDisk(template);
    for (let step = 1; step < MOST_STEPS; step++) {
      const directory = copied();
      const faulty = faultyEngine();
      const store = await serve(directory, faulty.engine);
      const reply = await work(store, 1, () => faulty.arm(step, GONE));
      const later = await store.ask({ count: "c", query: {} });
      const struck = faulty.disarm();
      expect(later.ok === 1 || later.code === 96, "says why it does not go on").to.equal(true);
      await close(store);
      expectSound(directory);
      const expected = reply.ok === 1 ? done : before;
      expect(stateOnDisk(directory), `step ${step}`).to.deep.equal(expected);
      if (!struck) return step;
    }
    throw new Error("the disk was never there for long enough");
  }

  for (const [name, work] of Object.entries(WORKS)) {
    for (const fault of [REFUSED, FULL]) {
      it(`reports ${name} that fails at any step (${fault.name}), changes nothing, and goes on`, async () => {
        expect(await failAtEveryStep(work, fault)).to.be.greaterThan(2);
      });
    }
  }
  for (const name of ["an insert", "a commit", "a retryable findAndModify"] as const) {
    it(`keeps what was there when the disk is gone from any step of ${name} on`, async () => {
      expect(await goneFromEveryStep(WORKS[name] as Work)).to.be.greaterThan(2);
    });
  }

  it("writes another commit over one that was not synced, for a crash would bring that one back", async () => {
    const store = await serve(copied());
    const { db } = store.server.store.tables;
    const { exec } = db;
    const said: string[] = [];
    let refusals = 1;
    db.exec = (sql) => {
      said.push(sql);
      if (sql === "COMMIT" && refusals-- > 0) throw new Error("not synced");
      exec(sql);
    };
    const insert = { insert: "c", documents: [documentOf(100)] };
    expect(await store.ask(insert)).to.include({ ok: 0 });
    const other = ["BEGIN IMMEDIATE", "COMMIT"];
    expect(said).to.deep.equal(["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", ...other]);
    expect(await store.ask(insert)).to.include({ ok: 1, n: 1 });
  });
});
