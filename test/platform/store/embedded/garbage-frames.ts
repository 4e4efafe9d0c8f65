/** Messages that are almost right, and bytes that are not right at all: what a broken client may send. */
import {
  Binary,
  BSON,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Document,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from "bson";
import { type Dice, diceOf } from "./dice.ts";
import { messageOf } from "./raw-client.ts";

const HEADER_BYTES = 16;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** What a client sends. */
export interface Frame {
  readonly bytes: Buffer;
  /** Its length is as it says, so that the server sees where the next message begins. */
  readonly isFramed: boolean;
}

// No id is made up here: a seed gives the same bytes in every run.
const lsid = { id: new UUID("7b2ec64c-8b0e-4d0c-9a51-0d5d3f1f6a01") };
const objectId = new ObjectId("656565656565656565656565");

/** What the messages were before they were spoilt: reads of few documents, writes elsewhere. */
const COMMANDS: readonly Document[] = [
  { ping: 1 },
  { hello: 1, client: { application: { name: "a" } } },
  { insert: "c", documents: [{ a: "x", b: [1, { c: new Date(0) }], d: objectId }] },
  { insert: "c", documents: [{ a: /x/i, b: new Code("f", { s: 1 }), d: Long.MAX_VALUE }] },
  { update: "few", updates: [{ q: { _id: 1 }, u: { $set: { a: 1 }, $inc: { "n.m": 1 } } }] },
  { update: "few", updates: [{ q: { _id: 2 }, u: { $push: { l: { $each: [1], $slice: -3 } } } }] },
  { delete: "few", deletes: [{ q: { a: { $type: "regex" } }, limit: 1 }] },
  { findAndModify: "few", query: { _id: 3 }, update: { $inc: { n: 1 } }, new: true, upsert: true },
  { find: "few", filter: { a: { $in: [1, null] }, "b.c": { $gt: new Date(0) } }, sort: { a: -1 } },
  { find: "few", filter: { $or: [{ a: { $regex: "^x" } }, { n: { $size: 2 } }] }, batchSize: 1 },
  { aggregate: "few", pipeline: [{ $match: { a: 1 } }, { $group: { _id: "$a" } }], cursor: {} },
  { aggregate: "few", pipeline: [{ $unwind: "$l" }, { $sort: { l: 1 } }], cursor: {} },
  { count: "few", query: { a: { $exists: true } } },
  { distinct: "few", key: "a.b", query: {} },
  { createIndexes: "few", indexes: [{ key: { a: 1 }, name: "a_1" }] },
  { getMore: Long.fromNumber(7), collection: "few" },
  { killCursors: "few", cursors: [Long.fromNumber(7)] },
  { insert: "c", documents: [{ bin: new Binary(Buffer.alloc(40)) }], lsid, txnNumber: Long.ONE },
  {
    insert: "tx",
    documents: [{ a: 1 }],
    lsid,
    txnNumber: Long.fromNumber(2),
    autocommit: false,
    startTransaction: true,
  },
  { endSessions: [lsid] },
];

function setLength(message: Buffer): Buffer {
  message.writeInt32LE(message.length, 0);
  return message;
}

/** The same command with its documents in a section of their own, as drivers send it. */
function withSequence({ documents, updates, deletes, ...rest }: Document): Buffer {
  const name = documents ? "documents" : updates ? "updates" : "deletes";
  const given: unknown[] = [documents ?? updates ?? deletes ?? []].flat();
  const items = given.map((d) => BSON.serialize(d?.constructor === Object ? d : { d }));
  const size = Buffer.alloc(4);
  const sequence = Buffer.concat([size, Buffer.from(`${name}\0`), ...items]);
  sequence.writeInt32LE(sequence.length, 0);
  return setLength(Buffer.concat([messageOf(rest, 1), Buffer.from([1]), sequence]));
}

/** The same command in the message that old handshakes use. */
function asQuery(command: Document): Buffer {
  const body = BSON.serialize(command);
  const head = Buffer.alloc(HEADER_BYTES + 4);
  head.writeInt32LE(OP_QUERY, 12);
  return setLength(Buffer.concat([head, Buffer.from("admin.$cmd\0"), Buffer.alloc(8), body]));
}

/** Values where nobody expects them. */
const ODDITIES: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => -1,
  () => 0.5,
  () => Number.NaN,
  () => Number.NEGATIVE_INFINITY,
  () => 2 ** 53,
  () => Long.MIN_VALUE,
  () => Decimal128.fromString("1E+6000"),
  () => "",
  () => "$a..b.$",
  () => "\u0000",
  () => "x".repeat(3000),
  () => new Date(Number.NaN),
  () => new Date(8.64e15),
  () => new BSONRegExp("(", "i"),
  () => new BSONSymbol("s"),
  () => new MinKey(),
  () => new MaxKey(),
  () => new Timestamp({ t: 1, i: 1 }),
  () => new Code("f", { $where: 1 }),
  () => new Binary(Buffer.from([1, 2]), 4),
  () => lsid.id,
  () => [],
  () => [[[{}]]],
  () => ({}),
  () => ({ $in: 1 }),
  () => ({ $expr: { $add: ["$a", null] } }),
  () => ({ $elemMatch: { $gt: [] }, $not: { $regex: "[" } }),
];

const ODD_NAMES = ["", ".", "a.", "$", "$set", "$or", "$expr", "__proto__", "constructor", "_id"];

/** Puts an oddity into a command, at any depth, or gives a field an odd name. */
function odd(value: unknown, dice: Dice): unknown {
  const isPlain = value?.constructor === Object || Array.isArray(value);
  if (!isPlain || dice.chance(0.15)) return dice.pick(ODDITIES)();
  const entries = Object.entries(value as Document);
  const at = dice.below(entries.length);
  const changed = entries.map(([name, inner], i): [string, unknown] => {
    if (i !== at) return [name, inner];
    return dice.chance(0.15) ? [dice.pick(ODD_NAMES), inner] : [name, odd(inner, dice)];
  });
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

function oddCommand(command: Document, dice: Dice): Document {
  const entries = Object.entries(command);
  const at = dice.below(entries.length);
  return Object.fromEntries(
    entries.map(([name, value], i) => [name, i === at ? odd(value, dice) : value]),
  );
}

function realMessage(dice: Dice): Buffer {
  const given = dice.pick(COMMANDS);
  const command = { ...(dice.chance(0.5) ? oddCommand(given, dice) : given), $db: "t" };
  if (dice.chance(0.3)) return withSequence(command);
  if (dice.chance(0.05)) return asQuery(command);
  return messageOf(command, 1);
}

/** Kinds of values that hold documents, with the bytes that each level of them takes. */
const NESTING = [
  { kind: 3, step: 8 },
  { kind: 4, step: 8 },
  { kind: 15, step: 17 },
] as const;

/** A document in a document in a document: of values, of arrays, or of scopes of code. */
function nested(depth: number, { kind, step }: (typeof NESTING)[number]): Buffer {
  const out = Buffer.alloc(5 + depth * step);
  let at = 0;
  for (let left = depth; left > 0; left--) {
    const size = 5 + left * step;
    at = out.writeInt32LE(size, at);
    out[at] = kind;
    out.write("a", at + 1);
    at += 3;
    if (kind !== 15) continue;
    out.writeInt32LE(size - 8, at);
    out.writeInt32LE(1, at + 4); // an empty text, then the scope
    at += 9;
  }
  out.writeInt32LE(5, at);
  return out;
}

function bomb(dice: Dice): Buffer {
  const depth = dice.chance(0.5) ? 170 + dice.below(20) : dice.below(3000);
  const body = nested(depth, dice.pick(NESTING));
  const command = BSON.serialize({ find: "few", $db: "t" });
  const filter = Buffer.concat([Buffer.from("\x03filter\0"), body, END]);
  const whole = Buffer.concat([command.subarray(0, command.length - 1), filter]);
  whole.writeInt32LE(whole.length, 0);
  return setLength(Buffer.concat([messageOf({}, 1).subarray(0, HEADER_BYTES + 5), whole]));
}

const END = Buffer.from([0]);
const LENGTHS = [0, 1, 4, 5, -1, 0x7fffffff, -0x80000000, 16 * 1024 * 1024, 48_000_000];

/** Ways to spoil a message that leave its length right. */
const SPOILS: readonly ((message: Buffer, dice: Dice) => Buffer)[] = [
  (message, dice) => {
    for (let n = 1 + dice.below(6); n > 0; n--) {
      const at = HEADER_BYTES + dice.below(message.length - HEADER_BYTES);
      message[at] = dice.chance(0.5) ? dice.below(256) : (message[at] as number) ^ 1;
    }
    return message;
  },
  (message, dice) => {
    const at = HEADER_BYTES + dice.below(message.length - HEADER_BYTES - 4);
    message.writeInt32LE(dice.pick(LENGTHS), at);
    return message;
  },
  (message, dice) => {
    const length = HEADER_BYTES + 5 + dice.below(message.length - HEADER_BYTES - 5);
    return setLength(Buffer.from(message.subarray(0, length)));
  },
  (message, dice) => {
    message.writeInt32LE(1 << dice.below(31), HEADER_BYTES); // flags
    return message;
  },
  (message, dice) => {
    const other = realMessage(dice);
    const cut = HEADER_BYTES + dice.below(message.length - HEADER_BYTES);
    const from = HEADER_BYTES + dice.below(other.length - HEADER_BYTES);
    return setLength(Buffer.concat([message.subarray(0, cut), other.subarray(from), END, END]));
  },
  (message, dice) => {
    for (let at = HEADER_BYTES + 4; at < message.length; at++) message[at] = dice.below(256);
    return message;
  },
  (_message, dice) => bomb(dice),
];

/** Ways after which the server cannot know where the next message begins. */
const BREAKS: readonly ((message: Buffer, dice: Dice) => Buffer)[] = [
  (message, dice) => {
    message.writeInt32LE(dice.pick(LENGTHS), 0);
    return message;
  },
  (message, dice) => {
    message.writeInt32LE(dice.below(5000), 12); // operation
    return message;
  },
  (message, dice) => message.subarray(0, dice.below(message.length)),
  (_message, dice) =>
    Buffer.from(Array.from({ length: 1 + dice.below(300) }, () => dice.below(256))),
];

/** Returns the i-th frame of a seed. */
export function garbageFrame(seed: number, i: number): Frame {
  const dice = diceOf(seed + i * 7919);
  const message = realMessage(dice);
  if (dice.chance(0.04)) return { bytes: dice.pick(BREAKS)(message, dice), isFramed: false };
  const bytes = dice.chance(0.5) ? dice.pick(SPOILS)(message, dice) : message;
  const isFramed = bytes.length >= HEADER_BYTES + 5 && isKnown(bytes.readInt32LE(12));
  return { bytes, isFramed };
}

function isKnown(operation: number): boolean {
  return operation === OP_MSG || operation === OP_QUERY;
}
