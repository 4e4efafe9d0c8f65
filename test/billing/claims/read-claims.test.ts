import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { generateBatch, type ReadClaim, readClaims } from "../../../src/billing/claims/index.ts";
import { readEdiSync } from "../../../src/edi/guides/index.ts";
import { BATCH, prepared } from "./sample-batch.ts";
import { plainEncounter } from "./sample-encounters.ts";

function read(bytes: Uint8Array): { claims: ReadClaim[]; guided: boolean } {
  const claims: ReadClaim[] = [];
  let guided = true;
  for (const event of readEdiSync(bytes)) {
    if (event.kind === "transactionSet" && event.set.guide === undefined) guided = false;
    if (event.kind === "loop") claims.push(readClaims(event.loop, event.set));
  }
  return { claims, guided };
}

const { text } = generateBatch(prepared([plainEncounter()]), BATCH);

function readChanged(from: string | RegExp, to: string): ReadClaim {
  const changed = text.replace(from, to);
  expect(changed).to.not.equal(text);
  const [only] = read(Buffer.from(changed)).claims;
  if (only === undefined) throw new Error("no claim was read");
  return only;
}

describe("readClaims", () => {
  it("takes LX01 for the line item control number that was not sent (RFI 1684)", () => {
    const { claim } = readChanged("REF*6R*PCN1-2~\n", "");
    expect(claim?.lines.map((line) => line.lineControlNumber)).to.deep.equal(["PCN1-1", "2"]);
  });

  it("reads a range of dates", () => {
    const { claim } = readChanged("DTP*472*D8*20260302~", "DTP*472*RD8*20260301-20260304~");
    const [line] = claim?.lines ?? [];
    expect([line?.serviceDateFrom, line?.serviceDateTo]).to.deep.equal([
      "2026-03-01",
      "2026-03-04",
    ]);
    expect([claim?.serviceDateFrom, claim?.serviceDateTo]).to.deep.equal([
      "2026-03-01",
      "2026-03-04",
    ]);
  });

  it("has no claim where an amount is bad, and says where", () => {
    for (const [from, to, segment] of [
      ["CLM*PCN1*145.5*", "CLM*PCN1*145.505*", "CLM"],
      ["SV1*HC:99213*125.5*", "SV1*HC:99213*many*", "SV1"],
    ] as const) {
      const { claim, findings } = readChanged(from, to);
      expect(claim).to.equal(undefined);
      expect(
        findings.map((finding) => [finding.code, finding.segment, finding.element]),
      ).to.deep.equal([["claim-amount-invalid", segment, 2]]);
      expect(findings[0]?.position).to.be.greaterThan(1);
    }
  });

  it("warns of a date that is none and registers the claim all the same", () => {
    const { claim, findings } = readChanged("DTP*472*D8*20260302~", "DTP*472*D8*20260230~");
    expect(claim?.lines[0]?.serviceDateFrom).to.equal(undefined);
    expect(findings.map(({ code }) => code)).to.deep.equal(["claim-date-invalid"]);
  });

  it("has no claim without a patient control number", () => {
    const { claim, findings } = readChanged("CLM*PCN1*", "CLM**");
    expect(claim).to.equal(undefined);
    expect(findings.map(({ code }) => code)).to.deep.equal(["claim-number-missing"]);
  });

  it("counts a fourth payer as tertiary and warns of one whose place is unknown", () => {
    expect(readChanged("SBR*P*18", "SBR*A*18").claim?.payer.sequence).to.equal("T");
    const unknown = readChanged("SBR*P*18", "SBR*U*18");
    expect(unknown.claim?.payer.sequence).to.equal("P");
    expect(unknown.findings.map(({ code }) => code)).to.deep.equal(["claim-payer-sequence"]);
  });
});

const SAMPLES = new URL("../../../../shared/edi/", import.meta.url);

/** Files that hold no 837P that a reader could know as one, and why. */
const UNREADABLE = new Map([["837p/x12-parser__x12_no_isa_line.txt", "no ISA"]]);

describe("readClaims of samples written by others", () => {
  before(function () {
    if (!existsSync(SAMPLES)) this.skip();
  });

  it("reads as many claims as each file holds", () => {
    const rows = readFileSync(new URL("MANIFEST.tsv", SAMPLES), "utf8").split("\n").slice(1);
    let files = 0;
    for (const row of rows) {
      const [path = "", , , , , , , clm = "0"] = row.split("\t");
      if (!path.startsWith("837p/") || UNREADABLE.has(path)) continue;
      const { claims, guided } = read(readFileSync(new URL(path, SAMPLES)));
      if (!guided) continue;
      files += 1;
      expect(claims.filter(({ claim }) => claim !== undefined).length, path).to.equal(Number(clm));
    }
    expect(files).to.be.at.least(60);
  });
});
