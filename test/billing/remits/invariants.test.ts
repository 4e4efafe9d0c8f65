import { expect } from "chai";
import fc from "fast-check";
import {
  type Account,
  assertBalanced,
  type ClaimAccount,
  claimAccount,
  type JournalLine,
  journalBetween,
  totalsOf,
} from "../../../src/billing/ledger/index.ts";
import { openOn, type PaperDecision, paperLedger, type Turn } from "../../proofs/paper-ledger.ts";
import {
  carryForward,
  charges,
  clp,
  decision,
  type MadeUpDecision,
  paidBy,
} from "./made-up-decisions.ts";
import { Books, claimWith, dollars, fate } from "./textbook.ts";

/**
 * The same cases again: PROPERTY_SEED=… as a failure prints it; PROPERTY_RUNS for a longer search.
 */
const { PROPERTY_SEED, PROPERTY_RUNS } = process.env;
const parameters = (runs: number): fc.Parameters<unknown> => ({
  numRuns: PROPERTY_RUNS === undefined ? runs : Number(PROPERTY_RUNS),
  ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }),
});

/** One remittance about the claim: what it says, and which decisions are in force after it. */
interface Step {
  readonly turn: Turn;
  readonly body: string;
  readonly makes?: MadeUpDecision;
  readonly unmakes?: MadeUpDecision;
}

/** What one payer does in the course of time. */
type Course = readonly Step[];

const COURSES = ["none", "pay", "pay", "take back", "correct", "correct at once"] as const;

function course(turn: Turn, of: readonly number[]): fc.Arbitrary<Course> {
  return fc
    .record({
      kind: fc.constantFrom(...COURSES),
      first: decision(turn, of),
      next: decision(turn, of),
    })
    .map(({ kind, first, next }) => {
      const pays = (made: MadeUpDecision): Step => ({
        turn,
        body: clp("A1", made) + carryForward(paidBy(made)),
        makes: made,
      });
      const back: Step = {
        turn,
        body: clp("A1", first, true) + carryForward(-paidBy(first)),
        unmakes: first,
      };
      if (kind === "none") return [];
      if (kind === "pay") return [pays(first)];
      if (kind === "take back") return [pays(first), back];
      if (kind === "correct") return [pays(first), back, pays(next)];
      const both = `${clp("A1", next)}~${clp("A1", first, true)}`;
      const body = both + carryForward(paidBy(next) - paidBy(first));
      return [pays(first), { turn, body, makes: next, unmakes: first }];
    });
}

/** A claim with the courses of three payers and two ways to interleave them. */
const cases = charges.chain((of) =>
  fc.record({
    of: fc.constant(of),
    superseded: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    courses: fc.tuple(course("P", of), course("S", of), course("T", of)),
    orders: fc.tuple(interleaving(), interleaving()),
  }),
);

function interleaving(): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.nat(2), { minLength: 9, maxLength: 9 });
}

/** The steps of all courses, each course in its own order, the next one taken as `order` says. */
function interleave(courses: readonly Course[], order: readonly number[]): Step[] {
  const left = courses.map((each) => [...each]);
  const steps: Step[] = [];
  const take = (from: Step[] | undefined) => {
    const step = from?.shift();
    if (step !== undefined) steps.push(step);
  };
  for (const turn of order) take(left[turn]);
  for (const rest of left) while (rest.length > 0) take(rest);
  return steps;
}

function booksOf(of: readonly number[], superseded = false): Books {
  const lines = of.map((charge, index) => `${dollars(charge)} 9920${index + 1}`);
  return new Books(claimWith({ superseded }, "A1", ...lines));
}

function expectAllPosted(books: Books, step: Step): void {
  expect(books.refusal, step.body).to.equal(undefined);
  for (const each of books.decisions) expect(fate(each), step.body).to.equal("posted");
}

/** 12.2 of every line and of the claim, in safe integers. */
function expectEquation(account: ClaimAccount): void {
  for (const line of account.lines) {
    const { paidCents, contractualCents, sequestrationCents, otherCents } = line;
    const settled = paidCents + contractualCents + sequestrationCents + otherCents;
    const rest = line.patientCents + line.openCents + line.contraCents;
    expect(line.chargeCents).to.equal(settled + rest);
    expect(line.contraCents).to.be.at.least(0);
    expect(line.presumedPriorCents).to.be.at.least(0);
    for (const amount of Object.values(line).filter((each) => typeof each === "number")) {
      expect(Number.isSafeInteger(amount)).to.equal(true);
    }
  }
  const totals = totalsOf(account.lines);
  expect(totals.chargeCents).to.equal(
    totals.paidCents +
      totals.contractualCents +
      totals.otherAdjustmentCents +
      totals.patientResponsibilityCents +
      totals.openInsuranceCents -
      totals.creditCents,
  );
  expect(Math.min(totals.openInsuranceCents, totals.creditCents)).to.equal(0);
}

const KEPT: readonly (readonly [Account, keyof ClaimAccount["lines"][number]])[] = [
  ["ar-insurance", "openCents"],
  ["ar-patient", "patientCents"],
  ["contractual", "contractualCents"],
  ["sequestration", "sequestrationCents"],
  ["other-adjustment", "otherCents"],
  ["cash-in-transit", "paidCents"],
];

/** The journal, folded from the charge on, is the account. */
function expectJournal(charged: readonly JournalLine[], books: Books): void {
  const journal = [...charged, ...books.journal];
  assertBalanced(journal);
  const account = books.account("A1");
  const keys = new Set([...account.lines.map((line) => line.lineControlNumber), ""]);
  for (const key of keys) {
    const line = account.lines.find((each) => each.lineControlNumber === key);
    for (const [name, field] of KEPT) {
      let total = 0;
      for (const entry of journal) {
        const ofLine = (entry.lineControlNumber ?? "") === key;
        // Cash at claim level also moves for the carried balance, which is of no claim.
        if (entry.account === name && ofLine) total += entry.amountCents;
      }
      if (name === "cash-in-transit" && key === "") total += sumOf(journal, "forwarding-balance");
      expect(total, `${name} of line ${key || "claim"}`).to.equal(line?.[field] ?? 0);
    }
  }
}

function sumOf(journal: readonly JournalLine[], account: Account): number {
  return journal
    .filter((line) => line.account === account)
    .reduce((total, line) => total + line.amountCents, 0);
}

/** The cards of a clerk say the same, line by line. */
function expectPaper(of: readonly number[], inForce: readonly PaperDecision[], books: Books): void {
  const charged = Object.fromEntries(of.map((charge, index) => [String(index + 1), charge]));
  const account = books.account("A1");
  for (const card of paperLedger(charged, inForce)) {
    const line = account.lines.find((each) => each.lineControlNumber === card.line);
    expect(
      {
        charge: line?.chargeCents ?? 0,
        paid: line?.paidCents ?? 0,
        writtenOff: line?.contractualCents ?? 0,
        sequestered: line?.sequestrationCents ?? 0,
        other: line?.otherCents ?? 0,
        patient: line?.patientCents ?? 0,
        presumed: line?.presumedPriorCents ?? 0,
        open: (line?.openCents ?? 0) + (line?.contraCents ?? 0),
      },
      `line ${card.line || "claim"}`,
    ).to.deep.equal({
      charge: card.charge,
      paid: card.paid,
      writtenOff: card.writtenOff,
      sequestered: card.sequestered,
      other: card.other,
      patient: card.patient,
      presumed: card.presumed,
      open: openOn(card),
    });
  }
}

function paper(made: MadeUpDecision): PaperDecision {
  return { turn: made.turn, rows: made.pieces.flatMap((piece) => piece.rows) };
}

function run(of: readonly number[], superseded: boolean, steps: readonly Step[]): Books {
  const books = booksOf(of, superseded);
  const { lines } = books.known("A1");
  const charged = journalBetween(undefined, claimAccount({ lines, superseded }, []));
  const inForce = new Set<MadeUpDecision>();
  for (const step of steps) {
    books.post(step.body, { from: step.turn });
    expectAllPosted(books, step);
    if (step.unmakes !== undefined) inForce.delete(step.unmakes);
    if (step.makes !== undefined) inForce.add(step.makes);
    expectEquation(books.account("A1"));
    expectJournal(charged, books);
    expectPaper(of, [...inForce].map(paper), books);
  }
  return books;
}

describe("invariants of posting", () => {
  it("12.2 charge = paid + written off + patient + open; journal and cards agree", () => {
    fc.assert(
      fc.property(cases, ({ of, superseded, courses, orders: [order] }) => {
        run(of, superseded, interleave(courses, order));
      }),
      parameters(1500),
    );
  });

  it("12.5 the end state does not depend on which payer's remittances arrived first", () => {
    fc.assert(
      fc.property(cases, ({ of, superseded, courses, orders: [one, other] }) => {
        const a = quickly(of, superseded, interleave(courses, one));
        const b = quickly(of, superseded, interleave(courses, other));
        expect(JSON.stringify(b.account("A1"))).to.equal(JSON.stringify(a.account("A1")));
      }),
      parameters(1000),
    );
  });

  it("12.4 a posting and its reversal restore the account byte for byte, as new entries", () => {
    const extra = charges.chain((of) =>
      fc.record({
        of: fc.constant(of),
        courses: fc.tuple(course("P", of), course("S", of)),
        order: interleaving(),
        posted: decision("T", of),
      }),
    );
    fc.assert(
      fc.property(extra, ({ of, courses, order, posted }) => {
        const books = quickly(of, false, interleave(courses, order));
        const before = JSON.stringify(books.account("A1"));
        const entries = books.journal.length;
        const forward = carryForward(paidBy(posted));
        books.post(clp("A1", posted) + forward, { from: "T" });
        books.post(clp("A1", posted, true) + carryForward(-paidBy(posted)), { from: "T" });
        expect(JSON.stringify(books.account("A1"))).to.equal(before);
        const ofClaim = books.journal
          .slice(entries)
          .filter((line) => line.account !== "forwarding-balance");
        for (const [name] of KEPT.slice(0, -1)) expect(sumOf(ofClaim, name), name).to.equal(0);
      }),
      parameters(700),
    );
  });

  it("12.5 remittances on different claims come in any order; each ties to its payment", () => {
    const three = fc.array(
      charges.chain((of) => fc.record({ of: fc.constant(of), made: decision("P", of) })),
      { minLength: 3, maxLength: 3 },
    );
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(three, order, (claims, shuffled) => {
        const post = (indexes: readonly number[]) => {
          const known = claims.map(({ of }, index) => ({
            ...booksOf(of).known("A1"),
            claimId: `A${index}`,
          }));
          const books = new Books(...known);
          for (const index of indexes) {
            const made = claims[index]?.made;
            if (made === undefined) throw new Error("three claims");
            books.post(clp(`A${index}`, made));
            expect(sumOf(books.entry, "cash-in-transit"), "12.1").to.equal(paidBy(made));
          }
          return known.map(({ claimId }) => books.account(claimId));
        };
        expect(post(shuffled)).to.deep.equal(post([0, 1, 2]));
      }),
      parameters(300),
    );
  });
});

function quickly(of: readonly number[], superseded: boolean, steps: readonly Step[]): Books {
  const books = booksOf(of, superseded);
  for (const step of steps) expectAllPosted(books.post(step.body, { from: step.turn }), step);
  return books;
}
