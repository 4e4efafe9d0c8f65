import { expect } from "chai";
import { payerScorecard } from "../../src/app/posting/payer-scorecard.ts";
import { claim, claimFile } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);
const PAID = ["A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"] as const;

describe("the payer scorecard", () => {
  const newPractice = practices();

  it("counts what a payer does against the standard, posted and parked alike", async () => {
    const practice = newPractice();
    const off = clp("A2 4 200.00 0.00 ICN2", "99214 200.00 0.00 CO-16 150.00");
    const denied = clp("A2 4 200.00 0.00 ICN3", "99214 200.00 0.00 CO-16 200.00");
    for (const file of [
      CLAIMS,
      remittanceFile([{ trace: "T1", date: "20260330", payments: [clp(...PAID), off] }]),
      remittanceFile([{ trace: "T2", payments: [denied] }]),
      remittanceFile([
        { trace: "T3", payments: [reversalOf(...PAID)], adjustments: ["WO:ICN1 -70.00"] },
      ]),
    ]) {
      await practice.ingest(file);
    }
    const { payers } = await payerScorecard(practice.app, practice.actor);
    expect(payers).to.have.length(1);
    const [score] = payers;
    expect(score?.units).to.include({ remittances: 3, claimPayments: 4, lines: 4, reversals: 1 });
    const counted = score?.measures
      .filter(({ count }) => count > 0)
      .map(({ measure, count, of }) => `${measure} ${count}/${of}`);
    expect(counted).to.include.members([
      "claim-unbalanced 1/4",
      "status-denied 1/4",
      "remark-missing 2/6",
    ]);
    expect(score?.days).to.deep.equal({ answered: 1, median: 10, longest: 10 });
  });

  it("says nothing of a payer that keeps to the standard, and names no patient", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const numbered = clp("A1 1 100.00 80.00 ICN1", "99213#1 100.00 80.00 CO-45 20.00");
    await practice.ingest(remittanceFile([{ trace: "T1", payments: [numbered] }]));
    const card = await payerScorecard(practice.app, practice.actor);
    const faults = card.payers.flatMap(({ measures }) => measures.filter(({ count }) => count > 0));
    expect(faults.map(({ measure }) => measure)).to.deep.equal([]);
    expect(JSON.stringify(card)).not.to.match(/A1|DOE/);
  });
});
