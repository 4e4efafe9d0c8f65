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
import { join } from "node:path";
import { openDatabase } from "./engine.ts";
import { STORE_FILE, takeOwnership } from "./owner.ts";
import { openWriter } from "./tables.ts";
import { type Verification, verifyEmbedded } from "./verify.ts";

/**
 * Copies the store of a folder into one file, as it is at one moment, whether anybody has it open or not.
 * Refuses to write over a file.
 */
export function backupEmbedded(options: { directory: string; file: string }): void {
  const source = join(options.directory, STORE_FILE);
  if (!existsSync(source)) throw new Error(`There is no store in ${options.directory}.`);
  if (existsSync(options.file)) throw new Error(`${options.file} exists already.`);
  const part = `${options.file}.part`;
  rmSync(part, { force: true });
  const db = openDatabase(source);
  try {
    db.exec("PRAGMA busy_timeout=10000;");
    db.prepare("VACUUM INTO ?").run(part);
    chmodSync(part, 0o600);
    renameSync(part, options.file);
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
export function restoreEmbedded(options: { file: string; directory: string }): Verification {
  const { directory, file } = options;
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  if (!isDatabase(file)) throw new Error(`${file} is no backup of a store.`);
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw new Error(`${directory} is not empty; a backup is restored into an empty folder only.`);
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const target = join(directory, STORE_FILE);
  copyFileSync(file, target);
  chmodSync(target, 0o600);
  try {
    const verification = verifyEmbedded({ directory });
    if (verification.problems.length === 0) return verification;
    throw new Error(`The backup is damaged: ${verification.problems[0]}.`);
  } catch (error) {
    for (const name of readdirSync(directory)) rmSync(join(directory, name));
    throw error;
  }
}

/** Gives the space of removed documents back to the disk; nobody may have the folder open. */
export function compactEmbedded(options: { directory: string }): void {
  const file = join(options.directory, STORE_FILE);
  if (!existsSync(file)) throw new Error(`There is no store in ${options.directory}.`);
  const ownership = takeOwnership(options.directory);
  const tables = openWriter(file);
  try {
    tables.db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
  } finally {
    tables.db.close();
    ownership.release();
  }
}
