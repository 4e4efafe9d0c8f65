import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { claimwright, freshFolder, sample, samples, summaryOf } from "./claimwright.ts";

describe("claimwright deposits with edi-samples", () => {
  const folder = freshFolder();
  const data = ["--data", join(folder.path, "data"), "--json"];
  const deposits = (...args: string[]) => claimwright("deposits", ...args, ...data);
  before(async () => {
    await claimwright("ingest", ...samples("0", "1"), ...data);
  });
  after(() => folder.remove());

  async function accounts(): Promise<Record<string, number>> {
    const { lines } = await claimwright("ledger", "trial-balance", ...data);
    expect(lines[0]).to.include({ totalCents: 0 });
    return lines[0]?.accounts as Record<string, number>;
  }

  it("refuses a file that does not tie with the difference, exits 1 and moves nothing", async () => {
    const broken = join(folder.path, "broken.ach");
    const text = readFileSync(sample("22"), "utf8");
    writeFileSync(broken, text.replace("0000038010990", "0000038000990"));
    const run = await deposits("import", broken);
    expect(run.code, run.err).to.equal(1);
    expect(run.lines[0]).to.include({ code: "total-differs", differenceCents: 10 });
    expect(summaryOf(run)).to.include({ deposits: 0, findings: 2 });
    expect(await accounts()).to.include({ cash: 0, "cash-in-transit": 103405 });
  });

  it("matches every payment of the samples, and leaves the one that nothing explains", async () => {
    const run = await deposits("import", ...samples("2"));
    expect(run.code, run.err).to.equal(1);
    expect(summaryOf(run)).to.include({
      deposits: 9,
      depositCents: 110905,
      matched: 8,
      matchedCents: 103405,
      skipped: 2,
      unmatched: 1,
    });
    const evidence = run.lines.filter(({ kind }) => kind === "match").map((line) => line.evidence);
    expect(evidence.filter((each) => each === "trace")).to.have.length(5);
    expect(evidence.filter((each) => each === "amount, date and payer")).to.have.length(2);
    expect(evidence).to.include("trace in the bank's reference");
    expect(await accounts()).to.include({ cash: 103405, "cash-in-transit": 0 });
  });

  it("takes the same files again without any change", async () => {
    const again = await deposits("import", ...samples("2"));
    expect(summaryOf(again)).to.include({ deposits: 0, duplicates: 9, matched: 0 });
    expect(await accounts()).to.include({ cash: 103405, "cash-in-transit": 0 });
  });

  it("takes a match back, suggests it, matches by hand, and returns what bounced", async () => {
    const { lines } = await deposits("list", "--status", "matched");
    const id = String(lines.find(({ amountCents }) => amountCents === 38010)?.id);
    const taken = await deposits("unmatch", id, "--reason", "other account");
    expect(taken.lines[0]).to.include({ status: "unmatched", matchId: null });
    expect(await accounts()).to.include({ cash: 65395, "cash-in-transit": 38010 });
    const shown = await deposits("show", id);
    expect(JSON.stringify(shown.lines[0]?.suggestions)).to.contain("LKEFT0001");
    const refused = await deposits("match", id, "--remittance", "LKEFT0002");
    expect(refused.code).to.equal(2);
    const fee = ["--fee", "0.10", "--reason", "wire"];
    const plugged = await deposits("match", id, "--remittance", "LKEFT0001", ...fee);
    expect(plugged.code).to.equal(2);
    expect(plugged.err).to.contain("$0.10");
    const matched = await deposits("match", id, "--remittance", "LKEFT0001");
    expect(matched.lines[0]).to.include({ kind: "match", evidence: "by hand" });
    const bounced = await deposits("return", id, "--reason", "NSF");
    expect(bounced.lines[0]).to.include({ status: "returned" });
    expect(await accounts()).to.include({ cash: 65395, "cash-in-transit": 38010 });
  });

  it("takes a deposit and a refund by hand, and wants dollars and a day", async () => {
    const cash = ["--amount", "380.10", "--date", "2026-01-30"];
    const added = await deposits("add", ...cash, "--trace", "LKEFT0001");
    expect(added.lines.at(-1)).to.include({ kind: "deposit", status: "matched" });
    const refund = await deposits("refund", "--amount", "5", "--date", "2026-02-01");
    expect(refund.lines[0]).to.include({ depositKind: "refund", status: "sent" });
    expect(await accounts()).to.include({ cash: 102905, "refund-in-transit": 500 });
    const wrong = await deposits("add", "--amount", "1.005", "--date", "2026-01-30");
    expect(wrong.code).to.equal(2);
  });

  it("lists what is late, opens items once, and holds it all against the journal", async () => {
    const late = await deposits("late", "--open");
    expect(late.code).to.equal(1);
    expect(late.lines.filter(({ kind }) => kind === "workItem")).to.have.length(1);
    const again = await deposits("late", "--open");
    expect(again.lines.map(({ kind }) => kind)).to.deep.equal(["late", "summary"]);
    const items = await claimwright("denials", "list", "--category", "missing-remittance", ...data);
    expect(items.lines[0]).to.include({ kind: "posting-exception", amountCents: 7500 });
    const rebuilt = await claimwright("rebuild", "--check", ...data);
    expect(rebuilt.code, rebuilt.out).to.equal(0);
    expect(summaryOf(rebuilt)).to.include({ misplaced: 0, transitDifferenceCents: 0 });
  });

  it("names a file that it cannot read, and does the others", async () => {
    const run = await deposits("import", join(folder.path, "none.csv"), sample("20"));
    expect(run.code).to.equal(2);
    expect(run.err).to.contain("none.csv");
    expect(summaryOf(run)).to.include({ duplicates: 4 });
  });
});
