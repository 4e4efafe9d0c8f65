import { expect } from "chai";
import { zipSync } from "fflate";
import { hcpcsCsv, hcpcsText } from "../../../src/edi/codes/hcpcs.ts";
import { merge, starterCodeSets } from "../../../src/edi/codes/index.ts";
import { bytesOf, releaseFile } from "./release-files.ts";

/** A record by the columns of the layout; a continuation is trimmed after its text. */
function record(code: string, kind: string, text: string, added = "", ended = ""): string {
  const start = `${code.padStart(5)}00100${kind}${text.padEnd(80)}`;
  if (kind === "4" || kind === "8") return start;
  return `${start.padEnd(268)}${added.padEnd(8)}${added.padEnd(8)}${ended.padEnd(8)}N`.padEnd(320);
}

const TEXT = bytesOf(
  "The publisher's disclaimer, which is longer than one line",
  "and ends here.",
  record("A0021", "3", "Ambulance service, outside state per mile,", "19850101"),
  record("A0021", "4", "transport"),
  record("A4397", "3", "Irrigation supply; sleeve, each", "19900101", "20211231"),
  record("QW", "7", "Clia waived", "19970101"),
  record("QW", "8", "test"),
  "",
);

describe("the importer of the HCPCS text", () => {
  it("joins continuation records and keeps procedures and modifiers apart", () => {
    const [procedures, modifiers] = hcpcsText.read("HCPC2026_OCT_ANWEB_v2.txt", TEXT);
    expect(procedures?.set).to.equal("hcpcs");
    expect(procedures?.complete).to.equal(true);
    expect(procedures?.records).to.deep.equal([
      {
        code: "A0021",
        description: "Ambulance service, outside state per mile, transport",
        billable: true,
        effectiveFrom: "1985-01-01",
        effectiveTo: undefined,
      },
      {
        code: "A4397",
        description: "Irrigation supply; sleeve, each",
        billable: true,
        effectiveFrom: "1990-01-01",
        effectiveTo: "2021-12-31",
      },
    ]);
    expect(modifiers?.set).to.equal("modifier");
    expect(modifiers?.complete).to.equal(false);
    expect(modifiers?.records.map(({ code, description }) => [code, description])).to.deep.equal([
      ["QW", "Clia waived test"],
    ]);
  });

  it("takes the quarter from the name of the member", () => {
    const archive = zipSync({
      "HCPC2026_OCT_ANWEB_Transaction Report_v2.txt": bytesOf("no codes"),
      "HCPC2026_OCT_ANWEB_v2.txt": TEXT,
    });
    const [procedures] = hcpcsText.read("october-2026-alpha-numeric-hcpcs-file.zip", archive);
    expect(procedures?.release).to.deep.equal({
      kind: "history",
      name: "2026-10",
      from: "2026-10-01",
      to: undefined,
    });
  });

  it("tells of a line that is no record, of a stray continuation and of a bad date", () => {
    const bytes = bytesOf(
      record("A0021", "3", "Good", "19850101"),
      "what is this",
      record("B0001", "4", "of a record that is not there"),
      record("C0001", "3", "Bad start", "19851301"),
    );
    const [procedures] = hcpcsText.read("HCPC2026_JAN_ANWEB.txt", bytes);
    expect(procedures?.records.map(({ code }) => code)).to.deep.equal(["A0021"]);
    expect(procedures?.findings.map(({ position }) => position)).to.deep.equal([2, 3, 4]);
  });

  it("reads the published text of 2020 out of its archive", function () {
    const file = "2020-Alpha-Numeric-HCPCS-File.zip";
    const [procedures, modifiers] = hcpcsText.read(file, releaseFile(this, `hcpcs/${file}`));
    expect(procedures?.findings).to.deep.equal([]);
    expect(procedures?.release.name).to.equal("2020-01");
    expect(procedures?.records).to.have.length(6710);
    expect(modifiers?.records).to.have.length(369);
    const wheelchair = procedures?.records.find(({ code }) => code === "K0001");
    expect(wheelchair).to.include({ description: "Standard wheelchair", effectiveTo: undefined });
    expect(procedures?.records.some(({ code }) => code.startsWith("D"))).to.equal(false);
  });
});

describe("the importer of HCPCS as CSV", () => {
  it("tells procedures from modifiers by their length, and quoted commas from others", () => {
    const imports = hcpcsCsv.read(
      "hcpcs_level2_2025_oct.csv",
      bytesOf(
        "code,short_description,long_description,add_date,termination_date",
        'A0021,short,"Ambulance, outside ""state""",1985-01-01,',
        "QW,short,Clia waived test,1997-01-01,2020-12-31",
        "12,too,few",
        "1234,no,code,,",
      ),
    );
    expect(imports.map(({ set, rows }) => [set, rows])).to.deep.equal([
      ["hcpcs", 3],
      ["modifier", 1],
    ]);
    expect(imports[0]?.records[0]?.description).to.equal('Ambulance, outside "state"');
    expect(imports[0]?.findings.map(({ position }) => position)).to.deep.equal([4, 5]);
    expect(imports[1]?.records[0]?.effectiveTo).to.equal("2020-12-31");
    expect(imports[0]?.release.from).to.equal("2025-10-01");
  });

  it("reads the published releases, whose later one ends what it no longer lists", function () {
    const read = (file: string) => hcpcsCsv.read(file, releaseFile(this, `hcpcs/${file}`));
    const [older] = read("hcpcs_level2_2024_jul.csv");
    const [newer, modifiers] = read("hcpcs_level2_2025_oct.csv");
    if (older === undefined || newer === undefined || modifiers === undefined) {
      throw new Error("a set is missing");
    }
    expect([older.rows, newer.rows, modifiers.rows]).to.deep.equal([8033, 8463, 383]);
    const ended = [...newer.records, ...modifiers.records].filter(({ effectiveTo }) => effectiveTo);
    expect(ended).to.have.length(1225);
    const set = [newer, older].reduce(merge, starterCodeSets.hcpcs);
    expect(set.records).to.have.length(8463);
    expect(set.lookup("J1030", "2024-03-31").status).to.equal("valid");
    expect(set.lookup("J1030", "2024-04-01").status).to.equal("expired");
    expect(set.lookup("J1612", "2025-09-30").status).to.equal("not-yet-effective");
    expect(set.lookup("J1612", "2025-10-01").status).to.equal("valid");
    const all = merge(starterCodeSets.modifier, modifiers);
    expect(all.lookup("25", "2025-12-01").status).to.equal("valid");
    expect(all.lookup("A1", "2025-12-01").status).to.equal("valid");
  });
});
