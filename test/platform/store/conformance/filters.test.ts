import { Binary, type Document, MaxKey, MinKey, ObjectId, Timestamp } from "mongodb";
import { type Case, conformance } from "./run-cases.ts";

/** One document for each kind of value at `a`. */
const KINDS: readonly Document[] = [
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
  { _id: "nulls", a: [null, 2] },
];

const ID = new ObjectId("65a000000000000000000001");

/** One document for each further type of BSON. */
const TYPES: readonly Document[] = [
  { _id: "min", a: new MinKey() },
  { _id: "id", a: ID },
  { _id: "binary", a: new Binary(Buffer.from("ab")) },
  { _id: "timestamp", a: new Timestamp({ t: 5, i: 1 }) },
  { _id: "regex", a: /^f/i },
  { _id: "max", a: new MaxKey() },
  { _id: "zero", a: -0 },
  { _id: "accent", a: "é" },
];

/** A filter, and the ids that it finds or the code with which it is refused. */
type Row = readonly [filter: Document, found: readonly string[] | number];

const BY_KIND: readonly Row[] = [
  [{}, KINDS.map((doc) => doc._id)],
  [{ a: 5 }, ["number", "array"]],
  [{ a: { $eq: [1, 5, "x"] } }, ["array"]],
  [{ a: { $eq: [1, 5] } }, []],
  [{ a: [5] }, ["double"]],
  [{ a: [] }, ["empty"]],
  [{ a: null }, ["null", "missing", "nulls"]],
  [
    { a: { $ne: null } },
    ["number", "string", "array", "empty", "nested", "list", "date", "nan", "bool", "double"],
  ],
  [{ a: { $gte: null } }, ["null", "missing", "nulls"]],
  [{ a: { $lte: null } }, ["null", "missing", "nulls"]],
  [{ a: { $gt: null } }, []],
  [{ a: { $exists: false } }, ["missing"]],
  [{ a: { $exists: true, $eq: null } }, ["null", "nulls"]],
  [{ a: { $gt: 4 } }, ["number", "array"]],
  [{ a: { $gt: 4, $lt: 2 } }, ["array"]],
  [{ a: { $lt: 2 } }, ["array"]],
  [{ a: { $gte: 1, $lte: 2 } }, ["array", "nulls"]],
  [{ a: { $gte: Number.NaN } }, ["nan"]],
  [{ a: Number.NaN }, ["nan"]],
  [{ a: { $lt: Number.NaN } }, []],
  [{ a: { $gt: "f" } }, ["string", "array"]],
  [{ a: { $lt: "f" } }, []],
  [{ a: { $lte: new Date(1000) } }, ["date"]],
  [{ a: { $gt: new Date(1000) } }, []],
  [{ a: { $gt: false } }, ["bool"]],
  [{ a: { $gt: { b: 4 } } }, ["nested", "list"]],
  [{ a: { $gt: [1] } }, ["array", "list", "double"]],
  [{ a: { $in: [5, null] } }, ["number", "null", "missing", "array", "nulls"]],
  [{ a: { $in: [/^f/, true] } }, ["string", "bool"]],
  [{ a: { $in: [[], [[5]]] } }, ["empty", "double"]],
  [{ a: { $in: [1, 2, 3, 4, 5, 6, 7] } }, ["number", "array", "nulls"]],
  [{ a: { $in: [] } }, []],
  [{ a: { $nin: [] } }, KINDS.map((doc) => doc._id)],
  [
    { a: { $nin: [5, null, "five"] } },
    ["empty", "nested", "list", "date", "nan", "bool", "double"],
  ],
  [{ a: { $nin: [5, /^f/, null, true] } }, ["empty", "nested", "list", "date", "nan", "double"]],
  [{ a: /^FIVE$/i }, ["string"]],
  [{ a: { $regex: "^fi" } }, ["string"]],
  [{ a: { $regex: "^FI", $options: "i" } }, ["string"]],
  [{ a: { $regex: /^x$/ } }, ["array"]],
  [
    { a: { $not: { $gt: 4 } } },
    // biome-ignore format: one line of ids
    ["string", "null", "missing", "empty", "nested", "list", "date", "nan", "bool", "double", "nulls"],
  ],
  [
    { a: { $not: /^f/, $exists: true } },
    // biome-ignore format: one line of ids
    ["number", "null", "array", "empty", "nested", "list", "date", "nan", "bool", "double", "nulls"],
  ],
  [{ a: { $not: { $exists: true } } }, ["missing"]],
  [{ a: { $size: 3 } }, ["array", "list"]],
  [{ a: { $size: 0 } }, ["empty"]],
  [{ a: { $all: [1, 5] } }, ["array"]],
  [{ a: { $all: [5] } }, ["number", "array"]],
  [{ a: { $all: [[1, 5, "x"]] } }, ["array"]],
  [{ a: { $all: [] } }, []],
  [{ a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { c: 3 } }] } }, ["list"]],
  [{ a: { $elemMatch: { $gt: 4, $lt: 6 } } }, ["array"]],
  [{ a: { $elemMatch: { $gt: 1, $lt: 5 } } }, ["nulls"]],
  [{ a: { $elemMatch: { b: 5, c: 2 } } }, ["list"]],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, []],
  [{ a: { $elemMatch: { b: { $exists: false } } } }, ["list", "double"]],
  [{ a: { $elemMatch: { $elemMatch: { $eq: 5 } } } }, ["double"]],
  [{ a: { $elemMatch: { $in: [1, 2] } } }, ["array", "nulls"]],
  [{ a: { $elemMatch: { $or: [{ b: 1 }, { c: 9 }] } } }, ["list"]],
  [{ a: { $elemMatch: { $eq: null } } }, ["nulls"]],
  [{ "a.b": 5 }, ["nested", "list"]],
  [{ "a.b": null }, ["number", "string", "null", "missing", "list", "date", "nan", "bool"]],
  [{ "a.b": { $ne: null } }, ["array", "empty", "nested", "double", "nulls"]],
  [{ "a.b": { $exists: true } }, ["nested", "list"]],
  [
    { "a.c": { $exists: false } },
    // biome-ignore format: one line of ids
    ["number", "string", "null", "missing", "array", "empty", "date", "nan", "bool", "double", "nulls"],
  ],
  [
    { "a.b": { $in: [5, null] } },
    ["number", "string", "null", "missing", "nested", "list", "date", "nan", "bool"],
  ],
  [{ "a.b": { $gt: 0, $lt: 5 } }, ["list"]],
  [{ "a.1": 5 }, ["array"]],
  [{ "a.1": { $exists: true } }, ["array", "list", "nulls"]],
  [{ "a.0": 5 }, ["double"]],
  [{ "a.0.0": 5 }, ["double"]],
  [{ "a.0.b": 1 }, ["list"]],
  [{ a: { b: 5, c: "x" } }, ["nested"]],
  [{ a: { c: "x", b: 5 } }, []],
  [{ a: { c: 3 } }, ["list"]],
  [{ $or: [{ a: true }, { "a.c": "x" }] }, ["nested", "bool"]],
  [{ $or: [{ a: null }, { a: { $gt: 4 } }] }, ["number", "null", "missing", "array", "nulls"]],
  [{ $and: [{ a: { $gt: 0 } }, { a: { $lt: 2 } }] }, ["array"]],
  [{ $and: [{ $or: [{ a: 5 }, { a: true }] }, { _id: { $ne: "array" } }] }, ["number", "bool"]],
  [{ $nor: [{ a: { $exists: true } }] }, ["missing"]],
  [{ a: { $gt: 4 }, _id: { $ne: "array" } }, ["number"]],
  [{ _id: { $in: ["bool", "nan", "none"] } }, ["nan", "bool"]],
  [{ _id: { $gte: "n", $lt: "nb" } }, ["nan"]],
  [{ $expr: { $eq: ["$a.b", 5] } }, ["nested"]],
  [{ $expr: { $gt: ["$a.b", 4] } }, ["array", "empty", "nested", "list", "double", "nulls"]],
  [{ a: 5, $comment: "why" }, ["number", "array"]],
];

const BY_TYPE: readonly Row[] = [
  [{ a: ID }, ["id"]],
  [{ a: { $gt: new ObjectId("65a000000000000000000000") } }, ["id"]],
  [{ a: new Binary(Buffer.from("ab")) }, ["binary"]],
  [{ a: { $gte: new Timestamp({ t: 5, i: 0 }) } }, ["timestamp"]],
  [{ a: new MinKey() }, ["min"]],
  [{ a: new MaxKey() }, ["max"]],
  [{ a: /^f/i }, ["regex"]],
  [{ a: 0 }, ["zero"]],
  [{ a: { $gte: 0 } }, ["zero"]],
  [{ a: "é" }, ["accent"]],
  [{ a: { $gt: "z" } }, ["accent"]],
  [{ a: /^.$/ }, ["accent"]],
];

const REFUSED: readonly Row[] = [
  [{ $foo: 1 }, 2],
  [{ a: { $foo: 1 } }, 2],
  [{ a: { $gt: 1, b: 2 } }, 2],
  [{ $or: [] }, 2],
  [{ $and: {} }, 2],
  [{ $nor: [1] }, 2],
  [{ a: { $in: 5 } }, 2],
  [{ a: { $in: [{ $gt: 1 }] } }, 2],
  [{ a: { $nin: null } }, 2],
  [{ a: { $all: 5 } }, 2],
  [{ a: { $elemMatch: 5 } }, 2],
  [{ a: { $not: 5 } }, 2],
  [{ a: { $not: {} } }, 2],
  [{ a: { $ne: /x/ } }, 2],
  [{ a: { $gt: /x/ } }, 2],
  [{ a: { $size: -1 } }, 2],
  [{ a: { $size: "1" } }, 2],
  [{ a: { $size: 1.5 } }, 2],
  [{ a: { $regex: 5 } }, 2],
  [{ a: { $options: "i" } }, 2],
  [{ a: { $regex: "(" } }, 51091],
  [{ a: { $regex: "a", $options: "z" } }, 51108],
  [{ $expr: { $frob: 1 } }, 168],
];

/** What MongoDB finds, and the embedded store refuses. */
const LACKED: readonly Row[] = [
  [{ a: { $type: "string" } }, ["string", "array"]],
  [{ a: { $mod: [4, 1] } }, ["number", "array"]],
  [{ a: { $bitsAllSet: [0, 2] } }, ["number", "array"]],
];

const INDEXES = [{ key: { a: 1 } }, { key: { "a.b": -1 } }];

function casesOf(rows: readonly Row[], given: readonly Document[], indexes?: Document[]): Case[] {
  return rows.map(([filter, found]) => {
    const text = JSON.stringify(filter, (_key, v) => (v instanceof RegExp ? String(v) : v));
    const command = { find: "c", filter };
    const name = `${text}${indexes ? ", with indexes" : ""}`;
    return typeof found === "number"
      ? { it: `refuses ${name}`, given, command, error: found }
      : { it: `finds by ${name}`, given, indexes, command, foundIds: found };
  });
}

conformance("filters", [
  ...casesOf(BY_KIND, KINDS),
  ...casesOf(BY_KIND, KINDS, INDEXES),
  ...casesOf(BY_TYPE, TYPES),
  ...casesOf(BY_TYPE, TYPES, INDEXES),
  ...casesOf(REFUSED, KINDS),
  ...casesOf(LACKED, KINDS).map((one) => ({ ...one, refused: 2 })),
]);
