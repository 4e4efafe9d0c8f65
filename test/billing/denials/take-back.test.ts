import { expect } from "chai";
import { draftTakeBack } from "../../../src/billing/denials/index.ts";
import { cents } from "../../../src/billing/money/index.ts";

const INPUT = {
  claim: {
    payer: { id: "PAYER1", name: "Granite Health" },
    filingIndicatorCode: "MB",
    patientControlNumber: "PCN1",
    serviceDateFrom: "2026-01-15",
  },
  today: "2026-11-21",
  remittance: { traceNumber: "TRN1", paymentDate: "2026-11-02" },
  amountCents: cents(8000),
};

describe("draftTakeBack", () => {
  it("says what was taken, and gives the appeal its clock", () => {
    const item = draftTakeBack(INPUT);
    expect(item).to.include({ kind: "take-back", category: "take-back", amountCents: 8000 });
    expect(item.words).to.equal(
      "Granite Health took back its payment of $80.00 without a new decision.",
    );
    expect(item.deadline).to.include({ date: "2027-03-02", fromEvent: "remittance" });
  });

  it("names the recovery that takes the money", () => {
    const item = draftTakeBack({ ...INPUT, recoveryReference: "ICN9" });
    expect(item.words).to.contain("(recovery ICN9)");
  });
});
