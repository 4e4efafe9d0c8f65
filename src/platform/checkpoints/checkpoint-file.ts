import { open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Checkpoint } from "../../trust/audit/index.ts";

/** A line of the file: what it says, which may be anything; undefined where it was cut off. */
export interface CheckpointLine {
  /** 1, 2, 3 … */
  readonly line: number;
  readonly said: unknown;
}

const NEWLINE = 0x0a;
/** Others may read what is signed; its owner alone adds to it. */
const MODE = 0o644;

/** The file that checkpoints are added to. It is opened for appending only: nothing in it is ever written again. */
export class CheckpointFile {
  readonly path: string;
  readonly #due = new Set<string>();
  #written: Promise<unknown> = Promise.resolve();
  #done: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** Adds a checkpoint; it is on the disk when this is fulfilled. */
  append(checkpoint: Checkpoint): Promise<void> {
    const run = this.#written.then(() => this.#write(`${JSON.stringify(checkpoint)}\n`));
    this.#written = run.catch(() => undefined); // its caller is told
    return run;
  }

  /** Every line of the file, the oldest first; none where there is no file yet. */
  async read(): Promise<CheckpointLine[]> {
    const text = await readFile(this.path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const lines = text.split("\n").map((said, index) => ({ line: index + 1, said }));
    return lines
      .filter(({ said }) => said !== "")
      .map(({ line, said }) => ({ line, said: parse(said) }));
  }

  /**
   * Lets the work of a practice, which answers for its own errors, be done behind what its caller is at; once, however
   * often it is asked for meanwhile.
   */
  later(practiceId: string, work: () => Promise<void>): void {
    if (this.#due.has(practiceId)) return;
    this.#due.add(practiceId);
    const run = work().finally(() => this.#due.delete(practiceId));
    this.#done = Promise.all([this.#done, run]);
  }

  /** Fulfilled when nothing is left to be written. */
  async settled(): Promise<void> {
    await this.#done;
    await this.#written;
  }

  async #write(line: string): Promise<void> {
    const file = await open(this.path, "a+", MODE);
    try {
      const { size } = await file.stat();
      await file.write(size === 0 || (await lastByte(file, size)) === NEWLINE ? line : `\n${line}`);
      await file.sync();
      if (size === 0) await syncFolder(dirname(this.path));
    } finally {
      await file.close();
    }
  }
}

async function lastByte(file: Awaited<ReturnType<typeof open>>, size: number): Promise<number> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] ?? NEWLINE;
}

/** A new name in a folder is durable when the folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const file = await open(folder, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
