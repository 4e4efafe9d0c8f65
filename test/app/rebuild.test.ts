import { expect } from "chai";
import { checkProjections } from "../../src/app/posting/rebuild.ts";
import { cents } from "../../src/billing/money/index.ts";
import type { ClaimDoc } from "../../src/platform/store/index.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

describe("rebuild --check", () => {
  const newPractice = practices();

  async function worked(): Promise<Practice> {
    const practice = newPractice();
    await practice.ingest(claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]));
    await practice.ingest(
      remittanceFile([
        {
          trace: "T1",
          payments: [clp("A1 1 100.00 80.00 ICN1", "99213 100.00 80.00 CO-45 20.00")],
        },
      ]),
    );
    return practice;
  }

  it("finds projections and journal equal after postings, and changes nothing", async () => {
    const practice = await worked();
    const before = await practice.state();
    const report = await checkProjections(practice.app, practice.actor, () => undefined);
    expect(report).to.deep.equal({ claims: 2, differing: 0, unledgered: 0 });
    expect(await practice.state()).to.deep.equal(before);
  });

  const changes: readonly (readonly [string, (doc: ClaimDoc) => ClaimDoc])[] = [
    ["a total", (doc) => ({ ...doc, totals: { ...doc.totals, paidCents: cents(9000) } })],
    [
      "a decision's own copy",
      (doc) => ({
        ...doc,
        adjudications: doc.adjudications.map((each) => ({ ...each, statusCode: "4" })),
      }),
    ],
    ["a status", (doc) => ({ ...doc, status: { ...doc.status, adjudication: "denied" } })],
  ];
  for (const [what, change] of changes) {
    it(`finds ${what} that was changed by hand, and names the claim`, async () => {
      const practice = await worked();
      const { claims } = practice.store;
      const doc = await claims.findOne({ patientControlNumbers: "A1" });
      if (doc === undefined) throw new Error("the claim was registered");
      await practice.app.store.transaction((session) =>
        claims.replace([{ document: change(doc), version: doc.version }], session),
      );
      const told: unknown[] = [];
      const report = await checkProjections(practice.app, practice.actor, (one) => told.push(one));
      expect(report.differing).to.equal(1);
      const { _id } = (await practice.store.claims.findOne({ patientControlNumbers: "A1" })) ?? {};
      expect(told).to.deep.include({ kind: "difference", claim: _id, of: "projection" });
    });
  }

  it("finds a journal that does not say what the claim's account says", async () => {
    const practice = await worked();
    await practice.store.journal.update(
      { kind: "payment" },
      { $set: { "lines.0.amountCents": 1 } },
    );
    const report = await checkProjections(practice.app, practice.actor, () => undefined);
    expect(report).to.deep.equal({ claims: 2, differing: 0, unledgered: 1 });
  });
});
