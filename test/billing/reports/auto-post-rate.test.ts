import { expect } from "chai";
import { cents } from "../../../src/billing/money/index.ts";
import { type AutoPostRow, autoPostRate } from "../../../src/billing/reports/index.ts";

describe("autoPostRate", () => {
  it("divides what posted without a person by what arrived, duplicates apart", () => {
    const report = autoPostRate([
      row("a", { paidCents: cents(6000) }),
      row("b", { touched: true, paidCents: cents(1000) }),
      row("c", { posted: false, paidCents: cents(1000) }),
      row("d", { duplicate: true, paidCents: cents(9000) }),
    ]);
    expect(report).to.deep.include({
      name: "auto-post-rate",
      definitionVersion: 1,
      numerator: 1,
      denominator: 3,
      rate: 1 / 3,
      excluded: 1,
      touchedIds: ["b", "c"],
      dollars: { numeratorCents: 6000, denominatorCents: 8000, rate: 0.75 },
    });
  });

  it("counts a reversal by its size, so that it does not cancel a payment", () => {
    const rows = [row("a", { paidCents: cents(5000) }), row("b", { paidCents: cents(-5000) })];
    expect(autoPostRate(rows).dollars).to.include({ numeratorCents: 10000, rate: 1 });
  });

  it("has no rate where nothing arrived", () => {
    expect(autoPostRate([])).to.include({ rate: null, denominator: 0 });
    expect(autoPostRate([row("a", {})]).dollars.rate).to.equal(null);
  });
});

function row(claimPaymentId: string, change: Partial<AutoPostRow>): AutoPostRow {
  return {
    claimPaymentId,
    posted: true,
    touched: false,
    duplicate: false,
    paidCents: cents(0),
    ...change,
  };
}
