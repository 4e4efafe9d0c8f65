/** What one payer does about one claim in the course of time, step by step. */
import type { Dice } from "../platform/store/embedded/dice.ts";
import { byClaim, decide, decideAfter, refuse, type Share, tell } from "./tell.ts";
import { type ClaimSent, type ClaimTold, type PlbTold, type Turn, takenBack } from "./told.ts";

/** One step: what stands in the payer's next remittance about the claim. */
export interface Step {
  readonly claims: readonly ClaimTold[];
  readonly plbs?: readonly PlbTold[];
}

/** What a course is made of. */
interface Matter {
  readonly dice: Dice;
  readonly claim: ClaimSent;
  /** Another decision of the same payer each time, as it tells it. */
  readonly decision: () => readonly ClaimTold[];
  readonly refusal: () => readonly ClaimTold[];
  readonly icn: () => string;
}

type Course = (matter: Matter) => readonly Step[];

const step = (...claims: readonly (readonly ClaimTold[])[]): Step => ({ claims: claims.flat() });
const back = (claims: readonly ClaimTold[]) => claims.map(takenBack);
const changed = (claims: readonly ClaimTold[], change: Partial<ClaimTold>) =>
  claims.map((told) => ({ ...told, ...change }));

/** Courses that prove, in the order in which they happen, so that nothing is left waiting. */
export const REGULAR: readonly Course[] = [
  ({ decision }) => [step(decision())],
  ({ decision }) => [step(decision())],
  ({ decision }) => [step(decision())],
  ({ refusal }) => [step(refusal())],
  ({ refusal, decision }) => [step(refusal()), step(decision())],
  ({ refusal, decision }) => {
    const first = refusal();
    return [step(first), step(back(first), decision())];
  },
  // Reversal and correction at once, either first, and apart.
  ({ decision }) => {
    const first = decision();
    return [step(first), step(back(first), decision())];
  },
  ({ decision }) => {
    const first = decision();
    return [step(first), step(decision(), back(first))];
  },
  ({ decision }) => {
    const first = decision();
    return [step(first), step(back(first)), step(decision())];
  },
  // The correction a day before its reversal.
  ({ decision }) => {
    const first = decision();
    return [step(first), step(decision()), step(back(first))];
  },
  // Payment and reversal in one set, then the payment again.
  ({ decision }) => {
    const first = decision();
    return [step(back(first), first), step(decision())];
  },
  // The reversal comes before what it takes back.
  ({ decision }) => {
    const first = decision();
    return [step(back(first)), step(first)];
  },
  // Two corrections, each with its reversal.
  ({ decision }) => {
    const [first, second] = [decision(), decision()];
    return [step(first), step(back(first), second), step(decision(), back(second))];
  },
  // Taken back, the recovery delayed and then taken (PLB WO).
  ({ decision, dice }) => {
    const first = decision();
    const paid = first.reduce((sum, told) => sum + told.paid, 0);
    if (paid <= 0) return [step(first)];
    const wo = (cents: number) => ({ reason: "WO", reference: first[0]?.icn ?? "", cents });
    const later = dice.chance(0.7) ? [{ claims: [], plbs: [wo(paid)] }] : [];
    return [step(first), { claims: back(first), plbs: [wo(-paid)] }, ...later];
  },
  // 4010-style: every group is CR.
  ({ decision }) => {
    const first = decision();
    return [step(first), step(back(first).map((told) => regrouped(told, "CR")))];
  },
  // A claim split over several remittances.
  ({ decision }) => decision().map((told) => step([told])),
  // Forwarded, denied by status only, and under a wrong turn.
  ({ decision, dice }) => [step(changed(decision(), { status: dice.pick(["19", "4", "3"]) }))],
  // Told for information before it is decided.
  ({ decision, dice, claim, icn }) => [
    step([untold(claim, dice.pick(["5", "23", "25"]), icn())]),
    step(decision()),
  ],
  // A CLP05 that is not the sum of PR moves nothing.
  ({ decision }) => [step(changed(decision(), { share: 123 }))],
];

/** Courses of payers that break the rules; something of them waits for a person. */
export const IRREGULAR: readonly Course[] = [
  ({ decision }) => [step(decision()), step(decision())],
  ({ decision }) => {
    const first = decision();
    return [step(first), step(back(first).map((told) => partly(told)))];
  },
  ({ decision, dice, claim, icn }) => {
    const shares = decide(dice, claim, "P");
    const first = decision();
    return [step(first), step([takenBack(byClaim(claim.number, "1", shares, icn()))])];
  },
  ({ decision, claim }) => {
    const first = decision();
    const whole = first.map((told) => ({
      ...takenBack(told),
      adjustments: back([told]).flatMap((each) => [
        ...each.adjustments,
        ...each.services.flatMap(({ adjustments }) => adjustments),
      ]),
      services: [],
    }));
    return claim.lines.length === 0 ? [] : [step(first), step(whole)];
  },
  ({ decision }) => [step(back(decision()))],
  ({ decision, dice }) => [step(changed(decision(), { status: dice.pick(["23", "25", "99"]) }))],
  ({ decision, dice }) => [
    step(changed(decision(), { number: dice.pick(["X77", "0", "UNKNOWN", "A99"]) })),
  ],
  // Mangled numbers: once the payer's own number is known, it finds the claim.
  ({ decision }) => {
    const first = decision();
    const mangled = changed(back(first), { number: "UNKNOWN" });
    return [step(first), step(mangled)];
  },
  ({ decision, refusal }) => {
    const first = refusal();
    const [{ icn = "" } = {}] = first;
    return [step(first), step(changed(decision(), { number: "0", icn }))];
  },
  ({ decision }) => [step(decision().map((told) => regrouped(told, "CR")))],
  ({ decision }) => [step(decision().map(withStrangeLine))],
  ({ decision }) => [step(decision().map(overcharged))],
  ({ decision }) => [step(decision().map(withoutFirstLine))],
  // Everything twice in one set.
  ({ decision }) => {
    const first = decision();
    return [step(first, structuredClone(first))];
  },
  ({ decision }) => {
    const first = decision();
    return [step(first), step(back(first), back(first)), step(first)];
  },
];

/** What one payer does about a claim; `first` is what the first payer decided, if it is told. */
export function course(
  dice: Dice,
  claim: ClaimSent,
  turn: Turn,
  kinds: readonly Course[],
  newIcn: () => string,
  first: readonly Share[] | undefined,
): { readonly steps: readonly Step[]; readonly shares: readonly Share[] | undefined } {
  const status = { P: "1", S: "2", T: "3" }[turn];
  let shares: readonly Share[] | undefined;
  const steps = dice.pick(kinds)({
    dice,
    claim,
    icn: newIcn,
    decision: () => {
      const states = dice.chance(0.6);
      const after = first !== undefined && turn !== "P" && dice.chance(0.6);
      const made = after ? decideAfter(dice, claim, first, states) : decide(dice, claim, turn);
      shares = made;
      return tell(dice, claim, status, made, newIcn());
    },
    refusal: () => tell(dice, claim, dice.pick([status, "4"]), refuse(dice, claim), newIcn()),
  });
  return { steps, shares };
}

/** A claim payment that decides nothing: all of the charge stays where it is. */
function untold(claim: ClaimSent, status: string, icn: string): ClaimTold {
  const charge = claim.lines.reduce((sum, line) => sum + line.charge, 0);
  const adjustments = charge === 0 ? [] : [{ group: "OA", reason: "133", cents: charge }];
  return { ...byClaim(claim.number, status, [], icn), charge, adjustments };
}

function regrouped(told: ClaimTold, group: string): ClaimTold {
  const all = (list: ClaimTold["adjustments"]) => list.map((each) => ({ ...each, group }));
  return {
    ...told,
    adjustments: all(told.adjustments),
    services: told.services.map((service) => ({
      ...service,
      adjustments: all(service.adjustments),
    })),
  };
}

/** A reversal that takes back one dollar less than was paid (not compliant, POSTING R3). */
function partly(told: ClaimTold): ClaimTold {
  const adjustments = [...told.adjustments, { group: "CO", reason: "45", cents: -100 }];
  return { ...told, paid: told.paid + 100, adjustments };
}

function withStrangeLine(told: ClaimTold): ClaimTold {
  const code = "99999";
  const strange = { code, modifier: "", charge: 0, paid: 0, adjustments: [], dated: true };
  return { ...told, services: [...told.services, strange] };
}

function overcharged(told: ClaimTold): ClaimTold {
  const more = 1_000_000;
  const adjustments = [...told.adjustments, { group: "CO", reason: "45", cents: more }];
  return { ...told, charge: told.charge + more, adjustments };
}

/** A line is left out and its charge told of the claim (POSTING B4). */
function withoutFirstLine(told: ClaimTold): ClaimTold {
  const [first, ...services] = told.services;
  if (first === undefined || services.length === 0) return told;
  return { ...told, adjustments: [...told.adjustments, ...first.adjustments], services };
}
