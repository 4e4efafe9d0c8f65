import { expect } from "chai";
import { draftRejection, type RejectionInput } from "../../../src/billing/denials/index.ts";
import { cents } from "../../../src/billing/money/index.ts";

const INPUT: RejectionInput = {
  claim: {
    payer: { id: "PAYER1", name: "Granite Health" },
    filingIndicatorCode: "MB",
    patientControlNumber: "PCN1",
    serviceDateFrom: "2026-09-15",
  },
  today: "2026-11-21",
  acknowledgement: "277CA",
  categoryCode: "A7",
  statusCodes: ["562"],
  entityCode: "85",
  chargeCents: cents(12000),
};

describe("draftRejection", () => {
  const categories: readonly [string, string][] = [
    ["A3", "rejected-unprocessable"],
    ["A4", "rejected-not-found"],
    ["A6", "rejected-missing-information"],
    ["A7", "rejected-invalid-information"],
    ["A8", "rejected-related-fields"],
  ];
  for (const [categoryCode, category] of categories) {
    it(`makes a rejection of ${categoryCode}, to be sent again as an original`, () => {
      const item = draftRejection({ ...INPUT, categoryCode });
      expect(item).to.include({ kind: "rejection", category, appealable: false, owner: "billing" });
      expect(item?.suggestedAction).to.contain("frequency 1): it was never adjudicated");
    });
  }

  for (const categoryCode of ["A0", "A1", "A2", "A5", "P1", "F2", "R4", ""]) {
    it(`rejects nothing for category "${categoryCode}"`, () => {
      expect(draftRejection({ ...INPUT, categoryCode })).to.equal(undefined);
    });
  }

  it("names the codes that name the field", () => {
    expect(draftRejection(INPUT)?.words).to.equal(
      "Granite Health rejected the claim because information is invalid (277CA A7:562:85).",
    );
  });

  it("counts against the filing limit, because nothing has been filed", () => {
    expect(draftRejection(INPUT)?.deadline).to.include({
      date: "2027-09-15",
      fromEvent: "service-date",
    });
  });

  it("takes a 999 and a TA1 for syntax, without any category", () => {
    for (const acknowledgement of ["999", "TA1"] as const) {
      const claim = INPUT.claim;
      const item = draftRejection({
        claim,
        today: INPUT.today,
        acknowledgement,
        chargeCents: cents(1),
      });
      expect(item?.category).to.equal("rejected-syntax");
      expect(item?.words).to.match(new RegExp(`\\(${acknowledgement}\\)\\.$`));
    }
  });
});
