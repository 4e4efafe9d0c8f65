/** Runs a query: plan, scan, match, sort, skip and limit, over the store or a transaction's view of it. */
import { type Doc, TYPE, type ValueTest } from "./bson-raw.ts";
import type { Collection, Index } from "./catalogue.ts";
import { compileFilter } from "./match.ts";
import { type Plan, planQuery, type SortSpec } from "./planner.ts";
import { scan, type View } from "./scan.ts";
import { sortRows } from "./sort.ts";
import type { Store, Transaction } from "./store.ts";
import type { Row } from "./tables.ts";
import { isVisible, tablesOf } from "./transaction.ts";

/** A query, ready to run. */
export interface Query {
  readonly filter: Doc;
  readonly sort: SortSpec;
  readonly skip: number;
  /** Most rows that are wanted; Infinity for all. */
  readonly limit: number;
}

/** A query of a filter alone. */
export function matching(filter: Doc): Query {
  return { filter, sort: [], skip: 0, limit: Number.POSITIVE_INFINITY };
}

const LARGEST_FIRST_PAGE = 512;

/** Returns what a command sees: the committed state, or its transaction's snapshot and own writes. */
function viewOf(store: Store, t: Transaction | null, c: Collection): View {
  if (!t) return { tables: store.tables, overlay: undefined };
  const overlay = t.overlays.get(c);
  return {
    get tables() {
      return tablesOf(store, t);
    },
    overlay,
  };
}

/** Returns the plan of a query. */
export function planOf(store: Store, t: Transaction | null, c: Collection, query: Query): Plan {
  const { filter, sort, skip, limit } = query;
  const usable = (index: Index) => !t || isVisible(t, index);
  return planQuery(
    c,
    { filter, sort, limit: skip + limit, usable },
    viewOf(store, t, c).tables.countKeys,
  );
}

function* matches(rows: Iterable<Row>, test: ValueTest): Generator<Row> {
  for (const row of rows) if (test(row.raw, TYPE.object, 0)) yield row;
}

function* slice(rows: Iterable<Row>, skip: number, limit: number): Generator<Row> {
  let position = 0;
  for (const row of rows) {
    if (position++ < skip) continue;
    yield row;
    if (position >= skip + limit) return;
  }
}

/** Returns the rows of a query in order. */
export function runQuery(
  store: Store,
  t: Transaction | null,
  c: Collection,
  query: Query,
  planned: Plan | null = null,
): Iterable<Row> {
  const { filter, sort, skip, limit } = query;
  const test = compileFilter(filter); // refused before anything is planned
  const plan = planned ?? planOf(store, t, c, query);
  const wanted = plan.sorted ? skip + limit : Number.POSITIVE_INFINITY;
  const rows = scan(
    viewOf(store, t, c),
    c,
    plan,
    wanted <= LARGEST_FIRST_PAGE ? wanted : undefined,
  );
  const found = plan.exact ? rows : matches(rows, test);
  if (!plan.sorted) return deferred(() => sortRows(found, sort, skip + limit).slice(skip));
  return skip === 0 && limit === Number.POSITIVE_INFINITY ? found : slice(found, skip, limit);
}

function* deferred(make: () => Row[]): Generator<Row> {
  yield* make();
}

/** Returns how many documents match, from the index alone where that is possible. */
export function countMatching(store: Store, t: Transaction | null, c: Collection, filter: Doc) {
  const query = matching(filter);
  let count = 0;
  if (!t) {
    if (Object.keys(filter).length === 0) return c.count;
    compileFilter(filter);
    const plan = planOf(store, null, c, query);
    if (plan.index && plan.exact) {
      for (const { low, high } of plan.ranges) count += store.tables.countAllKeys(low, high);
      return count;
    }
  }
  for (const _row of runQuery(store, t, c, query)) count++;
  return count;
}
