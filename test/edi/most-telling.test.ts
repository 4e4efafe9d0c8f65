import { expect } from "chai";
import {
  mostTelling,
  readEdiSync,
  verdictsOf,
  writeAcknowledgement,
} from "../../src/edi/guides/index.ts";
import type { Finding } from "../../src/edi/x12/index.ts";
import { CLAIM, CLAIM_HEADER, claims, remittance, SUBSCRIBER } from "./small-files.ts";

const STAMP = {
  interchangeControlNumber: "9",
  groupControlNumber: "8",
  date: "20250302",
  time: "0600",
};

/** Each list of findings that the reader hands out, before and after. */
function listsOf(text: string): { all: string[]; told: string[] } {
  const all: string[] = [];
  const told: string[] = [];
  for (const event of readEdiSync(Buffer.from(text), { check: true })) {
    if (!("findings" in event)) continue;
    all.push(...event.findings.map(({ code }) => code));
    told.push(...mostTelling(event.findings).map(({ code }) => code));
  }
  return { all, told };
}

function changed(text: string, before: string, after: string): string {
  expect(text).to.include(before);
  return text.replace(before, after);
}

const ORDER = CLAIM_HEADER + SUBSCRIBER + CLAIM;
const finding = (code: string, more: Partial<Finding>): Finding => ({
  severity: "error",
  code,
  message: "",
  segment: "NM1",
  position: 3,
  element: 9,
  ...more,
});

describe("mostTelling", () => {
  it("tells a code of no list once, not its length besides", () => {
    const { all, told } = listsOf(claims(changed(ORDER, "NM1*85*2*", "NM1*85*2X*")));
    expect(all).to.include.members(["code-not-allowed", "element-too-long"]);
    expect(told.filter((code) => /^(code-|element-)/.test(code))).to.deep.equal([
      "code-not-allowed",
    ]);
  });

  it("leaves every code in the 999", () => {
    const text = claims(changed(ORDER, "NM1*85*2*", "NM1*85*2X*"));
    const [verdict] = verdictsOf(readEdiSync(Buffer.from(text), { check: true }));
    const answer = (verdict && writeAcknowledgement(verdict, STAMP)) ?? "";
    expect(answer).to.include("IK4*2**5~").and.include("IK4*2**7~");
  });

  it("tells that an amount is missing, not that the sum is off without it", () => {
    const text = remittance().replace(/CLP(\*[^*~]*){4}/, (clp) =>
      clp.slice(0, clp.lastIndexOf("*") + 1),
    );
    const { all, told } = listsOf(text);
    expect(all).to.include.members(["required-element-missing", "claim-unbalanced"]);
    expect(told).to.include("required-element-missing").and.not.include("claim-unbalanced");
  });

  it("tells what the situation asks for, not the note on syntax", () => {
    const { all, told } = listsOf(claims(changed(ORDER, "*MI*W1~", "*MI~")));
    expect(all).to.include.members(["subscriber-identifier-missing", "syntax-note-broken"]);
    expect(told).to.include("subscriber-identifier-missing").and.not.include("syntax-note-broken");
  });

  it("never hides an error behind a warning", () => {
    const warning = finding("npi-invalid", { severity: "warning", snip: 4 });
    const error = finding("element-too-short", { snip: 1 });
    expect(mostTelling([warning, error])).to.deep.equal([error]);
  });

  it("keeps both where neither tells more, and what is of another component or segment", () => {
    const both = [
      finding("control-number-reused", { snip: 1 }),
      finding("control-number-invalid", { snip: 1 }),
    ];
    expect(mostTelling(both)).to.deep.equal(both);
    const apart = [
      finding("code-not-allowed", { snip: 2, component: 1 }),
      finding("element-too-long", { snip: 1, component: 2 }),
      finding("element-too-long", { snip: 1, position: 4, component: 1 }),
    ];
    expect(mostTelling(apart)).to.deep.equal(apart);
  });

  it("keeps that an ISA is laid out wrongly, beside what is wrong with its value", () => {
    const both = [
      finding("interchange-version-invalid", { segment: "ISA", snip: 1 }),
      finding("interchange-header-width", { segment: "ISA", snip: 1, severity: "warning" }),
    ];
    expect(mostTelling(both)).to.deep.equal(both);
  });

  it("keeps all that a loop lacks, but for a segment of which two readers say it", () => {
    const lacks = (code: string, more: Partial<Finding>): Finding => {
      const { element: _none, ...place } = finding(code, { segment: "DTP", snip: 2 });
      return { ...place, ...more };
    };
    const dates = [
      lacks("admission-date-missing", { snip: 4 }),
      lacks("discharge-hour-missing", { snip: 4 }),
      lacks("required-segment-missing", {}),
    ];
    expect(mostTelling(dates)).to.deep.equal(dates);
    const payment = [
      lacks("required-segment-missing", { segment: "BPR", loop: "ST" }),
      lacks("segment-missing", { segment: "BPR", loop: "ST" }),
    ];
    expect(mostTelling(payment)).to.deep.equal(payment.slice(0, 1));
  });
});
