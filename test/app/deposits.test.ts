import { expect } from "chai";
import fc from "fast-check";
import { addRefund } from "../../src/app/approvals/ask.ts";
import { checkDeposits } from "../../src/app/deposits/check-deposits.ts";
import { listDeposits, showDeposit } from "../../src/app/deposits/deposits.ts";
import { importDeposits } from "../../src/app/deposits/import-deposits.ts";
import { listLate, openLateItems } from "../../src/app/deposits/late-cash.ts";
import { matchAll } from "../../src/app/deposits/match-deposits.ts";
import { addDeposit, returnDeposit, unmatchDeposit } from "../../src/app/deposits/record-cash.ts";
import { matchByHand } from "../../src/app/desk/match-by-hand.ts";
import type { Happening } from "../../src/app/events.ts";
import { fileOf, type Practice, practices } from "./practice.ts";
import { remittanceFile } from "./remittance-file.ts";

const quiet = () => undefined;

/** A remittance that pays interest only: money without claims (PLB L6). */
const paying = (trace: string, dollars: string, date = "20260316", name = "GRANITE HEALTH") =>
  remittanceFile([{ trace, adjustments: [`L6 -${dollars}`], date, payer: ["GRANITE", name] }]);

/** `2026-03-16 80.00 T1`: day, dollars, trace numbers; a row each. */
const csv = (...rows: readonly string[]) =>
  [
    "date,amount,trace,payer",
    ...rows.map((row) => {
      const [date = "", amount = "", trace = "-", ...payer] = row.split(" ");
      return [date, amount, trace.replaceAll("-", "").replaceAll("+", ";"), payer.join(" ")].join();
    }),
  ].join("\n");

/** The deposits of a practice, and the questions that these tests ask. */
class Cash {
  readonly practice: Practice;

  constructor(practice: Practice) {
    this.practice = practice;
  }

  async import(content: string, name = "bank.csv") {
    const told: Happening[] = [];
    const { app, actor } = this.practice;
    const summary = await importDeposits(app, actor, fileOf(content, name), (one) =>
      told.push(one),
    );
    return { summary, told };
  }

  /** `amount status`, the first first. */
  async rows(): Promise<string[]> {
    const { items } = await listDeposits(this.practice.app, this.practice.actor, {});
    return items.map(({ amountCents, status }) => `${amountCents} ${status}`).reverse();
  }

  async id(amountCents: number): Promise<string> {
    const found = await this.practice.store.deposits.findOne({ amountCents });
    return found?._id ?? "";
  }

  async show(amountCents: number) {
    return showDeposit(this.practice.app, this.practice.actor, await this.id(amountCents));
  }

  /** Cash and cash in transit in cents, and that everything ties. */
  async books(): Promise<{ cash: number; transit: number }> {
    const { app, actor } = this.practice;
    const accounts = await this.practice.accounts();
    const total = Object.values(accounts).reduce((sum, cents) => sum + cents, 0);
    expect(total, "trial balance").to.equal(0);
    const check = await checkDeposits(app, actor, quiet);
    expect(check).to.include({ misplaced: 0, transitDifferenceCents: 0 });
    return { cash: accounts.cash ?? 0, transit: accounts["cash-in-transit"] ?? 0 };
  }
}

async function message(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: Error) => error.message,
  );
}

describe("deposits of a practice", () => {
  const newPractice = practices();
  const newCash = () => new Cash(newPractice());

  it("moves matched money from cash in transit to cash, and says by which evidence", async () => {
    const cash = newCash();
    await cash.practice.ingest(paying("T1", "80.00"));
    expect(await cash.books()).to.deep.equal({ cash: 0, transit: 8000 });
    const { summary, told } = await cash.import(csv("2026-03-16 80.00 T1"));
    expect(summary).to.include({ deposits: 1, matched: 1, matchedCents: 8000, unmatched: 0 });
    expect(told.at(-1)).to.deep.include({ kind: "match", traceNumbers: ["T1"], evidence: "trace" });
    expect(await cash.books()).to.deep.equal({ cash: 8000, transit: 0 });
    const shown = await cash.show(8000);
    expect(shown).to.deep.include({ status: "matched", evidence: "trace", suggestions: [] });
    expect(shown.remittances.map(({ traceNumber }) => traceNumber)).to.deep.equal(["T1"]);
    expect(await cash.practice.audited()).to.include({ "deposit.import": 1, "deposit.match": 1 });
  });

  it("matches a deposit that came first as soon as its remittance posts", async () => {
    const cash = newCash();
    await cash.import(csv("2026-03-16 80.00 T1", "2026-03-16 20.00 - GRANITE HEALTH"));
    expect(await cash.books()).to.deep.equal({ cash: 0, transit: 0 });
    const { told } = await cash.practice.ingest(paying("T1", "80.00"));
    expect(told.at(-1)).to.deep.include({ kind: "match", traceNumbers: ["T1"] });
    await cash.practice.ingest(paying("T2", "20.00"));
    expect(await cash.rows()).to.deep.equal(["8000 matched", "2000 matched"]);
    expect(await cash.books()).to.deep.equal({ cash: 10000, transit: 0 });
  });

  it("takes the same money in once, in the same file or in one that overlaps", async () => {
    const cash = newCash();
    await cash.practice.ingest(paying("T1", "80.00"));
    await cash.import(csv("2026-03-16 80.00 T1", "2026-03-17 5.00"));
    const again = await cash.import(
      csv("2026-03-17 5.00", "2026-03-16 80.00 T1", "2026-03-18 6.00"),
    );
    expect(again.summary).to.include({ deposits: 1, duplicates: 2, matched: 0, unmatched: 2 });
    expect(await cash.books()).to.deep.equal({ cash: 8000, transit: 0 });
  });

  it("takes nothing of a file with a defect, names the place, and keeps the bytes", async () => {
    const cash = newCash();
    const { summary, told } = await cash.import(csv("2026-03-16 80.00 T1", "2026-02-30 1.00"));
    expect(summary).to.include({ deposits: 0, findings: 1 });
    expect(told).to.have.length(1);
    expect(told[0]).to.include({ kind: "finding", code: "date-unreadable", place: "line 3" });
    expect(await cash.rows()).to.deep.equal([]);
    expect(await cash.practice.store.files.count({})).to.equal(1);
  });

  it("needs no deposit for a remittance that pays nothing", async () => {
    const cash = newCash();
    await cash.practice.ingest(
      remittanceFile([{ trace: "Z1", handling: "H", method: "NON", bpr: "0", date: "20260101" }]),
    );
    const { app, actor } = cash.practice;
    expect(await listLate(app, actor)).to.include({ late: 0 });
    expect(await cash.books()).to.deep.equal({ cash: 0, transit: 0 });
  });

  it("leaves a tie to a person, with its reasons, and takes what the person chose", async () => {
    const cash = newCash();
    await cash.practice.ingest(paying("T1", "80.00"));
    await cash.practice.ingest(paying("T2", "80.00", "20260317"));
    const { summary } = await cash.import(csv("2026-03-16 80.00 - GRANITE HEALTH"));
    expect(summary).to.include({ matched: 0, unmatched: 1 });
    const { id, suggestions } = await cash.show(8000);
    const named = suggestions.map(({ remittances }) => remittances[0]?.traceNumber);
    expect(named).to.have.members(["T1", "T2"]);
    expect(suggestions[0]?.reasons).to.include.members(["the amount agrees", "the payer agrees"]);
    const { app, actor } = cash.practice;
    await matchByHand(app, actor, { depositIds: [id], remittances: ["T2"] }, quiet);
    expect(await cash.show(8000)).to.include({ evidence: "by hand", matchedBy: "cli" });
    expect(await cash.books()).to.deep.equal({ cash: 8000, transit: 8000 });
  });

  it("suggests sums of remittances and of deposits, and matches them by hand", async () => {
    const cash = newCash();
    const { app, actor } = cash.practice;
    for (const [trace, amount] of [
      ["T1", "80.00"],
      ["T2", "20.00"],
      ["T3", "50.00"],
    ] as const) {
      await cash.practice.ingest(paying(trace, amount));
    }
    await cash.import(
      csv(
        "2026-03-16 100.00 - GRANITE HEALTH",
        "2026-03-16 30.00 - GRANITE HEALTH",
        "2026-03-17 20.01 - GRANITE HEALTH",
        "2026-03-17 19.99 - GRANITE HEALTH",
      ),
    );
    const whole = await cash.show(10000);
    expect(whole.suggestions.map(({ remittances }) => remittances.length)).to.deep.equal([2]);
    await matchByHand(app, actor, { depositIds: [whole.id], remittances: ["T1", "T2"] }, quiet);
    const ids = [await cash.id(3000), await cash.id(2001)];
    const wrong = matchByHand(app, actor, { depositIds: ids, remittances: ["T3"] }, quiet);
    expect(await message(wrong)).to.contain("$0.01");
    expect(await cash.books()).to.deep.equal({ cash: 10000, transit: 5000 });
  });

  it("posts the fee that a bank kept, and interest that it added, to accounts of their own, for a reason", async () => {
    const cash = newCash();
    const { app, actor } = cash.practice;
    await cash.practice.ingest(paying("T1", "80.00"));
    await cash.practice.ingest(paying("T2", "20.00"));
    await cash.import(csv("2026-03-16 65.00 T1", "2026-03-16 20.03 T2"));
    const [short, long] = [await cash.show(6500), await cash.show(2003)];
    expect(short.suggestions[0]).to.deep.include({ differenceCents: -1500 });
    expect(short.suggestions[0]?.reasons).to.include("perhaps the bank kept a fee of $15.00");
    expect(long.suggestions[0]?.reasons).to.include("perhaps the bank added interest of $0.03");
    const fee = { kind: "fee" as const, amountCents: 1500, reason: "incoming wire" };
    const match = (differences: readonly (typeof fee)[]) =>
      matchByHand(
        app,
        actor,
        { depositIds: [short.id], remittances: ["T1"], differences },
        () => undefined,
      );
    expect(await message(match([]))).to.contain("but for a fee");
    expect(await message(match([{ ...fee, amountCents: 1499 }]))).to.contain("$14.99");
    expect(await message(match([{ ...fee, reason: " " }]))).to.contain("reason");
    expect(await message(match([{ ...fee, amountCents: 0 }]))).to.contain("more than zero");
    expect(await cash.books(), "nothing was plugged").to.deep.equal({ cash: 0, transit: 10000 });
    await match([fee]);
    const interest = { kind: "interest" as const, amountCents: 3, reason: "paid late" };
    const other = { depositIds: [long.id], remittances: ["T2"], differences: [interest] };
    await matchByHand(app, actor, other, quiet);
    expect(await cash.practice.accounts()).to.include({
      cash: 8503,
      "bank-charges": 1500,
      "bank-interest": -3,
    });
    expect(await cash.books()).to.deep.equal({ cash: 8503, transit: 0 });
    expect((await cash.show(6500)).differences).to.deep.equal([fee]);
    await unmatchDeposit(app, actor, short.id, { reason: "wrong wire" });
    await returnDeposit(app, actor, long.id, { reason: "NSF" });
    expect(await cash.books()).to.deep.equal({ cash: 0, transit: 10000 });
    expect(await cash.practice.accounts()).not.to.have.any.keys("bank-charges", "bank-interest");
    expect(await cash.practice.differences()).to.equal(0);
  });

  it("refuses by hand what is not there, not open, or named twice", async () => {
    const cash = newCash();
    const { app, actor } = cash.practice;
    await cash.practice.ingest(paying("T1", "80.00"));
    await cash.import(csv("2026-03-16 80.00 T1", "2026-03-16 80.00 T9"));
    const [taken = "", open = ""] = (await listDeposits(app, actor, {})).items
      .map(({ id }) => id)
      .reverse();
    const tries: readonly [readonly string[], readonly string[], RegExp][] = [
      [[open], ["T1"], /is matched/],
      [[taken], ["T1"], /is matched/],
      [[open], ["T7"], /no such thing/],
      [["D7"], ["T1"], /./],
      [[], ["T1"], /./],
    ];
    for (const [depositIds, remittances, words] of tries) {
      const tried = matchByHand(app, actor, { depositIds, remittances }, quiet);
      expect(await message(tried))
        .to.match(words)
        .and.not.equal("done");
    }
    const shown = await showDeposit(app, actor, open);
    expect(shown.suggestions).to.deep.equal([]);
  });

  it("takes a match back by reversing entries, keeps it on record, and does not make it again", async () => {
    const cash = newCash();
    const { app, actor, store } = cash.practice;
    await cash.practice.ingest(paying("T1", "80.00"));
    await cash.import(csv("2026-03-16 80.00 T1"));
    const id = await cash.id(8000);
    await unmatchDeposit(app, actor, id, { reason: "wrong account" });
    expect(await cash.books()).to.deep.equal({ cash: 0, transit: 8000 });
    expect(await matchAll(app, actor, quiet)).to.include({ matched: 0, unmatched: 1 });
    const { suggestions } = await cash.show(8000);
    expect(suggestions[0]?.reasons).to.include("a person took this match back before");
    const [match] = await store.depositMatches.find({});
    expect(match).to.have.nested.property("takenBack.reason", "wrong account");
    expect(await message(unmatchDeposit(app, actor, id, { reason: "again" }))).to.contain(
      "not matched",
    );
    await matchByHand(app, actor, { depositIds: [id], remittances: ["T1"] }, quiet);
    expect(await cash.books()).to.deep.equal({ cash: 8000, transit: 0 });
    expect(await cash.practice.audited()).to.include({ "deposit.match": 2, "deposit.unmatch": 1 });
  });

  it("reverses a deposit that the bank returns, and awaits the money again", async () => {
    const cash = newCash();
    const { app, actor } = cash.practice;
    await cash.practice.ingest(paying("T1", "80.00"));
    await cash.import(csv("2026-03-16 80.00 T1"));
    const id = await cash.id(8000);
    expect(await returnDeposit(app, actor, id, { reason: "NSF" })).to.include({
      status: "returned",
    });
    expect(await cash.books()).to.deep.equal({ cash: 0, transit: 8000 });
    expect(await message(returnDeposit(app, actor, id, { reason: "NSF" }))).to.contain("already");
    await cash.import(csv("2026-03-20 80.00 T1"));
    expect(await cash.rows()).to.deep.equal(["8000 returned", "8000 matched"]);
    expect(await cash.books()).to.deep.equal({ cash: 8000, transit: 0 });
  });

  it("records a refund until a PLB 72 acknowledges it, and its return by the negation", async () => {
    const cash = newCash();
    const { app, actor } = cash.practice;
    const refund = { amountCents: 2500, date: "2026-03-16", payer: "GRANITE HEALTH" };
    const { done: sent } = await addRefund(app, actor, refund);
    expect(sent).to.include({ depositKind: "refund", status: "sent" });
    expect(await cash.practice.accounts()).to.deep.equal({
      cash: -2500,
      "refund-in-transit": 2500,
    });
    await cash.practice.ingest(
      remittanceFile([{ trace: "T1", adjustments: ["72:R1 -25.00", "WO:C1 25.00"] }]),
    );
    expect(await cash.practice.accounts()).to.include({
      cash: -2500,
      "overpayment-recovery": 2500,
    });
    expect(await cash.practice.accounts()).not.to.have.property("refund-in-transit");
    const { done: second } = await addRefund(app, actor, refund);
    await returnDeposit(app, actor, second?.id ?? "", { reason: "cheque not cashed" });
    expect(await cash.books()).to.deep.equal({ cash: -2500, transit: 0 });
  });

  it("takes a deposit by hand, and refuses an amount or a day that is none", async () => {
    const cash = newCash();
    const { app, actor } = cash.practice;
    await cash.practice.ingest(paying("T1", "80.00"));
    const input = { amountCents: 8000, date: "2026-03-16", traceNumbers: ["T1"] };
    expect(await addDeposit(app, actor, input, quiet)).to.include({ status: "matched" });
    for (const wrong of [{ amountCents: 0 }, { amountCents: 1.5 }, { date: "2026-02-30" }]) {
      expect(await message(addDeposit(app, actor, { ...input, ...wrong }, quiet))).not.to.equal(
        "done",
      );
    }
    expect(await cash.books()).to.deep.equal({ cash: 8000, transit: 0 });
  });

  it("says that the remittance named is parked, or matched already", async () => {
    const cash = newCash();
    await cash.practice.ingest(
      remittanceFile([{ trace: "T1", adjustments: ["L6 -80.00"], bpr: "81.00" }]),
    );
    await cash.import(csv("2026-03-10 81.00 T1"));
    const { suggestions } = await cash.show(8100);
    expect(suggestions[0]?.reasons).to.include("the remittance is parked: it must post first");
    const { app, actor } = cash.practice;
    expect(await openLateItems(app, actor, quiet), "it has an item already").to.include({
      opened: 0,
    });
  });
});

describe("the clock of EFT and ERA (CORE 370)", () => {
  const newPractice = practices();

  it("lists both halves that wait for more than three bank days, and opens one item for each", async () => {
    const practice = newPractice();
    const cash = new Cash(practice);
    const { app, actor } = practice;
    // The clock of these tests stands at Friday, 20 March 2026; the 16th is a Monday.
    await practice.ingest(paying("OLD", "10.00", "20260301"));
    await practice.ingest(paying("LATE", "80.00", "20260316"));
    await practice.ingest(paying("EARLY", "90.00", "20260317"));
    await cash.import(
      csv("2026-03-02 1.00 - SLATE", "2026-03-16 2.00 Q2 SLATE", "2026-03-17 3.00"),
    );
    const late = await listLate(app, actor);
    expect(
      late.items.map(({ category, amountCents, dueDate }) => [category, amountCents, dueDate]),
    ).to.deep.equal([
      ["missing-deposit", 1000, "2026-03-04"],
      ["missing-deposit", 8000, "2026-03-19"],
      ["missing-remittance", 100, "2026-03-05"],
      ["missing-remittance", 200, "2026-03-19"],
    ]);
    expect(late).to.include({ late: 4, missingDepositCents: 9000, missingRemittanceCents: 300 });
    // OLD is from before the first deposit that the practice brought in.
    expect(await openLateItems(app, actor, quiet)).to.deep.equal({ matched: 0, opened: 3 });
    expect(await openLateItems(app, actor, quiet)).to.deep.equal({ matched: 0, opened: 0 });
    expect(await practice.items()).to.deep.equal([
      "posting-exception missing-deposit 8000 open",
      "posting-exception missing-remittance 100 open",
      "posting-exception missing-remittance 200 open",
    ]);
  });

  it("ends the items of both halves when they come together, and opens anew after a return", async () => {
    const practice = newPractice();
    const cash = new Cash(practice);
    const { app, actor } = practice;
    await cash.import(csv("2026-03-10 1.00 T7", "2026-03-12 80.00 T1"));
    await practice.ingest(paying("T9", "5.00", "20260311"));
    await openLateItems(app, actor, quiet);
    await practice.ingest(paying("T1", "80.00", "20260312"));
    expect(await practice.items()).to.deep.equal([
      "posting-exception missing-deposit 500 open",
      "posting-exception missing-remittance 100 open",
      "posting-exception missing-remittance 8000 resolved",
    ]);
    await returnDeposit(app, actor, await cash.id(8000), { reason: "NSF" });
    expect(await openLateItems(app, actor, quiet)).to.include({ opened: 1 });
    expect((await practice.items()).at(-1)).to.equal("posting-exception missing-deposit 8000 open");
  });

  it("runs for nobody who brings in no deposits", async () => {
    const practice = newPractice();
    await practice.ingest(paying("T1", "80.00", "20260101"));
    expect(await openLateItems(practice.app, practice.actor, quiet)).to.include({ opened: 0 });
    expect(await listLate(practice.app, practice.actor)).to.include({ late: 1 });
  });
});

/** Puts the first deposit that waits to the first remittance that does, with what the bank kept or added. */
async function matchWithDifference({ app, actor, store }: Practice): Promise<void> {
  const deposit = await store.deposits.findOne({ status: "unmatched" });
  const posted = await store.remittances.find({ status: "posted" });
  const remittance = posted.find(({ depositMatchId }) => typeof depositMatchId !== "string");
  if (deposit === undefined || remittance === undefined) return;
  const excess = deposit.amountCents - remittance.header.paymentCents;
  const kind = excess < 0 ? ("fee" as const) : ("interest" as const);
  const differences =
    excess === 0 ? [] : [{ kind, amountCents: Math.abs(excess), reason: "as the statement says" }];
  const chosen = { depositIds: [deposit._id], remittances: [remittance._id], differences };
  await matchByHand(app, actor, chosen, quiet);
}

describe("cash in transit", () => {
  const newPractice = practices();
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const runs = Number(process.env.RUNS ?? 12);

  it(`is what is posted and unmatched after every step, in any order (seed ${seed}, ${runs} runs)`, async () => {
    const amounts = ["10.00", "20.00", "30.00"];
    const step = fc.oneof(
      fc.record({ do: fc.constant("post" as const), n: fc.nat(5), amount: fc.nat(2) }),
      fc.record({ do: fc.constant("deposit" as const), n: fc.nat(5), amount: fc.nat(2) }),
      fc.record({ do: fc.constant("blind" as const), n: fc.nat(5), amount: fc.nat(2) }),
      fc.record({ do: fc.constant("unmatch" as const), n: fc.nat(9), amount: fc.nat(2) }),
      fc.record({ do: fc.constant("return" as const), n: fc.nat(9), amount: fc.nat(2) }),
      fc.record({ do: fc.constant("refund" as const), n: fc.nat(9), amount: fc.nat(2) }),
      fc.record({ do: fc.constant("differ" as const), n: fc.nat(5), amount: fc.nat(2) }),
    );
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 14 }),
      async (steps) => {
        const practice = newPractice();
        const cash = new Cash(practice);
        const { app, actor, store } = practice;
        let refunds = 0;
        for (const [at, one] of steps.entries()) {
          const amount = amounts[one.amount] ?? "10.00";
          const deposits = await store.deposits.find({ status: "matched" }, { sort: { _id: 1 } });
          const id = deposits[one.n]?._id;
          if (one.do === "post") await practice.ingest(paying(`T${one.n}`, amount));
          if (one.do === "deposit") await cash.import(csv(`2026-03-16 ${amount} T${one.n}`));
          if (one.do === "blind") {
            await cash.import(csv(`2026-03-${String(10 + at)} ${amount} - GRANITE HEALTH`));
          }
          if (one.do === "unmatch" && id) await unmatchDeposit(app, actor, id, { reason: "test" });
          if (one.do === "return" && id) await returnDeposit(app, actor, id, { reason: "NSF" });
          if (one.do === "refund") {
            await addRefund(app, actor, { amountCents: 100, date: "2026-03-16" });
            refunds += 100;
          }
          if (one.do === "differ") await matchWithDifference(practice);
          const posted = await store.remittances.find({ status: "posted" });
          const bpr = posted.reduce((sum, { header }) => sum + header.paymentCents, 0);
          const matched = await store.deposits.find({ status: "matched" });
          const inBank = matched.reduce((sum, { amountCents }) => sum + amountCents, 0);
          const matches = await store.depositMatches.find({ status: "standing" });
          const paid = matches
            .flatMap(({ parts }) => parts)
            .reduce((sum, { amountCents }) => sum + amountCents, 0);
          expect(await cash.books()).to.deep.equal({
            cash: inBank - refunds,
            transit: bpr - paid,
          });
        }
      },
    );
    await fc.assert(property, { seed, numRuns: runs });
  });

  it("is told apart by a check when a deposit was changed by hand", async () => {
    const practice = newPractice();
    const cash = new Cash(practice);
    await practice.ingest(paying("T1", "80.00"));
    await cash.import(csv("2026-03-16 80.00 T1"));
    const told: Happening[] = [];
    await practice.store.deposits.update({ amountCents: 8000 }, { $set: { matchId: null } });
    await practice.store.journal.update(
      { kind: "deposit" },
      { $set: { "lines.0.amountCents": 1 } },
    );
    const check = await checkDeposits(practice.app, practice.actor, (one) => told.push(one));
    expect(check).to.include({ deposits: 1, misplaced: 2, transitDifferenceCents: 0 });
    expect(told.map(({ of }) => of)).to.deep.equal(["deposit", "deposit-match"]);
  });
});
