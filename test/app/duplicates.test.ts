import { expect } from "chai";
import { claim, claimFile } from "./claim-file.ts";
import { change } from "./edi-text.ts";
import { practices } from "./practice.ts";
import { clp, type RemittanceText, remittanceFile } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);
const PAID: RemittanceText = {
  trace: "T1",
  payments: [
    clp("A1 1 100.00 80.00 ICN1", "99213 100.00 80.00 CO-45 20.00"),
    clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
  ],
};
const ZERO_PAY: RemittanceText = {
  trace: "0000000",
  method: "NON",
  handling: "H",
  payments: [clp("A1 4 100.00 0.00 ICN1", "99213 100.00 0.00 CO-16 100.00")],
};

describe("taking a remittance in again (POSTING E4)", () => {
  const newPractice = practices();

  it("E4 the same file changes nothing and is told as an exact duplicate", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(remittanceFile([PAID]));
    const before = await practice.state();
    const { summary, told } = await practice.ingest(remittanceFile([PAID]));
    expect(summary).to.include({ duplicates: 1, remittances: 0, posted: 0, paidCents: 0 });
    expect(told).to.deep.include({
      kind: "duplicate",
      traceNumber: "T1",
      claimPayments: 2,
      exact: true,
    });
    expect(await practice.state()).to.deep.equal(before);
  });

  it("E4 the same set in another envelope with other delimiters is an exact duplicate", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(remittanceFile([PAID]));
    const other = remittanceFile([{ trace: "T0" }, PAID], {
      control: "000000077",
      sender: "CLEARING",
      delimiters: ["|", ">", "!"],
    });
    const { summary, told } = await practice.ingest(other);
    expect(summary).to.include({ duplicates: 1, remittances: 1, posted: 0 });
    expect(told.filter(({ kind }) => kind === "duplicate")).to.deep.equal([
      { kind: "duplicate", traceNumber: "T1", claimPayments: 2, exact: true },
    ]);
  });

  it("E4 the same money with a cosmetic difference is a duplicate, and is told as not exact", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(remittanceFile([PAID]));
    const before = await practice.state();
    const cosmetic = remittanceFile([PAID], { damage: change("N3*9", "N3*10 GRANITE WAY") });
    const { summary, told } = await practice.ingest(cosmetic);
    expect(summary).to.include({ duplicates: 1, remittances: 0 });
    expect(told).to.deep.include({
      kind: "duplicate",
      traceNumber: "T1",
      claimPayments: 2,
      exact: false,
    });
    expect(await practice.state()).to.deep.equal(before);
  });

  it("E4 the same trace with other money is a conflict: parked whole, nothing of it in the ledger", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(remittanceFile([PAID]));
    const accounts = await practice.accounts();
    const other = remittanceFile([
      { ...PAID, payments: [clp("A2 1 200.00 150.00 ICN2 CO-45 50.00")] },
    ]);
    const { summary } = await practice.ingest(other);
    expect(summary).to.include({ parkedRemittances: 1, parked: 1, posted: 0, paidCents: 0 });
    expect(await practice.accounts()).to.deep.equal(accounts);
    expect(await practice.parked()).to.deep.equal(["A2 conflict 0"]);
    expect(await practice.items()).to.include("posting-exception conflict 15000 open");
    const again = await practice.ingest(other);
    expect(again.summary).to.include({ duplicates: 1, parked: 0 });
  });

  it("E4 a payment without money that reuses a trace posts, and its claims carry trace-reused", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(remittanceFile([ZERO_PAY]));
    const second = {
      ...ZERO_PAY,
      payments: [clp("A2 4 200.00 0.00 ICN2", "99214 200.00 0.00 CO-29 200.00")],
    };
    const { summary } = await practice.ingest(remittanceFile([second]));
    expect(summary).to.include({ remittances: 1, posted: 1, duplicates: 0, parked: 0 });
    expect((await practice.remittance("0000000")).flags).to.deep.equal(["trace-reused"]);
    expect((await practice.claim("A2")).flags).to.include("trace-reused");
    expect((await practice.claim("A1")).flags).to.deep.equal([]);
    expect(await practice.items()).to.have.length(2);
  });

  it("tells another payer's equal trace number apart", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(remittanceFile([PAID]));
    const { summary } = await practice.ingest(
      remittanceFile([
        { trace: "T1", payer: ["OTHER", "OTHER PLAN"], payments: [clp("X9 1 10.00 10.00")] },
      ]),
    );
    expect(summary).to.include({ remittances: 1, duplicates: 0, unappliedCents: 1000 });
  });

  it("registers the claims of an 837 once, however often it comes", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const before = await practice.state();
    const { summary, told } = await practice.ingest(CLAIMS);
    expect(summary).to.include({ claims: 2, duplicates: 1, findings: 0 });
    expect(told.flatMap(({ kind, outcome }) => (kind === "claim" ? [outcome] : []))).to.deep.equal([
      "duplicate",
      "duplicate",
    ]);
    expect(await practice.state()).to.deep.equal(before);
  });
});
