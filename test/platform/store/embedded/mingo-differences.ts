/**
 * Where mingo 7.2.7 is known to answer otherwise than MongoDB. The fuzz takes such a case apart until one condition,
 * sort field or change is left on which the two disagree; it is left out when one of these says why, and counted.
 */
import { Decimal128, type Document, Long } from "bson";
import { naiveValues } from "./naive-model.ts";

/** One condition of a filter on one document. */
export interface Asked {
  readonly path: string;
  readonly operator: string;
  readonly operand: unknown;
  readonly doc: Document;
}

/** One change of an update on one document, and the filter that found it. */
export interface Changed extends Asked {
  readonly filter: Document;
  readonly arrayFilters: readonly Document[];
  /** The store refuses it. */
  readonly refused: boolean;
}

/** A known difference: its name, why it is mingo that is wrong, and where it can show. */
export interface Difference<T> {
  readonly name: string;
  readonly why: string;
  readonly holds: (at: T) => boolean;
}

const isObject = (v: unknown): v is Document =>
  typeof v === "object" && v !== null && Object.getPrototypeOf(v) === Object.prototype;

/** Returns whether a test holds for a value or anything in it. */
function somewhere(value: unknown, test: (v: unknown) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((v) => somewhere(v, test));
  return isObject(value) && Object.values(value).some((v) => somewhere(v, test));
}

const isWide = (v: unknown): boolean => v instanceof Long || v instanceof Decimal128;
const isNil = (v: unknown): boolean => v === null || v === undefined;
/** Strings whose order in UTF-16 is not that of UTF-8. */
const isAstral = (v: unknown): boolean => typeof v === "string" && /[\uD800-\uFFFF]/.test(v);
const isBsonType = (v: unknown): boolean => isObject(v) === false && "_bsontype" in Object(v);
const isNaNumber = (v: unknown): boolean => typeof v === "number" && Number.isNaN(v);
const isNested = (v: unknown): boolean => Array.isArray(v) && v.some(Array.isArray);

const valuesOf = ({ doc, path }: Asked): unknown[] => naiveValues(doc, path.split("."));
const fieldOf = ({ doc, path }: Asked): unknown => doc[path.split(".")[0] as string];

/** Returns how many arrays a path leads through at most, one within another. */
function arraysOnWay(value: unknown, path: readonly string[]): number {
  const [step = "", ...rest] = path;
  if (path.length === 0) return 0;
  if (Array.isArray(value)) {
    const inner = /^\d+$/.test(step) ? [value[Number(step)], ...value] : value;
    return 1 + Math.max(0, ...inner.filter(isObject).map((v) => arraysOnWay(v, path)));
  }
  return isObject(value) ? arraysOnWay(value[step], rest) : 0;
}

const entersArray = ({ doc, path }: Pick<Asked, "doc" | "path">): boolean =>
  arraysOnWay(doc, path.split(".")) > 0;

const RANGES = new Set(["$gt", "$gte", "$lt", "$lte"]);
const isRange = ({ operator }: Asked): boolean => RANGES.has(operator) || operator === "$elemMatch";
const SETS = new Set(["$eq", "$ne", "$in", "$nin", "$all"]);

const involves = (at: Asked, test: (v: unknown) => boolean): boolean =>
  somewhere(at.operand, test) || somewhere(fieldOf(at), test);

/** Differences of filters. */
export const MATCH_DIFFERENCES: readonly Difference<Asked>[] = [
  {
    name: "int64 and Decimal128",
    why: "are objects of their own to it, equal to no number and not ordered among them",
    holds: (at) => involves(at, isWide),
  },
  {
    name: "null and missing in ranges",
    why: "does not take a missing field for null",
    holds: (at) =>
      (at.operator === "$gte" || at.operator === "$lte") &&
      isNil(at.operand) &&
      valuesOf(at).includes(undefined),
  },
  {
    name: "null within an array of documents",
    why: "drops the elements that lack the field, where MongoDB takes them for null",
    holds: (at) => SETS.has(at.operator) && entersArray(at) && somewhere(at.operand, isNil),
  },
  {
    name: "values gathered from an array of documents",
    why: "asks its own list of them for size, elements, equality and existence",
    holds: (at) =>
      entersArray(at) &&
      (arraysOnWay(at.doc, at.path.split(".")) > 1 ||
        ["$size", "$elemMatch", "$exists"].includes(at.operator) ||
        somewhere(at.operand, Array.isArray) ||
        valuesOf(at).some(Array.isArray)),
  },
  {
    name: "$all of a single value",
    why: "wants an array; MongoDB takes one value for an array of one",
    holds: (at) => at.operator === "$all" && !valuesOf(at).some(Array.isArray),
  },
  {
    name: "fields of elements that are no documents",
    why: "takes a value itself for each of its fields",
    holds: ({ operator, operand }) =>
      operator === "$elemMatch" && isObject(operand) && "k" in operand,
  },
  {
    name: "ranges and NaN",
    why: "finds NaN equal to every number",
    holds: (at) => isRange(at) && involves(at, isNaNumber),
  },
  {
    name: "order of text",
    why: "orders strings by UTF-16 units, not by code points",
    holds: (at) => isRange(at) && involves(at, isAstral),
  },
  {
    name: "order of documents, arrays and BSON types",
    why: "sorts their fields and elements first, and orders types it does not know by their names",
    holds: ({ operator, operand }) =>
      (operator === "$elemMatch" ? Object.values(operand as Document) : [operand]).some(
        (v) => Array.isArray(v) || isObject(v) || isBsonType(v) || isAstral(v),
      ) &&
      (RANGES.has(operator) || operator === "$elemMatch"),
  },
  {
    name: "fields of a document in order",
    why: "holds documents equal whose fields stand in another order",
    holds: (at) => SETS.has(at.operator) && involves(at, (v) => isObject(v) && "m" in v),
  },
  {
    name: "arrays within arrays",
    why: "looks into them at the end of a path, where MongoDB looks one array deep",
    holds: (at) => somewhere(fieldOf(at), isNested),
  },
  {
    name: "numbers in a path",
    why: "takes them for positions only, and never for fields of the elements",
    holds: ({ path }) => /\.\d/.test(path),
  },
];

/** One field of a sort on documents that it puts in order. */
export interface Sorted {
  readonly path: string;
  readonly docs: readonly Document[];
}

const isSorting = ({ path, docs }: Sorted, test: (v: unknown) => boolean): boolean =>
  docs.some((doc) => naiveValues(doc, path.split(".")).some((v) => somewhere(v, test)));

/** Differences of sorts. */
export const SORT_DIFFERENCES: readonly Difference<Sorted>[] = [
  {
    name: "arrays in a sort",
    why: "compares them as a whole; MongoDB takes their least or greatest element",
    holds: (at) =>
      isSorting(at, Array.isArray) || at.docs.some((doc) => entersArray({ ...at, doc })),
  },
  {
    name: "BSON types and documents in a sort",
    why: "knows no place for them",
    holds: (at) => isSorting(at, (v) => isBsonType(v) || isObject(v)),
  },
  {
    name: "text in a sort",
    why: "orders strings by UTF-16 units",
    holds: (at) => isSorting(at, isAstral),
  },
  {
    name: "NaN in a sort",
    why: "finds NaN equal to every number",
    holds: (at) => isSorting(at, isNaNumber),
  },
];

const NUMERIC = new Set(["$inc", "$mul"]);
const LISTS = new Set(["$push", "$addToSet", "$pull", "$pullAll", "$pop"]);

/** The values that a change meets: several where a positional step stands for several elements. */
function allCurrent({ doc, path }: Asked): unknown[] {
  let values: unknown[] = [doc];
  for (const step of path.split(".")) {
    values = values.flatMap((v) =>
      step.startsWith("$")
        ? Array.isArray(v)
          ? v
          : []
        : [(v as Document | null | undefined)?.[step]],
    );
  }
  return values;
}

const current = (at: Asked): unknown => allCurrent(at)[0];

/** The path leads through a value that holds no fields. */
function isBlocked({ doc, path }: Asked): boolean {
  let values: unknown[] = [doc];
  for (const step of path.split(".")) {
    const holds = (v: unknown) =>
      v === undefined || isObject(v) || (Array.isArray(v) && /^\d+$|\$/.test(step));
    if (!values.every(holds)) return true;
    values = values.flatMap((v) =>
      step.startsWith("$") ? ((v ?? []) as unknown[]) : [(v as Document | undefined)?.[step]],
    );
  }
  return false;
}

/** The values that an operand brings. */
function eachOf(operand: unknown): unknown[] {
  if (!isObject(operand)) return [operand];
  if (Array.isArray(operand.$each)) return operand.$each;
  return "$gte" in operand ? [operand.$gte] : [operand];
}

function elementsOf(at: Asked): unknown[] {
  const value = current(at);
  return Array.isArray(value) ? value : [];
}

const hasTwins = (list: readonly unknown[]): boolean =>
  new Set(list.map((v) => JSON.stringify(v))).size < list.length;

/** Differences of updates. */
export const UPDATE_DIFFERENCES: readonly Difference<Changed>[] = [
  {
    name: "$setOnInsert",
    why: "does not know it",
    holds: ({ operator }) => operator === "$setOnInsert",
  },
  {
    name: "positional $ with two conditions",
    why: "refuses it",
    holds: ({ path, filter }) => path.includes(".$.") && Object.keys(filter).length > 1,
  },
  {
    name: "refused types",
    why: "leaves the field as it is and says nothing",
    holds: (at) => {
      const value = current(at);
      if (!at.refused || value === undefined) return false;
      if (NUMERIC.has(at.operator)) return typeof value !== "number";
      return LISTS.has(at.operator) && !Array.isArray(value);
    },
  },
  {
    name: "refused paths",
    why: "leaves them alone, and puts a document in the place of null",
    holds: (at) => at.refused && isBlocked(at),
  },
  {
    name: "positional steps without an array",
    why: "leaves them alone, where MongoDB refuses",
    holds: (at) => at.refused && /\.\$/.test(at.path) && !Array.isArray(fieldOf(at)),
  },
  {
    name: "int64 and Decimal128 in updates",
    why: "adds nothing to them and holds them equal to no number",
    holds: (at) => involves(at, isWide),
  },
  {
    name: "$push with modifiers to a missing field",
    why: "does not slice",
    holds: (at) => at.operator === "$push" && isObject(at.operand) && current(at) === undefined,
  },
  {
    name: "order of what JavaScript does not order",
    why: "has its own order of arrays, documents, BSON types and text",
    holds: (at) => {
      const isOrdering =
        ["$min", "$max"].includes(at.operator) || (isObject(at.operand) && "$gte" in at.operand);
      const isStrange = (v: unknown) => isObject(v) || isBsonType(v) || isAstral(v);
      const held = ["$min", "$max"].includes(at.operator) ? allCurrent(at) : elementsOf(at);
      const compared = [...held, ...eachOf(at.operand)];
      return isOrdering && compared.some((v) => Array.isArray(v) || isStrange(v));
    },
  },
  {
    name: "NaN in updates",
    why: "takes it for no number, and for equal to every number",
    holds: (at) => involves(at, isNaNumber),
  },
  {
    name: "twins in a set",
    why: "removes those that the array had, and keeps those of $each for a new one",
    holds: (at) => {
      const twins = hasTwins(elementsOf(at)) || hasTwins(eachOf(at.operand));
      return at.operator === "$addToSet" && twins;
    },
  },
  {
    name: "$pull and $pullAll into elements",
    why: "looks into arrays for a value, and asks values for the fields of documents",
    holds: (at) => {
      const held = elementsOf(at);
      const byFields = isObject(at.operand) && !("$gte" in at.operand || "$in" in at.operand);
      const strange = held.some(Array.isArray) || (byFields && !held.every(isObject));
      return ["$pull", "$pullAll"].includes(at.operator) && strange;
    },
  },
  {
    name: "fields of a document in order, in updates",
    why: "holds documents equal whose fields stand in another order",
    holds: (at) => involves(at, (v) => isObject(v) && "m" in v),
  },
  {
    name: "missing as null in array filters",
    why: "drops elements that lack the field",
    holds: ({ arrayFilters, path }) => path.includes("$[e]") && somewhere(arrayFilters, isNil),
  },
];
