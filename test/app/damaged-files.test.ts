import { expect } from "chai";
import { OperatingError } from "../../src/app/errors.ts";
import { claim, claimFile } from "./claim-file.ts";
import { change, cutBefore } from "./edi-text.ts";
import { practices } from "./practice.ts";
import { clp, type RemittanceText, remittanceFile } from "./remittance-file.ts";

const FIRST: RemittanceText = { trace: "T1", payments: [clp("A1 1 100.00 100.00 ICN1")] };
const SECOND: RemittanceText = { trace: "T2", payments: [clp("A2 1 200.00 200.00 ICN2")] };
const CLAIMS = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);

describe("damaged files (POSTING E7)", () => {
  const newPractice = practices();

  for (const [what, damage] of [
    ["an SE count that is off by one", change("SE*", "SE*99*0001")],
    ["an SE of another set", change("SE*", "SE*13*0009")],
  ] as const) {
    it(`E7 ${what} parks that set whole, and its sibling posts`, async () => {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      const { summary } = await practice.ingest(remittanceFile([FIRST, SECOND], { damage }));
      expect(summary).to.include({ remittances: 1, parkedRemittances: 1, paidCents: 20000 });
      expect(summary.findings).to.be.greaterThan(0);
      expect(await practice.parked()).to.deep.equal(["A1 transaction-damaged 0"]);
      expect((await practice.claim("A1")).openInsuranceCents).to.equal(10000);
      expect((await practice.claim("A2")).openInsuranceCents).to.equal(0);
    });
  }

  it("E7 a file that ends inside its last set: the complete sets post, the open one is parked", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const text = remittanceFile([FIRST, SECOND], { damage: cutBefore("SE*", 2) });
    const { summary } = await practice.ingest(text);
    expect(summary).to.include({ remittances: 1, parkedRemittances: 1, posted: 1, parked: 1 });
    expect(await practice.parked()).to.deep.equal(["A2 transaction-damaged 0"]);
    expect(await practice.accounts()).to.include({ "cash-in-transit": 10000 });
  });

  it("E7 a set without SE before the next ST is parked, and the next one posts", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const text = remittanceFile([FIRST, SECOND], { damage: change("SE*") });
    const { summary } = await practice.ingest(text);
    expect(summary).to.include({ remittances: 1, parkedRemittances: 1 });
    expect(await practice.parked()).to.deep.equal(["A1 transaction-damaged 0"]);
  });

  it("E7 wrong GE and IEA are findings and stop nothing", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const damage = (segments: string[]) =>
      change("GE*", "GE*7*99")(change("IEA*", "IEA*9*999999999")(segments));
    const { summary } = await practice.ingest(remittanceFile([FIRST, SECOND], { damage }));
    expect(summary).to.include({ remittances: 2, parkedRemittances: 0, paidCents: 30000 });
    expect(summary.findings).to.be.greaterThan(0);
  });

  for (const [what, damage] of [
    ["whose SE was missing", cutBefore("SE*", 1)],
    ["whose SE was wrong", change("SE*", "SE*99*0001")],
  ] as const) {
    it(`E7 a remittance ${what} posts when the payer sends it whole`, async () => {
      const practice = newPractice();
      await practice.ingest(CLAIMS);
      await practice.ingest(remittanceFile([FIRST], { damage }));
      const { summary } = await practice.ingest(remittanceFile([FIRST]));
      expect(summary).to.include({ duplicates: 0, remittances: 1, posted: 1, paidCents: 10000 });
      const damagedAgain = await practice.ingest(remittanceFile([FIRST], { damage }));
      expect(damagedAgain.summary).to.include({ duplicates: 1, remittances: 0 });
    });
  }

  it("registers nothing of an 837 that is cut off, and all of it when it comes whole", async () => {
    const practice = newPractice();
    const two = [claim("A1", "99213 100.00"), claim("A2", "99214 200.00")];
    const cut = await practice.ingest(claimFile(two, { damage: cutBefore("SE*", 1) }));
    expect(cut.summary.findings).to.be.greaterThan(0);
    expect(await practice.store.claims.count({})).to.equal(0);
    await practice.ingest(claimFile(two));
    expect(await practice.store.claims.count({})).to.equal(2);
  });

  it("answers what is no X12 with a finding, and an empty file with an operating error", async () => {
    const practice = newPractice();
    const { summary } = await practice.ingest("Dear payer, where is our money?");
    expect(summary).to.include({ interchanges: 0 });
    expect(summary.findings).to.be.greaterThan(0);
    const refused = await practice.ingest("").catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(OperatingError).with.property("code", "file-empty");
  });
});

describe("remittances that do not balance", () => {
  const newPractice = practices();

  it("B3 B8 a payment that is not the sum of its claims is parked whole with its residual", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const accounts = await practice.accounts();
    const { summary, told } = await practice.ingest(
      remittanceFile([{ ...FIRST, bpr: "101.50", adjustments: ["WO:R 5.00"] }]),
    );
    expect(summary).to.include({ parkedRemittances: 1, parked: 1, posted: 0, paidCents: 0 });
    expect(told).to.deep.include({
      kind: "parked",
      level: "remittance",
      traceNumber: "T1",
      reason: "transaction-unbalanced",
      residualCents: 650,
      claimPayments: 1,
      message: "The payment is not the sum of its claims less provider adjustments.",
    });
    expect(await practice.accounts()).to.deep.equal(accounts);
    const shown = await practice.remittance("T1");
    expect(shown).to.include({ status: "parked", postedCents: 0, unappliedCents: 0 });
    expect(shown.parked.map(({ residualCents }) => residualCents)).to.deep.equal([650]);
    expect(shown.certificate).to.equal(null);
    expect(await practice.items()).to.deep.equal([
      "posting-exception transaction-unbalanced 10150 open",
    ]);
  });

  it("B9 a negative BPR02 is parked whole", async () => {
    const practice = newPractice();
    const { summary } = await practice.ingest(
      remittanceFile([{ trace: "T1", adjustments: ["WO:R 5.00"] }]),
    );
    expect(summary).to.include({ parkedRemittances: 1, paidCents: 0 });
    expect(await practice.accounts()).to.deep.equal({});
    expect(await practice.items()).to.deep.equal(["posting-exception payment-negative -500 open"]);
  });

  it("E5 a prenotification posts nothing, and a notification with money is parked", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { summary } = await practice.ingest(
      remittanceFile([
        { trace: "T1", handling: "P", bpr: "0" },
        { ...SECOND, handling: "H" },
      ]),
    );
    expect(summary).to.include({ remittances: 0, parkedRemittances: 2 });
    expect(await practice.items()).to.deep.equal([
      "posting-exception prenote 0 open",
      "posting-exception payment-kind 20000 open",
    ]);
  });

  it("B1 B2 a claim that does not balance is parked alone; its cash waits in unapplied insurance", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { summary } = await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [
            clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00"),
            clp("A2 1 200.00 200.00 ICN2"),
          ],
          adjustments: ["L6:INT -1.00"],
        },
      ]),
    );
    expect(summary).to.include({
      remittances: 1,
      posted: 1,
      parked: 1,
      paidCents: 27100,
      postedCents: 20000,
      unappliedCents: 7000,
      providerAdjustmentCents: -100,
    });
    expect(await practice.accounts()).to.include({
      "cash-in-transit": 27100,
      "unapplied-insurance": -7000,
      "ar-insurance": 10000,
    });
    const shown = await practice.remittance("T1");
    expect(shown.parked).to.have.length(1);
    expect(shown.parked[0]).to.include({
      patientControlNumber: "A1",
      reason: "claim-unbalanced",
      residualCents: 1000,
    });
    expect(shown.certificate?.claims).to.deep.equal({ proved: 1, failed: 1 });
  });
});
