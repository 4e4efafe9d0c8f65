import { expect } from "chai";
import {
  draftPostingException,
  type PostingExceptionReason,
  REMEDIES,
} from "../../../src/billing/denials/index.ts";
import { cents } from "../../../src/billing/money/index.ts";
import { PARK_REASONS } from "../../../src/billing/remits/index.ts";

const INPUT = {
  today: "2026-11-21",
  payer: { id: "PAYER1", name: "Granite Health" },
  remittance: { traceNumber: "TRN1", remittanceId: "remit-1" },
  amountCents: cents(8000),
};

describe("draftPostingException", () => {
  it("has a remedy for every reason to park, and for what is told beside a posting", () => {
    const beside = [
      "provider-adjustment-in-suspense",
      "balance-beyond",
      "corrected-insured",
      "corrected-payer",
    ];
    const reasons = [...Object.keys(PARK_REASONS), ...beside];
    expect(Object.keys(REMEDIES).sort()).to.deep.equal(reasons.sort());
  });

  for (const reason of Object.keys(REMEDIES) as PostingExceptionReason[]) {
    it(`says what happened and what to do: ${reason}`, () => {
      const item = draftPostingException({ ...INPUT, reason });
      expect(item).to.include({ kind: "posting-exception", category: reason, traceNumber: "TRN1" });
      expect(item.words).to.match(
        /^[A-Z][^.]+ \(Granite Health, \$80\.00(, nothing is off: [^.]+)?\)\.$/,
      );
      expect(item.suggestedAction).to.match(/^[A-Z][a-z]+ /);
      expect(item.deadline).to.include({ date: "2026-11-30", calendar: "business-days" });
    });
  }

  it("hands over the coverage as the payer says it is, and speaks of no money where none is", () => {
    const correction = { memberId: "NEW7" };
    const item = draftPostingException({
      ...INPUT,
      reason: "corrected-insured",
      amountCents: cents(0),
      correction,
    });
    expect(item).to.deep.include({ correction, owner: "front-desk" });
    expect(item.words)
      .to.match(/ \(Granite Health\)\.$/)
      .and.not.include("NEW7");
  });

  it("says what has not come where nothing is off, not that the whole payment is", () => {
    const words = (reason: PostingExceptionReason) =>
      draftPostingException({ ...INPUT, reason, residualCents: cents(0) }).words;
    expect(words("unmatched")).to.contain("nothing is off: no claim of ours was found");
    expect(words("awaiting-reversal")).to.contain("nothing is off: the reversal has not come");
    expect(words("reversal-without-original")).to.contain("what it reverses has not come");
  });

  it("tells the residual and the code where there are any", () => {
    const unbalanced = draftPostingException({
      ...INPUT,
      reason: "claim-unbalanced",
      patientControlNumber: "PCN1",
      residualCents: cents(-150),
    });
    expect(unbalanced.words).to.contain("off by -$1.50");
    expect(unbalanced.patientControlNumber).to.equal("PCN1");
    const suspended = draftPostingException({
      ...INPUT,
      reason: "provider-adjustment-in-suspense",
      code: "CS",
    });
    expect(suspended.words).to.contain("code CS");
    expect(suspended.owner).to.equal("contracts");
  });
});
