/**
 * Compiles aggregation expressions. Paths, constants and documents are answered here; operators by mingo, which
 * is asked only for those of the list below, and never sees a number that it would get wrong.
 */
import { createRequire } from "node:module";
import { Decimal128, Long } from "bson";
import { type Doc, decode, int32At, type ValueTest } from "./bson-raw.ts";
import { fault, MongoError, unsupported } from "./errors.ts";
import { compareValues } from "./key-string.ts";
import { isDocument } from "./values.ts";

/** An expression, ready to be asked of a document; undefined means missing. */
export type Expression = (doc: Doc) => unknown;

/** MongoDB's code for arguments of a wrong type, and how many there are. */
type Rule = readonly [code: number, takes: number];

const ANY = Number.POSITIVE_INFINITY;

/** Every operator of expressions: those in which mingo agrees with MongoDB or refuses, and those of ours. */
export const OPERATORS: Readonly<Record<string, Rule>> = {
  $abs: [28765, 1],
  $add: [14, ANY],
  $and: [168, ANY],
  $arrayElemAt: [28689, 2],
  $ceil: [28765, 1],
  $concat: [16702, ANY],
  $cond: [168, 3],
  $dayOfMonth: [16006, 1],
  $divide: [2, 2],
  $eq: [168, 2],
  $floor: [28765, 1],
  $gt: [168, 2],
  $gte: [168, 2],
  $ifNull: [168, ANY],
  $isArray: [168, 1],
  $literal: [168, ANY],
  $lt: [168, 2],
  $lte: [168, 2],
  $month: [16006, 1],
  $multiply: [14, ANY],
  $ne: [168, 2],
  $not: [168, 1],
  $or: [168, ANY],
  $substrBytes: [16034, 3],
  $subtract: [14, 2],
  $toString: [241, 1],
  $year: [16006, 1],
};

/** Returns the value at a path, mapping over arrays as aggregation does. */
export function valueAtPath(value: unknown, path: readonly string[], from = 0): unknown {
  let current = value;
  for (let i = from; i < path.length; i++) {
    if (Array.isArray(current)) {
      const rest = i;
      return current.map((e) => valueAtPath(e, path, rest)).filter((e) => e !== undefined);
    }
    if (!isDocument(current)) return undefined;
    current = Object.hasOwn(current, path[i] as string) ? current[path[i] as string] : undefined;
  }
  return current;
}

function compilePath(text: string): Expression {
  const path = text.replace(/^\$\$(ROOT|CURRENT)(\.|$)|^\$/, "").split(".");
  if (text === "$$ROOT" || text === "$$CURRENT") return (doc) => doc;
  if (text === "$$REMOVE") return () => undefined;
  if (path[0]?.startsWith("$"))
    throw fault(17276, `Use of undefined variable: ${path[0].slice(1)}`);
  if (path.includes("")) throw fault(40353, "FieldPath must not have empty parts");
  const [only = ""] = path;
  if (path.length > 1) return (doc) => valueAtPath(doc, path);
  return (doc) => (Object.hasOwn(doc, only) ? doc[only] : undefined);
}

/** Returns the compiled form of an expression, or refuses it with MongoDB's code. */
export function compileExpression(expression: unknown): Expression {
  if (typeof expression === "string" && expression.startsWith("$")) return compilePath(expression);
  if (Array.isArray(expression)) {
    const items = expression.map(compileExpression);
    return (doc) => items.map((item) => item(doc) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const names = Object.keys(expression);
  if (names[0] === "$literal" && names.length === 1) return () => expression.$literal;
  if (names[0]?.startsWith("$")) return byMingo(expression);
  const fields = names.map((name) => [name, compileExpression(expression[name])] as const);
  return (doc) => {
    const out: Doc = {};
    for (const [name, evaluate] of fields) {
      const value = evaluate(doc);
      if (value !== undefined) out[name] = value;
    }
    return out;
  };
}

/** Returns `$expr` as a test of raw documents. */
export function compileCondition(expression: unknown): ValueTest {
  const evaluate = compileExpression(expression);
  return (b, _t, o) => isTrue(evaluate(decode(b.subarray(o, o + int32At(b, o)))));
}

/** Returns the texts in an expression that name fields or variables. */
export function pathsIn(expression: unknown): string[] {
  if (typeof expression === "string") return expression.startsWith("$") ? [expression] : [];
  if (Array.isArray(expression)) return expression.flatMap(pathsIn);
  return isDocument(expression) ? Object.values(expression).flatMap(pathsIn) : [];
}

function isTrue(value: unknown): boolean {
  if (value instanceof Long) return !value.isZero();
  return value !== undefined && value !== null && value !== false && value !== 0;
}

/** Returns a value for mingo, or refuses one that holds a number which mingo takes for something else. */
function checked(value: unknown): unknown {
  if (value instanceof Long || value instanceof Decimal128 || Number.isNaN(value)) {
    throw unsupported("Long, Decimal128 or NaN in an expression");
  }
  if (Array.isArray(value)) value.forEach(checked);
  else if (isDocument(value)) Object.values(value).forEach(checked);
  return value;
}

/** Mingo is given the values of the paths alone, so that paths mean here what they mean elsewhere. */
function byMingo(expression: Doc): Expression {
  const inputs: Expression[] = [];
  const prepared = prepare(expression, inputs);
  return (doc) => {
    const values: Doc = {};
    inputs.forEach((input, i) => {
      values[`v${i}`] = checked(input(doc));
    });
    return evaluate(values, prepared);
  };
}

/** Returns an expression as mingo is to see it, every operator in it checked and every path among the inputs. */
function prepare(expression: unknown, inputs: Expression[]): unknown {
  if (typeof expression === "string" && expression.startsWith("$")) {
    return `$v${inputs.push(compilePath(expression)) - 1}`;
  }
  if (Array.isArray(expression)) return expression.map((item) => prepare(item, inputs));
  if (!isDocument(expression)) return checked(expression);
  const entries = Object.entries(expression);
  const [[name, argument] = ["", null]] = entries;
  if (!name.startsWith("$")) {
    return Object.fromEntries(entries.map(([key, value]) => [key, prepare(value, inputs)]));
  }
  const rule = OPERATORS[name];
  if (!rule) throw fault(168, `Unrecognized expression '${name}'`);
  if (entries.length > 1) throw fault(15983, "an expression must have exactly one operator");
  if (name === "$literal") return { $literal: checked(argument) };
  const { if: test, then, else: otherwise } = isDocument(argument) ? argument : {};
  const list = name === "$cond" && test !== undefined ? [test, then, otherwise] : [argument].flat();
  if ((rule[1] !== ANY && list.length !== rule[1]) || list.includes(undefined)) {
    throw fault(16020, `Expression ${name} takes exactly ${rule[1]} arguments`);
  }
  const given = list.map((item) => prepare(item, inputs));
  return { [name]: rule[1] === 1 ? given[0] : given };
}

/** What of mingo is used, typed by what it does here. */
type Operator = (doc: unknown, argument: unknown, options: object) => unknown;
type Operators = Record<string, Operator>;
interface Mingo {
  readonly evalExpr: Operator;
  readonly Context: { init(operators: { expression: Operators }): object };
}

const require = createRequire(import.meta.url);
const ROOMS = ["arithmetic", "array", "boolean", "conditional", "date", "string", "type"];

let loaded: ((doc: Doc, expression: unknown) => unknown) | undefined;

/** Mingo costs 50 ms and 10 MB, so it waits for the first expression: most runs of the program never send one. */
function evaluate(doc: Doc, expression: unknown): unknown {
  loaded ??= load();
  return loaded(doc, expression);
}

function load() {
  const { Context, evalExpr } = require("mingo/core") as Mingo;
  const rooms = ROOMS.map((room) => require(`mingo/operators/expression/${room}`) as Operators);
  const theirs: Operators = Object.assign({}, ...rooms);
  const operators = { ...theirs, ...ourOperators(evalExpr, theirs) };
  const names = Object.keys(OPERATORS);
  const expression = Object.fromEntries(
    names.map((name) => [name, refusing(name, operators[name] as Operator)]),
  );
  const options = { context: Context.init({ expression }) };
  return (doc: Doc, prepared: unknown) => evalExpr(doc, prepared, options);
}

/** Operators that mingo answers by JavaScript's order and truth instead of MongoDB's, or not for a missing date. */
function ourOperators(evalExpr: Operator, operators: Operators): Operators {
  const compared = (accepts: (order: number) => boolean): Operator => {
    return (doc, list, options) => {
      const [a, b] = evalExpr(doc, list, options) as [unknown, unknown];
      const isMissing = a === undefined || b === undefined; // which stands below null
      return accepts(isMissing ? +(b === undefined) - +(a === undefined) : compareValues(a, b));
    };
  };
  const ofDate = (name: string): Operator => {
    const part = operators[name] as Operator;
    return (doc, value, options) =>
      (evalExpr(doc, value, options) ?? null) === null ? null : part(doc, value, options);
  };
  return {
    $dayOfMonth: ofDate("$dayOfMonth"),
    $eq: compared((order) => order === 0),
    $gt: compared((order) => order > 0),
    $gte: compared((order) => order >= 0),
    $literal: (_doc, value) => value,
    $lt: compared((order) => order < 0),
    $lte: compared((order) => order <= 0),
    $month: ofDate("$month"),
    $ne: compared((order) => order !== 0),
    $not: (doc, value, options) => !isTrue(evalExpr(doc, value, options)),
    $year: ofDate("$year"),
  };
}

/** Whatever an operator throws becomes MongoDB's error for an argument of a wrong type. */
function refusing(name: string, operate: Operator): Operator {
  return (doc, expression, options) => {
    try {
      return operate(doc, expression, options);
    } catch (error) {
      if (error instanceof MongoError) throw error;
      throw fault(OPERATORS[name]?.[0] ?? 2, `${name} was given a value that it does not take`);
    }
  };
}
