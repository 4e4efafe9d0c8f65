/** Compiles a filter to a test over raw BSON. */
import { BSONRegExp, MaxKey, MinKey } from "bson";
import {
  type Doc,
  doubleAt,
  encode,
  findField,
  hit,
  int32At,
  nameBytes,
  parsePath,
  someAtPath,
  someElement,
  TYPE,
  type ValueTest,
} from "./bson-raw.ts";
import { fault, unsupported } from "./errors.ts";
import { compileCondition } from "./expression.ts";
import { KeyWriter, keyOf, ORDER, orderOf, writeValue } from "./key-string.ts";
import { countOf, isDocument, isOperators } from "./values.ts";

/** How a test is asked of the values of a field: array elements too, or the value as a whole. */
type Reach = "elements" | "whole";
/** Puts a test of values into its context: a path of the document, or the value at hand. */
type Wrap = (test: ValueTest, reach: Reach) => ValueTest;

const always: ValueTest = () => true;
const never: ValueTest = () => false;

function every(tests: readonly ValueTest[]): ValueTest {
  const [first, second] = tests;
  if (!first) return always;
  if (!second) return first;
  if (tests.length === 2) return (b, t, o) => first(b, t, o) && second(b, t, o);
  return (b, t, o) => {
    for (const test of tests) if (!test(b, t, o)) return false;
    return true;
  };
}

function some(tests: readonly ValueTest[]): ValueTest {
  return (b, t, o) => {
    for (const test of tests) if (test(b, t, o)) return true;
    return false;
  };
}

function not(test: ValueTest): ValueTest {
  return (b, t, o) => !test(b, t, o);
}

function filters(operator: string, value: unknown): ValueTest[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw fault(2, `${operator} must be a nonempty array`);
  }
  return value.map((filter) => {
    if (!isDocument(filter)) throw fault(2, `${operator} entries need to be full objects`);
    return compileFilter(filter);
  });
}

/** What stands beside fields in a filter. */
export const LOGICAL: Readonly<Record<string, (value: unknown) => ValueTest>> = {
  $and: (value) => every(filters("$and", value)),
  $or: (value) => some(filters("$or", value)),
  $nor: (value) => not(some(filters("$nor", value))),
  $expr: compileCondition,
  $comment: () => always,
};

/** Returns the test of a whole filter; it is asked of a document as (bytes, TYPE.object, offset). */
export function compileFilter(filter: Doc): ValueTest {
  const tests = Object.entries(filter).map(([key, value]) => {
    if (!key.startsWith("$")) return compileValue(value, wrapPath(key));
    const compile = LOGICAL[key];
    if (!compile) throw fault(2, `unknown top level operator: ${key}`);
    return compile(value);
  });
  return every(tests);
}

/** Returns a function that tells whether a raw document matches the filter. */
export function compileMatcher(filter: Doc): (raw: Buffer) => boolean {
  const test = compileFilter(filter);
  return (raw) => test(raw, TYPE.object, 0);
}

function wrapPath(name: string): Wrap {
  const path = parsePath(name);
  const key = nameBytes(name);
  return (test, reach) => {
    const asked: ValueTest =
      reach === "whole"
        ? test
        : (b, t, o) => test(b, t, o) || (t === TYPE.array && someElement(b, o, test));
    if (path.length > 1) return (b, _t, o) => someAtPath(b, o, path, 0, asked);
    return (b, _t, o) =>
      findField(b, o, key) ? asked(b, hit.type, hit.at) : asked(b, TYPE.missing, 0);
  };
}

const wrapElement: Wrap = (test) => test;

function compileValue(value: unknown, wrap: Wrap): ValueTest {
  if (value instanceof BSONRegExp) return wrap(regexTest(value.pattern, value.options), "elements");
  if (isOperators(value)) return every(compileOperators(value, wrap));
  return wrap(equalTest(value), "elements");
}

function compileOperators(operators: Doc, wrap: Wrap): ValueTest[] {
  return Object.entries(operators).map(([name, operand]) => {
    const compile = OPERATORS[name];
    if (!compile) throw fault(2, `unknown operator: ${name}`);
    return compile(operand, wrap, operators);
  });
}

type Operator = (operand: unknown, wrap: Wrap, operators: Doc) => ValueTest;

const range =
  (accepts: (order: number) => boolean): Operator =>
  (v, wrap) =>
    wrap(rangeTest(v, accepts), "elements");

/** What may be asked of a field. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: (v, wrap) => wrap(equalOrRegex(v), "elements"),
  $ne: (v, wrap) => {
    if (v instanceof BSONRegExp) throw fault(2, "Can't have regex as arg to $ne.");
    return not(wrap(equalTest(v), "elements"));
  },
  $gt: range((order) => order > 0),
  $gte: range((order) => order >= 0),
  $lt: range((order) => order < 0),
  $lte: range((order) => order <= 0),
  $in: (v, wrap) => wrap(inTest("$in", v), "elements"),
  $nin: (v, wrap) => not(wrap(inTest("$nin", v), "elements")),
  $exists: (v, wrap) => {
    const exists = wrap((_b, t) => t !== TYPE.missing, "whole");
    return v === false || v === 0 || v === null ? not(exists) : exists;
  },
  $regex: (v, wrap, { $options }) => wrap(regexOperator(v, $options), "elements"),
  $options: (_v, _wrap, operators) => {
    if (!("$regex" in operators)) throw fault(2, "$options needs a $regex");
    return always;
  },
  $not: (v, wrap) => {
    if (v instanceof BSONRegExp) return not(compileValue(v, wrap));
    if (!isOperators(v)) throw fault(2, "$not needs a regex or a document");
    return not(every(compileOperators(v, wrap)));
  },
  $size: (v, wrap) => {
    const size = countOf(v, "$size", -1, 2);
    if (size < 0) throw fault(2, "$size must be a number");
    return wrap((b, t, o) => t === TYPE.array && arrayLength(b, o) === size, "whole");
  },
  $all: (v, wrap) => {
    if (!Array.isArray(v)) throw fault(2, "$all needs an array");
    if (v.length === 0) return never;
    return every(v.map((item) => allItem(item, wrap)));
  },
  $elemMatch: (v, wrap) => wrap(elementTest(v), "whole"),
};

function allItem(item: unknown, wrap: Wrap): ValueTest {
  if (isOperators(item)) {
    if (Object.keys(item)[0] !== "$elemMatch") throw fault(2, "no $ expressions in $all");
    return compileValue(item, wrap);
  }
  return wrap(equalOrRegex(item), "elements");
}

function elementTest(operand: unknown): ValueTest {
  if (!isDocument(operand)) throw fault(2, "$elemMatch needs an Object");
  const [first] = Object.keys(operand);
  const onValues = isOperators(operand) && !["$and", "$or", "$nor", "$expr"].includes(first ?? "");
  const element = onValues ? every(compileOperators(operand, wrapElement)) : onDocument(operand);
  return (b, t, o) => t === TYPE.array && someElement(b, o, element);
}

function onDocument(filter: Doc): ValueTest {
  const test = compileFilter(filter);
  return (b, t, o) => (t === TYPE.object || t === TYPE.array) && test(b, t, o);
}

function arrayLength(b: Buffer, at: number): number {
  let length = 0;
  someElement(b, at, () => {
    length++;
  });
  return length;
}

const writer = new KeyWriter();

/** Compares the value in place with an encoded key, in MongoDB's order. */
function compareInPlace(b: Buffer, t: number, o: number, key: Buffer): number {
  writer.length = 0;
  writeValue(writer, b, t, o);
  return writer.bytes.compare(key, 0, key.length, 0, writer.length);
}

function equalOrRegex(value: unknown): ValueTest {
  return value instanceof BSONRegExp ? regexTest(value.pattern, value.options) : equalTest(value);
}

function isNull(t: number): boolean {
  return t === TYPE.missing || t === TYPE.null;
}

function equalTest(value: unknown): ValueTest {
  if (value === null || value === undefined) return (_b, t) => isNull(t);
  if (typeof value === "string") {
    const text = Buffer.from(value);
    const length = text.length + 1;
    return (b, t, o) => t === TYPE.string && int32At(b, o) === length && sameBytes(b, o + 4, text);
  }
  if (typeof value === "number" && !Number.isNaN(value)) {
    return (b, t, o) => {
      if (t === TYPE.int) return int32At(b, o) === value;
      if (t === TYPE.double) return doubleAt(b, o) === value;
      if (t !== TYPE.long && t !== TYPE.decimal) return false;
      return compareInPlace(b, t, o, keyOf(value)) === 0;
    };
  }
  const key = keyOf(value);
  const order = key[0];
  return (b, t, o) => orderOf(t) === order && compareInPlace(b, t, o, key) === 0;
}

function sameBytes(b: Buffer, at: number, wanted: Buffer): boolean {
  for (let i = 0; i < wanted.length; i++) if (b[at + i] !== wanted[i]) return false;
  return true;
}

function isNaNAt(b: Buffer, t: number, o: number): boolean {
  if (t === TYPE.double) return Number.isNaN(doubleAt(b, o));
  return t === TYPE.decimal && compareInPlace(b, t, o, NAN_KEY) === 0;
}

const NAN_KEY = keyOf(Number.NaN);

function rangeTest(value: unknown, accepts: (comparison: number) => boolean): ValueTest {
  if (value === null || value === undefined) return accepts(0) ? (_b, t) => isNull(t) : never;
  if (value instanceof BSONRegExp) throw fault(2, "Can't have RegEx as arg to predicate");
  if (value instanceof MinKey || value instanceof MaxKey) throw unsupported("a range over MinKey");
  const key = keyOf(value);
  if (key.equals(NAN_KEY)) return accepts(0) ? isNaNAt : never;
  if (typeof value === "number") {
    return (b, t, o) => {
      if (t === TYPE.int) return accepts(int32At(b, o) - value);
      if (t === TYPE.double) return acceptsDouble(accepts, doubleAt(b, o), value);
      if (t !== TYPE.long && t !== TYPE.decimal) return false;
      return !isNaNAt(b, t, o) && accepts(compareInPlace(b, t, o, key));
    };
  }
  const order = key[0];
  return (b, t, o) =>
    orderOf(t) === order &&
    !(order === ORDER.number && isNaNAt(b, t, o)) &&
    accepts(compareInPlace(b, t, o, key));
}

function acceptsDouble(accepts: (c: number) => boolean, value: number, bound: number): boolean {
  if (Number.isNaN(value)) return false;
  return accepts(value === bound ? 0 : value < bound ? -1 : 1);
}

function inTest(name: string, value: unknown): ValueTest {
  if (!Array.isArray(value)) throw fault(2, `${name} needs an array`);
  const tests: ValueTest[] = [];
  const keys = new Set<string>();
  for (const item of value) {
    if (isOperators(item)) throw fault(2, `cannot nest $ under ${name}`);
    if (item instanceof BSONRegExp) tests.push(regexTest(item.pattern, item.options));
    else if (item === null || item === undefined) tests.push((_b, t) => isNull(t));
    else keys.add(keyOf(item).toString("latin1"));
  }
  tests.push((b, t, o) => {
    if (t === TYPE.missing) return false;
    writer.length = 0;
    writeValue(writer, b, t, o);
    return keys.has(writer.bytes.toString("latin1", 0, writer.length));
  });
  return some(tests);
}

function regexOperator(value: unknown, options: unknown): ValueTest {
  if (options !== undefined && typeof options !== "string") throw fault(2, "$options must be text");
  if (typeof value === "string") return regexTest(value, options ?? "");
  if (value instanceof BSONRegExp) return regexTest(value.pattern, options ?? value.options);
  throw fault(2, "$regex has to be a string");
}

/** Returns a JavaScript regular expression for MongoDB's pattern and options, or refuses. */
function toRegExp(pattern: string, options: string): RegExp {
  if (/[^imsux]/.test(options)) throw fault(51108, "invalid flag in regex options");
  if (options.includes("x")) throw unsupported("the regex option x");
  try {
    return new RegExp(pattern, [...new Set(options)].join(""));
  } catch {
    throw fault(51091, "Regular expression is invalid");
  }
}

function regexTest(pattern: string, options: string): ValueTest {
  const regex = toRegExp(pattern, options);
  return (b, t, o) =>
    t === TYPE.string
      ? regex.test(b.toString("utf8", o + 4, o + 3 + int32At(b, o)))
      : t === TYPE.regex && sameBytes(b, o, Buffer.from(`${pattern}\0${options}\0`));
}

/** Returns a test of decoded values against a filter on the value itself. */
export function compileElement(condition: Doc): (element: unknown) => boolean {
  const test = compileMatcher({ v: { $elemMatch: condition } });
  return (element) => test(encode({ v: [element] }));
}
