/** Random filters, sorts and updates by the store's own matcher, sorter and updater, against mingo where it is right. */
import { type Document, Double } from "bson";
import { expect } from "chai";
import { Query } from "mingo";
import { updateOne } from "mingo/updater";
import { decode, encode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { MongoError } from "../../../../src/platform/store/embedded/errors.ts";
import { compileMatcher } from "../../../../src/platform/store/embedded/match.ts";
import { parseSort, sortRows } from "../../../../src/platform/store/embedded/sort.ts";
import { compileUpdate } from "../../../../src/platform/store/embedded/update.ts";
import { type Dice, diceOf, freshSeed } from "./dice.ts";
import {
  type Asked,
  type Changed,
  type Difference,
  MATCH_DIFFERENCES,
  SORT_DIFFERENCES,
  type Sorted,
  UPDATE_DIFFERENCES,
} from "./mingo-differences.ts";
import { randomDocument, randomShape, type Shape } from "./random-documents.ts";
import { randomFilter, randomSort } from "./random-queries.ts";
import { type RandomUpdate, randomUpdate } from "./random-updates.ts";

const MATCHES = 20_000;
const SORTS = 3000;
const UPDATES = 15_000;
/** Cases of one shape, and documents that each filter is asked of. */
const SAME_SHAPE = 50;
const DOCUMENTS = 4;
/** More than this share of cases may not be left out. */
const MOST_LEFT_OUT = 0.2;

/** Counts cases, and those that are left out, by what is known of mingo. */
class Ledger<T> {
  readonly #differences: readonly Difference<T>[];
  readonly #left = new Map<string, number>();
  readonly #dice: Dice;
  readonly #what: string;
  cases = 0;

  constructor(what: string, dice: Dice, differences: readonly Difference<T>[]) {
    this.#what = what;
    this.#dice = dice;
    this.#differences = differences;
  }

  /** Counts a case on whose parts the two disagree; fails where one of them has no known reason. */
  explain(parts: readonly T[], shown: unknown): void {
    const reasons = parts.map((part) => this.#differences.find(({ holds }) => holds(part)));
    if (reasons.length === 0 || reasons.includes(undefined)) {
      const unexplained = parts.filter((_part, i) => !reasons[i]);
      const text = JSON.stringify([shown, unexplained]);
      expect.fail(`FUZZ_SEED=${this.#dice.seed}: ${this.#what} disagree for ${text}`);
    }
    const name = reasons[0]?.name ?? "";
    this.#left.set(name, (this.#left.get(name) ?? 0) + 1);
  }

  /** Prints what was left out, and expects it to be little. */
  close(): void {
    const entries = [...this.#left].sort((a, b) => b[1] - a[1]);
    const left = entries.reduce((sum, [, n]) => sum + n, 0);
    const lines = entries.map(([name, n]) => `        ${String(n).padStart(5)} ${name}`);
    console.log(
      `      seed ${this.#dice.seed}: ${this.cases} ${this.#what}, left out ${left}:\n${lines.join("\n")}`,
    );
    expect(left / this.cases, this.#what).to.be.lessThan(MOST_LEFT_OUT);
  }
}

function isPlain(value: unknown): value is Document {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.getPrototypeOf(value) === Object.prototype;
}

/** Returns a value as text that is equal for equal values, in whatever order their fields stand. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) =>
    isPlain(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v,
  );
}

/** Returns the conditions of a filter, each on one field and of one operator. */
function conditionsOf(filter: Document, doc: Document): Asked[] {
  return Object.entries(filter).flatMap(([path, value]): Asked[] => {
    if (path.startsWith("$")) return (value as Document[]).flatMap((f) => conditionsOf(f, doc));
    const whole = value instanceof RegExp || (isPlain(value) && "$regex" in value);
    if (whole) return [{ path, operator: "$regex", operand: value, doc }];
    const isOperators = isPlain(value) && Object.keys(value)[0]?.startsWith("$");
    if (!isOperators) return [{ path, operator: "$eq", operand: value, doc }];
    return Object.entries(value).map(([operator, operand]) => ({ path, operator, operand, doc }));
  });
}

const filterOf = ({ path, operator, operand }: Asked): Document => ({
  [path]: operator === "$regex" ? operand : { [operator]: operand },
});

/** Returns a value with the numbers that it was sent with as plain ones, as a client of mingo would give them. */
function unwrapped(value: unknown): unknown {
  if (value instanceof Double) return value.valueOf();
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unwrapped(v)]));
}

const asSent = (filter: Document): Document => decode(encode(filter));
const matches = (filter: Document, doc: Document) => compileMatcher(asSent(filter))(encode(doc));
const mingoMatches = (filter: Document, doc: Document) =>
  new Query(unwrapped(filter) as never).test(doc);

/** Returns the conditions on which the two disagree; of `$not` those that it denies. */
function disputed(filter: Document, doc: Document): Asked[] {
  return conditionsOf(filter, doc)
    .filter((asked) => matches(filterOf(asked), doc) !== mingoMatches(filterOf(asked), doc))
    .flatMap((asked) => {
      if (asked.operator !== "$not") return [asked];
      return disputed({ [asked.path]: asked.operand }, doc);
    });
}

function documentsOf(dice: Dice, shape: Shape, n: number): Document[] {
  return Array.from({ length: n }, (_, i) => decode(encode(randomDocument(dice, shape, i))));
}

const sortedIds = (docs: readonly Document[], sort: Document): string =>
  sortRows(
    docs.map((doc) => ({ raw: encode(doc), id: doc._id as number })),
    parseSort(sort),
    docs.length,
  )
    .map(({ id }) => id)
    .join();

const mingoSortedIds = (docs: readonly Document[], sort: Document): string =>
  new Query({})
    .find<Document>([...docs])
    .sort(sort as never)
    .all()
    .map(({ _id }) => _id as number)
    .join();

const isKnown = (part: Sorted): boolean => SORT_DIFFERENCES.some(({ holds }) => holds(part));

/** Returns the fields of a sort, and the pairs of documents, of which the two do not think alike. */
function disputedFields(docs: readonly Document[], sort: Document): Sorted[] {
  const pairs = docs.flatMap((x, i) => docs.slice(i + 1).map((y) => [x, y]));
  const disputed = Object.entries(sort).flatMap(([path, way]) => {
    const one = { [path]: way };
    const isDisputed = (both: Document[]) => sortedIds(both, one) !== mingoSortedIds(both, one);
    const found = pairs.filter((pair) => isDisputed(pair) || isDisputed([...pair].reverse()));
    return found.map((pair): Sorted => ({ path, docs: pair }));
  });
  if (disputed.length > 0) return disputed;
  // Mingo gathers equal values first; those that are equal by their order alone, as 0 and [0, 1], lie apart.
  return Object.keys(sort)
    .map((path): Sorted => ({ path, docs }))
    .filter(isKnown);
}

const REFUSED = "refused";

function updated(doc: Document, { filter, update, arrayFilters }: RandomUpdate): string {
  try {
    const filters = arrayFilters.map(asSent);
    const compiled = compileUpdate(encode(update), asSent(filter), filters);
    return canonical(decode(compiled.apply(encode(doc), false).raw));
  } catch (error) {
    if (error instanceof MongoError) return REFUSED;
    throw error;
  }
}

function mingoUpdated(doc: Document, { filter, update, arrayFilters }: RandomUpdate): string {
  const copy = decode(encode(doc));
  const config = {
    arrayFilters: arrayFilters.map(unwrapped) as Document[],
    cloneMode: "deep" as const,
  };
  try {
    updateOne([copy], unwrapped(filter) as never, unwrapped(update) as never, config);
  } catch {
    return REFUSED; // it throws nothing but its own refusals
  }
  return canonical(decode(encode(copy)));
}

/** Returns the changes of an update on which the two disagree. */
function disputedChanges(doc: Document, { filter, update, arrayFilters }: RandomUpdate): Changed[] {
  return Object.entries(update).flatMap(([operator, fields]) =>
    Object.entries(fields as Document).flatMap(([path, operand]): Changed[] => {
      const one = { filter, update: { [operator]: { [path]: operand } }, arrayFilters };
      const ours = updated(doc, one);
      if (ours === mingoUpdated(doc, one)) return [];
      const refused = ours === REFUSED;
      return [{ path, operator, operand, doc, filter, arrayFilters, refused }];
    }),
  );
}

describe("embedded store: against mingo", () => {
  it(`matches ${MATCHES} times as mingo does, where mingo is right`, () => {
    const dice = diceOf(freshSeed());
    const ledger = new Ledger("filters", dice, MATCH_DIFFERENCES);
    let shape = randomShape(dice);
    for (let i = 0; ledger.cases < MATCHES; i++) {
      if (i % SAME_SHAPE === 0) shape = randomShape(dice);
      const filter = randomFilter(dice, shape.rare);
      for (const doc of documentsOf(dice, shape, DOCUMENTS)) {
        ledger.cases++;
        if (matches(filter, doc) === mingoMatches(filter, doc)) continue;
        ledger.explain(disputed(filter, doc), filter);
      }
    }
    ledger.close();
  });

  it(`sorts ${SORTS} times as mingo does, where mingo is right`, () => {
    const dice = diceOf(freshSeed(), 1);
    const ledger = new Ledger("sorts", dice, SORT_DIFFERENCES);
    let shape = randomShape(dice);
    while (ledger.cases < SORTS) {
      if (ledger.cases % SAME_SHAPE === 0) shape = randomShape(dice);
      const docs = documentsOf(dice, shape, DOCUMENTS);
      const sort = { ...randomSort(dice), _id: 1 };
      ledger.cases++;
      if (sortedIds(docs, sort) === mingoSortedIds(docs, sort)) continue;
      ledger.explain(disputedFields(docs, sort), sort);
    }
    ledger.close();
  });

  it(`updates ${UPDATES} times as mingo does, where mingo is right`, () => {
    const dice = diceOf(freshSeed(), 2);
    const ledger = new Ledger("updates", dice, UPDATE_DIFFERENCES);
    let shape = randomShape(dice);
    while (ledger.cases < UPDATES) {
      if (ledger.cases % SAME_SHAPE === 0) shape = randomShape(dice);
      const [doc = {}] = documentsOf(dice, shape, 1);
      const update = randomUpdate(dice, doc, shape.rare);
      if (!matches(update.filter, doc)) continue;
      ledger.cases++;
      if (updated(doc, update) === mingoUpdated(doc, update)) continue;
      ledger.explain(disputedChanges(doc, update), update);
    }
    ledger.close();
  });
});
