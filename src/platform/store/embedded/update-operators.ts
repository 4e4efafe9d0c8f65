/** What each update operator makes of one value; numbers keep their BSON types. */
import { BSONRegExp, Int32 } from "bson";
import { calculate, isNumeric, type Numeric, type Operation } from "./arithmetic.ts";
import { encode } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { compareValues } from "./key-string.ts";
import { compileElement, compileMatcher } from "./match.ts";
import { isDocument, isOperators, numberOf, sameValue } from "./values.ts";

/** Says that the field is to be removed. */
export const REMOVED = Symbol("removed");
/** Says that the field stays as it is. */
export const KEPT = Symbol("kept");

/** Returns the new value of a field; `current` is undefined where the field does not exist. */
export type UpdateOperator = (current: unknown, operand: unknown, path: string) => unknown;

function numeric(value: unknown, operator: string): Numeric {
  if (isNumeric(value)) return value;
  throw fault(14, `Cannot apply ${operator} to a value of non-numeric type`);
}

const arithmetic =
  (operator: "$inc" | "$mul", operation: Operation): UpdateOperator =>
  (current, operand) => {
    const by = numeric(operand, operator);
    if (current === undefined && operator === "$inc") return by;
    return calculate(
      operation,
      numeric(current === undefined ? new Int32(0) : current, operator),
      by,
    );
  };

function arrayOf(operator: string, current: unknown, path: string): unknown[] {
  if (Array.isArray(current)) return current;
  throw fault(2, `Cannot apply ${operator} to the non-array field '${path}'`);
}

/** What may stand beside `$each`. */
export const PUSH_MODIFIERS = ["$each", "$position", "$slice"] as const;

interface PushModifiers {
  readonly each: readonly unknown[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
}

function wholeNumber(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  const n = numberOf(value);
  if (n === undefined || !Number.isInteger(n))
    throw fault(2, `The value for ${name} must be whole`);
  return n;
}

function pushModifiers(operand: unknown): PushModifiers {
  if (!isDocument(operand) || !("$each" in operand)) {
    return { each: [operand], position: undefined, slice: undefined };
  }
  const unknown = Object.keys(operand).find((key) => !PUSH_MODIFIERS.includes(key as "$each"));
  if (unknown) throw fault(2, `Unrecognized clause in $push: ${unknown}`);
  const { $each, $position, $slice } = operand;
  if (!Array.isArray($each)) throw fault(2, "The argument to $each must be an array");
  return {
    each: $each,
    position: wholeNumber($position, "$position"),
    slice: wholeNumber($slice, "$slice"),
  };
}

function push(current: unknown, operand: unknown, path: string): unknown {
  const { each, position, slice } = pushModifiers(operand);
  const array = current === undefined ? [] : [...arrayOf("$push", current, path)];
  const at = position ?? array.length;
  array.splice(at < 0 ? Math.max(0, array.length + at) : at, 0, ...each);
  if (slice === undefined) return array;
  return slice < 0 ? array.slice(slice) : array.slice(0, slice);
}

function addToSet(current: unknown, operand: unknown, path: string): unknown {
  const array = current === undefined ? [] : [...arrayOf("$addToSet", current, path)];
  const { each } = pushModifiers(operand);
  let grown = current === undefined;
  for (const value of each) {
    if (array.some((element) => sameValue(element, value))) continue;
    array.push(value);
    grown = true;
  }
  return grown ? array : KEPT;
}

function pull(current: unknown, operand: unknown, path: string): unknown {
  if (current === undefined) return KEPT;
  const matches = pulled(operand);
  const array = arrayOf("$pull", current, path);
  const kept = array.filter((element) => !matches(element));
  return kept.length === array.length ? KEPT : kept;
}

/** An operator is asked of an element as of a field, into arrays too; a document of elements that are documents. */
function pulled(operand: unknown): (element: unknown) => boolean {
  if (isOperators(operand) || operand instanceof BSONRegExp) {
    const matches = compileMatcher({ v: operand });
    return (element) => matches(encode({ v: element }));
  }
  if (isDocument(operand)) {
    const matches = compileElement(operand);
    return (element) => isDocument(element) && matches(element);
  }
  return (element) => sameValue(element, operand);
}

function pullAll(current: unknown, operand: unknown, path: string): unknown {
  if (current === undefined) return KEPT;
  if (!Array.isArray(operand)) throw fault(2, "$pullAll requires an array argument");
  const array = arrayOf("$pullAll", current, path);
  return array.filter((element) => !operand.some((value) => sameValue(value, element)));
}

function pop(current: unknown, operand: unknown, path: string): unknown {
  const end = numberOf(operand);
  if (end !== 1 && end !== -1) throw fault(9, "$pop expects 1 or -1");
  if (current === undefined) return KEPT;
  if (!Array.isArray(current)) throw fault(14, `Path '${path}' contains no array`);
  const array = current;
  return end === -1 ? array.slice(1) : array.slice(0, -1);
}

function currentDate(_current: unknown, operand: unknown): unknown {
  if (operand === true || (isDocument(operand) && operand.$type === "date")) return new Date();
  throw fault(2, "$currentDate takes true or { $type: 'date' }");
}

/** Every update operator by name. */
export const UPDATE_OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $set: (_current, operand) => operand,
  $setOnInsert: (_current, operand) => operand,
  $unset: () => REMOVED,
  $inc: arithmetic("$inc", "add"),
  $mul: arithmetic("$mul", "multiply"),
  $min: (current, operand) =>
    current === undefined || compareValues(operand, current) < 0 ? operand : KEPT,
  $max: (current, operand) =>
    current === undefined || compareValues(operand, current) > 0 ? operand : KEPT,
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
  $currentDate: currentDate,
};
