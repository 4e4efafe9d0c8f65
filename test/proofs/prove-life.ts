/** The promises of POSTING 12, kept or broken by one life that follows from a seed. */
import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import type { JournalLine, LineAccount } from "../../src/billing/ledger/index.ts";
import { claimWith, dollars, PAYERS as KNOWN_PAYERS } from "../billing/remits/textbook.ts";
import { type Dice, diceOf } from "../platform/store/embedded/dice.ts";
import { Clerk } from "./clerk.ts";
import { CoreBooks } from "./core-books.ts";
import { CALM, life, ROUGH } from "./life.ts";
import { openOn } from "./paper-ledger.ts";
import { type ClaimSent, type Life, type SetTold, takenBack } from "./told.ts";
import { remittancesFile } from "./write-life.ts";

/** What lives have shown, counted. */
export interface Tally {
  cases: number;
  sets: number;
  payments: number;
  readonly outcomes: Map<string, number>;
}

/** A tally with nothing in it yet. */
export function newTally(): Tally {
  return { cases: 0, sets: 0, payments: 0, outcomes: new Map() };
}

/** The dice of one case: of a run's seed and the number of the case. */
export function diceOfCase(seed: number, number: number): Dice {
  return diceOf(seed, number + 1);
}

/** Lives one life and holds the program to every promise; throws at the first that is broken. */
export function proveLife(seed: number, number: number, tally: Tally): void {
  const dice = diceOfCase(seed, number);
  const calm = number % 3 === 0;
  const lived = life(dice, calm ? CALM : ROUGH);
  const { books, clerk } = live(lived, tally);
  expectIdempotent(books, lived);
  expectReversible(books, clerk, lived);
  if (calm) expectAnyOrder(dice, lived);
  tally.cases += 1;
}

/** New books for claims that were just sent. */
export function booksFor(claims: readonly ClaimSent[]): CoreBooks {
  return new CoreBooks(
    claims.map(({ number, lines, payers, voided }) =>
      claimWith(
        { superseded: voided, payers: payers.map((turn) => KNOWN_PAYERS[turn]) },
        number,
        ...lines.map(({ code, modifier, charge }) => {
          const procedure = modifier === "" ? code : `${code}-${modifier}`;
          return `${dollars(charge)} ${procedure} 2026-03-02`;
        }),
      ),
    ),
  );
}

/** Every file in order; after each set the program and the clerk say the same. */
function live({ claims, files }: Life, tally: Tally): { books: CoreBooks; clerk: Clerk } {
  const books = booksFor(claims);
  const clerk = new Clerk(claims);
  expectSameBooks(books, clerk);
  for (const [index, sets] of files.entries()) {
    const receipts = books.receive(remittancesFile(sets, index + 1));
    const verdicts = sets.map((set) => clerk.receive(set));
    const said = receipts.map(({ outcome, fates }) => ({ outcome, fates }));
    same(said, verdicts, `file ${index + 1}`);
    for (const { outcome, fates, entry, paymentCents } of receipts) {
      const paid = outcome.startsWith("posted") ? paymentCents : 0;
      same(cashOf(entry), paid, "12.1 a set moves its BPR02");
      for (const each of [outcome, ...fates]) {
        tally.outcomes.set(each, (tally.outcomes.get(each) ?? 0) + 1);
      }
      tally.sets += 1;
      tally.payments += fates.length;
    }
    expectSameBooks(books, clerk);
  }
  return { books, clerk };
}

/** As chai's deep equality, which is asked only for the words when two things differ. */
function same(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, what).to.deep.equal(expected);
}

function cashOf(entry: readonly JournalLine[]): number {
  return entry
    .filter(({ account }) => account === "cash-in-transit")
    .reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/** Books as they stand: the program's, in memory or in a store. */
export interface Standing {
  readonly waiting: readonly string[];
  readonly balances: Readonly<Record<string, number>>;
  readonly accounts: ReadonlyMap<string, readonly LineAccount[]>;
}

/** Accounts, claims line by line, and what waits: the program's and the clerk's. */
export function expectSame({ waiting, balances, accounts }: Standing, clerk: Clerk): void {
  same(waiting, clerk.waiting(), "what waits");
  same(balances, clerk.balances(), "accounts");
  for (const claim of clerk.claims) {
    const lines = accounts.get(claim.number) ?? [];
    for (const card of clerk.cards(claim)) {
      const line = lines.find((each) => each.lineControlNumber === card.line);
      same(
        {
          line: card.line,
          charge: line?.chargeCents ?? 0,
          paid: line?.paidCents ?? 0,
          writtenOff: line?.contractualCents ?? 0,
          sequestered: line?.sequestrationCents ?? 0,
          other: line?.otherCents ?? 0,
          patient: line?.patientCents ?? 0,
          presumed: line?.presumedPriorCents ?? 0,
          open: (line?.openCents ?? 0) + (line?.contraCents ?? 0),
        },
        { ...card, open: openOn(card) },
        `claim ${claim.number}`,
      );
    }
  }
}

function expectSameBooks(books: CoreBooks, clerk: Clerk): void {
  const accounts = new Map(
    clerk.claims.map(({ number }) => [number, books.account(number).lines] as const),
  );
  expectSame({ waiting: books.waiting(), balances: books.balances(), accounts }, clerk);
  for (const { number } of clerk.claims) expectEquation(books, number);
  for (const { amountCents } of books.journal) {
    if (!Number.isSafeInteger(amountCents)) throw new Error("12.7 money is whole cents");
  }
}

/** 12.2 of every line, and its account is the fold of its journal. */
function expectEquation(books: CoreBooks, number: string): void {
  const journal = books.journalOf(number);
  const fold = (key: string, ...accounts: readonly string[]) =>
    journal
      .filter((line) => (line.lineControlNumber ?? "") === key && accounts.includes(line.account))
      .reduce((sum, { amountCents }) => sum + amountCents, 0);
  for (const line of books.account(number).lines) {
    const { lineControlNumber: key, chargeCents, contraCents } = line;
    const settled =
      line.paidCents + line.contractualCents + line.sequestrationCents + line.otherCents;
    same(settled + line.patientCents + line.openCents + contraCents, chargeCents, "12.2");
    same(
      [
        fold(key, "cash-in-transit", "unapplied-insurance"),
        fold(key, "contractual"),
        fold(key, "sequestration"),
        fold(key, "other-adjustment"),
        fold(key, "ar-patient"),
        fold(key, "ar-insurance"),
        fold(key, "revenue"),
      ],
      [
        line.paidCents,
        line.contractualCents,
        line.sequestrationCents,
        line.otherCents,
        line.patientCents,
        line.openCents,
        contraCents === chargeCents ? 0 : contraCents - chargeCents,
      ],
      "the fold of the journal",
    );
  }
}

/** 12.3: all files again, in other envelopes, change nothing. */
function expectIdempotent(books: CoreBooks, { files }: Life): void {
  const before = books.journal.length;
  const waiting = books.waiting();
  for (const [index, sets] of files.entries()) {
    for (const { outcome } of books.receive(remittancesFile(sets, 1000 + index))) {
      expect(outcome, "12.3").to.match(/^duplicate/);
    }
  }
  expect(books.journal.length, "12.3").to.equal(before);
  expect(books.waiting(), "12.3").to.deep.equal(waiting);
}

/** 12.4: every payment in force is taken back, and each claim is as it was sent, byte for byte. */
function expectReversible(books: CoreBooks, clerk: Clerk, { claims }: Life): void {
  for (const [index, claim] of claims.entries()) {
    for (const [place, { told, payer }] of [...clerk.inForce(claim.number)].reverse().entries()) {
      const back = { ...takenBack(told), number: claim.number };
      const trace = `BACK${index}-${place}`;
      const plbs = [{ reason: "FB", reference: trace, cents: back.paid }];
      const set: SetTold = {
        payer,
        trace,
        handling: "I",
        payment: 0,
        method: "NON",
        date: "20260401",
        street: "9 GRANITE WAY",
        claims: [back],
        plbs: back.paid === 0 ? [] : plbs,
        counted: true,
      };
      const [receipt] = books.receive(remittancesFile([set], 2000));
      const [verdict] = [clerk.receive(set)];
      expect(receipt?.fates, "12.4").to.deep.equal(verdict.fates);
    }
  }
  expectSameBooks(books, clerk);
  const fresh = booksFor(claims);
  for (const { number } of claims) {
    if (clerk.inForce(number).length > 0) continue;
    expect(JSON.stringify(books.account(number)), "12.4").to.equal(
      JSON.stringify(fresh.account(number)),
    );
  }
}

/** 12.5 and C5: what does not depend on one another comes in any order; the end is the same. */
function expectAnyOrder(dice: Dice, { claims, files }: Life): void {
  const sets = files.flat();
  const end = (order: readonly SetTold[]) => {
    const books = booksFor(claims);
    for (const [index, set] of order.entries()) books.receive(remittancesFile([set], index + 1));
    const accounts = claims.map(({ number }) => books.account(number));
    return { accounts, balances: books.balances(), waiting: books.waiting() };
  };
  const inOrder = end(sets);
  expect(end(shuffled(dice, sets)), "12.5").to.deep.equal(inOrder);
  // Of two decisions that nobody takes back, the first one counts, and the other one waits.
  if (inOrder.waiting.length > 0) return;
  expect(end(mixed(dice, sets)), "R4 in any order at all").to.deep.equal(inOrder);
}

/** Any order at all. */
function mixed(dice: Dice, sets: readonly SetTold[]): SetTold[] {
  const left = [...sets];
  return sets.map(() => left.splice(dice.below(left.length), 1)[0] as SetTold);
}

/** Another order in which each payer's word on a claim keeps its order. */
function shuffled(dice: Dice, sets: readonly SetTold[]): SetTold[] {
  const left = [...sets];
  const order: SetTold[] = [];
  while (left.length > 0) {
    const free = left.filter((set, at) => !left.slice(0, at).some((other) => depends(set, other)));
    const next = dice.pick(free);
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

/** Whether both are a payer's word on one claim, so that the second must not come first. */
export function depends(a: SetTold, b: SetTold): boolean {
  if (a.payer !== b.payer) return false;
  return a.claims.some(({ number }) => b.claims.some((told) => told.number === number));
}
