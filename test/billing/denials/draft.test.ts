import { expect } from "chai";
import { type DenialInput, draftDenial } from "../../../src/billing/denials/index.ts";
import { type Cents, cents } from "../../../src/billing/money/index.ts";

const CLAIM = {
  payer: { id: "PAYER1", name: "Granite Health" },
  filingIndicatorCode: "CI",
  patientControlNumber: "PCN1",
  serviceDateFrom: "2026-09-15",
  claimId: "claim-1",
};
const REMITTANCE = { traceNumber: "TRN1", paymentDate: "2026-11-02", remittanceId: "remit-1" };

describe("draftDenial", () => {
  it("makes one item of a whole denial, with words, action, owner and deadline", () => {
    const item = draftDenial(input(["1", "99213", "CO-50", 12000]));
    expect(item?.deadline.rule).to.match(/^Commercial appeal: 180 days .* verify in contract$/);
    expect(item?.deadline.source).to.match(/^29 CFR 2560\.503-1\(h\)/);
    expect(item).to.deep.equal({
      kind: "denial",
      patientControlNumber: "PCN1",
      claimId: "claim-1",
      remittanceId: "remit-1",
      traceNumber: "TRN1",
      payer: { id: "PAYER1", name: "Granite Health" },
      category: "not-medically-necessary",
      groupCode: "CO",
      reasonCode: "50",
      remarkCodes: [],
      amountCents: 12000,
      lines: [
        {
          lineControlNumber: "1",
          procedureCode: "99213",
          amountCents: 12000,
          groupCode: "CO",
          reasonCode: "50",
        },
      ],
      words:
        "Granite Health refused the whole claim, $120.00 (CO-50): " +
        "Not medically necessary as the payer sees it.",
      suggestedAction:
        "Compare the chart with the coverage policy, check for an ABN, and appeal with the records",
      owner: "clinical",
      correctable: false,
      appealable: true,
      deadline: {
        date: "2027-05-01",
        rule: item?.deadline.rule ?? "",
        source: item?.deadline.source ?? "",
        fromEvent: "remittance",
        fromDate: "2026-11-02",
        calendar: "calendar-days",
        certainty: "verify-in-contract",
      },
    });
  });

  it("drafts nothing where nothing was refused", () => {
    expect(draftDenial(input())).to.equal(undefined);
  });

  it("drafts nothing for adjustments that never are denials", () => {
    const denied = input(["1", "99213", "CO-45", 4000], ["1", "99213", "PR-1", 8000]);
    expect(draftDenial(denied)).to.equal(undefined);
  });

  it("leaves such adjustments out of the money at stake", () => {
    const item = draftDenial(input(["1", "99213", "CO-45", 4000], ["1", "99213", "CO-50", 8000]));
    expect(item?.amountCents).to.equal(8000);
    expect(item?.lines).to.have.length(1);
  });

  it("is led by the reason that refuses most over all lines", () => {
    const item = draftDenial(
      input(["1", "A", "CO-50", 5000], ["2", "B", "CO-97", 3000], ["3", "C", "CO-97", 2500]),
    );
    expect(item?.reasonCode).to.equal("97");
    expect(item?.amountCents).to.equal(10500);
    expect(item?.lines?.map((line) => line.lineControlNumber)).to.deep.equal(["1", "2", "3"]);
  });

  it("is led by the first among equals", () => {
    const item = draftDenial(input(["1", "A", "CO-97", 5000], ["2", "B", "CO-50", 5000]));
    expect(item?.reasonCode).to.equal("97");
  });

  it("takes the remarks of the leading reason's largest line", () => {
    const small = refused("1", "A", "CO-16", 1000, ["M76"]);
    const large = refused("2", "B", "CO-16", 2000, ["M119"]);
    const item = draftDenial({ ...input(), denied: [small, large] });
    expect(item).to.deep.include({ remarkCodes: ["M119"], category: "missing-ndc" });
    expect(item?.words).to.match(
      /; M119: The drug code \(NDC\) is missing, wrong, or withdrawn\.$/,
    );
  });

  it("knows an adjustment of the claim as a whole", () => {
    const item = draftDenial(input(["", "", "CO-29", 12000]));
    expect(item?.lines?.[0]).to.deep.include({ lineControlNumber: undefined, reasonCode: "29" });
  });

  it("calls it partial when something was paid", () => {
    const item = draftDenial({ ...input(["2", "B", "CO-97", 4000]), paidCents: cents(8000) });
    expect(item?.kind).to.equal("partial-denial");
    expect(item?.words).to.match(/^Granite Health refused \$40\.00 of \$120\.00 \(CO-97\): /);
  });

  it("calls it partial when the rest fell to the patient", () => {
    const item = draftDenial({
      ...input(["2", "B", "CO-50", 4000]),
      explainedCents: cents(8000),
    });
    expect(item?.kind).to.equal("partial-denial");
  });

  it("calls it whole when a contractual write-off explains the rest, if the caller says so", () => {
    const denied = input(["1", "A", "CO-50", 8000]);
    expect(draftDenial({ ...denied, explainedCents: cents(0) })?.kind).to.equal("denial");
    expect(draftDenial(denied)?.kind).to.equal("partial-denial");
  });

  it("calls it whole when the payer refuses everything and leaves it to the patient", () => {
    const denied = input(["1", "A", "PR-96", 12000]);
    const item = draftDenial({ ...denied, explainedCents: cents(12000) });
    expect(item).to.include({ kind: "denial", category: "non-covered-benefit" });
    expect(item?.suggestedAction).to.match(/^Bill the patient/);
  });

  for (const code of ["252", "163", "164", "250", "251", "226"]) {
    it(`makes a records request of CO-${code}, due in 30 days`, () => {
      const item = draftDenial(input(["1", "A", `CO-${code}`, 12000]));
      expect(item).to.include({ kind: "records-request", owner: "follow-up" });
      expect(item?.deadline.date).to.equal("2026-12-02");
      expect(item?.words).to.contain("holds back the whole claim");
    });
  }

  it("makes a dispute of a payer-initiated reduction", () => {
    const item = draftDenial(input(["1", "A", "PI-216", 12000]));
    expect(item).to.include({ kind: "dispute", category: "payer-initiated", appealable: true });
  });

  it("counts an unprocessable Medicare claim against the filing limit, without appeal", () => {
    const denied = [refused("1", "A", "CO-16", 12000, ["N290", "MA130"])];
    const claim = { ...CLAIM, filingIndicatorCode: "MB" };
    const item = draftDenial({ ...input(), claim, denied });
    expect(item).to.include({ category: "provider-identifier", appealable: false });
    expect(item?.deadline).to.include({ date: "2027-09-15", fromEvent: "service-date" });
  });
});

type Row = readonly [string, string, string, number];

function input(...rows: readonly Row[]): DenialInput {
  return {
    claim: CLAIM,
    today: "2026-11-21",
    remittance: REMITTANCE,
    denied: rows.map(([line, procedure, code, amount]) => refused(line, procedure, code, amount)),
    paidCents: cents(0),
    chargeCents: cents(12000),
  };
}

function refused(
  lineControlNumber: string,
  procedureCode: string,
  code: string,
  amount: number,
  remarkCodes: readonly string[] = [],
) {
  const [groupCode = "", reasonCode = ""] = code.split("-");
  const amountCents: Cents = cents(amount);
  return { lineControlNumber, procedureCode, groupCode, reasonCode, remarkCodes, amountCents };
}
