import { expect } from "chai";
import { adoptRules } from "../../src/app/posting/adopt-rules.ts";
import { replayLedger } from "../../src/app/posting/replay-ledger.ts";
import { rulesHistory, showRules } from "../../src/app/posting/rules-in-force.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { BUILT_IN_RULES, postingRules } from "../../src/billing/remits/index.ts";
import { claim, claimFile, MEDICAID } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const quiet = () => undefined;

const CLAIMS = claimFile([
  { ...claim("A1", "99213 100.00"), others: [MEDICAID] },
  claim("A2", "99214 200.00"),
  claim("A3", "99215 300.00"),
]);
const MIXED = ["A3 1 300.00 240.00 ICN3", "99215 300.00 240.00 CO-197 20.00 CO-45 40.00"] as const;
const FIRST = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"),
      clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
      clp(...MIXED),
    ],
    adjustments: ["ZZ:WHO 5.00", "L6 -1.00"],
  },
]);
const LATER = remittanceFile([
  {
    trace: "T2",
    date: "20260318",
    payer: ["MEDICAID", "STATE MEDICAID"],
    payments: [clp("A1 2 100.00 6.00 M1", "99213 100.00 6.00 OA-23 90.00 CO-197 4.00")],
  },
]);
const BY_CONTRACT = { contractual: { add: ["197"] } };

describe("putting posting rules in force", () => {
  const newPractice = practices();

  async function worked(): Promise<Practice> {
    const practice = newPractice();
    for (const file of [CLAIMS, FIRST, LATER]) await practice.ingest(file);
    return practice;
  }
  function adopt({ app, actor }: Practice, rules: object, more = {}) {
    const { version } = postingRules(rules);
    return adoptRules(app, actor, { rules, version, reason: "contract of May", ...more }, quiet);
  }
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: Error) => error.message,
    );
  /** The journal as it moved each account since there were so many entries. */
  async function movedSince({ store }: Practice, from: number) {
    const entries = (await store.journal.find({}, { sort: { _id: 1 } })).slice(from);
    const sums: Record<string, number> = {};
    for (const { account, amountCents } of entries.flatMap(({ lines }) => lines)) {
      sums[account] = (sums[account] ?? 0) + amountCents;
    }
    return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0));
  }

  it("counts for what comes from then on; old postings stay as they were", async () => {
    const practice = await worked();
    const before = await practice.state();
    const adopted = await adopt(practice, BY_CONTRACT);
    expect(adopted).to.deep.include({ number: 1, claimsChanged: 3, reposted: null });
    expect(await practice.state()).to.deep.equal(before);
    await practice.ingest(claimFile([claim("B1", "99214 200.00")]));
    const denied = clp("B1 1 200.00 0.00 ICN9", "99214 200.00 0.00 CO-197 200.00");
    await practice.ingest(remittanceFile([{ trace: "T9", payments: [denied] }]));
    const late = await practice.claim("B1");
    expect(late).to.deep.include({ contractualCents: 20_000, openInsuranceCents: 0 });
    const old = await practice.claim("A2");
    expect(old).to.deep.include({ contractualCents: 0, openInsuranceCents: 20_000 });
    const posted = await practice.store.remittances.findOne({ traceNumber: "T9" });
    expect(posted?.rules).to.equal(adopted.rules);
    expect(await practice.audited()).to.include({ "rules.adopt": 1, "ledger.replay": 1 });
  });

  it("is told with who, when, why and what was shown, and each version as a file that makes it", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    const own = { ...BY_CONTRACT, providerAdjustments: { ZZ: "payer-charges" as const } };
    const rules = { ...own, payers: { MEDICAID: { otherDenials: { remove: ["18"] } } } };
    await adopt(practice, rules);
    await adopt(practice, {});
    const [now, then, first] = await rulesHistory(app, actor);
    expect(now).to.include({ number: 2, version: BUILT_IN_RULES.version, inForce: true });
    expect(then).to.include({ number: 1, inForce: false, by: "cli", reason: "contract of May" });
    expect(then?.inForceFrom).to.equal("2026-03-20T12:00:00.000Z");
    expect(then?.shown).to.deep.include({ claimsChanged: 3, reposted: false });
    expect(first).to.include({ number: 0, by: null, inForceFrom: null });
    const shown = await showRules(app, actor, then?.version);
    expect(postingRules(shown.rules).sha256).to.equal(then?.sha256);
    expect((await showRules(app, actor)).rules).to.deep.equal({});
    expect(await refusal(showRules(app, actor, "nowhere"))).to.contain("no such thing");
  });

  it("is refused for another file than was shown, without a reason, and twice", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    const input = { rules: BY_CONTRACT, version: BUILT_IN_RULES.version, reason: "why" };
    expect(await refusal(adoptRules(app, actor, input, quiet))).to.contain("not what was shown");
    expect(await refusal(adopt(practice, BY_CONTRACT, { reason: " " }))).to.contain("reason");
    await adopt(practice, BY_CONTRACT);
    expect(await refusal(adopt(practice, BY_CONTRACT))).to.contain("in force");
    expect(await practice.store.settings.count({})).to.equal(1);
  });

  it("of two at once lets the one that was second look at the difference again", async () => {
    const practice = await worked();
    const answers = await Promise.all([
      refusal(adopt(practice, BY_CONTRACT)),
      refusal(adopt(practice, { contractual: { add: ["18"] } })),
    ]);
    expect(answers.filter((answer) => answer === "done")).to.have.length(1);
    expect(answers.join()).to.contain("Someone else has changed this");
  });

  it("compares what was posted by other rules with those", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    await adopt(practice, BY_CONTRACT);
    const report = await replayLedger(app, actor, BY_CONTRACT, {}, quiet);
    expect(report.accounts).to.deep.equal({ "ar-insurance": -22_400, contractual: 22_400 });
    const back = await replayLedger(app, actor, {}, {}, quiet);
    expect(back).to.deep.include({ claimsChanged: 0, notReproduced: 0, accounts: {} });
  });

  it("seals the reason, as it may name anybody", async () => {
    const practice = await worked();
    await adopt(practice, BY_CONTRACT);
    const raw = await practice.app.store.connection
      .collection("settings")
      .findOne({ practiceId: practice.actor.practiceId });
    expect(raw).to.have.property("packed");
    expect(raw).not.to.have.property("reason");
  });

  describe("and making old postings follow", () => {
    it("moves exactly what was shown, by entries that name what they undo and replace", async () => {
      const practice = await worked();
      const entries = await practice.store.journal.count({});
      const rules = { ...BY_CONTRACT, providerAdjustments: { ZZ: "payer-charges" as const } };
      const adopted = await adopt(practice, rules, { repost: true });
      expect(adopted.reposted).to.deep.include({ claims: 3, remittances: 2 });
      expect(await movedSince(practice, entries)).to.deep.equal(adopted.accounts);
      expect(await practice.differences()).to.equal(0);
      const journal = await practice.store.journal.find({}, { sort: { _id: 1 } });
      const ids = new Set(journal.slice(0, entries).map(({ _id }) => _id));
      for (const entry of journal.slice(entries)) {
        const named = entry.negates ?? entry.replaces;
        // A denial had moved nothing, so that there is no entry to name.
        if (named !== null) expect(ids).to.include(named);
      }
      const denial = await practice.claim("A2");
      expect(denial).to.deep.include({ contractualCents: 20_000, openInsuranceCents: 0 });
      const { app, actor } = practice;
      const again = await replayLedger(app, actor, rules, {}, quiet);
      expect(again).to.deep.include({ claimsChanged: 0, accounts: {}, rows: [] });
      expect((await practice.items()).filter((item) => !item.endsWith("resolved"))).to.deep.equal(
        [],
      );
      expect(await practice.audited()).to.include({ "claim.repost": 3 });
    });

    it("and back again leaves the books as they were", async () => {
      const practice = await worked();
      const before = await practice.state();
      const rules = { ...BY_CONTRACT, providerAdjustments: { ZZ: "payer-charges" as const } };
      await adopt(practice, rules, { repost: true });
      await adopt(practice, {}, { repost: true });
      const { claims, accounts } = (await practice.state()) as Record<string, unknown>;
      expect({ claims, accounts }).to.deep.equal({
        claims: (before as typeof claims & { claims: unknown }).claims,
        accounts: (before as typeof claims & { accounts: unknown }).accounts,
      });
      expect(await practice.differences()).to.equal(0);
    });

    it("takes rules that are in force already to a period", async () => {
      const practice = await worked();
      await adopt(practice, BY_CONTRACT);
      const entries = await practice.store.journal.count({});
      await adopt(practice, BY_CONTRACT, { repost: true, from: "2026-03-16" });
      expect(await movedSince(practice, entries)).to.deep.equal({
        "ar-insurance": -400,
        contractual: 400,
      });
      expect(await practice.store.settings.count({})).to.equal(1);
    });

    it("keeps an item with the person who has it, at what is left of it", async () => {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      const refused = "99215 300.00 200.00 CO-197 20.00 CO-50 40.00 CO-45 40.00";
      const payments = [clp("A3 1 300.00 200.00 ICN3", refused)];
      await practice.ingest(remittanceFile([{ trace: "T1", payments }]));
      const before = await practice.store.workItems.findOne({ kind: "partial-denial" });
      await adopt(practice, BY_CONTRACT, { repost: true });
      const after = await practice.store.workItems.findOne({ kind: "partial-denial" });
      expect(await practice.store.workItems.count({})).to.equal(1);
      expect([before?.amountCents, after?.amountCents]).to.deep.equal([6_000, 4_000]);
      expect(after).to.include({ _id: before?._id, status: "open" });
      const decided = await practice.store.adjudications.findOne({ _id: after?.adjudicationId });
      expect(decided?.replaces).to.equal(before?.adjudicationId);
    });

    it("takes a reversal along with what it reverses", async () => {
      const practice = await worked();
      const payments = [reversalOf(...MIXED)];
      const reversal = {
        trace: "T3",
        date: "20260319",
        payments,
        adjustments: ["WO:ICN3 -240.00"],
      };
      await practice.ingest(remittanceFile([reversal]));
      const entries = await practice.store.journal.count({});
      await adopt(practice, BY_CONTRACT, { repost: true, to: "2026-03-17" });
      const moved = await movedSince(practice, entries);
      expect(moved).to.deep.equal({ "ar-insurance": -20_000, contractual: 20_000 });
      expect(await practice.differences()).to.equal(0);
      const doc = await practice.store.claims.findOne({ patientControlNumbers: "A3" });
      expect(doc?.status.adjudication).to.equal("reversed-awaiting-correction");
    });

    it("lets a payment wait that a contract reduction leaves no room for", async () => {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      const denied = clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00");
      const paid = clp("A2 1 200.00 150.00 ICN2", "99214 200.00 150.00 CO-45 50.00");
      await practice.ingest(remittanceFile([{ trace: "T1", payments: [denied] }]));
      await practice.ingest(remittanceFile([{ trace: "T2", payments: [paid] }]));
      await adopt(practice, BY_CONTRACT, { repost: true });
      expect(await practice.parked()).to.deep.equal(["A2 awaiting-reversal 15000"]);
      const remittance = await practice.remittance("T2");
      expect(remittance).to.deep.include({ posted: 0, postedCents: 0, unappliedCents: 15_000 });
      expect(await practice.differences()).to.equal(0);
    });

    it("leaves what can be unposted like any other posting", async () => {
      const practice = await worked();
      await adopt(practice, BY_CONTRACT, { repost: true });
      const { app, actor } = practice;
      for (const trace of ["T2", "T1"]) {
        await unpostRemittance(app, actor, trace, { reason: "test" }, quiet);
      }
      expect(await practice.accounts()).to.deep.equal({ "ar-insurance": 60_000, revenue: -60_000 });
      expect(await practice.differences()).to.equal(0);
    });
  });
});
