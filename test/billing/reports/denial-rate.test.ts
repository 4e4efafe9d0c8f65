import { expect } from "chai";
import { cents } from "../../../src/billing/money/index.ts";
import {
  type DenialRateReason,
  type DenialRateRow,
  denialRate,
} from "../../../src/billing/reports/index.ts";

const TODAY = "2026-11-21";

/** Granite: 4 claims, 2 denied whole, 1 in part. Harbor: 1 claim, paid. */
const ROWS: readonly DenialRateRow[] = [
  row("c1", { denied: true, deniedCents: cents(10000), reasons: [reason("50", 10000, "97110")] }),
  row("c2", {
    denied: true,
    deniedCents: cents(30000),
    chargeCents: cents(30000),
    month: "2026-11",
    reasons: [reason("97", 20000, "97140"), reason("50", 10000, "97110")],
    procedureCodes: ["97110", "97140"],
  }),
  row("c3", { partial: true, deniedCents: cents(2500), reasons: [reason("97", 2500, "97140")] }),
  row("c4", { procedureCodes: ["97110"] }),
  row("c5", { payerId: "HARBOR", payerName: "Harbor Plan", month: "2026-05", providerNpi: "2" }),
  row("c1", { firstAdjudication: false, month: "2026-11" }),
];

describe("denialRate", () => {
  it("divides claims denied whole at first adjudication by claims adjudicated", () => {
    const report = denialRate(ROWS, { today: TODAY });
    expect(report).to.deep.include({
      unit: "claim",
      cohort: "remittance-month",
      numerator: 2,
      denominator: 5,
      rate: 0.4,
      partial: 1,
      partialRate: 0.2,
      excluded: 1,
      claimIds: ["c1", "c2", "c3"],
      rows: [],
    });
  });

  it("says what it counts, with a version", () => {
    const report = denialRate([], { today: TODAY });
    expect(report).to.include({ name: "initial-denial-rate", definitionVersion: 1 });
    expect(report.definition).to.contain("first adjudication");
    expect(report.source).to.contain("HFMA");
  });

  it("tells dollars by gross charges, and what was refused", () => {
    expect(denialRate(ROWS, { today: TODAY }).dollars).to.deep.equal({
      numeratorCents: 40000,
      denominatorCents: 70000,
      rate: 4 / 7,
      deniedCents: 42500,
    });
  });

  it("does not round: one of three stays one of three", () => {
    const rows = [row("a", { denied: true }), row("b", {}), row("c", {})];
    expect(denialRate(rows, { today: TODAY }).rate).to.equal(1 / 3);
  });

  it("has no rate where nothing was adjudicated", () => {
    const report = denialRate([], { by: "payer", today: TODAY });
    expect(report).to.deep.include({ numerator: 0, denominator: 0, rate: null, rows: [] });
  });

  it("never averages averages: the total is its own division", () => {
    const report = denialRate(ROWS, { by: "payer", today: TODAY });
    expect(report.rows.map(({ key, label, rate }) => [key, label, rate])).to.deep.equal([
      ["GRANITE", "Granite Health", 0.5],
      ["HARBOR", "Harbor Plan", 0],
    ]);
    expect(report.rate).to.equal(0.4);
  });

  it("lists months in order", () => {
    const { rows } = denialRate(ROWS, { by: "month", today: TODAY });
    expect(rows.map(({ key, numerator, denominator }) => [key, numerator, denominator])).to.eql([
      ["2026-05", 0, 1],
      ["2026-10", 1, 3],
      ["2026-11", 1, 1],
    ]);
  });

  it("counts by provider", () => {
    const { rows } = denialRate(ROWS, { by: "provider", today: TODAY });
    expect(rows.map(({ key, denominator }) => [key, denominator])).to.deep.equal([
      ["1", 4],
      ["2", 1],
    ]);
  });

  it("counts a claim under each of its reasons, over all claims", () => {
    const { rows } = denialRate(ROWS, { by: "reason", today: TODAY });
    expect(rows.map((each) => [each.key, each.numerator, each.partial, each.denominator])).to.eql([
      ["CO-50", 2, 0, 5],
      ["CO-97", 1, 1, 5],
    ]);
    expect(rows.map((each) => each.dollars.deniedCents)).to.deep.equal([20000, 22500]);
    expect(rows[1]?.label).to.equal("Included in the payment for another service");
  });

  it("counts a claim once under a category, however many reasons of it", () => {
    const twice = row("x", { denied: true, reasons: [reason("50", 1), reason("55", 2)] });
    const { rows } = denialRate([twice], { by: "category", today: TODAY });
    expect(rows).to.have.length(1);
    expect(rows[0]).to.deep.include({ numerator: 1, label: "Not medically necessary" });
    expect(rows[0]?.dollars.deniedCents).to.equal(3);
  });

  it("divides by the claims that bill a procedure", () => {
    const { rows } = denialRate(ROWS, { by: "procedure", today: TODAY });
    expect(rows.map((each) => [each.key, each.numerator, each.denominator])).to.deep.equal([
      ["97110", 2, 3],
      ["97140", 1, 2],
    ]);
  });

  it("takes the payments of a split claim for one decision", () => {
    const split = [row("s", { denied: true }), row("s", { month: "2026-11" })];
    expect(denialRate(split, { by: "month", today: TODAY })).to.deep.include({
      numerator: 0,
      partial: 1,
      denominator: 1,
    });
    for (const parts of [split, split.toReversed()]) {
      const { rows } = denialRate(parts, { by: "month", today: TODAY });
      expect(rows.map(({ key }) => key)).to.deep.equal(["2026-10"]);
    }
    const both = [row("s", { denied: true }), row("s", { denied: true })];
    expect(denialRate(both, { today: TODAY }).numerator).to.equal(1);
  });

  it("counts a claim once for each payer", () => {
    const rows = [row("s", { denied: true }), row("s", { payerId: "HARBOR" })];
    expect(denialRate(rows, { today: TODAY })).to.include({ numerator: 1, denominator: 2 });
  });

  it("takes a partial denial for partial, whether it is marked denied as well or not", () => {
    const rows = [row("s", { denied: true, partial: true }), row("t", { partial: true })];
    expect(denialRate(rows, { today: TODAY })).to.include({ numerator: 0, partial: 2 });
  });

  it("warns of cohorts less than 90 days old, and of no others", () => {
    const { warnings } = denialRate(ROWS, { today: TODAY });
    expect(warnings.map(({ code, months }) => [code, months])).to.deep.equal([
      ["run-out", ["2026-10", "2026-11"]],
    ]);
    const may = [row("c5", { month: "2026-05" })];
    expect(denialRate(may, { today: "2026-08-28" }).warnings).to.have.length(1);
    expect(denialRate(may, { today: "2026-08-29" }).warnings).to.deep.equal([]);
  });
});

function row(claimId: string, change: Partial<DenialRateRow>): DenialRateRow {
  return {
    claimId,
    payerId: "GRANITE",
    payerName: "Granite Health",
    month: "2026-10",
    providerNpi: "1",
    denied: false,
    partial: false,
    deniedCents: cents(0),
    chargeCents: cents(10000),
    reasons: [],
    firstAdjudication: true,
    ...change,
  };
}

function reason(reasonCode: string, amount: number, procedureCode?: string): DenialRateReason {
  return {
    groupCode: "CO",
    reasonCode,
    category: reasonCode === "97" ? "bundled" : "not-medically-necessary",
    amountCents: cents(amount),
    procedureCode,
  };
}
