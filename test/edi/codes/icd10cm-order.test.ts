import { expect } from "chai";
import { zipSync } from "fflate";
import { MAX_FINDINGS } from "../../../src/edi/codes/code-import.ts";
import { icd10cmOrder } from "../../../src/edi/codes/icd10cm-order.ts";
import { merge, starterCodeSets } from "../../../src/edi/codes/index.ts";
import { bytesOf, only, releaseFile } from "./release-files.ts";

function row(order: number, code: string, flag: string, short: string, long: string): string {
  return `${String(order).padStart(5, "0")} ${code.padEnd(7)} ${flag} ${short.padEnd(60)} ${long}`;
}

const CHOLERA = [
  row(1, "A00", "0", "Cholera", "Cholera"),
  row(2, "A000", "1", "Cholera due to Vibrio", "Cholera due to Vibrio cholerae 01"),
];

describe("the importer of ICD-10-CM order files", () => {
  it("reads the code, the flag and the long description", () => {
    const imported = only(icd10cmOrder.read("icd10cm_order_2026.txt", bytesOf(...CHOLERA, "")));
    expect(imported.findings).to.deep.equal([]);
    expect(imported.rows).to.equal(2);
    expect(imported.records).to.deep.equal([
      {
        code: "A00",
        description: "Cholera",
        billable: false,
        effectiveFrom: "2025-10-01",
        effectiveTo: "2026-09-30",
      },
      {
        code: "A000",
        description: "Cholera due to Vibrio cholerae 01",
        billable: true,
        effectiveFrom: "2025-10-01",
        effectiveTo: "2026-09-30",
      },
    ]);
  });

  it("dates a fiscal year from October 1 to September 30, and an April file from April 1", () => {
    const release = (name: string) => only(icd10cmOrder.read(name, bytesOf(...CHOLERA))).release;
    expect(release("icd10cm-order-2025.txt")).to.deep.equal({
      kind: "period",
      name: "FY2025",
      from: "2024-10-01",
      to: "2025-09-30",
    });
    expect(release("icd10cm-order- April 1 2023.txt")).to.deep.equal({
      kind: "period",
      name: "FY2023 April",
      from: "2023-04-01",
      to: "2023-09-30",
    });
  });

  it("finds the order file in an archive, in a folder too, and not its addenda", () => {
    const archive = zipSync({
      "2027/icd10cm_order_addenda_2027.txt": bytesOf("Add:         1 A000"),
      "2027/icd10cm_order_2027.txt": bytesOf(...CHOLERA),
    });
    const imported = only(icd10cmOrder.read("codes.zip", archive));
    expect(imported.release.name).to.equal("FY2027");
    expect(imported.records).to.have.length(2);
  });

  it("tells the line of a row that it cannot read, and reads the others", () => {
    const rows = [CHOLERA[0] ?? "", "00002 A000    2 x", "nonsense", CHOLERA[1] ?? ""];
    const imported = only(icd10cmOrder.read("icd10cm_order_2026.txt", bytesOf(...rows)));
    expect(imported.records).to.have.length(2);
    expect(imported.rows).to.equal(4);
    expect(imported.findings.map((finding) => finding.position)).to.deep.equal([2, 3]);
    expect(imported.findings[0]).to.include({ severity: "warning", code: "code-row-unreadable" });
  });

  it("leaves out a code that stands twice", () => {
    const twice = [...CHOLERA, row(3, "A000", "0", "Again", "Again")];
    const imported = only(icd10cmOrder.read("icd10cm_order_2026.txt", bytesOf(...twice)));
    expect(imported.records.map((record) => record.code)).to.deep.equal(["A00", "A000"]);
    expect(imported.findings).to.have.length(1);
  });

  it("bounds its findings and counts the rest", () => {
    const bad = Array.from({ length: MAX_FINDINGS + 7 }, () => "bad");
    const imported = only(icd10cmOrder.read("icd10cm_order_2026.txt", bytesOf(...bad)));
    expect(imported.findings).to.have.length(MAX_FINDINGS + 1);
    expect(imported.findings.at(-1)?.message).to.match(/^7 further/);
  });

  it("refuses a file without a year, an archive without an order file and a broken archive", () => {
    const codes = (name: string, bytes: Uint8Array) =>
      only(icd10cmOrder.read(name, bytes)).findings.map((finding) => finding.code);
    expect(codes("icd10cm-order-new.txt", bytesOf(...CHOLERA))).to.deep.equal([
      "release-year-missing",
    ]);
    const archive = zipSync({ "readme.txt": bytesOf("nothing") });
    expect(codes("icd10cm-2026.zip", archive)).to.deep.equal(["release-member-missing"]);
    expect(codes("icd10cm-2026.zip", archive.subarray(0, 20))).to.deep.equal([
      "release-member-missing",
    ]);
  });

  const published = [
    ["2026-code-descriptions-tabular-order.cms.zip", 98186, 74719, "FY2026"],
    ["2025-code-descriptions-tabular-order.cms.zip", 97584, 74260, "FY2025"],
    ["icd10cm-CodesDescriptions-2024.cdc.zip", 97296, 74044, "FY2024"],
    ["icd10-Order-CodeFiles2023.cdc.zip", 96745, 73639, "FY2023"],
    ["icd10cm-code descriptions- April 1 2023.cdc.zip", 96795, 73674, "FY2023 April"],
  ] as const;
  for (const [file, rows, billable, name] of published) {
    it(`reads every row of the published release ${name}`, function () {
      const imported = only(icd10cmOrder.read(file, releaseFile(this, `icd10cm/${file}`)));
      expect(imported.findings).to.deep.equal([]);
      expect(imported.release.name).to.equal(name);
      expect(imported.rows).to.equal(rows);
      expect(imported.records).to.have.length(rows);
      expect(imported.records.filter((record) => record.billable)).to.have.length(billable);
    });
  }

  it("knows of the published releases what changed on October 1, 2025", function () {
    const read = (file: string) =>
      only(icd10cmOrder.read(file, releaseFile(this, `icd10cm/${file}`)));
    const older = read("2025-code-descriptions-tabular-order.cms.zip");
    const newer = read("2026-code-descriptions-tabular-order.cms.zip");
    const set = merge(merge(starterCodeSets.icd10cm, newer), older);
    const billable = (records: typeof older.records) =>
      new Set(records.filter((record) => record.billable).map((record) => record.code));
    const [before, after] = [billable(older.records), billable(newer.records)];
    const added = [...after].filter((code) => !before.has(code));
    const removed = [...before].filter((code) => !after.has(code));
    expect([added.length, removed.length]).to.deep.equal([487, 28]);
    for (const code of added) {
      expect(set.lookup(code, "2025-09-30").status, code).to.be.oneOf([
        "not-yet-effective",
        "not-billable",
      ]);
      expect(set.lookup(code, "2025-10-01").status, code).to.equal("valid");
    }
    for (const code of removed) {
      expect(set.lookup(code, "2025-09-30").status, code).to.equal("valid");
      expect(set.lookup(code, "2025-10-01").status, code).to.be.oneOf(["expired", "not-billable"]);
    }
    expect(set.complete).to.equal(true);
    expect(set.lookup("E11.9", "2025-12-31").status).to.equal("valid");
  });

  it("makes of five published releases the spans that they are known to make", function () {
    let set = starterCodeSets.icd10cm;
    for (const [file] of published) {
      const bytes = releaseFile(this, `icd10cm/${file}`);
      set = merge(set, only(icd10cmOrder.read(file, bytes)));
    }
    // A code that only changes its text keeps its span here: counted is (code, billable).
    const spans = set.records.filter(({ code, billable }, index, all) => {
      const before = all[index - 1];
      return before?.code !== code || before.billable !== billable;
    });
    expect(spans).to.have.length(98282);
  });
});
