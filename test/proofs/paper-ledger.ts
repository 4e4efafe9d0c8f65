/**
 * A second ledger, as a clerk would keep it on cards, written from the prose of POSTING 8 and 9 and
 * not from the code: it is slow, plain, and must always agree with the real one.
 */

/** Who decides: the first, second or third payer. */
export type Turn = "P" | "S" | "T";

/** What a payer says of a piece of charge, in cents: what it pays and its adjustments by name. */
export interface Row {
  /** The line; "" for the claim as a whole. */
  readonly line: string;
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: Readonly<Record<string, number>>;
}

/** One decision that is in force: posted and not reversed. */
export interface PaperDecision {
  readonly turn: Turn;
  readonly rows: readonly Row[];
}

/** A card of the ledger: one line of the claim, or the claim as a whole. */
export interface Card {
  readonly line: string;
  readonly charge: number;
  paid: number;
  writtenOff: number;
  sequestered: number;
  other: number;
  patient: number;
  presumed: number;
}

/** What payers still owe by a card. */
export function openOn(card: Card): number {
  return card.charge - card.paid - card.writtenOff - card.sequestered - card.other - card.patient;
}

/**
 * Writes the cards of a claim anew from all decisions in force, the first payer's before the
 * second's.
 */
export function paperLedger(
  charges: Readonly<Record<string, number>>,
  decisions: readonly PaperDecision[],
): Card[] {
  const cards = Object.entries(charges).map(([line, charge]) => newCard(line, charge));
  const whole = newCard("", 0);
  for (const turn of ["P", "S", "T"] as const) {
    const rows = decisions.flatMap((decision) => (decision.turn === turn ? decision.rows : []));
    if (turn !== "P") forgetEarlierShares(cards, whole, rows);
    for (const card of [...cards, whole]) {
      for (const row of rows) if (row.line === card.line) enter(card, row);
    }
    for (const card of [...cards, whole]) {
      const stated = sum(rows, (row) => (row.line === card.line ? contractual(row) : 0));
      const allowed = turn === "P" ? stated : Math.min(stated, stillOpen(card, cards, whole));
      card.writtenOff += allowed;
      card.presumed += stated - allowed;
    }
  }
  return [...cards, whole];
}

function newCard(line: string, charge: number): Card {
  return {
    line,
    charge,
    paid: 0,
    writtenOff: 0,
    sequestered: 0,
    other: 0,
    patient: 0,
    presumed: 0,
  };
}

/** C2: a later payer says anew what the patient owes of what it decides. */
function forgetEarlierShares(cards: readonly Card[], whole: Card, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const decidesAll = rows.some((row) => row.line === "" && row.charge > 0);
  for (const card of cards) {
    if (decidesAll || rows.some((row) => row.line === card.line)) card.patient = 0;
  }
  whole.patient = 0;
}

/** Section 8, write-offs apart: OA-23 and denials move nothing. */
function enter(card: Card, row: Row): void {
  card.paid += row.paid;
  for (const [name, amount] of Object.entries(row.adjustments)) {
    if (name.startsWith("PR-")) card.patient += amount;
    if (name === "CO-253") card.sequestered += amount;
    if (isOther(name)) card.other += amount;
  }
}

/** Section 8: what CO takes off by contract or law (DENIALS 2); any other CO is a denial. */
const BY_CONTRACT = "24 45 59 104 105 131 144 161 223 225 237 246".split(" ");

/** Whether an adjustment, `CO-45`, is written off by contract. */
export function isContractual(name: string): boolean {
  return name.startsWith("CO-") && BY_CONTRACT.includes(name.slice(3));
}

/** Whether it is an OA that closes a balance: neither the first payer's part nor a duplicate. */
export function isOther(name: string): boolean {
  return name.startsWith("OA-") && name !== "OA-23" && name !== "OA-18";
}

function contractual(row: Row): number {
  const names = Object.keys(row.adjustments).filter(isContractual);
  return sum(names, (name) => row.adjustments[name] ?? 0);
}

/**
 * C3: no more than is open of the line, nor of the claim once another line's credit is left out.
 */
function stillOpen(card: Card, cards: readonly Card[], whole: Card): number {
  const ofClaim = openOn(whole) + sum(cards, (each) => Math.max(0, openOn(each)));
  const ofCard = card === whole ? ofClaim : openOn(card);
  return Math.max(0, Math.min(ofCard, ofClaim));
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
