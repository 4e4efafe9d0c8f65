import { expect } from "chai";
import { claim, claimFile } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);
const PAID = ["A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"] as const;
const CORRECTED = ["A1 1 100.00 60.00 ICN1", "99213 100.00 60.00 CO-45 20.00 PR-1 20.00"] as const;

const ORIGINAL = remittanceFile([{ trace: "T1", payments: [clp(...PAID)] }]);
const REVERSAL = remittanceFile([
  { trace: "T2", payments: [reversalOf(...PAID)], adjustments: ["WO:ICN1 -70.00"] },
]);
const CORRECTION = remittanceFile([{ trace: "T3", payments: [clp(...CORRECTED)] }]);

describe("reversals", () => {
  const newPractice = practices();

  it("R1 R3 a reversal restores the claim to the cent and leaves both postings in the journal", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const untouched = (await practice.claim("A1")).lines;
    await practice.ingest(ORIGINAL);
    const { summary } = await practice.ingest(REVERSAL);
    expect(summary).to.include({ posted: 1, parked: 0, postedCents: -7000, paidCents: 0 });
    const shown = await practice.claim("A1");
    expect(shown.lines).to.deep.equal(untouched);
    expect(shown.adjudications.map(({ reverses }) => reverses)).to.deep.equal([
      null,
      shown.adjudications[0]?.id,
    ]);
    const journal = await practice.store.journal.find({}, { sort: { _id: 1 } });
    expect(journal.map(({ kind }) => kind)).to.deep.equal([
      "charge",
      "charge",
      "payment",
      "reversal",
      "provider-adjustment",
    ]);
    const [, , payment, reversal] = journal;
    const negated = payment?.lines.map((line) => ({ ...line, amountCents: -line.amountCents }));
    expect(reversal?.lines).to.deep.equal(negated);
  });

  it("R3 a reversal of other amounts is parked, with the difference", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(ORIGINAL);
    const partly = reversalOf(
      "A1 1 100.00 50.00 ICN1",
      "99213 100.00 50.00 CO-45 40.00 PR-1 10.00",
    );
    const { told } = await practice.ingest(
      remittanceFile([{ trace: "T2", payments: [partly], adjustments: ["WO:ICN1 -50.00"] }]),
    );
    expect(await practice.parked()).to.deep.equal(["A1 reversal-mismatch -5000"]);
    const [parked] = told.filter(({ kind }) => kind === "parked");
    expect(parked).to.include({ residualCents: 2000, unappliedCents: -5000 });
    expect((await practice.claim("A1")).paidCents).to.equal(7000);
  });

  it("R7 a reversal by claim of what was paid by line is parked as such", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(ORIGINAL);
    const whole = reversalOf("A1 1 100.00 70.00 ICN1 CO-45 20.00 PR-1 10.00");
    await practice.ingest(
      remittanceFile([{ trace: "T2", payments: [whole], adjustments: ["WO:ICN1 -70.00"] }]),
    );
    expect(await practice.parked()).to.deep.equal(["A1 claim-level-reversal -7000"]);
  });

  it("R4 between reversal and correction the claim awaits, and neither denial nor patient balance shows", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(ORIGINAL);
    await practice.ingest(REVERSAL);
    expect((await practice.claim("A1")).status).to.deep.equal({
      submission: "sent",
      adjudication: "reversed-awaiting-correction",
      insurance: "open",
      patient: "none",
    });
  });

  it("R4 a correction that comes before its reversal waits, and is released by it: same end state", async () => {
    const wrongOrder = newPractice();
    await wrongOrder.ingest(CLAIMS);
    await wrongOrder.ingest(ORIGINAL);
    const early = await wrongOrder.ingest(CORRECTION);
    expect(early.summary).to.include({ posted: 0, parked: 1, unappliedCents: 6000 });
    expect(await wrongOrder.parked()).to.deep.equal(["A1 awaiting-reversal 6000"]);
    const late = await wrongOrder.ingest(REVERSAL);
    expect(late.summary).to.include({ posted: 1, released: 1 });
    const rightOrder = newPractice();
    await rightOrder.ingest(CLAIMS);
    await rightOrder.ingest(ORIGINAL);
    await rightOrder.ingest(REVERSAL);
    await rightOrder.ingest(CORRECTION);
    expect(await wrongOrder.state()).to.deep.equal(await rightOrder.state());
    expect(await wrongOrder.items()).to.deep.equal([
      "posting-exception awaiting-reversal 6000 resolved",
    ]);
    expect(await wrongOrder.differences()).to.equal(0);
  });

  it("R4 inside one remittance the order does not matter", async () => {
    const states: unknown[] = [];
    for (const payments of [
      [clp(...CORRECTED), reversalOf(...PAID)],
      [reversalOf(...PAID), clp(...CORRECTED)],
    ]) {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      await practice.ingest(ORIGINAL);
      const { summary } = await practice.ingest(
        remittanceFile([{ trace: "T2", payments, adjustments: ["WO:ICN1 -10.00"] }]),
      );
      expect(summary).to.include({ posted: 2, parked: 0 });
      expect(await practice.items()).to.deep.equal([]);
      expect(await practice.differences()).to.equal(0);
      states.push(await practice.state());
    }
    expect(states[0]).to.deep.equal(states[1]);
  });

  it("R4 original, reversal and correction in any of their six orders leave the same claim and ledger", async () => {
    const files = [ORIGINAL, REVERSAL, CORRECTION];
    const ends = new Set<string>();
    for (const order of ["012", "021", "102", "120", "201", "210"]) {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      for (const index of order) await practice.ingest(files[Number(index)] ?? "");
      const { paidCents, patientResponsibilityCents } = await practice.claim("A1");
      const accounts = Object.entries(await practice.accounts()).sort();
      const items = (await practice.items()).filter((item) => !item.endsWith(" resolved"));
      const left = { parked: await practice.parked(), items };
      ends.add(JSON.stringify({ paidCents, patientResponsibilityCents, accounts, ...left }));
      expect(await practice.differences(), `order ${order}`).to.equal(0);
    }
    expect([...ends]).to.have.length(1);
    expect([...ends][0]).to.contain('"paidCents":6000,"patientResponsibilityCents":2000');
    expect([...ends][0]).to.contain('"parked":[],"items":[]');
  });

  it("R4 a correction with its reversal before the original: that and the reversal cross each other out", async () => {
    const both = { trace: "T2", payments: [reversalOf(...PAID), clp(...CORRECTED)] };
    const files = [remittanceFile([{ ...both, adjustments: ["WO:ICN1 -10.00"] }]), ORIGINAL];
    const states: unknown[] = [];
    for (const order of [files, [...files].reverse()]) {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      for (const file of order) await practice.ingest(file);
      expect(await practice.parked()).to.deep.equal([]);
      expect(await practice.differences()).to.equal(0);
      for (const trace of ["T1", "T2"]) {
        const { parked, unappliedCents } = await practice.remittance(trace);
        expect({ parked, unappliedCents }).to.deep.equal({ parked: [], unappliedCents: 0 });
      }
      states.push(await practice.state());
    }
    expect(states[0]).to.deep.equal(states[1]);
  });

  it("R4 an original and a correction in one set follow a reversal that waits for the first", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(REVERSAL);
    const both = { trace: "T1", payments: [clp(...PAID), clp(...CORRECTED)] };
    const { summary } = await practice.ingest(remittanceFile([both]));
    expect(summary).to.include({ posted: 2, parked: 0, released: 1, unappliedCents: 0 });
    expect(await practice.parked()).to.deep.equal([]);
    expect((await practice.claim("A1")).paidCents).to.equal(6000);
    const items = await practice.items();
    expect(items.filter((item) => item.endsWith(" open"))).to.deep.equal([]);
  });

  it("R5 a take-back opens an item with the amount at stake; the correction closes it", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(ORIGINAL);
    await practice.ingest(REVERSAL);
    expect(await practice.items()).to.deep.equal(["take-back take-back 7000 open"]);
    await practice.ingest(CORRECTION);
    expect(await practice.items()).to.deep.equal(["take-back take-back 7000 resolved"]);
    expect((await practice.claim("A1")).status.adjudication).to.equal("paid");
  });

  it("R6 a correction does not add to the patient's share that it corrects", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    for (const file of [ORIGINAL, REVERSAL, CORRECTION]) await practice.ingest(file);
    expect((await practice.claim("A1")).patientResponsibilityCents).to.equal(2000);
    expect(await practice.accounts()).to.include({ "ar-patient": 2000 });
  });

  it("R4 a reversal that comes before its original waits, and is released by it", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(REVERSAL);
    expect(await practice.parked()).to.deep.equal(["A1 reversal-without-original -7000"]);
    const { summary } = await practice.ingest(ORIGINAL);
    expect(summary).to.include({ posted: 1, released: 1 });
    expect((await practice.claim("A1")).paidCents).to.equal(0);
    expect(await practice.accounts()).to.not.have.property("unapplied-insurance");
  });

  it("M3 a reversal under a mangled number finds its original by the payer's number", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const mangled = reversalOf("XXA1 1 100.00 70.00 ICN1", PAID[1]);
    await practice.ingest(
      remittanceFile([{ trace: "T2", payments: [mangled], adjustments: ["WO:ICN1 -70.00"] }]),
    );
    const { summary } = await practice.ingest(ORIGINAL);
    expect(summary).to.include({ posted: 1, released: 1 });
    expect((await practice.claim("A1")).paidCents).to.equal(0);
  });
});

describe("denial items", () => {
  const newPractice = practices();
  const DENIED = remittanceFile([
    { trace: "D1", payments: [clp("A1 1 100.00 0.00 ICN1", "99213 100.00 0.00 CO-197 100.00")] },
  ]);

  it("a denial is closed when a later remittance pays the claim", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(DENIED);
    await practice.ingest(ORIGINAL);
    expect(await practice.items()).to.deep.equal(["denial authorization-required 10000 resolved"]);
    const [item] = await practice.store.workItems.find({});
    expect(item).to.include({ outcome: "paid-on-resubmission" });
    expect((await practice.claim("A1")).status.insurance).to.equal("closed");
  });

  it("a part that stays refused keeps its item when the rest is paid", async () => {
    const practice = newPractice();
    await practice.ingest(claimFile([claim("B1", "99213 100.00", "85025 50.00")]));
    await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [
            clp(
              "B1 1 150.00 80.00 ICN5",
              "99213 100.00 80.00 CO-45 20.00",
              "85025 50.00 0.00 CO-16 50.00",
            ),
          ],
        },
      ]),
    );
    expect(await practice.items()).to.deep.equal(["partial-denial billing-error 5000 open"]);
    expect((await practice.claim("B1")).status).to.include({
      adjudication: "partly-paid",
      insurance: "open",
    });
  });

  it("a denial that is reversed takes its item with it", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(DENIED);
    await practice.ingest(
      remittanceFile([
        {
          trace: "D2",
          method: "NON",
          payments: [reversalOf("A1 1 100.00 0.00 ICN1", "99213 100.00 0.00 CO-197 100.00")],
        },
      ]),
    );
    expect(await practice.items()).to.deep.equal(["denial authorization-required 10000 resolved"]);
  });

  it("CO-45, the patient's deductible and a take-back to nothing are no denials", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [clp("A1 1 100.00 0.00 ICN1", "99213 100.00 0.00 CO-45 40.00 PR-1 60.00")],
        },
      ]),
    );
    expect(await practice.items()).to.deep.equal([]);
    expect((await practice.claim("A1")).status).to.include({
      adjudication: "no-payment-due",
      insurance: "closed",
      patient: "owes",
    });
  });
});
