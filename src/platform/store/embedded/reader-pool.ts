/**
 * Hands long reads to a second worker, so that short commands do not wait behind them. The worker starts with the
 * first of them: most runs of the program never have one.
 */
import type { Worker } from "node:worker_threads";
import type { Doc } from "./bson-raw.ts";
import type { Request, Server } from "./command.ts";
import { cursorId, queryOf } from "./commands/reads.ts";
import { isReaderCursor } from "./cursors.ts";
import { fault } from "./errors.ts";
import type { Plan } from "./planner.ts";
import { matching, planOf } from "./query.ts";
import { errorBody } from "./run-command.ts";
import { isInTransaction } from "./session.ts";
import { startWorker } from "./start-worker.ts";
import { documentOf, isDocument } from "./values.ts";

/** What the reader is started with. */
export interface ReaderSetup {
  readonly file: string;
  readonly address: string;
}

/** What is sent to the reader: the command as it came. */
export interface ReaderTask {
  readonly id: number;
  readonly raw: Uint8Array;
  readonly db: string;
}

/** What the reader sends back: the answer's body. */
export interface ReaderAnswer {
  readonly id: number;
  readonly body: Uint8Array;
}

/** What ends the reader, after what it was asked before. */
export const CLOSE = "close";

/** The reader worker as the listener sees it. */
export interface ReaderPool {
  wants(server: Server, request: Request): boolean;
  ask(request: Request, answer: (body: Buffer) => void): void;
  /** Ends the worker, its connection closed. */
  close(): Promise<void>;
}

/** Documents up to this number are read at once where they are. */
const SMALL = 2000;
/** Index keys alone are cheaper. */
const MANY_KEYS = 20_000;

/** Returns whether a plan reads more keys than are read at once where they are. */
function isWide({ store }: Server, plan: Plan): boolean {
  const indexed = plan.union.length > 0 ? plan.union : [plan];
  let left = plan.exact ? MANY_KEYS : SMALL;
  for (const { index, ranges } of indexed) {
    if (!index) return true;
    for (const { low, high, point } of ranges) {
      left -= point ? 1 : store.tables.countKeys(low, high, left + 1);
      if (left < 0) return true;
    }
  }
  return false;
}

function firstFilter(body: Doc): Doc {
  const first = Array.isArray(body.pipeline) ? body.pipeline[0] : undefined;
  return isDocument(first) ? documentOf(first.$match, "$match") : {};
}

function isLong(server: Server, request: Request): boolean {
  const { store } = server;
  const { body, name, db } = request;
  const collection = store.collections.get(`${db}.${body[name]}`);
  if (!collection || collection.count <= SMALL) return false;
  if (name === "find") {
    const query = queryOf(body);
    request.plan = planOf(store, null, collection, query);
    const isBounded = request.plan.index && request.plan.sorted;
    const isFirstPage = query.limit <= SMALL && Object.keys(query.filter).length === 0;
    if (isBounded || (isFirstPage && request.plan.sorted)) return false;
    return isWide(server, request.plan);
  }
  const filter = name === "aggregate" ? firstFilter(body) : documentOf(body.query, "query");
  if (name === "count" && Object.keys(filter).length === 0) return false;
  return isWide(server, planOf(store, null, collection, matching(filter)));
}

function wants(server: Server, request: Request): boolean {
  const { body, name } = request;
  if (isInTransaction(body)) return false;
  try {
    if (name === "getMore") return isReaderCursor(cursorId(body.getMore));
    if (name === "killCursors") {
      return Array.isArray(body.cursors) && body.cursors.some((id) => isReaderCursor(cursorId(id)));
    }
    return ["aggregate", "find", "count", "distinct"].includes(name) && isLong(server, request);
  } catch {
    return false; // the command itself will meet the same error, and its answer says so
  }
}

/** Returns the pool over a reader worker that the first long read starts. */
export function readerPool(setup: ReaderSetup): ReaderPool {
  const waiting = new Map<number, (body: Buffer) => void>();
  let worker: Worker | undefined;
  let lastId = 0;
  let failed = false;
  const running = (): Worker => {
    const started = startWorker("reader", setup);
    started.on("message", ({ id, body }: ReaderAnswer) => {
      waiting.get(id)?.(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
      waiting.delete(id);
    });
    started.on("error", () => {
      failed = true;
      const body = errorBody(fault(8, "the reader worker has stopped"));
      for (const answer of waiting.values()) answer(body);
      waiting.clear();
    });
    return started;
  };
  return {
    wants: (server, request) => !failed && wants(server, request),
    ask: (request, answer) => {
      worker ??= running();
      const id = ++lastId;
      waiting.set(id, answer);
      const task: ReaderTask = { id, raw: request.raw, db: request.db };
      worker.postMessage(task);
    },
    close: () => (worker && !failed ? ended(worker) : Promise.resolve()),
  };
}

/** Terminating it instead would tear the binding down in the middle of a call, and the process with it. */
function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
    worker.postMessage(CLOSE);
  });
}
