import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { claimwright, freshFolder, sample, summaryOf } from "./claimwright.ts";

describe("claimwright explain", () => {
  const folder = freshFolder();
  after(() => folder.remove());

  it("tells a remittance to people, indented, in words", async () => {
    const { code, out, err } = await claimwright("explain", sample("16"));
    expect(code, err).to.equal(0);
    expect(out).to.include(
      "        Claim payment (loop 2100)\n          CLP Claim payment (segment 13)\n",
    );
    expect(out).to.include("\n              CLP02 Claim status: 1 = Processed as primary\n");
    expect(out).to.match(/16-recovery-taken\.835: 1 transaction sets, 27 segments, 0 findings\n$/);
  });

  it("puts a finding behind its segment, with place, rule and what to do, and exits 1", async () => {
    const { code, out } = await claimwright("explain", sample("04"));
    expect(code).to.equal(1);
    const lines = out.split("\n");
    const at = lines.findIndex((line) => line.trimStart().startsWith("!"));
    expect(lines[at]?.trim()).to.equal(
      "! error, SNIP 1, set 1, loop 2010AA, segment 8, NM109: NM109 is required together with other " +
        "elements (P0809). Send the elements together, or leave them all out, as the note says. " +
        "[syntax-note-broken, IK403 2]",
    );
    expect(lines[at - 1]?.trim()).to.match(/^NM108 Kind of identifier: XX/);
  });

  it("tells several files, and what each came to, as NDJSON", async () => {
    const run = await claimwright("explain", sample("04"), sample("09"), "--json");
    expect(run.lines.filter(({ kind }) => kind === "file")).to.have.length(2);
    expect(summaryOf(run)).to.include({ file: "2 files", transactionSets: 2, findings: 1 });
  });

  it("looks codes up in what was imported, when that is asked for", async () => {
    const codes = join(folder.path, "icd10cm_order_2026.txt");
    const row = `00001 J069    1 ${"Head cold".padEnd(60)} Head cold of the imported list`;
    writeFileSync(codes, row);
    const data = ["--data", join(folder.path, "data")];
    await claimwright("codes", "import", codes, ...data);
    const { out, err } = await claimwright("explain", sample("04"), "--imported-codes", ...data);
    expect(err).to.equal("");
    expect(out).to.include("HI01-2 Code: J069 = Head cold of the imported list");
  });

  it("shows what would steer a terminal as numbers", async () => {
    const path = join(folder.path, "steering.837");
    writeFileSync(path, readFileSync(sample("04"), "latin1").replace("LOTTA", "LO\x1b[2J\x9bTTA"));
    const { out } = await claimwright("explain", path);
    expect(out).to.include("NM104 First name: LO\\x1b[2J\\x9bTTA");
    expect(out).not.to.match(/[^\P{Cc}\n]/u);
  });
});
