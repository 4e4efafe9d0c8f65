/**
 * The commands of the application in the very shapes in which its clients send them: which options come together,
 * which are sent though they are not needed, and which of them are sent inside transactions.
 */
import { expect } from "chai";
import type { Document } from "mongodb";
import { type Case, conformance, type Ground } from "./run-cases.ts";

const day = (n: number) => new Date(Date.UTC(2026, 0, n));

const CLAIMS: readonly Document[] = [
  { _id: "a", p: "p1", n: 1, tags: ["x", "y"], who: { npi: "1" }, due: day(1), until: null },
  { _id: "b", p: "p1", n: 2, tags: ["y"], who: { npi: "2" }, due: day(2) },
  { _id: "c", p: "p1", n: 3, tags: [], due: day(3), until: day(9) },
  { _id: "d", p: "p2", n: 1, tags: ["x"], list: [{ s: 1 }, { s: 2 }] },
];

const INDEXES = [
  { key: { p: 1, n: 1 }, unique: true },
  { key: { p: 1, tags: 1 } },
  { key: { p: 1, due: -1 } },
  { key: { list: 1 }, partialFilterExpression: { list: { $exists: true } } },
  { key: { "who.npi": -1, _id: 1 }, partialFilterExpression: { n: { $in: [1, 2, 3] } } },
];

/** What a find is sent beside its filter, and the ids that it finds in order. */
type Find = readonly [filter: Document, options: Document, found: string];

const one = { limit: 1, singleBatch: true };
const some = { projection: { n: 1 } };
const few = { projection: { tags: 0 } };

const FINDS: readonly Find[] = [
  [{}, { batchSize: 500 }, "abcd"],
  [{ p: "p1" }, { batchSize: 500 }, "abc"],
  [{ p: "p1", n: { $gte: 1, $lt: 3 } }, { batchSize: 500, sort: { n: 1 } }, "ab"],
  [{ p: "p1" }, { batchSize: 500, sort: { n: 1 }, ...some }, "abc"],
  [{ p: "p1" }, { batchSize: 500, sort: { n: 1 } }, "abc"],
  [{ p: "p1" }, { sort: { n: 1 } }, "abc"],
  [{ $or: [{ tags: "x" }, { n: 3 }], p: "p1" }, { sort: { n: 1 } }, "ac"],
  [{ p: "p1", n: { $in: [1, 2] } }, { ...few, sort: { n: 1 }, limit: 2 }, "ab"],
  [{ p: "p1", n: { $in: [1, 2] } }, { ...few, sort: { "who.npi": -1, _id: 1 }, limit: 2 }, "ba"],
  [{ p: "p1" }, { sort: { n: -1 } }, "cba"],
  [{ p: "p1" }, { sort: { n: -1 }, limit: 2 }, "cb"],
  [{ p: "p1" }, { sort: { n: 1 }, limit: 2 }, "ab"],
  [{ p: "p1" }, { sort: { n: 1, _id: -1 } }, "abc"],
  [{ p: "p1" }, { sort: { n: -1 }, limit: 2, ...some }, "cb"],
  [{ p: "p1" }, { sort: { n: -1 }, limit: 2, projection: { tags: 0 } }, "cb"],
  [{ "who.npi": "1" }, { sort: { n: -1 }, limit: 2 }, "a"],
  [{ "list.s": 2 }, one, "d"],
  [{ p: "p1" }, { limit: 1 }, "a"],
  [{ "who.npi": "1" }, { limit: 1 }, "a"],
  [{ p: "p1", n: 2 }, { limit: 1, ...some }, "b"],
  [{ p: "p1", n: 2 }, one, "b"],
  [{ p: "p1", n: 2 }, { ...one, ...some }, "b"],
  [{}, one, "a"],
  [{}, { ...one, ...some }, "a"],
  [{}, { limit: 4 }, "abcd"],
  [{ _id: { $eq: "b" } }, one, "b"],
  [{ _id: { $eq: "b" } }, { sort: { _id: 1 }, limit: 1 }, "b"],
  [{ _id: { $gte: "b", $lt: "d" } }, one, "b"],
  [{ _id: { $gte: "b", $lt: "d" } }, {}, "bc"],
  [{ p: "p1", n: { $gte: 1, $lt: 3 } }, { sort: { n: -1 }, limit: 1 }, "b"],
  [{ p: "p1", n: { $in: [1, 3, 9] } }, { sort: { n: 1 } }, "ac"],
  [{ p: "p1", n: { $in: [1, 3, 9] } }, { sort: { n: 1 }, limit: 1 }, "a"],
  [{ p: "p1", n: { $in: [1, 3, 9] } }, { sort: { n: -1 }, limit: 1 }, "c"],
  [{ p: "p1", n: { $in: [1, 3, 9] } }, some, "ac"],
  [{ p: "p1", n: { $in: [1, 3, 9] } }, {}, "ac"],
  [{ p: "p1", tags: { $all: ["x", "y"] } }, { sort: { n: -1 }, limit: 2 }, "a"],
  [{ _id: { $gt: "b" } }, { ...some, sort: { _id: 1 }, limit: 2 }, "cd"],
  [{ _id: { $gte: "b", $lt: "d" } }, { sort: { n: 1, _id: 1 } }, "bc"],
  [{ p: "p1", tags: { $in: ["x"] } }, { projection: { tags: 0 } }, "a"],
  [{ p: "p1", tags: { $in: ["x", "y"] } }, { projection: { tags: 0 }, sort: { n: 1 } }, "ab"],
  [{ p: "p1", n: { $in: [1, 2] }, _id: { $ne: "a" } }, {}, "b"],
  [{ p: "p1", $or: [{ tags: "y" }, { n: { $in: [3] } }] }, some, "abc"],
  [{ p: "p1", n: { $ne: 2 } }, { sort: { n: 1 } }, "ac"],
  [{ p: "p1", n: { $ne: 2 } }, {}, "ac"],
  [{ p: "p1", due: { $gt: day(1) } }, {}, "bc"],
  [{ p: "p1", n: { $in: [1, 3] }, until: null }, {}, "a"],
  [{ p: "p1" }, { projection: { tags: 0 } }, "abc"],
  [{ p: "p1", "who.npi": "2" }, {}, "b"],
  [{ p: "p1", n: 2, "who.npi": { $in: ["1", "2"] } }, { sort: { n: 1 } }, "b"],
  [{ p: "p2", n: 1, "list.s": { $in: [2, 3] } }, { sort: { n: 1 } }, "d"],
  [{ p: "p1", until: null }, { sort: { n: 1 } }, "ab"],
  [{ p: "p1", n: 1, until: null }, one, "a"],
  [{ p: "p1", n: { $gt: 2 }, until: null }, { ...one, ...some }, ""],
  [{ p: "p1", n: { $ne: 1 }, until: null }, { ...one, ...some }, "b"],
  [{ p: "p1", until: null, due: { $gt: day(1) } }, { limit: 1 }, "b"],
  [{ _id: "c", $or: [{ until: { $exists: false } }, { until: { $gt: day(2) } }] }, one, "c"],
  [{ p: "p1", until: null, "who.npi": { $gt: "1" } }, { batchSize: 500, sort: { n: 1 } }, "b"],
  [
    { p: "p1", until: null, "who.npi": { $gt: "0" }, n: { $gte: 1, $lte: 2 } },
    { sort: { n: 1 }, limit: 2 },
    "ab",
  ],
  [{ p: "p1", n: { $gte: 1, $lte: 2 } }, { sort: { n: 1 }, limit: 2 }, "ab"],
  [{ p: "p1", n: { $gt: 1 } }, { sort: { n: -1 }, limit: 2 }, "cb"],
  [{ p: "p1" }, some, "abc"],
  [{ p: "p1", "who.npi": { $in: ["1", "2"] } }, {}, "ab"],
  [{ p: "p1", n: { $lte: 2 } }, { sort: { n: -1 }, limit: 2 }, "ba"],
  [{ p: "p1", until: null, "who.npi": "2" }, {}, "b"],
  [{ p: "p1", until: null, "who.npi": "2", n: { $in: [1, 2] } }, {}, "b"],
  [{ p: "p1", n: { $in: [1, 3] }, until: { $ne: null } }, { sort: { n: 1 } }, "c"],
  [
    { p: "p1", until: null, "who.npi": { $gt: "1" }, n: { $in: [1, 2, 3] } },
    { batchSize: 500, sort: { n: 1 } },
    "b",
  ],
  [
    {
      p: "p1",
      until: null,
      "who.npi": { $gt: "0" },
      n: { $gte: 1, $lte: 2 },
      _id: { $in: ["a", "b"] },
    },
    { sort: { n: 1 }, limit: 2 },
    "ab",
  ],
  [{ p: "p1" }, { batchSize: 500, projection: { tags: 0 } }, "abc"],
  [{ p: "p1", "who.npi": { $ne: "1" } }, { batchSize: 500 }, "bc"],
  [{ p: "p1", n: { $in: [1, 2] }, until: null, due: { $lt: day(2) } }, {}, "a"],
  [{ p: "p1", until: { $exists: true } }, { projection: { tags: 0 } }, "ac"],
  [{ p: "p1", $or: [{ _id: { $in: ["a"] } }, { n: { $in: [3] } }] }, {}, "ac"],
  [{ p: "p1", due: { $lt: day(3) }, until: null }, { batchSize: 500 }, "ab"],
  [{ p: "p1", due: { $lt: day(3) } }, { batchSize: 500 }, "ab"],
  [{ p: "p1", due: { $lt: day(3) } }, { batchSize: 500, ...some }, "ab"],
  [{ p: "p1", until: null }, { batchSize: 500 }, "ab"],
  [{ p: "p1" }, { batchSize: 500, ...some }, "abc"],
  [{ p: "p1", "who.npi": { $in: ["1", "9"] } }, some, "a"],
  [{ p: "p1", n: 2 }, some, "b"],
  [{ p: "p1", until: null }, {}, "ab"],
];

const FINDS_INSIDE: readonly Find[] = [
  [{ p: "p1" }, { sort: { n: 1 } }, "abc"],
  [{ p: "p1", n: 2 }, some, "b"],
  [{ p: "p1", n: { $in: [1, 3] } }, few, "ac"],
  [{ p: "p1", n: { $in: [1, 3] } }, some, "ac"],
  [{ p: "p1", n: { $in: [1, 2] }, "who.npi": { $lte: "1" } }, { ...few, limit: 3 }, "a"],
  [{ p: "p1", n: { $in: [1, 3] }, "who.npi": null }, { ...few, limit: 3 }, "c"],
  [{ p: "p1", n: { $in: [1, 3] }, until: null }, { sort: { n: 1, _id: 1 }, limit: 2 }, "a"],
  [{ p: "p1" }, {}, "abc"],
  [{}, one, "a"],
  [{ p: "p1" }, { sort: { n: -1 } }, "cba"],
  [{ p: "p1" }, { sort: { n: 1 } }, "abc"],
  [{ p: "p1" }, { limit: 1 }, "a"],
  [{ p: "p1", n: 2 }, { limit: 1, ...some }, "b"],
  [{ p: "p1", n: 2 }, one, "b"],
  [{ p: "p1", n: 2 }, { ...one, ...some }, "b"],
  [{ p: "p1", n: { $in: [1, 3] } }, {}, "ac"],
  [{ p: "p1", n: { $in: [1, 3] } }, { sort: { n: 1 } }, "ac"],
  [{ p: "p1", n: { $in: [1, 2] }, _id: { $ne: "a" } }, {}, "b"],
  [{ p: "p1", n: { $ne: 2 } }, {}, "ac"],
  [{ p: "p1", "who.npi": "2" }, {}, "b"],
  [{ p: "p1", until: null, "who.npi": "2" }, {}, "b"],
  [{ p: "p1", until: null, "who.npi": "2", n: { $in: [1, 2] } }, {}, "b"],
  [{ p: "p1", $or: [{ n: 1 }, { "who.npi": { $in: ["2"] } }] }, {}, "ab"],
  [{ p: "p1", n: { $gt: 1 } }, { sort: { n: 1 }, limit: 2, projection: { tags: 0 } }, "bc"],
  [{ p: "p1", n: { $in: [1, 3] } }, { sort: { n: 1 }, limit: 2, projection: { tags: 0 } }, "ac"],
  [{ p: "p1", "who.npi": { $in: ["1", "2"] } }, {}, "ab"],
  [{ p: "p1", until: null }, {}, "ab"],
  [{ p: "p1", $or: [{ _id: { $in: ["a"] } }, { n: { $in: [3] } }] }, {}, "ac"],
  [{ p: "p1", n: { $ne: 1 }, until: null }, { ...one, ...some }, "b"],
];

function finds(rows: readonly Find[], inTransaction: boolean): Case[] {
  return rows.map(([filter, options, found]) => ({
    it: `find: ${JSON.stringify(filter)} with ${JSON.stringify(options)}${inTransaction ? " in a transaction" : ""}`,
    given: CLAIMS,
    indexes: INDEXES,
    command: { find: "c", filter, ...options },
    inTransaction,
    foundIds: [...found],
  }));
}

/** How mongoose saves a document whose array was changed. */
const SAVE = {
  q: { _id: "a" },
  u: { $set: { seen: true }, $push: { tags: { $each: ["z"] } }, $inc: { v: 1 } },
};

/** A statement of an update, how many documents it matches, and whether it is sent inside a transaction. */
const UPDATES: readonly (readonly [statement: Document, n: number, inTransaction: boolean])[] = [
  [{ q: { p: "p1", n: 1 }, u: { $set: { n: 7 } } }, 1, false],
  [{ q: { p: "p1", n: 1 }, u: { $set: { n: 7 } } }, 1, true],
  [{ q: { p: "p1", n: 1 }, u: { $inc: { n: 7 } } }, 1, true],
  [{ q: { _id: "c" }, u: { $set: { n: 7 }, $unset: { until: "" } } }, 1, true],
  [{ q: { p: "p1", n: 1 }, u: { p: "p1", n: 8, version: 2 } }, 1, true],
  [{ q: { _id: "a" }, u: { p: "p1", n: 8, version: 2 } }, 1, false],
  [{ q: { _id: "z" }, u: { p: "p3", n: 1 }, upsert: true }, 1, false],
  [{ q: { _id: "z" }, u: { $set: { p: "p3" } }, upsert: true }, 1, false],
  [{ q: { _id: "z", p: "p3" }, u: { $inc: { n: 1 } }, upsert: true }, 1, true],
  [{ q: { _id: "a", p: "p1" }, u: { $inc: { n: 6 } }, upsert: true }, 1, true],
  [{ q: { _id: "z", p: "p3" }, u: { p: "p3", n: 1 }, upsert: true }, 1, true],
  [{ q: { p: "p1" }, u: { $set: { seen: true } }, multi: true }, 3, false],
  [{ q: {}, u: { $set: { seen: true } }, multi: true }, 4, false],
  [{ q: { _id: { $in: ["a", "c"] } }, u: { $unset: { until: true } }, multi: true }, 2, false],
  [{ q: { p: "p1" }, u: { $set: { seen: true }, $inc: { v: 1 } }, multi: true }, 3, false],
  [{ q: { _id: "a" }, u: { $set: { seen: true }, $inc: { v: 1 } } }, 1, false],
  [{ q: { _id: "a" }, u: { $set: { seen: true }, $inc: { v: 1 } } }, 1, true],
  [SAVE, 1, false],
  [{ q: { _id: "d" }, u: { $set: { "list.1.s": 9 } } }, 1, false],
  [{ q: { p: "p2" }, u: { $set: { "list.1.s": 9 } }, multi: true }, 1, false],
  [
    { q: { _id: "c", until: { $lt: day(10) } }, u: { $set: { until: null }, $inc: { n: 1 } } },
    1,
    false,
  ],
  [{ q: { _id: "c", until: { $lte: day(9) } }, u: { $set: { until: null } } }, 1, false],
  [{ q: { _id: "c", n: { $gt: 0 } }, u: { $inc: { v: -1 } } }, 1, false],
  [{ q: { _id: "c", n: { $lt: 9 } }, u: { $set: { n: 9 } } }, 1, false],
  [{ q: { _id: "c", n: { $lt: 3 } }, u: { $set: { n: 9 } } }, 0, false],
  [{ q: { _id: "a", until: null }, u: { $set: { until: day(1) } } }, 1, false],
  [{ q: { _id: "b", until: null }, u: { $set: { until: day(1) } } }, 1, true],
  [{ q: { p: "p1", n: { $in: [1, 3] } }, u: { $set: { seen: true } }, multi: true }, 2, true],
  [{ q: { _id: "a" }, u: { $set: { seen: true }, $unset: { until: "" } } }, 1, true],
  [{ q: { _id: "c" }, u: { $unset: { until: "" } } }, 1, true],
];

const updates = UPDATES.map(
  ([statement, n, inTransaction]): Case => ({
    it: `update: ${JSON.stringify(statement)}${inTransaction ? " in a transaction" : ""}`,
    given: CLAIMS,
    indexes: INDEXES,
    command: { update: "c", updates: [statement], ordered: true },
    inTransaction,
    reply: { n },
  }),
);

const flags = { new: false, remove: false, upsert: false };

const modified: Case[] = [
  {
    it: "findAndModify: takes a token once, in a transaction",
    command: {
      findAndModify: "c",
      query: { _id: "c", until: { $gt: day(2) }, taken: null },
      update: { $set: { taken: day(3) } },
      ...flags,
    },
    inTransaction: true,
    reply: { value: CLAIMS[2] },
  },
  {
    it: "findAndModify: takes a token once, and no more after its day",
    command: {
      findAndModify: "c",
      query: { _id: "c", until: { $gt: day(9) }, taken: null },
      update: { $set: { taken: day(3) } },
      ...flags,
    },
    reply: { value: null },
  },
  {
    it: "findAndModify: counts on, and begins where there is no counter",
    command: {
      findAndModify: "c",
      query: { _id: "p1:controls", p: "p1" },
      update: { $inc: { value: 1 } },
      ...flags,
      new: true,
      upsert: true,
    },
    reply: { value: { _id: "p1:controls", p: "p1", value: 1 } },
  },
  {
    it: "findAndModify: counts on in a transaction, and begins where there is no counter",
    command: {
      findAndModify: "c",
      query: { _id: "p1:file", p: "p1" },
      update: { $inc: { value: 1 } },
      ...flags,
      new: true,
      upsert: true,
    },
    inTransaction: true,
    reply: { value: { _id: "p1:file", p: "p1", value: 1 } },
  },
  {
    it: "findAndModify: keeps a secret that it finds, and makes one where there is none",
    command: {
      findAndModify: "c",
      query: { _id: "secret" },
      update: { $setOnInsert: { value: "s" } },
      ...flags,
      new: true,
      upsert: true,
    },
    reply: { value: { _id: "secret", value: "s" } },
  },
  {
    it: "findAndModify: makes one job of a name, and lets its plan be changed",
    command: {
      findAndModify: "c",
      query: { name: "job" },
      update: { $set: { next: 1 }, $setOnInsert: { _id: "job", type: "single" } },
      ...flags,
      new: true,
      upsert: true,
    },
    reply: { value: { _id: "job", name: "job", next: 1, type: "single" } },
  },
  {
    it: "findAndModify: sets what it finds, and makes it where there is nothing",
    command: {
      findAndModify: "c",
      query: { name: "job" },
      update: { $set: { _id: "job", next: 1 } },
      ...flags,
      new: true,
      upsert: true,
    },
    reply: { value: { _id: "job", name: "job", next: 1 } },
  },
  {
    it: "findAndModify: gives nothing where it makes something, and was not asked for it",
    command: {
      findAndModify: "c",
      query: { name: "job" },
      update: { $set: { next: 1 }, $setOnInsert: { _id: "job" } },
      ...flags,
      upsert: true,
    },
    reply: { value: null },
  },
  {
    it: "findAndModify: locks the most urgent job that is due, or whose lock is over",
    command: {
      findAndModify: "c",
      query: {
        p: "p1",
        n: { $ne: 3 },
        $or: [{ locked: { $eq: null }, due: { $lte: day(2) } }, { locked: { $lte: day(1) } }],
      },
      sort: { due: 1, n: -1 },
      update: { $set: { locked: day(4) } },
      ...flags,
      new: true,
    },
    reply: { value: { ...CLAIMS[0], locked: day(4) } },
  },
].map((each): Case => ({ given: CLAIMS, indexes: INDEXES, ...each }));

const others: Case[] = [
  {
    it: "aggregate: sums what matches",
    given: CLAIMS,
    command: {
      aggregate: "c",
      pipeline: [{ $match: { p: "p1" } }, { $group: { _id: "$p", n: { $sum: "$n" } } }],
      cursor: {},
    },
    found: [{ _id: "p1", n: 6 }],
  },
  {
    it: "aggregate: counts all",
    given: CLAIMS,
    command: {
      aggregate: "c",
      pipeline: [{ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } }],
      cursor: {},
    },
    found: [{ _id: 1, n: 4 }],
  },
  {
    it: "aggregate: counts what is in one of some states and below a bound",
    given: CLAIMS,
    indexes: INDEXES,
    command: {
      aggregate: "c",
      pipeline: [
        { $match: { p: "p1", n: { $in: [1, 2, 3] }, "who.npi": { $lt: "2" } } },
        { $group: { _id: 1, n: { $sum: 1 } } },
      ],
      cursor: {},
    },
    found: [{ _id: 1, n: 1 }],
  },
  {
    it: "aggregate: counts what is in one of some states and between two bounds",
    given: CLAIMS,
    indexes: INDEXES,
    command: {
      aggregate: "c",
      pipeline: [
        { $match: { p: "p1", n: { $in: [1, 2, 3] }, "who.npi": { $gte: "2", $lt: "3" } } },
        { $group: { _id: 1, n: { $sum: 1 } } },
      ],
      cursor: {},
    },
    found: [{ _id: 1, n: 1 }],
  },
  {
    it: "aggregate: sums what matches, in order",
    given: CLAIMS,
    command: {
      aggregate: "c",
      pipeline: [
        { $match: { n: { $gte: 1 } } },
        { $group: { _id: "$p", n: { $sum: "$n" } } },
        { $sort: { _id: 1 } },
      ],
      cursor: {},
    },
    found: [
      { _id: "p1", n: 6 },
      { _id: "p2", n: 1 },
    ],
  },
  {
    it: "distinct: tells the values of all",
    given: CLAIMS,
    command: { distinct: "c", key: "p", query: {} },
    reply: { values: ["p1", "p2"] },
  },
  {
    it: "aggregate: sums the elements of what matches",
    given: CLAIMS,
    command: {
      aggregate: "c",
      pipeline: [
        { $match: { p: "p2" } },
        { $unwind: "$list" },
        { $group: { _id: "$p", s: { $sum: "$list.s" } } },
      ],
      cursor: {},
    },
    found: [{ _id: "p2", s: 3 }],
  },
  {
    it: "aggregate: sums the elements of what matches, up to a day",
    given: CLAIMS,
    command: {
      aggregate: "c",
      pipeline: [
        { $match: { p: "p1" } },
        { $match: { due: { $lt: day(3) } } },
        { $unwind: "$tags" },
        { $group: { _id: "$p", s: { $sum: "$n" } } },
      ],
      cursor: {},
    },
    found: [{ _id: "p1", s: 4 }],
  },
  {
    it: "delete: removes all but one generation",
    given: CLAIMS,
    command: {
      delete: "c",
      deletes: [{ q: { p: "p1", n: { $nin: [2] } }, limit: 0 }],
      ordered: true,
    },
    reply: { n: 2 },
    left: [CLAIMS[1] as Document, CLAIMS[3] as Document],
  },
  {
    it: "delete: removes one by its id, as GridFS writes it",
    given: CLAIMS,
    command: { delete: "c", deletes: [{ q: { _id: { $eq: "a" } }, limit: 1 }], ordered: true },
    reply: { n: 1 },
  },
  {
    it: "delete: removes all of an id, as GridFS writes it",
    given: CLAIMS,
    command: { delete: "c", deletes: [{ q: { p: { $eq: "p1" } }, limit: 0 }], ordered: true },
    reply: { n: 3 },
  },
  {
    it: "delete: removes all below a number",
    given: CLAIMS,
    command: { delete: "c", deletes: [{ q: { n: { $lt: 2 } }, limit: 0 }], ordered: true },
    reply: { n: 2 },
    left: CLAIMS.slice(1, 3),
  },
  {
    it: "delete: removes all of some ids of a practice, in a transaction",
    given: CLAIMS,
    command: {
      delete: "c",
      deletes: [{ q: { p: "p1", _id: { $in: ["a", "b", "d"] } }, limit: 0 }],
      ordered: true,
    },
    inTransaction: true,
    reply: { n: 2 },
    left: CLAIMS.slice(2),
  },
  {
    it: "delete: removes what is as it was read, in a transaction",
    given: CLAIMS,
    command: { delete: "c", deletes: [{ q: { p: "p1", n: 3 }, limit: 0 }], ordered: true },
    inTransaction: true,
    reply: { n: 1 },
    left: [CLAIMS[0], CLAIMS[1], CLAIMS[3]] as Document[],
  },
  {
    it: "delete: removes all of one, in a transaction",
    given: CLAIMS,
    command: { delete: "c", deletes: [{ q: { p: "p1" }, limit: 0 }], ordered: true },
    inTransaction: true,
    reply: { n: 3 },
  },
  {
    it: "delete: removes all",
    given: CLAIMS,
    command: { delete: "c", deletes: [{ q: {}, limit: 0 }], ordered: true },
    reply: { n: 4 },
    left: [],
  },
  ...[
    { key: { p: 1 }, name: "p" },
    { key: { p: -1 }, name: "p" },
    { key: { p: 1, n: -1 }, name: "p" },
    { key: { p: 1, n: 1 }, name: "p", unique: true },
    { key: { p: 1 }, name: "p", background: true },
    { key: { due: 1 }, name: "p", expireAfterSeconds: 0 },
    { key: { due: 1 }, name: "p", expireAfterSeconds: 0, background: true },
    { key: { list: 1 }, name: "p", partialFilterExpression: { list: { $exists: true } } },
    {
      key: { due: 1 },
      name: "p",
      unique: true,
      partialFilterExpression: { due: { $exists: true } },
    },
    { key: { p: 1, n: 1 }, name: "p", partialFilterExpression: { n: { $in: [1, 2] } } },
    { key: { p: 1, n: -1 }, name: "p", partialFilterExpression: { n: { $in: [1, 2] } } },
    { key: { n: 1 }, name: "p", partialFilterExpression: { "list.s": { $exists: true } } },
  ].map((index) => ({
    it: `createIndexes: ${JSON.stringify(index)}`,
    given: CLAIMS,
    command: { createIndexes: "c", indexes: [index] },
    reply: { numIndexesBefore: 1, numIndexesAfter: 2 },
  })),
];

/** What is sent by cursors that run over several batches, and by GridFS. */
function streams(ground: () => Ground): void {
  it("find, getMore: reads on in batches of the size that was asked for, and of the store's own", async () => {
    const c = ground().db.collection<Document>("many");
    await c.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
    await ground().tried(async () => {
      expect(await c.find({}, { batchSize: 100 }).toArray()).to.have.length(250);
      expect(await c.find({}).toArray()).to.have.length(250);
    });
  });

  it("find, getMore: reads on in a transaction", async () => {
    const { client, db, tried } = ground();
    await client.withSession((session) =>
      tried(() =>
        session.withTransaction(async () => {
          const all = await db.collection("many").find({}, { session }).toArray();
          expect(all).to.have.length(250);
        }),
      ),
    );
  });

  it("delete: lets a file's document and all of its chunks go", async () => {
    const { db, tried } = ground();
    const files = db.collection<Document>("files");
    const chunks = db.collection<Document>("chunks");
    await files.insertOne({ _id: "f" as never });
    await chunks.insertMany([{ files_id: "f" }, { files_id: "f" }, { files_id: "g" }]);
    await tried(async () => {
      await files.deleteOne({ _id: { $eq: "f" as never } });
      await chunks.deleteMany({ files_id: { $eq: "f" } });
    });
    expect(await files.countDocuments({})).to.equal(0);
    expect(await chunks.countDocuments({})).to.equal(1);
  });

  it("transaction: is aborted without having sent anything that fails", async () => {
    const { client, db, tried } = ground();
    const session = client.startSession();
    session.startTransaction();
    await tried(async () => {
      await db.collection("many").insertOne({ n: -1 }, { session });
      await session.abortTransaction();
    });
    await session.endSession();
    expect(await db.collection("many").countDocuments({ n: -1 })).to.equal(0);
  });
}

/** The audit chain is read in order and without ids. */
const chain: Case = {
  it: "find: a part of a chain in its order, without ids",
  given: CLAIMS,
  command: {
    find: "c",
    filter: { p: "p1", n: { $gte: 2, $lt: 4 } },
    projection: { _id: 0 },
    sort: { n: 1 },
    batchSize: 500,
  },
  found: CLAIMS.slice(1, 3).map(({ _id, ...rest }) => rest),
};

conformance(
  "application",
  [...finds(FINDS, false), ...finds(FINDS_INSIDE, true), ...updates, ...modified, chain, ...others],
  streams,
);
