/** The store's file as a whole: copied while it is in use, put back, made small again. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Engine, openDatabase } from "./engine.ts";
import { STORE_FILE, takeOwnership } from "./owner.ts";
import { syncToDisk } from "./sync-to-disk.ts";
import { openWriter } from "./tables.ts";
import { type Verification, verifyEmbedded } from "./verify.ts";

function storeIn(directory: string): string {
  const file = join(directory, STORE_FILE);
  if (!existsSync(file)) throw new Error(`There is no store in ${directory}.`);
  return file;
}

/**
 * Copies the store of a folder into one file, as it is at one moment, whether anybody has it open or not.
 * Refuses to write over a file; leaves none when it fails.
 */
export function backupEmbedded(
  options: { directory: string; file: string },
  engine: Engine = openDatabase,
): void {
  const { directory, file } = options;
  const source = storeIn(directory);
  if (existsSync(file)) throw new Error(`${file} exists already.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const db = engine(source);
  try {
    db.exec("PRAGMA busy_timeout=10000;");
    db.prepare("VACUUM INTO ?").run(part);
    chmodSync(part, 0o600);
    syncToDisk(part); // SQLite does not do so for a copy
    renameSync(part, file);
    syncToDisk(dirname(file));
  } finally {
    db.close();
    rmSync(part, { force: true });
  }
}

/** How every SQLite file begins. */
const SQLITE_MAGIC = "SQLite format 3\0";

function isDatabase(file: string): boolean {
  const head = Buffer.alloc(SQLITE_MAGIC.length);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, head);
  } finally {
    closeSync(descriptor);
  }
  return head.toString("latin1") === SQLITE_MAGIC;
}

/** Puts a backup into a folder that is empty or not there yet, and checks it; on a problem the folder is as before. */
export function restoreEmbedded(
  options: { file: string; directory: string },
  engine: Engine = openDatabase,
): Verification {
  const { directory, file } = options;
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  if (!isDatabase(file)) throw new Error(`${file} is no backup of a store.`);
  const isNew = !existsSync(directory);
  if (!isNew && readdirSync(directory).length > 0) {
    throw new Error(`${directory} is not empty; a backup is restored into an empty folder only.`);
  }
  try {
    if (isNew) mkdirSync(directory, { recursive: true, mode: 0o700 });
    const verification = placeCopy(file, directory, engine);
    if (isNew) syncToDisk(dirname(directory));
    return verification;
  } catch (error) {
    if (isNew) rmSync(directory, { recursive: true, force: true });
    else for (const name of readdirSync(directory)) rmSync(join(directory, name));
    throw error;
  }
}

function placeCopy(file: string, directory: string, engine: Engine): Verification {
  const target = join(directory, STORE_FILE);
  copyFileSync(file, target);
  chmodSync(target, 0o600);
  const verification = verifyEmbedded({ directory }, engine);
  const [problem] = verification.problems;
  if (problem !== undefined) throw new Error(`The backup is damaged: ${problem}.`);
  syncToDisk(target);
  syncToDisk(directory);
  return verification;
}

/** Gives the space of removed documents back to the disk; nobody may have the folder open. */
export function compactEmbedded(
  options: { directory: string },
  engine: Engine = openDatabase,
): void {
  const { directory } = options;
  const file = storeIn(directory);
  const ownership = takeOwnership(directory, engine);
  try {
    const tables = openWriter(file, engine);
    try {
      tables.db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    } finally {
      tables.db.close();
    }
  } finally {
    ownership.release();
  }
}
