/**
 * The embedded store: MongoDB's wire protocol over SQLite, in a worker of this process, for one machine.
 * The unmodified mongodb driver, mongoose and agenda run on it.
 *
 * Terminology
 * - batch: the requests of one turn of the event loop, in one commit; nothing is answered before it is on disk.
 * - snapshot: what a transaction reads, fixed when it starts. Overlay: what it has written, until it commits.
 * - row id: a document's number in its collection; index keys lead to it.
 * - plan: the index ranges by which a query finds its documents.
 */
import { chmodSync, existsSync, mkdirSync, realpathSync } from "node:fs";
import type { Worker } from "node:worker_threads";
import { FolderInUse } from "./owner.ts";
import { startWorker } from "./start-worker.ts";
import type { WorkerMessage } from "./worker.ts";

export { FolderInUse } from "./owner.ts";
export { backupEmbedded, compactEmbedded, restoreEmbedded } from "./store-file.ts";
export { type Verification, verifyEmbedded } from "./verify.ts";

/** A running store. */
export interface EmbeddedStore {
  /** The connection string for the driver; it names the database `claimwright`. */
  readonly uri: string;
  /** Writes everything into the main file, frees the folder, and ends the worker. */
  close(): Promise<void>;
}

const DATABASE = "claimwright";

/** Returns the store of a folder, running; throws FolderInUse when another process has the folder. */
export async function startEmbedded(options: { directory: string }): Promise<EmbeddedStore> {
  if (process.platform === "win32") {
    throw new Error("The embedded store does not run on Windows yet: set MONGODB_URI instead.");
  }
  const { directory } = options;
  if (!existsSync(directory)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  }
  const worker = startWorker("worker", { directory: realpathSync(directory) });
  const socket = await ready(worker);
  const address = encodeURIComponent(socket);
  let closed: Promise<void> | undefined;
  return {
    uri: `mongodb://${address}/${DATABASE}?directConnection=true&retryWrites=true`,
    close: () => {
      closed ??= close(worker);
      return closed;
    },
  };
}

/** Once it runs, an error of the worker is nobody's to catch: without its database the process ends. */
async function ready(worker: Worker): Promise<string> {
  const socket = await started(worker);
  for (const event of ["error", "exit", "message"]) worker.removeAllListeners(event);
  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "warning") process.emitWarning(message.message);
  });
  return socket;
}

function started(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The embedded store stopped while starting.")));
    worker.once("message", (message: WorkerMessage) => {
      if (message.kind === "ready") resolve(message.socket);
      else if (message.kind === "in-use") reject(new FolderInUse(message.directory, message.pid));
      else reject(new Error(message.message));
    });
  });
}

function close(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
    worker.postMessage("close");
  });
}
