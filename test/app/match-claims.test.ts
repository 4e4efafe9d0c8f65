import { expect } from "chai";
import { claim, claimFile, GRANITE, MEDICAID } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const A1 = claim("A1", "99213 100.00", "85025 50.00");
const CLAIMS = claimFile([A1, claim("A2", "99214 200.00")]);

describe("tying payments to claims", () => {
  const newPractice = practices();

  it("M1 by the claim number that was sent, whatever the payer's own number", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(
      remittanceFile([{ trace: "T1", payments: [clp("A2 1 200.00 200.00 Z")] }]),
    );
    expect((await practice.claim("A2")).paidCents).to.equal(20000);
    expect((await practice.claim("A1")).paidCents).to.equal(0);
  });

  it("M3 by the payer's number where the claim number came back mangled", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const denial = clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-16 200.00");
    await practice.ingest(remittanceFile([{ trace: "T1", payments: [denial] }]));
    const { summary } = await practice.ingest(
      remittanceFile([{ trace: "T2", payments: [clp("XXA2 1 200.00 200.00 ICN2")] }]),
    );
    expect(summary).to.include({ posted: 1, parked: 0 });
    expect((await practice.claim("A2")).paidCents).to.equal(20000);
  });

  for (const sentinel of ["0", "UNKNOWN", "000000"]) {
    it(`M6 a claim number ${sentinel} is unmatched, but still ties by a payer's number`, async () => {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      const first = await practice.ingest(
        remittanceFile([
          { trace: "T1", payments: [clp(`${sentinel} 1 200.00 180.00 ICN2 CO-45 20.00`)] },
        ]),
      );
      expect(first.summary).to.include({ posted: 0, parked: 1, unappliedCents: 18000 });
      expect(await practice.parked()).to.deep.equal([`${sentinel} unmatched 18000`]);
      const denial = clp("A2 1 200.00 0.00 ICN9", "99214 200.00 0.00 CO-16 200.00");
      await practice.ingest(remittanceFile([{ trace: "T2", payments: [denial] }]));
      const second = await practice.ingest(
        remittanceFile([
          { trace: "T3", payments: [clp(`${sentinel} 1 200.00 180.00 ICN9 CO-45 20.00`)] },
        ]),
      );
      expect(second.summary).to.include({ posted: 1, parked: 0 });
    });
  }

  it("M6 a claim is never registered under a number that stands for none", async () => {
    const practice = newPractice();
    const { summary } = await practice.ingest(claimFile([claim("0", "99213 100.00")]));
    expect(summary.findings).to.equal(1);
    expect(await practice.store.claims.count({})).to.equal(0);
  });

  it("M7 several payments of one claim are no duplicates; it closes when every line has an outcome", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const first = clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 30.00");
    const second = clp("A1 1 50.00 50.00 ICN1B", "85025 50.00 50.00");
    await practice.ingest(remittanceFile([{ trace: "T1", payments: [first] }]));
    expect((await practice.claim("A1")).status.insurance).to.equal("open");
    const { summary } = await practice.ingest(
      remittanceFile([{ trace: "T2", payments: [second] }]),
    );
    expect(summary).to.include({ posted: 1, parked: 0 });
    expect(await practice.claim("A1")).to.deep.include({
      paidCents: 12000,
      openInsuranceCents: 0,
      payerClaimControlNumbers: ["ICN1", "ICN1B"],
    });
  });

  it("M8 a claim that is not ours goes to unapplied cash, and the payment still ties", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { summary } = await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [clp("OLD7 1 60.00 60.00 ICN7"), clp("A2 1 200.00 200.00 ICN2")],
        },
      ]),
    );
    expect(summary).to.include({ paidCents: 26000, postedCents: 20000, unappliedCents: 6000 });
    expect(await practice.accounts()).to.include({
      "unapplied-insurance": -6000,
      "cash-in-transit": 26000,
    });
    expect(await practice.items()).to.deep.equal(["posting-exception unmatched 6000 open"]);
  });

  it("L10 a line that was never billed parks the claim and makes no charge", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [
            clp("A2 1 200.00 150.00 ICN2", "99214 100.00 100.00", "J3490 100.00 50.00 CO-45 50.00"),
          ],
        },
      ]),
    );
    expect(await practice.parked()).to.deep.equal(["A2 line-not-billed 15000"]);
    expect((await practice.claim("A2")).lines).to.have.length(1);
  });
});

describe("remittances that come before their claims", () => {
  const newPractice = practices();
  const PAYMENT = remittanceFile([
    { trace: "T1", payments: [clp("A2 1 200.00 150.00 ICN2", "99214 200.00 150.00 CO-45 50.00")] },
  ]);

  it("M8 the payment is released at registration, and its money leaves unapplied cash", async () => {
    const practice = newPractice();
    const early = await practice.ingest(PAYMENT);
    expect(early.summary).to.include({ parked: 1, unappliedCents: 15000, paidCents: 15000 });
    const { summary } = await practice.ingest(CLAIMS);
    expect(summary).to.include({ released: 1 });
    expect(await practice.parked()).to.deep.equal([]);
    expect(await practice.items()).to.deep.equal(["posting-exception unmatched 15000 resolved"]);
    expect(await practice.remittance("T1")).to.include({ postedCents: 15000, unappliedCents: 0 });
    expect(await practice.differences()).to.equal(0);
  });

  it("both orders of arrival end in the same state", async () => {
    const early = newPractice();
    await early.ingest(PAYMENT);
    await early.ingest(CLAIMS);
    const late = newPractice();
    await late.ingest(CLAIMS);
    await late.ingest(PAYMENT);
    expect(await early.state()).to.deep.equal(await late.state());
  });

  it("M7 a split claim that came early is released whole", async () => {
    const split = remittanceFile([
      {
        trace: "T1",
        payments: [
          clp("A1 1 150.00 70.00 ICN1", "99213 100.00 70.00 CO-45 30.00"),
          clp("A1 1 150.00 50.00 ICN1", "85025 50.00 50.00"),
        ].map(({ paidCents, segments }, index) => ({
          paidCents,
          segments: segments.map((segment) =>
            segment.replace("*150*", index === 0 ? "*100*" : "*50*"),
          ),
        })),
      },
    ]);
    const early = newPractice();
    await early.ingest(split);
    await early.ingest(CLAIMS);
    const late = newPractice();
    await late.ingest(CLAIMS);
    await late.ingest(split);
    expect(await early.parked()).to.deep.equal([]);
    expect(await early.state()).to.deep.equal(await late.state());
  });

  it("M3 what waits under a mangled number is released when its claim takes the payer's number", async () => {
    const reversal = clp("XXA2 22 -200.00 -150.00 ICN2", "99214 -200.00 -150.00 CO-45 -50.00");
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const pended = clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-16 200.00");
    await practice.ingest(remittanceFile([{ trace: "T0", payments: [pended] }]));
    await practice.ingest(
      remittanceFile([{ trace: "T2", payments: [reversal], adjustments: ["FB:T2 -150.00"] }]),
    );
    expect(await practice.parked()).to.deep.equal(["XXA2 reversal-mismatch -15000"]);
  });
});

describe("a claim that goes to its second payer", () => {
  const newPractice = practices();
  const secondary = claimFile([{ ...A1, payer: MEDICAID, others: [GRANITE] }], {
    control: "000000002",
  });

  it("the same CLM01 in a second 837 is no second charge", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { told } = await practice.ingest(secondary);
    expect(told.flatMap(({ kind, outcome }) => (kind === "claim" ? [outcome] : []))).to.deep.equal([
      "resent",
    ]);
    expect(await practice.accounts()).to.include({ revenue: -35000, "ar-insurance": 35000 });
    const shown = await practice.claim("A1");
    expect(shown.submissions.map(({ sequence }) => sequence)).to.deep.equal(["P", "S"]);
    await practice.ingest(secondary);
    expect((await practice.claim("A1")).submissions).to.have.length(2);
  });

  it("C1 C2 its payment takes up the patient's share that the first payer left", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [clp("A1 1 150.00 90.00 ICN1 CO-45 30.00 PR-1 30.00")],
        },
      ]),
    );
    await practice.ingest(secondary);
    await practice.ingest(
      remittanceFile([
        {
          trace: "M1",
          payer: ["MEDICAID", "STATE MEDICAID"],
          payments: [clp("A1 2 150.00 25.00 MICN OA-23 120.00 PR-3 5.00")],
        },
      ]),
    );
    expect(await practice.claim("A1")).to.deep.include({
      chargeCents: 15000,
      paidCents: 11500,
      contractualCents: 3000,
      patientResponsibilityCents: 500,
      openInsuranceCents: 0,
      creditCents: 0,
    });
    expect(await practice.differences()).to.equal(0);
  });
});
