import type { Document } from "mongodb";
import { type Case, conformance } from "./run-cases.ts";

const CLAIMS: readonly Document[] = [
  { _id: 1, payer: "A", cents: 100, tags: ["x", "y"], at: new Date(Date.UTC(2024, 0, 5)), p: 10 },
  { _id: 2, payer: "A", cents: 250, tags: ["x"], at: new Date(Date.UTC(2024, 1, 7)), p: 11 },
  { _id: 3, payer: "B", cents: 50, tags: [], at: new Date(Date.UTC(2024, 1, 9)), p: 10 },
  { _id: 4, payer: "B", cents: null, n: { m: 4 } },
  { _id: 5, cents: 7, tags: "z", n: { m: 5 } },
];

const BESIDE = {
  payers: [
    { _id: "ten", code: 10, name: "Ten" },
    { _id: "twelve", code: 12, name: "Twelve" },
    { _id: "none", name: "None" },
    { _id: "both", code: [10, 12], name: "Both" },
  ],
};

/** A pipeline over `CLAIMS`, and what it gives or the code of its error. */
type Row = readonly [name: string, pipeline: unknown, found: readonly Document[] | number];

const STAGES: readonly Row[] = [
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
  ["nothing at all", [{ $match: { payer: "Z" } }], []],
  [
    "$match after $limit, which is not the same as before",
    [
      { $sort: { _id: 1 } },
      { $limit: 2 },
      { $match: { _id: { $gt: 1 } } },
      { $project: { _id: 1 } },
    ],
    [{ _id: 2 }],
  ],
  [
    "$skip after $limit",
    [{ $sort: { _id: 1 } }, { $limit: 3 }, { $skip: 2 }, { $project: { _id: 1 } }],
    [{ _id: 3 }],
  ],
  [
    "$sort twice, of which the last holds",
    [{ $sort: { cents: 1 } }, { $sort: { _id: -1 } }, { $project: { _id: 1 } }],
    [{ _id: 5 }, { _id: 4 }, { _id: 3 }, { _id: 2 }, { _id: 1 }],
  ],
  [
    "$sort by a path, null and missing first",
    [{ $sort: { "n.m": 1, _id: 1 } }, { $project: { _id: 1 } }],
    [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 4 }, { _id: 5 }],
  ],
  [
    "$project: inclusion, a path, an expression",
    [{ $match: { _id: 4 } }, { $project: { "n.m": 1, sum: { $add: ["$n.m", 1] } } }],
    [{ _id: 4, n: { m: 4 }, sum: 5 }],
  ],
  [
    "$project: exclusion",
    [{ $match: { _id: 4 } }, { $project: { n: 0, cents: 0 } }],
    [{ _id: 4, payer: "B" }],
  ],
  ["$unset", [{ $match: { _id: 4 } }, { $unset: ["n", "cents"] }], [{ _id: 4, payer: "B" }]],
  [
    "$unset of one",
    [{ $match: { _id: 5 } }, { $unset: "n.m" }],
    [{ _id: 5, cents: 7, tags: "z", n: {} }],
  ],
  [
    "$addFields, also nested",
    [
      { $match: { _id: 4 } },
      { $addFields: { "n.k": { $add: ["$n.m", 1] }, twice: { $multiply: ["$n.m", 2] } } },
    ],
    [{ _id: 4, payer: "B", cents: null, n: { m: 4, k: 5 }, twice: 8 }],
  ],
  [
    "$set",
    [{ $match: { _id: 5 } }, { $set: { tags: "$n.m" } }],
    [{ _id: 5, cents: 7, tags: 5, n: { m: 5 } }],
  ],
  [
    "$set of what is missing, which sets nothing",
    [{ $match: { _id: 5 } }, { $set: { a: "$none" } }, { $project: { a: 1, n: 1 } }],
    [{ _id: 5, n: { m: 5 } }],
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
  [
    "$group with every accumulator",
    [
      { $sort: { _id: 1 } },
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
    "$group of null, missing and text: sums of nothing are 0, averages and extremes null",
    [
      { $match: { _id: { $in: [4, 5] } } },
      {
        $group: {
          _id: null,
          s: { $sum: "$payer" },
          a: { $avg: "$payer" },
          m: { $min: "$none" },
          p: { $push: "$payer" },
        },
      },
    ],
    [{ _id: null, s: 0, a: null, m: null, p: ["B"] }],
  ],
  [
    "$group: null and missing are two elements to $push, one group to _id",
    [{ $group: { _id: "$none", n: { $sum: 1 } } }],
    [{ _id: null, n: 5 }],
  ],
  [
    "$group by a document",
    [
      { $match: { _id: { $lt: 4 } } },
      {
        $group: { _id: { p: "$payer", y: { $year: "$at" }, m: { $month: "$at" } }, n: { $sum: 1 } },
      },
      { $sort: { "_id.p": 1, "_id.m": 1 } },
    ],
    [
      { _id: { p: "A", y: 2024, m: 1 }, n: 1 },
      { _id: { p: "A", y: 2024, m: 2 }, n: 1 },
      { _id: { p: "B", y: 2024, m: 2 }, n: 1 },
    ],
  ],
  [
    "$group by a constant, with a condition",
    [{ $group: { _id: 1, big: { $sum: { $cond: [{ $gt: ["$cents", 60] }, 1, 0] } } } }],
    [{ _id: 1, big: 2 }],
  ],
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
  [
    "$sortByCount",
    [{ $match: { payer: { $ne: null } } }, { $unwind: "$tags" }, { $sortByCount: "$tags" }],
    [
      { _id: "x", count: 2 },
      { _id: "y", count: 1 },
    ],
  ],
  ["$count", [{ $match: { payer: "A" } }, { $count: "n" }], [{ n: 2 }]],
  ["$count of nothing, which gives nothing", [{ $match: { payer: "Z" } }, { $count: "n" }], []],
  [
    "the $group of countDocuments",
    [
      { $match: { payer: "A" } },
      { $skip: 1 },
      { $limit: 3 },
      { $group: { _id: 1, n: { $sum: 1 } } },
    ],
    [{ _id: 1, n: 1 }],
  ],
  [
    "$lookup, which takes missing for null, and elements of arrays on both sides",
    [
      { $match: { _id: { $in: [1, 2, 5] } } },
      { $lookup: { from: "payers", localField: "p", foreignField: "code", as: "who" } },
      { $project: { "who._id": 1 } },
    ],
    [
      { _id: 1, who: [{ _id: "ten" }, { _id: "both" }] },
      { _id: 2, who: [] },
      { _id: 5, who: [{ _id: "none" }] },
    ],
  ],
  [
    "$lookup in a collection that does not exist",
    [
      { $match: { _id: 2 } },
      { $lookup: { from: "nowhere", localField: "p", foreignField: "code", as: "who" } },
      { $project: { who: 1 } },
    ],
    [{ _id: 2, who: [] }],
  ],
  [
    "$lookup with a pipeline and variables",
    [
      { $match: { _id: { $in: [1, 5] } } },
      {
        $lookup: {
          from: "payers",
          let: { code: "$p" },
          pipeline: [{ $match: { $expr: { $eq: ["$code", "$$code"] } } }, { $unset: "name" }],
          as: "who",
        },
      },
      { $project: { who: 1 } },
    ],
    [
      { _id: 1, who: [{ _id: "ten", code: 10 }] },
      { _id: 5, who: [{ _id: "none" }] },
    ],
  ],
  [
    "$lookup by fields and with a pipeline",
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: "payers",
          localField: "p",
          foreignField: "code",
          pipeline: [{ $match: { name: "Both" } }, { $project: { _id: 1 } }],
          as: "who",
        },
      },
      { $project: { who: 1 } },
    ],
    [{ _id: 1, who: [{ _id: "both" }] }],
  ],
  ["$replaceRoot", [{ $match: { _id: 4 } }, { $replaceRoot: { newRoot: "$n" } }], [{ m: 4 }]],
  ["$replaceWith", [{ $match: { _id: 4 } }, { $replaceWith: "$n" }], [{ m: 4 }]],
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
  [
    "$expr in $match",
    [{ $match: { $expr: { $gt: ["$cents", "$p"] } } }, { $project: { _id: 1 } }],
    [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 4 }, { _id: 5 }],
  ],
];

const REFUSED: readonly Row[] = [
  ["an unknown stage", [{ $frob: 1 }], 40324],
  ["a stage of two names", [{ $match: {}, $limit: 1 }], 40323],
  ["a stage without a name", [{}], 40323],
  ["a pipeline that is no list", { $match: {} }, 14],
  ["an unknown operator", [{ $group: { _id: { $frob: 1 } } }], 168],
  ["an unknown accumulator", [{ $group: { _id: 1, v: { $frob: 1 } } }], 15952],
  ["a $group without _id", [{ $group: { n: { $sum: 1 } } }], 15955],
  ["a $group of no document", [{ $group: 5 }], 15947],
  ["a field of $group that is no accumulator", [{ $group: { _id: 1, v: 5 } }], 40234],
  [
    "a field of $group with two accumulators",
    [{ $group: { _id: 1, v: { $sum: 1, $avg: 1 } } }],
    40238,
  ],
  ["$limit 0", [{ $limit: 0 }], 15958],
  ["a negative $limit", [{ $limit: -1 }], 5107201],
  ["a negative $skip", [{ $skip: -1 }], 5107200],
  ["an empty $project", [{ $project: {} }], 51272],
  ["a $project that includes and excludes", [{ $project: { a: 1, b: 0 } }], 31254],
  ["a $sort that is neither 1 nor -1", [{ $sort: { a: 2 } }], 15975],
  ["an empty $sort", [{ $sort: {} }], 15976],
  ["an $unwind without $", [{ $unwind: "tags" }], 28818],
  ["an $unwind without a path", [{ $unwind: {} }], 28812],
  ["an empty $count", [{ $count: "" }], 40157],
  ["a $count of a number", [{ $count: 1 }], 40156],
  ["a $count of a path", [{ $count: "$n" }], 40158],
  ["a $count with a dot", [{ $count: "a.n" }], 40160],
  ["a $replaceRoot by no document", [{ $replaceRoot: { newRoot: "$cents" } }], 40228],
  ["an empty $facet", [{ $facet: {} }], 40169],
  ["a $lookup without `as`", [{ $lookup: { from: "c", localField: "a", foreignField: "b" } }], 9],
  ["a filter that it cannot read", [{ $match: { $foo: 1 } }], 2],
  ["a field path that ends in a dot", [{ $project: { v: "$a." } }], 40353],
  ["an undefined variable", [{ $group: { _id: "$$nothing" } }], 17276],
];

/** What MongoDB answers, and the embedded store refuses as unknown. */
const LACKED: readonly (readonly [pipeline: Document[], found: Document[], code: number])[] = [
  [[{ $sample: { size: 9 } }, { $count: "n" }], [{ n: 5 }], 40324],
  [[{ $match: { _id: 1 } }, { $project: { n: { $size: "$tags" } } }], [{ _id: 1, n: 2 }], 168],
  [
    [{ $group: { _id: null, d: { $stdDevPop: "$p" } } }, { $project: { _id: 1 } }],
    [{ _id: null }],
    15952,
  ],
  [
    [{ $match: { _id: 4 } }, { $project: { v: { $let: { vars: { x: 1 }, in: "$$x" } } } }],
    [{ _id: 4, v: 1 }],
    168,
  ],
];

const lacked = LACKED.map(
  ([pipeline, found, refused]): Case => ({
    it: `aggregate: does not guess at ${JSON.stringify(pipeline)}`,
    given: CLAIMS,
    command: { aggregate: "c", pipeline, cursor: {} },
    found,
    refused,
  }),
);

const ONE = [
  {
    _id: 1,
    a: 5,
    f: -2.5,
    s: "hé",
    nil: null,
    yes: true,
    l: [1, 2, 3],
    o: { p: 1 },
    m: [{ p: 1 }, { p: 2 }, {}],
    d: new Date(Date.UTC(2024, 1, 29, 12, 30)),
    id: "x",
  },
];

/** An expression over `ONE` and its value; undefined where the field is not there, or the code of an error. */
const EXPRESSIONS: readonly (readonly [expression: unknown, value: unknown])[] = [
  ["$a", 5],
  ["$none", undefined],
  ["$o.p", 1],
  ["$m.p", [1, 2]],
  ["$a.p", undefined],
  ["$$ROOT.o.p", 1],
  [{ $literal: "$a" }, "$a"],
  [
    { v: "$a", w: "$none", x: { y: "$o.p" } },
    { v: 5, x: { y: 1 } },
  ],
  [
    ["$a", "$none", 1],
    [5, null, 1],
  ],
  [{ $add: ["$a", 2] }, 7],
  [{ $add: ["$a", "$none"] }, null],
  [{ $add: ["$a", 2, 0.5] }, 7.5],
  [{ $add: ["$d", 1000] }, new Date(Date.UTC(2024, 1, 29, 12, 30, 1))],
  [{ $add: ["$a", "$s"] }, { error: 14 }],
  [{ $subtract: ["$a", 2] }, 3],
  [{ $subtract: ["$a", "$nil"] }, null],
  [{ $subtract: ["$a", "$s"] }, { error: 14 }],
  [{ $multiply: ["$a", "$a"] }, 25],
  [{ $divide: ["$a", 2] }, 2.5],
  [{ $divide: ["$a", "$none"] }, null],
  [{ $divide: ["$a", 0] }, { error: 2 }],
  [{ $abs: "$f" }, 2.5],
  [{ $abs: "$nil" }, null],
  [{ $abs: "$s" }, { error: 28765 }],
  [{ $ceil: "$f" }, -2],
  [{ $floor: "$f" }, -3],
  [{ $eq: ["$none", null] }, false],
  [{ $eq: ["$nil", null] }, true],
  [{ $eq: ["$o", { p: 1 }] }, true],
  [{ $ne: ["$a", 5] }, false],
  [{ $gt: ["$a", 5] }, false],
  [{ $gte: ["$a", 5] }, true],
  [{ $lt: ["$a", "x"] }, true],
  [{ $lte: ["$nil", "$a"] }, true],
  [{ $lt: ["$none", "$nil"] }, true],
  [{ $gt: ["$l", [1, 2]] }, true],
  [{ $and: ["$a", { $ne: ["$a", 4] }] }, true],
  [{ $and: [] }, true],
  [{ $and: ["$a", "$none"] }, false],
  [{ $or: ["$none", false, 0, "$nil"] }, false],
  [{ $or: ["$none", "$s"] }, true],
  [{ $not: ["$none"] }, true],
  [{ $not: "$s" }, false],
  [{ $cond: [{ $gt: ["$a", 3] }, "big", "small"] }, "big"],
  [{ $cond: [0, 1, "$none"] }, undefined],
  [{ $ifNull: ["$none", "$nil", "x"] }, "x"],
  [{ $ifNull: ["$a", "x"] }, 5],
  [{ $ifNull: ["$none", "$none"] }, undefined],
  [{ $concat: ["$s", "-", "$s"] }, "hé-hé"],
  [{ $concat: ["$s", "$none"] }, null],
  [{ $concat: ["$s", "$a"] }, { error: 16702 }],
  [{ $substrBytes: ["$s", 0, 1] }, "h"],
  [{ $substrBytes: ["$none", 0, 1] }, ""],
  [{ $toString: "$a" }, "5"],
  [{ $toString: "$f" }, "-2.5"],
  [{ $toString: "$yes" }, "true"],
  [{ $toString: "$none" }, null],
  [{ $toString: "$d" }, "2024-02-29T12:30:00.000Z"],
  [{ $toString: "$l" }, { error: 241 }],
  [{ $isArray: "$l" }, true],
  [{ $isArray: "$none" }, false],
  [{ $arrayElemAt: ["$l", 0] }, 1],
  [{ $arrayElemAt: ["$l", -1] }, 3],
  [{ $arrayElemAt: ["$l", 9] }, undefined],
  [{ $arrayElemAt: ["$none", 0] }, null],
  [{ $arrayElemAt: ["$a", 0] }, { error: 28689 }],
  [{ $year: "$d" }, 2024],
  [{ $month: "$d" }, 2],
  [{ $dayOfMonth: "$d" }, 29],
  [{ $year: "$none" }, null],
  [{ $year: "$s" }, { error: 16006 }],
  [{ $add: 1, $subtract: 2 }, { error: 15983 }],
  [{ $subtract: [1] }, { error: 16020 }],
  [{ $divide: ["$a"] }, { error: 16020 }],
  [{ $add: ["$$nobody", 1] }, { error: 17276 }],
  [{ $cond: ["$$ROOT.o.p", ["$a", "$none"], 0] }, [5, null]],
];

function stages(rows: readonly Row[]): Case[] {
  return rows.map(([name, pipeline, found]) => {
    const one = {
      given: CLAIMS,
      beside: JSON.stringify(pipeline).includes("$lookup") ? BESIDE : undefined,
      command: { aggregate: "c", pipeline, cursor: {} },
    };
    return typeof found === "number"
      ? { ...one, it: `aggregate: refuses ${name}`, error: found }
      : { ...one, it: `aggregate: runs ${name}`, found };
  });
}

const expressions = EXPRESSIONS.map(([expression, value]): Case => {
  const one = {
    it: `aggregate: evaluates ${JSON.stringify(expression)}`,
    given: ONE,
    command: { aggregate: "c", pipeline: [{ $replaceWith: { v: expression } }], cursor: {} },
  };
  const { error } = (value ?? {}) as { error?: number };
  return error === undefined
    ? { ...one, found: [value === undefined ? {} : { v: value }] }
    : { ...one, error };
});

const others: Case[] = [
  {
    it: "aggregate: refuses to do without a cursor",
    given: CLAIMS,
    command: { aggregate: "c", pipeline: [] },
    error: 9,
  },
  {
    it: "aggregate: gives nothing where there is no collection, but for what $group makes of nothing",
    command: { aggregate: "c", pipeline: [{ $group: { _id: null, n: { $sum: 1 } } }], cursor: {} },
    found: [],
  },
  {
    it: "aggregate: looks up inside a transaction",
    given: CLAIMS,
    beside: BESIDE,
    command: {
      aggregate: "c",
      pipeline: [
        { $match: { _id: 2 } },
        { $lookup: { from: "payers", localField: "p", foreignField: "code", as: "who" } },
        { $project: { who: 1 } },
      ],
      cursor: {},
    },
    inTransaction: true,
    found: [{ _id: 2, who: [] }],
  },
];

conformance("aggregate", [
  ...stages(STAGES),
  ...stages(REFUSED),
  ...lacked,
  ...expressions,
  ...others,
]);
