/** Reads the rows of a plan, with a transaction's own writes laid over its snapshot. */
import type { Collection } from "./catalogue.ts";
import type { Overlay } from "./overlay.ts";
import type { Plan, Range } from "./planner.ts";
import { type Row, type Source, scanDocuments, scanIndex } from "./tables.ts";

/** From where to read, and the writes that only its transaction sees. */
export interface View extends Source {
  readonly overlay: Overlay | undefined;
}

type Rows = Iterator<Row>;

/** Rows in order of their keys, but for the bytes that all of them share in front. */
interface Run {
  readonly rows: Rows;
  readonly shared: number;
}

/** Merges sorted sources into one sorted output. */
function* merge(sources: readonly Run[], reverse: boolean): Generator<Row> {
  const heads = sources.flatMap(({ rows, shared }) => {
    const { value, done } = rows.next();
    return done ? [] : [{ rows, shared, row: value, tail: value.key?.subarray(shared) as Buffer }];
  });
  const isBefore = (a: Buffer, b: Buffer) => (reverse ? b.compare(a) : a.compare(b)) < 0;
  while (heads.length > 0) {
    const head = heads.reduce((least, one) => (isBefore(one.tail, least.tail) ? one : least));
    yield head.row;
    const { value, done } = head.rows.next();
    if (done) heads.splice(heads.indexOf(head), 1);
    else {
      head.row = value;
      head.tail = value.key?.subarray(head.shared) as Buffer;
    }
  }
}

function* without(rows: IterableIterator<Row>, overlay: Overlay): Generator<Row> {
  for (const row of rows) if (!overlay.changes.has(row.rowId)) yield row;
}

function ownRows(overlay: Overlay, plan: Plan, range: Range): Row[] {
  if (!plan.index) return [];
  const rows: Row[] = [];
  for (const { key, rowId } of overlay.between(plan.index, range.low, range.high)) {
    const raw = overlay.changes.get(rowId)?.after;
    if (raw) rows.push({ rowId, raw, key });
  }
  return plan.reverse ? rows.reverse() : rows;
}

function pointRow(view: View, plan: Plan, range: Range): Row[] {
  const { overlay, tables } = view;
  if (overlay && plan.index) {
    const rowId = overlay.owner(plan.index, range.low.toString("latin1"));
    const raw = rowId === undefined ? null : overlay.changes.get(rowId)?.after;
    if (rowId !== undefined && raw) return [{ rowId, raw, key: range.low }];
  }
  const row = tables.getByKey(range.low);
  return row && !overlay?.changes.has(row.rowId) ? [row] : [];
}

function rangeRows(view: View, plan: Plan, range: Range, page: number | undefined): Rows {
  if (range.point) return pointRow(view, plan, range).values();
  const stored = scanIndex(view, range.low, range.high, plan.reverse, page);
  if (!view.overlay || view.overlay.changes.size === 0) return stored;
  const own = ownRows(view.overlay, plan, range);
  const others = without(stored, view.overlay);
  if (own.length === 0) return others;
  const sources = [others, own.values()].map((rows) => ({ rows, shared: 0 }));
  return merge(sources, plan.reverse);
}

function* collectionRows(view: View, collection: Collection): Generator<Row> {
  const stored = scanDocuments(view, collection.id);
  const { overlay } = view;
  if (!overlay) {
    yield* stored;
    return;
  }
  yield* without(stored, overlay);
  for (const [rowId, { after }] of overlay.changes) {
    if (after) yield { rowId, raw: after, key: null };
  }
}

function* inTurn(view: View, plan: Plan, page: number | undefined): Generator<Row> {
  const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
  for (const range of ranges) {
    const rows = rangeRows(view, plan, range, page);
    for (let row = rows.next(); !row.done; row = rows.next()) yield row.value;
  }
}

function mergedRanges(view: View, plan: Plan, page: number | undefined): Generator<Row> {
  const sources = plan.ranges.map((range) => ({
    rows: rangeRows(view, plan, range, page),
    shared: range.shared,
  }));
  return merge(sources, plan.reverse);
}

function* once(rows: Generator<Row>): Generator<Row> {
  const seen = new Set<number>();
  for (const row of rows) {
    if (seen.has(row.rowId)) continue;
    seen.add(row.rowId);
    yield row;
  }
}

function* branches(view: View, c: Collection, plan: Plan, page?: number): Generator<Row> {
  for (const branch of plan.union) yield* scan(view, c, branch, page);
}

/** Returns the rows that a plan reads, each document once; `page` is how many are likely to be wanted. */
export function scan(view: View, collection: Collection, plan: Plan, page?: number): Iterable<Row> {
  if (plan.union.length > 0) return once(branches(view, collection, plan, page));
  if (!plan.index) return collectionRows(view, collection);
  const [range, ...others] = plan.ranges;
  if (range?.point && others.length === 0) return pointRow(view, plan, range);
  const rows = plan.merged ? mergedRanges(view, plan, page) : inTurn(view, plan, page);
  return plan.index.multikey ? once(rows) : rows;
}
