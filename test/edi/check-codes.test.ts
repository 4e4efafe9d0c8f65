import { expect } from "chai";
import { codeSet, starterCodeSets } from "../../src/edi/codes/index.ts";
import { type HeldCodeSets, readEdiSync } from "../../src/edi/guides/index.ts";
import type { Finding } from "../../src/edi/x12/index.ts";
import {
  CLAIM,
  CLAIM_HEADER,
  CLAIM_PAYMENT,
  claims,
  codesOf,
  REMITTANCE_HEADER,
  remittance,
  SUBSCRIBER,
} from "./small-files.ts";

/** A small list that is whole: one code for ever, one for the year 2024, and a heading. */
const DIAGNOSES: HeldCodeSets = {
  icd10cm: codeSet({
    name: "icd10cm",
    complete: true,
    releases: [],
    records: [
      record("J069"),
      record("Z00", { billable: false }),
      record("E119", { effectiveFrom: "2024-01-01", effectiveTo: "2024-12-31" }),
    ],
  }),
};

function record(code: string, more: object = {}) {
  const always = { effectiveFrom: undefined, effectiveTo: undefined };
  return { code, description: "", billable: true, ...always, ...more };
}

function found(text: string, codeSets: HeldCodeSets = starterCodeSets): Finding[] {
  return [...readEdiSync(Buffer.from(text), { check: true, codeSets })]
    .flatMap((event) => ("findings" in event ? event.findings : []))
    .filter(({ snip }) => snip === 5);
}

function claimWith(before: string, after: string): string {
  expect(CLAIM).to.include(before);
  return claims(CLAIM_HEADER + SUBSCRIBER + CLAIM.replace(before, after));
}

function paymentWith(before: string, after: string): string {
  expect(CLAIM_PAYMENT).to.include(before);
  return remittance(REMITTANCE_HEADER + CLAIM_PAYMENT.replace(before, after));
}

describe("codes of external sets", () => {
  it("are not looked up when nobody asks for it", () => {
    const text = claimWith("ABK:J069", "ABK:!!");
    const events = [...readEdiSync(Buffer.from(text), { check: true })];
    const findings = events.flatMap((event) => ("findings" in event ? event.findings : []));
    expect(findings.filter(({ snip }) => snip === 5)).to.deep.equal([]);
  });

  it("are in order in claims and remittances in order", () => {
    expect(found(claims())).to.deep.equal([]);
    expect(found(remittance())).to.deep.equal([]);
  });

  const cases: readonly (readonly [string, string, string])[] = [
    ["a diagnosis", claimWith("ABK:J069", "ABK:069"), "code-malformed@HI01-2"],
    ["a procedure", claimWith("HC:99213", "HC:9921"), "code-malformed@SV101-2"],
    ["a modifier", claimWith("HC:99213", "HC:99213:2!"), "code-malformed@SV101-3"],
    ["a place of service", claimWith("11:B:1", "1X:B:1"), "code-malformed@CLM05-1"],
    ["a place that is none", claimWith("11:B:1", "30:B:1"), "code-unknown@CLM05-1"],
    ["a frequency", claimWith("11:B:1", "11:B:4"), "code-unknown@CLM05-3"],
    ["a reason", paymentWith("CAS*PR*1*", "CAS*PR*X1X*"), "code-malformed@CAS02"],
    ["a remark", paymentWith("CAS*PR*1*50~", "CAS*PR*1*50~LQ*HE*A1~"), "code-malformed@LQ02"],
  ];
  for (const [name, text, code] of cases) {
    it(`tell ${name} that is wrong`, () => {
      const findings = found(text);
      expect(codesOf(findings)).to.deep.equal([code]);
      expect(findings[0]).to.deep.include({ severity: "error", snip: 5 });
      expect(findings[0]).not.to.have.property("acknowledgement");
    });
  }

  it("are looked up on the day of service", () => {
    const on = (day: string, code: string) =>
      codesOf(
        found(
          claims(CLAIM_HEADER + SUBSCRIBER + CLAIM.replace("J069", code).replace("20250210", day)),
          DIAGNOSES,
        ),
      );
    expect(on("20250210", "J069")).to.deep.equal([]);
    expect(on("20240210", "E119")).to.deep.equal([]);
    expect(on("20250210", "E119")).to.deep.equal(["code-expired@HI01-2"]);
    expect(on("20230210", "E119")).to.deep.equal(["code-not-yet-valid@HI01-2"]);
    expect(on("20250210", "Z00")).to.deep.equal(["code-not-billable@HI01-2"]);
    expect(on("20250210", "A000")).to.deep.equal(["code-unknown@HI01-2"]);
  });

  it("are not doubted when a small set does not hold them", () => {
    expect(found(claimWith("HC:99213", "HC:76499"))).to.deep.equal([]);
  });

  it("of ICD-9 are not looked up in ICD-10", () => {
    expect(found(claimWith("ABK:J069", "BK:4659"), DIAGNOSES)).to.deep.equal([]);
  });

  it("are told without the value", () => {
    const text = claimWith("ABK:J069", "ABK:SECRET");
    expect(JSON.stringify(found(text))).not.to.include("SECRET");
  });
});
