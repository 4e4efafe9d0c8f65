/** The accumulators of `$group`: each is made once per group and fed one document at a time. */
import { calculate, isNumeric, type Numeric, toDouble } from "./arithmetic.ts";
import { compareValues, keyOf } from "./key-string.ts";

/** A running value of one group. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

function sum(): Accumulator {
  let total: Numeric = 0;
  return {
    add: (value) => {
      if (typeof value === "number" && typeof total === "number") total += value;
      else if (isNumeric(value)) total = calculate("add", total, value);
    },
    result: () => total,
  };
}

function average(): Accumulator {
  let total = 0;
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      total += toDouble(value);
      count++;
    },
    result: () => (count === 0 ? null : total / count),
  };
}

/** An accumulator that keeps one of the values: the first, or one that another shall give way to. */
const keeping = (gives: (kept: unknown, value: unknown) => boolean) => (): Accumulator => {
  let kept: unknown;
  let isFirst = true;
  return {
    add: (value) => {
      if (isFirst || gives(kept, value)) kept = value;
      isFirst = false;
    },
    result: () => kept ?? null,
  };
};

const extreme = (sign: 1 | -1) =>
  keeping((kept, value) => {
    if (value === undefined || value === null) return false;
    return kept === undefined || kept === null || compareValues(value, kept) * sign > 0;
  });

function push(): Accumulator {
  const values: unknown[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
}

function addToSet(): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add: (value) => {
      const key = groupKey(value);
      if (value !== undefined && !values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
}

function count(): Accumulator {
  let total = 0;
  return {
    add: () => {
      total++;
    },
    result: () => total,
  };
}

/** Every accumulator by name. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: keeping(() => false),
  $last: keeping(() => true),
  $push: push,
  $addToSet: addToSet,
  $count: count,
};

/** Returns text that is equal for values that MongoDB takes for equal. */
export function groupKey(value: unknown): string {
  if (typeof value === "string") return `s${value}`;
  if (value === undefined) return "u";
  return `k${keyOf(value).toString("latin1")}`;
}
