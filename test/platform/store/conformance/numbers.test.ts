/** Numbers with their types: Long and Decimal128 are right or refused, never 0. */

import { expect } from "chai";
import { Decimal128, type Document, Double, Int32, Long } from "mongodb";
import { isForeign } from "../run-store.ts";
import { type Case, conformance, type Ground, shown } from "./run-cases.ts";

const long = (text: string) => Long.fromString(text);
const decimal = (text: string) => Decimal128.fromString(text);
const int = (n: number) => new Int32(n);
const double = (n: number) => new Double(n);

const BIG = long("9007199254740993");

/** What is at `a`, the update, and what is there then, or the code of the error. */
const UPDATES: readonly (readonly [unknown, Document, unknown])[] = [
  [int(1), { $inc: { a: int(1) } }, int(2)],
  [int(1), { $inc: { a: double(1) } }, double(2)],
  [double(1), { $inc: { a: int(1) } }, double(2)],
  [int(2147483647), { $inc: { a: int(1) } }, long("2147483648")],
  [long("1"), { $inc: { a: int(1) } }, long("2")],
  [BIG, { $inc: { a: int(2) } }, long("9007199254740995")],
  [BIG, { $inc: { a: long("-9007199254740993") } }, long("0")],
  [long("9223372036854775807"), { $inc: { a: int(1) } }, 2],
  [undefined, { $inc: { a: BIG } }, BIG],
  [undefined, { $inc: { a: double(2) } }, double(2)],
  [int(3), { $mul: { a: int(2) } }, int(6)],
  [int(3), { $mul: { a: double(0.5) } }, double(1.5)],
  [int(2147483647), { $mul: { a: int(2) } }, long("4294967294")],
  [BIG, { $mul: { a: int(3) } }, long("27021597764222979")],
  [undefined, { $mul: { a: int(3) } }, int(0)],
  [undefined, { $mul: { a: long("3") } }, long("0")],
  [undefined, { $mul: { a: double(3) } }, double(0)],
  [BIG, { $min: { a: double(9007199254740992) } }, double(9007199254740992)],
  [double(9007199254740992), { $max: { a: BIG } }, BIG],
  [decimal("0.1"), { $max: { a: double(0.1) } }, double(0.1)],
  [int(2), { $max: { a: decimal("2.0") } }, int(2)],
  [[BIG, int(1)], { $pull: { a: BIG } }, [int(1)]],
  [[int(1)], { $addToSet: { a: double(1) } }, [int(1)]],
  [[int(1)], { $push: { a: decimal("1.50") } }, [int(1), decimal("1.50")]],
  [decimal("1.5"), { $inc: { a: int(1) } }, decimal("2.5")],
  [int(1), { $inc: { a: decimal("1.5") } }, decimal("2.5")],
  [decimal("1.5"), { $mul: { a: int(2) } }, decimal("3.0")],
  [undefined, { $inc: { a: decimal("1.5") } }, decimal("1.5")],
];

const updates = UPDATES.map(([a, u, after]): Case => {
  const given = [a === undefined ? { _id: int(1) } : { _id: int(1), a }];
  const command = { update: "c", updates: [{ q: { _id: 1 }, u }], ordered: true };
  const it = `update: ${shown(u, true)} on ${shown({ a }, true)}`;
  const one = { it, given, command, typed: true };
  return typeof after === "number"
    ? { ...one, error: after, left: given }
    : { ...one, left: [{ _id: int(1), a: after }] };
});

const EXACT: readonly Document[] = [
  { _id: "decimal", v: decimal("0.1") },
  { _id: "tenth", v: 0.1 },
  { _id: "two", v: decimal("2.0") },
  { _id: "double", v: 9007199254740992 },
  { _id: "long", v: BIG },
];

/** A filter over `EXACT`, and the ids that it finds, in order of `v`. */
const FILTERS: readonly (readonly [Document, readonly string[]])[] = [
  [{}, ["decimal", "tenth", "two", "double", "long"]],
  [{ v: BIG }, ["long"]],
  [{ v: { $gt: 9007199254740992 } }, ["long"]],
  [{ v: { $lte: 9007199254740992, $gt: 1 } }, ["two", "double"]],
  [{ v: 0.1 }, ["tenth"]],
  [{ v: decimal("0.10") }, ["decimal"]],
  [{ v: { $lt: 0.1 } }, ["decimal"]],
  [{ v: 2 }, ["two"]],
  [{ v: { $in: [long("2"), BIG] } }, ["two", "long"]],
];

const filters = [undefined, [{ key: { v: 1 } }]].flatMap((indexes) =>
  FILTERS.map(
    ([filter, found]): Case => ({
      it: `find: ${shown(filter, true)} among numbers of all types${indexes ? ", by an index" : ""}`,
      given: EXACT,
      indexes,
      command: { find: "c", filter, projection: { _id: 1 }, sort: { v: 1 } },
      found: found.map((_id) => ({ _id })),
    }),
  ),
);

const others: Case[] = [
  {
    it: "distinct: one value of each number, whatever its type",
    given: [{ v: 2 }, { v: long("2") }, { v: decimal("2.0") }],
    command: { distinct: "c", key: "v" },
    reply: { values: [2] },
  },
  {
    it: "insert: one unique key of each number, whatever its type",
    given: [{ _id: 1, v: long("2") }],
    indexes: [{ key: { v: 1 }, unique: true }],
    command: { insert: "c", documents: [{ _id: 2, v: decimal("2.00") }] },
    error: 11000,
  },
];

/** A pipeline over documents with `v`, and the one value `r` that it gives. */
const PIPELINES: readonly (readonly [
  values: readonly unknown[],
  pipeline: Document[],
  r: unknown,
])[] = [
  [[BIG, int(2)], [{ $group: { _id: null, r: { $sum: "$v" } } }], long("9007199254740995")],
  [[BIG, BIG, BIG], [{ $group: { _id: null, r: { $sum: "$v" } } }], long("27021597764222979")],
  [
    [decimal("0.1"), decimal("0.2")],
    [{ $group: { _id: null, r: { $sum: "$v" } } }],
    decimal("0.3"),
  ],
  [[decimal("0.1"), int(1)], [{ $group: { _id: null, r: { $sum: "$v" } } }], decimal("1.1")],
  [[long("2"), long("4")], [{ $group: { _id: null, r: { $avg: "$v" } } }], double(3)],
  [[decimal("1"), decimal("2")], [{ $group: { _id: null, r: { $avg: "$v" } } }], decimal("1.5")],
  [[BIG, double(9007199254740992)], [{ $group: { _id: null, r: { $max: "$v" } } }], BIG],
  [[decimal("0.1"), double(0.1)], [{ $group: { _id: null, r: { $min: "$v" } } }], decimal("0.1")],
  [[BIG], [{ $group: { _id: null, r: { $first: "$v" } } }], BIG],
  [[decimal("1.50")], [{ $group: { _id: null, r: { $last: "$v" } } }], decimal("1.50")],
  [[BIG], [{ $group: { _id: null, r: { $push: "$v" } } }], [BIG]],
  [[int(2), long("2"), decimal("2.0")], [{ $group: { _id: "$v" } }, { $count: "r" }], int(1)],
  [[BIG], [{ $project: { r: { $add: ["$v", int(2)] } } }], long("9007199254740995")],
  [[BIG], [{ $project: { r: { $subtract: ["$v", int(1)] } } }], long("9007199254740992")],
  [[BIG], [{ $project: { r: { $multiply: ["$v", int(3)] } } }], long("27021597764222979")],
  [[long("5")], [{ $project: { r: { $divide: ["$v", int(2)] } } }], double(2.5)],
  [[decimal("1.5")], [{ $project: { r: { $add: ["$v", int(1)] } } }], decimal("2.5")],
  [[decimal("1.5")], [{ $project: { r: { $multiply: ["$v", int(2)] } } }], decimal("3.0")],
  [[decimal("-1.5")], [{ $project: { r: { $abs: "$v" } } }], decimal("1.5")],
  [[BIG], [{ $project: { r: { $abs: "$v" } } }], BIG],
  [[BIG], [{ $project: { r: { $eq: ["$v", double(9007199254740992)] } } }], false],
  [[BIG], [{ $project: { r: { $gt: ["$v", double(9007199254740992)] } } }], true],
  [[long("2")], [{ $project: { r: { $eq: ["$v", int(2)] } } }], true],
  [[decimal("2.0")], [{ $project: { r: { $eq: ["$v", int(2)] } } }], true],
  [[decimal("0.1")], [{ $project: { r: { $lt: ["$v", double(0.1)] } } }], true],
  [[BIG], [{ $project: { r: { $toString: "$v" } } }], "9007199254740993"],
  [[decimal("1.50")], [{ $project: { r: { $toString: "$v" } } }], "1.50"],
  [[long("0")], [{ $project: { r: { $cond: ["$v", "yes", "no"] } } }], "no"],
  [[decimal("0.0")], [{ $project: { r: { $cond: ["$v", "yes", "no"] } } }], "no"],
  [[BIG], [{ $project: { r: { $ifNull: ["$v", int(0)] } } }], BIG],
  [[Number.NaN], [{ $project: { r: { $add: ["$v", int(1)] } } }], double(Number.NaN)],
  [[[{ deep: BIG }]], [{ $project: { r: { $or: ["$v", int(0)] } } }], true],
  [[BIG], [{ $match: { $expr: { $eq: ["$v", BIG] } } }, { $count: "r" }], int(1)],
  [[decimal("1.50")], [{ $set: { r: "$v" } }], decimal("1.50")],
  [[BIG, int(1)], [{ $sort: { v: -1 } }, { $limit: 1 }, { $set: { r: "$v" } }], BIG],
];

/** The codes with which the embedded store may refuse to calculate. */
const REFUSALS = [238, 115];

function calculations(ground: () => Ground): void {
  for (const [values, pipeline, wanted] of PIPELINES) {
    it(`aggregate: ${shown(pipeline)} over ${shown(values, true)}`, async () => {
      const { db, tried } = ground();
      const c = db.collection<Document>("numbers");
      await c.deleteMany({});
      await c.insertMany(values.map((v, _id) => ({ _id, v }) as never));
      const found = tried(() => c.aggregate(pipeline, { promoteValues: false }).toArray());
      const refused = await found.then(
        () => undefined,
        (error: { code?: unknown }) => Number(error.code),
      );
      if (refused !== undefined) {
        expect(isForeign, String(refused)).to.equal(false);
        expect(REFUSALS).to.include(refused);
        return;
      }
      const [document] = await found;
      expect(numberText(document?.r)).to.equal(numberText(wanted));
    });
  }
}

/** The exact value of a number as text, so that 3 is 3 in every type; other values as they are shown. */
function numberText(value: unknown): string {
  if (value instanceof Int32 || value instanceof Double) return String(value.valueOf());
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  return shown(value, true);
}

conformance("numbers", [...updates, ...filters, ...others], calculations);
