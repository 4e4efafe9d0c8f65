/** Sums and products as MongoDB types them: exact in int32, int64 and Decimal128, IEEE in double. */
import { Decimal128, Double, Int32, Long } from "bson";
import { fault, unsupported } from "./errors.ts";
import { decimalParts } from "./key-string.ts";

/** A number in any of its BSON types; a plain one is an int32 or a double, whichever it fits. */
export type Numeric = number | Int32 | Double | Long | Decimal128;
/** What can be worked out. */
export type Operation = "add" | "multiply";

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** Returns whether a value is a number. */
export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === "number" || value instanceof Int32 || value instanceof Double) return true;
  return value instanceof Long || value instanceof Decimal128;
}

/** Returns a number as a double; a Decimal128 is refused, for it would lose digits. */
export function toDouble(value: Numeric): number {
  if (value instanceof Decimal128) throw unsupported("Decimal128 beside doubles");
  if (typeof value === "number") return value;
  return value instanceof Long ? value.toNumber() : value.valueOf();
}

/** Returns an integer as bigint, or undefined for a double. */
function integerOf(value: Numeric): bigint | undefined {
  if (value instanceof Long) return value.toBigInt();
  if (value instanceof Double || value instanceof Decimal128) return undefined;
  const plain = value.valueOf();
  return Number.isInteger(plain) ? BigInt(plain) : undefined;
}

function decimalOf(operation: Operation, a: Numeric, b: Numeric): Decimal128 {
  const parts = [a, b].map((value) => {
    const isExact = value instanceof Decimal128 || integerOf(value) !== undefined;
    const found = isExact ? decimalParts(value.toString()) : undefined;
    if (!found) throw unsupported("arithmetic of a Decimal128 with this number");
    return found;
  }) as [Parts, Parts];
  const [[x, p], [y, q]] = parts;
  const low = Math.min(p, q);
  if (Math.max(p, q) - low > MAX_DIGITS * 2) throw unsupported("Decimal128 so far apart");
  const shifted = (n: bigint, power: number) => n * 10n ** BigInt(power - low);
  const [digits, power] =
    operation === "add" ? [shifted(x, p) + shifted(y, q), low] : [x * y, p + q];
  if (String(digits).length > MAX_DIGITS) throw unsupported("a Decimal128 of so many digits");
  return Decimal128.fromString(`${digits}E${power}`);
}

type Parts = readonly [digits: bigint, power: number];
const MAX_DIGITS = 34;

/** Returns the sum or the product, typed as MongoDB does; refuses what it could not give exactly. */
export function calculate(operation: Operation, a: Numeric, b: Numeric): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalOf(operation, a, b);
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x === undefined || y === undefined) {
    const [c, d] = [toDouble(a), toDouble(b)];
    return new Double(operation === "add" ? c + d : c * d);
  }
  const result = operation === "add" ? x + y : x * y;
  const isInt = !(a instanceof Long || b instanceof Long);
  if (isInt && BigInt.asIntN(32, result) === result) return new Int32(Number(result));
  if (result < LONG_MIN || result > LONG_MAX) throw fault(2, "integer overflow");
  return Long.fromBigInt(result);
}
