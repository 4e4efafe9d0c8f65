/** The open store: its connection, its catalogue, and the writes of single documents. */
import { randomBytes } from "node:crypto";
import { changedFields, checkDocument, MAX_DOCUMENT_BYTES, TYPE, withIdFirst } from "./bson-raw.ts";
import {
  type Collection,
  forgetCollection,
  type Index,
  type IndexSpec,
  keysIn,
  loadCatalogue,
  NO_KEYS,
  newKeysIn,
  openCollection,
  openIndex,
  storeCollection,
  takeId,
} from "./catalogue.ts";
import { type Clock, systemClock } from "./clock.ts";
import { fault, MongoError } from "./errors.ts";
import { indexPrefix, keyValues, withRowId } from "./index-keys.ts";
import { successor } from "./key-string.ts";
import type { KeyChange, Overlay, Write } from "./overlay.ts";
import { ROWS, scanDocuments, type Tables } from "./tables.ts";

/** What must be taken back when a batch does not reach the disk, and what must follow when it does. */
export interface Batch {
  readonly undo: (() => void)[];
  readonly counted: Set<Collection>;
  readonly committed: (() => void)[];
}

/** An open transaction: what it reads, and over it what it has written. */
export interface Transaction {
  /** A snapshot, or null while the store itself is as it was when the transaction started. */
  snapshot: Tables | null;
  /** The number of commits that it sees. */
  readonly start: number;
  /** On the clock that only grows. */
  readonly startedAt: number;
  readonly overlays: Map<Collection, Overlay>;
  readonly locks: Set<number>;
  readonly keyLocks: Set<string>;
  readonly waiters: (() => void)[];
  /** It may read: until its end, or until its commit begins. */
  reading: boolean;
  ended: boolean;
}

/** An open store. */
export interface Store {
  readonly file: string;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly locks: Map<number, Transaction>;
  readonly keyLocks: Map<string, Transaction>;
  readonly transactions: Set<Transaction>;
  /** Chosen at every start, so that a cursor id of an earlier start is not mistaken for one of this. */
  readonly epoch: number;
  collections: Map<string, Collection>;
  /** Number of commits since the start. */
  sequence: number;
  batch: Batch | null;
}

/** Thrown by a plain write that meets a document of an open transaction: it waits for its end. */
export class Blocked extends Error {
  readonly transaction: Transaction;

  constructor(transaction: Transaction) {
    super("waiting for an open transaction");
    this.transaction = transaction;
  }
}

/** Returns a store over tables that are open. */
export function openStore(file: string, tables: Tables, clock: Clock = systemClock): Store {
  return {
    file,
    tables,
    clock,
    locks: new Map(),
    keyLocks: new Map(),
    transactions: new Set(),
    epoch: randomBytes(4).readUInt32BE(0),
    collections: loadCatalogue(tables),
    sequence: 0,
    batch: null,
  };
}

/** Returns the batch in progress; writes outside one are a programmer's error. */
export function openBatch(store: Store): Batch {
  if (!store.batch) throw new Error("a write outside a batch");
  return store.batch;
}

function countChange(store: Store, collection: Collection, by: number): void {
  const batch = openBatch(store);
  if (!batch.counted.has(collection)) {
    const { count } = collection;
    batch.counted.add(collection);
    batch.undo.push(() => {
      collection.count = count;
    });
  }
  collection.count += by;
}

/** Returns a collection by its full name, making it where it does not exist. */
export function ensureCollection(store: Store, ns: string): Collection {
  const existing = store.collections.get(ns);
  if (existing) return existing;
  checkNamespace(ns);
  const id = takeId(store.tables, "collection");
  if (id >= 2 ** 17) throw fault(67, "too many collections were created in this store");
  const spec = { name: "_id_", key: [["_id", 1]] as const, unique: true, sparse: false };
  const index = openIndex(spec, takeId(store.tables, "index"), false, 0);
  const collection = openCollection(ns, id, [index]);
  storeCollection(store.tables, collection);
  store.collections.set(ns, collection);
  openBatch(store).undo.push(() => store.collections.delete(ns));
  return collection;
}

function checkNamespace(ns: string): void {
  const dot = ns.indexOf(".");
  const database = ns.slice(0, dot);
  const name = ns.slice(dot + 1);
  const badDatabase = database === "" || /[\0/\\ "$]/.test(database);
  const badName = name === "" || name.startsWith(".") || name.endsWith(".") || /[$\0]/.test(name);
  if (badDatabase || badName || Buffer.byteLength(ns) > 255)
    throw fault(73, "Invalid namespace specified");
}

/** Waits for transactions that have written to a collection, so that its shape does not change under them. */
function awaitWriters(store: Store, collection: Collection): void {
  for (const transaction of store.transactions) {
    if (transaction.overlays.has(collection)) throw new Blocked(transaction);
  }
}

/** Removes a collection with its documents and indexes. */
export function dropCollection(store: Store, collection: Collection): void {
  awaitWriters(store, collection);
  for (const index of collection.indexes) removeKeys(store, index);
  store.tables.deleteDocuments(collection.id);
  forgetCollection(store.tables, collection);
  store.collections.delete(collection.ns);
  collection.dropped = true;
  openBatch(store).undo.push(() => {
    collection.dropped = false;
    store.collections.set(collection.ns, collection);
  });
}

function removeKeys(store: Store, index: Index): void {
  const prefix = indexPrefix(index.id);
  store.tables.deleteKeys(prefix, successor(prefix));
}

function setIndexes(store: Store, collection: Collection, indexes: readonly Index[]): void {
  const before = collection.indexes;
  openBatch(store).undo.push(() => {
    collection.indexes = before;
  });
  collection.indexes = indexes;
  storeCollection(store.tables, collection);
}

function indexDocuments(store: Store, collection: Collection, index: Index): void {
  for (const { rowId, raw } of scanDocuments(store, collection.id)) {
    const found = newKeysIn(index, raw);
    index.multikey ||= found.multikey;
    for (const key of found.keys) {
      if (index.unique && store.tables.getKey(key) !== undefined) {
        throw duplicateKey(collection, index, raw);
      }
      putKey(store, collection, index, key, rowId);
    }
  }
}

/** Builds an index over the documents that exist and adds it to the collection. */
export function addIndex(store: Store, collection: Collection, spec: IndexSpec): void {
  awaitWriters(store, collection);
  const id = takeId(store.tables, "index");
  const index = openIndex(spec, id, false, store.sequence + 1);
  try {
    indexDocuments(store, collection, index);
  } catch (error) {
    // The keys written so far belong to an id that is never used again, but they must not stay.
    if (error instanceof MongoError) removeKeys(store, index);
    throw error;
  }
  setIndexes(store, collection, [...collection.indexes, index]);
}

/** Removes an index with its keys. */
export function removeIndex(store: Store, collection: Collection, index: Index): void {
  awaitWriters(store, collection);
  removeKeys(store, index);
  setIndexes(
    store,
    collection,
    collection.indexes.filter((other) => other !== index),
  );
}

function putKey(store: Store, c: Collection, index: Index, key: Buffer, rowId: number): void {
  store.tables.putKey(index.unique ? key : withRowId(key, rowId), c.id, rowId);
}

function deleteKey(store: Store, index: Index, key: Buffer, rowId: number): void {
  store.tables.deleteKey(index.unique ? key : withRowId(key, rowId));
}

/** Returns MongoDB's E11000; the values are in `keyValue` only, for the message may reach a log. */
export function duplicateKey(collection: Collection, index: Index, raw: Buffer): MongoError {
  const keyPattern = Object.fromEntries(index.key);
  const shown = index.key.map(([field, way]) => `${field}: ${way}`).join(", ");
  return fault(
    11000,
    `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key pattern: { ${shown} }`,
    { keyPattern, keyValue: keyValues(index.fields, raw) },
  );
}

/** Returns the place of a document among all documents, as locks know it. */
export function lockKey(collection: Collection, rowId: number): number {
  return collection.id * ROWS + rowId;
}

/** Notes that documents may stand more than once in an index; it stays so until the index is built anew. */
export function markMultikey(store: Store, collection: Collection, index: Index): void {
  if (index.multikey) return;
  index.multikey = true;
  openBatch(store).undo.push(() => {
    index.multikey = false;
  });
  storeCollection(store.tables, collection);
}

/** Returns whether an index can differ between two versions whose changed top-level fields are known. */
function isTouched(index: Index, changed: ReadonlySet<string> | null): boolean {
  if (!changed) return true;
  for (const root of index.roots) if (changed.has(root)) return true;
  return false;
}

/** Returns the keys that are not among others. */
function keysWithout(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  if (keys.length === 0 || others.length === 0) return keys;
  return keys.filter((key) => !others.some((other) => other.equals(key)));
}

/** Returns how the keys of a collection's indexes change when a document changes. */
export function keyChanges(indexes: readonly Index[], write: Write): KeyChange[] {
  const { before, after, changed } = write;
  const out: KeyChange[] = [];
  const touched = before && after ? (changed ?? changedFields(before, after)) : null;
  for (const index of indexes) {
    if (!isTouched(index, touched)) continue;
    const old = before ? keysIn(index, before) : NO_KEYS;
    const { keys, multikey } = after ? newKeysIn(index, after) : NO_KEYS;
    const removed = keysWithout(old.keys, keys);
    const added = keysWithout(keys, old.keys);
    if (removed.length + added.length > 0 || multikey) {
      out.push({ index, removed, added, multikey });
    }
  }
  return out;
}

function checkUnique(store: Store, c: Collection, { rowId, after }: Write, change: KeyChange) {
  for (const key of change.added) {
    const reserved = store.keyLocks.size > 0 && store.keyLocks.get(key.toString("latin1"));
    if (reserved) throw new Blocked(reserved);
    const owner = store.tables.getKey(key);
    if (owner === undefined || owner === rowId) continue;
    const holder = store.locks.get(lockKey(c, owner));
    if (holder) throw new Blocked(holder);
    throw duplicateKey(c, change.index, after as Buffer);
  }
}

/** Writes one document outside a transaction: everything is checked before anything is written. */
export function writeDocument(store: Store, collection: Collection, write: Write): void {
  const changes = keyChanges(collection.indexes, write);
  for (const change of changes) {
    if (change.index.unique) checkUnique(store, collection, write, change);
  }
  takeKeys(store, write.rowId, changes);
  giveKeys(store, collection, write.rowId, changes);
  storeRow(store, collection, write);
}

/** Removes the index keys that go with a change. */
export function takeKeys(store: Store, rowId: number, changes: readonly KeyChange[]): void {
  for (const { index, removed } of changes) {
    for (const key of removed) deleteKey(store, index, key, rowId);
  }
}

/** Writes the index keys that come with a change that has been checked. */
export function giveKeys(
  store: Store,
  c: Collection,
  rowId: number,
  changes: readonly KeyChange[],
) {
  for (const { index, added, multikey } of changes) {
    if (multikey) markMultikey(store, c, index);
    for (const key of added) putKey(store, c, index, key, rowId);
  }
}

/** Writes the document itself and keeps the count. */
export function storeRow(store: Store, c: Collection, { rowId, before, after }: Write): void {
  c.changedAt = store.sequence + 1;
  if (after) store.tables.putDocument(c.id, rowId, after);
  else store.tables.deleteDocument(c.id, rowId);
  if (!before) countChange(store, c, 1);
  else if (!after) countChange(store, c, -1);
}

/** Returns a well-formed document as it may be stored: within the size limit, `_id` first. */
export function storableDocument(raw: Buffer): Buffer {
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw fault(10334, "object to insert is larger than the maximum of 16777216 bytes");
  }
  const document = withIdFirst(raw);
  const idType = document[4];
  if (idType === TYPE.array || idType === TYPE.regex) {
    throw fault(53, "The '_id' value cannot be of type array or regex");
  }
  return document;
}

/** Returns a document as it may be stored that no message has brought: it is checked first. */
export function checkedDocument(raw: Buffer): Buffer {
  checkDocument(raw, 0, raw.length);
  return storableDocument(raw);
}

/** Returns a row id that no document of the collection has had since the start. */
export function takeRow(collection: Collection): number {
  if (collection.nextRow >= ROWS) throw fault(1, "the collection has used up its row ids");
  return collection.nextRow++;
}
