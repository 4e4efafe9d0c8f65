import { expect } from "chai";
import { compactDate, daysBetween, isoDate } from "../../../src/billing/intake/index.ts";

describe("isoDate", () => {
  const DATES: [text: string, iso: string | undefined][] = [
    ["20260301", "2026-03-01"],
    ["2026-03-01", "2026-03-01"],
    ["2024-02-29", "2024-02-29"],
    ["2025-02-29", undefined],
    ["19000229", undefined],
    ["20000229", "2000-02-29"],
    ["2026-13-01", undefined],
    ["2026-04-31", undefined],
    ["2026-00-10", undefined],
    ["17991231", undefined],
    ["2026-3-1", undefined],
    ["", undefined],
  ];
  for (const [text, iso] of DATES) {
    it(`reads "${text}" as ${iso ?? "no date"}`, () => {
      expect(isoDate(text)).to.equal(iso);
    });
  }

  it("comes back from X12 unchanged", () => {
    expect(compactDate("2026-03-01")).to.equal("20260301");
  });
});

describe("daysBetween", () => {
  it("counts over leap days and backwards", () => {
    expect(daysBetween("2024-02-28", "2024-03-01")).to.equal(2);
    expect(daysBetween("2026-03-01", "2026-02-28")).to.equal(-1);
  });
});
