/** Transactions: a snapshot to read, an overlay to write, locks on what was written, first writer wins. */
import type { Collection, Index } from "./catalogue.ts";
import { fault, writeConflict } from "./errors.ts";
import { type Change, type KeyChange, Overlay, type Write } from "./overlay.ts";
import {
  duplicateKey,
  giveKeys,
  keyChanges,
  lockKey,
  markMultikey,
  openBatch,
  type Store,
  storeRow,
  type Transaction,
  takeKeys,
} from "./store.ts";
import { openReader, type Tables } from "./tables.ts";

/** Transactions that may be open at a time; each holds a connection. */
export const MAX_TRANSACTIONS = 100;
const MAX_OVERLAY_BYTES = 512 * 1024 * 1024;
const WARM_SNAPSHOTS = 8;
const SNAPSHOT_CACHE_KILOBYTES = 8192;

/** Connections at rest, by store. */
const idle = new WeakMap<Store, Tables[]>();

function takeSnapshot(store: Store): Tables {
  const { file, tables } = store;
  const { engine } = tables;
  const snapshot = idle.get(store)?.pop() ?? openReader(file, SNAPSHOT_CACHE_KILOBYTES, engine);
  try {
    snapshot.db.exec("BEGIN");
    snapshot.getMeta("version"); // the first read fixes the snapshot
  } catch (error) {
    snapshot.db.close();
    throw error;
  }
  return snapshot;
}

/** Opens a transaction; not inside a batch, for it must not see what that has written. */
export function beginTransaction(store: Store): Transaction {
  if (store.batch) throw new Error("a transaction must start before the batch");
  if (store.transactions.size >= MAX_TRANSACTIONS) {
    throw fault(24, "too many open transactions", { errorLabels: ["TransientTransactionError"] });
  }
  const transaction: Transaction = {
    snapshot: null,
    start: store.sequence,
    startedAt: store.clock.elapsed(),
    overlays: new Map(),
    locks: new Set(),
    keyLocks: new Set(),
    waiters: [],
    reading: true,
    ended: false,
  };
  store.transactions.add(transaction);
  return transaction;
}

/**
 * Gives a snapshot to every open transaction that has none, before anything changes what it sees; most come to
 * their commit without. One that can have none ends, and its client is told to try again.
 */
export function keepSnapshots(store: Store): void {
  for (const transaction of store.transactions) {
    if (transaction.snapshot || !transaction.reading) continue;
    try {
      transaction.snapshot = takeSnapshot(store);
    } catch {
      endTransaction(store, transaction);
    }
  }
}

/** Lets go of the snapshot; its connection is kept for another, or closed where it cannot be used again. */
function stopReading(store: Store, transaction: Transaction): void {
  const { snapshot } = transaction;
  transaction.reading = false;
  transaction.snapshot = null;
  if (!snapshot) return;
  const resting = idle.get(store) ?? [];
  idle.set(store, resting);
  try {
    snapshot.db.exec("ROLLBACK");
    // A connection that is closed goes with the garbage only; one that rests costs little without its cache.
    if (resting.length >= WARM_SNAPSHOTS) snapshot.db.exec("PRAGMA shrink_memory");
    resting.push(snapshot);
  } catch {
    snapshot.db.close(); // which frees the snapshot, too
  }
}

/** Ends a transaction, however it went: frees its snapshot and locks and wakes those who wait. */
export function endTransaction(store: Store, transaction: Transaction): void {
  if (transaction.ended) return;
  transaction.ended = true;
  store.transactions.delete(transaction);
  for (const key of transaction.locks) store.locks.delete(key);
  for (const key of transaction.keyLocks) store.keyLocks.delete(key);
  stopReading(store, transaction);
  for (const wake of transaction.waiters) wake();
  // The session keeps the transaction for the sake of its number; what it has written must not stay with it.
  transaction.overlays.clear();
  transaction.locks.clear();
  transaction.keyLocks.clear();
  transaction.waiters.length = 0;
}

/** Ends every transaction and closes the connections at rest. */
export function closeTransactions(store: Store): void {
  for (const transaction of [...store.transactions]) endTransaction(store, transaction);
  for (const snapshot of idle.get(store) ?? []) snapshot.db.close();
  idle.delete(store);
}

/** Returns what a transaction reads now. */
export function tablesOf({ tables }: Store, { snapshot }: Transaction): Tables {
  return snapshot ?? tables;
}

/** Returns whether a transaction may read by an index: its snapshot must hold the index's keys. */
export function isVisible(transaction: Transaction, index: Index): boolean {
  return index.born <= transaction.start;
}

function overlayOf(transaction: Transaction, collection: Collection): Overlay {
  let overlay = transaction.overlays.get(collection);
  if (!overlay) {
    overlay = new Overlay();
    transaction.overlays.set(collection, overlay);
  }
  return overlay;
}

/** Takes the lock on a document, or loses: to another transaction, or to a commit since the snapshot. */
function lockDocument(store: Store, t: Transaction, c: Collection, write: Write): void {
  const { rowId, before: seen } = write;
  const key = lockKey(c, rowId);
  const holder = store.locks.get(key);
  if (holder === t) return;
  if (holder) throw writeConflict();
  const isCurrent = !seen || c.changedAt <= t.start;
  if (!isCurrent && !store.tables.getDocument(c.id, rowId)?.equals(seen)) throw writeConflict();
  store.locks.set(key, t);
  t.locks.add(key);
}

/** Takes the keys that a document gets in a unique index, or loses them: to a document, or to another transaction. */
function reserveKeys(
  store: Store,
  t: Transaction,
  c: Collection,
  { rowId, after }: Write,
  { index, added }: KeyChange,
): void {
  const overlay = overlayOf(t, c);
  for (const key of added) {
    const text = key.toString("latin1");
    const own = overlay.owner(index, text);
    if (own !== undefined && own !== rowId) throw duplicateKey(c, index, after as Buffer);
    const holder = store.keyLocks.get(text);
    if (holder && holder !== t) throw writeConflict();
    const owner = store.tables.getKey(key);
    if (owner !== undefined && owner !== rowId && !overlay.changes.has(owner)) {
      const seen = isVisible(t, index) ? tablesOf(store, t).getKey(key) : owner;
      const locked = store.locks.has(lockKey(c, owner));
      if (seen !== owner || locked) throw writeConflict();
      throw duplicateKey(c, index, after as Buffer);
    }
    store.keyLocks.set(text, t);
    t.keyLocks.add(text);
  }
}

/** Writes one document into the transaction's overlay. */
export function writeInTransaction(store: Store, t: Transaction, c: Collection, write: Write) {
  // Of all indexes: the planner must know of arrays before the commit, which writes these keys.
  // No index comes or goes meanwhile, for that waits for the transaction.
  const changes = keyChanges(c.indexes, write);
  for (const { index, multikey } of changes) if (multikey) markMultikey(store, c, index);
  if (t.ended) throw writeConflict(); // no snapshot could be kept before that was written
  lockDocument(store, t, c, write);
  for (const change of changes) {
    if (change.index.unique) reserveKeys(store, t, c, write, change);
  }
  const overlay = overlayOf(t, c);
  overlay.set(write, changes);
  if (overlay.bytes > MAX_OVERLAY_BYTES) throw fault(257, "the transaction is too large");
}

/** Writes the overlay to the tables: all keys that go, then all that come, so that keys may change hands. */
export function commitTransaction(store: Store, t: Transaction): void {
  for (const { dropped } of t.overlays.keys()) {
    if (dropped) throw fault(26, "a collection was dropped during the transaction");
  }
  // A snapshot held over the commit would keep the log from starting anew, and every commit would checkpoint in vain.
  stopReading(store, t);
  for (const [collection, overlay] of t.overlays) {
    const writes: [Change, readonly KeyChange[]][] = [];
    for (const change of overlay.changes.values()) {
      if (!change.before && !change.after) continue;
      const keys = change.keys ?? keyChanges(collection.indexes, change);
      writes.push([change, keys]);
      takeKeys(store, change.rowId, keys);
    }
    for (const [change, keys] of writes) {
      giveKeys(store, collection, change.rowId, keys);
      storeRow(store, collection, change);
    }
  }
  openBatch(store).committed.push(() => endTransaction(store, t));
}
