/** The accumulators of `$group`: each is made once per group and fed one document at a time. */
import { calculate, isNumeric, type Numeric, toDouble } from "./arithmetic.ts";
import { fault } from "./errors.ts";
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
  const total = sum();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      total.add(value);
      count++;
    },
    result: () => (count === 0 ? null : toDouble(total.result() as Numeric) / count),
  };
}

const extreme = (sign: 1 | -1) => (): Accumulator => {
  let best: unknown;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || compareValues(value, best) * sign > 0) best = value;
    },
    result: () => best ?? null,
  };
};

function first(): Accumulator {
  let seen = false;
  let kept: unknown;
  return {
    add: (value) => {
      if (!seen) kept = value;
      seen = true;
    },
    result: () => kept ?? null,
  };
}

function last(): Accumulator {
  let kept: unknown;
  return {
    add: (value) => {
      kept = value;
    },
    result: () => kept ?? null,
  };
}

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
      if (value === undefined) return;
      const key = groupKey(value);
      if (!values.has(key)) values.set(key, value);
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

const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $count: count,
};

/** Returns the maker of an accumulator, or refuses an unknown one. */
export function accumulatorOf(name: string): () => Accumulator {
  const make = ACCUMULATORS[name];
  if (!make) throw fault(15952, `unknown group operator '${name}'`);
  return make;
}

/** Returns text that is equal for values that MongoDB takes for equal. */
export function groupKey(value: unknown): string {
  if (typeof value === "string") return `s${value}`;
  if (value === undefined) return "u";
  return `k${keyOf(value).toString("latin1")}`;
}
