import { join } from "node:path";
import { expect } from "chai";
import { runBatch } from "../../../../src/platform/store/embedded/batch.ts";
import { decode, encode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { removeExpired } from "../../../../src/platform/store/embedded/janitor.ts";
import { matching, runQuery } from "../../../../src/platform/store/embedded/query.ts";
import {
  addIndex,
  dropCollection,
  ensureCollection,
  openStore,
  removeIndex,
  type Store,
  takeRow,
  writeDocument,
} from "../../../../src/platform/store/embedded/store.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import {
  beginTransaction,
  closeTransactions,
  commitTransaction,
  endTransaction,
  writeInTransaction,
} from "../../../../src/platform/store/embedded/transaction.ts";
import { temporaryFolder } from "./opened-store.ts";

const INDEX = { name: "a_1", key: [["a", 1]] as const, unique: false, sparse: false };

/** Makes the next commit fail as a full disk would. */
function failNextCommit(store: Store): void {
  const { exec } = store.tables.db;
  store.tables.db.exec = (sql) => {
    if (sql !== "COMMIT") {
      exec(sql);
      return;
    }
    store.tables.db.exec = exec;
    throw new Error("disk full");
  };
}

describe("embedded store: batches", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;

  beforeEach(() => {
    folder = temporaryFolder();
    const file = join(folder.path, "store.sqlite");
    store = openStore(file, openWriter(file));
    runBatch(store, () => {
      const c = ensureCollection(store, "t.c");
      addIndex(store, c, INDEX);
      for (let i = 0; i < 5; i++) insert(store, { _id: i, a: i });
    });
  });
  afterEach(() => {
    closeTransactions(store);
    store.tables.db.close();
    expect(verifyEmbedded({ directory: folder.path }).problems).to.deep.equal([]);
    folder.remove();
  });

  function collection() {
    const found = store.collections.get("t.c");
    if (!found) throw new Error("the collection is gone");
    return found;
  }

  function insert(into: Store, doc: object): number {
    const row = takeRow(collection());
    writeDocument(into, collection(), { rowId: row, before: null, after: encode(doc) });
    return row;
  }

  const ids = () =>
    [...runQuery(store, null, collection(), matching({}))].map(({ raw }) => decode(raw)._id);

  it("keeps nothing of a batch whose commit fails, on disk or in memory", () => {
    const { count, indexes } = collection();
    const { sequence } = store;
    failNextCommit(store);
    const doomed = () =>
      runBatch(store, () => {
        insert(store, { _id: 9, a: [1, 2] });
        ensureCollection(store, "t.other");
        addIndex(store, collection(), { ...INDEX, name: "b_1", key: [["b", 1]] });
      });
    expect(doomed).to.throw("disk full");
    expect(collection()).to.include({ count, indexes });
    expect(collection().indexes.every((index) => !index.multikey)).to.equal(true);
    expect(store.collections.get("t.other")).to.equal(undefined);
    expect(store.sequence).to.equal(sequence);
    expect(ids()).to.deep.equal([0, 1, 2, 3, 4]);
    runBatch(store, () => insert(store, { _id: 9, a: 9 }));
    expect(ids()).to.deep.equal([0, 1, 2, 3, 4, 9]);
  });

  it("brings back a dropped collection and a dropped index when the commit fails", () => {
    failNextCommit(store);
    expect(() => runBatch(store, () => dropCollection(store, collection()))).to.throw("disk full");
    expect(collection().dropped).to.equal(false);
    failNextCommit(store);
    const [, index] = collection().indexes;
    if (!index) throw new Error("no index");
    expect(() => runBatch(store, () => removeIndex(store, collection(), index))).to.throw(
      "disk full",
    );
    expect(collection().indexes).to.have.length(2);
    expect(ids()).to.have.length(5);
  });

  it("leaves a transaction open when its commit fails, and it can end", () => {
    const t = beginTransaction(store);
    runBatch(store, () => {
      const row = takeRow(collection());
      const after = encode({ _id: 50, a: 1 });
      writeInTransaction(store, t, collection(), { rowId: row, before: null, after });
    });
    failNextCommit(store);
    expect(() => runBatch(store, () => commitTransaction(store, t))).to.throw("disk full");
    expect(ids()).to.not.include(50);
    expect(t.ended).to.equal(false);
    endTransaction(store, t);
    expect(store.locks.size + store.keyLocks.size + store.transactions.size).to.equal(0);
  });

  it("never gives a row id twice, though a batch that took some has failed", () => {
    failNextCommit(store);
    let lost = 0;
    expect(() => {
      runBatch(store, () => {
        lost = insert(store, { _id: 70 });
      });
    }).to.throw();
    let next = 0;
    runBatch(store, () => {
      next = insert(store, { _id: 71 });
    });
    expect(next).to.be.greaterThan(lost);
  });

  it("takes snapshots only while no batch is open", () => {
    expect(() => runBatch(store, () => beginTransaction(store))).to.throw("before the batch");
  });

  it("commits nothing, and keeps no snapshot, where nothing was written", () => {
    const { sequence } = store;
    const t = beginTransaction(store);
    runBatch(store, () => ids());
    expect(store.sequence).to.equal(sequence);
    expect(t.snapshot).to.equal(null);
    endTransaction(store, t);
  });

  it("keeps what an open transaction sees before anything is written", () => {
    const t = beginTransaction(store);
    const seen = () =>
      [...runQuery(store, t, collection(), matching({}))].map(({ raw }) => decode(raw)._id);
    runBatch(store, () => insert(store, { _id: 60, a: 1 }));
    expect(ids()).to.include(60);
    expect(seen()).to.deep.equal([0, 1, 2, 3, 4]);
    endTransaction(store, t);
  });

  it("ends a transaction for which no snapshot can be kept, and lets the others write", () => {
    const t = beginTransaction(store);
    const { file } = store;
    Object.assign(store, { file: join(folder.path, "missing", "store.sqlite") });
    runBatch(store, () => insert(store, { _id: 61, a: 1 }));
    Object.assign(store, { file });
    expect(t.ended).to.equal(true);
    expect(ids()).to.include(61);
  });

  it("holds nothing for a transaction that ends in the middle of its own write", () => {
    const t = beginTransaction(store);
    const { file } = store;
    Object.assign(store, { file: join(folder.path, "missing", "store.sqlite") });
    const after = encode({ _id: 62, a: [1, 2] }); // the first array in the index: that is written at once
    const write = { rowId: takeRow(collection()), before: null, after };
    const writing = () => runBatch(store, () => writeInTransaction(store, t, collection(), write));
    expect(writing).to.throw().with.property("code", 112);
    Object.assign(store, { file });
    expect(t.ended).to.equal(true);
    expect(store.locks.size + store.keyLocks.size).to.equal(0);
  });

  it("removes what a TTL index says is over, and nothing else", () => {
    const now = Date.now();
    const spec = { ...INDEX, name: "t_1", key: [["t", 1]] as const, expireAfterSeconds: 60 };
    runBatch(store, () => {
      addIndex(store, collection(), spec);
      insert(store, { _id: "old", t: new Date(now - 61_000) });
      insert(store, { _id: "young", t: new Date(now - 59_000) });
      insert(store, { _id: "list", t: [new Date(now), new Date(now - 90_000)] });
      insert(store, { _id: "text", t: "1970" });
    });
    removeExpired(store, now);
    expect(ids()).to.deep.equal([0, 1, 2, 3, 4, "young", "text"]);
  });
});
