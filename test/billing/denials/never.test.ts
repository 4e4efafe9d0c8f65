import { expect } from "chai";
import { NEVER, neverDenial } from "../../../src/billing/denials/index.ts";
import { cents } from "../../../src/billing/money/index.ts";
import { CONTRACTUAL_REASONS, treatmentOf } from "../../../src/billing/remits/treatment.ts";

/** DENIALS §2, as it stands there. */
const DESIGN =
  "CO-45 CO-253 CO-237 CO-144 CO-24 CO-104 CO-59 OA-23 OA-94 PR-1 PR-2 PR-3 PR-66 CO-131 CO-105 " +
  "OA-225 CO-225 CO-246";

describe("neverDenial", () => {
  for (const code of DESIGN.split(" ")) {
    it(`keeps ${code} out of the queue`, () => {
      expect(of(code)).to.equal(true);
    });
  }

  for (const code of ["CO-50", "CO-97", "PR-96", "OA-18", "PI-45", "PR-45", "OA-45", "CO-1"]) {
    it(`lets ${code} in`, () => {
      expect(of(code)).to.equal(false);
    });
  }

  it("keeps a predetermination out, and the same reason of another status in", () => {
    expect(of("CO-101", 100, "25")).to.equal(true);
    expect(of("CO-101", 100, "1")).to.equal(false);
  });

  it("keeps reversals out: they undo a decision and are none", () => {
    expect(of("CO-50", 100, "22")).to.equal(true);
    expect(of("CO-50", -100)).to.equal(true);
  });

  it("keeps out what takes nothing away", () => {
    expect(of("CO-50", 0)).to.equal(true);
  });

  it("agrees with what posting writes off by contract", () => {
    for (const reasonCode of CONTRACTUAL_REASONS)
      expect(of(`CO-${reasonCode}`), reasonCode).to.equal(true);
  });

  it("never names what posting leaves open", () => {
    for (const { groupCode, reasonCode, statusCode } of NEVER) {
      if (groupCode === undefined || statusCode !== undefined) continue;
      const adjustment = { groupCode, reasonCode, amountCents: cents(100), quantity: undefined };
      expect(treatmentOf(adjustment), `${groupCode}-${reasonCode}`).to.not.equal("denied");
    }
  });
});

function of(code: string, amountCents = 100, statusCode?: string): boolean {
  const [groupCode = "", reasonCode = ""] = code.split("-");
  return neverDenial({ groupCode, reasonCode, amountCents, statusCode });
}
