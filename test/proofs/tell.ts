/** One payer's decision on one claim, made up, and the ways in which payers tell such a decision. */
import type { Dice } from "../platform/store/embedded/dice.ts";
import {
  type Adjusted,
  type ClaimSent,
  type ClaimTold,
  type ServiceTold,
  type Turn,
  total,
} from "./told.ts";

/** What is decided of one line. */
export interface Share {
  /** The place of the line in its claim, from 1. */
  readonly line: number;
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: readonly Adjusted[];
}

/** What payers take off; a later payer also states or presumes what was done before it. */
const TAKEN_OFF: Readonly<Record<Turn, readonly string[]>> = {
  P: "CO-45 CO-45 PR-1 PR-2 PR-3 CO-253 CO-50 CO-97 CO-24 OA-121 OA-18 PI-95 PR-204 CO-237".split(
    " ",
  ),
  S: "OA-23 OA-23 CO-45 CO-45 PR-1 PR-2 CO-253 CO-50 OA-121 CO-22 OA-18".split(" "),
  T: "OA-23 OA-23 CO-45 PR-3 PR-1 PI-95 OA-121 CO-16".split(" "),
};

/** A balanced decision on each line of a claim. */
export function decide(dice: Dice, claim: ClaimSent, turn: Turn): Share[] {
  return claim.lines.map(({ charge }, index) => {
    const adjustments: Adjusted[] = [];
    let paid = charge;
    for (let count = dice.below(4); count > 0; count -= 1) {
      const cents = dice.chance(0.3) ? paid : dice.below(paid + 1);
      if (cents > 0) adjustments.push(adjusted(dice.pick(TAKEN_OFF[turn]), cents));
      paid -= Math.max(0, cents);
    }
    if (dice.chance(0.08)) {
      const bonus = 1 + dice.below(500);
      adjustments.push(adjusted(dice.pick(["CO-144", "OA-94"]), -bonus));
      paid += bonus;
    }
    return { line: index + 1, charge, paid, adjustments };
  });
}

/** Every line refused for one reason: nothing moves. */
export function refuse(dice: Dice, claim: ClaimSent): Share[] {
  const reason = dice.pick(["CO-50", "CO-16", "CO-197", "CO-29", "OA-18", "PI-95", "CO-97"]);
  return claim.lines.map(({ charge }, index) => ({
    line: index + 1,
    charge,
    paid: 0,
    adjustments: charge === 0 ? [] : [adjusted(reason, charge)],
  }));
}

/**
 * What a later payer decides of what the first one left, as it should: OA-23 for what was done
 * before. One that does not know of OA-23 sends CO-45 for all that it does not pay (POSTING C3).
 */
export function decideAfter(
  dice: Dice,
  claim: ClaimSent,
  first: readonly Share[],
  states: boolean,
): Share[] {
  return claim.lines.map(({ charge }, index) => {
    const earlier = first.find(({ line }) => line === index + 1);
    const rest = total(earlier?.adjustments ?? [], ({ group, cents }) =>
      group === "PR" ? Math.max(0, cents) : 0,
    );
    const left = Math.min(rest, charge);
    const paid = dice.below(left + 1);
    const share = dice.below(left - paid + 1);
    const done = charge - left;
    const owed = left - paid - share;
    const told = states
      ? [adjusted("OA-23", done), adjusted("CO-45", owed), adjusted("PR-2", share)]
      : [adjusted("CO-45", done + owed), adjusted("PR-2", share)];
    return { line: index + 1, charge, paid, adjustments: told.filter(({ cents }) => cents !== 0) };
  });
}

function adjusted(name: string, cents: number): Adjusted {
  const [group = "", reason = ""] = name.split("-");
  return { group, reason, cents };
}

/** How a decision is told: all lines in one CLP, by claim only, in several CLP, in parts … */
const STYLES = ["lines", "lines", "lines", "claim", "split", "parts", "mixed", "bundled"] as const;

/** The decision as claim payments, each with a claim number of the payer's own. */
export function tell(
  dice: Dice,
  claim: ClaimSent,
  status: string,
  shares: readonly Share[],
  icn: string,
): ClaimTold[] {
  const style = dice.pick(STYLES);
  const service = services(dice, claim);
  const one = (told: readonly ServiceTold[], own: readonly Adjusted[] = [], number = icn) =>
    claimTold(claim.number, status, told, own, number);
  switch (style) {
    case "lines":
      return [one(shares.map(service))];
    case "claim":
      return [byClaim(claim.number, status, shares, icn)];
    case "split":
      return shares.map((share, index) => one([controlled(service(share))], [], `${icn}${index}`));
    case "parts":
      return [
        one(shares.flatMap((share) => parts(share).map((each) => controlled(service(each))))),
      ];
    case "mixed":
      return [mixed(shares, (told, own) => one(told, own), service)];
    case "bundled":
      return [one(bundle(shares).map((share) => controlled(service(share))))];
  }

  /** What is told in parts says of which line it is: the payer must return REF*6R then (POSTING M7, L5, L6). */
  function controlled(told: ServiceTold & { readonly line: number }): ServiceTold {
    return { ...told, control: String(told.line) };
  }
}

/** The decision with nothing said of lines. */
export function byClaim(
  number: string,
  status: string,
  shares: readonly Share[],
  icn: string,
): ClaimTold {
  const own = shares.flatMap(({ adjustments }) => adjustments);
  const charge = total(shares, (share) => share.charge);
  const paid = total(shares, (share) => share.paid);
  return { ...claimTold(number, status, [], own, icn), charge, paid };
}

/** A claim payment whose sums are those of its services, less what is told of the claim itself. */
function claimTold(
  number: string,
  status: string,
  told: readonly ServiceTold[],
  own: readonly Adjusted[],
  icn: string,
): ClaimTold {
  const all = [own, ...told.map(({ adjustments }) => adjustments)].flat();
  return {
    number,
    status,
    charge: total(told, ({ charge }) => charge),
    paid: total(told, ({ paid }) => paid) - total(own, ({ cents }) => cents),
    share: total(all, ({ group, cents }) => (group === "PR" ? cents : 0)),
    icn,
    adjustments: own,
    services: told,
  };
}

/** A line told with more or less of what identifies it. */
function services(dice: Dice, claim: ClaimSent) {
  const controlled = dice.chance(0.7);
  return (share: Share): ServiceTold & { readonly line: number } => {
    const sent = claim.lines[share.line - 1];
    if (sent === undefined) throw new Error("a share is of a line that was sent");
    const { code, modifier } = sent;
    const procedure = modifier === "" ? code : `${code}:${modifier}`;
    const recoded = dice.chance(0.1);
    return {
      line: share.line,
      code: recoded ? "80053" : code,
      modifier: recoded || dice.chance(0.1) ? "" : modifier,
      ...(recoded ? { submitted: procedure } : {}),
      charge: share.charge,
      paid: share.paid,
      adjustments: share.adjustments,
      ...(controlled ? { control: String(share.line) } : {}),
      ...(dice.chance(0.2) ? { units: share.paid === 0 ? "0" : "1" } : {}),
      dated: dice.chance(0.8),
    };
  };
}

/** A line in two: one cent of charge paid by itself, and the rest. */
function parts(share: Share): Share[] {
  if (share.charge < 2) return [share];
  const first = { line: share.line, charge: 1, paid: 1, adjustments: [] };
  return [first, { ...share, charge: share.charge - 1, paid: share.paid - 1 }];
}

/** The write-offs told of the claim as a whole: its lines then pay more, and the claim less. */
function mixed(
  shares: readonly Share[],
  one: (told: readonly ServiceTold[], own: readonly Adjusted[]) => ClaimTold,
  service: (share: Share) => ServiceTold,
): ClaimTold {
  const isWriteOff = ({ group, reason }: Adjusted) => group === "CO" && reason === "45";
  const own = shares.flatMap(({ adjustments }) => adjustments.filter(isWriteOff));
  const lines = shares.map((share) => ({
    ...share,
    paid: share.paid + total(share.adjustments.filter(isWriteOff), ({ cents }) => cents),
    adjustments: share.adjustments.filter((each) => !isWriteOff(each)),
  }));
  return one(lines.map(service), own);
}

/** The first line takes over the charges of the others: OA-94 there, CO-97 here (POSTING L4). */
function bundle(shares: readonly Share[]): Share[] {
  const [first, ...others] = shares;
  if (first === undefined || others.length === 0) return [...shares];
  const moved = total(others, ({ charge }) => charge);
  const all = shares
    .flatMap(({ adjustments }) => adjustments)
    .filter(({ group, reason }) => reason !== "94" && !(group === "CO" && reason === "97"));
  const paid = first.charge + moved - total(all, ({ cents }) => cents);
  const lift = { group: "OA", reason: "94", cents: -moved };
  return [
    { ...first, paid, adjustments: [lift, ...all] },
    ...others.map(({ line, charge }) => ({
      line,
      charge,
      paid: 0,
      adjustments: [{ group: "CO", reason: "97", cents: charge }],
    })),
  ];
}
