import { expect } from "chai";
import {
  addBankDays,
  bankDaysBetween,
  dueDate,
  isBankDay,
  isLate,
} from "../../../src/billing/deposits/index.ts";

describe("bank days", () => {
  it("leave out weekends and the holidays of the Federal Reserve", () => {
    const closed = [
      "2026-01-01",
      "2026-01-19",
      "2026-02-16",
      "2026-05-25",
      "2026-06-19",
      "2026-09-07",
      "2026-10-12",
      "2026-11-11",
      "2026-11-26",
      "2026-12-25",
      "2026-03-21",
      "2026-03-22",
    ];
    for (const day of closed) expect(isBankDay(day), day).to.equal(false);
  });

  it("do not move a Saturday's holiday to Friday, and move a Sunday's to Monday", () => {
    expect(isBankDay("2026-07-03"), "4 July 2026 is a Saturday").to.equal(true);
    expect(isBankDay("2021-12-31"), "1 January 2022 is a Saturday").to.equal(true);
    expect(isBankDay("2027-07-05"), "4 July 2027 is a Sunday").to.equal(false);
    expect(isBankDay("2026-12-25"), "Christmas is a Friday itself").to.equal(false);
  });

  it("are counted forwards, and between two dates in either order", () => {
    expect(addBankDays("2026-07-02", 2)).to.equal("2026-07-06");
    expect(bankDaysBetween("2026-11-25", "2026-11-30")).to.equal(2);
    expect(bankDaysBetween("2026-11-30", "2026-11-25")).to.equal(2);
    expect(bankDaysBetween("2026-11-30", "2026-11-30")).to.equal(0);
  });
});

describe("the clock of CORE 370", () => {
  it("ends three bank days after the half that came", () => {
    expect(dueDate("2026-03-13")).to.equal("2026-03-18");
    expect(dueDate("2026-11-24"), "over Thanksgiving").to.equal("2026-11-30");
    expect(isLate("2026-03-13", "2026-03-18")).to.equal(false);
    expect(isLate("2026-03-13", "2026-03-19")).to.equal(true);
  });
});
