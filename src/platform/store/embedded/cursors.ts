/** Open cursors: each rests between two batches without holding anything of the database. */
import type { Collection } from "./catalogue.ts";
import type { Clock } from "./clock.ts";
import { fault } from "./errors.ts";
import type { Transaction } from "./store.ts";
import { cursorBody } from "./wire.ts";

/** A cursor that has more to give. */
interface Cursor {
  readonly ns: string;
  readonly rows: Iterator<Buffer>;
  readonly transaction: Transaction | null;
  readonly collection: Collection | null;
  /** A row that did not fit into the last batch. */
  held: Buffer | null;
  /** On the clock that only grows. */
  usedAt: number;
}

/** The open cursors of one worker. */
export interface Cursors {
  readonly open: Map<bigint, Cursor>;
  readonly clock: Clock;
  next: bigint;
}

const MAX_CURSORS = 1000;
const IDLE_MS = 10 * 60_000;
const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
/** Ids of the reader worker have this bit, so that both workers know whose a cursor is. */
const READER_BIT = 1n << 60n;

/** Returns an empty set of cursors; ids start anew at every start of the store. */
export function openCursors(epoch: number, isReader: boolean, clock: Clock): Cursors {
  const base = (BigInt(epoch & 0xffffff) << 32n) + 1n;
  return { open: new Map(), clock, next: isReader ? base | READER_BIT : base };
}

/** Returns whether a cursor lives in the reader worker. */
export function isReaderCursor(id: bigint): boolean {
  return (id & READER_BIT) !== 0n;
}

interface Batch {
  readonly documents: Buffer[];
  readonly held: Buffer | null;
  readonly done: boolean;
}

function takeBatch(rows: Iterator<Buffer>, held: Buffer | null, most: number): Batch {
  const documents: Buffer[] = [];
  let bytes = 0;
  let waiting = held;
  while (documents.length < most) {
    const next = waiting ? { done: false as const, value: waiting } : rows.next();
    waiting = null;
    if (next.done) return { documents, held: null, done: true };
    bytes += next.value.length;
    if (bytes > BATCH_BYTES && documents.length > 0) {
      return { documents, held: next.value, done: false };
    }
    documents.push(next.value);
  }
  return { documents, held: null, done: false };
}

/** What a reading command has to give. */
export interface Results {
  readonly ns: string;
  readonly rows: Iterator<Buffer>;
  readonly transaction: Transaction | null;
  readonly collection: Collection | null;
  readonly batchSize: number | undefined;
  /** Everything that is wanted is in the first batch. */
  readonly single: boolean;
}

/** Returns the answer with the first batch, and keeps a cursor for the rest. */
export function firstBatch(cursors: Cursors, results: Results): Buffer {
  const { ns, rows, transaction, collection, batchSize, single } = results;
  const batch = takeBatch(rows, null, batchSize ?? FIRST_BATCH);
  let id = 0n;
  if (!batch.done && !single) {
    if (cursors.open.size >= MAX_CURSORS) throw fault(146, "too many open cursors");
    id = cursors.next++;
    const usedAt = cursors.clock.elapsed();
    cursors.open.set(id, { ns, rows, transaction, collection, held: batch.held, usedAt });
  }
  return cursorBody(id, ns, "firstBatch", batch.documents);
}

/** Returns the answer with the next batch of an open cursor. */
export function nextBatch(
  cursors: Cursors,
  id: bigint,
  transaction: Transaction | null,
  batchSize: number | undefined,
): Buffer {
  const cursor = cursors.open.get(id);
  if (!cursor || cursor.transaction !== transaction || cursor.transaction?.ended) {
    throw fault(43, `cursor id ${id} not found`);
  }
  if (cursor.collection?.dropped) {
    cursors.open.delete(id);
    throw fault(175, "collection dropped while a cursor was open");
  }
  const most = batchSize || Number.POSITIVE_INFINITY;
  const batch = takeBatch(cursor.rows, cursor.held, most);
  cursor.held = batch.held;
  cursor.usedAt = cursors.clock.elapsed();
  if (batch.done) cursors.open.delete(id);
  return cursorBody(batch.done ? 0n : id, cursor.ns, "nextBatch", batch.documents);
}

/** Closes a cursor and returns whether it was open. */
export function killCursor(cursors: Cursors, id: bigint): boolean {
  return cursors.open.delete(id);
}

/** Closes cursors that nobody has read from for long, and those of transactions that have ended. */
export function closeOldCursors(cursors: Cursors): void {
  const now = cursors.clock.elapsed();
  for (const [id, cursor] of cursors.open) {
    if (now - cursor.usedAt > IDLE_MS || cursor.transaction?.ended) cursors.open.delete(id);
  }
}
