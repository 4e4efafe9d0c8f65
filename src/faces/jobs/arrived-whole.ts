import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A file as it lay in the inbox before it was taken. */
export interface Arrival {
  readonly name: string;
  readonly size: number;
  /** When its bytes last changed. */
  readonly changedMs: number;
}

/** So long a file is watched; one that is being written grows meanwhile. */
const WATCHED_MS = 1000;
/** A file that is not whole and has not changed for so long never will be: it is taken as it is. */
const GIVEN_UP_MS = 10 * 60_000;
/** The last segment is in here, whatever line breaks follow it. */
const TAIL_BYTES = 256;
/** IEA01 and IEA02, with whatever separator and terminator. */
const END_OF_INTERCHANGE = /IEA([^A-Za-z0-9])\d{1,5}\1\d{9}\s*\S?\s*$/;

/**
 * Those of the files that are there whole: they do not grow, and end as an interchange ends. SFTP servers write a
 * file under its own name, so that half of it can be seen; what is cut off is left until it has not changed for long.
 */
export async function arrivedWhole(
  folder: string,
  names: readonly string[],
): Promise<readonly Arrival[]> {
  const before = await arrivals(folder, names);
  if (before.length === 0) return [];
  await setTimeout(WATCHED_MS);
  const after = new Map((await arrivals(folder, names)).map((each) => [each.name, each]));
  const whole: Arrival[] = [];
  for (const arrival of before) {
    const now = after.get(arrival.name);
    if (now?.size !== arrival.size || now.changedMs !== arrival.changedMs) continue;
    const isOld = Date.now() - now.touchedMs > GIVEN_UP_MS;
    if (isOld || (await endsInterchange(join(folder, arrival.name)))) whole.push(arrival);
  }
  return whole;
}

/** The files that are there, with when the system itself last saw a change: a sender may set the other time. */
async function arrivals(folder: string, names: readonly string[]) {
  const found = [];
  for (const name of names) {
    const stats = await stat(join(folder, name)).catch(() => undefined);
    if (stats === undefined) continue; // taken meanwhile by another process
    const { size, mtimeMs, ctimeMs } = stats;
    found.push({ name, size, changedMs: mtimeMs, touchedMs: ctimeMs });
  }
  return found;
}

async function endsInterchange(path: string): Promise<boolean> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return false; // taken, or not ours to read yet
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return END_OF_INTERCHANGE.test(buffer.toString("latin1"));
  } finally {
    await file.close();
  }
}
