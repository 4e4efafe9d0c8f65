import { expect } from "chai";
import { type Collection, Decimal128, type Document, Long } from "mongodb";
import { expectCode, type OpenedStore, openedStore } from "./opened-store.ts";

const DOCUMENTS: readonly Document[] = [
  { _id: "number", a: 5 },
  { _id: "string", a: "five" },
  { _id: "null", a: null },
  { _id: "missing" },
  { _id: "array", a: [1, 5, "x"] },
  { _id: "empty", a: [] },
  { _id: "nested", a: { b: 5, c: "x" } },
  { _id: "list", a: [{ b: 1, c: 1 }, { b: 5, c: 2 }, { c: 3 }] },
  { _id: "date", a: new Date(1000) },
  { _id: "nan", a: Number.NaN },
  { _id: "bool", a: true },
  { _id: "double", a: [[5]] },
];

/** A filter and the ids that it must find. */
const CASES: readonly [filter: Document, ids: string[]][] = [
  [{ a: 5 }, ["number", "array"]],
  [{ a: { $eq: [1, 5, "x"] } }, ["array"]],
  [{ a: [5] }, ["double"]],
  [{ a: null }, ["null", "missing"]],
  [
    { a: { $ne: null } },
    ["number", "string", "array", "empty", "nested", "list", "date", "nan", "bool", "double"],
  ],
  [{ a: { $exists: false } }, ["missing"]],
  [{ a: { $gt: 4 } }, ["number", "array"]],
  [{ a: { $lt: 2 } }, ["array"]],
  [{ a: { $gte: Number.NaN } }, ["nan"]],
  [{ a: { $gt: "f" } }, ["string", "array"]],
  [{ a: { $lte: new Date(1000) } }, ["date"]],
  [{ a: { $in: [5, null] } }, ["number", "null", "missing", "array"]],
  [{ a: { $in: [/^f/, true] } }, ["string", "bool"]],
  [
    { a: { $nin: [5, null, "five"] } },
    ["empty", "nested", "list", "date", "nan", "bool", "double"],
  ],
  [{ a: /^FIVE$/i }, ["string"]],
  [{ a: { $regex: "^fi", $options: "" } }, ["string"]],
  [
    { a: { $not: { $gt: 4 } } },
    ["string", "null", "missing", "empty", "nested", "list", "date", "nan", "bool", "double"],
  ],
  [{ a: { $size: 3 } }, ["array", "list"]],
  [{ a: { $size: 0 } }, ["empty"]],
  [{ a: { $all: [1, 5] } }, ["array"]],
  [{ a: { $all: [[1, 5, "x"]] } }, ["array"]],
  [{ a: { $elemMatch: { $gt: 4, $lt: 6 } } }, ["array"]],
  [{ a: { $elemMatch: { b: 5, c: 2 } } }, ["list"]],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, []],
  [{ "a.b": 5 }, ["nested", "list"]],
  [{ "a.b": null }, ["number", "string", "null", "missing", "list", "date", "nan", "bool"]],
  [{ "a.b": { $exists: true } }, ["nested", "list"]],
  [{ "a.1": 5 }, ["array"]],
  [{ "a.0.b": 1 }, ["list"]],
  [{ a: { b: 5, c: "x" } }, ["nested"]],
  [{ a: { c: "x", b: 5 } }, []],
  [{ $or: [{ a: true }, { "a.c": "x" }] }, ["nested", "bool"]],
  [{ $and: [{ a: { $gt: 0 } }, { a: { $lt: 3 } }] }, ["array"]],
  [{ $nor: [{ a: { $exists: true } }] }, ["missing"]],
  [{ a: { $gt: 4 }, _id: { $ne: "array" } }, ["number"]],
  [{ $expr: { $eq: ["$a.b", 5] } }, ["nested"]],
];

describe("embedded store: filters", () => {
  let store: OpenedStore;
  let plain: Collection<Document>;
  let indexed: Collection<Document>;

  before(async () => {
    store = await openedStore("filters");
    plain = store.db.collection("plain");
    indexed = store.db.collection("indexed");
    await indexed.createIndexes([{ key: { a: 1 } }, { key: { "a.b": -1 } }]);
    await plain.insertMany(DOCUMENTS as never[]);
    await indexed.insertMany(DOCUMENTS as never[]);
  });
  after(() => store.close());

  for (const [filter, ids] of CASES) {
    const shown = JSON.stringify(filter, (_key, v) => (v instanceof RegExp ? String(v) : v));
    it(`finds by ${shown}, with and without an index`, async () => {
      for (const collection of [plain, indexed]) {
        const found = await collection.find(filter).toArray();
        expect(found.map((d) => String(d._id))).to.have.members(ids);
        expect(await collection.countDocuments(filter)).to.equal(ids.length);
      }
    });
  }

  it("orders the types as MongoDB does, both ways, with and without an index", async () => {
    const up = [
      "empty",
      "nan",
      "array",
      "number",
      "string",
      "list",
      "nested",
      "double",
      "bool",
      "date",
    ];
    for (const collection of [plain, indexed]) {
      const ascending = await collection.find().sort({ a: 1, _id: -1 }).toArray();
      const ids = ascending.map((d) => d._id);
      expect(ids.slice(0, 3)).to.include.members(["empty", "null", "missing"]);
      expect(ids.filter((id) => up.includes(String(id)))).to.deep.equal(up);
      const descending = await collection
        .find({ $or: [{ a: Number.NaN }, { a: { $gt: 0 } }] })
        .sort({ a: -1 })
        .toArray();
      expect(descending.map((d) => d._id)).to.deep.equal(["array", "number", "nan"]);
    }
  });

  it("refuses malformed filters over large collections and lives on", async () => {
    const c = store.db.collection("large");
    await c.createIndex({ a: 1 });
    await c.insertMany(Array.from({ length: 2100 }, (_, a) => ({ a })));
    for (const filter of [{ $and: [null] }, { $or: [5] }, { $or: 5 }, { a: { $in: 5 } }]) {
      await expectCode(c.find(filter as never).toArray(), 2);
      await expectCode(c.countDocuments(filter as never), 2);
    }
    expect(await c.countDocuments({ a: { $gte: 0 } })).to.equal(2100);
  });

  it("compares int64 and Decimal128 exactly with doubles", async () => {
    const c = store.db.collection("exact");
    const big = "9007199254740993";
    await c.insertMany([
      { _id: "long" as never, v: Long.fromString(big) },
      { _id: "double" as never, v: 9007199254740992 },
      { _id: "decimal" as never, v: Decimal128.fromString("0.1") },
      { _id: "tenth" as never, v: 0.1 },
      { _id: "two" as never, v: Decimal128.fromString("2.0") },
    ]);
    const ids = async (filter: Document) =>
      (await c.find(filter).sort({ v: 1 }).toArray()).map((d) => String(d._id));
    for (const create of [false, true]) {
      if (create) await c.createIndex({ v: 1 });
      expect(await ids({ v: Long.fromString(big) })).to.deep.equal(["long"]);
      expect(await ids({ v: { $gt: 9007199254740992 } })).to.deep.equal(["long"]);
      expect(await ids({ v: 0.1 })).to.deep.equal(["tenth"]);
      expect(await ids({ v: { $lt: 0.1 } })).to.deep.equal(["decimal"]);
      expect(await ids({ v: 2 })).to.deep.equal(["two"]);
      expect(await ids({})).to.deep.equal(["decimal", "tenth", "two", "double", "long"]);
    }
  });
});
