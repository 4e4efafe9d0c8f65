import { expect } from "chai";
import fc from "fast-check";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { replayLedger } from "../../src/app/posting/replay-ledger.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { BUILT_IN_RULES } from "../../src/billing/remits/index.ts";
import { claim, claimFile, MEDICAID } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const quiet = () => undefined;

const CLAIMS = claimFile([
  { ...claim("A1", "99213 100.00"), others: [MEDICAID] },
  claim("A2", "99214 200.00"),
  claim("A3", "99215 300.00"),
]);
const PAID = ["A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"] as const;
const FIRST = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp(...PAID),
      clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
      clp("A3 1 300.00 240.00 ICN3", "99215 300.00 240.00 CO-197 20.00 CO-45 40.00"),
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

describe("replaying the ledger under other rules", () => {
  const newPractice = practices();

  async function worked(): Promise<Practice> {
    const practice = newPractice();
    for (const file of [CLAIMS, FIRST, LATER]) await practice.ingest(file);
    return practice;
  }
  const replay = ({ app, actor }: Practice, rules: unknown, period = {}) =>
    replayLedger(app, actor, rules, period, quiet);

  it("under the rules in force finds nothing, and posts nothing", async () => {
    const practice = await worked();
    const before = await practice.state();
    const report = await replay(practice, {});
    expect(report).to.deep.include({ claims: 3, decisions: 4, claimsChanged: 0, rows: [] });
    expect(report).to.deep.include({ accounts: {}, itemsOpened: 0, itemsClosed: 0 });
    expect(report).to.include({ rules: BUILT_IN_RULES.version, notReproduced: 0, wouldWait: 0 });
    expect(await practice.state()).to.deep.equal(before);
    expect(await practice.audited()).to.include({ "ledger.replay": 1 });
  });

  it("of a denial that would be contractual shows accounts, work items, payers and reasons", async () => {
    const practice = await worked();
    const report = await replay(practice, { contractual: { add: ["197"] } });
    expect(report.accounts).to.deep.equal({ "ar-insurance": -22400, contractual: 22400 });
    expect(report).to.include({ totalCents: 0, claimsChanged: 3, decisionsChanged: 3 });
    expect(report).to.include({ itemsOpened: 0, itemsClosed: 3 });
    const row = { groupCode: "CO", reasonCode: "197", before: "denied", after: "contractual" };
    expect(report.rows).to.deep.equal([
      { payer: "GRANITE HEALTH", ...row, times: 2, amountCents: 22000 },
      { payer: "STATE MEDICAID", ...row, times: 1, amountCents: 400 },
    ]);
  });

  it("changes one payer only, and one period only", async () => {
    const practice = await worked();
    const rules = { payers: { MEDICAID: { contractual: { add: ["197"] } } } };
    const own = await replay(practice, rules);
    expect(own.accounts).to.deep.equal({ "ar-insurance": -400, contractual: 400 });
    const all = { contractual: { add: ["197"] } };
    const late = await replay(practice, all, { from: "2026-03-16" });
    expect(late).to.deep.include({ decisions: 1, accounts: own.accounts });
    const early = await replay(practice, all, { to: "2026-03-15" });
    expect(early).to.deep.include({ decisions: 3 });
    expect(early.accounts).to.deep.equal({ "ar-insurance": -22000, contractual: 22000 });
  });

  it("of a contractual reason that would be a denial opens items, and lifts what is owed", async () => {
    const practice = await worked();
    const report = await replay(practice, { contractual: { remove: ["45"] } });
    expect(report.accounts).to.include({ contractual: -6000 });
    expect(report.totalCents).to.equal(0);
  });

  it("moves provider adjustments between their accounts, out of suspense with its item", async () => {
    const practice = await worked();
    const report = await replay(practice, { providerAdjustments: { ZZ: "payer-charges" } });
    expect(report.accounts).to.deep.equal({
      "payer-charges": 500,
      "provider-adjustment-suspense": -500,
    });
    expect(report).to.include({ itemsClosed: 1, claimsChanged: 0 });
    expect(report.rows.map(({ groupCode, after }) => [groupCode, after])).to.deep.equal([
      ["PLB", "payer-charges"],
    ]);
  });

  it("says which payment would wait, where a denial would have settled the claim", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const denied = clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00");
    const paid = clp("A2 1 200.00 150.00 ICN2", "99214 200.00 150.00 CO-45 50.00");
    await practice.ingest(remittanceFile([{ trace: "T1", payments: [denied] }]));
    await practice.ingest(remittanceFile([{ trace: "T2", payments: [paid] }]));
    const report = await replay(practice, { contractual: { add: ["197"] } });
    expect(report.wouldWait).to.equal(1);
    expect(report.accounts).to.deep.equal({ contractual: 15000, "unapplied-insurance": -15000 });
  });

  it("leaves out what was unposted", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    await unpostRemittance(app, actor, "T2", { reason: "test" }, quiet);
    const report = await replay(practice, { contractual: { add: ["197"] } });
    expect(report.accounts).to.deep.equal({ "ar-insurance": -22000, contractual: 22000 });
  });

  it("refuses a file of rules that it does not know, and says where", async () => {
    const practice = newPractice();
    const answer = (rules: unknown) =>
      replay(practice, rules).then(
        () => "done",
        (error: Error) => error.message,
      );
    expect(await answer([])).to.contain("/ is not an object");
    expect(await answer({ contractuals: {} })).to.contain("/contractuals is not known");
    expect(await answer({ contractual: { add: [45] } })).to.contain("/contractual/add");
    expect(await answer({ contractual: { sub: [] } })).to.contain("/contractual/sub is not known");
    expect(await answer({ providerAdjustments: { ZZ: "nowhere" } })).to.contain("no account");
    expect(await answer({ payers: { P: 1 } })).to.contain("/payers/P is not an object");
  });

  it("keeps with each posting the version of the rules that decided it", async () => {
    const practice = await worked();
    const { adjudications } = await practice.claim("A2");
    expect(adjudications.map(({ rules }) => rules)).to.deep.equal([BUILT_IN_RULES.version]);
    const [doc] = await practice.store.remittances.find({ traceNumber: "T1" });
    expect(doc?.rules).to.equal(BUILT_IN_RULES.version);
  });

  const seed = Number(process.env.REPLAY_SEED ?? 20_260_320);
  it(`balances whatever the rules, and leaves the books alone (seed ${seed})`, async () => {
    const practice = await worked();
    await practice.ingest(
      remittanceFile([
        { trace: "T3", payments: [reversalOf(...PAID)], adjustments: ["WO:ICN1 -70.00"] },
      ]),
    );
    const { app, actor } = practice;
    const before = await trialBalance(app, actor, {});
    const codes = fc.subarray(["23", "45", "197", "253"]);
    const lists = fc.record({ add: codes, remove: codes });
    await fc.assert(
      fc.asyncProperty(lists, lists, async (contractual, otherDenials) => {
        const report = await replay(practice, { contractual, otherDenials });
        expect(report.totalCents).to.equal(0);
        expect(report.notReproduced).to.equal(0);
      }),
      { numRuns: 15, seed },
    );
    expect(await trialBalance(app, actor, {})).to.deep.equal(before);
  });
});
