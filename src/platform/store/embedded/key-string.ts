/** Encodes BSON values to byte strings whose memcmp order is MongoDB's sort order. */
import { Decimal128 } from "bson";
import { byteAt, doubleAt, encode, int32At, someElement, TYPE, valueEnd } from "./bson-raw.ts";
import { unsupported } from "./errors.ts";

/** Leading byte of an encoded value: its place in MongoDB's order of types. */
export const ORDER = {
  minKey: 10,
  emptyArray: 15,
  null: 20,
  number: 30,
  string: 60,
  object: 70,
  array: 80,
  binary: 90,
  objectId: 100,
  boolean: 110,
  date: 120,
  timestamp: 130,
  regex: 140,
  maxKey: 240,
} as const;

const ORDER_OF_TYPE: Readonly<Record<number, number>> = {
  [TYPE.missing]: ORDER.null,
  [TYPE.null]: ORDER.null,
  [TYPE.double]: ORDER.number,
  [TYPE.int]: ORDER.number,
  [TYPE.long]: ORDER.number,
  [TYPE.decimal]: ORDER.number,
  [TYPE.string]: ORDER.string,
  [TYPE.object]: ORDER.object,
  [TYPE.array]: ORDER.array,
  [TYPE.binary]: ORDER.binary,
  [TYPE.objectId]: ORDER.objectId,
  [TYPE.boolean]: ORDER.boolean,
  [TYPE.date]: ORDER.date,
  [TYPE.timestamp]: ORDER.timestamp,
  [TYPE.regex]: ORDER.regex,
  [TYPE.minKey]: ORDER.minKey,
  [TYPE.maxKey]: ORDER.maxKey,
};

/** Returns the place of a BSON type in MongoDB's order of types. */
export function orderOf(type: number): number {
  return ORDER_OF_TYPE[type] as number;
}

/** A buffer that grows and is used again. */
export class KeyWriter {
  bytes: Buffer = Buffer.allocUnsafe(1024);
  length = 0;

  reserve(n: number): void {
    if (this.length + n <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + n));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Returns a copy of what was written. */
  take(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  /** Turns the order of what was written since `from` around. */
  invert(from: number): void {
    for (let i = from; i < this.length; i++) this.bytes[i] = ~byteAt(this.bytes, i) & 255;
  }
}

const view = new DataView(new ArrayBuffer(8));
const viewBytes = new Uint8Array(view.buffer);
const FRACTION_BITS = 72n;

/** Writes a double so that bytes order as numbers do; NaN is lowest; `fraction` breaks ties above it. */
function writeNumber(w: KeyWriter, value: number, fraction = 0n): void {
  w.reserve(18);
  if (Number.isNaN(value)) {
    w.bytes.fill(0, w.length, w.length + 9);
    w.length += 9;
    return;
  }
  view.setFloat64(0, value === 0 ? 0 : value, false);
  const negative = (viewBytes[0] as number) & 0x80;
  for (let i = 0; i < 8; i++) {
    const byte = viewBytes[i] as number;
    w.bytes[w.length++] = negative ? ~byte & 255 : i === 0 ? byte | 0x80 : byte;
  }
  w.bytes[w.length++] = fraction === 0n ? 0 : 1;
  if (fraction === 0n) return;
  for (let shift = FRACTION_BITS - 8n; shift >= 0n; shift -= 8n) {
    w.bytes[w.length++] = Number((fraction >> shift) & 255n);
  }
}

/** A number as numerator / denominator. */
type Ratio = readonly [bigint, bigint];

function ratioOfDouble(value: number): Ratio {
  view.setFloat64(0, value, false);
  const bits = view.getBigUint64(0, false);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const signed = bits >> 63n ? -mantissa : mantissa;
  const power = BigInt((exponent === 0 ? 1 : exponent) - 1075);
  return power >= 0n ? [signed << power, 1n] : [signed, 1n << -power];
}

function nextDouble(value: number, up: boolean): number {
  if (value === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE;
  view.setFloat64(0, value, false);
  const bits = view.getBigInt64(0, false);
  view.setBigInt64(0, value > 0 === up ? bits + 1n : bits - 1n, false);
  return view.getFloat64(0, false);
}

/** Writes an exact ratio: the double at or below it, then how far it stands above, in parts of the gap. */
function writeRatio(w: KeyWriter, [n, d]: Ratio, near: number): void {
  let floor = near;
  let [fn, fd] = ratioOfDouble(floor);
  if (fn * d > n * fd) {
    floor = nextDouble(floor, false);
    [fn, fd] = ratioOfDouble(floor);
  }
  const [cn, cd] = ratioOfDouble(nextDouble(floor, true));
  // (v - floor) / (ceiling - floor), all over the common denominators
  const above = (n * fd - fn * d) * cd;
  const gap = (cn * fd - fn * cd) * d;
  writeNumber(w, floor, (above << FRACTION_BITS) / gap);
}

function writeLong(w: KeyWriter, b: Buffer, at: number): void {
  const high = int32At(b, at + 4);
  const low = int32At(b, at) >>> 0;
  const near = high * 4294967296 + low;
  if (Number.isSafeInteger(near)) writeNumber(w, near);
  else {
    const exact = (BigInt(high) << 32n) | BigInt(low);
    writeRatio(w, [exact, 1n], Number(exact));
  }
}

/** Returns a decimal number, or an integer, as digits × 10^power; undefined for NaN and infinity. */
export function decimalParts(text: string): readonly [digits: bigint, power: number] | undefined {
  const m = /^(-?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!m) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = m;
  const digits = BigInt(whole + fraction);
  return [sign ? -digits : digits, Number(power) - fraction.length];
}

function writeDecimal(w: KeyWriter, b: Buffer, at: number): void {
  const text = new Decimal128(Uint8Array.prototype.slice.call(b, at, at + 16)).toString();
  const near = Number(text);
  const [digits, power] = decimalParts(text) ?? [0n, 0];
  if (digits === 0n) {
    writeNumber(w, near);
    return;
  }
  if (!Number.isFinite(near) || near === 0) throw unsupported("Decimal128 beyond a double's range");
  const ten = 10n ** BigInt(Math.abs(power));
  writeRatio(w, power >= 0 ? [digits * ten, 1n] : [digits, ten], near);
}

/** Writes bytes prefix-free: 00 becomes 01 01, 01 becomes 01 02, and 00 ends them. */
function writeText(w: KeyWriter, b: Buffer, start: number, end: number): void {
  w.reserve(2 * (end - start) + 1);
  const out = w.bytes;
  let p = w.length;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c < 2) out[p++] = 1;
    out[p++] = c < 2 ? c + 1 : c;
  }
  out[p++] = 0;
  w.length = p;
}

function writeObject(w: KeyWriter, b: Buffer, at: number): void {
  someElement(b, at, (_b, t, valueStart, nameAt) => {
    w.byte(orderOf(t));
    writeText(w, b, nameAt, valueStart - 1);
    writeValue(w, b, t, valueStart);
  });
  w.byte(0);
}

function writeBinary(w: KeyWriter, b: Buffer, at: number): void {
  const length = int32At(b, at);
  w.reserve(5 + length);
  w.length = w.bytes.writeUInt32BE(length, w.length);
  w.bytes[w.length++] = byteAt(b, at + 4);
  w.length += b.copy(w.bytes, w.length, at + 5, at + 5 + length);
}

function writeReversed(w: KeyWriter, b: Buffer, at: number, flipSign: boolean): void {
  w.reserve(8);
  for (let i = 7; i >= 0; i--) {
    const byte = byteAt(b, at + i);
    w.bytes[w.length++] = flipSign && i === 7 ? byte ^ 0x80 : byte;
  }
}

/** Writes a value of type `t` found at a position. */
export function writeValue(w: KeyWriter, b: Buffer, t: number, at: number): void {
  w.byte(orderOf(t));
  switch (t) {
    case TYPE.string:
      writeText(w, b, at + 4, at + 3 + int32At(b, at));
      break;
    case TYPE.int:
      writeNumber(w, int32At(b, at));
      break;
    case TYPE.double:
      writeNumber(w, doubleAt(b, at));
      break;
    case TYPE.objectId:
      w.reserve(12);
      for (let i = 0; i < 12; i++) w.bytes[w.length++] = b[at + i] as number;
      break;
    case TYPE.date:
      writeReversed(w, b, at, true);
      break;
    case TYPE.boolean:
      w.byte(byteAt(b, at));
      break;
    case TYPE.long:
      writeLong(w, b, at);
      break;
    case TYPE.decimal:
      writeDecimal(w, b, at);
      break;
    case TYPE.object:
      writeObject(w, b, at);
      break;
    case TYPE.array:
      someElement(b, at, (_b, et, eo) => writeValue(w, b, et, eo));
      w.byte(0);
      break;
    case TYPE.binary:
      writeBinary(w, b, at);
      break;
    case TYPE.timestamp:
      writeReversed(w, b, at, false);
      break;
    case TYPE.regex:
      writeText(w, b, at, valueEnd(b, t, at));
      break;
    default: // missing, null, and the ends of the order: nothing to tell
  }
}

const keyWriter = new KeyWriter();

/** Returns the encoding of a JS value as the driver would send it. */
export function keyOf(value: unknown): Buffer {
  keyWriter.length = 0;
  if (value === undefined || value === null) keyWriter.byte(ORDER.null);
  else if (typeof value === "number") {
    keyWriter.byte(ORDER.number);
    writeNumber(keyWriter, value);
  } else if (typeof value === "string") {
    const text = Buffer.from(value);
    keyWriter.byte(ORDER.string);
    writeText(keyWriter, text, 0, text.length);
  } else {
    const raw = encode({ v: value });
    writeValue(keyWriter, raw, byteAt(raw, 4), 7);
  }
  return keyWriter.take();
}

/** Returns a number below, at or above zero as MongoDB orders two JS values. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return Buffer.compare(keyOf(a), keyOf(b));
}

/** Returns the bytes in reverse order of comparison, for descending index fields. */
export function inverted(key: Buffer): Buffer {
  const out = Buffer.allocUnsafe(key.length);
  for (let i = 0; i < key.length; i++) out[i] = ~byteAt(key, i) & 255;
  return out;
}

/** Returns the smallest byte string above every string that starts with `prefix`. */
export function successor(prefix: Buffer): Buffer {
  let last = prefix.length - 1;
  while (last >= 0 && prefix[last] === 255) last--;
  if (last < 0) return Buffer.concat([prefix, Buffer.from([255])]);
  const out = Buffer.from(prefix.subarray(0, last + 1));
  out[last] = byteAt(out, last) + 1;
  return out;
}
