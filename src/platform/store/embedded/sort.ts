/** Sorts documents in memory, for queries that no index sorts. */
import { type Doc, type PathStep, parsePath } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { fieldValues, writeFieldValue } from "./index-keys.ts";
import { KeyWriter } from "./key-string.ts";
import type { SortSpec } from "./planner.ts";
import { numberOf } from "./values.ts";

const MAX_SORT_BYTES = 100 * 1024 * 1024;

/** Returns the fields and directions of a sort document. */
export function parseSort(sort: Doc): SortSpec {
  return Object.entries(sort).map(([field, way]) => {
    const direction = numberOf(way);
    if (direction === undefined) throw fault(15974, "$sort key ordering must be a number");
    if (direction !== 1 && direction !== -1) {
      throw fault(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    }
    if (field.startsWith("$")) throw fault(16410, "bad sort field");
    return [field, direction] as const;
  });
}

interface SortField {
  readonly path: readonly PathStep[];
  readonly descending: boolean;
}

const best = new KeyWriter();
const other = new KeyWriter();

/** Leaves in `best` the least value of a field, or the greatest for a descending sort. */
function pickValue(raw: Buffer, { path, descending }: SortField): void {
  const { pairs } = fieldValues(raw, path);
  for (let i = 0; i < pairs.length; i += 2) {
    const [type, at] = [pairs[i] as number, pairs[i + 1] as number];
    const w = i === 0 ? best : other;
    w.length = 0;
    writeFieldValue(w, raw, type, at);
    if (i === 0) continue;
    const order = other.bytes.compare(best.bytes, 0, best.length, 0, other.length);
    if (descending ? order <= 0 : order >= 0) continue;
    best.length = 0;
    writeFieldValue(best, raw, type, at);
  }
}

/** Returns a function that gives a document's sort key as bytes. */
export function sortKeyOf(sort: SortSpec): (raw: Buffer) => Buffer {
  const fields = sort.map(([field, way]) => ({ path: parsePath(field), descending: way === -1 }));
  const key = new KeyWriter();
  return (raw) => {
    key.length = 0;
    for (const field of fields) {
      pickValue(raw, field);
      const from = key.length;
      key.reserve(best.length);
      key.length += best.bytes.copy(key.bytes, key.length, 0, best.length);
      if (field.descending) key.invert(from);
    }
    return key.take();
  };
}

/** Returns the first `keep` items in order; equal ones stay as they came. */
export function sortRows<T extends { readonly raw: Buffer }>(
  rows: Iterable<T>,
  sort: SortSpec,
  keep: number,
): T[] {
  const keyOf = sortKeyOf(sort);
  let held: { key: Buffer; row: T }[] = [];
  let bytes = 0;
  const order = () => held.sort((a, b) => a.key.compare(b.key));
  for (const row of rows) {
    held.push({ key: keyOf(row.raw), row });
    bytes += row.raw.length;
    if (held.length > keep * 2 + 1000) {
      held = order().slice(0, keep);
      bytes = held.reduce((sum, { row: kept }) => sum + kept.raw.length, 0);
    }
    if (bytes > MAX_SORT_BYTES) throw fault(292, "Sort exceeded memory limit of 104857600 bytes");
  }
  return order()
    .slice(0, keep)
    .map(({ row }) => row);
}
