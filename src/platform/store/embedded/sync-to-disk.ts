/** What must survive a power failure and is not written by SQLite. */
import { closeSync, fsyncSync, openSync } from "node:fs";

/** Returns when a file's contents, or the names in a folder, are on the disk. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
