import { expect } from "chai";
import { Binary, type Document, Long, MaxKey, MinKey, ObjectId, Timestamp } from "mongodb";
import { type Case, conformance, type Ground } from "./run-cases.ts";

const TEN: readonly Document[] = Array.from({ length: 10 }, (_, i) => ({
  _id: i,
  n: i % 3,
  s: `s${i}`,
}));

/** A value of every type at `a`, in MongoDB's order. */
const ORDERED: readonly Document[] = [
  { _id: "min", a: new MinKey() },
  { _id: "empty array", a: [] },
  { _id: "missing" },
  { _id: "null", a: null },
  { _id: "nan", a: Number.NaN },
  { _id: "negative", a: -3 },
  { _id: "array from 1", a: [9, 1, "x"] },
  { _id: "long", a: Long.fromNumber(2) },
  { _id: "double", a: 2.5 },
  { _id: "empty string", a: "" },
  { _id: "string", a: "B" },
  { _id: "lower case", a: "a" },
  { _id: "accent", a: "é" },
  { _id: "empty document", a: {} },
  { _id: "document", a: { b: 1 } },
  { _id: "document, next field", a: { c: 0 } },
  { _id: "array of an array", a: [[7]] },
  { _id: "short binary", a: new Binary(Buffer.from("z")) },
  { _id: "binary", a: new Binary(Buffer.from("ab")) },
  { _id: "id", a: new ObjectId("65a000000000000000000001") },
  { _id: "false", a: false },
  { _id: "true", a: true },
  { _id: "early", a: new Date(-1) },
  { _id: "late", a: new Date(1) },
  { _id: "timestamp", a: new Timestamp({ t: 1, i: 1 }) },
  { _id: "regex", a: /a/ },
  { _id: "max", a: new MaxKey() },
];

const ids = (documents: readonly Document[]) => documents.map(({ _id }) => ({ _id }));

/** Null and missing are one value to a sort; `_id` puts them into an order. */
const UP = ids(ORDERED);
/** Downwards an array stands where its greatest element does. */
const DOWN = (() => {
  const order = ids([...ORDERED].reverse()).filter(({ _id }) => _id !== "array from 1");
  const nulls = ["null", "missing"];
  const at = order.findIndex(({ _id }) => nulls.includes(_id));
  order.splice(at, 2, { _id: "missing" }, { _id: "null" });
  const string = order.findIndex(({ _id }) => _id === "accent");
  order.splice(string + 1, 0, { _id: "array from 1" });
  return order;
})();

/** The command, what it finds, or its error. */
type Row = readonly [name: string, options: Document, found: readonly unknown[] | number];

const OPTIONS: readonly Row[] = [
  ["all, in the order of insertion", {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ["sorted", { sort: { _id: -1 }, limit: 3 }, [9, 8, 7]],
  ["sorted by two fields", { sort: { n: 1, _id: -1 } }, [9, 6, 3, 0, 7, 4, 1, 8, 5, 2]],
  ["with skip", { sort: { _id: 1 }, skip: 7 }, [7, 8, 9]],
  ["with skip and limit", { filter: { n: 0 }, sort: { _id: -1 }, skip: 1, limit: 2 }, [6, 3]],
  ["with a skip beyond the end", { skip: 99 }, []],
  ["with limit 0, which is none", { filter: { n: 2 }, limit: 0 }, [2, 5, 8]],
  ["one and no cursor", { filter: { n: 1 }, limit: 1, singleBatch: true }, [1]],
  ["with a sort that is neither 1 nor -1", { sort: { a: 5 } }, 15975],
  ["with a sort by text", { sort: { a: "x" } }, 15974],
  ["with a filter that is no document", { filter: 5 }, 14],
  ["with a negative limit", { limit: -1 }, 51024],
  ["with a negative skip", { skip: -1 }, 51024],
  ["with an option that does not exist", { frobnicate: 1 }, 40415],
];

const LIST: readonly Document[] = [
  {
    _id: 1,
    a: { b: 1, c: { d: 2, e: 3 } },
    l: [{ x: 1, y: 2 }, 5, [{ x: 3, z: 4 }], { y: 3 }],
    s: "t",
  },
];

const PROJECTIONS: readonly (readonly [projection: Document, found: Document | number])[] = [
  [{}, LIST[0] as Document],
  [{ s: 1 }, { _id: 1, s: "t" }],
  [{ s: true, _id: false }, { s: "t" }],
  [{ _id: 1 }, { _id: 1 }],
  [{ none: 1 }, { _id: 1 }],
  [{ "a.b": 1 }, { _id: 1, a: { b: 1 } }],
  [{ "a.c.e": 1, _id: 0 }, { a: { c: { e: 3 } } }],
  [{ a: { c: { d: 1 } }, _id: 0 }, { a: { c: { d: 2 } } }],
  [{ "s.x": 1, _id: 0 }, {}],
  [{ "l.x": 1, _id: 0 }, { l: [{ x: 1 }, [{ x: 3 }], {}] }],
  [
    { "l.y": 0, a: 0 },
    { _id: 1, l: [{ x: 1 }, 5, [{ x: 3, z: 4 }], {}], s: "t" },
  ],
  [{ _id: 0, a: 0, l: 0 }, { s: "t" }],
  [
    { _id: 0 },
    { a: { b: 1, c: { d: 2, e: 3 } }, l: [{ x: 1, y: 2 }, 5, [{ x: 3, z: 4 }], { y: 3 }], s: "t" },
  ],
  [
    { "a.c": 0, l: 0, s: 0 },
    { _id: 1, a: { b: 1 } },
  ],
  [{ _id: 0, sum: { $add: ["$a.b", "$a.c.d"] } }, { sum: 3 }],
  [
    { _id: 0, s: 1, t: "$s" },
    { s: "t", t: "t" },
  ],
  [{ s: 1, l: 0 }, 31254],
  [{ s: 0, l: 1 }, 31253],
  [{ a: 1, "a.b": 1 }, 31249],
  [{ "a.b": 1, a: 1 }, 31250],
];

function options(rows: readonly Row[]): Case[] {
  return rows.map(([name, given, found]) => {
    const one = {
      it: `find: ${name}`,
      given: TEN,
      indexes: BY_N,
      command: { find: "c", filter: {}, projection: { _id: 1 }, ...given },
    };
    if (typeof found === "number") return { ...one, error: found };
    return { ...one, found: found.map((_id) => ({ _id })) };
  });
}

const BY_N = [{ key: { n: 1 } }];

const projections = PROJECTIONS.map(([projection, found]): Case => {
  const one = {
    it: `find: projects ${JSON.stringify(projection)}`,
    given: LIST,
    command: { find: "c", filter: {}, projection },
  };
  return typeof found === "number" ? { ...one, error: found } : { ...one, found: [found] };
});

const sorts: Case[] = [
  [1, UP, undefined] as const,
  [-1, DOWN, undefined] as const,
  [1, UP, [{ key: { a: 1 } }]] as const,
  [-1, DOWN, [{ key: { a: 1 } }]] as const,
  [-1, DOWN, [{ key: { a: -1, _id: 1 } }]] as const,
].map(([way, found, indexes]) => ({
  it: `find: orders the types ${way === 1 ? "upwards" : "downwards"}${indexes ? `, by ${JSON.stringify(indexes[0]?.key)}` : ""}`,
  given: ORDERED,
  indexes,
  command: { find: "c", filter: {}, projection: { _id: 1 }, sort: { a: way, _id: 1 } },
  found: found,
}));

const others: Case[] = [
  {
    it: "find: finds nothing in a collection that does not exist",
    command: { find: "c", filter: { a: 1 } },
    found: [],
  },
  {
    it: "find: sorts by a path into documents and arrays of them",
    given: [
      { _id: 1, a: { b: 2 } },
      { _id: 2, a: [{ b: 5 }, { b: 1 }] },
      { _id: 3, a: 7 },
      { _id: 4, a: { b: "x" } },
    ],
    command: { find: "c", filter: {}, projection: { _id: 1 }, sort: { "a.b": 1 } },
    found: [{ _id: 3 }, { _id: 2 }, { _id: 1 }, { _id: 4 }],
  },
  {
    it: "find: sorts without regard to a unique, sparse or partial index that lacks documents",
    given: [{ _id: 1, a: 2 }, { _id: 2 }, { _id: 3, a: 1, on: true }],
    indexes: [
      { key: { a: 1 }, sparse: true, name: "sparse" },
      { key: { a: -1 }, partialFilterExpression: { on: true }, name: "partial" },
    ],
    command: { find: "c", filter: {}, projection: { _id: 1 }, sort: { a: 1 } },
    found: [{ _id: 2 }, { _id: 3 }, { _id: 1 }],
  },
  {
    it: "find: refuses the positional projection",
    given: [{ _id: 1, l: [1, 2, 3] }],
    command: { find: "c", filter: { l: 2 }, projection: { "l.$": 1 } },
    found: [{ _id: 1, l: [2] }],
    refused: 238,
  },
  {
    it: "find: refuses $slice and $elemMatch in a projection",
    given: [{ _id: 1, l: [1, 2, 3] }],
    command: { find: "c", filter: {}, projection: { l: { $slice: 1 } } },
    found: [{ _id: 1, l: [1] }],
    refused: 168,
  },
  ...[
    { collation: { locale: "en", strength: 2 } },
    { min: { n: 1 }, max: { n: 2 }, hint: { n: 1 } },
    { filter: { n: 1 }, hint: "n_1" },
    { filter: { n: "$$n" }, let: { n: 1 } },
    { filter: { n: 1 }, maxTimeMS: 1000 },
  ].map((option) => ({
    it: `find: does not take ${Object.keys(option).at(-1)} for nothing`,
    given: TEN,
    indexes: BY_N,
    command: { find: "c", filter: { n: 1 }, projection: { _id: 1 }, ...option },
    refused: 40415,
  })),
];

const counts: Case[] = [
  ["all", {}, { n: 10 }] as const,
  ["what matches", { query: { n: 0 } }, { n: 4 }] as const,
  ["with skip", { query: { n: 0 }, skip: 3 }, { n: 1 }] as const,
  ["with limit", { query: {}, limit: 4 }, { n: 4 }] as const,
  ["with skip and limit", { query: {}, skip: 8, limit: 4 }, { n: 2 }] as const,
  ["with skip beyond the end", { query: {}, skip: 99 }, { n: 0 }] as const,
].map(([name, given, reply]) => ({
  it: `count: ${name}`,
  given: TEN,
  command: { count: "c", ...given },
  reply,
}));

const VALUES = [
  { _id: 1, a: [1, 2], b: { c: "x" }, d: [{ e: 1 }, { e: [2, 3] }] },
  { _id: 2, a: 2, b: { c: "y" }, d: { e: 4 } },
  { _id: 3, a: [], b: 5 },
  { _id: 4, a: null },
  { _id: 5, a: 2.0, b: [{ c: "y" }] },
];

const distincts: Case[] = [
  ["values, of arrays their elements, null but not missing", { key: "a" }, [1, 2, null]] as const,
  ["of a field of documents", { key: "b.c", query: { a: 2 } }, ["x", "y"]] as const,
  ["of arrays within arrays of documents", { key: "d.e" }, [1, 2, 3, 4]] as const,
  ["of a field that no document has", { key: "none" }, []] as const,
].map(([name, given, values]) => ({
  it: `distinct: ${name}`,
  given: VALUES,
  command: { distinct: "c", ...given },
  reply: { values },
}));

const refusals: Case[] = [
  {
    it: "count: refuses a query that it cannot read",
    given: TEN,
    command: { count: "c", query: { $x: 1 } },
    error: 2,
  },
  {
    it: "count: counts nothing where there is no collection",
    command: { count: "c" },
    reply: { n: 0 },
  },
  { it: "distinct: refuses to do without a key", command: { distinct: "c" }, error: 40414 },
  { it: "distinct: refuses a key that is no text", command: { distinct: "c", key: 5 }, error: 14 },
];

function cursors(ground: () => Ground): void {
  describe("of several batches", () => {
    const command = (body: Document) => ground().tried(() => ground().db.command(body));
    const codeOf = async (reply: Promise<Document>) => {
      await reply.catch((error: { code?: unknown }) => expect(error.code).to.equal(43));
    };

    before(async () => {
      await ground().db.collection("c").drop();
      await ground()
        .db.collection("c")
        .insertMany(TEN as Document[]);
    });

    it("getMore: gives batches of the size that was asked for, and ends", async () => {
      const first = await command({ find: "c", filter: {}, sort: { _id: 1 }, batchSize: 4 });
      expect(first.cursor.firstBatch.map((doc: Document) => doc._id)).to.deep.equal([0, 1, 2, 3]);
      const getMore = Long.fromValue(first.cursor.id);
      const second = await command({ getMore, collection: "c", batchSize: 5 });
      expect(second.cursor.nextBatch.map((doc: Document) => doc._id)).to.deep.equal([
        4, 5, 6, 7, 8,
      ]);
      expect(String(second.cursor.id)).to.equal(String(getMore));
      const last = await command({ getMore, collection: "c", batchSize: 5 });
      expect(last.cursor.nextBatch.map((doc: Document) => doc._id)).to.deep.equal([9]);
      expect(Number(last.cursor.id)).to.equal(0);
      await codeOf(command({ getMore, collection: "c" }));
    });

    it("getMore: gives the rest without a size, and opens a cursor by an empty batch", async () => {
      const first = await command({ find: "c", filter: {}, batchSize: 0 });
      expect(first.cursor.firstBatch).to.deep.equal([]);
      const getMore = Long.fromValue(first.cursor.id);
      const rest = await command({ getMore, collection: "c" });
      expect(rest.cursor.nextBatch).to.have.length(10);
      expect(Number(rest.cursor.id)).to.equal(0);
    });

    it("getMore: goes on with an aggregation", async () => {
      const pipeline = [{ $match: { n: { $gte: 0 } } }, { $sort: { _id: -1 } }];
      const first = await command({ aggregate: "c", pipeline, cursor: { batchSize: 6 } });
      expect(first.cursor.firstBatch).to.have.length(6);
      const getMore = Long.fromValue(first.cursor.id);
      const rest = await command({ getMore, collection: "c" });
      expect(rest.cursor.nextBatch.map((doc: Document) => doc._id)).to.deep.equal([3, 2, 1, 0]);
    });

    it("getMore: goes on inside the transaction that began the cursor", async () => {
      const session = ground().client.startSession();
      session.startTransaction();
      await ground().tried(async () => {
        const c = ground().db.collection("c");
        const seen = await c.find({ n: 0 }, { session, batchSize: 2 }).toArray();
        expect(seen).to.have.length(4);
      });
      await session.commitTransaction();
      await session.endSession();
    });

    it("killCursors: closes a cursor, which is then not known", async () => {
      const first = await command({ find: "c", filter: {}, batchSize: 2 });
      const id = Long.fromValue(first.cursor.id);
      const killed = await command({ killCursors: "c", cursors: [id, Long.fromNumber(77)] });
      expect(killed.cursorsKilled.map(String)).to.deep.equal([String(id)]);
      expect(killed.cursorsNotFound.map(String)).to.deep.equal(["77"]);
      await codeOf(command({ getMore: id, collection: "c" }));
    });

    it("getMore: is told that the collection was dropped", async () => {
      const first = await command({ find: "c", filter: {}, batchSize: 2 });
      await ground().db.collection("c").drop();
      const getMore = Long.fromValue(first.cursor.id);
      let code: unknown;
      await command({ getMore, collection: "c" }).catch((error: { code?: unknown }) => {
        code = error.code;
      });
      expect(code).to.equal(175);
    });
  });
}

conformance(
  "find",
  [...options(OPTIONS), ...projections, ...sorts, ...others, ...counts, ...distincts, ...refusals],
  cursors,
);
