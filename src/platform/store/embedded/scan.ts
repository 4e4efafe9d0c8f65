/** Reads the rows of a plan, with a transaction's own writes laid over its snapshot. */
import type { Collection } from "./catalogue.ts";
import type { Overlay } from "./overlay.ts";
import type { Plan, Range } from "./planner.ts";
import type { Row, Tables } from "./tables.ts";

/** From where to read: a connection, and the writes that only its transaction sees. */
export interface View {
  readonly tables: Tables;
  readonly overlay: Overlay | undefined;
}

type Rows = Iterator<Row>;
type Order = (a: Row, b: Row) => number;

const keyOrder: Order = (a, b) => (a.key as Buffer).compare(b.key as Buffer);

/** Merges sorted inputs into one sorted output. */
function* merge(inputs: readonly Rows[], order: Order): Generator<Row> {
  const heads = inputs.flatMap((rows) => {
    const first = rows.next();
    return first.done ? [] : [{ rows, row: first.value }];
  });
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) {
      const [a, b] = [heads[i], heads[least]];
      if (a && b && order(a.row, b.row) < 0) least = i;
    }
    const head = heads[least] as { rows: Rows; row: Row };
    yield head.row;
    const next = head.rows.next();
    if (next.done) heads.splice(least, 1);
    else head.row = next.value;
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

function* pointRow(view: View, plan: Plan, range: Range): Generator<Row> {
  const { overlay, tables } = view;
  if (overlay && plan.index) {
    const rowId = overlay.owner(plan.index, range.low.toString("latin1"));
    const raw = rowId === undefined ? null : overlay.changes.get(rowId)?.after;
    if (rowId !== undefined && raw) {
      yield { rowId, raw, key: range.low };
      return;
    }
  }
  const row = tables.getByKey(range.low);
  if (row && !overlay?.changes.has(row.rowId)) yield row;
}

function rangeRows(view: View, plan: Plan, range: Range, page: number | undefined): Rows {
  if (range.point) return pointRow(view, plan, range);
  const stored = view.tables.scanIndex(range.low, range.high, plan.reverse, page);
  if (!view.overlay || view.overlay.changes.size === 0) return stored;
  const own = ownRows(view.overlay, plan, range);
  const others = without(stored, view.overlay);
  if (own.length === 0) return others;
  const order: Order = plan.reverse ? (a, b) => keyOrder(b, a) : keyOrder;
  return merge([others, own.values()], order);
}

function* collectionRows(view: View, collection: Collection): Generator<Row> {
  const stored = view.tables.scanDocuments(collection.id);
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
  const shared = new Map<Row, number>();
  const inputs = plan.ranges.map(function* (range): Generator<Row> {
    const rows = rangeRows(view, plan, range, page);
    for (let row = rows.next(); !row.done; row = rows.next()) {
      shared.set(row.value, range.shared);
      yield row.value;
      shared.delete(row.value);
    }
  });
  const tail = (row: Row) => (row.key as Buffer).subarray(shared.get(row));
  const way = plan.reverse ? -1 : 1;
  return merge(inputs, (a, b) => tail(a).compare(tail(b)) * way);
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
export function scan(
  view: View,
  collection: Collection,
  plan: Plan,
  page?: number,
): Generator<Row> {
  if (plan.union.length > 0) return once(branches(view, collection, plan, page));
  if (!plan.index) return collectionRows(view, collection);
  const rows = plan.merged ? mergedRanges(view, plan, page) : inTurn(view, plan, page);
  return plan.index.multikey ? once(rows) : rows;
}
