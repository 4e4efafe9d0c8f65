import { expect } from "chai";
import { carcCsv, posCsv, rarcCsv, taxonomyCsv } from "../../../src/edi/codes/code-list.ts";
import { merge, starterCodeSets } from "../../../src/edi/codes/index.ts";
import { bytesOf, only, releaseFile } from "./release-files.ts";

describe("the importer of adjustment reason codes", () => {
  it("takes the stop date as the first day on which the code may not be used", () => {
    const imported = only(
      carcCsv.read(
        "carc.csv",
        bytesOf(
          "code,description_cms_cc0,start_date,last_modified,stop_date",
          "1,Deductible,1995-01-01,,",
          '15,"Number missing, or wrong",1995-01-01,2017-11-01,2018-05-01',
          "??,No code,1995-01-01,,",
          "2,Bad date,1995-02-30,,",
        ),
      ),
    );
    expect(imported.records.map((record) => record.code)).to.deep.equal(["1", "15"]);
    expect(imported.findings.map((finding) => finding.position)).to.deep.equal([4, 5]);
    const set = merge(starterCodeSets.carc, imported);
    expect(set.lookup("15", "2018-04-30").status).to.equal("valid");
    expect(set.lookup("15", "2018-05-01").status).to.equal("expired");
    expect(set.lookup("15", "2018-04-30").description).to.equal("Number missing, or wrong");
  });

  it("reads every row of the list kept beside the repository", function () {
    const imported = only(carcCsv.read("carc.csv", releaseFile(this, "x12/carc.csv")));
    expect(imported.findings).to.deep.equal([]);
    expect(imported.records).to.have.length(407);
    expect(imported.records.filter((record) => record.effectiveTo)).to.have.length(110);
  });
});

describe("the importer of remark codes", () => {
  it("reads codes without texts, and keeps the texts of the starter set", function () {
    const file = releaseFile(this, "x12/rarc_codes_only.csv");
    const imported = only(rarcCsv.read("rarc_codes_only.csv", file));
    expect(imported.findings).to.deep.equal([]);
    expect(imported.records).to.have.length(1187);
    const set = merge(starterCodeSets.rarc, imported);
    expect(set.lookup("MA130", "2025-01-01").description).to.match(/^Unprocessable/);
    expect(set.lookup("N999", "2025-01-01").status).to.equal("unknown");
  });
});

describe("the importer of places of service", () => {
  it("leaves out numbers that are not assigned", () => {
    const imported = only(
      posCsv.read(
        "place_of_service.csv",
        bytesOf(
          "code,name,medicare_rate_type,description,assigned",
          "11,Office,Non-Facility,A room,Y",
          "28,Unassigned,Unassigned,Unassigned,N",
          "111,Odd,,,Y",
        ),
      ),
    );
    expect(imported.records.map((record) => record.code)).to.deep.equal(["11"]);
    expect(imported.findings.map((finding) => finding.position)).to.deep.equal([4]);
    expect(imported.rows).to.equal(3);
  });

  it("finds in both lists of CMS the very codes of the starter set", function () {
    const starter = starterCodeSets.pos.records.map((record) => record.code);
    for (const file of ["place_of_service.csv", "pos.cms_bfd.csv"]) {
      const imported = only(posCsv.read(file, releaseFile(this, `pos/${file}`)));
      expect(imported.records.map((record) => record.code).sort(), file).to.deep.equal(starter);
    }
  });
});

describe("the importer of taxonomy codes", () => {
  it("reads the code and its display name, and dates the release by the file's name", () => {
    const imported = only(
      taxonomyCsv.read(
        "nucc_taxonomy_251.csv",
        bytesOf(
          "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section",
          '207Q00000X,Physicians,Family,,"Over\r\ntwo lines",,Family Medicine Physician,I',
          "207Q,Physicians,Short,,,,Short,I",
        ),
      ),
    );
    expect(imported.release).to.include({ name: "2025-07", from: "2025-07-01" });
    expect(imported.records.map(({ code, description }) => [code, description])).to.deep.equal([
      ["207Q00000X", "Family Medicine Physician"],
    ]);
    expect(imported.findings.map((finding) => finding.position)).to.deep.equal([4]);
  });
});
