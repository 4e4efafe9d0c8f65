/** The writes of an open transaction: they lie over its snapshot until it commits. */
import { type Index, keysIn } from "./catalogue.ts";
import { withRowId } from "./index-keys.ts";

/** A write of one document. */
export interface Write {
  readonly rowId: number;
  /** The document before and after; null where it does not exist. */
  readonly before: Buffer | null;
  readonly after: Buffer | null;
  /** The top-level fields that may differ; null or absent for any. */
  readonly changed?: ReadonlySet<string> | null;
}

/** Index keys to remove and to add for one document. */
export interface KeyChange {
  readonly index: Index;
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
  readonly multikey: boolean;
}

/** What a transaction has made of a document. */
export interface Change extends Write {
  /** How the index keys change; null where the transaction wrote twice: they must be asked. */
  readonly keys: readonly KeyChange[] | null;
}

/** An index key in the overlay and the row that it leads to. */
export interface OverlayEntry {
  readonly key: Buffer;
  readonly rowId: number;
}

/** The keys of an index as latin1: their rows, and they themselves in order. */
interface SortedKeys {
  readonly rows: Map<string, number>;
  readonly sorted: string[];
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
  set(write: Write, keys: readonly KeyChange[]): void {
    const { rowId, before, after } = write;
    const earlier = this.changes.get(rowId);
    for (const [index, known] of this.#indexes) {
      if (earlier?.after) removeKeys(index, known, rowId, keysIn(index, earlier.after).keys);
      if (after)
        addKeys(index, known, rowId, before ? keysIn(index, after).keys : added(index, keys));
    }
    const change = earlier
      ? { ...write, before: earlier.before, changed: null, keys: null }
      : { ...write, keys };
    this.changes.set(rowId, change);
    this.bytes += (after?.length ?? 0) - (earlier?.after?.length ?? 0);
  }

  /** Returns the row to which this transaction has given a key of a unique index, as latin1. */
  owner(index: Index, key: string): number | undefined {
    return this.#keysOf(index).rows.get(key);
  }

  /** Returns this transaction's own keys between two bounds, in order. */
  between(index: Index, low: Buffer, high: Buffer): OverlayEntry[] {
    const { rows, sorted } = this.#keysOf(index);
    if (sorted.length === 0) return [];
    const [from, to] = [low, high].map((key) => lowerBound(sorted, key.toString("latin1")));
    return sorted.slice(from, to).map((text) => {
      return { key: Buffer.from(text, "latin1"), rowId: rows.get(text) as number };
    });
  }

  #keysOf(index: Index): SortedKeys {
    const known = this.#indexes.get(index);
    if (known) return known;
    const rows = new Map<string, number>();
    for (const [rowId, { after }] of this.changes) {
      for (const key of after ? keysIn(index, after).keys : []) {
        rows.set(fullKey(index, key, rowId), rowId);
      }
    }
    const made = { rows, sorted: [...rows.keys()].sort() };
    this.#indexes.set(index, made);
    return made;
  }
}

/** Returns the keys of a new document in an index. */
function added(index: Index, changes: readonly KeyChange[]): readonly Buffer[] {
  return changes.find((change) => change.index === index)?.added ?? [];
}

function addKeys(
  index: Index,
  { rows, sorted }: SortedKeys,
  rowId: number,
  keys: readonly Buffer[],
): void {
  for (const key of keys) {
    const text = fullKey(index, key, rowId);
    if (!rows.has(text)) sorted.splice(lowerBound(sorted, text), 0, text);
    rows.set(text, rowId);
  }
}

function removeKeys(
  index: Index,
  { rows, sorted }: SortedKeys,
  rowId: number,
  keys: readonly Buffer[],
): void {
  for (const key of keys) {
    const text = fullKey(index, key, rowId);
    if (rows.get(text) !== rowId) continue;
    rows.delete(text);
    sorted.splice(lowerBound(sorted, text), 1);
  }
}
