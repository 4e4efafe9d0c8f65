import { expect } from "chai";
import type { Document } from "mongodb";
import { isForeign } from "../run-store.ts";
import { type Case, conformance, type Ground } from "./run-cases.ts";

/** What is there, the update, and what is there then; or the code with which it is refused. */
type Row = readonly [
  name: string,
  before: Document,
  update: Document,
  after: Document | number,
  more?: { readonly q?: Document; readonly arrayFilters?: Document[]; readonly refused?: number },
];

const OPERATORS: readonly Row[] = [
  ["$set", { a: 1 }, { $set: { a: 2, "b.c": 3 } }, { a: 2, b: { c: 3 } }],
  [
    "$set of a document and of null",
    { a: 1 },
    { $set: { a: { x: 1 }, b: null } },
    { a: { x: 1 }, b: null },
  ],
  ["$set that keeps the place of a field", { a: 1, b: 2 }, { $set: { a: "x" } }, { a: "x", b: 2 }],
  [
    "$set of new fields in the order of their names",
    {},
    { $set: { c: 1, a: 2, b: 3 } },
    { a: 2, b: 3, c: 1 },
  ],
  ["$set of an element", { a: [1, 2] }, { $set: { "a.1": 9 } }, { a: [1, 9] }],
  ["$set beyond an array's end", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
  ["$set of a number where there is no array", {}, { $set: { "a.0": 1 } }, { a: { "0": 1 } }],
  ["$set inside elements", { a: [{ b: 1 }] }, { $set: { "a.0.c": 2 } }, { a: [{ b: 1, c: 2 }] }],
  ["$set through a number", { a: 1 }, { $set: { "a.b": 1 } }, 28],
  ["$set through null", { a: null }, { $set: { "a.b": 1 } }, 28],
  ["$set of a name in an array", { a: [1] }, { $set: { "a.b": 1 } }, 28],
  ["$set of an empty name", {}, { $set: { "a.": 1 } }, 56],
  ["$set of a name with a dollar", {}, { $set: { $a: 1 } }, 52],
  ["$set of nothing that is a document", {}, { $set: 5 }, 9],
  ["$unset", { a: 1, b: 2 }, { $unset: { a: "" } }, { b: 2 }],
  ["$unset of an element leaves null", { b: [1, 2] }, { $unset: { "b.0": "" } }, { b: [null, 2] }],
  ["$unset of a path", { a: { b: 1, c: 2 } }, { $unset: { "a.b": "" } }, { a: { c: 2 } }],
  ["$inc", { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
  ["$inc of a path", { a: { b: 1 } }, { $inc: { "a.b": 1, "a.c": 1 } }, { a: { b: 2, c: 1 } }],
  ["$inc of a string", { a: "x" }, { $inc: { a: 1 } }, 14],
  ["$inc of null", { a: null }, { $inc: { a: 1 } }, 14],
  ["$inc by a string on a missing field", {}, { $inc: { a: "x" } }, 14],
  ["$mul", { a: 3 }, { $mul: { a: 4, b: 5 } }, { a: 12, b: 0 }],
  ["$mul of a string", { a: "x" }, { $mul: { a: 4 } }, 14],
  ["$min", { a: 3, b: 3 }, { $min: { a: 2, b: 4, c: 1 } }, { a: 2, b: 3, c: 1 }],
  ["$max", { a: 3, b: 3 }, { $max: { a: 2, b: 4, c: 1 } }, { a: 3, b: 4, c: 1 }],
  [
    "$min and $max over types",
    { a: 3, b: 3 },
    { $min: { a: null }, $max: { b: "x" } },
    { a: null, b: "x" },
  ],
  ["$push", { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  ["$push of an array", { a: [1] }, { $push: { a: [2] } }, { a: [1, [2]] }],
  ["$push with $each", { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  [
    "$push with $each, $position, $slice",
    { a: [1, 2, 3] },
    { $push: { a: { $each: [8, 9], $position: 1, $slice: 4 } } },
    { a: [1, 8, 9, 2] },
  ],
  [
    "$push at a negative $position",
    { a: [1, 2, 3] },
    { $push: { a: { $each: [8, 9], $position: -1 } } },
    { a: [1, 2, 8, 9, 3] },
  ],
  ["$push with $slice 0", { a: [3, 1] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }],
  ["$push to a number", { a: 1 }, { $push: { a: 1 } }, 2],
  ["$push with an unknown modifier", {}, { $push: { a: { $each: [1], $frob: 1 } } }, 2],
  ["$push with $each of a number", {}, { $push: { a: { $each: 1 } } }, 2],
  ["$addToSet", { a: [1] }, { $addToSet: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  [
    "$addToSet with $each",
    { a: [1, { x: 1 }] },
    { $addToSet: { a: { $each: [1, { x: 1 }, 2, 2] } } },
    { a: [1, { x: 1 }, 2] },
  ],
  ["$addToSet of an array", { a: [[1]] }, { $addToSet: { a: [2] } }, { a: [[1], [2]] }],
  ["$addToSet to a number", { a: 1 }, { $addToSet: { a: 1 } }, 2],
  ["$pull of a value", { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ["$pull by a condition on values", { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [
    "$pull by a condition on documents",
    { a: [{ k: 1, v: 1 }, { k: 2 }, 7] },
    { $pull: { a: { k: 1 } } },
    { a: [{ k: 2 }, 7] },
  ],
  [
    "$pull by a condition that an element of an element meets",
    { a: [[1, 7], 2, [3], 9] },
    { $pull: { a: { $gte: 5 } } },
    { a: [2, [3]] },
  ],
  ["$pull by $in", { a: [1, 2, 3] }, { $pull: { a: { $in: [1, 3] } } }, { a: [2] }],
  ["$pull from a number", { a: 1 }, { $pull: { a: 1 } }, 2],
  ["$pullAll", { a: [1, 2, 3, 1] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ["$pullAll of no array", { a: [1] }, { $pullAll: { a: 1 } }, 2],
  ["$pop from both ends", { a: [1, 2], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1], b: [2] }],
  ["$pop by 2", { a: [1] }, { $pop: { a: 2 } }, 9],
  ["$pop of a number", { a: 1 }, { $pop: { a: 1 } }, 14],
  [
    "several operators on fields beside each other",
    { a: { b: 1, c: 1 }, keep: "é" },
    { $inc: { "a.b": 1 }, $set: { "a.c": 5 }, $unset: { "a.d": "" } },
    { a: { b: 2, c: 5 }, keep: "é" },
  ],
  ["two operators on one field", {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ["two operators on field and subfield", {}, { $set: { a: 1, "a.b": 2 } }, 40],
  ["an unknown operator", {}, { $frob: { a: 1 } }, 9],
  ["an operator and a plain field", {}, { $set: { a: 1 }, b: 2 }, 9],
  ["another _id", {}, { $set: { _id: 5 } }, 66],
  ["no _id", {}, { $unset: { _id: "" } }, 66],
  [
    "a pipeline of two stages",
    { a: 5, b: 1, d: "x" },
    [{ $set: { c: { $add: ["$a", "$b"] } } }, { $unset: "b" }],
    { a: 5, d: "x", c: 6 },
  ],
  ["a pipeline with another stage", { a: 5 }, [{ $group: { _id: 1 } }], 72],
  ["a pipeline that changes the _id", { a: 5 }, [{ $set: { _id: 2 } }], 66],
  ["a pipeline", { a: 5 }, [{ $set: { b: "$a" } }], { a: 5, b: 5 }],
];

/** What MongoDB does, and the embedded store refuses with the code of an unknown operator. */
const LACKED: readonly Row[] = [
  ["$rename", { a: 1, n: {} }, { $rename: { a: "n.b" } }, { n: { b: 1 } }, { refused: 9 }],
  ["$bit", { a: 5 }, { $bit: { a: { and: 4 } } }, { a: 4 }, { refused: 9 }],
  [
    "$push with $sort",
    { a: [3, 1] },
    { $push: { a: { $each: [2], $sort: -1 } } },
    { a: [3, 2, 1] },
    { refused: 2 },
  ],
];

const POSITIONS: readonly Row[] = [
  [
    "$",
    { a: [{ k: 1 }, { k: 2 }] },
    { $set: { "a.$.v": 9 } },
    { a: [{ k: 1 }, { k: 2, v: 9 }] },
    { q: { "a.k": 2 } },
  ],
  ["$ on a value", { a: [1, 2, 2] }, { $set: { "a.$": 9 } }, { a: [1, 9, 2] }, { q: { a: 2 } }],
  [
    "$ by $in",
    { a: [5, 6, 7] },
    { $inc: { "a.$": 10 } },
    { a: [5, 16, 7] },
    { q: { a: { $in: [6, 7] } } },
  ],
  [
    "$ by $elemMatch",
    {
      a: [
        { k: 1, w: 0 },
        { k: 1, w: 1 },
      ],
    },
    { $inc: { "a.$.k": 5 } },
    {
      a: [
        { k: 1, w: 0 },
        { k: 6, w: 1 },
      ],
    },
    { q: { a: { $elemMatch: { k: 1, w: 1 } } } },
  ],
  [
    "$ by $elemMatch on values",
    { a: [1, 5, 9] },
    { $set: { "a.$": 0 } },
    { a: [1, 0, 9] },
    { q: { a: { $elemMatch: { $gt: 1, $lt: 9 } } } },
  ],
  ["$ with $unset", { a: [1, 2] }, { $unset: { "a.$": "" } }, { a: [1, null] }, { q: { a: 2 } }],
  ["$ without a match", { a: [1] }, { $set: { "a.$": 1 } }, 2],
  ["$[]", { a: [1, 2] }, { $inc: { "a.$[]": 10 } }, { a: [11, 12] }],
  [
    "$[] in documents",
    { a: [{ b: 1 }, { b: 2 }] },
    { $set: { "a.$[].c": 0 } },
    {
      a: [
        { b: 1, c: 0 },
        { b: 2, c: 0 },
      ],
    },
  ],
  ["$[] in $[]", { a: [[1, 2], [3]] }, { $inc: { "a.$[].$[]": 1 } }, { a: [[2, 3], [4]] }],
  ["$[] of no array", { a: 1 }, { $set: { "a.$[]": 1 } }, 2],
  ["$[] of nothing", {}, { $set: { "a.$[]": 1 } }, 2],
  [
    "$[x]",
    { a: [{ k: 1 }, { k: 2 }, { k: 3 }] },
    { $set: { "a.$[x].v": 1 } },
    { a: [{ k: 1 }, { k: 2, v: 1 }, { k: 3, v: 1 }] },
    { arrayFilters: [{ "x.k": { $gte: 2 } }] },
  ],
  [
    "$[x] on values",
    { a: [1, 5, 9] },
    { $set: { "a.$[x]": 0 } },
    { a: [1, 0, 0] },
    { arrayFilters: [{ x: { $gt: 1 } }] },
  ],
  [
    "$[x] in $[y]",
    {
      a: [
        { k: 1, l: [1, 2] },
        { k: 2, l: [1, 2] },
      ],
    },
    { $set: { "a.$[y].l.$[x]": 0 } },
    {
      a: [
        { k: 1, l: [1, 2] },
        { k: 2, l: [1, 0] },
      ],
    },
    { arrayFilters: [{ "y.k": 2 }, { x: 2 }] },
  ],
  ["$[x] without a filter", { a: [1] }, { $set: { "a.$[x]": 0 } }, 2],
  ["a filter without $[x]", { a: [1] }, { $set: { a: 0 } }, 9, { arrayFilters: [{ x: 1 }] }],
  [
    "two filters of one name",
    { a: [1] },
    { $set: { "a.$[x]": 0 } },
    9,
    { arrayFilters: [{ x: 1 }, { x: 2 }] },
  ],
  [
    "a filter of a bad name",
    { a: [1] },
    { $set: { "a.$[X]": 0 } },
    2,
    { arrayFilters: [{ X: 1 }] },
  ],
];

function changes(rows: readonly Row[]): Case[] {
  return rows.map(([name, before, u, after, { q, arrayFilters, refused } = {}]) => {
    const given = [{ _id: 1, ...before }];
    const statement = { q: { _id: 1, ...q }, u, ...(arrayFilters && { arrayFilters }) };
    const command = { update: "c", updates: [statement], ordered: true };
    return typeof after === "number"
      ? {
          it: `update: refuses ${name}, and changes nothing`,
          given,
          command,
          error: after,
          left: given,
        }
      : {
          it: `update: does ${name}`,
          given,
          command,
          reply: { n: 1, nModified: 1 },
          ...(refused === undefined || isForeign ? { left: [{ _id: 1, ...after }] } : {}),
          refused,
        };
  });
}

const THREE = [
  { _id: 1, k: "a", n: 1 },
  { _id: 2, k: "a", n: 2 },
  { _id: 3, k: "b", n: 3 },
];

const statements: Case[] = [
  {
    it: "update: counts a change that changes nothing as matched only",
    given: THREE,
    command: { update: "c", updates: [{ q: { _id: 1 }, u: { $set: { n: 1 }, $unset: { z: 1 } } }] },
    reply: { n: 1, nModified: 0 },
    left: THREE,
  },
  {
    it: "update: changes the first that matches, or all",
    given: THREE,
    command: {
      update: "c",
      updates: [
        { q: { k: "a" }, u: { $inc: { n: 10 } } },
        { q: { n: { $lt: 10 } }, u: { $set: { k: "z" } }, multi: true },
      ],
      ordered: true,
    },
    reply: { n: 3, nModified: 3 },
    left: [
      { _id: 1, k: "a", n: 11 },
      { _id: 2, k: "z", n: 2 },
      { _id: 3, k: "z", n: 3 },
    ],
  },
  {
    it: "update: finds nothing",
    given: THREE,
    command: { update: "c", updates: [{ q: { k: "none" }, u: { $set: { n: 1 } } }] },
    reply: { n: 0, nModified: 0 },
    left: THREE,
  },
  {
    it: "update: does nothing where there is no collection",
    command: { update: "c", updates: [{ q: {}, u: { $set: { n: 1 } } }] },
    reply: { n: 0, nModified: 0 },
    left: [],
  },
  {
    it: "update: replaces a document, which keeps its _id",
    given: [{ _id: 1, a: 1, b: 1 }],
    command: { update: "c", updates: [{ q: { a: 1 }, u: { c: 2 } }] },
    reply: { n: 1, nModified: 1 },
    left: [{ _id: 1, c: 2 }],
  },
  {
    it: "update: replaces a document by nothing",
    given: [{ _id: 1, a: 1 }],
    command: { update: "c", updates: [{ q: { a: 1 }, u: {} }] },
    reply: { n: 1, nModified: 1 },
    left: [{ _id: 1 }],
  },
  {
    it: "update: refuses a replacement with another _id",
    given: [{ _id: 1, a: 1 }],
    command: { update: "c", updates: [{ q: { a: 1 }, u: { _id: 2, a: 2 } }] },
    error: 66,
    left: [{ _id: 1, a: 1 }],
  },
  {
    it: "update: refuses to replace many",
    given: [{ _id: 1, a: 1 }],
    command: { update: "c", updates: [{ q: {}, u: { a: 2 }, multi: true }] },
    error: 9,
    left: [{ _id: 1, a: 1 }],
  },
  {
    it: "update: stops an ordered bulk at the first error",
    given: THREE,
    command: {
      update: "c",
      updates: [
        { q: { _id: 1 }, u: { $set: { n: 9 } } },
        { q: { _id: 2 }, u: { $inc: { k: 1 } } },
        { q: { _id: 3 }, u: { $set: { n: 9 } } },
      ],
      ordered: true,
    },
    error: 14,
    left: [
      { _id: 1, k: "a", n: 9 },
      { _id: 2, k: "a", n: 2 },
      { _id: 3, k: "b", n: 3 },
    ],
  },
  {
    it: "update: goes on after an error in an unordered bulk",
    given: THREE,
    command: {
      update: "c",
      updates: [
        { q: { _id: 2 }, u: { $inc: { k: 1 } } },
        { q: { _id: 3 }, u: { $set: { n: 9 } } },
      ],
      ordered: false,
    },
    error: 14,
    left: [
      { _id: 1, k: "a", n: 1 },
      { _id: 2, k: "a", n: 2 },
      { _id: 3, k: "b", n: 9 },
    ],
  },
  {
    it: "update: leaves indexes true to the documents that it moves along them",
    given: Array.from({ length: 20 }, (_, n) => ({ _id: n, n })),
    indexes: [{ key: { n: 1 } }],
    command: {
      update: "c",
      updates: [{ q: { n: { $lt: 10 } }, u: { $inc: { n: 5 } }, multi: true }],
    },
    reply: { n: 10, nModified: 10 },
    left: Array.from({ length: 20 }, (_, n) => ({ _id: n, n: n < 10 ? n + 5 : n })),
  },
  {
    it: "update: refuses to give a document the unique key of another",
    given: [
      { _id: 1, u: 1 },
      { _id: 2, u: 2 },
    ],
    indexes: [{ key: { u: 1 }, unique: true }],
    command: { update: "c", updates: [{ q: { _id: 2 }, u: { $set: { u: 1 } } }] },
    error: 11000,
    left: [
      { _id: 1, u: 1 },
      { _id: 2, u: 2 },
    ],
  },
  {
    it: "update: does not take a hint for nothing",
    given: THREE,
    indexes: [{ key: { n: 1 }, name: "n_1" }],
    command: { update: "c", updates: [{ q: { n: 1 }, u: { $set: { n: 1 } }, hint: "n_1" }] },
    reply: { n: 1, nModified: 0 },
    refused: 40415,
  },
  {
    it: "update: refuses nothing to do",
    command: { update: "c", updates: [] },
    error: 16,
  },
  {
    it: "update: refuses an option that does not exist",
    given: THREE,
    command: { update: "c", updates: [{ q: {}, u: { $set: { n: 1 } } }], frobnicate: 1 },
    error: 40415,
    left: THREE,
  },
];

/** The filter, the update, and the document that an upsert makes of them in an empty collection. */
const UPSERTS: readonly (readonly [string, Document, Document, Document | number])[] = [
  [
    "the filter's equalities",
    { _id: 1, k: "x", "n.m": { $eq: 2 }, o: { $gt: 5 } },
    { $set: { v: 1 } },
    { _id: 1, k: "x", n: { m: 2 }, v: 1 },
  ],
  ["$setOnInsert", { _id: 1 }, { $set: { v: 1 }, $setOnInsert: { s: 1 } }, { _id: 1, s: 1, v: 1 }],
  [
    "the equalities in $and",
    { $and: [{ _id: 1 }, { k: 2 }] },
    { $inc: { n: 1 } },
    { _id: 1, k: 2, n: 1 },
  ],
  ["$in of one value", { _id: 1, k: { $in: [7] } }, { $set: { v: 1 } }, { _id: 1, k: 7, v: 1 }],
  [
    "$in of two values, which says nothing",
    { _id: 1, k: { $in: [7, 8] } },
    { $set: { v: 1 } },
    { _id: 1, v: 1 },
  ],
  ["$all of one value", { _id: 1, k: { $all: [7] } }, { $set: { v: 1 } }, { _id: 1, k: 7, v: 1 }],
  ["$or of one filter", { _id: 1, $or: [{ k: 7 }] }, { $set: { v: 1 } }, { _id: 1, k: 7, v: 1 }],
  [
    "$or of two filters, which says nothing",
    { _id: 1, $or: [{ k: 7 }, { k: 8 }] },
    { $set: { v: 1 } },
    { _id: 1, v: 1 },
  ],
  ["a pattern, which says nothing", { _id: 1, k: /x/ }, { $set: { v: 1 } }, { _id: 1, v: 1 }],
  [
    "an operator on the field that the filter names",
    { _id: 1, n: 5 },
    { $inc: { n: 2 } },
    { _id: 1, n: 7 },
  ],
  ["an update of the _id", { k: 1 }, { $set: { _id: 9 } }, { _id: 9, k: 1 }],
  ["a replacement, with the filter's _id only", { _id: 1, k: "x" }, { v: 1 }, { _id: 1, v: 1 }],
  ["a replacement with an _id", { k: "x" }, { _id: 4, v: 1 }, { _id: 4, v: 1 }],
  ["a filter and an update that both set the _id", { _id: 1 }, { $set: { _id: 2 } }, 66],
  ["two equalities of one field", { $and: [{ k: 1 }, { k: 2 }] }, { $set: { v: 1 } }, 54],
];

const upserts: Case[] = UPSERTS.map(([name, q, u, made]) => {
  const command = { update: "c", updates: [{ q, u, upsert: true }], ordered: true };
  return typeof made === "number"
    ? { it: `update: refuses an upsert by ${name}`, command, error: made, left: [] }
    : {
        it: `update: upserts by ${name}`,
        command,
        reply: { n: 1, nModified: 0, upserted: [{ index: 0, _id: made._id }] },
        left: [made],
      };
});

const upsertsThatFind: Case[] = [
  {
    it: "update: upserts nothing where the filter finds something, and leaves $setOnInsert out",
    given: THREE,
    command: {
      update: "c",
      updates: [{ q: { k: "b" }, u: { $set: { n: 0 }, $setOnInsert: { s: 1 } }, upsert: true }],
    },
    reply: { n: 1, nModified: 1, upserted: undefined },
    left: [...THREE.slice(0, 2), { _id: 3, k: "b", n: 0 }],
  },
  {
    it: "update: upserts in a bulk, and says which statements did",
    given: THREE,
    command: {
      update: "c",
      updates: [
        { q: { _id: 3 }, u: { $set: { n: 0 } }, upsert: true },
        { q: { _id: 7 }, u: { $set: { n: 7 } }, upsert: true },
      ],
    },
    reply: { n: 2, nModified: 1, upserted: [{ index: 1, _id: 7 }] },
    left: [...THREE.slice(0, 2), { _id: 3, k: "b", n: 0 }, { _id: 7, n: 7 }],
  },
];

const deletes: Case[] = [
  {
    it: "delete: removes the first that matches",
    given: THREE,
    command: { delete: "c", deletes: [{ q: { k: "a" }, limit: 1 }], ordered: true },
    reply: { n: 1 },
    left: THREE.slice(1),
  },
  {
    it: "delete: removes all that match",
    given: THREE,
    command: { delete: "c", deletes: [{ q: { k: "a" }, limit: 0 }], ordered: true },
    reply: { n: 2 },
    left: THREE.slice(2),
  },
  {
    it: "delete: removes all, in several statements",
    given: THREE,
    command: {
      delete: "c",
      deletes: [
        { q: { _id: 3 }, limit: 1 },
        { q: {}, limit: 0 },
      ],
    },
    reply: { n: 3 },
    left: [],
  },
  {
    it: "delete: finds nothing, or no collection",
    command: { delete: "c", deletes: [{ q: { k: "none" }, limit: 0 }] },
    reply: { n: 0 },
  },
  {
    it: "delete: refuses a filter that it cannot read",
    given: THREE,
    command: { delete: "c", deletes: [{ q: { $x: 1 }, limit: 0 }] },
    error: 2,
    left: THREE,
  },
  {
    it: "delete: refuses another limit than 0 or 1",
    given: THREE,
    command: { delete: "c", deletes: [{ q: {}, limit: 2 }] },
    error: 9,
    left: THREE,
  },
];

/** What findAndModify is asked, what it gives, and what is left of `THREE`. */
const MODIFIED: readonly (readonly [
  string,
  Document,
  Document | null | number,
  (readonly Document[])?,
])[] = [
  [
    "the document before",
    { query: { _id: 1 }, update: { $inc: { n: 1 } } },
    { _id: 1, k: "a", n: 1 },
    [{ _id: 1, k: "a", n: 2 }],
  ],
  [
    "the document after",
    { query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true },
    { _id: 1, k: "a", n: 2 },
  ],
  [
    "the first by a sort",
    { query: { k: "a" }, sort: { n: -1 }, update: { $set: { n: 0 } }, new: true },
    { _id: 2, k: "a", n: 0 },
  ],
  [
    "some of its fields",
    { query: { _id: 1 }, update: { $set: { n: 0 } }, new: true, fields: { n: 1, _id: 0 } },
    { n: 0 },
  ],
  [
    "what it removes",
    { query: { k: "a" }, sort: { _id: -1 }, remove: true },
    { _id: 2, k: "a", n: 2 },
  ],
  ["a replacement", { query: { _id: 1 }, update: { z: 1 }, new: true }, { _id: 1, z: 1 }],
  ["null where nothing is", { query: { _id: 9 }, update: { $set: { n: 0 } } }, null],
  ["null where nothing is to be removed", { query: { _id: 9 }, remove: true }, null],
  ["null before an upsert", { query: { _id: 9 }, update: { $set: { n: 0 } }, upsert: true }, null],
  [
    "the document of an upsert",
    { query: { _id: 9 }, update: { $set: { n: 0 } }, upsert: true, new: true },
    { _id: 9, n: 0 },
  ],
  [
    "an upsert with $setOnInsert",
    {
      query: { _id: 9 },
      update: { $set: { n: 0 }, $setOnInsert: { s: 1 } },
      upsert: true,
      new: true,
    },
    { _id: 9, n: 0, s: 1 },
  ],
  [
    "an update by arrayFilters",
    { query: { _id: 1 }, update: { $set: { "l.$[x]": 1 } }, arrayFilters: [{ x: 1 }] },
    2,
  ],
  ["refuses an update and a removal", { query: {}, update: { $set: { n: 0 } }, remove: true }, 9],
  ["refuses neither update nor removal", { query: {} }, 9],
  ["refuses a removal with an upsert", { query: {}, remove: true, upsert: true }, 9],
  ["refuses the new document of a removal", { query: {}, remove: true, new: true }, 9],
  ["refuses an update that does not fit", { query: { _id: 1 }, update: { $inc: { k: 1 } } }, 14],
];

const modified: Case[] = MODIFIED.map(([name, given, value]) => {
  const one = { given: THREE, command: { findAndModify: "c", ...given } };
  return typeof value === "number"
    ? { ...one, it: `findAndModify: ${name}: refused`, error: value, left: THREE }
    : { ...one, it: `findAndModify: gives ${name}`, reply: { value } };
});

const modifiedReplies: Case[] = [
  {
    it: "findAndModify: says what it did",
    given: THREE,
    command: { findAndModify: "c", query: { _id: 1 }, update: { $set: { n: 9 } } },
    reply: { lastErrorObject: { n: 1, updatedExisting: true } },
    left: [{ _id: 1, k: "a", n: 9 }, ...THREE.slice(1)],
  },
  {
    it: "findAndModify: says what it inserted",
    given: THREE,
    command: { findAndModify: "c", query: { _id: 9 }, update: { $set: { n: 9 } }, upsert: true },
    reply: { lastErrorObject: { n: 1, updatedExisting: false, upserted: 9 } },
    left: [...THREE, { _id: 9, n: 9 }],
  },
  {
    it: "findAndModify: says that it removed",
    given: THREE,
    command: { findAndModify: "c", query: { _id: 3 }, remove: true },
    reply: { lastErrorObject: { n: 1 } },
    left: THREE.slice(0, 2),
  },
];

/** `$currentDate`, which no table can tell in advance. */
function dates(ground: () => Ground): void {
  it("update: does $currentDate", async () => {
    const { db, tried } = ground();
    const before = Date.now();
    await db.collection("dates").insertOne({ _id: 1 as never });
    const u = { $currentDate: { a: true, b: { $type: "date" } } };
    const command = { update: "dates", updates: [{ q: { _id: 1 }, u }], ordered: true };
    const reply = await tried(() => db.command(command));
    expect(reply).to.deep.include({ n: 1, nModified: 1 });
    const found = await db.collection("dates").findOne();
    for (const date of [found?.a, found?.b]) {
      expect(date).to.be.instanceOf(Date);
      expect(Math.abs(date.getTime() - before)).to.be.below(60_000);
    }
  });
}

conformance(
  "update",
  [
    ...changes(OPERATORS),
    ...changes(POSITIONS),
    ...changes(LACKED),
    ...statements,
    ...upserts,
    ...upsertsThatFind,
    ...deletes,
    ...modified,
    ...modifiedReplies,
  ],
  dates,
);
