/** Random documents of every kind that the store must tell apart: few values, so that many are equal. */
import {
  Binary,
  Decimal128,
  type Document,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "bson";
import type { Dice } from "./dice.ts";

/** How the documents of a collection look. */
export interface Shape {
  /** Fields that hold arrays now and then; indexes on the others stay single-keyed. */
  readonly arrays: ReadonlySet<string>;
  /** How often a field is missing. */
  readonly missing: number;
  /** How often a value is of a type that a billing program hardly knows. */
  readonly rare: number;
}

/** The top-level fields that hold values; `n` holds documents and `l` lists of documents. */
export const PLAIN_FIELDS = ["a", "b", "c", "d"] as const;

const TEXTS = ["a", "b", "ab", "abc", "", "a\u0000b", "é", "\u0001", "z", "\u{1F600}", "\uFFFD"];
const IDS = [0, 1, 2].map((n) => new ObjectId(`65656565656565656565656${n}`));

/** Returns a value of a type of its own: several of them equal numbers of other types. */
function rareValue(dice: Dice): unknown {
  switch (dice.below(9)) {
    case 0:
      return Long.fromNumber(dice.below(4));
    case 1:
      return Decimal128.fromString(dice.pick(["1", "1.0", "2.5", "0.1", "-3", "NaN"]));
    case 2:
      return dice.pick([
        Number.NaN,
        Number.NaN,
        Number.NaN,
        Infinity,
        -Infinity,
        -0,
        2 ** 53,
        1e300,
        5e-324,
      ]);
    case 3:
      return Long.fromString(dice.pick(["9007199254740993", "9007199254740992", "-1"]));
    case 4:
      return new Binary(Buffer.from(dice.pick(["", "a", "b", "ab"])));
    case 5:
      return new Timestamp({ t: 1 + dice.below(2), i: dice.below(2) });
    case 6:
      return new Double(dice.below(4));
    case 7:
      return dice.pick([new MinKey(), new MaxKey()]);
    default:
      return dice.pick([{ k: dice.below(2), m: 1 }, { m: 1, k: 0 }, {}, { k: null }]);
  }
}

/** Returns a value that is no array. */
export function scalar(dice: Dice, rare = 0): unknown {
  if (rare > 0 && dice.chance(rare)) return rareValue(dice);
  switch (dice.below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return dice.below(6) - 1;
    case 5:
    case 6:
      return dice.below(5) - 2.5;
    case 7:
    case 8:
    case 9:
      return dice.pick(TEXTS);
    case 10:
    case 11:
      return null;
    case 12:
      return new Date(dice.below(4) * 1000 - 1000);
    case 13:
      return dice.chance(0.5);
    case 14:
      return dice.pick(IDS);
    default:
      return { k: dice.below(2) };
  }
}

/** Returns an array of values, seldom one within another. */
export function list(dice: Dice, rare = 0): unknown[] {
  return Array.from({ length: dice.below(4) }, () =>
    dice.chance(0.05) ? [scalar(dice, rare)] : scalar(dice, rare),
  );
}

function line(dice: Dice, { missing, rare }: Shape): Document {
  const out: Document = {};
  if (!dice.chance(missing)) out.k = scalar(dice, rare);
  if (!dice.chance(missing)) out.v = dice.below(4);
  return out;
}

function nested(dice: Dice, shape: Shape): Document {
  const { arrays, missing, rare } = shape;
  const out: Document = {};
  if (!dice.chance(missing)) {
    out.x = arrays.has("n.x") && dice.chance(0.3) ? list(dice, rare) : scalar(dice, rare);
  }
  if (!dice.chance(missing)) out.y = dice.below(4);
  return out;
}

/** Returns a document of a shape. */
export function randomDocument(dice: Dice, shape: Shape, _id: unknown): Document {
  const { arrays, missing, rare } = shape;
  const doc: Document = { _id };
  for (const field of PLAIN_FIELDS) {
    if (dice.chance(missing)) continue;
    doc[field] = arrays.has(field) && dice.chance(0.3) ? list(dice, rare) : scalar(dice, rare);
  }
  if (!dice.chance(missing)) {
    const inArray = arrays.has("n") && dice.chance(0.4);
    const inner = () => nested(dice, shape);
    doc.n = inArray ? Array.from({ length: dice.below(3) }, inner) : inner();
    if (dice.chance(0.05)) doc.n = scalar(dice, rare);
  }
  if (arrays.has("l") && !dice.chance(missing)) {
    doc.l = Array.from({ length: dice.below(4) }, () => line(dice, shape));
    if (dice.chance(0.1)) doc.l = [...doc.l, scalar(dice, rare)];
  }
  return doc;
}

/** Returns a shape: without arrays, with some, or with many. */
export function randomShape(dice: Dice): Shape {
  const share = dice.pick([0, 0.3, 0.7]);
  const arrays = [...PLAIN_FIELDS, "n", "n.x", "l"].filter(() => dice.chance(share));
  return { arrays: new Set(arrays), missing: dice.pick([0, 0.1, 0.3]), rare: dice.pick([0, 0.1]) };
}
