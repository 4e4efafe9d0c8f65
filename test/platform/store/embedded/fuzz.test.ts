import { join } from "node:path";
import type { Document } from "bson";
import { expect } from "chai";
import { runBatch } from "../../../../src/platform/store/embedded/batch.ts";
import { decode, encode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import type { Collection } from "../../../../src/platform/store/embedded/catalogue.ts";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import {
  countMatching,
  matching,
  planOf,
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
  commitTransaction,
  endTransaction,
  writeInTransaction,
} from "../../../../src/platform/store/embedded/transaction.ts";
import { compileUpdate } from "../../../../src/platform/store/embedded/update.ts";
import { type Dice, diceOf, freshSeed } from "./dice.ts";
import { naiveMatch, naiveSort, naiveUpdate } from "./naive-model.ts";
import { temporaryFolder } from "./opened-store.ts";

const FIELDS = ["a", "b", "c", "n.x", "n.y"] as const;
const INDEXES: readonly (readonly [string, 1 | -1])[][] = [
  [["a", 1]],
  [
    ["b", -1],
    ["c", 1],
  ],
  [["n.x", 1]],
  [
    ["c", 1],
    ["a", -1],
  ],
  [
    ["a", 1],
    ["b", 1],
    ["c", -1],
  ],
];

function scalar(dice: Dice): unknown {
  switch (dice.below(8)) {
    case 0:
    case 1:
      return dice.below(5);
    case 2:
      return dice.below(5) - 2.5;
    case 3:
      return dice.pick(["a", "b", "ab", "", "a\u0000b", "é", "\u0001", "\u0002"]);
    case 4:
      return null;
    case 5:
      return new Date(dice.below(4) * 1000 - 1000);
    case 6:
      return dice.chance(0.5);
    default:
      return { k: dice.below(2) };
  }
}

function value(dice: Dice): unknown {
  if (dice.chance(0.8)) return scalar(dice);
  return Array.from({ length: dice.below(4) }, () => scalar(dice));
}

/** A document without arrays: with them alone every index would be multikey. */
function flatDocument(dice: Dice, _id: number): Document {
  return { _id, a: scalar(dice), b: scalar(dice), c: scalar(dice) };
}

function document(dice: Dice, _id: number): Document {
  const doc: Document = { _id };
  const listed = dice.pick(["a", "b", "c"]); // an index takes one array of a document
  for (const field of ["a", "b", "c"]) {
    if (dice.chance(0.8)) doc[field] = field === listed ? value(dice) : scalar(dice);
  }
  if (dice.chance(0.6)) {
    const inner = () => ({ x: value(dice), ...(dice.chance(0.7) ? { y: dice.below(4) } : {}) });
    doc.n = dice.chance(0.7) ? inner() : Array.from({ length: dice.below(3) }, inner);
  }
  return doc;
}

function condition(dice: Dice): unknown {
  const s = () => scalar(dice);
  switch (dice.below(14)) {
    case 0:
    case 1:
    case 2:
      return s();
    case 3:
      return { $gt: s() };
    case 4:
      return { $gte: s(), $lt: s() };
    case 5:
      return { $lte: s() };
    case 6:
      return { $in: [s(), s(), s()] };
    case 7:
      return { $ne: s() };
    case 8:
      return { $exists: dice.chance(0.5) };
    case 9:
      return { $nin: [s()] };
    case 10:
      return { $not: { $gt: s() } };
    case 11:
      return { $elemMatch: { $gte: dice.below(4), $lt: 4 } };
    case 12:
      return { $all: [s(), s()] };
    default:
      return { $size: dice.below(3) };
  }
}

function filter(dice: Dice): Document {
  const out: Document = {};
  for (let i = dice.below(3); i >= 0; i--) out[dice.pick(FIELDS)] = condition(dice);
  if (dice.chance(0.15)) out.$or = [{ a: condition(dice) }, { b: condition(dice) }];
  return out;
}

function sortOf(dice: Dice): Document {
  const out: Document = {};
  for (let i = dice.below(2); i >= 0; i--) out[dice.pick(FIELDS)] = dice.pick([1, -1]);
  return out;
}

interface Ground {
  readonly folder: ReturnType<typeof temporaryFolder>;
  readonly store: Store;
  readonly c: Collection;
  close(): void;
}

function ground(): Ground {
  const folder = temporaryFolder();
  const file = join(folder.path, "store.sqlite");
  const store = openStore(file, openWriter(file));
  store.tables.db.exec("PRAGMA synchronous=OFF");
  let c: Collection | undefined;
  runBatch(store, () => {
    c = ensureCollection(store, "t.c");
    for (const key of INDEXES) {
      const name = key.map((part) => part.join("_")).join("_");
      addIndex(store, c, { name, key, unique: false, sparse: name === "n.x_1" });
    }
  });
  if (!c) throw new Error("no collection");
  return {
    folder,
    store,
    c,
    close: () => {
      closeTransactions(store);
      store.tables.db.close();
      expect(verifyEmbedded({ directory: folder.path }).problems).to.deep.equal([]);
      folder.remove();
    },
  };
}

/** A document as the store gives it back: what cannot be told apart in JSON stays so. */
const read = (raw: Buffer): Document => decode(raw);
const ids = (docs: Iterable<Document>): number[] =>
  [...docs].map((d) => d._id as number).sort((x, y) => x - y);

function compareQuery(
  g: Ground,
  t: Transaction | null,
  model: readonly Document[],
  dice: Dice,
): boolean {
  const wanted = filter(dice);
  const shown = `seed ${dice.seed}: ${JSON.stringify(wanted)}`;
  const expected = ids(model.filter((d) => naiveMatch(d, wanted)));
  const query = { ...matching(wanted), sort: parseSort(dice.chance(0.6) ? sortOf(dice) : {}) };
  const found = [...runQuery(g.store, t, g.c, query)].map(({ raw }) => read(raw));
  const plan = planOf(g.store, t, g.c, query);
  expect(ids(found), `${shown} by ${plan.index?.name ?? "scan"}`).to.deep.equal(expected);
  expect(countMatching(g.store, t, g.c, wanted), `count of ${shown}`).to.equal(expected.length);
  const order = naiveSort(Object.fromEntries(query.sort));
  for (let i = 1; i < found.length; i++) {
    const inOrder = order(found[i - 1] as Document, found[i] as Document) <= 0;
    expect(inOrder, `${shown} sorted by ${JSON.stringify(query.sort)} at ${i}`).to.equal(true);
  }
  return plan.index !== null;
}

describe("embedded store: fuzz", () => {
  it("finds by every plan what a naive model finds, in the order of the sort", () => {
    const dice = diceOf(freshSeed());
    const g = ground();
    const docs = Array.from({ length: 300 }, (_, i) => document(dice, i));
    runBatch(g.store, () => {
      for (const d of docs) {
        writeDocument(g.store, g.c, { rowId: takeRow(g.c), before: null, after: encode(d) });
      }
    });
    let byIndex = 0;
    for (let i = 0; i < 1500; i++) byIndex += compareQuery(g, null, docs, dice) ? 1 : 0;
    g.close();
    expect(byIndex).to.be.greaterThan(500);
  });

  it("keeps arrays out: single values use the index for ranges and sorts just the same", () => {
    const dice = diceOf(freshSeed(), 1);
    const g = ground();
    const docs = Array.from({ length: 200 }, (_, id) => flatDocument(dice, id));
    runBatch(g.store, () => {
      for (const d of docs) {
        writeDocument(g.store, g.c, { rowId: takeRow(g.c), before: null, after: encode(d) });
      }
    });
    for (let i = 0; i < 1500; i++) compareQuery(g, null, docs, dice);
    g.close();
  });

  for (const make of [document, flatDocument]) {
    it(`reads, commits and aborts ${make.name}s in transactions as a naive model says`, () => {
      const dice = diceOf(freshSeed(), 2);
      const g = ground();
      let committed = new Map<number, { row: number; doc: Document }>();
      let nextId = 0;
      for (let round = 0; round < 25; round++) {
        const t = beginTransaction(g.store);
        const model = new Map(committed);
        for (let step = 0; step < 30; step++) {
          runBatch(g.store, () => {
            const held = [...model.values()];
            const target = held.length > 0 ? dice.pick(held) : undefined;
            if (!target || dice.chance(0.4)) {
              const doc = make(dice, nextId++);
              const row = takeRow(g.c);
              writeInTransaction(g.store, t, g.c, { rowId: row, before: null, after: encode(doc) });
              model.set(doc._id, { row, doc });
            } else if (dice.chance(0.6)) {
              const doc = make(dice, target.doc._id);
              const [before, after] = [encode(target.doc), encode(doc)];
              writeInTransaction(g.store, t, g.c, { rowId: target.row, before, after });
              model.set(doc._id, { row: target.row, doc });
            } else {
              const before = encode(target.doc);
              writeInTransaction(g.store, t, g.c, { rowId: target.row, before, after: null });
              model.delete(target.doc._id);
            }
          });
          if (step % 3 === 0)
            compareQuery(
              g,
              t,
              [...model.values()].map(({ doc }) => doc),
              dice,
            );
        }
        if (dice.chance(0.7)) {
          runBatch(g.store, () => commitTransaction(g.store, t));
          committed = model;
        } else endTransaction(g.store, t);
        compareQuery(
          g,
          null,
          [...committed.values()].map(({ doc }) => doc),
          dice,
        );
        expect(g.c.count, `seed ${dice.seed}`).to.equal(committed.size);
      }
      g.close();
    });
  }

  it("updates as a naive model does", () => {
    const dice = diceOf(freshSeed(), 3);
    const typed: readonly [operator: string, field: string, operand: () => unknown][] = [
      ["$set", "s", () => value(dice)],
      ["$unset", "s", () => ""],
      ["$inc", "i", () => dice.below(9) - 4],
      ["$min", "m", () => scalar(dice)],
      ["$max", "m", () => scalar(dice)],
      ["$push", "l", () => scalar(dice)],
      ["$addToSet", "l", () => scalar(dice)],
      ["$pop", "l", () => dice.pick([1, -1])],
      ["$pull", "k", () => dice.below(4)],
      ["$push", "k", () => dice.below(4)],
    ];
    let raw = checkedDocument(encode({ _id: 1, keep: "é", i: 0 }));
    const model: Document = { _id: 1, keep: "é", i: 0 };
    for (let i = 0; i < 3000; i++) {
      const [operator, field, make] = dice.pick(typed);
      const operand = make();
      raw = compileUpdate(encode({ [operator]: { [field]: operand } }), {}, []).apply(
        raw,
        false,
      ).raw;
      naiveUpdate(model, operator, field, operand);
      const shown = `seed ${dice.seed}, step ${i}: ${operator} ${field}`;
      expect(read(raw), shown).to.deep.equal(read(encode(model)));
    }
  });
});
