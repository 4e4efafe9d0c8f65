import { expect } from "chai";
import fc from "fast-check";
import { cents } from "../../../src/billing/money/index.ts";
import { explainTransaction } from "../../../src/billing/remits/index.ts";

const paid = (...amounts: number[]) =>
  amounts.map((amount, index) => ({ ordinal: index + 1, paidCents: cents(amount) }));
const placesOf = (payments: ReturnType<typeof paid>, residual: number) =>
  explainTransaction(payments, [], cents(residual))?.amounts.map(({ place }) => place);

describe("explainTransaction", () => {
  it("names the one claim that was counted twice or left out", () => {
    expect(placesOf(paid(500, 700, 900), 700)).to.deep.equal(["CLP[2]"]);
    expect(placesOf(paid(500, 700, 900), -900)).to.deep.equal(["CLP[3]"]);
  });

  it("names the fewest: one before two, two before three", () => {
    expect(placesOf(paid(500, 700, 1200), 1200)).to.deep.equal(["CLP[3]"]);
    expect(placesOf(paid(500, 700, 900), 1400)).to.deep.equal(["CLP[1]", "CLP[3]"]);
    expect(placesOf(paid(100, 200, 400, 5000), 700)).to.deep.equal(["CLP[1]", "CLP[2]", "CLP[3]"]);
  });

  it("says so when a sign is the other way about", () => {
    const explanation = explainTransaction(paid(500, -700), [], cents(-1400));
    expect(explanation?.amounts).to.deep.equal([{ place: "CLP[2]", amountCents: -700 }]);
    expect(explanation?.because).to.match(/opposite sign/);
  });

  it("explains nothing when nothing small does, or nothing is off", () => {
    expect(placesOf(paid(500, 700), 3)).to.equal(undefined);
    expect(placesOf(paid(500, 700), 0)).to.equal(undefined);
  });

  it("never names amounts that do not add up to the difference", () => {
    const amounts = fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 40 });
    const property = fc.property(amounts, fc.integer({ min: -2000, max: 2000 }), (list, off) => {
      const explanation = explainTransaction(paid(...list), [], cents(off));
      if (explanation === undefined) return;
      const sum = explanation.amounts.reduce((total, each) => total + each.amountCents, 0);
      expect([Math.abs(off), Math.abs(off) / 2]).to.include(Math.abs(sum));
      expect(new Set(explanation.amounts.map(({ place }) => place)).size).to.equal(
        explanation.amounts.length,
      );
    });
    fc.assert(property, { verbose: true });
  });
});
