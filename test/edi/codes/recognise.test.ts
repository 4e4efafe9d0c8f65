import { expect } from "chai";
import { zipSync } from "fflate";
import { RECOGNITION_BYTES, recogniseRelease } from "../../../src/edi/codes/index.ts";
import { bytesOf, releaseFile } from "./release-files.ts";

const archiveOf = (...names: string[]) =>
  zipSync(Object.fromEntries(names.map((name) => [name, bytesOf("x")])));

describe("recognising a release", () => {
  const cases: [file: string, bytes: Uint8Array, importer: string | undefined][] = [
    ["icd10cm_order_2026.txt", bytesOf("00001 A00"), "icd10cm-order"],
    ["icd10cm-order-April-2025.txt", bytesOf("00001 A00"), "icd10cm-order"],
    ["icd10cm-order-addenda-2026.txt", bytesOf("Add:"), undefined],
    ["2026-code-descriptions-tabular-order.zip", archiveOf("readme.pdf"), "icd10cm-order"],
    ["Code-desciptions-April-2025.zip", archiveOf("icd10cm-codes-April-2025.txt"), "icd10cm-order"],
    ["POAexemptCodesFY26.zip", archiveOf("POAexemptCodesFY26.txt"), undefined],
    ["october-2026-alpha-numeric-hcpcs-file.zip", archiveOf("notes.txt"), "hcpcs-text"],
    ["upload.zip", archiveOf("HCPC2026_OCT_ANWEB_v2.txt"), "hcpcs-text"],
    ["HCPC2020_OCT_ANWEB.xlsx", archiveOf("[Content_Types].xml"), undefined],
    ["photos.zip", archiveOf("cat.jpg"), undefined],
    ["HCPC2020_ANWEB.txt", bytesOf("disclaimer", "A0021001003Ambulance"), "hcpcs-text"],
    ["HCPC2020_ANWEB.txt", bytesOf("only a disclaimer"), undefined],
    ["h.csv", bytesOf("code,long_description,add_date,termination_date", ""), "hcpcs-csv"],
    ["c.csv", bytesOf("code,description,start_date,stop_date", "1,x"), "carc-csv"],
    ["r.csv", bytesOf("code,kind,start_date,stop_date", "M1"), "rarc-csv"],
    ["p.csv", bytesOf("code,name,assigned", "11"), "pos-csv"],
    ["pos.csv", bytesOf("code,description", "11,Office"), "pos-csv"],
    ["groups.csv", bytesOf("code,description", "CO,Contractual"), undefined],
    ["t.csv", bytesOf("Code,Grouping,Classification,Display Name", ""), "taxonomy-csv"],
    ["empty.csv", new Uint8Array(), undefined],
    ["claim.edi", bytesOf("ISA*00*          *00*"), undefined],
  ];
  for (const [file, bytes, importer] of cases) {
    const first = new TextDecoder().decode(bytes.subarray(0, 24)).split(/[\r\n]/)[0] ?? "";
    const named = first.startsWith("PK") ? "an archive" : JSON.stringify(first);
    it(`takes ${file} beginning with ${named} for ${importer ?? "nothing it reads"}`, () => {
      expect(recogniseRelease(file, bytes)?.name).to.equal(importer);
    });
  }

  it("knows the published files by their first bytes", function () {
    const name = (path: string) => {
      const bytes = releaseFile(this, path).subarray(0, RECOGNITION_BYTES);
      return recogniseRelease(path, bytes)?.name;
    };
    expect(name("icd10cm/icd10-Order-CodeFiles2023.cdc.zip")).to.equal("icd10cm-order");
    expect(name("icd10cm/2026-code-descriptions-tabular-order.cms.zip")).to.equal("icd10cm-order");
    expect(name("icd10cm/POAexemptCodesFY26.cdc.zip")).to.equal(undefined);
    expect(name("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.cdc.xlsx")).to.equal(undefined);
    expect(name("hcpcs/2020-Alpha-Numeric-HCPCS-File.zip")).to.equal("hcpcs-text");
    expect(name("hcpcs/hcpcs_level2_2025_oct.csv")).to.equal("hcpcs-csv");
    expect(name("modifiers/hcpcs_level2_modifiers_2025_oct.csv")).to.equal("hcpcs-csv");
    expect(name("x12/carc.csv")).to.equal("carc-csv");
    expect(name("x12/rarc_codes_only.csv")).to.equal("rarc-csv");
    expect(name("pos/place_of_service.csv")).to.equal("pos-csv");
    expect(name("misc/us_fips_states.cms.csv")).to.equal(undefined);
  });
});
