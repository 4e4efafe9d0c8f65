/** Random queries by whatever plan the planner chooses, against a full scan of the same documents. */
import { join } from "node:path";
import type { Document } from "bson";
import { expect } from "chai";
import { runBatch } from "../../../../src/platform/store/embedded/batch.ts";
import { decode, encode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import type { Collection, Index } from "../../../../src/platform/store/embedded/catalogue.ts";
import { MongoError } from "../../../../src/platform/store/embedded/errors.ts";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import type { Plan } from "../../../../src/platform/store/embedded/planner.ts";
import {
  countMatching,
  planOf,
  type Query,
  runQuery,
} from "../../../../src/platform/store/embedded/query.ts";
import { parseSort } from "../../../../src/platform/store/embedded/sort.ts";
import {
  addIndex,
  checkedDocument,
  ensureCollection,
  openStore,
  type Store,
  type Transaction,
  takeRow,
  writeDocument,
} from "../../../../src/platform/store/embedded/store.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import {
  beginTransaction,
  closeTransactions,
  endTransaction,
  writeInTransaction,
} from "../../../../src/platform/store/embedded/transaction.ts";
import { type Dice, diceOf, freshSeed } from "./dice.ts";
import { differenceFromScan } from "./full-scan.ts";
import { temporaryFolder } from "./opened-store.ts";
import { randomDocument, randomShape, type Shape } from "./random-documents.ts";
import {
  indexedFilter,
  indexedSort,
  randomFilter,
  randomIndex,
  randomSort,
} from "./random-queries.ts";

const COLLECTIONS = 24;
const QUERIES = 1300;
const DOCUMENTS = 50;

/** The documents that a view should hold, by `_id`, with their rows. */
type Model = Map<number, { row: number; raw: Buffer }>;

interface Ground {
  readonly dice: Dice;
  readonly store: Store;
  readonly c: Collection;
  readonly shape: Shape;
}

/** One document to write; null to remove it. */
interface Write {
  readonly id: number;
  readonly doc: Document | null;
}

/** Writes a document to a view and its model; false where an index refuses it. */
function write(g: Ground, t: Transaction | null, model: Model, { id, doc }: Write): boolean {
  const held = model.get(id);
  const row = held?.row ?? takeRow(g.c);
  const before = held?.raw ?? null;
  const after = doc && checkedDocument(encode(doc));
  if (!before && !after) return true;
  try {
    runBatch(g.store, () => {
      const change = { rowId: row, before, after };
      if (t) writeInTransaction(g.store, t, g.c, change);
      else writeDocument(g.store, g.c, change);
    });
  } catch (error) {
    if (error instanceof MongoError && [171, 11000].includes(error.code)) return false;
    throw error;
  }
  if (after) model.set(id, { row, raw: after });
  else model.delete(id);
  return true;
}

function fill(g: Ground): Model {
  const model: Model = new Map();
  for (let id = 0; id < DOCUMENTS; id++) {
    write(g, null, model, { id, doc: randomDocument(g.dice, g.shape, id) });
  }
  return model;
}

/** Opens a transaction that changes, adds and removes documents; one that is refused is left out. */
function alter(g: Ground, committed: Model): { t: Transaction; model: Model } {
  const { dice, shape, store } = g;
  let writes = Array.from({ length: DOCUMENTS / 2 }, (): Write => {
    const id = dice.below(DOCUMENTS + 10);
    return { id, doc: dice.chance(0.2) ? null : randomDocument(dice, shape, id) };
  });
  for (;;) {
    const t = beginTransaction(store);
    const model: Model = new Map(committed);
    const refused = writes.find((one) => !write(g, t, model, one));
    if (!refused) return { t, model };
    endTransaction(store, t); // as every error in a transaction does
    writes = writes.filter((one) => one !== refused);
  }
}

function filterFor({ dice, c, shape: { rare } }: Ground, index: Index): Document {
  const served = (by = dice.pick(c.indexes)) => indexedFilter(dice, by, rare);
  switch (dice.below(8)) {
    case 0:
    case 1:
    case 2:
      return served(index);
    case 3:
      return { $or: Array.from({ length: 1 + dice.below(3) }, served) };
    case 4:
      return { $or: [served(), served()], ...randomFilter(dice, rare, 2) };
    case 5:
      return { $and: [served(), randomFilter(dice, rare)] };
    default:
      return randomFilter(dice, rare);
  }
}

function randomQuery(g: Ground): Query & { filter: Document } {
  const { dice, c } = g;
  const index = dice.pick(c.indexes);
  const sort = dice.chance(0.5) ? indexedSort(dice, index) : randomSort(dice);
  if (dice.chance(0.2)) sort._id ??= dice.pick([1, -1]);
  return {
    filter: decode(encode(filterFor(g, index))),
    sort: parseSort(sort),
    skip: dice.chance(0.2) ? dice.below(10) : 0,
    limit: dice.chance(0.3) ? 1 + dice.below(20) : Number.POSITIVE_INFINITY,
  };
}

/** What plans were used, by what is notable about them. */
class Tally {
  readonly counts: Record<string, number> = {};

  add({ index, union, merged, sorted, reverse, exact, ranges }: Plan, query: Query): void {
    const notable = {
      scan: !index && union.length === 0,
      index: index !== null,
      union: union.length > 0,
      merged,
      exact: exact && index !== null,
      reverse: reverse && index !== null,
      sorted: sorted && index !== null && query.sort.length > 0,
      points: ranges.length > 1,
      multikey: index?.multikey,
      sparse: index?.sparse,
      partial: index?.partialFilterExpression !== undefined,
      unique: index?.unique && index.name !== "_id_",
      compound: (index?.key.length ?? 0) > 1,
      descending: index?.fields.some(({ descending }) => descending),
    };
    for (const [name, holds] of Object.entries(notable)) {
      this.counts[name] = (this.counts[name] ?? 0) + (holds ? 1 : 0);
    }
  }
}

function compare(g: Ground, t: Transaction | null, model: Model, tally: Tally): void {
  const query = randomQuery(g);
  const plan = planOf(g.store, t, g.c, query);
  tally.add(plan, query);
  const found = [...runQuery(g.store, t, g.c, query, plan)].map(({ raw }) => raw);
  const documents = [...model.values()].map(({ raw }) => raw);
  const counted = g.dice.chance(0.2) ? countMatching(g.store, t, g.c, query.filter) : undefined;
  const difference = differenceFromScan(found, counted, documents, query);
  if (difference === null) return;
  const shown = JSON.stringify({ ...query, plan: plan.index?.name, union: plan.union.length });
  expect.fail(
    `FUZZ_SEED=${g.dice.seed}: ${difference} for ${shown} ${t ? "in a transaction" : ""}`,
  );
}

describe("embedded store: plans", () => {
  it(`answer ${COLLECTIONS * QUERIES} random queries as full scans do, order included`, () => {
    const dice = diceOf(freshSeed());
    const folder = temporaryFolder();
    const file = join(folder.path, "store.sqlite");
    const store = openStore(file, openWriter(file));
    store.tables.db.exec("PRAGMA synchronous=OFF");
    const tally = new Tally();
    for (let i = 0; i < COLLECTIONS; i++) {
      runBatch(store, () => ensureCollection(store, `t.c${i}`));
      const c = store.collections.get(`t.c${i}`) as Collection;
      const g: Ground = { dice, store, c, shape: randomShape(dice) };
      runBatch(store, () => {
        for (const index of Array.from({ length: 6 }, () => randomIndex(dice))) {
          if (!c.indexes.some(({ name }) => name === index.name)) addIndex(store, c, index);
        }
      });
      const committed = fill(g);
      for (let q = 0; q < QUERIES / 2; q++) compare(g, null, committed, tally);
      const { t, model } = alter(g, committed);
      for (let q = 0; q < QUERIES / 2; q++) compare(g, t, model, tally);
    }
    closeTransactions(store);
    store.tables.db.close();
    expect(verifyEmbedded({ directory: folder.path }).problems).to.deep.equal([]);
    folder.remove();
    console.log(`      seed ${dice.seed}: ${JSON.stringify(tally.counts)}`);
    for (const [name, count] of Object.entries(tally.counts)) {
      expect(count, `plans with ${name}, seed ${dice.seed}`).to.be.greaterThan(20);
    }
  });
});
