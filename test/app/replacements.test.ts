import { expect } from "chai";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const ORIGINAL = claimFile([claim("A1", "99213 100.00")]);
const PAID = remittanceFile([
  { trace: "T1", payments: [clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 30.00")] },
]);
const DENIED = remittanceFile([
  { trace: "T1", payments: [clp("A1 1 100.00 0.00 ICN1", "99213 100.00 0.00 CO-16 100.00")] },
]);

/** What all claims of the practice charge. */
async function revenue(practice: Practice): Promise<number> {
  return -((await practice.accounts()).revenue ?? 0);
}

describe("replacements and voids", () => {
  const newPractice = practices();

  it("M1 a replacement under the same number takes the claim's place: revenue counts once", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    await practice.ingest(DENIED);
    const replacement = { ...claim("A1", "99214 120.00"), frequency: "7", original: "ICN1" };
    await practice.ingest(claimFile([replacement], { control: "000000002" }));
    expect(await revenue(practice)).to.equal(12000);
    expect(await practice.claim("A1")).to.include({
      chargeCents: 12000,
      openInsuranceCents: 12000,
    });
    expect(await practice.differences()).to.equal(0);
  });

  it("M1 a replacement under a new number with REF*F8 reverses what is open of the old one", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    await practice.ingest(DENIED);
    const replacement = { ...claim("A1R", "99214 120.00"), frequency: "7", original: "ICN1" };
    await practice.ingest(claimFile([replacement], { control: "000000002" }));
    expect(await revenue(practice)).to.equal(12000);
    expect(await practice.claim("A1")).to.include({
      chargeCents: 0,
      openInsuranceCents: 0,
      superseded: true,
    });
    expect(await practice.claim("A1R")).to.include({ chargeCents: 12000, superseded: false });
    expect(await practice.differences()).to.equal(0);
  });

  it("M1 what was paid on the old claim stays on it, only what is open leaves", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    await practice.ingest(PAID);
    const replacement = { ...claim("A1R", "99214 120.00"), frequency: "7", original: "ICN1" };
    await practice.ingest(claimFile([replacement], { control: "000000002" }));
    expect(await practice.claim("A1")).to.include({ chargeCents: 10000, paidCents: 7000 });
    await practice.ingest(
      remittanceFile([
        {
          trace: "T2",
          payments: [
            clp("A1 22 -100.00 -70.00 ICN1", "99213 -100.00 -70.00 CO-45 -30.00"),
            clp("A1R 1 120.00 90.00 ICN1R", "99214 120.00 90.00 CO-45 30.00"),
          ],
        },
      ]),
    );
    expect(await practice.claim("A1")).to.include({ chargeCents: 0, paidCents: 0 });
    expect(await practice.claim("A1R")).to.include({ paidCents: 9000, openInsuranceCents: 0 });
    expect(await revenue(practice)).to.equal(12000);
    expect(await practice.items()).to.deep.equal([]);
  });

  for (const [how, number] of [
    ["under the same number", "A1"],
    ["under a new number with REF*F8", "A1V"],
  ] as const) {
    it(`M1 a void ${how} takes the charge back`, async () => {
      const practice = newPractice();
      await practice.ingest(ORIGINAL);
      await practice.ingest(DENIED);
      const empty = { ...claim(number, "99213 100.00"), frequency: "8", original: "ICN1" };
      const file = claimFile([empty], { control: "000000002" });
      await practice.ingest(file);
      expect(await revenue(practice)).to.equal(0);
      expect(await practice.claim("A1")).to.include({ chargeCents: 0, openInsuranceCents: 0 });
      await practice.ingest(file);
      expect(await revenue(practice)).to.equal(0);
      expect(await practice.differences()).to.equal(0);
    });
  }

  it("taking the old 837 in again after its replacement changes nothing and is a duplicate", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    await practice.ingest(DENIED);
    const first = { ...claim("A1", "99214 120.00"), frequency: "7", original: "ICN1" };
    const second = { ...claim("A1", "99215 140.00"), frequency: "7", original: "ICN1" };
    const replacement = claimFile([first], { control: "000000002" });
    await practice.ingest(replacement);
    await practice.ingest(claimFile([second], { control: "000000003" }));
    const before = await practice.state();
    const old = await practice.ingest(ORIGINAL);
    expect(old.summary).to.include({ duplicates: 1, findings: 0 });
    const replaced = await practice.ingest(replacement);
    expect(replaced.summary).to.include({ duplicates: 1, findings: 0 });
    expect(await practice.state()).to.deep.equal(before);
    expect(await revenue(practice)).to.equal(14000);
  });

  it("a claim number that another claim carries is refused and changes nothing", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    const { summary, told } = await practice.ingest(
      claimFile([claim("A1", "99499 500.00")], { control: "000000002" }),
    );
    expect(summary.findings).to.equal(1);
    expect(told.map(({ code }) => code)).to.include("control-number-reused");
    expect(await revenue(practice)).to.equal(10000);
  });

  it("a claim that was rejected, never adjudicated, may come again mended under its number", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    await practice.store.claims.updateAll({}, { $set: { "submissions.0.status": "rejected" } });
    const { summary } = await practice.ingest(
      claimFile([claim("A1", "99214 120.00")], { control: "000000002" }),
    );
    expect(summary).to.include({ findings: 0, duplicates: 0 });
    expect(await revenue(practice)).to.equal(12000);
    expect((await practice.claim("A1")).status.submission).to.equal("sent");
    expect(await practice.differences()).to.equal(0);
  });

  it("a replacement registered before the old claim has a payer's number takes its place when it gets one", async () => {
    const practice = newPractice();
    await practice.ingest(ORIGINAL);
    const replacement = { ...claim("A1R", "99214 120.00"), frequency: "7", original: "ICN1" };
    await practice.ingest(claimFile([replacement], { control: "000000002" }));
    await practice.ingest(DENIED);
    expect(await revenue(practice)).to.equal(12000);
    expect(await practice.claim("A1")).to.include({ superseded: true, openInsuranceCents: 0 });
    expect(await practice.differences()).to.equal(0);
  });
});
