/** What kind of thing a decoded BSON value is. */
import { Long } from "bson";
import type { Doc } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { keyOf } from "./key-string.ts";

/** Returns whether a value is a plain document, not one of BSON's own types. */
export function isDocument(value: unknown): value is Doc {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return !("_bsontype" in value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}

/** Returns whether a value is a document of operators, such as `{ $gt: 1 }`. */
export function isOperators(value: unknown): value is Doc {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first?.startsWith("$") === true && first !== "$ref" && first !== "$id";
}

/** Returns a number from what a client may send for one: a number, a Long, a typed wrapper. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value instanceof Long) return value.toNumber();
  const plain = value instanceof Object && "_bsontype" in value ? value.valueOf() : undefined;
  return typeof plain === "number" ? plain : undefined;
}

/** Returns a whole number that is not negative, or the fallback where the field is absent. */
export function countOf(value: unknown, name: string, fallback: number, code = 51024): number {
  if (value === undefined || value === null) return fallback;
  const n = numberOf(value);
  if (n === undefined || n < 0 || !Number.isInteger(n)) {
    throw fault(code, `${name} must be a whole number that is not negative`);
  }
  return n;
}

/** Returns the documents of an array argument, or refuses it. */
export function documentsOf(value: unknown, name: string): Doc[] {
  if (!Array.isArray(value) || !value.every(isDocument)) {
    throw fault(14, `${name} must be an array of documents`);
  }
  return value;
}

/** Returns a document argument, an empty one where it is absent. */
export function documentOf(value: unknown, name: string): Doc {
  if (value === undefined || value === null) return {};
  if (!isDocument(value)) throw fault(14, `${name} must be a document`);
  return value;
}

/** Returns whether two decoded values are equal as MongoDB compares them. */
export function sameValue(a: unknown, b: unknown): boolean {
  return keyOf(a).equals(keyOf(b));
}
