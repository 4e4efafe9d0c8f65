import { expect } from "chai";
import { openLateCrossovers } from "../../src/app/denials/late-crossovers.ts";
import { listLate } from "../../src/app/deposits/late-cash.ts";
import { matchAll } from "../../src/app/deposits/match-deposits.ts";
import { addDeposit, unmatchDeposit } from "../../src/app/deposits/record-cash.ts";
import { matchByHand } from "../../src/app/desk/match-by-hand.ts";
import { setPayerSettings, showPayerSettings } from "../../src/app/payer-settings.ts";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { postAgain } from "../../src/app/posting/post-again.ts";
import { claim, claimFile, MEDICAID } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const quiet = () => undefined;
const CLAIMS = claimFile([
  { ...claim("A1", "99213 100.00"), others: [MEDICAID] },
  claim("A2", "99213 100.00"),
]);
const PAID = "99213 100.00 80.00 CO-45 20.00";
const REMITTANCE = remittanceFile([{ trace: "T1", payments: [clp("A1 1 100.00 80.00 I1", PAID)] }]);
const ON_DEPOSIT = { payers: { GRANITE: { postOn: "deposit" } } };
const CASH = { amountCents: 8_000, date: "2026-03-16", traceNumbers: ["T1"] };

describe("payer settings", () => {
  const newPractice = practices();

  const set = ({ app, actor }: Practice, settings: unknown, reason = "control of May") =>
    setPayerSettings(app, actor, { settings, reason });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: Error) => error.message,
    );
  async function onDeposit(): Promise<Practice> {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await set(practice, ON_DEPOSIT);
    return practice;
  }

  it("are versions with who, when and why, and the last one is in force", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    const usual = { postOn: "remittance", crossoverDays: 30 };
    expect(await showPayerSettings(app, actor)).to.deep.include({ number: 0, settings: {}, usual });
    await set(practice, ON_DEPOSIT);
    await set(practice, { default: { crossoverDays: 45 } });
    expect(await showPayerSettings(app, actor)).to.deep.equal({
      number: 2,
      inForceFrom: "2026-03-20T12:00:00.000Z",
      by: "cli",
      reason: "control of May",
      settings: { default: { crossoverDays: 45 } },
      usual: { postOn: "remittance", crossoverDays: 45 },
    });
    expect(await practice.audited()).to.include({ "payers.set": 2, "payers.read": 2 });
  });

  it("are refused with the place for what the schema does not know: a tolerance, above all", async () => {
    const practice = newPractice();
    const tolerance = { default: { toleranceCents: 1 } };
    expect(await refusal(set(practice, tolerance))).to.contain("/default");
    expect(await refusal(set(practice, { payers: { X: { postOn: "never" } } }))).to.contain(
      "/postOn",
    );
    expect(await refusal(set(practice, { default: { crossoverDays: 0 } }))).to.contain(
      "/crossoverDays",
    );
    expect(await refusal(set(practice, ON_DEPOSIT, " "))).to.contain("reason");
    expect(await practice.store.settings.count({})).to.equal(0);
  });

  describe("by which a remittance posts with its deposit", () => {
    it("let it wait, proved, with nothing in the ledger, and the same file again changes nothing", async () => {
      const practice = await onDeposit();
      const before = await practice.accounts();
      const { summary, told } = await practice.ingest(REMITTANCE);
      expect(summary).to.include({ awaitingDeposit: 1, remittances: 0, posted: 0, paidCents: 0 });
      expect(told.find(({ kind }) => kind === "remittance")).to.include({
        status: "awaiting-deposit",
      });
      expect(await practice.accounts()).to.deep.equal(before);
      const again = await practice.ingest(REMITTANCE, "again.edi");
      expect(again.summary).to.include({ awaitingDeposit: 0, duplicates: 1 });
      expect(await practice.store.remittances.count({})).to.equal(1);
      expect(await practice.audited()).to.include({ "remittance.await-deposit": 1 });
    });

    it("post it by itself when its deposit is matched, by the evidence or by hand", async () => {
      for (const byHand of [false, true]) {
        const practice = await onDeposit();
        const { app, actor } = practice;
        await practice.ingest(REMITTANCE);
        const traceNumbers = byHand ? [] : ["T1"];
        const amountCents = byHand ? 7_900 : 8_000;
        const { id } = await addDeposit(app, actor, { ...CASH, amountCents, traceNumbers }, quiet);
        const fee = { kind: "fee" as const, amountCents: 100, reason: "wire" };
        const match = { depositIds: [id], remittances: ["T1"], differences: [fee] };
        if (byHand) await matchByHand(app, actor, match, quiet);
        expect(await practice.remittance("T1")).to.include({
          status: "posted",
          postedCents: 8_000,
        });
        expect((await practice.claim("A1")).paidCents).to.equal(8_000);
        const { accounts } = await trialBalance(app, actor);
        expect(accounts).to.include({ cash: amountCents, "cash-in-transit": 0 });
        expect(await practice.differences()).to.equal(0);
      }
    });

    it("post it as it comes when the deposit was there first", async () => {
      const practice = await onDeposit();
      const { app, actor } = practice;
      await addDeposit(app, actor, CASH, quiet);
      await practice.ingest(REMITTANCE);
      expect(await practice.remittance("T1")).to.include({ status: "posted" });
      expect(await practice.accounts()).to.include({ cash: 8_000 });
    });

    it("go on where the program was killed between the match and the posting", async () => {
      const practice = await onDeposit();
      const { app, actor, store } = practice;
      await practice.ingest(REMITTANCE);
      const { id } = await addDeposit(
        app,
        actor,
        { ...CASH, traceNumbers: [], amountCents: 1 },
        quiet,
      );
      // As the match leaves it, before anything is posted.
      await store.remittances.update({ traceNumber: "T1" }, { $set: { depositMatchId: id } });
      await matchAll(app, actor, quiet);
      expect(await practice.remittance("T1")).to.include({ status: "posted" });
      await matchAll(app, actor, quiet);
      expect((await practice.claim("A1")).paidCents).to.equal(8_000);
    });

    it("leave it posted when the match is taken back, its money in transit again", async () => {
      const practice = await onDeposit();
      const { app, actor } = practice;
      await practice.ingest(REMITTANCE);
      const { id } = await addDeposit(app, actor, CASH, quiet);
      await unmatchDeposit(app, actor, id, { reason: "another payer" });
      expect(await practice.remittance("T1")).to.include({ status: "posted" });
      expect(await practice.accounts()).to.include({ "cash-in-transit": 8_000 });
    });

    it("tell of a deposit that is late, and let a person post before it", async () => {
      const practice = await onDeposit();
      const { app, actor } = practice;
      const early = remittanceFile([
        { trace: "T7", date: "20260302", payments: [clp("A2 1 100.00 80.00 I2", PAID)] },
      ]);
      await practice.ingest(early);
      const { items } = await listLate(app, actor);
      expect(items.map(({ category, traceNumber }) => `${category} ${traceNumber}`)).to.deep.equal([
        "missing-deposit T7",
      ]);
      await postAgain(app, actor, "T7", quiet);
      expect((await practice.claim("A2")).paidCents).to.equal(8_000);
    });

    it("post at once what moves no money, and what another payer sends", async () => {
      const practice = await onDeposit();
      const denied = clp("A1 1 100.00 0.00 I1", "99213 100.00 0.00 CO-197 100.00");
      const other = { trace: "T3", payer: ["ELSEWHERE", "ELSEWHERE HEALTH"] as [string, string] };
      await practice.ingest(
        remittanceFile([
          { trace: "T2", method: "NON", handling: "H", payments: [denied] },
          { ...other, payments: [clp("A2 1 100.00 80.00 I2", PAID)] },
        ]),
      );
      for (const trace of ["T2", "T3"]) {
        expect(await practice.remittance(trace)).to.include({ status: "posted" });
      }
    });
  });

  it("say for each payer how long its answer to a forwarded claim is waited for", async () => {
    const forwarded = clp("A1 19 100.00 60.00 I1", "99213 100.00 60.00 CO-45 20.00 PR-2 20.00");
    const file = remittanceFile([{ trace: "T1", date: "20260310", payments: [forwarded] }]);
    const opened = async (settings: object) => {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      await practice.ingest(file);
      await set(practice, settings);
      return openLateCrossovers(practice.app, practice.actor, quiet);
    };
    expect(await opened({})).to.deep.equal({ opened: 0, days: 30 });
    const own = { payers: { GRANITE: { crossoverDays: 9 } } };
    expect(await opened(own)).to.deep.equal({ opened: 1, days: 30 });
    expect(await opened({ default: { crossoverDays: 10 } })).to.deep.equal({ opened: 0, days: 10 });
  });
});
