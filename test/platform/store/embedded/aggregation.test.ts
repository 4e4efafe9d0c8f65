import { expect } from "chai";
import { type Collection, Decimal128, type Document, Long } from "mongodb";
import { expectCode, isForeign, type OpenedStore, openedStore } from "./opened-store.ts";

const CLAIMS: readonly Document[] = [
  { _id: 1, payer: "A", cents: 100, tags: ["x", "y"], at: new Date(Date.UTC(2024, 0, 5)), p: 10 },
  { _id: 2, payer: "A", cents: 250, tags: ["x"], at: new Date(Date.UTC(2024, 1, 7)), p: 11 },
  { _id: 3, payer: "B", cents: 50, tags: [], at: new Date(Date.UTC(2024, 1, 9)), p: 10 },
  { _id: 4, payer: "B", cents: null, n: { m: 4 } },
  { _id: 5, cents: 7, tags: "z", n: { m: 5 } },
];

const CASES: readonly [name: string, pipeline: Document[], wanted: Document[]][] = [
  [
    "$match, $sort, $skip, $limit",
    [
      { $match: { payer: "A" } },
      { $sort: { _id: -1 } },
      { $skip: 1 },
      { $limit: 5 },
      { $project: { cents: 1 } },
    ],
    [{ _id: 1, cents: 100 }],
  ],
  [
    "$group with every accumulator",
    [
      {
        $group: {
          _id: "$payer",
          sum: { $sum: "$cents" },
          avg: { $avg: "$cents" },
          min: { $min: "$cents" },
          max: { $max: "$cents" },
          first: { $first: "$_id" },
          last: { $last: "$_id" },
          ids: { $push: "$_id" },
          set: { $addToSet: "$payer" },
          n: { $count: {} },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: null, sum: 7, avg: 7, min: 7, max: 7, first: 5, last: 5, ids: [5], set: [], n: 1 },
      {
        _id: "A",
        sum: 350,
        avg: 175,
        min: 100,
        max: 250,
        first: 1,
        last: 2,
        ids: [1, 2],
        set: ["A"],
        n: 2,
      },
      {
        _id: "B",
        sum: 50,
        avg: 50,
        min: 50,
        max: 50,
        first: 3,
        last: 4,
        ids: [3, 4],
        set: ["B"],
        n: 2,
      },
    ],
  ],
  [
    "$group by a document",
    [
      { $match: { _id: { $lt: 3 } } },
      { $group: { _id: { p: "$payer", m: { $month: "$at" } } } },
      { $sort: { "_id.m": 1 } },
    ],
    [{ _id: { p: "A", m: 1 } }, { _id: { p: "A", m: 2 } }],
  ],
  [
    "$unwind",
    [{ $unwind: "$tags" }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: "x" },
      { _id: 1, tags: "y" },
      { _id: 2, tags: "x" },
      { _id: 5, tags: "z" },
    ],
  ],
  [
    "$unwind that keeps the empty",
    [
      { $match: { _id: { $in: [1, 3, 4] } } },
      { $unwind: { path: "$tags", preserveNullAndEmptyArrays: true, includeArrayIndex: "i" } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 1, tags: "x", i: 0 },
      { _id: 1, tags: "y", i: 1 },
      { _id: 3, i: null },
      { _id: 4, i: null },
    ],
  ],
  ["$count", [{ $match: { payer: "A" } }, { $count: "n" }], [{ n: 2 }]],
  ["$count of nothing", [{ $match: { payer: "Z" } }, { $count: "n" }], []],
  [
    "$sortByCount",
    [{ $match: { payer: { $ne: null } } }, { $unwind: "$tags" }, { $sortByCount: "$tags" }],
    [
      { _id: "x", count: 2 },
      { _id: "y", count: 1 },
    ],
  ],
  [
    "$addFields, also nested",
    [
      { $match: { _id: 4 } },
      { $addFields: { "n.k": { $add: ["$n.m", 1] }, twice: { $multiply: ["$n.m", 2] } } },
      { $project: { n: 1, twice: 1 } },
    ],
    [{ _id: 4, n: { m: 4, k: 5 }, twice: 8 }],
  ],
  [
    "$lookup",
    [
      { $match: { _id: { $in: [1, 5] } } },
      { $lookup: { from: "payers", localField: "p", foreignField: "code", as: "who" } },
      { $project: { "who.name": 1 } },
    ],
    [
      { _id: 1, who: [{ name: "Ten" }] },
      { _id: 5, who: [] },
    ],
  ],
  [
    "$lookup with a pipeline and variables",
    [
      { $match: { _id: { $in: [1, 5] } } },
      {
        $lookup: {
          from: "payers",
          let: { code: "$p" },
          pipeline: [{ $match: { $expr: { $eq: ["$code", "$$code"] } } }, { $unset: "_id" }],
          as: "who",
        },
      },
      { $project: { who: 1 } },
    ],
    [
      { _id: 1, who: [{ code: 10, name: "Ten" }] },
      { _id: 5, who: [] },
    ],
  ],
  [
    "$facet",
    [
      {
        $facet: {
          a: [{ $match: { payer: "A" } }, { $count: "n" }],
          b: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
        },
      },
    ],
    [{ a: [{ n: 2 }], b: [{ _id: 5 }] }],
  ],
  ["$replaceRoot", [{ $match: { _id: 4 } }, { $replaceRoot: { newRoot: "$n" } }], [{ m: 4 }]],
  [
    "$match after $group",
    [
      { $group: { _id: "$payer", n: { $sum: 1 } } },
      { $match: { n: { $gt: 1 } } },
      { $sort: { _id: -1 } },
    ],
    [
      { _id: "B", n: 2 },
      { _id: "A", n: 2 },
    ],
  ],
];

const EXPRESSIONS: readonly [expression: unknown, wanted: unknown][] = [
  [{ $add: ["$a", 2] }, 7],
  [{ $add: ["$a", "$none"] }, null],
  [{ $subtract: ["$a", 2] }, 3],
  [{ $multiply: ["$a", "$a"] }, 25],
  [{ $divide: ["$a", 2] }, 2.5],
  [{ $cond: [{ $gt: ["$a", 3] }, "big", "small"] }, "big"],
  [
    {
      $cond: JSON.parse('{"if":{"$lt":["$a",3]},"then":1,"else":2}'),
    },
    2,
  ],
  [{ $ifNull: ["$none", "$nil", "x"] }, "x"],
  [{ $eq: ["$none", null] }, false],
  [{ $gte: ["$a", 5] }, true],
  [{ $and: ["$a", { $ne: ["$a", 4] }] }, true],
  [{ $or: ["$none", false, 0] }, false],
  [{ $not: ["$none"] }, true],
  [{ $concat: ["$s", "-", "$s"] }, "hé-hé"],
  [{ $concat: ["$s", "$none"] }, null],
  [{ $toString: "$a" }, "5"],
  [{ $substrBytes: ["$s", 0, 1] }, "h"],
  [{ $literal: "$a" }, "$a"],
  [{ $arrayElemAt: ["$l", -1] }, 3],
  [{ $year: "$d" }, 2024],
  [{ $not: ["$s"] }, false],
  [{ $lt: ["$a", "$s"] }, true],
  [{ $isArray: ["$l"] }, true],
  [{ $cond: ["$$ROOT.o.p", ["$a", "$none"], 0] }, [5, null]],
  ["$o.p", 1],
  ["$m.p", [1, 2]],
];

describe("embedded store: aggregation", () => {
  let store: OpenedStore;
  let c: Collection<Document>;

  before(async () => {
    store = await openedStore("aggregation");
    c = store.db.collection("claims");
    await c.insertMany(CLAIMS as never[]);
    await store.db.collection("payers").insertMany([
      { code: 10, name: "Ten" },
      { code: 12, name: "Twelve" },
    ]);
    await store.db.collection("one").insertOne({
      a: 5,
      s: "hé",
      nil: null,
      l: [1, 2, 3],
      o: { p: 1 },
      m: [{ p: 1 }, { p: 2 }],
      d: new Date(Date.UTC(2024, 1, 29, 12, 30)),
    });
  });
  after(() => store.close());

  for (const [name, pipeline, wanted] of CASES) {
    it(`runs ${name}`, async () => {
      expect(await c.aggregate(pipeline).toArray()).to.deep.equal(wanted);
    });
  }

  for (const [expression, wanted] of EXPRESSIONS) {
    it(`evaluates ${JSON.stringify(expression)}`, async () => {
      const [found] = await store.db
        .collection("one")
        .aggregate([{ $project: { _id: 0, v: expression } }])
        .toArray();
      expect(found).to.deep.equal({ v: wanted });
    });
  }

  it("adds Longs exactly", async () => {
    const longs = store.db.collection("longs");
    await longs.insertMany([{ v: Long.fromString("9007199254740993") }, { v: 2 }]);
    const options = { promoteLongs: false };
    const [found] = await longs
      .aggregate([{ $group: { _id: null, t: { $sum: "$v" } } }], options)
      .toArray();
    expect(found?.t.toString()).to.equal("9007199254740995");
  });

  it("adds Decimal128 exactly", async () => {
    const decimals = store.db.collection("decimals");
    const [a, b] = ["10.10", "0.2"].map((text) => Decimal128.fromString(text));
    await decimals.insertMany([{ v: a }, { v: b }, { v: 3 }]);
    const [found] = await decimals
      .aggregate([{ $group: { _id: null, t: { $sum: "$v" } } }])
      .toArray();
    expect(String(found?.t)).to.equal("13.30");
  });

  it("refuses numbers in expressions that it would get wrong", async () => {
    const wide = store.db.collection("wide");
    const values = [Long.fromNumber(1), Decimal128.fromString("1"), Number.NaN];
    for (const v of values) {
      await wide.replaceOne({}, { v, n: 1, deep: [{ v }] }, { upsert: true });
      for (const expression of [{ $add: ["$v", 1] }, { $or: ["$deep", 1] }, { $not: "$$ROOT" }]) {
        const run = wide.aggregate([{ $project: { x: expression } }]).toArray();
        if (!isForeign) await expectCode(run, 238);
      }
      const [found] = await wide.aggregate([{ $project: { x: { $add: ["$n", 1] } } }]).toArray();
      expect(found?.x).to.equal(2);
    }
  });

  it("refuses values that an operator does not take", async () => {
    const one = store.db.collection("one");
    const of = (v: unknown) => one.aggregate([{ $project: { v } }]).toArray();
    await expectCode(of({ $add: ["$s", 1] }), 14);
    await expectCode(of({ $concat: ["$s", "$a"] }), 16702);
    await expectCode(of({ $abs: "$s" }), 28765);
    await expectCode(of({ $divide: ["$a"] }), 16020);
    await expectCode(of({ $add: ["$$nobody", 1] }), 17276);
  });

  it("aggregates a collection that is read by the second worker", async () => {
    const many = store.db.collection("many");
    await many.insertMany(
      Array.from({ length: 3000 }, (_, i) => ({ g: i % 3, n: i, big: "x".repeat(100) })),
    );
    const sums = await many
      .aggregate([{ $group: { _id: "$g", n: { $sum: 1 } } }, { $sort: { _id: 1 } }])
      .toArray();
    expect(sums).to.deep.equal([0, 1, 2].map((_id) => ({ _id, n: 1000 })));
    await many.insertOne({ g: 9, n: -1 });
    expect(await many.countDocuments({ big: { $exists: false } })).to.equal(1);
    const all = await many
      .aggregate([{ $match: { n: { $gte: 0 } } }], { batchSize: 500 })
      .toArray();
    expect(all).to.have.length(3000);
    const sorted = await many
      .find({ n: { $gte: 0 } })
      .sort({ n: -1 })
      .toArray();
    expect(sorted.map((d) => d.n)).to.deep.equal([...Array(3000).keys()].reverse());
  });

  it("refuses unknown stages, operators and accumulators", async () => {
    await expectCode(c.aggregate([{ $frob: 1 }]).toArray(), 40324);
    await expectCode(c.aggregate([{ $project: { v: { $frob: 1 } } }]).toArray(), 31325).catch(() =>
      expectCode(c.aggregate([{ $project: { v: { $frob: 1 } } }]).toArray(), 168),
    );
    await expectCode(c.aggregate([{ $group: { _id: 1, v: { $frob: 1 } } }]).toArray(), 15952);
    await expectCode(c.aggregate([{ $limit: 0 }]).toArray(), 15958);
  });
});
