/** Open cursors: each rests between two batches without holding anything of the database. */
import type { Collection } from "./catalogue.ts";
import type { Clock } from "./clock.ts";
import { fault } from "./errors.ts";
import type { Transaction } from "./store.ts";
import { countOf } from "./values.ts";
import { cursorBody } from "./wire.ts";

/** What a reading command has to give. */
export interface Results {
  readonly ns: string;
  readonly rows: Iterator<Buffer>;
  readonly transaction: Transaction | null;
  readonly collection: Collection | null;
}

/** A cursor that has more to give. */
interface Cursor extends Results {
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

/** Takes documents from a cursor until a batch is full, and tells whether there are no more. */
function takeBatch(cursor: Cursor, most: number): [documents: Buffer[], done: boolean] {
  const documents: Buffer[] = [];
  let bytes = 0;
  while (documents.length < most) {
    const raw: Buffer | undefined = cursor.held ?? cursor.rows.next().value;
    if (!raw) return [documents, true];
    bytes += raw.length;
    const isFull = bytes > BATCH_BYTES && documents.length > 0;
    cursor.held = isFull ? raw : null;
    if (isFull) break;
    documents.push(raw);
  }
  return [documents, false];
}

/** Returns the answer with the first batch, and keeps a cursor for the rest unless it is not wanted. */
export function firstBatch(
  cursors: Cursors,
  results: Results,
  batchSize: unknown,
  single = false,
): Buffer {
  const cursor = { ...results, held: null, usedAt: cursors.clock.elapsed() };
  const [documents, done] = takeBatch(cursor, countOf(batchSize, "batchSize", FIRST_BATCH));
  if (done || single) return cursorBody(0n, cursor.ns, "firstBatch", documents);
  if (cursors.open.size >= MAX_CURSORS) throw fault(146, "too many open cursors");
  const id = cursors.next++;
  cursors.open.set(id, cursor);
  return cursorBody(id, cursor.ns, "firstBatch", documents);
}

/** Returns the answer with the next batch of an open cursor. */
export function nextBatch(
  cursors: Cursors,
  id: bigint,
  transaction: Transaction | null,
  batchSize: unknown,
): Buffer {
  const cursor = cursors.open.get(id);
  if (!cursor || cursor.transaction !== transaction || cursor.transaction?.ended) {
    throw fault(43, `cursor id ${id} not found`);
  }
  if (cursor.collection?.dropped) {
    cursors.open.delete(id);
    throw fault(175, "collection dropped while a cursor was open");
  }
  const most = countOf(batchSize, "batchSize", 0) || Number.POSITIVE_INFINITY;
  const [documents, done] = takeBatch(cursor, most);
  cursor.usedAt = cursors.clock.elapsed();
  if (done) cursors.open.delete(id);
  return cursorBody(done ? 0n : id, cursor.ns, "nextBatch", documents);
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
