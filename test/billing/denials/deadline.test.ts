import { expect } from "chai";
import {
  type ContractClock,
  type DeadlineFacts,
  daysLeft,
  deadline,
  payerKind,
} from "../../../src/billing/denials/index.ts";

const FACTS: DeadlineFacts = {
  clock: "appeal",
  payerId: "PAYER1",
  filingIndicatorCode: "MB",
  remittanceDate: "2026-11-02",
  serviceDateFrom: "2026-09-15",
  today: "2026-11-21",
};

const CONTRACT: ContractClock = {
  payerId: "PAYER1",
  clock: "appeal",
  days: 65,
  fromEvent: "remittance",
  calendar: "calendar-days",
  source: "Contract 2026, section 7.2",
  effectiveFrom: "2026-01-01",
  effectiveTo: "2026-12-31",
};

describe("deadline", () => {
  const rules: readonly [string, Partial<DeadlineFacts>, string, string][] = [
    ["Medicare B appeal, 120 days", {}, "2027-03-02", "regulation"],
    ["Medicare A appeal, 120 days", { filingIndicatorCode: "MA" }, "2027-03-02", "regulation"],
    ["Medicare Advantage, 60", { filingIndicatorCode: "16" }, "2027-01-01", "verify-in-contract"],
    ["commercial, 180 days", { filingIndicatorCode: "CI" }, "2027-05-01", "verify-in-contract"],
    ["Blue Cross, 180 days", { filingIndicatorCode: "BL" }, "2027-05-01", "verify-in-contract"],
    ["Medicaid, 180 days", { filingIndicatorCode: "MC" }, "2027-05-01", "verify-in-contract"],
    ["TRICARE, 90 days", { filingIndicatorCode: "CH" }, "2027-01-31", "verify-in-contract"],
    ["workers' compensation, none", { filingIndicatorCode: "WC" }, "2026-12-21", "default-review"],
    ["no filing indicator", { filingIndicatorCode: undefined }, "2026-12-21", "default-review"],
    ["remittance undated", { remittanceDate: undefined }, "2026-12-21", "default-review"],
    ["Medicare filing, one year", { clock: "filing" }, "2027-09-15", "regulation"],
    ["Medicare filing, no date", filing("MB", undefined), "2026-12-21", "default-review"],
    ["Medicaid filing, 180 days", filing("MC", "2026-09-15"), "2027-03-14", "verify-in-contract"],
    ["commercial filing, unknown", filing("CI", "2026-09-15"), "2026-12-21", "default-review"],
    ["records, 30 days", { clock: "records" }, "2026-12-02", "default-review"],
    ["review, 30 days from today", { clock: "review" }, "2026-12-21", "default-review"],
    ["parked money, 5 business days", { clock: "parked-money" }, "2026-11-30", "default-review"],
  ];
  for (const [name, facts, date, certainty] of rules) {
    it(`is never without a date, a rule and a source: ${name}`, () => {
      const due = deadline({ ...FACTS, ...facts });
      expect(due.date).to.equal(date);
      expect(due.certainty).to.equal(certainty);
      expect(due.rule).to.not.equal("");
      expect(due.source).to.not.equal("");
    });
  }

  it("lets one year from 29 February end on the 28th", () => {
    const due = deadline({ ...FACTS, clock: "filing", serviceDateFrom: "2024-02-29" });
    expect(due.date).to.equal("2025-02-28");
    expect(due.fromEvent).to.equal("service-date");
  });

  it("counts 120 days across 29 February", () => {
    expect(deadline({ ...FACTS, remittanceDate: "2023-12-15" }).date).to.equal("2024-04-13");
    expect(deadline({ ...FACTS, remittanceDate: "2024-12-15" }).date).to.equal("2025-04-14");
  });

  it("says where parked money gets its business days from", () => {
    const due = deadline({ ...FACTS, clock: "parked-money" });
    expect(due.calendar).to.equal("business-days");
    expect(due.fromDate).to.equal("2026-11-21");
  });

  it("lets the contract go before every rule", () => {
    const due = deadline({ ...FACTS, contractClocks: [CONTRACT] });
    expect(due).to.deep.equal({
      date: "2027-01-06",
      rule: "Contract: 65 days",
      source: "Contract 2026, section 7.2",
      fromEvent: "remittance",
      fromDate: "2026-11-02",
      calendar: "calendar-days",
      certainty: "contract",
    });
  });

  it("counts a contract's business days by the federal calendar", () => {
    const contract = { ...CONTRACT, days: 10, calendar: "business-days" } as const;
    const due = deadline({ ...FACTS, contractClocks: [contract] });
    expect(due.date).to.equal("2026-11-17");
    expect(due.calendar).to.equal("business-days");
  });

  const elsewhere: readonly [string, Partial<ContractClock>][] = [
    ["another payer", { payerId: "PAYER2" }],
    ["another clock", { clock: "filing" }],
    ["a contract that had ended", { effectiveTo: "2026-11-01" }],
    ["a contract not yet begun", { effectiveFrom: "2026-11-03" }],
  ];
  for (const [name, change] of elsewhere) {
    it(`does not apply ${name}`, () => {
      const due = deadline({ ...FACTS, contractClocks: [{ ...CONTRACT, ...change }] });
      expect(due.certainty).to.equal("regulation");
    });
  }

  it("applies a contract on its first and on its last day", () => {
    const day = { effectiveFrom: "2026-11-02", effectiveTo: "2026-11-02" };
    const due = deadline({ ...FACTS, contractClocks: [{ ...CONTRACT, ...day }] });
    expect(due.certainty).to.equal("contract");
  });

  it("counts the days left, below zero once it has passed", () => {
    const due = deadline(FACTS);
    expect(daysLeft(due, "2027-03-01")).to.equal(1);
    expect(daysLeft(due, "2027-03-02")).to.equal(0);
    expect(daysLeft(due, "2027-03-12")).to.equal(-10);
  });
});

describe("payerKind", () => {
  it("does not take Medicare Advantage for Medicare", () => {
    expect(payerKind("16")).to.equal("medicare-advantage");
    expect(payerKind("MB")).to.equal("medicare");
  });

  it("knows no kind for a code it does not know", () => {
    expect(payerKind("ZZ")).to.equal("unknown");
  });
});

function filing(filingIndicatorCode: string, serviceDateFrom: string | undefined) {
  return { clock: "filing", filingIndicatorCode, serviceDateFrom } as const;
}
