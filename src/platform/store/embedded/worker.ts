/** The worker that owns the store: opens the file, listens, and closes in order. */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { openServer, type Server } from "./command.ts";
import { startJanitor } from "./janitor.ts";
import { type Listener, listen } from "./listener.ts";
import { FolderInUse, type Ownership, STORE_FILE, takeOwnership } from "./owner.ts";
import { type ReaderPool, readerPool } from "./reader-pool.ts";
import { makeSocketPath, removeSocket } from "./socket-path.ts";
import { openStore } from "./store.ts";
import { syncToDisk } from "./sync-to-disk.ts";
import { openWriter, type Tables } from "./tables.ts";
import { closeTransactions } from "./transaction.ts";

/** What the worker is started with. */
export interface WorkerSetup {
  readonly directory: string;
}

/** What the worker tells the thread that started it. */
export type WorkerMessage =
  | { readonly kind: "ready"; readonly socket: string }
  | { readonly kind: "in-use"; readonly directory: string; readonly pid: number | undefined }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "warning"; readonly message: string };

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function warn(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  tell({ kind: "warning", message: `The embedded store could not tidy up: ${reason}` });
}

interface Running {
  readonly server: Server;
  readonly listener: Listener;
  readonly readers: ReaderPool;
  readonly stopJanitor: () => void;
  readonly socket: string;
}

async function start(directory: string, ownership: Ownership): Promise<Running> {
  if (ownership.staleSocket) removeSocket(ownership.staleSocket);
  const file = join(directory, STORE_FILE);
  const tables = openWriter(file);
  try {
    syncToDisk(directory); // the name of the file, which may be new
    const socket = makeSocketPath(directory);
    ownership.announce(socket);
    const server = openServer(openStore(file, tables), socket, false);
    const readers = readerPool({ file, address: socket });
    const listener = await listen(server, readers, socket);
    const stopJanitor = startJanitor(server, warn);
    return { server, listener, readers, stopJanitor, socket };
  } catch (error) {
    tables.db.close();
    throw error;
  }
}

/** Moves everything into the main file; where that fails, it is as safe in the log beside it. */
function checkpoint(tables: Tables): void {
  try {
    tables.db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (error) {
    warn(error);
  }
  tables.db.close();
}

async function stop(running: Running, ownership: Ownership): Promise<void> {
  running.stopJanitor();
  await running.listener.close();
  await running.readers.close();
  closeTransactions(running.server.store);
  checkpoint(running.server.store.tables);
  removeSocket(running.socket);
  ownership.release();
  parentPort?.close();
}

function refuse(error: unknown): void {
  if (error instanceof FolderInUse) {
    tell({ kind: "in-use", directory: error.directory, pid: error.pid });
  } else tell({ kind: "refused", message: error instanceof Error ? error.message : String(error) });
  parentPort?.close();
}

async function main(): Promise<void> {
  const { directory } = workerData as WorkerSetup;
  let ownership: Ownership | undefined;
  try {
    ownership = takeOwnership(directory);
    const owned = ownership;
    const running = await start(directory, owned);
    parentPort?.once("message", () => void stop(running, owned));
    tell({ kind: "ready", socket: running.socket });
  } catch (error) {
    ownership?.release();
    refuse(error);
  }
}

await main();
