/** What is done from time to time: old transactions, cursors and answers go, expired documents too. */
import { runBatch } from "./batch.ts";
import type { Collection } from "./catalogue.ts";
import type { Server } from "./command.ts";
import { closeOldCursors } from "./cursors.ts";
import { matching, runQuery } from "./query.ts";
import { endOldTransactions, forgetOldSessions, forgetReplies, oldReplies } from "./session.ts";
import { lockKey, type Store, writeDocument } from "./store.ts";

const EVERY_MS = 15_000;
const TTL_BATCH = 1000;

function removeSome(store: Store, collection: Collection, field: string, before: Date): void {
  const filter = { [field]: { $lte: before } };
  const rows = [...runQuery(store, null, collection, { ...matching(filter), limit: TTL_BATCH })];
  const free = rows.filter(({ rowId }) => !store.locks.has(lockKey(collection, rowId)));
  if (free.length === 0) return;
  runBatch(store, () => {
    for (const { rowId, raw } of free) {
      writeDocument(store, collection, { rowId, before: raw, after: null });
    }
  });
}

/** Removes documents whose TTL index says that their time is over, a bounded number at a time. */
export function removeExpired(store: Store, now: number): void {
  for (const collection of store.collections.values()) {
    for (const { expireAfterSeconds, key } of collection.indexes) {
      const field = key[0]?.[0];
      if (expireAfterSeconds === undefined || field === undefined) continue;
      removeSome(store, collection, field, new Date(now - expireAfterSeconds * 1000));
    }
  }
}

/** One round: ends and forgets whatever has been there for too long. */
export function sweep(server: Server): void {
  const { store, sessions } = server;
  endOldTransactions(store);
  forgetOldSessions(store, sessions);
  closeOldCursors(server.cursors);
  const old = oldReplies(store, sessions);
  if (old.length > 0) runBatch(store, () => forgetReplies(store, sessions, old));
  removeExpired(store, store.clock.now());
}

/** Starts the round and returns what stops it. */
export function startJanitor(server: Server, report: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    try {
      sweep(server);
    } catch (error) {
      report(error);
    }
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
