/**
 * How fast bytes become segments and loops, against a bare search for terminators; and in what
 * memory.
 */
import { readEdi, readEdiSync } from "../src/edi/guides/index.ts";
import { countSegments } from "./count-segments.ts";
import { remittanceBytes, remittanceFile } from "./remittance-file.ts";
import type { BenchResult } from "./result.ts";

const TOKENIZE_TARGET = 0.4;
/**
 * Loops are not only found but given their place, and each segment is kept until its loop is
 * whole.
 */
const LOOPS_TARGET = 0.04;
/** Ten or a hundred times the file may need at most twice the memory. */
const MEMORY_TARGET = 0.5;

const CHUNK_BYTES = 64 * 1024;
const TERMINATOR = "~".charCodeAt(0);
const MEGABYTE = 1_000_000;

/**
 * Tokenizes, reads loops, and streams a small and a large 835; each time the fastest round counts.
 */
export async function tokenize(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const chunks = chunksOf(remittanceBytes((scale.smoke ? 10 : 100) * MEGABYTE));
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const rounds = scale.smoke ? 6 : 4;
  let segments = 0;
  const scan = fastest(rounds, () => countTerminators(chunks));
  const ours = fastest(rounds, () => {
    segments = countSegments(chunks);
  });
  const whole = Buffer.concat(chunks);
  const loops = fastest(rounds, () => countEvents(readEdiSync(whole)));
  const speed = (ms: number) => `${Math.round(bytes / 1000 / ms)} MB/s`;
  const of = `${Math.round(bytes / MEGABYTE)} MB, ${segments} segments`;
  return [
    {
      name: "tokenize 835",
      ratio: scan / ours,
      target: TOKENIZE_TARGET,
      detail: `${of}: ${speed(ours)}, bare search for terminators ${speed(scan)}`,
    },
    {
      name: "read 835 loops",
      ratio: scan / loops,
      target: LOOPS_TARGET,
      detail: `${of}: ${speed(loops)}, bare search for terminators ${speed(scan)}`,
    },
    await memory(scale.smoke ? [5, 50] : [10, 1000]),
  ];
}

function chunksOf(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return chunks;
}

function countTerminators(chunks: readonly Buffer[]): number {
  let count = 0;
  for (const chunk of chunks) {
    for (let at = chunk.indexOf(TERMINATOR); at >= 0; at = chunk.indexOf(TERMINATOR, at + 1)) {
      count += 1;
    }
  }
  return count;
}

function countEvents(events: Iterable<unknown>): number {
  let count = 0;
  for (const _ of events) count += 1;
  return count;
}

/** Peak growth of the process while a small file streams through, against a large one. */
async function memory(megabytes: readonly [small: number, large: number]): Promise<BenchResult> {
  const [small, large] = megabytes;
  await peakWhileReading(small);
  const before = process.memoryUsage.rss();
  const smallPeak = (await peakWhileReading(small)) - before;
  const largePeak = (await peakWhileReading(large)) - before;
  // What a run grows by is often nothing; a tenth of the process is the grain of this measure.
  const grain = before / 10;
  const shown = (bytes: number) => `${Math.round(bytes / MEGABYTE)} MB`;
  return {
    name: "memory of a streamed 835",
    ratio: (Math.max(0, smallPeak) + grain) / (Math.max(0, largePeak) + grain),
    target: MEMORY_TARGET,
    detail:
      `growth above ${shown(before)}: ${shown(smallPeak)} for a file of ${small} MB, ` +
      `${shown(largePeak)} for one of ${large} MB`,
  };
}

async function peakWhileReading(megabytes: number): Promise<number> {
  globalThis.gc?.();
  let peak = process.memoryUsage.rss();
  let loops = 0;
  for await (const event of readEdi(remittanceFile({ bytes: megabytes * MEGABYTE }))) {
    if (event.kind !== "loop") continue;
    loops += 1;
    if (loops % 2000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  return peak;
}

function fastest(rounds: number, run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
