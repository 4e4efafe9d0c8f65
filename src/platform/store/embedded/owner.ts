/** One owner per folder: a lock that the operating system frees when its holder dies. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isBusy, openDatabase } from "./engine.ts";

/** The file that holds everything. */
export const STORE_FILE = "store.sqlite";

/** Who holds a folder; written beside the lock for people and for the next owner. */
interface Owner {
  readonly pid: number;
  readonly startedAt: string;
  readonly socket: string;
}

/** A folder that is held. */
export interface Ownership {
  /** The socket that the last owner left behind, if it died. */
  readonly staleSocket: string | undefined;
  announce(socket: string): void;
  release(): void;
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined; // no owner yet, or one that died while it wrote
  }
}

/**
 * Takes a folder, or throws with the holder's pid and the folder. The lock itself is SQLite's exclusive
 * lock on a file of its own, so a dead owner's is free at once and two takers can never both succeed.
 */
export function takeOwnership(directory: string): Ownership {
  const lockFile = join(directory, "owner.lock");
  const ownerFile = join(directory, "owner.json");
  const lock = openDatabase(lockFile);
  try {
    lock.exec("PRAGMA busy_timeout=0; PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE;");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const holder = readOwner(ownerFile)?.pid ?? "unknown";
    throw new Error(`The data folder ${directory} is in use by process ${holder}.`);
  }
  return {
    staleSocket: readOwner(ownerFile)?.socket,
    announce: (socket) => {
      const owner: Owner = { pid: process.pid, startedAt: new Date().toISOString(), socket };
      writeFileSync(ownerFile, JSON.stringify(owner), { mode: 0o600 });
    },
    release: () => {
      rmSync(ownerFile, { force: true });
      lock.exec("ROLLBACK");
      lock.close();
    },
  };
}
