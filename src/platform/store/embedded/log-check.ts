/**
 * Looks through the write-ahead log that a process left behind when it died. SQLite takes the first frame that is not
 * as it was written for the log's end: right for a commit that a power failure has cut short, for nobody was told of
 * it, but wrong for a damaged one with others after it, which it would drop without a word.
 * The log's format: https://sqlite.org/fileformat2.html#the_write_ahead_log
 */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { DamagedFile } from "./engine.ts";

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** The two running sums of the log: each frame goes on from those that the frame before has stored. */
type Sums = readonly [number, number];

/** Returns the sums after the words of a buffer in `[from, to)`, which are in the order of this machine. */
function sumsOf(sums: Sums, words: Uint32Array, from: number, to: number): Sums {
  let [a, b] = sums;
  for (let i = from; i < to; i += 2) {
    a = (a + (words[i] as number) + b) >>> 0;
    b = (b + (words[i + 1] as number) + a) >>> 0;
  }
  return [a, b];
}

/** A buffer with a memory of its own, and the same as words. */
function words(size: number): [Buffer, Uint32Array] {
  const memory = new ArrayBuffer(size);
  return [Buffer.from(memory), new Uint32Array(memory)];
}

/** Returns whether the sums stored at a place are these. */
function hasSums(bytes: Buffer, at: number, [a, b]: Sums): boolean {
  return bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b;
}

/** Throws DamagedFile when the log of a store that nobody has open holds commits behind a damaged place. */
export function checkLog(file: string): void {
  const log = `${file}-wal`;
  if (!existsSync(log)) return;
  const descriptor = openSync(log, "r");
  try {
    checkFrames(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function checkFrames(descriptor: number): void {
  const [header, headerWords] = words(HEADER_BYTES);
  if (readSync(descriptor, header) < HEADER_BYTES || header.every((byte) => byte === 0)) return;
  let sums = sumsOf([0, 0], headerWords, 0, 6);
  if (!hasSums(header, 24, sums))
    throw new DamagedFile("the log's header is not as it was written");
  const [frame, frameWords] = words(FRAME_HEADER_BYTES + header.readUInt32BE(8));
  let isWhole = true;
  let isCommitted = false;
  while (readSync(descriptor, frame) === frame.length) {
    // Frames of an earlier log, which this one has not yet written over, have another salt.
    const isOfThisLog = frame.compare(header, 16, 24, 8, 16) === 0;
    if (isWhole && isOfThisLog) {
      sums = sumsOf(sumsOf(sums, frameWords, 0, 2), frameWords, 6, frameWords.length);
      isWhole = hasSums(frame, 16, sums);
    } else isWhole = false;
    if (isWhole || !isOfThisLog) continue;
    if (isCommitted) throw new DamagedFile("its log cannot be read to the end");
    isCommitted = frame.readUInt32BE(4) !== 0;
  }
}
