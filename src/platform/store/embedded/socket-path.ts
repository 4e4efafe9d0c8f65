/** Where the socket stands: in a folder that only its owner can enter. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** The kernel takes about 104 bytes; some of it is left for systems that take less. */
const MAX_PATH_BYTES = 100;
const FOLDER = "socket";
/** The driver takes a host for a socket by this ending. */
const FILE = "s.sock";
const TEMPORARY = "claimwright-";

/** Returns a path for the socket: inside the data folder, or in a private temporary one where that is too long. */
export function makeSocketPath(directory: string): string {
  const folder = join(directory, FOLDER);
  const path = join(folder, FILE);
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    return join(mkdtempSync(join(tmpdir(), TEMPORARY)), FILE);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  rmSync(path, { force: true });
  return path;
}

/** Removes a socket and its folder, whether it was left by this process or by one that died. */
export function removeSocket(path: string): void {
  const folder = dirname(path);
  const isOurs = basename(path) === FILE && /^(socket|claimwright-\w+)$/.test(basename(folder));
  if (isOurs) rmSync(folder, { recursive: true, force: true });
}
