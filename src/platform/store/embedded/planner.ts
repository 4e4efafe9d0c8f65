/** Chooses how a query finds its documents: ranges of an index, in which order, or the whole collection. */
import type { Doc } from "./bson-raw.ts";
import type { Collection, Index } from "./catalogue.ts";
import { conjuncts, isImplied, isIndexable } from "./implication.ts";
import { indexPrefix } from "./index-keys.ts";
import { inverted, keyOf, ORDER, successor } from "./key-string.ts";
import { isOperators } from "./values.ts";

/** A range of index keys [low, high). */
export interface Range {
  readonly low: Buffer;
  readonly high: Buffer;
  /** The whole key of a unique index: at most one document. */
  readonly point: boolean;
  /** Bytes that all keys of the range share, behind which the sort fields start. */
  readonly shared: number;
}

/** How a query will be read. */
export interface Plan {
  readonly index: Index | null;
  readonly ranges: readonly Range[];
  readonly reverse: boolean;
  /** Rows come in the order of the sort. */
  readonly sorted: boolean;
  /** Each range is in the order of the sort, but they must be merged. */
  readonly merged: boolean;
  /** Every document in the ranges matches, so the filter need not be asked. */
  readonly exact: boolean;
  /** The plans of the branches of an `$or`, whose documents are read once each, in place of one index. */
  readonly union: readonly Plan[];
}

/** The whole collection, as it comes. */
const SCAN: Plan = {
  index: null,
  ranges: [],
  reverse: false,
  sorted: false,
  merged: false,
  exact: false,
  union: [],
};

/** Sort fields in order with their directions. */
export type SortSpec = readonly (readonly [field: string, direction: 1 | -1])[];

interface Bound {
  readonly key: Buffer;
  readonly inclusive: boolean;
}

/** What a filter demands of one field, as far as an index can use it. */
interface Demand {
  points: Buffer[] | null;
  low: Bound | null;
  high: Bound | null;
  /** Conditions that the bounds express completely. */
  expressed: number;
  conditions: number;
  holdsNull: boolean;
}

/** The demands of a filter; `complete` says that nothing stands beside them. */
interface Demands {
  readonly fields: Map<string, Demand>;
  complete: boolean;
}

const MAX_POINTS = 20_000;
const PROBE = 101;
const PROBED_RANGES = 32;
const MAX_BRANCHES = 100;
/** So many documents may be read and sorted for a page, rather than walk in its order and pass over what does not match. */
const SORTED_FOR_A_PAGE = 4_000;

function setPoints(demand: Demand, values: readonly unknown[]): void {
  if (demand.points || !values.every(isIndexable)) return;
  const keys = values.map(keyOf).sort(Buffer.compare);
  demand.points = keys.filter((key, i) => i === 0 || !key.equals(keys[i - 1] as Buffer));
  if (values.includes(null)) demand.holdsNull = true;
  else demand.expressed++;
}

function setBound(demand: Demand, side: "low" | "high", value: unknown, inclusive: boolean): void {
  if (demand[side] || value === null || !isIndexable(value)) return;
  const key = keyOf(value);
  if (key[0] === ORDER.number && key.subarray(1).every((byte) => byte === 0)) return; // NaN
  demand[side] = { key, inclusive };
  demand.expressed++;
}

function addOperator(demand: Demand, operator: string, operand: unknown): void {
  demand.conditions++;
  if (operator === "$eq") setPoints(demand, [operand]);
  else if (operator === "$in" && Array.isArray(operand)) setPoints(demand, operand);
  else if (operator.startsWith("$gt")) setBound(demand, "low", operand, operator === "$gte");
  else if (operator.startsWith("$lt")) setBound(demand, "high", operand, operator === "$lte");
}

function addField(demands: Demands, field: string, value: unknown): void {
  let demand = demands.fields.get(field);
  if (!demand) {
    demand = { points: null, low: null, high: null, expressed: 0, conditions: 0, holdsNull: false };
    demands.fields.set(field, demand);
  }
  const operators = isOperators(value) ? value : { $eq: value };
  for (const [operator, operand] of Object.entries(operators)) {
    addOperator(demand, operator, operand);
  }
}

function demandsOf(filter: Doc): Demands {
  const demands: Demands = { fields: new Map(), complete: true };
  for (const [key, value] of conjuncts(filter)) {
    if (key.startsWith("$")) demands.complete = false;
    else addField(demands, key, value);
  }
  return demands;
}

/** Returns the key range of one field's bounds, turned around for a descending field. */
function boundsOf(demand: Demand, descending: boolean): { low: Buffer; high: Buffer } {
  const order = Buffer.from([(demand.low ?? demand.high)?.key[0] as number]);
  const low = demand.low ?? { key: order, inclusive: true };
  const high = demand.high ?? { key: order, inclusive: true };
  if (descending) {
    const [first, last] = [inverted(high.key), inverted(low.key)];
    return {
      low: high.inclusive ? first : successor(first),
      high: low.inclusive ? successor(last) : last,
    };
  }
  return {
    low: low.inclusive ? low.key : successor(low.key),
    high: high.inclusive ? successor(high.key) : high.key,
  };
}

interface Candidate extends Plan {
  readonly score: number;
}

/** The ranges that a filter gives an index, built field by field. */
interface Bounds {
  prefixes: Buffer[];
  ranges: { low: Buffer; high: Buffer; shared: number }[] | null;
  /** Fields fixed by points, from the left. */
  fixed: number;
  score: number;
  exact: boolean;
  expressed: number;
}

function addPoints(bounds: Bounds, demand: Demand, points: readonly Buffer[], desc: boolean) {
  const keys = desc ? points.map(inverted).reverse() : points;
  bounds.prefixes = bounds.prefixes.flatMap((p) => keys.map((key) => Buffer.concat([p, key])));
  bounds.fixed++;
  bounds.score += points.length === 1 ? 10 : 8;
  bounds.expressed += demand.holdsNull ? 0 : 1;
  bounds.exact &&= !demand.holdsNull && demand.conditions === 1;
}

function addRange(bounds: Bounds, demand: Demand, desc: boolean, multikey: boolean): void {
  const used = { ...demand };
  // Two bounds may be met by two elements of one array, and bounds of two types by none.
  const mixed = used.low && used.high && used.low.key[0] !== used.high.key[0];
  const twoConditions = used.low?.key !== used.high?.key;
  if (mixed || (multikey && used.low && used.high && twoConditions)) used.high = null;
  if (!used.low && used.high?.key[0] === ORDER.number) bounds.exact = false; // NaN lies below
  if (used.high !== demand.high) bounds.exact = false;
  const { low, high } = boundsOf(used, desc);
  bounds.ranges = bounds.prefixes.map((prefix) => ({
    low: Buffer.concat([prefix, low]),
    high: Buffer.concat([prefix, high]),
    shared: prefix.length,
  }));
  bounds.score += used.low && used.high ? 6 : 5;
  bounds.expressed += demand.expressed;
  bounds.exact &&= demand.points === null && demand.expressed === demand.conditions;
}

function boundIndex(index: Index, demands: Demands): Bounds {
  const bounds: Bounds = {
    prefixes: [indexPrefix(index.id)],
    ranges: null,
    fixed: 0,
    score: 0,
    exact: !index.multikey,
    expressed: 0,
  };
  for (const { name, descending } of index.fields) {
    const demand = demands.fields.get(name);
    if (!demand) break;
    const { points } = demand;
    if (points && bounds.prefixes.length * points.length <= MAX_POINTS) {
      addPoints(bounds, demand, points, descending);
      continue;
    }
    if (demand.low || demand.high) addRange(bounds, demand, descending, index.multikey);
    break;
  }
  return bounds;
}

/** Returns how an index serves a sort: not at all, by itself, or with its ranges merged. */
function sortService(index: Index, demands: Demands, bounds: Bounds, sort: SortSpec): Plan {
  if (index.multikey || sort.length === 0) return SCAN;
  const fixedAt = (i: number) => i < bounds.fixed;
  const isConstant = (field: string) =>
    index.fields.some(
      ({ name }, i) =>
        name === field && fixedAt(i) && demands.fields.get(name)?.points?.length === 1,
    );
  const wanted = sort.filter(([field]) => !isConstant(field));
  const merged = bounds.prefixes.length > 1;
  // A field with several points may lead the sort only where nothing needs merging.
  let at = merged ? bounds.fixed : 0;
  let direction = 0;
  for (const [field, way] of wanted) {
    while (!merged && index.fields[at] && isConstant((index.fields[at] as { name: string }).name)) {
      at++;
    }
    const next = index.fields[at++];
    if (next?.name !== field) return SCAN;
    const turn = (way === -1) !== next.descending ? -1 : 1;
    if (direction !== 0 && direction !== turn) return SCAN;
    direction = turn;
  }
  return { ...SCAN, sorted: true, merged: merged && wanted.length > 0, reverse: direction === -1 };
}

function candidate(index: Index, demands: Demands, filter: Doc, sort: SortSpec): Candidate | null {
  const partial = index.partialFilterExpression;
  if (partial && !isImplied(partial, filter)) return null;
  const bounds = boundIndex(index, demands);
  const service = sortService(index, demands, bounds, sort);
  if (bounds.score === 0 && !service.sorted) return null;
  if (index.sparse && !coversSparse(index, demands, bounds)) return null;
  let total = 0;
  for (const demand of demands.fields.values()) total += demand.conditions;
  const point = index.unique && bounds.fixed === index.fields.length;
  const ranges =
    bounds.ranges ??
    bounds.prefixes.map((low) => ({ low, high: successor(low), shared: low.length }));
  return {
    ...service,
    index,
    ranges: ranges.map((range) => ({ ...range, point })),
    sorted: sort.length === 0 || service.sorted,
    exact: bounds.exact && demands.complete && bounds.expressed === total && !partial,
    score: bounds.score + (service.sorted ? 3 : 0),
  };
}

/** A sparse index holds every match only when some indexed field must exist in it. */
function coversSparse(index: Index, demands: Demands, bounds: Bounds): boolean {
  const used = bounds.fixed + (bounds.ranges ? 1 : 0);
  return index.fields
    .slice(0, used)
    .some(({ name }) => demands.fields.get(name)?.holdsNull === false);
}

function choose(
  candidates: readonly Candidate[],
  isPage: boolean,
  countKeys: KeyCounter,
): Candidate | undefined {
  const [first, ...others] = candidates;
  if (!first || others.length === 0) return first;
  const points = candidates.find((c) => c.ranges.length === 1 && c.ranges[0]?.point);
  if (points) return points;
  const sized = candidates.map((c) => ({ c, size: sizeOf(c, countKeys) }));
  const small = sized.filter(({ size }) => size < PROBE).sort((a, b) => a.size - b.size)[0];
  if (small && small.size < PROBE / 2) return small.c;
  const [best] = sized.sort(
    (a, b) => b.c.score - a.c.score || Number(b.c.sorted) - Number(a.c.sorted) || a.size - b.size,
  );
  const walk = sized.find(({ c }) => c.sorted);
  if (!isPage || !best || best.c.sorted || !walk) return best?.c;
  const isFew = sizeOf(best.c, countKeys, SORTED_FOR_A_PAGE) < SORTED_FOR_A_PAGE;
  return isFew ? best.c : walk.c;
}

function isMuchSmaller(plan: Plan, other: Plan, countKeys: KeyCounter): boolean {
  return sizeOf(plan, countKeys) < PROBE / 2 && sizeOf(other, countKeys) === PROBE;
}

/** Returns about how many keys a plan reads, up to a number: of many ranges it counts some. */
function sizeOf({ ranges, union }: Plan, countKeys: KeyCounter, atMost = PROBE): number {
  if (union.length > 0) {
    const size = union.reduce((sum, branch) => sum + sizeOf(branch, countKeys, atMost), 0);
    return Math.min(size, atMost);
  }
  if (ranges[0]?.point) return Math.min(ranges.length, atMost);
  const stride = Math.ceil(ranges.length / PROBED_RANGES);
  let size = 0;
  for (let i = 0; i < ranges.length; i += stride) {
    const { low, high } = ranges[i] as Range;
    size += countKeys(low, high, atMost - size) * stride;
    if (size >= atMost) return atMost;
  }
  return size;
}

/** Returns how many keys stand in a range, counting no further than the limit. */
export type KeyCounter = (low: Buffer, high: Buffer, atMost: number) => number;

/** What a query asks of the planner. */
export interface Query {
  readonly filter: Doc;
  readonly sort: SortSpec;
  /** Most documents that are wanted; Infinity, or nothing, for all. */
  readonly limit?: number;
  readonly usable?: (index: Index) => boolean;
}

function isPoint(value: unknown): boolean {
  return value !== undefined && value !== null && isIndexable(value) && !isOperators(value);
}

/** Returns the plan of a query for one whole key of a unique index, where nothing needs to be chosen. */
function planPoint(
  collection: Collection,
  filter: Doc,
  usable: (index: Index) => boolean,
): Plan | null {
  for (const index of collection.indexes) {
    const { fields, id, multikey, partialFilterExpression, sparse, unique } = index;
    if (!unique || sparse || partialFilterExpression || !usable(index)) continue;
    if (!fields.every(({ name }) => isPoint(filter[name]))) continue;
    const keys = fields.map(({ name, descending }) => {
      const key = keyOf(filter[name]);
      return descending ? inverted(key) : key;
    });
    const low = Buffer.concat([indexPrefix(id), ...keys]);
    const range = { low, high: successor(low), point: true, shared: low.length };
    const exact = !multikey && Object.keys(filter).length === fields.length;
    return { ...SCAN, index, ranges: [range], sorted: true, exact };
  }
  return null;
}

/** Returns the plan that reads the branches of an `$or` one after the other, where an index serves each. */
function planUnion(collection: Collection, query: Query, countKeys: KeyCounter): Plan | null {
  const conditions = conjuncts(query.filter);
  const others = conditions.filter(([key]) => key !== "$or").map(([key, v]) => ({ [key]: v }));
  for (const [key, branches] of conditions) {
    if (key !== "$or" || !Array.isArray(branches) || branches.length > MAX_BRANCHES) continue;
    const union = branches.flatMap((branch) => {
      const filter = { $and: [...others, branch] };
      const plan = planQuery(collection, { ...query, filter, sort: [] }, countKeys);
      return plan.union.length > 0 ? plan.union : [plan];
    });
    if (!union.every(({ index }) => index)) continue;
    return { ...SCAN, sorted: query.sort.length === 0, union };
  }
  return null;
}

/** Returns the plan of a query over a collection. */
export function planQuery(collection: Collection, query: Query, countKeys: KeyCounter): Plan {
  const { filter, sort, limit = Number.POSITIVE_INFINITY, usable = () => true } = query;
  const point = planPoint(collection, filter, usable);
  if (point) return point;
  const demands = demandsOf(filter);
  const candidates = collection.indexes
    .filter(usable)
    .map((index) => candidate(index, demands, filter, sort))
    .filter((plan) => plan !== null);
  const isPage = sort.length > 0 && limit < SORTED_FOR_A_PAGE;
  const chosen = choose(candidates, isPage, countKeys);
  const union = planUnion(collection, query, countKeys);
  if (union && (!chosen || isMuchSmaller(union, chosen, countKeys))) return union;
  if (chosen) return chosen;
  const exact = demands.fields.size === 0 && demands.complete;
  return { ...SCAN, sorted: sort.length === 0, exact };
}
