import { expect } from "chai";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { claim, claimFile, GRANITE, MEDICAID } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00", "85025 50.00"), claim("A2", "99214 200.00")]);

const REMITTANCE = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp(
        "A1 1 150.00 90.00 ICN1",
        "99213 100.00 60.00 CO-45 30.00 PR-1 10.00",
        "85025 50.00 30.00 CO-45 20.00",
      ),
      clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
    ],
  },
]);

describe("posting a remittance", () => {
  const newPractice = practices();

  it("accounts for every cent of a claim: charge = paid + contractual + patient + open", async () => {
    const practice = newPractice();
    const registered = await practice.ingest(CLAIMS);
    expect(registered.summary).to.include({ claims: 2, findings: 0 });
    const { summary, told } = await practice.ingest(REMITTANCE);
    expect(told.filter(({ kind }) => kind === "finding")).to.deep.equal([]);
    expect(summary).to.include({
      remittances: 1,
      claimPayments: 2,
      posted: 2,
      parked: 0,
      paidCents: 9000,
      postedCents: 9000,
      unappliedCents: 0,
    });
    const shown = await practice.claim("A1");
    expect(shown).to.deep.include({
      chargeCents: 15000,
      paidCents: 9000,
      contractualCents: 5000,
      otherAdjustmentCents: 0,
      patientResponsibilityCents: 1000,
      openInsuranceCents: 0,
      creditCents: 0,
      status: { submission: "sent", adjudication: "paid", insurance: "closed", patient: "owes" },
      payerClaimControlNumbers: ["ICN1"],
    });
    expect(shown.lines.map(({ paidCents }) => paidCents)).to.deep.equal([6000, 3000]);
    expect(shown.timeline.map(({ event }) => event)).to.deep.equal(["registered", "paid"]);
  });

  it("writes a journal whose accounts are those of the claims, and whose sum is zero", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    expect(await practice.accounts()).to.deep.equal({ "ar-insurance": 35000, revenue: -35000 });
    await practice.ingest(REMITTANCE);
    expect(await practice.accounts()).to.deep.equal({
      "ar-insurance": 20000,
      "ar-patient": 1000,
      contractual: 5000,
      "cash-in-transit": 9000,
      revenue: -35000,
    });
    const { accounts, totalCents } = await trialBalance(practice.app, practice.actor);
    expect(totalCents).to.equal(0);
    expect(accounts).to.include({ "cash-in-transit": 9000, "ar-insurance": 20000 });
  });

  it("gives each remittance a certificate of its three equations and its journal", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(REMITTANCE);
    const { certificate, status } = await practice.remittance("T1");
    expect(status).to.equal("posted");
    expect(certificate).to.deep.equal({
      transaction: {
        paymentCents: 9000,
        claimPaidCents: 9000,
        providerAdjustmentCents: 0,
        residualCents: 0,
      },
      claims: { proved: 2, failed: 0 },
      services: { proved: 3, failed: 0 },
      ledger: {
        postedCents: 9000,
        unappliedCents: 0,
        providerAdjustmentCents: 0,
        cashCents: 9000,
        residualCents: 0,
        journalEntries: 1,
      },
    });
  });

  it("makes a denial a work item and leaves the receivable open, with nothing in the journal", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { told } = await practice.ingest(REMITTANCE);
    expect(await practice.items()).to.deep.equal(["denial authorization-required 20000 open"]);
    expect(told.filter(({ kind }) => kind === "workItem")).to.have.length(1);
    expect(await practice.claim("A2")).to.deep.include({
      openInsuranceCents: 20000,
      paidCents: 0,
      status: { submission: "sent", adjudication: "denied", insurance: "open", patient: "none" },
    });
    const { _id: id } =
      (await practice.store.claims.findOne({ patientControlNumbers: "A2" })) ?? {};
    const entries = await practice.store.journal.find({ claimId: id });
    expect(entries.map(({ kind }) => kind)).to.deep.equal(["charge"]);
  });

  it("posts and reconciles each ST to SE of a file by itself (E1)", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { summary } = await practice.ingest(
      remittanceFile([
        { trace: "T1", payments: [clp("A1 1 150.00 150.00 ICN1")] },
        { trace: "T2", payments: [clp("A2 1 200.00 200.00 ICN2")] },
      ]),
    );
    expect(summary).to.include({ transactionSets: 2, remittances: 2, paidCents: 35000 });
    expect((await practice.remittance("T1")).bprCents).to.equal(15000);
    expect((await practice.remittance("T2")).bprCents).to.equal(20000);
  });

  it("tells of a test file and posts it like any other", async () => {
    const practice = newPractice();
    const text = remittanceFile([{ trace: "T1" }]).replace("*0*P*:", "*0*T*:");
    const { told, summary } = await practice.ingest(text);
    expect(told.map(({ code }) => code)).to.include("test-usage");
    expect(summary).to.include({ remittances: 1, findings: 0 });
  });
});

describe("provider adjustments", () => {
  const newPractice = practices();

  const ACCOUNTS = [
    ["FB", "forwarding-balance"],
    ["WO", "overpayment-recovery"],
    ["72", "refund-in-transit"],
    ["L6", "interest-income"],
    ["IR", "tax-withheld"],
    ["LE", "tax-withheld"],
    ["J1", "non-reimbursable"],
    ["AP", "advance-payment"],
    ["PI", "advance-payment"],
    ["CT", "capitation-income"],
  ] as const;

  for (const [code, account] of ACCOUNTS) {
    it(`PLB ${code} lives in ${account}; negative increases the payment (B3)`, async () => {
      const practice = newPractice();
      const { summary } = await practice.ingest(
        remittanceFile([{ trace: "T1", adjustments: [`${code}:REF1 -12.34`] }]),
      );
      expect(summary).to.include({
        paidCents: 1234,
        postedCents: 0,
        unappliedCents: 0,
        providerAdjustmentCents: -1234,
      });
      expect(await practice.accounts()).to.deep.equal({
        [account]: -1234,
        "cash-in-transit": 1234,
      });
      expect(await practice.items()).to.deep.equal([]);
    });
  }

  it("a PLB code without a rule is held in suspense with a work item, and the payment still ties", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { summary } = await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [clp("A1 1 150.00 150.00 ICN1")],
          adjustments: ["ZZ:WHO 20.00", "WO:ICN0 30.00"],
        },
      ]),
    );
    expect(summary).to.include({
      paidCents: 10000,
      postedCents: 15000,
      providerAdjustmentCents: 5000,
    });
    expect(await practice.accounts()).to.include({
      "provider-adjustment-suspense": 2000,
      "overpayment-recovery": 3000,
      "cash-in-transit": 10000,
    });
    expect(await practice.items()).to.deep.equal([
      "posting-exception provider-adjustment-in-suspense 2000 open",
      "posting-exception balance-beyond 3000 open",
    ]);
  });

  it("ends the work of a denial when a later payer leaves nothing open, also where it pays too much", async () => {
    const practice = newPractice();
    const sent = { ...claim("A1", "99213 100.00"), payer: GRANITE, others: [MEDICAID] };
    await practice.ingest(claimFile([sent]));
    const denied = clp("A1 1 100.00 60.00 ICN1", "99213 100.00 60.00 CO-50 40.00");
    await practice.ingest(remittanceFile([{ trace: "T1", payments: [denied] }]));
    expect(await practice.items()).to.deep.equal([
      "partial-denial not-medically-necessary 4000 open",
    ]);
    const paid = clp("A1 2 100.00 50.00 ICN2", "99213 100.00 50.00 OA-23 50.00");
    const payer = ["MEDICAID", "STATE MEDICAID"] as const;
    await practice.ingest(remittanceFile([{ trace: "T2", payments: [paid], payer }]));
    expect((await practice.claim("A1")).creditCents).to.equal(1000);
    expect(await practice.items()).to.deep.equal([
      "partial-denial not-medically-necessary 4000 resolved",
    ]);
  });
});
