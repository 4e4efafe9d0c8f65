/** Sessions: the transaction that each has open, and the answer to its last retryable write. */
import { Binary, type Long } from "bson";
import { type Doc, decode, encode } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { openBatch, type Store, type Transaction } from "./store.ts";
import { beginTransaction, endTransaction } from "./transaction.ts";
import { isDocument, numberOf } from "./values.ts";

/** What a session did with its latest transaction. */
interface SessionTransaction {
  readonly number: number;
  readonly transaction: Transaction;
  state: "open" | "committed" | "aborted";
}

/** The last retryable write of a session; the answer to it is on disk. */
interface RetryRecord {
  readonly number: number;
  /** On the clock that only grows; long ago when the client has ended the session. */
  readonly at: number;
}

/** All sessions of a store, the one used last at the end. */
export interface Sessions {
  readonly transactions: Map<string, SessionTransaction>;
  readonly retries: Map<string, RetryRecord>;
}

const RETRY_PREFIX = "r:";
/** Sessions that are remembered at a time; a driver uses as many as it has commands on their way. */
export const MAX_SESSIONS = 10_000;
const TRANSACTION_MS = 60_000;
const RETRY_MS = 30 * 60_000;
/** A client that asks again does so at once; after this time its session may give way to another. */
const GRACE_MS = 60_000;
const TRANSIENT = { errorLabels: ["TransientTransactionError"] };

/**
 * Reads the sessions whose last write may be asked for again after a restart. Wherever the wall clock has been
 * set meanwhile, each stays for the grace time at least, and for no longer than if it had been used just now.
 */
export function openSessions(store: Store): Sessions {
  const { clock, tables } = store;
  const found = tables.listMeta(RETRY_PREFIX).map(([key, value]): [string, RetryRecord] => {
    const { number, at } = decode(value);
    const age = clock.now() - (at as Date).getTime();
    const told = Math.max(0, Math.min(age, RETRY_MS - GRACE_MS));
    const record = { number: number as number, at: clock.elapsed() - told };
    return [key.slice(RETRY_PREFIX.length), record];
  });
  found.sort(([, a], [, b]) => a.at - b.at);
  return { transactions: new Map(), retries: new Map(found) };
}

function sessionId({ lsid }: Doc): string | undefined {
  return typeof lsid === "string" ? lsid : undefined;
}

/** Returns whether a command belongs to a transaction. */
export function isInTransaction(body: Doc): boolean {
  return body.autocommit === false;
}

function identify(body: Doc): [id: string, number: number] {
  const id = sessionId(body);
  const number = numberOf(body.txnNumber);
  if (id === undefined || number === undefined) {
    throw fault(72, "a transaction needs an lsid and a txnNumber");
  }
  return [id, number];
}

/** Opens the transaction that a command starts; to be called while no batch is open. */
export function startTransaction(store: Store, sessions: Sessions, body: Doc): void {
  const [id, number] = identify(body);
  const latest = sessions.transactions.get(id);
  if (latest && latest.number > number) throw fault(225, "the transaction number is too old");
  if (latest?.number === number) throw fault(251, "the transaction was already started");
  const written = sessions.retries.get(id)?.number ?? -1;
  if (written >= number) throw fault(225, "the transaction number is too old");
  if (latest) endTransaction(store, latest.transaction);
  const transaction = beginTransaction(store);
  sessions.transactions.delete(id);
  forgetEndedTransaction(sessions);
  sessions.transactions.set(id, { number, transaction, state: "open" });
}

/** Few can be open at a time, so that among very many sessions one has ended; the answer to its commit is on disk. */
function forgetEndedTransaction({ transactions }: Sessions): void {
  if (transactions.size < MAX_SESSIONS) return;
  for (const [id, { transaction }] of transactions) {
    if (!transaction.ended) continue;
    transactions.delete(id);
    return;
  }
}

/** Returns the open transaction of a command, or MongoDB's NoSuchTransaction. */
export function transactionOf(sessions: Sessions, body: Doc): SessionTransaction {
  const [id, number] = identify(body);
  const latest = sessions.transactions.get(id);
  if (latest?.number !== number) {
    throw fault(
      251,
      "Given transaction number does not match any in-progress transactions.",
      TRANSIENT,
    );
  }
  if (latest.transaction.ended && latest.state === "open") latest.state = "aborted";
  if (latest.state === "aborted") throw fault(251, "Transaction has been aborted.", TRANSIENT);
  return latest;
}

/** Ends the transaction of a command without its writes; one that has ended stays as it is. */
export function abortOf(store: Store, sessions: Sessions, body: Doc): void {
  const latest = sessions.transactions.get(sessionId(body) ?? "");
  if (latest?.state !== "open" || latest.number !== numberOf(body.txnNumber)) return;
  latest.state = "aborted";
  endTransaction(store, latest.transaction);
}

/** Forgets sessions that clients have ended; their answers go with the janitor's next round. */
export function endSessions(store: Store, sessions: Sessions, list: unknown): void {
  for (const lsid of Array.isArray(list) ? list : []) {
    if (!isDocument(lsid) || !(lsid.id instanceof Binary)) continue;
    const id = lsid.id.toString("hex");
    const latest = sessions.transactions.get(id);
    if (latest) endTransaction(store, latest.transaction);
    sessions.transactions.delete(id);
    const kept = sessions.retries.get(id);
    if (kept) sessions.retries.set(id, { ...kept, at: Number.NEGATIVE_INFINITY });
  }
}

/** What is kept of a session's last write: its answer, or how far a bulk had come when it had to wait. */
interface Kept {
  readonly reply?: Buffer | undefined;
  readonly progress?: unknown;
}

/** Returns what is kept of a retryable write that was already done, wholly or in part. */
export function keptOf(store: Store, sessions: Sessions, body: Doc): Kept | undefined {
  const id = sessionId(body);
  if (id === undefined || body.txnNumber === undefined || isInTransaction(body)) return undefined;
  const record = sessions.retries.get(id);
  const number = numberOf(body.txnNumber as number | Long) ?? 0;
  if (!record || record.number < number) return undefined;
  if (record.number > number) throw fault(225, "the retryable write is older than the last one");
  const stored = store.tables.getMeta(RETRY_PREFIX + id);
  if (!stored) return undefined;
  const { reply, progress } = decode(stored);
  return { reply: reply instanceof Binary ? Buffer.from(reply.buffer) : undefined, progress };
}

/** Makes sure, before a retryable write is done, that its answer can be kept; throws TooManyLogicalSessions. */
export function makeRoom(store: Store, sessions: Sessions, body: Doc): void {
  const { retries } = sessions;
  const id = sessionId(body);
  if (retries.size < MAX_SESSIONS || body.txnNumber === undefined) return;
  if (id === undefined || retries.has(id)) return;
  const [first] = retries;
  const isIdle = first && store.clock.elapsed() - first[1].at > GRACE_MS;
  if (!isIdle) throw fault(261, "too many sessions are in use");
  forgetReplies(store, sessions, [first[0]]);
}

/** Keeps the answer of a retryable write, or how far it has come, in the same commit as the write itself. */
export function keep(store: Store, sessions: Sessions, body: Doc, { reply, progress }: Kept): void {
  const id = sessionId(body);
  const number = numberOf(body.txnNumber);
  if (id === undefined || number === undefined || isInTransaction(body)) return;
  const at = new Date(store.clock.now());
  const stored = { number, at, reply: reply && new Binary(reply), progress };
  store.tables.putMeta(RETRY_PREFIX + id, encode(stored));
  changeRecord(store, sessions, id, { number, at: store.clock.elapsed() });
}

/** Changes what memory holds of a session's answer; it is as before when the batch does not reach the disk. */
function changeRecord(store: Store, { retries }: Sessions, id: string, record?: RetryRecord): void {
  const before = retries.get(id);
  retries.delete(id); // so that it comes to stand at the end
  if (record) retries.set(id, record);
  openBatch(store).undo.push(() => {
    if (before) retries.set(id, before);
    else retries.delete(id);
  });
}

/** Ends transactions that have been open for too long. */
export function endOldTransactions(store: Store): void {
  const now = store.clock.elapsed();
  for (const transaction of [...store.transactions]) {
    if (now - transaction.startedAt > TRANSACTION_MS) endTransaction(store, transaction);
  }
}

/** Forgets sessions whose last transaction is long over. */
export function forgetOldSessions(store: Store, sessions: Sessions): void {
  const now = store.clock.elapsed();
  for (const [id, { transaction }] of sessions.transactions) {
    if (transaction.ended && now - transaction.startedAt > RETRY_MS)
      sessions.transactions.delete(id);
  }
}

/** Returns the sessions whose stored answers nobody will ask for any more. */
export function oldReplies(store: Store, sessions: Sessions): string[] {
  const now = store.clock.elapsed();
  const old = [...sessions.retries].filter(([, { at }]) => now - at > RETRY_MS);
  return old.map(([id]) => id);
}

/** Forgets stored answers; within a batch. */
export function forgetReplies(store: Store, sessions: Sessions, ids: readonly string[]): void {
  for (const id of ids) {
    store.tables.deleteMeta(RETRY_PREFIX + id);
    changeRecord(store, sessions, id);
  }
}
