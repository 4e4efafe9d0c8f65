/** Decides whether a query can only match documents that a partial index holds. */
import { BSONRegExp } from "bson";
import { type Doc, encode } from "./bson-raw.ts";
import { compileMatcher } from "./match.ts";
import { isDocument, isOperators, sameValue } from "./values.ts";

/** What a partial index may ask of a field: all that one value of it is enough to fulfil. */
export const PARTIAL_OPERATORS: ReadonlySet<string> = new Set([
  "$eq",
  "$exists",
  "$gt",
  "$gte",
  "$in",
  "$lt",
  "$lte",
]);

/** Returns whether an index finds all that is equal to a value at one place. */
export function isIndexable(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value) && !(value instanceof BSONRegExp);
}

/** Returns whether a partial index may have such a filter. */
export function isPartialFilter(filter: Doc): boolean {
  return Object.entries(filter).every(([field, demand]) => {
    if (field.startsWith("$") || !isIndexable(demand)) return false;
    if (!isOperators(demand)) return true;
    const isPositive = !("$exists" in demand) || demand.$exists === true;
    return isPositive && Object.keys(demand).every((name) => PARTIAL_OPERATORS.has(name));
  });
}

/** Returns the conditions that must all hold, as [field or operator, operand]: every `$and` unfolded. */
export function conjuncts(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, value]): [string, unknown][] => {
    if (key !== "$and" || !Array.isArray(value)) return [[key, value]];
    return value.flatMap((part) => (isDocument(part) ? conjuncts(part) : []));
  });
}

/** Returns whether every document that matches `filter` also matches the partial index's filter. */
export function isImplied(partial: Doc, filter: Doc): boolean {
  return Object.entries(partial).every(([field, demand]) => {
    const test = compileMatcher({ v: demand });
    const fulfils = (v: unknown) => v !== null && isIndexable(v) && test(encode({ v }));
    return conjuncts(filter).some(([key, given]) => {
      if (key !== field) return false;
      if (sameValue(given, demand)) return true;
      const points = isOperators(given) ? (given.$in ?? [given.$eq]) : [given];
      return Array.isArray(points) && points.every(fulfils);
    });
  });
}
