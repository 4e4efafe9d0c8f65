import { expect } from "chai";
import { freshSeed } from "../platform/store/embedded/dice.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { answered, judged, mustFind } from "./fuzz/judge.ts";
import { tellsPatient } from "./fuzz/seeds.ts";
import { claims, remittance } from "./small-files.ts";

describe("spoilt files by the thousand", () => {
  it("make no reader throw, take work by their size, lose no claim and tell of no patient", async () => {
    const report = await fuzz(5_000, freshSeed());
    expect(report.inputs).to.equal(5_000);
    expect(report.traits).to.be.above(1_000);
  }).timeout(120_000);

  it("are told apart by the findings that they bring", () => {
    expect(judged(claims()).traits).to.deep.equal([]);
    const { traits } = judged(remittance().replace("NM1*QC*1*DOE*JANE~", ""));
    expect(traits).to.deep.equal([
      "required-segment-missing 2100 NM1",
      "segment-count-mismatch undefined SE",
    ]);
  });
});

describe("what the fuzz holds files to", () => {
  it("knows a patient by any piece of a name", () => {
    for (const piece of ["xQZQx", "ZQZ", "born 19370313"])
      expect(tellsPatient(piece)).to.equal(true);
    expect(tellsPatient("NM103 (Last name) is too long.")).to.equal(false);
  });

  it("is that each claim is found, or a finding stands where it stands", () => {
    const lost = { severity: "error", code: "x", message: "", position: 18 } as const;
    const all = new Map([["CLM*PCN1", 1]]);
    expect(() => mustFind(claims(), all, [])).not.to.throw();
    expect(() => mustFind(claims(), new Map(), [])).to.throw("claims at 18 of set 1");
    expect(() => mustFind(claims(), new Map(), [{ finding: lost, set: 1 }])).not.to.throw();
    expect(() => mustFind(claims(), new Map(), [{ finding: lost, set: 2 }])).to.throw("lost");
  });

  it("is that answers can be read, also where separators are blanks or line breaks", () => {
    const wrong = claims().replace("CLM*PCN1*150*", "CLM*PCN1*15x0*");
    for (const blank of ["\n", "\t", " ", "\r"]) {
      answered(wrong.replaceAll(":", blank));
      answered(wrong.replaceAll("*", blank));
      answered(wrong.replaceAll("~", blank));
    }
  });
});
