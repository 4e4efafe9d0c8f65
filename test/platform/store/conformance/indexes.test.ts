import type { Document } from "mongodb";
import { type Case, conformance } from "./run-cases.ts";

const ONES = [
  { _id: 1, a: 1 },
  { _id: 2, a: 2 },
];

const made: Case[] = [
  {
    it: "createIndexes: makes an index, and the collection for it",
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "a_1" }] },
    reply: { numIndexesBefore: 1, numIndexesAfter: 2, createdCollectionAutomatically: true },
  },
  {
    it: "createIndexes: makes several of every kind",
    given: ONES,
    command: {
      createIndexes: "c",
      indexes: [
        { key: { a: 1, b: -1 }, name: "ab" },
        { key: { t: 1 }, name: "t_1", expireAfterSeconds: 60 },
        { key: { u: 1 }, name: "u_1", unique: true, sparse: true },
        { key: { p: 1 }, name: "p_1", partialFilterExpression: { p: { $gt: 5 } } },
      ],
    },
    reply: { numIndexesBefore: 1, numIndexesAfter: 5 },
  },
  {
    it: "createIndexes: makes one of the documents that hold a value, by that value",
    given: ONES,
    command: {
      createIndexes: "c",
      indexes: [{ key: { a: 1 }, name: "a_1", partialFilterExpression: { a: "x" } }],
    },
    reply: { numIndexesBefore: 1, numIndexesAfter: 2 },
  },
  {
    it: "createIndexes: does nothing for an index that is there",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "a_1" }],
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "a_1" }] },
    reply: { numIndexesBefore: 2, numIndexesAfter: 2 },
  },
  {
    it: "createIndexes: does nothing for the index of _id",
    given: ONES,
    command: { createIndexes: "c", indexes: [{ key: { _id: 1 }, name: "_id_" }] },
    reply: { numIndexesBefore: 1, numIndexesAfter: 1 },
  },
  {
    it: "createIndexes: refuses another index of a name that is taken",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "x" }],
    command: { createIndexes: "c", indexes: [{ key: { b: 1 }, name: "x" }] },
    error: 86,
  },
  {
    it: "createIndexes: refuses other options under a name that is taken",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "a_1" }],
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "a_1", unique: true }] },
    error: 86,
  },
  {
    it: "createIndexes: refuses a second name for an index",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "a_1" }],
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "other" }] },
    error: 85,
  },
  {
    it: "createIndexes: makes a second index of a key that is unique where the first is not",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "a_1" }],
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "a_u", unique: true }] },
    reply: { numIndexesAfter: 3 },
  },
  {
    it: "createIndexes: refuses another time to live",
    given: ONES,
    indexes: [{ key: { t: 1 }, name: "t_1", expireAfterSeconds: 60 }],
    command: {
      createIndexes: "c",
      indexes: [{ key: { t: 1 }, name: "t_1", expireAfterSeconds: 61 }],
    },
    error: 85,
  },
  {
    it: "createIndexes: makes all of a list or none",
    given: ONES,
    command: {
      createIndexes: "c",
      indexes: [
        { key: { a: 1 }, name: "a_1" },
        { key: { b: 0 }, name: "b" },
      ],
    },
    error: 67,
  },
  {
    it: "createIndexes: refuses an empty list",
    command: { createIndexes: "c", indexes: [] },
    error: 2,
  },
  {
    it: "createIndexes: refuses an empty key",
    command: { createIndexes: "c", indexes: [{ key: {}, name: "x" }] },
    error: 67,
  },
  {
    it: "createIndexes: refuses an index without a key",
    command: { createIndexes: "c", indexes: [{ name: "x" }] },
    error: 9,
  },
  {
    it: "createIndexes: refuses an option that does not exist",
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "x", frobnicate: 1 }] },
    error: 197,
  },
  {
    it: "createIndexes: refuses a time to live for two fields",
    command: {
      createIndexes: "c",
      indexes: [{ key: { a: 1, b: 1 }, name: "x", expireAfterSeconds: 1 }],
    },
    error: 67,
  },
  {
    it: "createIndexes: refuses a time to live that is no number",
    command: {
      createIndexes: "c",
      indexes: [{ key: { a: 1 }, name: "x", expireAfterSeconds: "1" }],
    },
    error: 14,
  },
  {
    it: "createIndexes: refuses a unique index over duplicates",
    given: [{ a: 1 }, { a: 1 }],
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "a_1", unique: true }] },
    error: 11000,
  },
  {
    it: "createIndexes: refuses text indexes",
    command: { createIndexes: "c", indexes: [{ key: { a: "text" }, name: "x" }] },
    reply: { numIndexesAfter: 2 },
    refused: 67,
  },
  {
    it: "createIndexes: does not take a hidden index for a plain one",
    command: { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "x", hidden: true }] },
    reply: { numIndexesAfter: 2 },
    refused: 197,
  },
  {
    it: "createIndexes: refuses a collation",
    command: {
      createIndexes: "c",
      indexes: [{ key: { a: 1 }, name: "x", collation: { locale: "de" } }],
    },
    reply: { numIndexesAfter: 2 },
    refused: 197,
  },
];

const listed: Case[] = [
  {
    it: "listIndexes: lists them as they were made",
    given: ONES,
    indexes: [
      { key: { a: 1, b: -1 }, name: "ab" },
      { key: { t: 1 }, name: "t_1", expireAfterSeconds: 60 },
      { key: { u: 1 }, name: "u_1", unique: true, sparse: true },
      { key: { p: 1 }, name: "p_1", partialFilterExpression: { p: { $gt: 5 } } },
    ],
    command: { listIndexes: "c", cursor: {} },
    listed: [
      { key: { _id: 1 }, name: "_id_" },
      { key: { a: 1, b: -1 }, name: "ab" },
      { key: { t: 1 }, name: "t_1", expireAfterSeconds: 60 },
      { key: { u: 1 }, name: "u_1", unique: true, sparse: true },
      { key: { p: 1 }, name: "p_1", partialFilterExpression: { p: { $gt: 5 } } },
    ],
  },
  {
    it: "listIndexes: does not know a collection that does not exist",
    command: { listIndexes: "c", cursor: {} },
    error: 26,
  },
  {
    it: "dropIndexes: drops one by its name",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "a_1" }],
    command: { dropIndexes: "c", index: "a_1" },
    reply: { nIndexesWas: 2 },
  },
  {
    it: "dropIndexes: drops one by its key",
    given: ONES,
    indexes: [{ key: { a: 1 }, name: "a_1" }],
    command: { dropIndexes: "c", index: { a: 1 } },
    reply: { nIndexesWas: 2 },
    refused: 27,
  },
  {
    it: "dropIndexes: drops all but that of _id",
    given: ONES,
    indexes: [
      { key: { a: 1 }, name: "a_1" },
      { key: { b: 1 }, name: "b_1" },
    ],
    command: { dropIndexes: "c", index: "*" },
    reply: { nIndexesWas: 3 },
  },
  {
    it: "dropIndexes: does not know an index that does not exist",
    given: ONES,
    command: { dropIndexes: "c", index: "none_1" },
    error: 27,
  },
  {
    it: "dropIndexes: keeps the index of _id",
    given: ONES,
    command: { dropIndexes: "c", index: "_id_" },
    error: 72,
  },
];

const unique = (key: Document, options: Document = {}) => [{ key, unique: true, ...options }];

/** The index, what is there, what is inserted, and whether it may be. */
const UNIQUE: readonly (readonly [string, Document[], Document[], Document, boolean])[] = [
  ["a value", unique({ a: 1 }), [{ a: 1 }], { a: 2 }, true],
  ["a value that is there", unique({ a: 1 }), [{ a: 1 }], { a: 1 }, false],
  ["missing beside null, which are one", unique({ a: 1 }), [{ a: null }], {}, false],
  ["missing twice", unique({ a: 1 }), [{ b: 1 }], { b: 2 }, false],
  [
    "missing twice in a sparse index",
    unique({ a: 1 }, { sparse: true }),
    [{ b: 1 }],
    { b: 2 },
    true,
  ],
  [
    "null twice in a sparse index",
    unique({ a: 1 }, { sparse: true }),
    [{ a: null }],
    { a: null },
    false,
  ],
  [
    "a value twice in a sparse index",
    unique({ a: 1 }, { sparse: true }),
    [{ a: 1 }],
    { a: 1 },
    false,
  ],
  [
    "one field of a sparse compound key",
    unique({ a: 1, b: 1 }, { sparse: true }),
    [{ a: 1 }],
    { a: 1 },
    false,
  ],
  [
    "no field of a sparse compound key",
    unique({ a: 1, b: 1 }, { sparse: true }),
    [{ c: 1 }],
    { c: 1 },
    true,
  ],
  [
    "a compound key that differs in one field",
    unique({ a: 1, b: -1 }),
    [{ a: 1, b: 1 }],
    { a: 1, b: 2 },
    true,
  ],
  [
    "a compound key that is there",
    unique({ a: 1, b: -1 }),
    [{ a: 1, b: 1 }],
    { a: 1, b: 1 },
    false,
  ],
  ["an element that is there", unique({ a: 1 }), [{ a: [1, 2] }], { a: [3, 2] }, false],
  ["an element as a value", unique({ a: 1 }), [{ a: [1, 2] }], { a: 2 }, false],
  ["an element twice in one document", unique({ a: 1 }), [{ a: 3 }], { a: [1, 1] }, true],
  ["an empty array twice", unique({ a: 1 }), [{ a: [] }], { a: [] }, false],
  [
    "a field of elements",
    unique({ "a.b": 1 }),
    [{ a: [{ b: 1 }, { b: 2 }] }],
    { a: { b: 2 } },
    false,
  ],
  [
    "documents of another order of fields",
    unique({ a: 1 }),
    [{ a: { x: 1, y: 2 } }],
    { a: { y: 2, x: 1 } },
    true,
  ],
  [
    "a key twice outside a partial index",
    unique({ a: 1 }, { partialFilterExpression: { on: true } }),
    [{ a: 1 }],
    { a: 1 },
    true,
  ],
  [
    "a key in and a key outside a partial index",
    unique({ a: 1 }, { partialFilterExpression: { on: true } }),
    [{ a: 1, on: true }],
    { a: 1 },
    true,
  ],
  [
    "a key twice in a partial index",
    unique({ a: 1 }, { partialFilterExpression: { on: true } }),
    [{ a: 1, on: true }],
    { a: 1, on: true },
    false,
  ],
  [
    "a key beside a partial index by $exists",
    unique({ a: 1 }, { partialFilterExpression: { a: { $exists: true } } }),
    [{ b: 1 }],
    { b: 1 },
    true,
  ],
  ["text of another case", unique({ a: 1 }), [{ a: "x" }], { a: "X" }, true],
];

const uniques = UNIQUE.map(
  ([name, indexes, given, document, isTaken]): Case => ({
    it: `unique: ${isTaken ? "takes" : "refuses"} ${name}`,
    given,
    indexes,
    command: { insert: "c", documents: [document] },
    ...(isTaken ? { reply: { n: 1 } } : { error: 11000 }),
  }),
);

const PARTIAL = [{ key: { a: 1 }, unique: true, partialFilterExpression: { on: true } }];

const moved: Case[] = [
  {
    it: "unique: refuses an update that brings a second key into a partial index",
    given: [
      { _id: 1, a: 1 },
      { _id: 2, a: 1, on: true },
    ],
    indexes: PARTIAL,
    command: { update: "c", updates: [{ q: { _id: 1 }, u: { $set: { on: true } } }] },
    error: 11000,
  },
  {
    it: "unique: takes an update that brings a key out of a partial index, and then another in",
    given: [
      { _id: 1, a: 1 },
      { _id: 2, a: 1, on: true },
    ],
    indexes: PARTIAL,
    command: {
      update: "c",
      updates: [
        { q: { _id: 2 }, u: { $unset: { on: "" } } },
        { q: { _id: 1 }, u: { $set: { on: true } } },
      ],
    },
    reply: { n: 2, nModified: 2 },
  },
  {
    it: "unique: names index, pattern and value of the duplicate where drivers expect them",
    given: [{ _id: 1, a: 1 }],
    indexes: [{ key: { a: 1 }, unique: true, name: "a_1" }],
    command: { findAndModify: "c", query: { _id: 2 }, update: { $set: { a: 1 } }, upsert: true },
    error: 11000,
    details: { keyPattern: { a: 1 }, keyValue: { a: 1 } },
  },
];

const collections: Case[] = [
  { it: "create: makes a collection", command: { create: "c" }, reply: { ok: 1 } },
  {
    it: "create: is content with one that is there",
    given: ONES,
    command: { create: "c" },
    reply: { ok: 1 },
    left: ONES,
  },
  {
    it: "create: refuses to make it another kind",
    given: ONES,
    command: { create: "c", capped: true, size: 4096 },
    error: 48,
    refused: 40415,
  },
  {
    it: "drop: drops a collection",
    given: ONES,
    command: { drop: "c" },
    reply: { nIndexesWas: 1 },
    left: [],
  },
  { it: "drop: is content where there is none", command: { drop: "c" }, reply: { ok: 1 } },
  {
    it: "dropDatabase: drops all",
    given: ONES,
    command: { dropDatabase: 1 },
    reply: { ok: 1 },
    left: [],
  },
  {
    it: "listCollections: lists them by a filter",
    given: ONES,
    beside: { other: [{ _id: 1 }] },
    command: { listCollections: 1, filter: { name: "c" }, nameOnly: true },
    found: [{ name: "c", type: "collection" }],
  },
  {
    it: "listCollections: lists none",
    command: { listCollections: 1, filter: { name: "none" }, nameOnly: true },
    found: [],
  },
];

conformance("indexes", [...made, ...listed, ...uniques, ...moved, ...collections]);
