import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { bigRemittance } from "./big-remittance.ts";
import { claim, claimFile } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

describe("files that arrive at once", () => {
  const newPractice = practices();

  it("2.3.4 the same file twice is one posting, whoever is first", async () => {
    const practice = newPractice();
    const big = bigRemittance(600);
    await practice.ingest(big.claimFile);
    const results = await Promise.all([
      practice.ingest(big.remittanceFile),
      practice.ingest(big.remittanceFile),
    ]);
    const remittances = results.map(({ summary }) => summary.remittances).sort();
    expect(remittances).to.deep.equal([0, 1]);
    expect(results.map(({ summary }) => summary.duplicates).sort()).to.deep.equal([0, 1]);
    expect(await practice.store.adjudications.count({})).to.equal(600);
    expect(await practice.store.remittances.count({})).to.equal(1);
    expect(await practice.store.workItems.count({})).to.equal(big.denials);
    expect(await practice.accounts()).to.include({ "cash-in-transit": big.paidCents });
    expect(await practice.differences()).to.equal(0);
  });

  it("the same parked file twice is parked once", async () => {
    const practice = newPractice();
    const file = remittanceFile([{ trace: "T1", bpr: "5.00", payments: [clp("X1 1 9.00 9.00")] }]);
    await Promise.all([practice.ingest(file), practice.ingest(file), practice.ingest(file)]);
    expect(await practice.parked()).to.deep.equal(["X1 transaction-unbalanced 0"]);
    expect(await practice.items()).to.have.length(1);
  });

  it("two contents of one trace: one posts and the other is a conflict", async () => {
    const practice = newPractice();
    const one = remittanceFile([{ trace: "T1", payments: [clp("X1 1 9.00 9.00")] }]);
    const other = remittanceFile([{ trace: "T1", payments: [clp("X1 1 8.00 8.00")] }]);
    await Promise.all([practice.ingest(one), practice.ingest(other)]);
    const statuses = (await practice.store.remittances.find({})).map(({ status }) => status);
    expect(statuses.sort()).to.deep.equal(["parked", "posted"]);
  });

  it("the same 837 twice is one charge", async () => {
    const practice = newPractice();
    const file = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);
    await Promise.all([practice.ingest(file), practice.ingest(file)]);
    expect(await practice.accounts()).to.deep.equal({ "ar-insurance": 30000, revenue: -30000 });
  });

  it("files that share claims end as if they had come one after the other", async () => {
    const claims = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);
    const paid = ["A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 30.00"] as const;
    const files = [
      claims,
      remittanceFile([
        { trace: "T1", payments: [clp(...paid), clp("A2 1 200.00 0.00 ICN2 CO-16 200.00")] },
      ]),
      remittanceFile([
        { trace: "T2", payments: [reversalOf(...paid)], adjustments: ["WO:ICN1 -70.00"] },
      ]),
      remittanceFile([{ trace: "T3", payments: [clp("A2 1 200.00 160.00 ICN2 CO-45 40.00")] }]),
    ];
    const sequential = newPractice();
    for (const file of files) await sequential.ingest(file);
    const parallel = newPractice();
    await Promise.all(files.map((file) => parallel.ingest(file)));
    const { claims: sameClaims, accounts } = (await sequential.state()) as Record<string, unknown>;
    expect(await parallel.state()).to.deep.include({ claims: sameClaims, accounts });
    expect(await parallel.differences()).to.equal(0);
    expect((await verifyAudit(parallel.app, parallel.actor)).ok).to.equal(true);
  });
});
