/** The reader worker: aggregations and long scans over a connection of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { catalogueVersion, loadCatalogue } from "./catalogue.ts";
import { openServer, requestOf, type Server } from "./command.ts";
import { closeOldCursors } from "./cursors.ts";
import { CLOSE, type ReaderAnswer, type ReaderSetup, type ReaderTask } from "./reader-pool.ts";
import { errorBody, runCommand } from "./run-command.ts";
import { openStore } from "./store.ts";
import { openReader } from "./tables.ts";
import { commandOf } from "./wire.ts";

const CACHE_KILOBYTES = 65_536;
const TIDY_EVERY_MS = 60_000;

function refreshCatalogue(server: Server, known: number): number {
  const { store } = server;
  const version = catalogueVersion(store.tables);
  if (version === known) return known;
  const fresh = loadCatalogue(store.tables);
  for (const old of store.collections.values()) {
    const same = fresh.get(old.ns);
    // An open cursor goes on with the collection that it was opened on, unless that is gone.
    if (same?.id !== old.id) old.dropped = true;
  }
  store.collections = fresh;
  return version;
}

function serve(): void {
  const { file, address } = workerData as ReaderSetup;
  const tables = openReader(file, CACHE_KILOBYTES);
  const server = openServer(openStore(file, tables), address, true);
  let version = catalogueVersion(tables);
  setInterval(() => closeOldCursors(server.cursors), TIDY_EVERY_MS).unref();
  parentPort?.on("message", (task: ReaderTask | typeof CLOSE) => {
    if (task === CLOSE) {
      tables.db.close();
      parentPort?.close();
      return;
    }
    const { id, raw, db } = task;
    let body: Buffer;
    try {
      tables.db.exec("BEGIN");
      version = refreshCatalogue(server, version);
      const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
      const parsed = commandOf(bytes, undefined);
      const message = { ...parsed, requestId: id, legacy: false, silent: false };
      body = runCommand(server, { ...requestOf(message), db });
    } catch (error) {
      body = errorBody(error);
    } finally {
      if (tables.db.isInTransaction()) tables.db.exec("ROLLBACK");
    }
    const answer: ReaderAnswer = { id, body: Uint8Array.from(body) };
    parentPort?.postMessage(answer, [answer.body.buffer as ArrayBuffer]);
  });
}

serve();
