import { createReadStream } from "node:fs";
import { access, constants, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SingleBar } from "cli-progress";
import { OperatingError } from "../../app/errors.ts";
import type { Tell } from "../../app/events.ts";
import type { IncomingFile } from "../../app/exchange/ingest-file.ts";
import { terminalBar, type WatchedFile, watchClaims } from "./claim-progress.ts";

/** From this size on, a terminal sees a progress bar. */
const LARGE = 4 * 1024 * 1024;

/** An operating error, and the file of the command line that it is about. */
export class FileError extends Error {
  readonly path: string;
  override readonly cause: OperatingError;

  constructor(path: string, cause: OperatingError) {
    super(cause.message, { cause });
    this.name = "FileError";
    this.path = path;
    this.cause = cause;
  }
}

/** What a file alone can be guilty of; the next file may be better. */
const OF_THE_FILE: ReadonlySet<string> = new Set(["file-unreadable", "file-empty", "too-large"]);

/** Does the work on a file; an operating error that is the file's own then names it. */
export async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OperatingError) || !OF_THE_FILE.has(error.code)) throw error;
    throw new FileError(path, error);
  }
}

/** A file of the command line, as use cases take it. A bar shows on a terminal how much of a large one is read. */
export async function incoming(path: string): Promise<IncomingFile> {
  const size = await sizeOf(path);
  if (size === 0) throw new OperatingError("file-empty");
  return {
    name: path,
    open: () =>
      process.stderr.isTTY && size > LARGE ? watched(path, size) : createReadStream(path),
  };
}

/** The same, where a bar shows on a terminal how many claims of a large one are done; end it in any case. */
export async function incomingClaims(path: string, tell: Tell): Promise<WatchedFile> {
  const size = await sizeOf(path);
  if (size === 0) throw new OperatingError("file-empty");
  const file = { name: path, open: () => createReadStream(path) };
  if (!process.stderr.isTTY || size <= LARGE) return { file, tell, end: () => undefined };
  return watchClaims(file, tell, terminalBar());
}

/** The whole file. */
export async function bytesOf(path: string): Promise<Buffer> {
  await sizeOf(path);
  return readFile(path);
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new OperatingError("file-unreadable", "There is no such file.");
  if (!found.isFile()) throw new OperatingError("file-unreadable", "It is not a file.");
  await access(path, constants.R_OK).catch(() => {
    throw new OperatingError("file-unreadable", "Reading it is not permitted.");
  });
  return found.size;
}

async function* watched(path: string, size: number): AsyncGenerator<Uint8Array> {
  const bar = new SingleBar({
    format: "{bar} {percentage} % | {eta_formatted} left",
    stream: process.stderr,
  });
  bar.start(size, 0);
  try {
    for await (const chunk of createReadStream(path)) {
      yield chunk as Uint8Array;
      bar.increment((chunk as Uint8Array).length);
    }
  } finally {
    bar.stop();
  }
}

/** Writes lines into a new file that only its owner reads; `file-exists` before anything is asked for its lines. */
export async function writeLines<Source extends { readonly lines: AsyncIterable<string> }>(
  file: string,
  source: () => Promise<Source>,
): Promise<Source & { readonly path: string }> {
  const path = resolve(file);
  const target = await open(path, "wx", 0o600).catch(() => {
    throw new OperatingError("file-exists");
  });
  try {
    const found = await source();
    const text = async function* () {
      for await (const line of found.lines) yield `${line}\n`;
    };
    await pipeline(Readable.from(text()), target.createWriteStream({ flush: true }));
    return { ...found, path };
  } catch (error) {
    await rm(path);
    throw error;
  } finally {
    await target.close();
  }
}

/**
 * Writes a file so that a reader never sees half of it: beside its place, synced, then renamed; the folder
 * is made when it is missing. Returns the path.
 */
export async function writeWhole(directory: string, name: string, text: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, name);
  const part = `${path}.part`;
  const file = await open(part, "w");
  try {
    await file.writeFile(text, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  const folder = await open(directory, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return path;
}
