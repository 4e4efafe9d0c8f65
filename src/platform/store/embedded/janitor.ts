/** What is done from time to time: old transactions, cursors and answers go, expired documents too. */
import { Int32 } from "bson";
import { encode } from "./bson-raw.ts";
import { type Request, requestOf, type Server } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { closeOldCursors } from "./cursors.ts";
import { endOldTransactions, forgetReplies, oldReplies } from "./session.ts";
import { Blocked, runBatch } from "./store.ts";
import { commandOf } from "./wire.ts";

const EVERY_MS = 15_000;
const TTL_BATCH = 1000;

function expiredDelete(ns: string, field: string, before: Date): Request {
  const [db = ""] = ns.split(".");
  const statement = encode({ q: { [field]: { $lte: before } }, limit: new Int32(1) });
  const raw = encode({ delete: ns.slice(db.length + 1), $db: db });
  const message = commandOf(raw, Array<Buffer>(TTL_BATCH).fill(statement));
  return requestOf({ ...message, requestId: 0, legacy: false, silent: true });
}

/** Removes documents whose TTL index says that their time is over, a bounded number at a time. */
export function removeExpired(server: Server, now: number): void {
  for (const collection of server.store.collections.values()) {
    for (const { expireAfterSeconds, key } of collection.indexes) {
      const field = key[0]?.[0];
      if (expireAfterSeconds === undefined || field === undefined) continue;
      const before = new Date(now - expireAfterSeconds * 1000);
      const request = expiredDelete(collection.ns, field, before);
      try {
        runBatch(server.store, () => COMMANDS.delete?.run(server, request));
      } catch (error) {
        if (!(error instanceof Blocked)) throw error; // held by a transaction: next time
      }
    }
  }
}

function sweep(server: Server): void {
  const now = Date.now();
  endOldTransactions(server.store, now);
  closeOldCursors(server.cursors, now);
  const old = oldReplies(server.sessions, now);
  if (old.length > 0)
    runBatch(server.store, () => forgetReplies(server.store, server.sessions, old));
  removeExpired(server, now);
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
