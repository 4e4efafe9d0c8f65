import { expect } from "chai";
import {
  addBusinessDays,
  addDays,
  addYears,
  dayOfWeek,
  daysBetween,
  federalHolidays,
  isBusinessDay,
  isCalendarDate,
  lastDayOfMonth,
} from "../../../src/billing/denials/index.ts";

describe("calendar", () => {
  it("agrees with the platform's calendar for every day of 1999 to 2104", () => {
    const start = Date.UTC(1999, 0, 1);
    const wrong: string[] = [];
    for (let days = 0; days < 38_700; days += 1) {
      const instant = new Date(start + days * 86_400_000);
      const date = instant.toISOString().slice(0, 10);
      const same = addDays("1999-01-01", days) === date && dayOfWeek(date) === instant.getUTCDay();
      if (!same || daysBetween(date, "1999-01-01") !== -days) wrong.push(date);
    }
    expect(wrong).to.deep.equal([]);
  });

  it("counts across 29 February, and over a century without one", () => {
    expect(addDays("2024-02-28", 1)).to.equal("2024-02-29");
    expect(addDays("2024-02-28", 120)).to.equal("2024-06-27");
    expect(addDays("2023-02-28", 1)).to.equal("2023-03-01");
    expect(addDays("2100-02-28", 1)).to.equal("2100-03-01");
  });

  it("counts across the end of a year, forwards and backwards", () => {
    expect(addDays("2026-11-21", 60)).to.equal("2027-01-20");
    expect(addDays("2027-01-01", -1)).to.equal("2026-12-31");
  });

  it("keeps the day of the year, and 29 February becomes the 28th", () => {
    expect(addYears("2025-12-31", 1)).to.equal("2026-12-31");
    expect(addYears("2024-02-29", 1)).to.equal("2025-02-28");
    expect(addYears("2024-02-29", 4)).to.equal("2028-02-29");
  });

  it("refuses dates that do not exist", () => {
    expect(["2026-02-29", "2026-13-01", "2026-00-10", "20260101", ""].map(isCalendarDate)).to.eql([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(isCalendarDate("2024-02-29")).to.equal(true);
    expect(() => addDays("2026-02-30", 1)).to.throw(RangeError);
  });

  it("knows the eleven federal holidays of 2026, Independence Day observed on Friday", () => {
    expect(federalHolidays(2026)).to.deep.equal([
      "2026-01-01",
      "2026-01-19",
      "2026-02-16",
      "2026-05-25",
      "2026-06-19",
      "2026-07-03",
      "2026-09-07",
      "2026-10-12",
      "2026-11-11",
      "2026-11-26",
      "2026-12-25",
    ]);
  });

  it("observes a New Year on Saturday on 31 December of the year before", () => {
    expect(federalHolidays(2022)[0]).to.equal("2021-12-31");
    expect(isBusinessDay("2021-12-31")).to.equal(false);
  });

  it("observes a Sunday holiday on Monday", () => {
    expect(isBusinessDay("2022-12-26")).to.equal(false);
    expect(isBusinessDay("2022-06-20")).to.equal(false);
  });

  it("knows no Juneteenth before 2021", () => {
    expect(isBusinessDay("2020-06-19")).to.equal(true);
    expect(isBusinessDay("2021-06-18")).to.equal(false);
  });

  it("steps over weekends and holidays when it counts business days", () => {
    expect(addBusinessDays("2026-11-25", 1)).to.equal("2026-11-27");
    expect(addBusinessDays("2026-12-24", 1)).to.equal("2026-12-28");
    expect(addBusinessDays("2026-12-31", 3)).to.equal("2027-01-06");
    expect(addBusinessDays("2026-11-21", 0)).to.equal("2026-11-21");
  });

  it("knows the last day of a month", () => {
    expect(["2024-02", "2026-02", "2026-04", "2026-12"].map(lastDayOfMonth)).to.deep.equal([
      "2024-02-29",
      "2026-02-28",
      "2026-04-30",
      "2026-12-31",
    ]);
  });
});
