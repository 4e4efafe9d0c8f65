import type { Document } from "mongodb";
import { type Case, conformance } from "./run-cases.ts";

/** The index, a document, and whether it may stand in it. */
const PARALLEL: readonly (readonly [string, Document, Document, boolean])[] = [
  ["two arrays", { a: 1, b: 1 }, { a: [1, 2], b: [3] }, false],
  ["two arrays, one of them empty", { a: 1, b: 1 }, { a: [1], b: [] }, false],
  [
    "arrays below documents",
    { "a.x": 1, c: 1, "b.y": -1 },
    { a: { x: [1] }, b: { y: [1] } },
    false,
  ],
  ["an array and a list of documents", { a: 1, "b.y": 1 }, { a: [1], b: [{ y: 1 }] }, false],
  ["two arrays in one element", { "l.x": 1, "l.y": 1 }, { l: [{ x: [1], y: [2] }] }, false],
  [
    "arrays in two elements",
    { "l.x": 1, "l.y": 1 },
    {
      l: [
        { x: [1], y: 2 },
        { x: 1, y: [2] },
      ],
    },
    true,
  ],
  [
    "two fields of one array's elements",
    { "l.x": 1, "l.y": 1 },
    { l: [{ x: 1, y: 2 }, { x: 3 }] },
    true,
  ],
  ["an array, and a field of its elements", { l: 1, "l.x": 1 }, { l: [{ x: 1 }, 2] }, true],
  ["one array and single values", { a: 1, b: 1, c: 1 }, { a: 1, b: [1, 2], c: null }, true],
];

const parallel = PARALLEL.flatMap(([name, key, document, isTaken]): Case[] => {
  const answer = isTaken ? { reply: { ok: 1 } } : { error: 171 };
  const takes = isTaken ? "takes" : "refuses";
  return [
    {
      it: `${takes} ${name} into an index`,
      indexes: [{ key }],
      command: { insert: "c", documents: [{ _id: 1, ...document }] },
      ...answer,
      left: isTaken ? [{ _id: 1, ...document }] : [],
    },
    {
      it: `${takes} an index over ${name}`,
      given: [
        { _id: 1, a: 0 },
        { _id: 2, ...document },
      ],
      command: { createIndexes: "c", indexes: [{ key, name: "k" }] },
      ...answer,
    },
  ];
});

const grown: Case[] = [
  {
    it: "refuses an update that brings a second array, and changes nothing",
    given: [{ _id: 1, a: [1], b: 1 }],
    indexes: [{ key: { a: 1, b: 1 } }],
    command: { update: "c", updates: [{ q: { _id: 1 }, u: { $set: { b: [1], n: 1 } } }] },
    error: 171,
    left: [{ _id: 1, a: [1], b: 1 }],
  },
  {
    it: "refuses one in a transaction",
    given: [{ _id: 1, a: [1] }],
    indexes: [{ key: { a: 1, b: 1 } }],
    command: { update: "c", updates: [{ q: { _id: 1 }, u: { $push: { b: 1 } } }] },
    inTransaction: true,
    error: 171,
    left: [{ _id: 1, a: [1] }],
  },
  {
    it: "takes them where a partial index leaves the document out",
    indexes: [{ key: { a: 1, b: 1 }, partialFilterExpression: { on: true } }],
    command: { insert: "c", documents: [{ a: [1], b: [1] }] },
    reply: { n: 1 },
  },
];

conformance("parallel-arrays", [...parallel, ...grown]);
