import { expect } from "chai";
import fc from "fast-check";
import request from "supertest";
import { csvLines } from "../../../src/faces/csv/write.ts";
import { addKey, openTestApp, serverOf, standIns, type TestApp } from "../http/ground.ts";

const COLUMNS = [
  { heading: "text", of: ({ text }: { text: string }) => text },
  { heading: "number", of: () => -12.5 },
];

async function fileOf(...texts: string[]): Promise<string> {
  let file = "";
  const rows = texts.map((text) => ({ text }));
  for await (const line of csvLines(COLUMNS, rows)) file += `${line}\n`;
  return file;
}

/** A plain reader of RFC 4180: the cells of each record. */
function read(file: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, bare = "", end] of file.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    records.push(cells);
    cells = [];
  }
  return records;
}

describe("CSV as it is written", () => {
  it("1.2.10 lets no text be a formula, however it begins", async () => {
    const starts = [
      "=",
      "+",
      "-",
      "@",
      "\t",
      "\r",
      "\n",
      "\0",
      "＝",
      "＋",
      "－",
      "＠",
      "  =",
      "\t-",
    ];
    for (const start of starts) {
      const [, record = []] = read(await fileOf(`${start}HYPERLINK("x")`));
      expect(record[0], JSON.stringify(start)).to.equal(`'${start}HYPERLINK("x")`);
    }
    expect(read(await fileOf("a=b", "CO-45"))).to.deep.equal([
      ["text", "number"],
      ["a=b", "-12.5"],
      ["CO-45", "-12.5"],
    ]);
  });

  it("1.2.10 is read back as it was, by RFC 4180, whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), async (texts) => {
        const [, ...records] = read(await fileOf(...texts));
        expect(records.map(([text = ""]) => text.replace(/^'/, ""))).to.deep.equal(
          texts.map((text) => text.replace(/^'/, "")),
        );
        for (const [text = ""] of records) expect(text).to.not.match(/^\s*[=+\-@]/);
      }),
      { numRuns: 50 },
    );
  });

  let test: TestApp;
  before(async () => {
    test = await openTestApp();
  });
  after(() => test.close());

  it("1.2.10 is what the http face answers where a list is asked for as a file", async () => {
    const label = '=HYPERLINK("https://evil.example")';
    const row = {
      key: "CO-29",
      label,
      numerator: 1,
      denominator: 2,
      rate: 0.5,
      dollars: { deniedCents: 5_050 },
    };
    const denialRate = async () => ({
      definition: "",
      numerator: 1,
      denominator: 2,
      rate: 0.5,
      partial: 0,
      rows: [row],
    });
    const server = serverOf(test.app, standIns({ denialRate }));
    const { headers, text } = await request(server)
      .get("/api/v1/reports/denial-rate?form=csv")
      .set("Authorization", await addKey(test.app, "biller"))
      .expect(200);
    expect(headers["content-type"]).to.match(/^text\/csv; charset=utf-8/);
    expect(headers["content-disposition"]).to.equal("attachment; filename=denial-rate.csv");
    expect(read(text)[1]).to.deep.equal(["CO-29", `'${label}`, "1", "2", "0.5", "50.5"]);
  });
});
