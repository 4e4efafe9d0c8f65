/** Kills a process (kill -9) at random moments while it takes several files in at once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { diceOf } from "../../platform/store/embedded/dice.ts";
import { temporaryFolder } from "../../platform/store/embedded/opened-store.ts";
import { compiledProgram } from "./compiled.ts";

const PROGRAM = new URL("./killed-under-load.ts", import.meta.url);
/** The longest that a process works before it is killed: about as long as its files take. */
const LONGEST_MS = 1500;

/** What the kills came to. */
export interface LoadReport {
  readonly kills: number;
  /** Practices whose files were all taken in and whose end was compared. */
  readonly finished: number;
}

/** Kills so many times; throws when a process finds anything lost, doubled or untrue. */
export async function killUnderLoad(
  kills: number,
  seed: number,
  progress: (done: number) => void = () => undefined,
): Promise<LoadReport> {
  const dice = diceOf(seed);
  const folder = temporaryFolder();
  const directory = join(folder.path, "data");
  try {
    await run(directory, "expected");
    for (let done = 0; done < kills; done++) {
      const signal = await run(directory, "killed", dice.below(LONGEST_MS));
      if (signal !== "SIGKILL")
        throw new Error(`kill ${done + 1}, seed ${seed}: the process failed`);
      progress(done + 1);
    }
    const signal = await run(directory, "last");
    if (signal !== 0) throw new Error(`after ${kills} kills, seed ${seed}: the process failed`);
    return { kills, finished: Number(readFileSync(join(folder.path, "practice"), "utf8")) };
  } finally {
    folder.remove();
  }
}

/** Runs a process, kills it so long after it has begun, and tells how it ended; undefined never kills. */
async function run(directory: string, mode: string, killAfterMs?: number) {
  const child = spawn(process.execPath, [compiledProgram(PROGRAM), directory, mode], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  let aimed: NodeJS.Timeout | undefined;
  createInterface(child.stdout).on("line", (line) => {
    if (line !== "begin" || killAfterMs === undefined) return;
    aimed ??= setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(aimed);
  return signal ?? code;
}

const REPORTED = 25;

/** Kills so many times and prints how far it is: `npm run soak -- posting [KILLS]`. */
export async function soakPosting(kills: number, seed: number): Promise<void> {
  process.stdout.write(`${kills} random kills while files are taken in, FUZZ_SEED=${seed}\n`);
  const begin = performance.now();
  const { finished } = await killUnderLoad(kills, seed, (done) => {
    if (done % REPORTED === 0) process.stdout.write(`${done} kills\n`);
  });
  const seconds = Math.round((performance.now() - begin) / 1000);
  process.stdout.write(
    `faults: ${kills} random kills, ${finished} sets of files taken in between and after them, ` +
      `nothing lost, nothing doubled (${seconds} s)\n`,
  );
}
