/** Remittances that come again, come changed, or do not prove. */
import type { Dice } from "../platform/store/embedded/dice.ts";
import { balanced, type ClaimTold, type SetTold } from "./told.ts";

type Spoiler = (dice: Dice, set: SetTold, earlier: readonly SetTold[]) => readonly SetTold[];

const SPOILERS: readonly Spoiler[] = [
  // The same again; again with another street and its claims the other way round; and both.
  (_dice, set) => [set, set],
  (_dice, set) => [set, { ...set, street: "1 OTHER WAY", claims: [...set.claims].reverse() }],
  (_dice, set, earlier) => [set, ...earlier.slice(0, 2)],
  // The same trace number with other money, and again.
  (_dice, set) => [set, other(set), other(set)],
  // A zero-pay remittance under the trace number of an earlier one.
  (_dice, set, earlier) => {
    const namesake = earlier.find(({ payer }) => payer === set.payer);
    return [namesake === undefined ? set : { ...set, trace: namesake.trace }];
  },
  (dice, set) => [oneCentOff(dice, set)],
  (dice, set) => [oneCentOff(dice, set)],
  (dice, set) => [oneCentOff(dice, set)],
  (_dice, set) => [{ ...set, counted: false }, set],
  (_dice, set) => [{ ...set, handling: "P" }],
  (_dice, set) => [{ ...set, method: "NON" }],
  (_dice, set) => [{ ...set, handling: "H" }],
  (_dice, set) => {
    const plbs = [...set.plbs, { reason: "J1", reference: "R9", cents: set.payment + 7 }];
    return [{ ...set, payment: -7, plbs }];
  },
];

/** The sets with so many of them spoiled. */
export function spoiled(dice: Dice, sets: readonly SetTold[], often: number): SetTold[] {
  return sets.flatMap((set, index) =>
    dice.chance(often) ? dice.pick(SPOILERS)(dice, set, sets.slice(0, index)) : [set],
  );
}

function other(set: SetTold): SetTold {
  const stranger = {
    number: "X88",
    status: "1",
    charge: 500,
    paid: 500,
    share: 0,
    icn: "OTHER",
    adjustments: [],
    services: [],
  };
  return { ...set, payment: set.payment + 500, claims: [...set.claims, stranger] };
}

/** The set with one amount that counts changed by one cent, up or down. */
export function oneCentOff(dice: Dice, set: SetTold): SetTold {
  const by = dice.pick([1, -1]);
  const claim = dice.below(set.claims.length + 1);
  const told = set.claims[claim];
  if (told === undefined) return { ...set, payment: set.payment + by };
  const spoilt = claimOff(dice, told, by);
  const claims = set.claims.with(claim, spoilt);
  // CLP04 is also part of the sum of the set, which shall not be what refuses it.
  const payment = dice.chance(0.5) ? set.payment : balanced(claims, set.plbs);
  return { ...set, claims, payment: payment < 0 ? set.payment : payment };
}

function claimOff(dice: Dice, told: ClaimTold, by: number): ClaimTold {
  const at = dice.below(told.services.length);
  const service = told.services[at];
  switch (service === undefined ? dice.below(3) : dice.below(6)) {
    case 0:
      return { ...told, charge: told.charge + by };
    case 1:
      return { ...told, paid: told.paid + by };
    case 2:
      return { ...told, adjustments: off(dice, told.adjustments, by) };
    case 3:
      return service === undefined ? told : withService({ charge: service.charge + by });
    case 4:
      return service === undefined ? told : withService({ paid: service.paid + by });
    default:
      if (service === undefined) return told;
      return withService({ adjustments: off(dice, service.adjustments, by) });
  }

  function withService(change: Partial<ClaimTold["services"][number]>): ClaimTold {
    if (service === undefined) return told;
    return { ...told, services: told.services.with(at, { ...service, ...change }) };
  }
}

function off(dice: Dice, list: ClaimTold["adjustments"], by: number): ClaimTold["adjustments"] {
  const at = dice.below(list.length);
  const one = list[at];
  if (one === undefined) return [{ group: "CO", reason: "45", cents: by }];
  return list.with(at, { ...one, cents: one.cents + by });
}
