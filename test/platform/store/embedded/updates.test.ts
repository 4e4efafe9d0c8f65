import { expect } from "chai";
import { type Collection, Decimal128, type Document, Double, Int32, Long } from "mongodb";
import { expectCode, type OpenedStore, openedStore } from "./opened-store.ts";

/** One update: what was there, what is done, what must be there then. */
interface Case {
  readonly name: string;
  readonly before: Document;
  readonly update: Document;
  readonly after: Document;
  readonly filter?: Document;
  readonly arrayFilters?: Document[];
}

const CASES: readonly Case[] = [
  {
    name: "$set",
    before: { a: 1 },
    update: { $set: { a: 2, "b.c": 3 } },
    after: { a: 2, b: { c: 3 } },
  },
  {
    name: "$set beyond an array's end",
    before: { a: [1] },
    update: { $set: { "a.3": 4 } },
    after: { a: [1, null, null, 4] },
  },
  {
    name: "$unset",
    before: { a: 1, b: [1, 2] },
    update: { $unset: { a: "", "b.0": "" } },
    after: { b: [null, 2] },
  },
  { name: "$inc", before: { a: 1 }, update: { $inc: { a: 2, b: -1 } }, after: { a: 3, b: -1 } },
  { name: "$mul", before: { a: 3 }, update: { $mul: { a: 4, b: 5 } }, after: { a: 12, b: 0 } },
  {
    name: "$min",
    before: { a: 3, b: 3 },
    update: { $min: { a: 2, b: 4, c: 1 } },
    after: { a: 2, b: 3, c: 1 },
  },
  {
    name: "$max",
    before: { a: 3, b: 3 },
    update: { $max: { a: 2, b: 4, c: 1 } },
    after: { a: 3, b: 4, c: 1 },
  },
  {
    name: "$push",
    before: { a: [1] },
    update: { $push: { a: 2, b: 1 } },
    after: { a: [1, 2], b: [1] },
  },
  {
    name: "$push with $each, $position, $slice",
    before: { a: [1, 2, 3] },
    update: { $push: { a: { $each: [8, 9], $position: 1, $slice: 4 } } },
    after: { a: [1, 8, 9, 2] },
  },
  {
    name: "$push with negative $slice",
    before: { a: [3, 1] },
    update: { $push: { a: { $each: [2], $slice: -2 } } },
    after: { a: [1, 2] },
  },
  {
    name: "$addToSet",
    before: { a: [1, { x: 1 }] },
    update: { $addToSet: { a: { $each: [1, { x: 1 }, 2, 2] } } },
    after: { a: [1, { x: 1 }, 2] },
  },
  {
    name: "$pull of a value",
    before: { a: [1, 2, 1] },
    update: { $pull: { a: 1 } },
    after: { a: [2] },
  },
  {
    name: "$pull by a condition on values",
    before: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5 } } },
    after: { a: [1] },
  },
  {
    name: "$pull by a condition that an element of an element meets",
    before: { a: [[1, 7], 2, [3], 9] },
    update: { $pull: { a: { $gte: 5 } } },
    after: { a: [2, [3]] },
  },
  {
    name: "$pull by a condition on documents",
    before: { a: [{ k: 1, v: 1 }, { k: 2 }, 7] },
    update: { $pull: { a: { k: 1 } } },
    after: { a: [{ k: 2 }, 7] },
  },
  {
    name: "$pullAll",
    before: { a: [1, 2, 3, 1] },
    update: { $pullAll: { a: [1, 3] } },
    after: { a: [2] },
  },
  {
    name: "$pop from both ends",
    before: { a: [1, 2], b: [1, 2] },
    update: { $pop: { a: 1, b: -1 } },
    after: { a: [1], b: [2] },
  },
  {
    name: "positional $",
    before: { a: [{ k: 1 }, { k: 2 }] },
    filter: { "a.k": 2 },
    update: { $set: { "a.$.v": 9 } },
    after: { a: [{ k: 1 }, { k: 2, v: 9 }] },
  },
  {
    name: "positional $ by $elemMatch",
    before: {
      a: [
        { k: 1, w: 0 },
        { k: 1, w: 1 },
      ],
    },
    filter: { a: { $elemMatch: { k: 1, w: 1 } } },
    update: { $inc: { "a.$.k": 5 } },
    after: {
      a: [
        { k: 1, w: 0 },
        { k: 6, w: 1 },
      ],
    },
  },
  {
    name: "positional $[]",
    before: { a: [1, 2] },
    update: { $inc: { "a.$[]": 10 } },
    after: { a: [11, 12] },
  },
  {
    name: "positional $[x] with arrayFilters",
    before: { a: [{ k: 1 }, { k: 2 }, { k: 3 }] },
    update: { $set: { "a.$[x].v": 1 } },
    arrayFilters: [{ "x.k": { $gte: 2 } }],
    after: { a: [{ k: 1 }, { k: 2, v: 1 }, { k: 3, v: 1 }] },
  },
  {
    name: "several operators on fields beside each other",
    before: { a: { b: 1, c: 1 }, keep: "é" },
    update: { $inc: { "a.b": 1 }, $set: { "a.c": 5 }, $unset: { "a.d": "" } },
    after: { a: { b: 2, c: 5 }, keep: "é" },
  },
];

const REFUSALS: readonly [name: string, before: Document, update: Document, code: number][] = [
  ["$inc of a string", { a: "x" }, { $inc: { a: 1 } }, 14],
  ["$inc by a string on a missing field", {}, { $inc: { a: "x" } }, 14],
  ["$push to a number", { a: 1 }, { $push: { a: 1 } }, 2],
  ["$set through a number", { a: 1 }, { $set: { "a.b": 1 } }, 28],
  ["two operators on one field", {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ["two operators on field and subfield", {}, { $set: { a: 1, "a.b": 2 } }, 40],
  ["an unknown operator", {}, { $frob: { a: 1 } }, 9],
  ["another _id", {}, { $set: { _id: 5 } }, 66],
  ["positional $ without a match", { a: [1] }, { $set: { "a.$": 1 } }, 2],
];

describe("embedded store: updates", () => {
  let store: OpenedStore;
  let c: Collection<Document>;

  before(async () => {
    store = await openedStore("updates");
    c = store.db.collection("c");
  });
  beforeEach(() => c.deleteMany({}));
  after(() => store.close());

  for (const { name, before: given, update, after: wanted, filter, arrayFilters } of CASES) {
    it(`does ${name}`, async () => {
      await c.insertOne({ _id: 1 as never, ...given });
      const options = arrayFilters ? { arrayFilters } : {};
      const result = await c.updateOne({ _id: 1 as never, ...filter }, update, options);
      expect(result).to.include({ matchedCount: 1, modifiedCount: 1 });
      expect(await c.findOne()).to.deep.equal({ _id: 1, ...wanted });
    });
  }

  for (const [name, given, update, code] of REFUSALS) {
    it(`refuses ${name} and changes nothing`, async () => {
      await c.insertOne({ _id: 1 as never, ...given });
      await expectCode(c.updateOne({ _id: 1 as never }, update), code);
      expect(await c.findOne()).to.deep.equal({ _id: 1, ...given });
    });
  }

  it("counts a change that changes nothing as matched only", async () => {
    await c.insertOne({ a: 1 });
    const result = await c.updateOne({ a: 1 }, { $set: { a: 1 }, $unset: { z: 1 } });
    expect(result).to.include({ matchedCount: 1, modifiedCount: 0 });
  });

  it("keeps number types through arithmetic", async () => {
    await c.insertOne({
      i: new Int32(1),
      d: new Double(1),
      l: Long.fromNumber(1),
      m: new Int32(2147483647),
    });
    await c.updateOne({}, { $inc: { i: 1, d: 1, l: 1, m: 1 } });
    const found = await c.findOne({}, { promoteValues: false });
    expect(found?.i).to.be.instanceOf(Int32);
    expect(found?.d).to.be.instanceOf(Double);
    expect(found?.l).to.be.instanceOf(Long);
    expect(found?.m.toString()).to.equal("2147483648");
    expect(found?.m).to.be.instanceOf(Long);
  });

  it("adds to a Long exactly", async () => {
    await c.insertOne({ l: Long.fromString("9007199254740993") });
    await c.updateOne({}, { $inc: { l: 2 } });
    const found = await c.findOne({}, { promoteLongs: false });
    expect(found?.l.toString()).to.equal("9007199254740995");
  });

  it("upserts from the filter's equalities, $setOnInsert only then", async () => {
    const update = { $set: { v: 1 }, $setOnInsert: { s: 1 } };
    const filter = { k: "x", "n.m": { $eq: 2 }, other: { $gt: 5 } };
    const made = await c.updateOne(filter, update, { upsert: true });
    expect(made.upsertedCount).to.equal(1);
    expect(await c.findOne()).to.deep.equal({
      _id: made.upsertedId,
      k: "x",
      n: { m: 2 },
      v: 1,
      s: 1,
    });
    await c.updateOne({ k: "x" }, { $set: { v: 2 }, $setOnInsert: { s: 9 } }, { upsert: true });
    expect(await c.findOne()).to.include({ v: 2, s: 1 });
  });

  it("replaces a document and keeps its _id", async () => {
    await c.insertOne({ _id: 1 as never, a: 1 });
    await c.replaceOne({ a: 1 }, { b: 2 });
    expect(await c.findOne()).to.deep.equal({ _id: 1, b: 2 });
    await expectCode(c.replaceOne({ b: 2 }, { _id: 2 as never, b: 3 }), 66);
  });

  it("updates many and leaves the index true to the documents", async () => {
    await c.createIndex({ n: 1 });
    await c.insertMany(Array.from({ length: 50 }, (_, n) => ({ n })));
    const result = await c.updateMany({ n: { $lt: 25 } }, { $inc: { n: 100 } });
    expect(result.modifiedCount).to.equal(25);
    expect(await c.countDocuments({ n: { $gte: 100 } })).to.equal(25);
    expect(await c.countDocuments({ n: { $lt: 25 } })).to.equal(0);
    await c.dropIndexes();
  });

  it("updates by a pipeline of $set and $unset, and by no other stage", async () => {
    const one = { _id: 1 as never };
    await c.insertOne({ ...one, s: "new", n: 5, big: Long.fromString("9007199254740993"), x: 1 });
    const steps = [{ $set: { s: { $concat: ["$s", "-p"] }, n: { $add: ["$n", 1] } } }];
    await c.updateOne(one, [...steps, { $unset: "x" }]);
    const [found] = await c.find(one, { promoteLongs: false }).toArray();
    expect(found).to.deep.equal({
      ...one,
      s: "new-p",
      n: 6,
      big: Long.fromString("9007199254740993"),
    });
    await expectCode(c.updateOne(one, [{ $group: { _id: 1 } }]), 72);
    await expectCode(c.updateOne(one, [{ $set: { _id: 2 } }]), 66);
  });

  it("adds and multiplies Decimal128 exactly", async () => {
    const v = Decimal128.fromString("10.10");
    await c.insertOne({ _id: 2 as never, v, w: v });
    const change = { $inc: { v: Decimal128.fromString("0.2") }, $mul: { w: 3 } };
    await c.updateOne({ _id: 2 as never }, change as never);
    const found = await c.findOne({ _id: 2 as never });
    expect([String(found?.v), String(found?.w)]).to.deep.equal(["10.30", "30.30"]);
  });
});
