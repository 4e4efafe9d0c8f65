import { expect } from "chai";
import { whyBalance } from "../../src/app/claims/why-balance.ts";
import { ingestFile } from "../../src/app/exchange/ingest-file.ts";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { claim, claimFile } from "./claim-file.ts";
import { fileOf, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00", "85025 50.00"), claim("A2", "99214 200.00")]);
const PAID = [
  "A1 1 150.00 100.00 ICN1",
  "99213 100.00 70.00 CO-45 20.00 PR-1 10.00",
  "85025 50.00 30.00 CO-45 20.00",
] as const;
const FIRST = remittanceFile([
  { trace: "T0", payments: [clp("A2 1 200.00 200.00 ICN2", "99214 200.00 200.00")] },
  { trace: "T1", payments: [clp("X9 1 10.00 10.00 ICN9", "99213 10.00 10.00"), clp(...PAID)] },
]);
const REVERSAL = remittanceFile([
  { trace: "T2", payments: [reversalOf(...PAID)], adjustments: ["WO:ICN1 -100.00"] },
]);

describe("why a balance is what it is", () => {
  const newPractice = practices();

  it("tells each entry that moved it, with the segments of the 837 and 835 that say so", async () => {
    const practice = newPractice();
    for (const file of [CLAIMS, FIRST, REVERSAL]) await practice.ingest(file);
    const { app, actor } = practice;
    const { reasons, balanceCents } = await whyBalance(app, actor, "A1", {
      account: "ar-insurance",
    });
    const { openInsuranceCents } = await practice.claim("A1");
    expect(balanceCents).to.equal(openInsuranceCents);
    const rows = reasons.map(({ entry, amountCents, balanceCents: behind, place, traceNumber }) =>
      [entry, amountCents, behind, place, traceNumber].join(" "),
    );
    expect(rows).to.deep.equal([
      "charge 15000 15000  ",
      "payment -15000 0 CLP[2] T1",
      "reversal 15000 15000 CLP[1] T2",
    ]);
    const [billed, paid, reversed] = reasons.map(({ segments }) =>
      segments.map(({ text }) => text),
    );
    expect(billed?.[0]).to.match(/^CLM\*A1\*150/);
    expect(paid?.[0]).to.match(/^CLP\*A1\*1\*150/);
    expect(paid?.filter((text) => text.startsWith("CAS"))).to.have.length(3);
    expect(paid?.filter((text) => text.startsWith("CLP"))).to.have.length(1);
    expect(reversed?.[0]).to.match(/^CLP\*A1\*22\*-150/);
  });

  it("sums to zero over all accounts, and to the line's own balance for one line", async () => {
    const practice = newPractice();
    for (const file of [CLAIMS, FIRST]) await practice.ingest(file);
    const { app, actor } = practice;
    expect((await whyBalance(app, actor, "A1", {})).balanceCents).to.equal(0);
    for (const line of (await practice.claim("A1")).lines) {
      const asked = { account: "ar-patient", lineControlNumber: line.lineControlNumber };
      const { balanceCents } = await whyBalance(app, actor, "A1", asked);
      expect(balanceCents).to.equal(line.patientResponsibilityCents);
    }
  });

  it("tells what was known at the end of an earlier day, as the trial balance does", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { actor } = practice;
    const later = { ...practice.app, now: () => new Date("2026-03-25T09:00:00Z") };
    await ingestFile(later, actor, fileOf(FIRST), () => undefined);
    const open = async (asOf: string) => {
      const asked = { account: "ar-insurance", asOf };
      return (await whyBalance(practice.app, actor, "A1", asked)).balanceCents;
    };
    expect([await open("2026-03-24"), await open("2026-03-25")]).to.deep.equal([15_000, 0]);
    const cash = async (asOf: string) =>
      (await trialBalance(practice.app, actor, { asOf })).accounts["cash-in-transit"];
    expect([await cash("2026-03-24"), await cash("2026-03-25")]).to.deep.equal([0, 31_000]);
  });

  it("is a read of a patient's data: another practice's claim is not found, ours is audited", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    const { app, actor } = practice;
    const stranger = { ...actor, practiceId: "another" };
    for (const [who, account] of [
      [stranger, "ar-insurance"],
      [actor, "no-such-account"],
    ] as const) {
      const asked = whyBalance(app, who, "A1", { account });
      expect(
        await asked.then(
          () => "told",
          (error: { code?: string }) => error.code,
        ),
      ).to.equal("not-found");
    }
    await whyBalance(app, actor, "A1", {});
    const events = await practice.store.auditEvents.find({}, { sort: { _id: -1 }, limit: 1 });
    expect(events[0]).to.deep.include({ action: "claim.read-balance", outcome: "success" });
  });
});
