import { freshSeed } from "../../platform/store/embedded/dice.ts";
import { fuzz } from "./fuzz.ts";

/** The seeds that are kept take up to 40 MB of it. */
const GROWTH_MAX_BYTES = 96 * 1024 * 1024;
const [WARM_UP, REPORTED] = [10_000, 100_000];

/**
 * Reads mutants of X12 files and prints how far it is; FUZZ_SEED repeats a run. Throws at the first that breaks a
 * promise, and when memory grows: run node with --expose-gc.
 */
export async function soakEdi(inputs: number): Promise<void> {
  const seed = freshSeed();
  process.stdout.write(`${inputs} inputs, FUZZ_SEED=${seed}\n`);
  let first: number | undefined;
  const report = await fuzz(inputs, seed, ({ inputs: done, seeds, traits }) => {
    if (done % WARM_UP === 0) first ??= heapBytes();
    if (done % REPORTED !== 0) return;
    process.stdout.write(`${done} inputs: ${seeds} seeds, ${traits} kinds of findings\n`);
  });
  const growth = heapBytes() - (first ?? heapBytes());
  if (growth > GROWTH_MAX_BYTES) throw new Error(`memory grew by ${growth} bytes`);
  process.stdout.write(
    `fuzz: ${report.inputs} inputs read, every promise kept; ${report.seeds} seeds, ` +
      `${report.traits} kinds of findings, memory grew by ${Math.round(growth / 2 ** 20)} MB\n`,
  );
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error("run node with --expose-gc");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
