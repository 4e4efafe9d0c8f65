/**
 * How a clerk decides one claim payment by the book (POSTING 2 to 6, 8, 9): no import from the
 * program, nothing kept but plain lists, everything worked out anew each time.
 */
import { type Card, isContractual, isOther, paperLedger, type Row } from "./paper-ledger.ts";
import {
  type Adjusted,
  type ClaimSent,
  type ClaimTold,
  type LineSent,
  type ServiceTold,
  type Turn,
  total,
} from "./told.ts";

/** A payment that was entered; `live` until it is taken back. */
export interface Entered {
  readonly turn: Turn;
  readonly payer: Turn;
  readonly told: ClaimTold;
  readonly rows: readonly Row[];
  readonly live: boolean;
}

/** What becomes of a claim payment: posted, noted, or the reason it waits; with the entries then. */
export interface Judgement {
  readonly fate: string;
  readonly entered: readonly Entered[];
}

/** Decides a claim payment on what is entered for its claim; no claim is given for a stranger's. */
export function judge(
  told: ClaimTold,
  payer: Turn,
  claim: ClaimSent | undefined,
  entered: readonly Entered[],
  split: boolean,
  reversalAtHand = false,
): Judgement {
  const stays = (fate: string): Judgement => ({ fate, entered });
  if (!proves(told)) return stays("claim-unbalanced");
  if (["5", "23", "25"].includes(told.status)) {
    if (told.paid !== 0) return stays("status-with-money");
    return stays(claim === undefined ? "unmatched" : "noted");
  }
  if (!["1", "2", "3", "4", "19", "20", "21", "22"].includes(told.status)) {
    return stays("status-unknown");
  }
  if (claim === undefined) return stays("unmatched");
  const lines = linesOf(told, claim);
  const rows = rowsOf(told, lines);
  if (told.status === "22") return takeBack(told, payer, claim, entered, rows);
  const billed = total(claim.lines, ({ charge }) => charge);
  if (told.charge > billed || told.charge < 0) return stays("charge-mismatch");
  if (lines.includes(undefined)) return stays("line-not-billed");
  const turn = turnOf(told, payer, claim);
  const before = entered.filter((each) => each.live && each.turn === turn);
  const services = total(told.services, ({ charge }) => charge);
  const whole = told.services.length === 0 || services === told.charge;
  if (!whole && !split && before.length === 0) return stays("claim-unbalanced");
  if (allAdjustments(told).some(({ group }) => !["CO", "PR", "OA", "PI"].includes(group))) {
    return stays("adjustment-group-unknown");
  }
  if (!reversalAtHand && settlesAgain(rows, before, claim.lines, billed)) {
    return stays("awaiting-reversal");
  }
  return { fate: "posted", entered: [...entered, { turn, payer, told, rows, live: true }] };
}

/** A payment that waits, with who told it. */
export interface ToldBy {
  readonly told: ClaimTold;
  readonly payer: Turn;
  readonly split: boolean;
}

/** R4: a payment and its own reversal cross each other out, whatever is entered; undefined for what is no such pair. */
export function crossOut(
  paid: ToldBy,
  back: ToldBy,
  claim: ClaimSent | undefined,
  entered: readonly Entered[],
): readonly Entered[] | undefined {
  if (paid.told.status === "22" || back.told.status !== "22") return undefined;
  const first = judge(paid.told, paid.payer, claim, entered, paid.split, true);
  if (first.fate !== "posted") return undefined;
  const second = judge(back.told, back.payer, claim, first.entered, back.split);
  const isCrossed = second.fate === "posted" && second.entered.at(-1)?.live === false;
  return isCrossed ? second.entered : undefined;
}

/** B1 and B2. */
function proves(told: ClaimTold): boolean {
  const off = (list: readonly Adjusted[]) => total(list, ({ cents }) => cents);
  return (
    told.services.every(({ charge, paid, adjustments }) => charge - off(adjustments) === paid) &&
    told.charge - off(allAdjustments(told)) === told.paid
  );
}

function allAdjustments(told: ClaimTold): readonly Adjusted[] {
  return [told, ...told.services].flatMap(({ adjustments }) => adjustments);
}

/** Section 5: our own order of coverage; CLP02 where we know no such payer. */
function turnOf({ status }: ClaimTold, payer: Turn, { payers }: ClaimSent): Turn {
  if (payers.includes(payer)) return payer;
  if (status === "1" || status === "19") return "P";
  if (status === "2" || status === "20") return "S";
  if (status === "3" || status === "21") return "T";
  return payers[0] ?? "P";
}

/** L1 to L3: the number of the line that each service answers, 0 for the claim, from the surest. */
function linesOf({ services }: ClaimTold, { lines }: ClaimSent): (number | undefined)[] {
  const answers: (number | undefined)[] = services.map(({ control }) => {
    const number = Number(control);
    return number >= 1 && number <= lines.length ? number : undefined;
  });
  const code = (service: ServiceTold) => (service.submitted ?? service.code).split(":")[0];
  const modifier = (service: ServiceTold) =>
    service.submitted === undefined ? service.modifier : (service.submitted.split(":")[1] ?? "");
  // All dates of service are one and the same here, so a date never tells two lines apart.
  for (const withModifier of [true, false]) {
    for (const [index, service] of services.entries()) {
      if (answers[index] !== undefined) continue;
      const at = lines.findIndex(
        (line, place) =>
          !answers.includes(place + 1) &&
          line.code === code(service) &&
          line.charge === Math.abs(service.charge) &&
          (!withModifier || line.modifier === modifier(service)),
      );
      if (at >= 0) answers[index] = at + 1;
    }
  }
  return answers;
}

/** A row for each service, and one for what is told of the claim beyond its services. */
function rowsOf(told: ClaimTold, lines: readonly (number | undefined)[]): Row[] {
  let room = -total(allAdjustments(told), (each) =>
    each.group === "OA" && each.reason === "94" ? each.cents : 0,
  );
  // L4: what an OA-94 lifts takes the place of CO-97, one after the other while there is room.
  const row = (line: string, charge: number, paid: number, list: readonly Adjusted[]): Row => {
    const adjustments: Record<string, number> = {};
    for (const { group, reason, cents } of list) {
      const moved = reason === "97" && group !== "PR" && cents > 0 && cents <= room;
      if (moved) room -= cents;
      const name = moved ? `OA-97 moved from ${group}` : `${group}-${reason}`;
      adjustments[name] = (adjustments[name] ?? 0) + cents;
    }
    return { line, charge, paid, adjustments };
  };
  const rows = told.services.map(({ charge, paid, adjustments }, index) =>
    row(String(lines[index] ?? ""), charge, paid, adjustments),
  );
  const charge = told.charge - total(told.services, (service) => service.charge);
  const paid = told.paid - total(told.services, (service) => service.paid);
  if (charge !== 0 || paid !== 0 || told.adjustments.length > 0) {
    rows.push(row("", charge, paid, told.adjustments));
  }
  return rows;
}

/**
 * R4 with M7 and L6: charges that this payer has settled, it may not settle again before it takes
 * that back. Who refuses a line altogether settles nothing of it.
 */
function settlesAgain(
  rows: readonly Row[],
  before: readonly Entered[],
  lines: readonly LineSent[],
  billed: number,
): boolean {
  const now = settled(rows);
  if (now.size === 0) return false;
  let all = 0;
  const earlier = new Map<string, number>();
  for (const entry of before) {
    for (const [line, charge] of settled(entry.rows)) {
      earlier.set(line, (earlier.get(line) ?? 0) + charge);
      all += charge;
    }
  }
  if (before.length === 0) return false;
  for (const charge of now.values()) all += charge;
  if (all > billed) return true;
  return [...now].some(([line, charge]) => {
    const was = earlier.get(line);
    if (line === "" || was === undefined) return false;
    return was + charge > (lines[Number(line) - 1]?.charge ?? 0);
  });
}

/** The charge of each line of which anything is settled. */
function settled(rows: readonly Row[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of new Set(rows.map((row) => row.line))) {
    const own = rows.filter((row) => row.line === line);
    const sum = (counts: (name: string) => boolean) =>
      total(own, ({ adjustments }) =>
        total(Object.entries(adjustments), ([name, cents]) => (counts(name) ? cents : 0)),
      );
    const moves = [
      total(own, ({ paid }) => paid),
      sum((name) => name.startsWith("PR-")),
      sum((name) => name === "CO-253"),
      sum(isContractual),
      sum(isOther),
    ];
    if (moves.some((cents) => cents !== 0))
      found.set(
        line,
        total(own, ({ charge }) => charge),
      );
  }
  return found;
}

/** R1 to R3, R7: the one entry whose every amount this negates; else nothing is taken back. */
function takeBack(
  told: ClaimTold,
  payer: Turn,
  claim: ClaimSent,
  entered: readonly Entered[],
  rows: readonly Row[],
): Judgement {
  // Who is no payer of the claim that we know of may be any of them under another name.
  const stranger = !claim.payers.includes(payer);
  const live = entered.filter((each) => each.live);
  const old = allAdjustments(told).some(({ group }) => group === "CR");
  const equal = live.filter((each) => negation(each.rows, old, -1) === negation(rows, old, 1));
  const original =
    equal.findLast((each) => each.told.icn === told.icn) ??
    equal.findLast((each) => each.payer === payer) ??
    (stranger ? equal.at(-1) : undefined);
  if (original !== undefined) {
    const after = entered.map((each) => (each === original ? { ...each, live: false } : each));
    return { fate: "posted", entered: after };
  }
  const likely =
    live.findLast((each) => each.payer === payer) ?? (stranger ? live.at(-1) : undefined);
  if (likely === undefined) return { fate: "reversal-without-original", entered };
  const byClaim = told.services.length === 0 && likely.rows.some(({ line }) => line !== "");
  return { fate: byClaim ? "claim-level-reversal" : "reversal-mismatch", entered };
}

/** All amounts of rows by line and name, as one text; of old senders without the group (R2). */
function negation(rows: readonly Row[], withoutGroup: boolean, sign: number): string {
  const sums: Record<string, number> = {};
  const count = (key: string, cents: number) => {
    sums[key] = (sums[key] ?? 0) + cents * sign;
  };
  for (const { line, charge, paid, adjustments } of rows) {
    count(`${line} charge`, charge);
    count(`${line} paid`, paid);
    for (const [name, cents] of Object.entries(adjustments)) {
      const [, from] = name.split(" moved from ");
      const plain = from === undefined ? name : `${from}-97`;
      count(`${line} ${withoutGroup ? plain.slice(3) : plain}`, cents);
    }
  }
  const kept = Object.entries(sums).filter(([, cents]) => cents !== 0);
  return JSON.stringify(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The cards of a claim: its lines, then the claim as a whole. */
export function cardsOf(claim: ClaimSent, entered: readonly Entered[]): Card[] {
  const charges = Object.fromEntries(
    claim.lines.map(({ charge }, index) => [String(index + 1), charge]),
  );
  const live = entered.filter((each) => each.live);
  return paperLedger(charges, live);
}
