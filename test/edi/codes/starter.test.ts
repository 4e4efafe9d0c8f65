import { expect } from "chai";
import { carcCsv, rarcCsv } from "../../../src/edi/codes/code-list.ts";
import { hcpcsCsv } from "../../../src/edi/codes/hcpcs.ts";
import { icd10cmOrder } from "../../../src/edi/codes/icd10cm-order.ts";
import { merge, starterCodeSets } from "../../../src/edi/codes/index.ts";
import { guide835 } from "../../../src/edi/guides/835.ts";
import type { GuideLoop } from "../../../src/edi/guides/guide.ts";
import { only, releaseFile } from "./release-files.ts";

const DAY = "2026-01-15";

describe("the starter sets", () => {
  it("hold each code once, with a text that a biller can read at a glance", () => {
    for (const set of Object.values(starterCodeSets)) {
      const codes = set.records.map((record) => record.code);
      expect(new Set(codes).size, set.name).to.equal(codes.length);
      for (const record of set.records) {
        expect(record.description.length, `${set.name} ${record.code}`).to.be.within(2, 120);
      }
    }
  });

  it("call complete only the lists that they hold whole", () => {
    const complete = Object.values(starterCodeSets).filter((set) => set.complete);
    expect(complete.map((set) => set.name)).to.deep.equal([
      "pos",
      "claim-payment-status",
      "claim-frequency",
      "adjustment-group",
      "provider-adjustment",
    ]);
  });

  it("hold all claim statuses and provider adjustments that the 835 guide allows", () => {
    const codesOf = (loop: GuideLoop, id: string): readonly string[] => {
      for (const child of loop.children) {
        if (child.kind === "loop") {
          const found = codesOf(child, id);
          if (found.length > 0) return found;
        } else if (child.id === id) {
          const [, second, third] = child.elements;
          return second?.codes ?? third?.components?.[0]?.codes ?? [];
        }
      }
      return [];
    };
    for (const [id, name] of [
      ["CLP", "claim-payment-status"],
      ["PLB", "provider-adjustment"],
    ] as const) {
      const held = starterCodeSets[name].records.map((record) => record.code);
      expect([...held].sort()).to.deep.equal([...codesOf(guide835.root, id)].sort());
    }
  });

  it("name common codes of a professional claim and know a header from a code", () => {
    const { icd10cm, cpt, hcpcs, modifier, pos, taxonomy } = starterCodeSets;
    expect(icd10cm.lookup("E11.9", DAY).status).to.equal("valid");
    expect(icd10cm.lookup("M54.5", DAY).status).to.equal("not-billable");
    expect(cpt.lookup("99213", DAY).description).to.equal("office visit, established");
    expect(hcpcs.lookup("G0439", DAY).status).to.equal("valid");
    expect(modifier.lookup("25", DAY).status).to.equal("valid");
    expect(pos.lookup("28", DAY).status).to.equal("unknown");
    expect(taxonomy.lookup("207Q00000X", DAY).status).to.equal("valid");
  });

  it("name the reasons of ordinary adjustments and of denials, and know retired ones", () => {
    const { carc, rarc } = starterCodeSets;
    for (const code of ["1", "2", "3", "16", "45", "97", "197", "253", "A1", "B7"]) {
      expect(carc.lookup(code, DAY).status, code).to.equal("valid");
    }
    expect(carc.lookup("15", DAY).status).to.equal("expired");
    expect(rarc.lookup("MA130", DAY).status).to.equal("valid");
  });

  it("agree with the published ICD-10-CM on what is billable", function () {
    const file = "2026-code-descriptions-tabular-order.cms.zip";
    const bytes = releaseFile(this, `icd10cm/${file}`);
    const official = merge(starterCodeSets.icd10cm, only(icd10cmOrder.read(file, bytes)));
    for (const { code, billable } of starterCodeSets.icd10cm.records) {
      const status = billable ? "valid" : "not-billable";
      expect(official.lookup(code, DAY).status, code).to.equal(status);
    }
  });

  it("agree with the lists of HCPCS, reasons and remarks on which codes there are", function () {
    const file = "hcpcs_level2_2025_oct.csv";
    const hcpcs = hcpcsCsv.read(file, releaseFile(this, `hcpcs/${file}`))[0];
    const carc = only(carcCsv.read("carc.csv", releaseFile(this, "x12/carc.csv")));
    const rarc = only(rarcCsv.read("rarc.csv", releaseFile(this, "x12/rarc_codes_only.csv")));
    for (const list of [hcpcs, carc, rarc]) {
      if (list === undefined) throw new Error("a list is missing");
      const starter = starterCodeSets[list.set];
      const official = merge(starter, list);
      for (const { code } of starter.records) {
        const { status } = official.lookup(code, DAY);
        expect(starter.lookup(code, DAY).status, `${list.set} ${code}`).to.equal(status);
      }
    }
  });
});
