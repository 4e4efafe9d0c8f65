/** One owner per folder: a lock that the operating system frees when its holder dies. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, openDatabase, openWith, troubleOf } from "./engine.ts";

/** The file that holds everything. */
export const STORE_FILE = "store.sqlite";

/** Who holds a folder; written beside the lock for people and for the next owner. */
interface Owner {
  readonly pid: number;
  readonly startedAt: string;
  /** Where it listens; a check of a folder at rest does not. */
  readonly socket?: string | undefined;
}

/** A folder that is held. */
export interface Ownership {
  /** The socket that the last owner left behind, if it died. */
  readonly staleSocket: string | undefined;
  announce(socket: string): void;
  release(): void;
}

/** A folder that another process has; the message says what to do about it. */
export class FolderInUse extends Error {
  readonly directory: string;
  /** The holder; undefined in the moment in which it has the lock and has not yet said so. */
  readonly pid: number | undefined;

  constructor(directory: string, pid: number | undefined) {
    super(
      `The data folder ${directory} is in use by process ${pid ?? "unknown"}; ` +
        "end that process first, or use another folder.",
    );
    this.name = "FolderInUse";
    this.directory = directory;
    this.pid = pid;
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined; // no owner yet, or one that died while it wrote
  }
}

/** Written aside and renamed, so that nobody reads half of it. */
function writeOwner(file: string, socket?: string): void {
  const owner: Owner = { pid: process.pid, startedAt: new Date().toISOString(), socket };
  const part = `${file}.part`;
  writeFileSync(part, JSON.stringify(owner), { mode: 0o600 });
  renameSync(part, file);
}

/** A file that cannot be written would be locked for reading only, and by two: so something is written, and taken back. */
const LOCK = `
  PRAGMA busy_timeout=0; PRAGMA journal_mode=MEMORY;
  BEGIN EXCLUSIVE; PRAGMA user_version=1;
`;

function lockFolder(directory: string, engine: Engine, ownerFile: string) {
  try {
    return openWith(engine, join(directory, "owner.lock"), (lock) => {
      lock.exec(LOCK);
      const before = readOwner(ownerFile);
      writeOwner(ownerFile);
      return { lock, before };
    });
  } catch (error) {
    if (troubleOf(error) === "busy") throw new FolderInUse(directory, readOwner(ownerFile)?.pid);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data folder ${directory} cannot be used: ${reason}.`, { cause: error });
  }
}

/**
 * Takes a folder, or throws FolderInUse. The lock itself is SQLite's exclusive lock on a file of its own, so a
 * dead owner's is free at once and two takers can never both succeed.
 */
export function takeOwnership(directory: string, engine: Engine = openDatabase): Ownership {
  const ownerFile = join(directory, "owner.json");
  const { lock, before } = lockFolder(directory, engine, ownerFile);
  return {
    staleSocket: before?.socket,
    announce: (socket) => writeOwner(ownerFile, socket),
    release: () => {
      rmSync(ownerFile, { force: true });
      lock.close(); // which ends its transaction; the lock's file holds nothing
    },
  };
}
