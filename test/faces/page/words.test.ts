import { expect } from "chai";
import { daysSince, dollars, title } from "../../../src/faces/page/words.ts";

describe("the words of the page", () => {
  it("write money as people read it", () => {
    const cents = [123_456, -50, 0, 100_000_000, 5, undefined];
    expect(cents.map(dollars)).to.deep.equal([
      "$1,234.56",
      "-$0.50",
      "$0.00",
      "$1,000,000.00",
      "$0.05",
      "–",
    ]);
  });

  it("count days by the calendar, and none from nothing", () => {
    const now = new Date("2026-03-06T00:30:00Z");
    expect(daysSince("2026-03-05", now)).to.equal(1);
    expect(daysSince("2026-03-09T23:59:00Z", now)).to.equal(-3);
    expect(daysSince(undefined, now)).to.equal(undefined);
  });

  it("make words of names", () => {
    expect(title("partial-denial")).to.equal("Partial denial");
    expect(title("openInsuranceCents")).to.equal("Open insurance");
  });
});
