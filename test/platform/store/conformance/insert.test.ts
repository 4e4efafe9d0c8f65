import { Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } from "mongodb";
import { type Case, conformance } from "./run-cases.ts";

const ID = new ObjectId("65a000000000000000000001");

const EVERY_TYPE = {
  _id: ID,
  int: new Int32(1),
  whole: new Double(1),
  double: new Double(1.5),
  long: Long.fromString("9007199254740993"),
  decimal: Decimal128.fromString("0.10"),
  text: "é",
  date: new Date(5),
  none: null,
  yes: true,
  list: [new Int32(1), "a", { b: [] }],
  pattern: /x/i,
  time: new Timestamp({ t: 7, i: 1 }),
  uuid: new UUID("0189d1c2-0000-7000-8000-000000000001"),
  empty: {},
};

const cases: Case[] = [
  {
    it: "insert: keeps every type as it was given",
    command: { insert: "c", documents: [EVERY_TYPE] },
    reply: { n: new Int32(1) },
    left: [EVERY_TYPE],
    typed: true,
  },
  {
    it: "insert: stores many at once",
    command: { insert: "c", documents: [{ _id: 2 }, { _id: 1 }, { _id: 3 }], ordered: true },
    reply: { n: 3 },
    left: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
  },
  {
    it: "insert: puts _id first",
    command: { insert: "c", documents: [{ a: 1, _id: 5, b: 2 }] },
    left: [{ _id: 5, a: 1, b: 2 }],
  },
  {
    it: "insert: takes any value but an array or a pattern for an _id",
    command: {
      insert: "c",
      documents: [{ _id: null }, { _id: "x" }, { _id: { a: 1 } }, { _id: true }],
    },
    left: [{ _id: null }, { _id: "x" }, { _id: { a: 1 } }, { _id: true }],
  },
  {
    it: "insert: takes two numbers of one value for one _id",
    given: [{ _id: 1 }],
    command: { insert: "c", documents: [{ _id: new Double(1) }] },
    error: 11000,
    left: [{ _id: 1 }],
  },
  {
    it: "insert: refuses an array as _id",
    command: { insert: "c", documents: [{ _id: [1] }] },
    error: 53,
    left: [],
  },
  {
    it: "insert: refuses a pattern as _id",
    command: { insert: "c", documents: [{ _id: /x/ }] },
    error: 53,
    left: [],
  },
  {
    it: "insert: stops an ordered bulk at the first error and keeps what came before",
    given: [{ _id: 2 }],
    command: { insert: "c", documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }], ordered: true },
    error: 11000,
    left: [{ _id: 1 }, { _id: 2 }],
  },
  {
    it: "insert: goes on after an error in an unordered bulk",
    given: [{ _id: 2 }],
    command: { insert: "c", documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }], ordered: false },
    error: 11000,
    left: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
  },
  {
    it: "insert: refuses a document beyond 16 MB",
    command: { insert: "c", documents: [{ _id: 1, big: "x".repeat(16 * 1024 * 1024) }] },
    error: 10334,
    left: [],
  },
  {
    it: "insert: refuses to insert nothing",
    command: { insert: "c", documents: [] },
    error: 16,
  },
  {
    it: "insert: refuses an option that does not exist",
    command: { insert: "c", documents: [{ _id: 1 }], frobnicate: 1 },
    error: 40415,
    left: [],
  },
  {
    it: "insert: shows nothing of a transaction that is refused",
    given: [{ _id: 2 }],
    command: { insert: "c", documents: [{ _id: 1 }, { _id: 2 }], ordered: true },
    inTransaction: true,
    error: 11000,
    left: [{ _id: 2 }],
  },
  {
    it: "insert: stores in a transaction",
    given: [{ _id: 2 }],
    command: { insert: "c", documents: [{ _id: 1 }], ordered: true },
    inTransaction: true,
    reply: { n: 1 },
    left: [{ _id: 1 }, { _id: 2 }],
  },
];

conformance("insert", cases);
