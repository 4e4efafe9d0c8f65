/** The life of a practice, made up from a seed: claims, and what its payers send in a few weeks. */
import type { Dice } from "../platform/store/embedded/dice.ts";
import { course, IRREGULAR, REGULAR, type Step } from "./courses.ts";
import { spoiled } from "./spoil.ts";
import type { Share } from "./tell.ts";
import {
  balanced,
  type ClaimSent,
  type Life,
  type PlbTold,
  type SetTold,
  TURNS,
  type Turn,
} from "./told.ts";

/** What may come to pass. */
export interface Temper {
  /** How often a payer breaks the rules, and how often a set is spoiled or comes again. */
  readonly irregular: number;
  readonly spoiled: number;
  /** How many claims there are at most, and on how many days courses begin. */
  readonly claims: number;
  readonly days: number;
}

export const CALM: Temper = { irregular: 0, spoiled: 0, claims: 3, days: 4 };
export const ROUGH: Temper = { irregular: 0.3, spoiled: 0.25, claims: 3, days: 4 };

/** A life that follows from the dice. */
export function life(dice: Dice, temper: Temper): Life {
  const claims = Array.from({ length: 1 + dice.below(temper.claims) }, (_, index) =>
    claimSent(dice, `A${index + 1}`),
  );
  const sets = spoiled(dice, setsOf(dice, claims, temper), temper.spoiled);
  const files: SetTold[][] = [];
  for (const set of sets) {
    const last = files.at(-1);
    if (last !== undefined && last.length < 3 && dice.chance(0.25)) last.push(set);
    else files.push([set]);
  }
  return { claims, files };
}

const CODES = ["99213", "85025", "36415", "93000"];

function claimSent(dice: Dice, number: string): ClaimSent {
  const alike = dice.chance(0.1) ? 1 + dice.below(20_000) : undefined;
  const lines = Array.from({ length: 1 + dice.below(3) }, (_, index) => ({
    code: alike === undefined ? (CODES[index] ?? "") : "99213",
    modifier: dice.chance(0.2) ? dice.pick(["25", "59"]) : "",
    charge: alike ?? 2 + dice.below(50_000),
  }));
  const payers: readonly (readonly Turn[])[] = [
    ["P"],
    ["P", "S"],
    ["P", "S"],
    ["P", "S", "T"],
    ["S"],
  ];
  return { number, lines, payers: dice.pick(payers), voided: dice.chance(0.05) };
}

/** The courses of every payer of every claim, gathered into the remittances of each payer. */
function setsOf(dice: Dice, claims: readonly ClaimSent[], temper: Temper): SetTold[] {
  let numbers = 0;
  const newIcn = () => `ICN${++numbers}X`;
  const days = new Map<string, { day: number; payer: Turn; steps: Step[] }>();
  for (const claim of claims) {
    let first: readonly Share[] | undefined;
    for (const turn of claim.payers) {
      if (dice.chance(0.15)) continue;
      const kinds = dice.chance(temper.irregular) ? IRREGULAR : REGULAR;
      const { steps, shares } = course(dice, claim, turn, kinds, newIcn, first);
      first ??= shares;
      let day = dice.below(temper.days);
      for (const step of steps) {
        const key = `${turn} ${day}`;
        const known = days.get(key) ?? { day, payer: turn, steps: [] };
        days.set(key, known);
        known.steps.push(step);
        day += 1 + dice.below(2);
      }
    }
  }
  const order = [...days.values()].sort(
    (a, b) => a.day - b.day || TURNS.indexOf(a.payer) - TURNS.indexOf(b.payer),
  );
  const carried = new Map<Turn, PlbTold[]>();
  return order.map(({ payer, steps, day }, index) =>
    setTold(dice, payer, steps, `T${index + 1}`, day, carried),
  );
}

/** PLB reasons that come by themselves, with and without a rule. */
const BESIDE = "L6 72 CS J1 IR LE AP PI CT LS 50 B2 WU ZZ".split(" ");

function setTold(
  dice: Dice,
  payer: Turn,
  steps: readonly Step[],
  trace: string,
  day: number,
  carried: Map<Turn, PlbTold[]>,
): SetTold {
  const claims = steps.flatMap((step) => step.claims);
  const plbs = steps.flatMap((step) => step.plbs ?? []);
  while (dice.chance(0.15)) {
    const cents = (1 + dice.below(5000)) * dice.pick([1, -1]);
    plbs.push({ reason: dice.pick(BESIDE), reference: `R${dice.below(3)}`, cents });
  }
  let payment = balanced(claims, plbs);
  // What was carried forward is taken as soon as there is enough (FB under the same reference).
  const owed = carried.get(payer) ?? [];
  for (const one of [...owed]) {
    if (-one.cents > payment) continue;
    plbs.push({ ...one, cents: -one.cents });
    owed.splice(owed.indexOf(one), 1);
    payment += one.cents;
  }
  if (payment < 0) {
    const forward = { reason: "FB", reference: trace, cents: payment };
    plbs.push(forward);
    carried.set(payer, [...owed, forward]);
    payment = 0;
  }
  const moneyless = payment === 0;
  return {
    payer,
    trace,
    handling: moneyless ? dice.pick(["H", "I"]) : dice.pick(["I", "C"]),
    payment,
    method: moneyless ? "NON" : dice.pick(["ACH", "CHK"]),
    date: dateOf(day),
    street: "9 GRANITE WAY",
    claims,
    plbs,
    counted: true,
  };
}

/** So many days after March 10, as X12 writes it. */
function dateOf(day: number): string {
  const date = new Date(Date.UTC(2026, 2, 10 + day));
  return date.toISOString().slice(0, 10).replaceAll("-", "");
}
