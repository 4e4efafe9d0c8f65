/** The operators that expressions may use, one table: name → how it is compiled. */
import { Long, ObjectId } from "bson";
import { calculate, isNumeric, type Numeric, type Operation, toDouble } from "./arithmetic.ts";
import type { Doc } from "./bson-raw.ts";
import { formatDate } from "./date-format.ts";
import { fault, unsupported } from "./errors.ts";
import { compareValues } from "./key-string.ts";
import { isDecimal, isDocument, numberOf, sameValue } from "./values.ts";

type Variables = Readonly<Record<string, unknown>>;
type Expression = (root: Doc, variables: Variables) => unknown;
type Compile = (expression: unknown) => Expression;
type Operator = (argument: unknown, compile: Compile) => Expression;

const isNullish = (value: unknown): value is null | undefined =>
  value === null || value === undefined;

/** Returns whether aggregation takes a value for true. */
export function isTruthy(value: unknown): boolean {
  if (value instanceof Long) return !value.isZero();
  return value !== undefined && value !== null && value !== false && value !== 0;
}

/** Returns MongoDB's order of two values, in which a missing one stands below null. */
export function compareOperands(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) {
    return a === b ? 0 : a === undefined ? -1 : 1;
  }
  return compareValues(a, b);
}

/** Returns an operator of a fixed number of arguments, each evaluated first. */
function strict(name: string, least: number, most: number, apply: (...v: unknown[]) => unknown) {
  return (argument: unknown, compile: Compile): Expression => {
    const list = Array.isArray(argument) ? argument : [argument];
    if (list.length < least || list.length > most) {
      throw fault(16020, `Expression ${name} takes another number of arguments`);
    }
    const [first, second, ...rest] = list.map(compile);
    if (first && second && rest.length === 0) {
      return (root, variables) => apply(first(root, variables), second(root, variables));
    }
    const all = list.map(compile);
    return (root, variables) => apply(...all.map((e) => e(root, variables)));
  };
}

const comparison = (name: string, accepts: (c: number) => boolean): Operator =>
  strict(name, 2, 2, (a, b) => accepts(compareOperands(a, b)));

function numbers(name: string, values: readonly unknown[]): Numeric[] | null {
  if (values.some(isNullish)) return null;
  return values.map((value) => {
    if (!isNumeric(value)) throw fault(14, `${name} only supports numeric types`);
    return value;
  });
}

function folded(name: string, operation: Operation, start: number): Operator {
  return strict(name, 0, Number.POSITIVE_INFINITY, (...values) => {
    if (values.some(isNullish)) return null;
    const date = values.find((value) => value instanceof Date);
    const list = numbers(name, operation === "add" ? values.filter((v) => v !== date) : values);
    const sum = list?.reduce((a, b) => calculate(operation, a, b), start) ?? null;
    return date instanceof Date && sum !== null ? new Date(date.getTime() + toDouble(sum)) : sum;
  });
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - toDouble(b));
  const [x, y] = numbers("$subtract", [a, b]) ?? [0, 0];
  return calculate("subtract", x as Numeric, y as Numeric);
}

function divide(a: unknown, b: unknown): unknown {
  const list = numbers("$divide", [a, b]);
  if (!list) return null;
  const by = toDouble(list[1] as Numeric);
  if (by === 0) throw fault(2, "can't $divide by zero");
  return toDouble(list[0] as Numeric) / by;
}

function modulo(a: unknown, b: unknown): unknown {
  const list = numbers("$mod", [a, b]);
  if (!list) return null;
  const by = toDouble(list[1] as Numeric);
  if (by === 0) throw fault(16610, "can't $mod by zero");
  return toDouble(list[0] as Numeric) % by;
}

const ofNumber = (name: string, apply: (n: number) => number): Operator =>
  strict(name, 1, 1, (value) => {
    const list = numbers(name, [value]);
    return list ? apply(toDouble(list[0] as Numeric)) : null;
  });

function round(value: unknown, places: unknown): unknown {
  const list = numbers("$round", [value, places ?? 0]);
  if (!list) return null;
  const scale = 10 ** toDouble(list[1] as Numeric);
  const scaled = toDouble(list[0] as Numeric) * scale;
  const near = Math.round(scaled);
  const even = Math.abs(scaled % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
  return even / scale;
}

function cond(argument: unknown, compile: Compile): Expression {
  const parts = isDocument(argument) ? [argument.if, argument.then, argument.else] : argument;
  if (!Array.isArray(parts) || parts.length !== 3 || parts.some((part) => part === undefined)) {
    throw fault(16020, "Expression $cond takes exactly 3 arguments");
  }
  const [test, yes, no] = parts.map(compile) as [Expression, Expression, Expression];
  return (root, variables) => (isTruthy(test(root, variables)) ? yes : no)(root, variables);
}

function switchCase(argument: unknown, compile: Compile): Expression {
  if (!isDocument(argument) || !Array.isArray(argument.branches)) {
    throw fault(40060, "$switch requires an array of branches");
  }
  const branches = argument.branches.map((branch: Doc) => [
    compile(branch.case),
    compile(branch.then),
  ]) as [Expression, Expression][];
  const otherwise = "default" in argument ? compile(argument.default) : undefined;
  return (root, variables) => {
    const taken = branches.find(([test]) => isTruthy(test(root, variables)))?.[1] ?? otherwise;
    if (!taken) throw fault(40066, "$switch could not find a matching branch");
    return taken(root, variables);
  };
}

/** Returns a list argument compiled item by item, stopped as soon as `decide` gives an answer. */
function lazily(decide: (value: unknown) => unknown, atEnd: (last: unknown) => unknown): Operator {
  return (argument, compile) => {
    const list = (Array.isArray(argument) ? argument : [argument]).map(compile);
    return (root, variables) => {
      let value: unknown;
      for (const item of list) {
        value = item(root, variables);
        const answer = decide(value);
        if (answer !== undefined) return answer;
      }
      return atEnd(value);
    };
  };
}

function concat(...values: unknown[]): unknown {
  if (values.some(isNullish)) return null;
  if (!values.every((value) => typeof value === "string")) {
    throw fault(16702, "$concat only supports strings");
  }
  return values.join("");
}

function toText(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (["string", "number", "boolean"].includes(typeof value)) return String(value);
  if (value instanceof Long || isDecimal(value)) return value.toString();
  throw fault(241, "Unsupported conversion to string in $convert");
}

function substring(name: string, text: unknown, start: unknown, count: unknown): string {
  const [from, length] = [numberOf(start), numberOf(count)];
  if (from === undefined || length === undefined || from < 0) {
    throw fault(34450, `${name}: start and length must be numbers, start not negative`);
  }
  const source = isNullish(text) ? "" : (toText(text) as string);
  if (name === "$substrCP") {
    const points = [...source];
    return points.slice(from, length < 0 ? undefined : from + length).join("");
  }
  const bytes = Buffer.from(source);
  return bytes.subarray(from, length < 0 ? bytes.length : from + length).toString();
}

/** Returns the sum of the numbers among the values; others are passed over. */
export function sumOf(values: readonly unknown[]): Numeric {
  let sum: Numeric = 0;
  for (const value of values) if (isNumeric(value)) sum = calculate("add", sum, value);
  return sum;
}

function averageOf(values: readonly unknown[]): number | null {
  const list = values.filter(isNumeric);
  return list.length === 0 ? null : toDouble(sumOf(list)) / list.length;
}

const extreme = (sign: number) => (values: readonly unknown[]) => {
  const present = values.filter((value) => !isNullish(value));
  if (present.length === 0) return null;
  return present.reduce((a, b) => (compareValues(b, a) * sign > 0 ? b : a));
};

const overList =
  (reduce: (values: readonly unknown[]) => unknown): Operator =>
  (argument, compile) => {
    if (Array.isArray(argument) && argument.length !== 1) {
      const items = argument.map(compile);
      return (root, variables) => reduce(items.map((item) => item(root, variables)));
    }
    const one = compile(Array.isArray(argument) ? argument[0] : argument);
    return (root, variables) => {
      const value = one(root, variables);
      return reduce(Array.isArray(value) ? value : [value]);
    };
  };

function elementAt(list: unknown, index: unknown): unknown {
  if (isNullish(list) || isNullish(index)) return null;
  const at = numberOf(index);
  if (!Array.isArray(list) || at === undefined) throw fault(28689, "$arrayElemAt needs an array");
  return list.at(at);
}

function dateToString(argument: unknown, compile: Compile): Expression {
  if (!isDocument(argument)) throw fault(18629, "$dateToString only supports an object");
  const zone = argument.timezone;
  if (zone !== undefined && zone !== "UTC" && zone !== "GMT") {
    throw unsupported("$dateToString in another zone than UTC");
  }
  const date = compile(argument.date);
  const format = argument.format ?? "%Y-%m-%dT%H:%M:%S.%LZ";
  const onNull = "onNull" in argument ? compile(argument.onNull) : () => null;
  if (typeof format !== "string") throw unsupported("a computed $dateToString format");
  return (root, variables) => {
    const value = date(root, variables);
    if (isNullish(value)) return onNull(root, variables);
    if (!(value instanceof Date)) throw fault(16006, "can't convert to Date");
    return formatDate(value, format);
  };
}

const datePart = (name: string, part: (date: Date) => number): Operator =>
  strict(name, 1, 1, (value) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Date)) throw fault(16006, "can't convert to Date");
    return part(value);
  });

function perElement(argument: unknown, compile: Compile, body: "cond" | "in") {
  if (!isDocument(argument)) throw fault(28646, "$filter and $map need an object");
  const input = compile(argument.input);
  const inner = compile(argument[body]);
  const name = typeof argument.as === "string" ? argument.as : "this";
  return (root: Doc, variables: Variables, take: (value: unknown, item: unknown) => unknown[]) => {
    const list = input(root, variables);
    if (isNullish(list)) return null;
    if (!Array.isArray(list)) throw fault(28651, "input must be an array");
    return list.flatMap((item) => take(inner(root, { ...variables, [name]: item }), item));
  };
}

/** Every operator of expressions that this store knows. */
export const EXPRESSIONS: Readonly<Record<string, Operator>> = {
  $literal: (value) => () => value,
  $add: folded("$add", "add", 0),
  $multiply: folded("$multiply", "multiply", 1),
  $subtract: strict("$subtract", 2, 2, subtract),
  $divide: strict("$divide", 2, 2, divide),
  $mod: strict("$mod", 2, 2, modulo),
  $abs: ofNumber("$abs", Math.abs),
  $ceil: ofNumber("$ceil", Math.ceil),
  $floor: ofNumber("$floor", Math.floor),
  $round: strict("$round", 1, 2, round),
  $cond: cond,
  $switch: switchCase,
  $ifNull: lazily(
    (value) => (isNullish(value) ? undefined : value),
    (last) => last,
  ),
  $and: lazily(
    (value) => (isTruthy(value) ? undefined : false),
    () => true,
  ),
  $or: lazily(
    (value) => (isTruthy(value) ? true : undefined),
    () => false,
  ),
  $not: strict("$not", 1, 1, (value) => !isTruthy(value)),
  $eq: comparison("$eq", (c) => c === 0),
  $ne: comparison("$ne", (c) => c !== 0),
  $gt: comparison("$gt", (c) => c > 0),
  $gte: comparison("$gte", (c) => c >= 0),
  $lt: comparison("$lt", (c) => c < 0),
  $lte: comparison("$lte", (c) => c <= 0),
  $cmp: strict("$cmp", 2, 2, (a, b) => Math.sign(compareOperands(a, b))),
  $concat: strict("$concat", 0, Number.POSITIVE_INFINITY, concat),
  $toString: strict("$toString", 1, 1, toText),
  $toLower: strict("$toLower", 1, 1, (v) => String(toText(v) ?? "").toLowerCase()),
  $toUpper: strict("$toUpper", 1, 1, (v) => String(toText(v) ?? "").toUpperCase()),
  $substrCP: strict("$substrCP", 3, 3, (...v) => substring("$substrCP", v[0], v[1], v[2])),
  $substrBytes: strict("$substrBytes", 3, 3, (...v) => substring("$substrBytes", v[0], v[1], v[2])),
  $sum: overList(sumOf),
  $avg: overList(averageOf),
  $min: overList(extreme(-1)),
  $max: overList(extreme(1)),
  $size: strict("$size", 1, 1, (list) => {
    if (!Array.isArray(list)) throw fault(17124, "The argument to $size must be an array");
    return list.length;
  }),
  $in: strict("$in", 2, 2, (value, list) => {
    if (!Array.isArray(list)) throw fault(40081, "$in requires an array as a second argument");
    return list.some((item) => sameValue(item, value));
  }),
  $isArray: strict("$isArray", 1, 1, (value) => Array.isArray(value)),
  $arrayElemAt: strict("$arrayElemAt", 2, 2, elementAt),
  $first: strict("$first", 1, 1, (list) => elementAt(list, 0)),
  $last: strict("$last", 1, 1, (list) => elementAt(list, -1)),
  $filter: (argument, compile) => {
    const each = perElement(argument, compile, "cond");
    return (root, variables) =>
      each(root, variables, (value, item) => (isTruthy(value) ? [item] : []));
  },
  $map: (argument, compile) => {
    const each = perElement(argument, compile, "in");
    return (root, variables) => each(root, variables, (value) => [value ?? null]);
  },
  $dateToString: dateToString,
  $year: datePart("$year", (date) => date.getUTCFullYear()),
  $month: datePart("$month", (date) => date.getUTCMonth() + 1),
  $dayOfMonth: datePart("$dayOfMonth", (date) => date.getUTCDate()),
};
