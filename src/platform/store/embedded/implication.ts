/** Decides whether a query can only match documents that a partial index holds. */
import type { Doc } from "./bson-raw.ts";
import { compareValues, keyOf } from "./key-string.ts";
import { isDocument, isOperators, sameValue } from "./values.ts";

/** Returns the conditions that must all hold, as [field or operator, operand]: every `$and` unfolded. */
export function conjuncts(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, value]): [string, unknown][] => {
    if (key !== "$and" || !Array.isArray(value)) return [[key, value]];
    return value.flatMap((part) => (isDocument(part) ? conjuncts(part) : []));
  });
}

/** Returns every condition of a filter on a field, as [operator, operand]. */
function conditionsOn(filter: Doc, field: string): [string, unknown][] {
  return conjuncts(filter).flatMap(([key, value]): [string, unknown][] => {
    if (key !== field) return [];
    return isOperators(value) ? Object.entries(value) : [["$eq", value]];
  });
}

const sameType = (a: unknown, b: unknown): boolean => keyOf(a)[0] === keyOf(b)[0];

/** For each operator of a partial filter: what condition of the query makes it true. */
const IMPLIED_BY: Readonly<
  Record<string, (wanted: unknown, operator: string, operand: unknown) => boolean>
> = {
  $eq: (wanted, operator, operand) => operator === "$eq" && sameValue(wanted, operand),
  $exists: (wanted, operator, operand) => {
    if (wanted !== true && wanted !== 1)
      return operator === "$exists" && sameValue(wanted, operand);
    if (operator === "$eq") return operand !== null;
    if (operator === "$in") return Array.isArray(operand) && !operand.includes(null);
    if (operator === "$exists") return operand === true || operand === 1;
    return ["$gt", "$gte", "$lt", "$lte"].includes(operator) && operand !== null;
  },
  $gt: (wanted, operator, operand) => bound(wanted, operator, operand, 1, false),
  $gte: (wanted, operator, operand) => bound(wanted, operator, operand, 1, true),
  $lt: (wanted, operator, operand) => bound(wanted, operator, operand, -1, false),
  $lte: (wanted, operator, operand) => bound(wanted, operator, operand, -1, true),
  $in: (wanted, operator, operand) => {
    if (!Array.isArray(wanted)) return false;
    const values = operator === "$eq" ? [operand] : operator === "$in" ? operand : null;
    return Array.isArray(values) && values.every((v) => wanted.some((w) => sameValue(v, w)));
  },
  $type: (wanted, operator, operand) =>
    (operator === "$eq" && wanted === "string" && typeof operand === "string") ||
    (operator === "$type" && sameValue(wanted, operand)),
};

function bound(wanted: unknown, operator: string, operand: unknown, way: 1 | -1, open: boolean) {
  const narrower = way === 1 ? ["$gt", "$gte", "$eq"] : ["$lt", "$lte", "$eq"];
  if (!narrower.includes(operator) || !sameType(wanted, operand)) return false;
  const order = compareValues(operand, wanted) * way;
  const strict = operator === "$gt" || operator === "$lt";
  return order > 0 || (order === 0 && (open || strict));
}

/** Returns whether every document that matches `filter` also matches the partial index's filter. */
export function isImplied(partial: Doc, filter: Doc): boolean {
  return Object.entries(partial).every(([field, demand]) => {
    if (field === "$and") return (demand as Doc[]).every((part) => isImplied(part, filter));
    const given = conditionsOn(filter, field);
    const wanted: [string, unknown][] = isOperators(demand)
      ? Object.entries(demand)
      : [["$eq", demand]];
    return wanted.every(([name, value]) => {
      const implied = IMPLIED_BY[name];
      return implied !== undefined && given.some(([op, operand]) => implied(value, op, operand));
    });
  });
}
