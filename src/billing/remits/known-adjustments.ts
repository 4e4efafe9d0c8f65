import type { Cents } from "../money/index.ts";
import type { Adjustment } from "./remittance.ts";

/**
 * Adjustments and lists of them read so far, each at the place that its amounts name; the newest of
 * a place is kept. A contract knows few prices, so that the same adjustments come many times, and a
 * remittance is kept whole until it is posted.
 */
const PLACES = 2048;
const known = new Array<Adjustment | undefined>(PLACES).fill(undefined);
const knownLists = new Array<readonly Adjustment[] | undefined>(PLACES).fill(undefined);

const NONE: readonly never[] = [];

/** Longer texts may be slices, which would keep alive all the text that they came from. */
const CODE_LENGTH_MAX = 5;
/** Longer lists seldom come again. */
const LIST_LENGTH_MAX = 4;

/** The adjustment that says so; those that say the same may be one object. */
export function adjustmentOf(
  groupCode: string,
  reasonCode: string,
  amountCents: Cents,
  quantity: string | undefined,
): Adjustment {
  const short = groupCode.length <= CODE_LENGTH_MAX && reasonCode.length <= CODE_LENGTH_MAX;
  if (!short || quantity !== undefined) {
    return { groupCode, reasonCode, amountCents, quantity };
  }
  const place = placeOf(mixed(mixed(0, amountCents), reasonCode.charCodeAt(0)));
  const before = known[place];
  if (
    before !== undefined &&
    before.amountCents === amountCents &&
    before.reasonCode === reasonCode &&
    before.groupCode === groupCode
  ) {
    return before;
  }
  const adjustment: Adjustment = { groupCode, reasonCode, amountCents, quantity };
  known[place] = adjustment;
  return adjustment;
}

/** The list without the room that it grew by; lists of the same adjustments may be one object. */
export function adjustmentListOf(read: readonly Adjustment[]): readonly Adjustment[] {
  if (read.length === 0) return NONE;
  if (read.length > LIST_LENGTH_MAX) return read.slice();
  let hash = 0;
  for (const { amountCents } of read) hash = mixed(hash, amountCents);
  const place = placeOf(hash);
  const before = knownLists[place];
  if (before !== undefined && isSame(before, read)) return before;
  const list = read.slice();
  knownLists[place] = list;
  return list;
}

function isSame(a: readonly Adjustment[], b: readonly Adjustment[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** FNV-1a, a number at a time. */
function mixed(hash: number, next: number): number {
  return Math.imul(hash ^ next, 0x01000193);
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (PLACES - 1);
}
