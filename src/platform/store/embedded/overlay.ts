/** The writes of an open transaction: they lie over its snapshot until it commits. */
import type { Index } from "./catalogue.ts";
import { keysIn } from "./catalogue.ts";
import { withRowId } from "./index-keys.ts";

/** Index keys to remove and to add for one document. */
export interface KeyChange {
  readonly index: Index;
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
  readonly multikey: boolean;
}

/** A document before the transaction and now; null where it does not exist. */
export interface Change {
  readonly before: Buffer | null;
  readonly after: Buffer | null;
  /** How the index keys change; null where the transaction wrote twice: they must be asked. */
  readonly keys: readonly KeyChange[] | null;
}

/** An index key in the overlay and the row that it leads to. */
export interface OverlayEntry {
  readonly key: Buffer;
  readonly rowId: number;
}

const TAIL = 64;

/** Keys in order: a sorted part and a short tail of late comers that is merged when it has grown. */
interface SortedKeys {
  readonly rows: Map<string, number>;
  readonly known: Set<string>;
  sorted: string[];
  tail: string[];
}

/** Returns the first position whose key is not below `key`. */
function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keysBetween(keys: SortedKeys, low: string, high: string): string[] {
  if (keys.tail.length > TAIL) {
    keys.sorted = keys.sorted.concat(keys.tail).sort(compareText);
    keys.tail = [];
  }
  const from = lowerBound(keys.sorted, low);
  const found = keys.sorted.slice(from, lowerBound(keys.sorted, high));
  const late = keys.tail.filter((key) => key >= low && key < high);
  return late.length === 0 ? found : found.concat(late).sort(compareText);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The key as it stands in the index: equal keys of a non-unique index are told apart by row. */
function fullKey(index: Index, key: Buffer, rowId: number): string {
  return (index.unique ? key : withRowId(key, rowId)).toString("latin1");
}

/** The writes of a transaction in one collection. */
export class Overlay {
  readonly changes = new Map<number, Change>();
  readonly #indexes = new Map<Index, SortedKeys>();
  bytes = 0;

  /** Sets what a row is now. */
  set(
    rowId: number,
    before: Buffer | null,
    after: Buffer | null,
    changes: readonly KeyChange[],
  ): void {
    const earlier = this.changes.get(rowId);
    for (const [index, keys] of this.#indexes) {
      if (earlier?.after) removeKeys(index, keys, rowId, earlier.after);
      if (after && before) addKeys(index, keys, rowId, keysIn(index, after).keys);
      else if (after) addKeys(index, keys, rowId, addedTo(index, changes));
    }
    const change = earlier
      ? { before: earlier.before, after, keys: null }
      : { before, after, keys: changes };
    this.changes.set(rowId, change);
    this.bytes += (after?.length ?? 0) - (earlier?.after?.length ?? 0);
  }

  /** Returns the row to which this transaction has given a key of a unique index, as latin1. */
  owner(index: Index, key: string): number | undefined {
    return this.#keysOf(index).rows.get(key);
  }

  /** Returns this transaction's own keys between two bounds, in order. */
  between(index: Index, low: Buffer, high: Buffer): OverlayEntry[] {
    const keys = this.#keysOf(index);
    if (keys.known.size === 0) return [];
    const out: OverlayEntry[] = [];
    for (const text of keysBetween(keys, low.toString("latin1"), high.toString("latin1"))) {
      const rowId = keys.rows.get(text);
      if (rowId !== undefined) out.push({ key: Buffer.from(text, "latin1"), rowId });
    }
    return out;
  }

  #keysOf(index: Index): SortedKeys {
    let keys = this.#indexes.get(index);
    if (!keys) {
      keys = { rows: new Map(), known: new Set(), sorted: [], tail: [] };
      this.#indexes.set(index, keys);
      for (const [rowId, { after }] of this.changes) {
        if (after) addKeys(index, keys, rowId, keysIn(index, after).keys);
      }
    }
    return keys;
  }
}

/** Returns the keys of a new document in an index. */
function addedTo(index: Index, changes: readonly KeyChange[]): readonly Buffer[] {
  for (const change of changes) if (change.index === index) return change.added;
  return [];
}

function addKeys(index: Index, keys: SortedKeys, rowId: number, found: readonly Buffer[]): void {
  for (const key of found) {
    const text = fullKey(index, key, rowId);
    keys.rows.set(text, rowId);
    if (keys.known.has(text)) continue;
    keys.known.add(text);
    keys.tail.push(text);
  }
}

function removeKeys(index: Index, keys: SortedKeys, rowId: number, raw: Buffer): void {
  for (const key of keysIn(index, raw).keys) {
    const text = fullKey(index, key, rowId);
    if (keys.rows.get(text) === rowId) keys.rows.delete(text);
  }
}
