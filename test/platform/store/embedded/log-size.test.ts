/** How large the write-ahead log grows while transactions come one after the other. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runBatch } from "../../../../src/platform/store/embedded/batch.ts";
import { encode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import {
  ensureCollection,
  openStore,
  takeRow,
} from "../../../../src/platform/store/embedded/store.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import {
  beginTransaction,
  closeTransactions,
  commitTransaction,
  writeInTransaction,
} from "../../../../src/platform/store/embedded/transaction.ts";
import { temporaryFolder } from "./opened-store.ts";

const LOG_PAGES = 50;
const PAGE_BYTES = 8192;

describe("embedded store: the log", () => {
  it("starts anew between transactions, instead of growing with each", () => {
    const folder = temporaryFolder();
    const file = join(folder.path, "store.sqlite");
    const store = openStore(file, openWriter(file));
    store.tables.db.exec(`PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=${LOG_PAGES}`);
    runBatch(store, () => ensureCollection(store, "t.c"));
    const c = store.collections.get("t.c");
    if (!c) throw new Error("no collection");
    for (let i = 0; i < 500; i++) {
      const t = beginTransaction(store);
      const raw = encode({ _id: i, pad: "x".repeat(PAGE_BYTES) });
      runBatch(store, () =>
        writeInTransaction(store, t, c, { rowId: takeRow(c), before: null, after: raw }),
      );
      runBatch(store, () => commitTransaction(store, t));
    }
    const logBytes = statSync(`${file}-wal`).size;
    closeTransactions(store);
    store.tables.db.close();
    folder.remove();
    expect(logBytes).to.be.lessThan(4 * LOG_PAGES * PAGE_BYTES);
  });
});
