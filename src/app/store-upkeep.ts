import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Keys } from "../platform/keys/index.ts";
import {
  backupEmbedded,
  compactEmbedded,
  FolderInUse,
  restoreEmbedded,
  verifyEmbedded,
} from "../platform/store/embedded/index.ts";
import { CannotOpen, openStream, type Place, sealStream } from "../trust/sealing/index.ts";
import { OperatingError } from "./errors.ts";

/** Checks the embedded store of a folder that nobody has open: the file, and that indexes equal documents. */
export function verifyStore(directory: string) {
  return tended(() => verifyEmbedded({ directory }));
}

/** Copies the embedded store of a folder into one sealed file, also while it is in use. */
export async function backupStore(directory: string, file: string, keys: Keys): Promise<void> {
  if (keys.isFresh) {
    const words = `${keys.description} has none, so that nobody could open the backup.`;
    throw new OperatingError("keys-unfit", words);
  }
  if (existsSync(file)) throw new OperatingError("file-exists");
  const copy = `${file}.copy`;
  try {
    tended(() => backupEmbedded({ directory, file: copy }));
    await writeWhole(file, sealStream(keys.ring, createReadStream(copy), PLACE));
  } finally {
    rmSync(copy, { force: true });
  }
}

/** Puts a backup into an empty folder and checks it. `keys-unfit` where its key is not there. */
export async function restoreStore(file: string, directory: string, keys: Keys) {
  if (!existsSync(file)) throw new OperatingError("file-unreadable", "There is no such file.");
  const copy = `${file}.${process.pid}.copy`;
  try {
    const opened = openStream((keyId) => keys.having(keyId), createReadStream(file), PLACE);
    await writeWhole(copy, opened);
    return tended(() => restoreEmbedded({ file: copy, directory }));
  } catch (error) {
    if (error instanceof CannotOpen) {
      throw new OperatingError("keys-unfit", error.message, { cause: error });
    }
    throw error;
  } finally {
    rmSync(copy, { force: true });
  }
}

const PLACE: Place = { collection: "backup", practiceId: "*", id: "backup", field: "bytes" };

/** Writes a file that only its owner may read, and that is there whole or not at all. */
async function writeWhole(file: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${file}.part`;
  try {
    const target = createWriteStream(part, { mode: 0o600, flush: true });
    await pipeline(Readable.from(chunks), target);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}

/** Gives unused space of the embedded store back to the disk. */
export function compactStore(directory: string): void {
  tended(() => compactEmbedded({ directory }));
}

/** The embedded store says in one sentence what hinders it; folders and files are its only nouns. */
function tended<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new OperatingError("store-in-use", error.message, { cause: error });
    }
    if (error instanceof Error) throw new OperatingError("state", error.message, { cause: error });
    throw error;
  }
}
