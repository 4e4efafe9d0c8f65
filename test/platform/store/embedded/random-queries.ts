/** Random filters, sorts and indexes over random documents. */
import { type Document, MaxKey, MinKey } from "bson";
import type { KeyPattern } from "../../../../src/platform/store/embedded/catalogue.ts";
import type { Dice } from "./dice.ts";
import { list, PLAIN_FIELDS, scalar } from "./random-documents.ts";

const PATHS = [
  ...PLAIN_FIELDS,
  ...PLAIN_FIELDS,
  "n.x",
  "n.y",
  "n.x",
  "l.k",
  "l.v",
  "n",
  "l",
  "_id",
];
const ODD_PATHS = ["l.0", "l.0.k", "n.0.x", "a.0", "n.x.k", "a.k", "b.1"];

function path(dice: Dice): string {
  return dice.chance(0.06) ? dice.pick(ODD_PATHS) : dice.pick(PATHS);
}

/** Returns a bound of a range; there is none at the ends of the order. */
function bound(dice: Dice, rare: number): unknown {
  const value = scalar(dice, rare);
  return value instanceof MinKey || value instanceof MaxKey ? 0 : value;
}

function range(dice: Dice, rare: number): Document {
  const low = dice.pick(["$gt", "$gte"]);
  const high = dice.pick(["$lt", "$lte"]);
  if (dice.chance(0.4)) return { [low]: bound(dice, rare) };
  if (dice.chance(0.4)) return { [high]: bound(dice, rare) };
  if (dice.chance(0.3)) return { [low]: bound(dice, rare), [high]: bound(dice, rare) };
  const from = dice.below(5) - 2;
  return { [low]: from, [high]: from + dice.below(4) };
}

const PATTERNS = [/^a/, /^ab?/, /b$/, /^A/i, /./, /^a|z/, /^é/];

/** Returns what a filter asks of one field. */
function condition(dice: Dice, rare: number, depth = 0): unknown {
  const s = () => scalar(dice, rare);
  switch (dice.below(depth > 0 ? 12 : 16)) {
    case 0:
    case 1:
    case 2:
      return s();
    case 3:
    case 4:
    case 5:
      return range(dice, rare);
    case 6:
    case 7:
      return { $in: Array.from({ length: dice.below(7) }, s) };
    case 8:
      return { $ne: s() };
    case 9:
      return { $exists: dice.chance(0.5) };
    case 10:
      return { $nin: Array.from({ length: dice.below(4) }, s) };
    case 11:
      return dice.chance(0.5) ? dice.pick(PATTERNS) : { $regex: "^a", $options: "i" };
    case 12:
      return { $not: operators(dice, rare) };
    case 13:
      return { $elemMatch: elementCondition(dice, rare) };
    case 14:
      return dice.chance(0.5)
        ? { $all: Array.from({ length: dice.below(3) }, s) }
        : { $size: dice.below(3) };
    default:
      return dice.chance(0.5) ? { $eq: s() } : list(dice, rare);
  }
}

function operators(dice: Dice, rare: number): unknown {
  const made = condition(dice, rare, 1);
  const isOperators = made instanceof RegExp || Object.keys(made ?? {})[0]?.startsWith("$");
  return isOperators ? made : { $eq: made };
}

function elementCondition(dice: Dice, rare: number): Document {
  if (dice.chance(0.5)) return range(dice, rare);
  return { k: scalar(dice, rare), ...(dice.chance(0.5) ? { v: { $gte: dice.below(4) } } : {}) };
}

/** Returns a filter; deeper ones hold `$and`, `$or` and `$nor`. */
export function randomFilter(dice: Dice, rare: number, depth = 0): Document {
  const out: Document = {};
  for (let i = dice.below(depth > 0 ? 2 : 3); i >= 0; i--) {
    out[path(dice)] = condition(dice, rare, 0);
  }
  if (depth > 1 || !dice.chance(0.25)) return dice.chance(0.01) ? {} : out;
  const branches = Array.from({ length: 1 + dice.below(3) }, () =>
    randomFilter(dice, rare, depth + 1),
  );
  const operator = dice.pick(["$or", "$or", "$or", "$and", "$nor"]);
  return dice.chance(0.5) ? { ...out, [operator]: branches } : { [operator]: branches };
}

/** Returns a sort; now and then none at all. */
export function randomSort(dice: Dice): Document {
  const out: Document = {};
  for (let i = dice.below(4); i > 0; i--) out[path(dice)] = dice.pick([1, -1]);
  return out;
}

/** What an index is made of. */
export interface RandomIndex {
  readonly name: string;
  readonly key: KeyPattern;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilterExpression?: Document | undefined;
}

const PARTIAL: readonly Document[] = [
  { a: { $exists: true } },
  { b: { $gt: 0 } },
  { c: { $gte: "a" } },
  { d: 1 },
  { a: { $gt: "" } },
  { "n.y": { $lt: 3 } },
  { b: { $gte: 0, $lt: 3 } },
  { a: { $exists: true }, c: { $lte: 2 } },
  { d: { $in: [0, 1, "a"] } },
];

/** Returns a filter that an index can serve: on its first fields, and within its own filter where it is partial. */
export function indexedFilter(dice: Dice, index: RandomIndex, rare: number): Document {
  const s = () => scalar(dice, rare);
  const out: Document = {};
  for (const [field] of index.key) {
    const kind = dice.below(5);
    if (kind < 2) out[field] = s();
    else if (kind < 4) out[field] = { $in: Array.from({ length: 1 + dice.below(4) }, s) };
    else out[field] = range(dice, rare);
    if (kind === 4 || dice.chance(0.4)) break;
  }
  const partial = index.partialFilterExpression;
  return partial && dice.chance(0.8) ? { $and: [partial, out] } : out;
}

/** Returns a sort that an index may serve, forwards or backwards, from one of its fields on. */
export function indexedSort(dice: Dice, index: RandomIndex): Document {
  const turn = dice.pick([1, -1]);
  const from = dice.below(index.key.length);
  return Object.fromEntries(index.key.slice(from).map(([field, way]) => [field, way * turn]));
}

/** Returns an index of one to three fields, sometimes unique, sparse or partial. */
export function randomIndex(dice: Dice): RandomIndex {
  const key = new Map<string, 1 | -1>();
  for (let i = dice.below(3); i >= 0; i--) key.set(dice.pick(PATHS), dice.pick([1, -1]));
  const kind = dice.below(10);
  const sparse = kind === 0 || kind === 1;
  const partial = kind === 2 || kind === 3 || kind === 4 ? dice.pick(PARTIAL) : undefined;
  const name = [...key].map((part) => part.join("_")).join("_");
  return {
    name: `${name}_${kind}`,
    key: [...key],
    unique: dice.chance(0.1),
    sparse,
    ...(partial ? { partialFilterExpression: partial } : {}),
  };
}
