import { execFileSync } from "node:child_process";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { UnfitKeys } from "./unfit-keys.ts";

/** Where keys are kept. */
export interface KeySource {
  /** For people; holds no key. */
  readonly description: string;
  /** Reading costs so little that it may be done every few seconds. */
  readonly isCheap?: true;
  /** The text of the key ring; undefined where there is none yet. UnfitKeys where it cannot be read. */
  read(): string | undefined;
  /** Keeps a text durably; a new one never takes the place of one that is there. Absent where others keep the keys. */
  readonly write?: (text: string, isNew: boolean) => void;
}

const COMMAND_MS = 30_000;
/** Read and written by its owner only. */
const OWNER_ONLY = 0o600;

/** Keys in a file that nobody but its owner may read. */
export function keyFile(file: string): KeySource {
  return {
    description: `the file ${file}`,
    isCheap: true,
    read() {
      let mode: number;
      try {
        ({ mode } = statSync(file));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw new UnfitKeys(`The key file ${file} cannot be read.`, { cause: error });
      }
      if (process.platform !== "win32" && (mode & 0o077) !== 0) {
        throw new UnfitKeys(`The key file ${file} may be read by others: chmod 600 it.`);
      }
      return readFileSync(file, "utf8");
    },
    write(text, isNew) {
      const part = `${file}.${process.pid}.new`;
      try {
        writeFileSync(part, text, { mode: OWNER_ONLY, flag: "wx", flush: true });
        if (isNew)
          linkSync(part, file); // fails where another start was first
        else renameSync(part, file);
        syncFolder(dirname(file));
      } catch (error) {
        throw new UnfitKeys(`The key file ${file} cannot be written.`, { cause: error });
      } finally {
        rmSync(part, { force: true });
      }
    },
  };
}

/** A new name in a folder is durable when the folder is. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Keys that a command prints: a key management service, a password manager. */
export function keyCommand(command: string): KeySource {
  const [program = "", ...parameters] = command.split(/\s+/).filter((word) => word !== "");
  return {
    description: `the command ${program}`,
    read() {
      try {
        return execFileSync(program, parameters, {
          encoding: "utf8",
          timeout: COMMAND_MS,
          stdio: ["ignore", "pipe", "inherit"],
        });
      } catch (error) {
        throw new UnfitKeys(`The keys could not be had from the command ${program}.`, {
          cause: error,
        });
      }
    },
  };
}
