import { expect } from "chai";
import { type CodeRecord, codeSet, procedureSet } from "../../../src/edi/codes/index.ts";

function span(code: string, from?: string, to?: string, billable = true): CodeRecord {
  const description = `${code} ${from ?? ""}`;
  return { code, description, billable, effectiveFrom: from, effectiveTo: to };
}

const FY2025 = { kind: "period", name: "FY2025", from: "2024-10-01", to: "2025-09-30" } as const;
const FY2026 = { kind: "period", name: "FY2026", from: "2025-10-01", to: "2026-09-30" } as const;

describe("a lookup in a code set", () => {
  const set = codeSet({
    name: "hcpcs",
    complete: true,
    releases: [],
    records: [
      span("A0001", "2024-01-01", "2024-12-31"),
      span("A0002", "2025-01-01"),
      span("A0003", undefined, "2023-06-30"),
      span("A0003", "2024-02-01"),
      span("A0004"),
    ],
  });

  it("finds a code valid on its first and its last day", () => {
    expect(set.lookup("A0001", "2024-01-01").status).to.equal("valid");
    expect(set.lookup("A0001", "2024-12-31").status).to.equal("valid");
  });

  it("says that a code has expired the day after its last", () => {
    expect(set.lookup("A0001", "2025-01-01").status).to.equal("expired");
  });

  it("says that a code is not yet effective the day before its first", () => {
    expect(set.lookup("A0002", "2024-12-31").status).to.equal("not-yet-effective");
  });

  it("takes the span that holds the day when a code came back", () => {
    expect(set.lookup("A0003", "2023-06-30").status).to.equal("valid");
    expect(set.lookup("A0003", "2023-12-01").status).to.equal("expired");
    expect(set.lookup("A0003", "2024-02-01")).to.deep.equal({
      status: "valid",
      description: "A0003 2024-02-01",
    });
  });

  it("reads no dates as always, and small letters as capitals", () => {
    expect(set.lookup(" a0004 ", "1999-01-01").status).to.equal("valid");
  });

  it("does not know a code that it does not hold", () => {
    expect(set.lookup("A9999", "2024-06-01")).to.deep.equal({ status: "unknown" });
  });

  it("answers by the nearest release, and says so, for a day that no release covers", () => {
    const diagnoses = codeSet({
      name: "icd10cm",
      complete: true,
      releases: [FY2025, FY2026],
      records: [
        span("E119", "2024-10-01", "2026-09-30"),
        span("Z999", "2025-10-01", "2026-09-30"),
        span("E11", "2024-10-01", "2026-09-30", false),
      ],
    });
    expect(diagnoses.lookup("E11.9", "2026-09-30")).to.not.have.property("outsideReleases");
    expect(diagnoses.lookup("E11.9", "2026-10-01")).to.include({
      status: "valid",
      outsideReleases: true,
    });
    expect(diagnoses.lookup("E11.9", "2020-01-01")).to.include({
      status: "valid",
      outsideReleases: true,
    });
    expect(diagnoses.lookup("Z99.9", "2020-01-01").status).to.equal("not-yet-effective");
    expect(diagnoses.lookup("E11", "2025-03-01").status).to.equal("not-billable");
  });
});

describe("the set of a procedure code", () => {
  it("is told by the shape of the code, and dental codes have none", () => {
    expect(procedureSet("99213")).to.equal("cpt");
    expect(procedureSet("0001F")).to.equal("cpt");
    expect(procedureSet("J3301")).to.equal("hcpcs");
    expect(procedureSet("D0120")).to.equal(undefined);
    expect(procedureSet("9921")).to.equal(undefined);
  });
});
