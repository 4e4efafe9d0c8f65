import { join } from "node:path";
import { expect } from "chai";
import { claimwright, freshFolder, samples } from "./claimwright.ts";

describe("lists for spreadsheets", () => {
  const folder = freshFolder();
  const data = ["--data", join(folder.path, "data")];
  before(() => claimwright("ingest", ...samples("0", "1"), ...data));
  after(() => folder.remove());

  it("1.2.10 are CSV by RFC 4180, as many lines as there are things", async () => {
    const { lines } = await claimwright("denials", "list", ...data, "--json");
    const { code, out } = await claimwright("denials", "list", ...data, "--csv");
    expect(code).to.equal(0);
    const [headings = "", ...records] = out.split("\r\n").slice(0, -1);
    expect(headings).to.match(/^"Id","Claim","Payer",/);
    expect(records).to.have.length(lines.length);
    expect(records[0]).to.include(`"${lines[0]?.id}"`);
    const report = await claimwright("report", "denial-rate", ...data, "--csv");
    expect(report.out).to.match(/^"Key","Meaning","Denied","Of","Rate","Denied, USD"\r\n/);
    const payers = await claimwright("report", "payers", ...data, "--csv");
    expect(payers.out.split("\r\n").length).to.be.greaterThan(10);
    const both = await claimwright("report", "payers", ...data, "--csv", "--json");
    expect(both.code).to.equal(2);
  });
});
