import { expect } from "chai";
import type { CodeImport } from "../../../src/edi/codes/index.ts";
import { type CodeRecord, codeSet, merge } from "../../../src/edi/codes/index.ts";

type Row = [code: string, billable?: boolean, description?: string];

function period(name: string, from: string, to: string, rows: Row[]): CodeImport {
  const records = rows.map(
    ([code, billable = true, description = code]): CodeRecord => ({
      code,
      description,
      billable,
      effectiveFrom: from,
      effectiveTo: to,
    }),
  );
  const release = { kind: "period", name, from, to } as const;
  return { set: "icd10cm", complete: true, release, records, findings: [], rows: rows.length };
}

function history(
  name: string,
  rows: [string, (string | undefined)?, string?][],
  complete = true,
): CodeImport {
  const records = rows.map(
    ([code, to, description = code]): CodeRecord => ({
      code,
      description,
      billable: true,
      effectiveFrom: undefined,
      effectiveTo: to,
    }),
  );
  const release = { kind: "history", name, from: `${name}-01`, to: undefined } as const;
  return { set: "hcpcs", complete, release, records, findings: [], rows: rows.length };
}

const starter = codeSet({
  name: "icd10cm",
  complete: false,
  releases: [],
  records: [
    {
      code: "A1",
      description: "our words",
      billable: true,
      effectiveFrom: undefined,
      effectiveTo: undefined,
    },
    {
      code: "Z9",
      description: "starter only",
      billable: true,
      effectiveFrom: undefined,
      effectiveTo: undefined,
    },
  ],
});

const FY23 = period("FY2023", "2022-10-01", "2023-09-30", [["A1"], ["B1"], ["C1"]]);
const APRIL23 = period("FY2023 April", "2023-04-01", "2023-09-30", [["A1"], ["C1", false], ["D1"]]);
const FY24 = period("FY2024", "2023-10-01", "2024-09-30", [["A1"], ["C1", false], ["D1"]]);

function spans(records: readonly CodeRecord[]): string[] {
  return records.map(({ code, billable, effectiveFrom: from, effectiveTo: to }) => {
    return `${code} ${from}..${to}${billable ? "" : " header"}`;
  });
}

describe("merging period releases", () => {
  const expected = [
    "A1 2022-10-01..2024-09-30",
    "B1 2022-10-01..2023-03-31",
    "C1 2022-10-01..2023-03-31",
    "C1 2023-04-01..2024-09-30 header",
    "D1 2023-04-01..2024-09-30",
  ];

  it("ends a code that a later release lacks, and turns one that became a header", () => {
    const merged = [FY23, APRIL23, FY24].reduce(merge, starter);
    expect(spans(merged.records)).to.deep.equal(expected);
    expect(merged.complete).to.equal(true);
    expect(merged.lookup("C1", "2023-04-01").status).to.equal("not-billable");
    expect(merged.lookup("B1", "2023-04-01").status).to.equal("expired");
    expect(merged.lookup("D1", "2023-03-31").status).to.equal("not-yet-effective");
  });

  it("comes to the same in whatever order the releases arrive", () => {
    for (const order of [
      [FY24, APRIL23, FY23],
      [APRIL23, FY24, FY23],
      [FY24, FY23, APRIL23],
      [FY23, FY24, APRIL23],
      [APRIL23, FY23, FY24],
    ]) {
      const merged = order.reduce(merge, starter);
      expect(spans(merged.records)).to.deep.equal(expected);
    }
  });

  it("changes nothing when a release comes again", () => {
    const once = [FY23, APRIL23, FY24].reduce(merge, starter);
    const again = [FY23, APRIL23, FY24].reduce(merge, once);
    expect(spans(again.records)).to.deep.equal(expected);
    expect(again.releases).to.have.length(3);
  });

  it("drops the starter set once a complete release is there", () => {
    expect(merge(starter, FY23).lookup("Z9", "2023-01-01").status).to.equal("unknown");
  });

  it("leaves the set as it is when the import has no records", () => {
    expect(merge(starter, { ...FY23, records: [] })).to.equal(starter);
  });
});

describe("merging histories", () => {
  const empty = codeSet({ name: "hcpcs", complete: false, releases: [], records: [] });

  it("lets the newer history rule, whichever came first", () => {
    const older = history("2024-07", [["A1"], ["B1"], ["C1", "2020-12-31"]]);
    const newer = history("2025-10", [["A1", "2025-06-30"], ["D1"]]);
    const expected = [
      "A1 undefined..2025-06-30",
      "B1 undefined..2025-09-30",
      "C1 undefined..2020-12-31",
      "D1 undefined..undefined",
    ];
    expect(spans([older, newer].reduce(merge, empty).records)).to.deep.equal(expected);
    expect(spans([newer, older].reduce(merge, empty).records)).to.deep.equal(expected);
  });

  it("keeps the held codes beside a list that is not the whole set", () => {
    const held = codeSet({
      name: "modifier",
      complete: false,
      releases: [],
      records: history("2020-01", [["25"], ["QW"]]).records,
    });
    const first = merge(held, history("2024-07", [["QW"], ["GT"]], false));
    const second = merge(first, history("2025-10", [["QW"], ["GT"]], false));
    expect(spans(second.records)).to.deep.equal([
      "25 undefined..undefined",
      "GT undefined..undefined",
      "QW undefined..undefined",
    ]);
    expect(second.complete).to.equal(false);
  });

  it("keeps the held text of a code that comes without one", () => {
    const held = codeSet({
      name: "rarc",
      complete: false,
      releases: [],
      records: history("2020-01", [["M51", undefined, "in our own words"]]).records,
    });
    const merged = merge(held, history("2025-10", [["M51", undefined, ""]]));
    expect(merged.lookup("M51", "2025-12-01").description).to.equal("in our own words");
  });
});
