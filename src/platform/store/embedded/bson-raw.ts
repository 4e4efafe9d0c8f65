/** Finds and reads fields inside raw BSON without decoding whole documents. */
import { BSON, type DeserializeOptions, Long, ObjectId } from "bson";
import { fault, type MongoError } from "./errors.ts";

/** A decoded document. */
export type Doc = Record<string, unknown>;

/** BSON element types by name, but for deprecated ones and code; `missing` is ours: the path leads nowhere. */
export const TYPE = {
  missing: 0,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  regex: 11,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  maxKey: 127,
  minKey: 255,
} as const;

/** Largest stored document; MongoDB's own limit. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 180;

/** Decodes to plain JS values, keeping Long and Decimal128 apart so that nothing loses digits. */
export const PLAIN: DeserializeOptions = { promoteLongs: false, bsonRegExp: true };
/** Decodes keeping every number's own type, for values that are written back. */
export const TYPED: DeserializeOptions = { promoteValues: false, bsonRegExp: true };

/** Returns the byte at a position that the caller knows to exist. */
export function byteAt(b: Uint8Array, at: number): number {
  return b[at] as number;
}

/** Returns the little-endian int32 at a position. */
export function int32At(b: Buffer, at: number): number {
  return (
    (b[at] as number) |
    ((b[at + 1] as number) << 8) |
    ((b[at + 2] as number) << 16) |
    ((b[at + 3] as number) << 24)
  );
}

const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

/** Returns the double at a position. */
export function doubleAt(b: Buffer, at: number): number {
  for (let i = 0; i < 8; i++) scratchBytes[i] = b[at + i] as number;
  return scratch.getFloat64(0, true);
}

/** Returns the int64 at a position as a number; exact for dates and for all within 2^53. */
export function int64At(b: Buffer, at: number): number {
  return int32At(b, at + 4) * 4294967296 + (int32At(b, at) >>> 0);
}

function cstringEnd(b: Buffer, at: number): number {
  let p = at;
  while (byteAt(b, p) !== 0) p++;
  return p;
}

/** How the length of a value is told, by type: a fixed number of bytes, or one of these. */
const SHAPE = { unknown: 255, nested: 254, text: 253, binary: 252, regex: 251 } as const;

const SHAPES = new Uint8Array(256).fill(SHAPE.unknown);
for (const t of [TYPE.double, TYPE.date, TYPE.timestamp, TYPE.long]) SHAPES[t] = 8;
for (const t of [TYPE.null, TYPE.minKey, TYPE.maxKey]) SHAPES[t] = 0;
for (const t of [TYPE.object, TYPE.array]) SHAPES[t] = SHAPE.nested;
SHAPES[TYPE.string] = SHAPE.text;
SHAPES[TYPE.binary] = SHAPE.binary;
SHAPES[TYPE.regex] = SHAPE.regex;
SHAPES[TYPE.objectId] = 12;
SHAPES[TYPE.boolean] = 1;
SHAPES[TYPE.int] = 4;
SHAPES[TYPE.decimal] = 16;

/** Returns the position behind a value of type `t` that starts at `at`. */
export function valueEnd(b: Buffer, t: number, at: number): number {
  const shape = byteAt(SHAPES, t);
  if (shape <= 16) return at + shape;
  if (shape === SHAPE.regex) return cstringEnd(b, cstringEnd(b, at) + 1) + 1;
  const head = shape === SHAPE.nested ? 0 : shape === SHAPE.text ? 4 : 5;
  return at + head + int32At(b, at);
}

function malformed(): MongoError {
  return fault(22, "malformed BSON document");
}

/** Throws InvalidBSON unless `b[start, end)` is one well-formed document; later readers trust it. */
export function checkDocument(b: Buffer, start: number, end: number, depth = 0): void {
  if (depth > MAX_DEPTH) throw fault(15, "document is nested too deeply");
  if (end > b.length || end - start < 5 || int32At(b, start) !== end - start) throw malformed();
  let p = start + 4;
  for (;;) {
    const t = byteAt(b, p);
    if (t === 0) break;
    const shape = byteAt(SHAPES, t);
    do p++;
    while (p < end && b[p] !== 0);
    if (p >= end) throw malformed();
    p++;
    if (shape <= 16) p += shape;
    else p = checkedValue(b, t, shape, p, end, depth);
    if (p >= end) throw malformed();
  }
  if (p !== end - 1) throw malformed();
}

function checkedCstring(b: Buffer, at: number, end: number): number {
  let p = at;
  while (p < end && byteAt(b, p) !== 0) p++;
  if (p >= end) throw malformed();
  return p + 1;
}

/** Checks a value whose length is not that of its type, and returns its end. */
function checkedValue(
  b: Buffer,
  t: number,
  shape: number,
  at: number,
  end: number,
  depth: number,
): number {
  if (shape === SHAPE.unknown) throw fault(22, "a BSON type that this store does not know");
  if (shape === SHAPE.regex) return checkedCstring(b, checkedCstring(b, at, end), end);
  const next = valueEnd(b, t, at);
  if (next < at || next > end) throw malformed();
  if (shape === SHAPE.nested) checkDocument(b, at, next, depth + 1);
  else if (next < at + 5) throw malformed();
  else if (shape === SHAPE.text && b[next - 1] !== 0) throw fault(22, "malformed BSON string");
  return next;
}

const names = new Map<string, Buffer>();

/** Returns a field's name as bytes with its closing zero. */
export function nameBytes(name: string): Buffer {
  let bytes = names.get(name);
  if (!bytes) {
    bytes = Buffer.from(`${name}\0`);
    if (names.size < 10_000 && name.length < 100) names.set(name, bytes);
  }
  return bytes;
}

/** Where `findField` found its field: type, position of the value, start of the element. */
export const hit = { type: 0, at: 0, start: 0 };

/** Returns whether the document at `off` has a field, and leaves its place in `hit`. */
export function findField(b: Buffer, off: number, name: Buffer): boolean {
  let p = off + 4;
  const first = byteAt(name, 0);
  const length = name.length;
  for (;;) {
    const t = byteAt(b, p);
    if (t === 0) return false;
    const start = p++;
    let i = 0;
    if (b[p] === first) while (i < length && b[p + i] === name[i]) i++;
    if (i === length) {
      hit.type = t;
      hit.at = p + length;
      hit.start = start;
      return true;
    }
    while (b[p] !== 0) p++;
    p = valueEnd(b, t, p + 1);
  }
}

/** Returns whether two names that end in zero are equal. */
function sameName(a: Buffer, at: number, b: Buffer, bt: number): boolean {
  let i = 0;
  while (a[at + i] === b[bt + i]) if (a[at + i++] === 0) return true;
  return false;
}

/** Returns the names of the fields in which two documents differ; null where their order does. */
export function changedFields(a: Buffer, b: Buffer): ReadonlySet<string> | null {
  const changed = new Set<string>();
  let p = 4;
  let q = 4;
  for (;;) {
    const t = byteAt(a, p);
    const u = byteAt(b, q);
    if (t === 0 && u === 0) return changed;
    if (t === 0 || u === 0 || !sameName(a, p + 1, b, q + 1)) return null;
    const nameEnd = cstringEnd(a, p + 1);
    const at = q + nameEnd - p + 1;
    const end = valueEnd(a, t, nameEnd + 1);
    const otherEnd = valueEnd(b, u, at);
    const equal = t === u && a.compare(b, at, otherEnd, nameEnd + 1, end) === 0;
    if (!equal) changed.add(a.toString("utf8", p + 1, nameEnd));
    p = end;
    q = otherEnd;
  }
}

/** Asked of each element of a document or array: its type, the place of its value, and that of its name. */
type Visit = (b: Buffer, type: number, at: number, nameAt: number) => unknown;

/** Calls `visit` for each element of the document or array at `off` until it returns true. */
export function someElement(b: Buffer, off: number, visit: Visit): boolean {
  let p = off + 4;
  for (;;) {
    const t = byteAt(b, p);
    if (t === 0) return false;
    const nameAt = p + 1;
    p = cstringEnd(b, nameAt) + 1;
    if (visit(b, t, p, nameAt) === true) return true;
    p = valueEnd(b, t, p);
  }
}

/** Calls `visit` for each field of the document at `off` with its name and place. */
export function eachField(
  b: Buffer,
  off: number,
  visit: (name: string, type: number, at: number, start: number, end: number) => void,
): void {
  someElement(b, off, (_b, t, at, nameAt) => {
    visit(b.toString("utf8", nameAt, at - 1), t, at, nameAt - 1, valueEnd(b, t, at));
  });
}

/** One step of a dotted path. */
export interface PathStep {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isIndex: boolean;
}

/** Returns a dotted path as steps. */
export function parsePath(path: string): PathStep[] {
  return path
    .split(".")
    .map((name) => ({ name, bytes: nameBytes(name), isIndex: /^\d+$/.test(name) }));
}

/** A question asked of one value in place. */
export type ValueTest = (b: Buffer, type: number, at: number) => boolean;

/**
 * Asks `test` of every value that a path leads to, arrays of sub-documents included, until one answers true.
 * A branch that leads nowhere is asked as `missing`; an array without sub-documents is not asked at all.
 */
export function someAtPath(
  b: Buffer,
  off: number,
  path: readonly PathStep[],
  step: number,
  test: ValueTest,
): boolean {
  if (!findField(b, off, (path[step] as PathStep).bytes)) return test(b, TYPE.missing, 0);
  const { type, at } = hit;
  if (step === path.length - 1) return test(b, type, at);
  if (type === TYPE.object) return someAtPath(b, at, path, step + 1, test);
  if (type !== TYPE.array) return test(b, TYPE.missing, 0);
  const next = path[step + 1] as PathStep;
  if (next.isIndex && findField(b, at, next.bytes)) {
    const element = { type: hit.type, at: hit.at };
    if (step + 1 === path.length - 1) {
      if (test(b, element.type, element.at)) return true;
    } else if (element.type === TYPE.object || element.type === TYPE.array) {
      if (someAtPath(b, element.at, path, step + 2, test)) return true;
    }
  }
  return someElement(
    b,
    at,
    (_b, t, o) => t === TYPE.object && someAtPath(b, o, path, step + 1, test),
  );
}

/** Returns the decoded value of type `t` at a position. */
export function valueAt(b: Buffer, t: number, at: number, options = PLAIN): unknown {
  switch (t) {
    case TYPE.string:
      return b.toString("utf8", at + 4, at + 3 + int32At(b, at));
    case TYPE.boolean:
      return b[at] === 1;
    case TYPE.null:
      return null;
    case TYPE.objectId:
      return new ObjectId(Uint8Array.prototype.slice.call(b, at, at + 12));
    case TYPE.date:
      return new Date(int64At(b, at));
    case TYPE.long:
      return new Long(int32At(b, at), int32At(b, at + 4));
    case TYPE.double:
      if (options === PLAIN) return doubleAt(b, at);
      break;
    case TYPE.int:
      if (options === PLAIN) return int32At(b, at);
      break;
    case TYPE.object:
      return BSON.deserialize(b.subarray(at, at + int32At(b, at)), options);
    default:
      break;
  }
  const wrapped = frameDocument([elementOf("v", t, b.subarray(at, valueEnd(b, t, at)))]);
  return BSON.deserialize(wrapped, options).v;
}

/** Returns one element (type, name, value) as bytes. */
export function elementOf(name: string, t: number, value: Buffer): Buffer {
  const key = nameBytes(name);
  const out = Buffer.allocUnsafe(1 + key.length + value.length);
  out[0] = t;
  key.copy(out, 1);
  value.copy(out, 1 + key.length);
  return out;
}

/** Returns a document made of elements already encoded. */
export function frameDocument(elements: readonly Buffer[]): Buffer {
  let length = 5;
  for (const e of elements) length += e.length;
  const out = Buffer.allocUnsafe(length);
  out.writeInt32LE(length, 0);
  let p = 4;
  for (const e of elements) p += e.copy(out, p);
  out[p] = 0;
  return out;
}

/** Returns the elements of a document without its frame. */
export function bodyOf(document: Buffer): Buffer {
  return document.subarray(4, document.length - 1);
}

/** Returns a document as BSON; undefined fields are left out as the drivers do. */
export function encode(doc: object): Buffer {
  const raw = BSON.serialize(doc, { ignoreUndefined: true });
  return Buffer.from(raw.buffer, raw.byteOffset, raw.length);
}

/** Returns raw BSON as a document. */
export function decode(raw: Buffer, options = PLAIN): Doc {
  return BSON.deserialize(raw, options) as Doc;
}

/** Returns the given top-level fields of a document decoded. */
export function decodeFields(b: Buffer, names: Iterable<string>, options = PLAIN): Doc {
  const out: Doc = {};
  for (const name of names) {
    if (findField(b, 0, nameBytes(name))) out[name] = valueAt(b, hit.type, hit.at, options);
  }
  return out;
}

const ID = nameBytes("_id");

/** Returns the document with an `_id` that stands first, adding a new ObjectId where there is none. */
export function withIdFirst(raw: Buffer): Buffer {
  if (raw[5] === 95 && raw[6] === 105 && raw[7] === 100 && raw[8] === 0) return raw;
  if (findField(raw, 0, ID)) {
    const { start, type, at } = hit;
    const end = valueEnd(raw, type, at);
    const id = raw.subarray(start, end);
    return frameDocument([id, raw.subarray(4, start), raw.subarray(end, raw.length - 1)]);
  }
  return frameDocument([bodyOf(encode({ _id: new ObjectId() })), bodyOf(raw)]);
}

/** Returns the `_id` of a document, decoded with its own number type. */
export function idOf(raw: Buffer): unknown {
  return findField(raw, 0, ID) ? valueAt(raw, hit.type, hit.at, TYPED) : undefined;
}
