import { expect } from "chai";
import fc from "fast-check";
import { whyBalance } from "../../src/app/claims/why-balance.ts";
import { denialRate } from "../../src/app/denials/denial-rate.ts";
import { addDeposit, unmatchDeposit } from "../../src/app/deposits/record-cash.ts";
import { matchByHand } from "../../src/app/desk/match-by-hand.ts";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { postAgain } from "../../src/app/posting/post-again.ts";
import { listProviderBalances } from "../../src/app/posting/provider-balances.ts";
import { postPaymentAgain, unpostPayment } from "../../src/app/posting/unpost-payment.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { claim, claimFile, MEDICAID } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const quiet = () => undefined;
const REASON = { reason: "wrong practice" };

const CLAIMS = claimFile([
  claim("A1", "99213 100.00"),
  claim("A2", "99214 200.00"),
  { ...claim("A3", "99215 300.00"), others: [MEDICAID] },
]);
const PAID = ["A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"] as const;
const CORRECTED = ["A1 1 100.00 60.00 ICN1", "99213 100.00 60.00 CO-45 20.00 PR-1 20.00"] as const;
const DENIED = ["A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"] as const;
const PAID_AFTER_ALL = ["A2 1 200.00 150.00 ICN2", "99214 200.00 150.00 CO-45 50.00"] as const;

/** Paid, denied, not ours, and provider adjustments in a chain, in suspense and of interest. */
const MIXED = remittanceFile([
  {
    trace: "T1",
    payments: [clp(...PAID), clp(...DENIED), clp("X1 1 400.00 300.00 ICN9 CO-45 100.00")],
    adjustments: ["FB:T1 -80.00", "ZZ:WHO 5.00", "L6 -1.00"],
  },
]);
const REVERSAL = remittanceFile([
  { trace: "T2", payments: [reversalOf(...PAID)], adjustments: ["WO:ICN1 -70.00"] },
]);
const CORRECTION = remittanceFile([{ trace: "T3", payments: [clp(...CORRECTED)] }]);

describe("unposting a remittance", () => {
  const newPractice = practices();
  const unpost = ({ app, actor }: Practice, name: string) =>
    unpostRemittance(app, actor, name, REASON, quiet);
  const post = ({ app, actor }: Practice, name: string) => postAgain(app, actor, name, quiet);
  const message = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: Error) => error.message,
    );

  /** Everything that unposting must restore. */
  async function books(practice: Practice) {
    const { app, actor, store } = practice;
    const flags = await store.claims.find({}, { sort: { _id: 1 } });
    expect(await practice.differences()).to.equal(0);
    return {
      state: await practice.state(),
      flags: flags.map((each) => each.flags),
      balances: await listProviderBalances(app, actor),
      rate: (await denialRate(app, actor, {})).rows,
    };
  }

  async function prepared(...files: readonly string[]): Promise<Practice> {
    const practice = newPractice();
    for (const file of [CLAIMS, ...files]) await practice.ingest(file);
    return practice;
  }

  it("restores claims, work items, balances, cash in transit and unapplied money, by new entries", async () => {
    const practice = await prepared();
    const before = await books(practice);
    await practice.ingest(MIXED);
    const posted = await books(practice);
    const entries = await practice.store.journal.find({}, { sort: { _id: 1 } });
    const change = await unpost(practice, "T1");
    expect(change).to.include({ status: "unposted", changed: true, posted: 0, postedCents: 0 });
    expect(await books(practice)).to.deep.equal(before);
    const after = await practice.store.journal.find({}, { sort: { _id: 1 } });
    expect(after.slice(0, entries.length)).to.deep.equal(entries);
    for (const contra of after.slice(entries.length)) {
      const negated = entries.find(({ _id }) => _id === contra.negates);
      const lines = negated?.lines.map((line) => ({ ...line, amountCents: -line.amountCents }));
      expect(contra.lines).to.deep.equal(lines);
      expect(contra).to.include({ kind: negated?.kind, reason: "wrong practice" });
    }
    expect(await post(practice, "T1")).to.include({ status: "posted", changed: true, posted: 2 });
    expect(await books(practice)).to.deep.equal(posted);
    expect(await practice.audited()).to.include({ "remittance.unpost": 1, "claim.unpost": 2 });
  });

  it("done again changes nothing, and neither does taking its file in again", async () => {
    const practice = await prepared(MIXED);
    expect(await post(practice, "T1")).to.include({ changed: false });
    await unpost(practice, "T1");
    const count = await practice.store.journal.count({});
    expect(await unpost(practice, "T1")).to.include({ status: "unposted", changed: false });
    expect((await practice.ingest(MIXED)).summary).to.include({ duplicates: 1, posted: 0 });
    expect(await practice.store.journal.count({})).to.equal(count);
    expect((await practice.remittance("T1")).status).to.equal("unposted");
  });

  it("wants a reason, and a remittance that is in the ledger", async () => {
    const practice = await prepared(remittanceFile([{ trace: "T9", bpr: "1.00" }]));
    const { app, actor } = practice;
    const blank = unpostRemittance(app, actor, "T9", { reason: " " }, quiet);
    expect(await message(blank)).to.contain("A reason is required");
    expect(await message(unpost(practice, "T9"))).to.contain("is parked");
    expect(await message(unpost(practice, "none"))).to.contain("no such thing");
  });

  it("is refused while a reversal of it stands, says which, and goes in the other order", async () => {
    const practice = await prepared();
    const before = await books(practice);
    await practice.ingest(MIXED);
    await practice.ingest(REVERSAL);
    expect(await message(unpost(practice, "T1"))).to.match(/reversal.*T2.*CLP\[1\] first/);
    expect((await practice.remittance("T1")).status).to.equal("posted");
    await unpost(practice, "T2");
    await unpost(practice, "T1");
    expect(await books(practice)).to.deep.equal(before);
  });

  it("of a reversal is refused while a correction stands on what it freed", async () => {
    const practice = await prepared(MIXED, REVERSAL);
    const before = await books(practice);
    await practice.ingest(CORRECTION);
    expect(await message(unpost(practice, "T2"))).to.match(/later decision.*T3.*CLP\[1\] first/);
    await unpost(practice, "T3");
    expect(await books(practice)).to.deep.equal(before);
    expect(await practice.items()).to.include("take-back take-back 7000 open");
    await unpost(practice, "T2");
    await post(practice, "T2");
    await post(practice, "T3");
    expect(await practice.items()).to.not.include("take-back take-back 7000 open");
    expect((await practice.claim("A1")).paidCents).to.equal(6000);
    expect(await practice.differences()).to.equal(0);
  });

  it("is refused while its forwarded balance is taken up by a later one", async () => {
    const take = remittanceFile([{ trace: "T4", adjustments: ["FB:T1 80.00", "L6 -90.00"] }]);
    const practice = await prepared(MIXED, take);
    expect(await message(unpost(practice, "T1"))).to.match(/FB:T1 is taken up by remittance T4/);
    await unpost(practice, "T4");
    expect((await unpost(practice, "T1")).status).to.equal("unposted");
  });

  it("is refused while a deposit pays it, and says whose match to take back", async () => {
    const practice = await prepared(MIXED);
    const { app, actor } = practice;
    const { bprCents } = await practice.remittance("T1");
    const cash = { amountCents: bprCents, date: "2026-03-16", traceNumbers: ["T1"] };
    const deposit = await addDeposit(app, actor, cash, quiet);
    expect(deposit.status).to.equal("matched");
    expect(await message(unpost(practice, "T1"))).to.contain(`match of ${deposit.id} first`);
    await unmatchDeposit(app, actor, deposit.id, { reason: "wrong" });
    await unpost(practice, "T1");
    const again = matchByHand(app, actor, { depositIds: [deposit.id], remittances: ["T1"] }, quiet);
    expect(await message(again)).to.contain("cannot be done");
    await post(practice, "T1");
    await matchByHand(app, actor, { depositIds: [deposit.id], remittances: ["T1"] }, quiet);
  });

  it("opens the denial again that it had settled, and ends what it had opened", async () => {
    const practice = await prepared(MIXED);
    const before = await books(practice);
    expect(await practice.items()).to.include("denial authorization-required 20000 open");
    const paid = remittanceFile([{ trace: "T5", payments: [clp(...PAID_AFTER_ALL)] }]);
    await practice.ingest(paid);
    expect(await practice.items()).to.include("denial authorization-required 20000 resolved");
    await unpost(practice, "T5");
    expect(await books(practice)).to.deep.equal(before);
  });

  it("of the first payer keeps what a later payer posted, as if the first had never come", async () => {
    const first = remittanceFile([
      {
        trace: "P1",
        payments: [clp("A3 1 300.00 200.00 I3", "99215 300.00 200.00 CO-45 60.00 PR-2 40.00")],
      },
    ]);
    const second = remittanceFile([
      {
        trace: "S1",
        payer: ["MEDICAID", "STATE MEDICAID"],
        payments: [clp("A3 2 300.00 30.00 M3", "99215 300.00 30.00 OA-23 260.00 CO-45 10.00")],
      },
    ]);
    const alone = await prepared(second);
    const both = await prepared(first, second);
    await unpost(both, "P1");
    expect(await books(both)).to.deep.equal(await books(alone));
    await post(both, "P1");
    const usual = await prepared(first, second);
    expect((await books(both)).state).to.deep.equal((await books(usual)).state);
  });

  it("shows on the claim which entry undoes which, and the day before it is as it was", async () => {
    const practice = await prepared(MIXED);
    const { app, actor } = practice;
    const posted = await trialBalance(app, actor, {});
    const later = { ...app, now: () => new Date("2026-03-25T12:00:00Z") };
    await unpostRemittance(later, actor, "T1", REASON, quiet);
    expect(await trialBalance(later, actor, { asOf: "2026-03-24" })).to.deep.equal(posted);
    expect((await trialBalance(later, actor, {})).accounts["cash-in-transit"]).to.equal(0);
    const { reasons } = await whyBalance(later, actor, "A1", { account: "ar-insurance" });
    const [, payment, contra] = reasons;
    expect(contra).to.include({
      negates: payment?.id,
      reason: "wrong practice",
      balanceCents: 10000,
    });
  });

  it("leaves the provider balances of earlier days as they were, and posted again they are back", async () => {
    const practice = await prepared(MIXED);
    const { app, actor } = practice;
    const on = (day: string) => ({ ...app, now: () => new Date(`${day}T12:00:00Z`) });
    const asOf = async (day: string) =>
      (await listProviderBalances(on("2026-03-30"), actor, { asOf: day })).map(
        ({ reference, balanceCents, ageDays }) => `${reference} ${balanceCents} ${ageDays}`,
      );
    await unpostRemittance(on("2026-03-25"), actor, "T1", REASON, quiet);
    await postAgain(on("2026-03-28"), actor, "T1", quiet);
    expect(await asOf("2026-03-19")).to.deep.equal([]);
    expect(await asOf("2026-03-24")).to.deep.equal(["T1 -8000 9"]);
    expect(await asOf("2026-03-25")).to.deep.equal([]);
    expect(await asOf("2026-03-28")).to.deep.equal(["T1 -8000 13"]);
  });

  it("cut off at any transaction goes on where it stood", async () => {
    for (let failAt = 1; ; failAt++) {
      const practice = await prepared();
      const before = await books(practice);
      await practice.ingest(MIXED);
      const { app, actor } = practice;
      let count = 0;
      const failing = {
        ...app.store,
        transaction: ((work) => {
          count += 1;
          if (count === failAt) return Promise.reject(new Error("cut off"));
          return app.store.transaction(work);
        }) as typeof app.store.transaction,
      };
      const cut = await message(
        unpostRemittance({ ...app, store: failing }, actor, "T1", REASON, quiet),
      );
      expect(await practice.differences()).to.equal(0);
      const { totalCents } = await trialBalance(app, actor, {});
      expect(totalCents).to.equal(0);
      await unpost(practice, "T1");
      expect(await books(practice), `cut at ${failAt}`).to.deep.equal(before);
      if (cut === "done") break;
    }
  });

  it("lets another remittance with its trace number post, and is then not posted beside it", async () => {
    const practice = await prepared(CORRECTION);
    await unpost(practice, "T3");
    const anew = remittanceFile([{ trace: "T3", payments: [clp(...PAID)] }]);
    expect((await practice.ingest(anew)).summary).to.include({ posted: 1, parked: 0 });
    const [first] = await practice.store.remittances.find({}, { sort: { _id: 1 } });
    expect(await message(post(practice, first?._id ?? ""))).to.contain("is posted: unpost that");
    expect(await message(post(practice, "T3"))).to.contain("give an id");
  });

  const RUNS = Number(process.env.UNPOST_RUNS ?? 4);
  const seed = Number(process.env.UNPOST_SEED ?? 20_260_320);
  it(`any remittances unposted last to first and posted first to last leave the same books (seed ${seed})`, async () => {
    const payments = [
      clp(...PAID),
      clp(...DENIED),
      clp(...PAID_AFTER_ALL),
      clp(...CORRECTED),
      reversalOf(...PAID),
      reversalOf(...CORRECTED),
      clp("A3 1 300.00 200.00 I3", "99215 300.00 200.00 CO-45 60.00 PR-2 40.00"),
      clp("A3 2 300.00 30.00 M3", "99215 300.00 30.00 CO-45 270.00"),
      clp("X1 1 50.00 50.00 I9"),
    ];
    const one = fc.uniqueArray(fc.nat(payments.length - 1), { minLength: 1, maxLength: 3 });
    const some = fc.array(one, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(some, async (remittances) => {
        const practice = await prepared();
        const stages = [await books(practice)];
        for (const [index, chosen] of remittances.entries()) {
          const own = chosen.flatMap((each) => payments[each] ?? []);
          const paid = own.reduce((sum, { paidCents }) => sum + paidCents, 0);
          const adjustments = paid < 0 ? [`FB:N${index} ${(paid / 100).toFixed(2)}`] : [];
          await practice.ingest(
            remittanceFile([{ trace: `N${index}`, payments: own, adjustments }]),
          );
          stages.push(await books(practice));
        }
        for (const index of remittances.keys()) {
          const last = remittances.length - 1 - index;
          const before = await books(practice);
          const answer = await message(unpost(practice, `N${last}`));
          const now = await books(practice);
          // What it had released stands on it: then nothing moves.
          expect(now).to.deep.equal(answer === "done" ? stages[last] : before);
          if (answer === "done") continue;
          expect(answer).to.contain("stands on it");
          return;
        }
        for (const index of remittances.keys()) await post(practice, `N${index}`);
        expect(await practice.differences()).to.equal(0);
        const { state } = await books(practice);
        expect(state).to.deep.equal(stages.at(-1)?.state);
      }),
      { numRuns: RUNS, seed },
    );
  });
});

describe("unposting one claim payment", () => {
  const newPractice = practices();

  it("puts its money into unapplied insurance and on the exceptions desk, and back", async () => {
    const practice = newPractice();
    for (const file of [CLAIMS, MIXED]) await practice.ingest(file);
    const { app, actor } = practice;
    const before = await practice.state();
    const named = { remittance: "T1", clp: 1 };
    const change = await unpostPayment(app, actor, named, REASON, quiet);
    expect(change).to.include({ changed: true, status: "posted", posted: 1, parked: 2 });
    expect(change).to.include({ postedCents: 0, unappliedCents: 37000 });
    expect(await practice.parked()).to.deep.equal(["X1 unmatched 30000", "A1 unposted 7000"]);
    expect((await practice.claim("A1")).status.adjudication).to.equal("none");
    expect(await practice.items()).to.include("posting-exception unposted 7000 open");
    expect(await unpostPayment(app, actor, named, REASON, quiet)).to.include({ changed: false });
    expect(await postPaymentAgain(app, actor, named)).to.include({ changed: true, posted: 2 });
    expect(await practice.state()).to.deep.equal(before);
    expect(await postPaymentAgain(app, actor, named)).to.include({ changed: false });
    expect(await practice.differences()).to.equal(0);
  });

  it("can go round again and again, and the whole remittance can be unposted behind it", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const empty = await practice.state();
    await practice.ingest(MIXED);
    const { app, actor } = practice;
    for (let turn = 0; turn < 3; turn++) {
      await unpostPayment(app, actor, { remittance: "T1", clp: 2 }, REASON, quiet);
      await unpostPayment(app, actor, { remittance: "T1", clp: 1 }, REASON, quiet);
      await postPaymentAgain(app, actor, { remittance: "T1", clp: 1 });
      if (turn < 2) await postPaymentAgain(app, actor, { remittance: "T1", clp: 2 });
    }
    await unpostRemittance(app, actor, "T1", REASON, quiet);
    expect(await practice.state()).to.deep.equal(empty);
    expect(await practice.differences()).to.equal(0);
    const { posted } = await postAgain(app, actor, "T1", quiet);
    expect(posted).to.equal(2);
    expect(await practice.differences()).to.equal(0);
  });
});
