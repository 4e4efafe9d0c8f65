import { expect } from "chai";
import { showClaim } from "../../src/app/claims/claims.ts";
import { whyBalance } from "../../src/app/claims/why-balance.ts";
import type { App } from "../../src/app/context.ts";
import { ingestFile } from "../../src/app/exchange/ingest-file.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { claim, claimFile } from "./claim-file.ts";
import { fileOf, type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const quiet = () => undefined;
const PAID = ["A1 1 100.00 70.00 I1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"] as const;
const CORRECTED = ["A1 1 100.00 60.00 I2", "99213 100.00 60.00 CO-45 20.00 PR-1 20.00"] as const;

describe("a claim as of a day", () => {
  const newPractice = practices();
  /** The same practice on another day. */
  const on = ({ app }: Practice, day: string): App => ({
    ...app,
    now: () => new Date(`${day}T12:00:00Z`),
  });

  async function lived(): Promise<Practice> {
    const practice = newPractice();
    const take = async (day: string, text: string) => {
      await ingestFile(on(practice, day), practice.actor, fileOf(text, `${day}.edi`), quiet);
    };
    await take("2026-03-01", claimFile([claim("A1", "99213 100.00")]));
    await take("2026-03-05", remittanceFile([{ trace: "T1", payments: [clp(...PAID)] }]));
    const reversal = {
      trace: "T2",
      payments: [reversalOf(...PAID)],
      adjustments: ["WO:I1 -70.00"],
    };
    await take("2026-03-10", remittanceFile([reversal]));
    await take("2026-03-12", remittanceFile([{ trace: "T3", payments: [clp(...CORRECTED)] }]));
    const reason = { reason: "test" };
    await unpostRemittance(on(practice, "2026-03-15"), practice.actor, "T3", reason, quiet);
    return practice;
  }

  it("stands as it did: sent, paid, reversed, corrected, unposted", async () => {
    const practice = await lived();
    const { app, actor } = practice;
    const says: string[] = [];
    for (const day of ["03-01", "03-05", "03-09", "03-10", "03-12", "03-15"]) {
      const shown = await showClaim(app, actor, "A1", { asOf: `2026-${day}` });
      const { paidCents, openInsuranceCents: open, adjudications, timeline } = shown;
      const amounts = `${paidCents} paid ${open} open`;
      says.push(
        `${day} ${shown.status.adjudication} ${amounts} ${adjudications.length} ${timeline.length}`,
      );
      const why = await whyBalance(app, actor, "A1", {
        account: "ar-insurance",
        asOf: `2026-${day}`,
      });
      expect(why.balanceCents, day).to.equal(open);
    }
    expect(says).to.deep.equal([
      "03-01 none 0 paid 10000 open 0 1",
      "03-05 paid 7000 paid 0 open 1 2",
      "03-09 paid 7000 paid 0 open 1 2",
      "03-10 reversed-awaiting-correction 0 paid 10000 open 2 3",
      "03-12 paid 6000 paid 0 open 3 4",
      "03-15 reversed-awaiting-correction 0 paid 10000 open 4 5",
    ]);
    const now = await showClaim(app, actor, "A1");
    expect(await showClaim(app, actor, "A1", { asOf: "2026-03-20" })).to.deep.equal(now);
    const early = await showClaim(app, actor, "A1", { asOf: "2026-03-05" });
    expect(early.payerClaimControlNumbers).to.deep.equal(["I1"]);
  });

  it("is not there before it was taken in", async () => {
    const { app, actor } = await lived();
    const asked = showClaim(app, actor, "A1", { asOf: "2026-02-28" }).then(
      () => "shown",
      (error: Error) => error.message,
    );
    expect(await asked).to.contain("no such thing");
  });
});
