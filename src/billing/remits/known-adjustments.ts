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

/**
 * Gathers the adjustments of one claim or line after another in the same room, so that only lists
 * that are kept are made.
 */
export class AdjustmentList {
  readonly #room: Adjustment[] = [];
  #length = 0;

  /** Forgets what an unfinished claim or line may have left. */
  begin(): void {
    this.#length = 0;
  }

  add(adjustment: Adjustment): void {
    this.#room[this.#length] = adjustment;
    this.#length += 1;
  }

  /** What was added; lists of the same adjustments may be one object. */
  take(): readonly Adjustment[] {
    const length = this.#length;
    const room = this.#room;
    if (length === 0) return NONE;
    if (length > LIST_LENGTH_MAX) return room.splice(0, length);
    let hash = 0;
    for (let index = 0; index < length; index += 1) {
      hash = mixed(hash, room[index]?.amountCents ?? 0);
    }
    const place = placeOf(hash);
    const before = knownLists[place];
    if (before !== undefined && startsWith(room, length, before)) return before;
    const list = room.slice(0, length);
    knownLists[place] = list;
    return list;
  }
}

function startsWith(
  room: readonly Adjustment[],
  length: number,
  list: readonly Adjustment[],
): boolean {
  if (list.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (list[index] !== room[index]) return false;
  return true;
}

/** FNV-1a, a number at a time. */
function mixed(hash: number, next: number): number {
  return Math.imul(hash ^ next, 0x01000193);
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (PLACES - 1);
}
