/** Random updates of random documents. */
import type { Document } from "bson";
import type { Dice } from "./dice.ts";
import { list, PLAIN_FIELDS, scalar } from "./random-documents.ts";

/** An update as a client would send it. */
export interface RandomUpdate {
  readonly filter: Document;
  readonly update: Document;
  readonly arrayFilters: readonly Document[];
}

type Operand = (dice: Dice, rare: number) => unknown;

const number: Operand = (dice) => dice.pick([1, -1, 2, 0.5, 0, 10]);
const value: Operand = (dice, rare) => (dice.chance(0.2) ? list(dice, rare) : scalar(dice, rare));

const pushed: Operand = (dice, rare) => {
  if (dice.chance(0.5)) return value(dice, rare);
  const numbers = Array.from({ length: dice.below(4) }, () => dice.below(9) - 4);
  return {
    $each: dice.chance(0.5) ? numbers : list(dice, rare),
    ...(dice.chance(0.4) ? { $position: dice.below(5) - 2 } : {}),
    ...(dice.chance(0.3) ? { $slice: dice.below(7) - 3 } : {}),
  };
};

const pulled: Operand = (dice, rare) => {
  switch (dice.below(5)) {
    case 0:
      return { $gte: scalar(dice, 0) };
    case 1:
      return { $in: list(dice, rare) };
    case 2:
      return { k: scalar(dice, rare) };
    default:
      return scalar(dice, rare);
  }
};

const added: Operand = (dice, rare) =>
  dice.chance(0.5) ? value(dice, rare) : { $each: list(dice, rare) };

/** What the field must hold, so that the operator is not refused. */
type Wanted = "anything" | "number" | "array";

const OPERATORS: readonly (readonly [name: string, wanted: Wanted, operand: Operand])[] = [
  ["$set", "anything", value],
  ["$set", "anything", value],
  ["$unset", "anything", () => ""],
  ["$inc", "number", number],
  ["$inc", "number", number],
  ["$mul", "number", number],
  ["$min", "anything", scalar],
  ["$max", "anything", scalar],
  ["$push", "array", pushed],
  ["$push", "array", pushed],
  ["$addToSet", "array", added],
  ["$pull", "array", pulled],
  ["$pullAll", "array", list],
  ["$pop", "array", (dice) => dice.pick([1, -1])],
];

const FIELDS = [...PLAIN_FIELDS, "n.x", "n.y", "l", "e", "e.f", "n"];
const ODD_PATHS = ["a.0", "b.0", "b.2", "c.1", "l.0.k", "l.1.v", "c.k", "l.k"];

function holds(doc: Document, path: string, wanted: Wanted): boolean {
  const [first = "", second] = path.split(".");
  const outer: unknown = doc[first];
  const isObject = Object.getPrototypeOf(outer ?? 0) === Object.prototype;
  if (second !== undefined && outer !== undefined && !isObject) return false;
  const held: unknown = second === undefined ? outer : (outer as Document | undefined)?.[second];
  if (wanted === "anything" || held === undefined) return true;
  return wanted === "array" ? Array.isArray(held) : typeof held === "number";
}

function plainChange(dice: Dice, doc: Document, rare: number, update: Document): void {
  const [operator, wanted, operand] = dice.pick(OPERATORS);
  const fitting = FIELDS.filter((path) => holds(doc, path, wanted));
  const odd = ODD_PATHS.filter((path) => Array.isArray(doc[path.split(".")[0] as string]));
  const isOdd = odd.length > 0 && dice.chance(0.1);
  const paths = isOdd ? odd : dice.chance(0.03) ? FIELDS : fitting;
  update[operator] = { ...update[operator], [dice.pick(paths)]: operand(dice, rare) };
}

const ELEMENT_OPERATORS: readonly (readonly [name: string, operand: Operand])[] = [
  ["$set", scalar],
  ["$min", scalar],
  ["$unset", () => ""],
];

/** A change of elements that a positional step finds, among those of the document's list. */
function positional(dice: Dice, doc: Document, rare: number): RandomUpdate {
  const [operator, operand] = dice.pick(ELEMENT_OPERATORS);
  const field = dice.pick(["k", "v"]);
  const change = (step: string) => ({
    [operator]: { [`l.${step}.${field}`]: operand(dice, rare) },
  });
  const { k = 1, v = 1 } = (dice.pick(doc.l as unknown[]) ?? {}) as Document;
  const filters = [{ "l.v": v }, { "l.k": k, "l.v": v }, { l: { $elemMatch: { v: { $gte: v } } } }];
  switch (dice.below(4)) {
    case 0:
      return { filter: {}, update: change("$[]"), arrayFilters: [] };
    case 1:
      return { filter: {}, update: change("$[e]"), arrayFilters: [{ "e.k": k }] };
    default:
      return { filter: dice.pick(filters), update: change("$"), arrayFilters: [] };
  }
}

/** Returns an update of one to three changes, most of which fit the document. */
export function randomUpdate(dice: Dice, doc: Document, rare: number): RandomUpdate {
  if (Array.isArray(doc.l) && dice.chance(0.4)) return positional(dice, doc, rare);
  const update: Document = {};
  if (dice.chance(0.01)) update.$setOnInsert = { g: 1 };
  for (let i = dice.below(3); i >= 0; i--) plainChange(dice, doc, rare, update);
  return { filter: {}, update, arrayFilters: [] };
}
