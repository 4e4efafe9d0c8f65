import {
  backupEmbedded,
  compactEmbedded,
  FolderInUse,
  restoreEmbedded,
  verifyEmbedded,
} from "../platform/store/embedded/index.ts";
import { OperatingError } from "./errors.ts";

/** Checks the embedded store of a folder that nobody has open: the file, and that indexes equal documents. */
export function verifyStore(directory: string) {
  return tended(() => verifyEmbedded({ directory }));
}

/** Copies the embedded store of a folder into one file, also while it is in use. */
export function backupStore(directory: string, file: string): void {
  tended(() => backupEmbedded({ directory, file }));
}

/** Puts a backup into an empty folder and checks it. */
export function restoreStore(file: string, directory: string) {
  return tended(() => restoreEmbedded({ file, directory }));
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
