import { expect } from "chai";
import { cents } from "../../../src/billing/money/index.ts";
import { AdjustmentList, adjustmentOf } from "../../../src/billing/remits/known-adjustments.ts";
import type { Adjustment } from "../../../src/billing/remits/remittance.ts";

describe("known adjustments", () => {
  it("say what was written, in any order and number", () => {
    const gathered = new AdjustmentList();
    for (let round = 0; round < 5_000; round += 1) {
      const written: Adjustment[] = [];
      gathered.begin();
      for (let index = 0; index < round % 8; index += 1) {
        const adjustment: Adjustment = {
          groupCode: ["CO", "PR", "OA", "PI"][(round + index) % 4] ?? "",
          reasonCode: String((round * 7 + index) % 253),
          amountCents: cents(((round * 31 + index * 17) % 4_001) - 2_000),
          quantity: round % 3 === 0 ? String(index) : undefined,
        };
        const { groupCode, reasonCode, amountCents, quantity } = adjustment;
        written.push(adjustment);
        gathered.add(adjustmentOf(groupCode, reasonCode, amountCents, quantity));
      }
      expect(gathered.take()).to.deep.equal(written);
    }
  });

  it("are one object when they come again", () => {
    const first = adjustmentOf("CO", "45", cents(1_250), undefined);
    expect(adjustmentOf("CO", "45", cents(1_250), undefined)).to.equal(first);
    expect(adjustmentOf("PR", "45", cents(1_250), undefined)).to.not.equal(first);
  });
});
