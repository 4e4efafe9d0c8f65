/** Numbers of BSON's kinds: exact in int32 and int64, IEEE in double, refused in Decimal128. */
import { Long } from "bson";
import { fault, unsupported } from "./errors.ts";
import { isDecimal } from "./values.ts";

/** A number as the expressions see it. */
export type Numeric = number | Long;
/** The operations that aggregation and updates share. */
export type Operation = "add" | "subtract" | "multiply";

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

const ON_NUMBERS: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

const ON_INTEGERS: Readonly<Record<Operation, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

/** Returns whether a value is a number; a Decimal128 is refused rather than answered wrongly. */
export function isNumeric(value: unknown): value is Numeric {
  if (isDecimal(value)) throw unsupported("arithmetic with Decimal128");
  return typeof value === "number" || value instanceof Long;
}

/** Returns an integer as bigint, or undefined for a number that has a fraction. */
export function integerOf(value: Numeric): bigint | undefined {
  if (value instanceof Long) return value.toBigInt();
  return Number.isInteger(value) ? BigInt(value) : undefined;
}

/** Returns a number as double. */
export function toDouble(value: Numeric): number {
  return typeof value === "number" ? value : value.toNumber();
}

/** Returns an int64, or throws where MongoDB reports the overflow. */
export function toLong(value: bigint): Long {
  if (value < LONG_MIN || value > LONG_MAX) throw fault(2, "integer overflow");
  return Long.fromBigInt(value);
}

/** Returns the result of an operation; two integers of which one is a Long stay exact. */
export function calculate(operation: Operation, a: Numeric, b: Numeric): Numeric {
  if (typeof a === "number" && typeof b === "number") return ON_NUMBERS[operation](a, b);
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x !== undefined && y !== undefined) return toLong(ON_INTEGERS[operation](x, y));
  return ON_NUMBERS[operation](toDouble(a), toDouble(b));
}
