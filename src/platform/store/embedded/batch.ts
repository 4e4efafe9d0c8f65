/** Batches: writes that share one commit, and what is done when it fails. */
import { storeCount } from "./catalogue.ts";
import type { Batch, Store } from "./store.ts";
import { keepSnapshots } from "./transaction.ts";

/**
 * Runs writes in one commit. When anything of it fails, the disk and everything in memory are as before; row ids alone
 * are not given again, because open transactions may hold them.
 */
export function runBatch(store: Store, work: () => void): void {
  const { tables } = store;
  const batch: Batch = { undo: [], counted: new Set(), committed: [] };
  let isCommitting = false;
  let hasWritten = false;
  // Many a batch writes nothing: the statements of a transaction go to its overlay until it commits.
  tables.hooks.beforeWrite = () => {
    tables.hooks.beforeWrite = null;
    tables.db.exec("BEGIN IMMEDIATE");
    keepSnapshots(store); // what open transactions see, before it changes
    hasWritten = true;
  };
  store.batch = batch;
  try {
    work();
    for (const collection of batch.counted) {
      if (!collection.dropped) storeCount(tables, collection);
    }
    isCommitting = hasWritten;
    if (hasWritten) tables.db.exec("COMMIT");
  } catch (error) {
    store.batch = null;
    tables.hooks.beforeWrite = null;
    for (const undo of batch.undo.reverse()) undo();
    rollback(store);
    if (isCommitting) bury(store);
    throw error;
  }
  store.batch = null;
  tables.hooks.beforeWrite = null;
  if (hasWritten) store.sequence++;
  for (const follow of batch.committed) follow();
}

/** Takes back what the connection has written; after a full disk or an I/O error SQLite has done so by itself. */
function rollback({ tables: { db } }: Store): void {
  try {
    if (db.isInTransaction()) db.exec("ROLLBACK");
  } catch {
    db.close(); // nobody may read what was not committed: every request fails until the next start
  }
}

/**
 * Writes another commit over one that failed: what could be written but not synced stands in the log, and a crash would
 * bring back what was answered with an error. Where the disk refuses this one, too, the next that succeeds does it.
 */
function bury(store: Store): void {
  const { db, putMeta } = store.tables;
  try {
    db.exec("BEGIN IMMEDIATE");
    putMeta("failed", Buffer.from(new Date(store.clock.now()).toISOString()));
    db.exec("COMMIT");
  } catch {
    rollback(store);
  }
}
