import { expect } from "chai";
import { brokenNotes } from "../../src/edi/guides/syntax-note.ts";
import { isDate, isDecimal, isFormatted, isTime } from "../../src/edi/x12/data-types.ts";
import {
  answersOf,
  CLAIM,
  CLAIM_HEADER,
  CLAIM_PAYMENT,
  claims,
  codesOf,
  REMITTANCE_HEADER,
  read,
  remittance,
  SUBSCRIBER,
} from "./small-files.ts";

const IN_ORDER = CLAIM_HEADER + SUBSCRIBER + CLAIM;

describe("element checks", () => {
  it("find nothing in claims and remittances in order", () => {
    expect(read(claims(), true).findings).to.deep.equal([]);
    expect(read(remittance(), true).findings).to.deep.equal([]);
  });

  it("are left out when nobody asks for them", () => {
    expect(read(claims(IN_ORDER.replace("CLM*PCN1*150", "CLM*PCN1*a"))).findings).to.deep.equal([]);
  });

  const cases: readonly (readonly [string, string, string, string, string])[] = [
    [
      "a required element that is missing",
      "CLM*PCN1*",
      "CLM**",
      "required-element-missing@CLM01",
      "IK403:1",
    ],
    [
      "a required component that is missing",
      "11:B:1",
      "11:B",
      "required-element-missing@CLM05-3",
      "IK403:1",
    ],
    [
      "an identifier that is missing",
      "*46*SUB1",
      "*46",
      "required-element-missing@NM109",
      "IK403:1",
    ],
    [
      "a paired element that is missing",
      "TE*3025550100~",
      "TE*3025550100*EM~",
      "syntax-note-broken@PER06",
      "IK403:2",
    ],
    ["too many elements", "LX*1~", "LX*1*2~", "too-many-elements@LX02", "IK403:3"],
    ["a value that is too short", "*46*SUB1", "*46*S", "element-too-short@NM109", "IK403:4"],
    [
      "a value that is too long",
      "CLM*PCN1*",
      `CLM*${"P".repeat(39)}*`,
      "element-too-long@CLM01",
      "IK403:5",
    ],
    [
      "letters where a number stands",
      "CLM*PCN1*150",
      "CLM*PCN1*15O",
      "character-invalid@CLM02",
      "IK403:6",
    ],
    [
      "a code that the guide does not name",
      "11:B:1*Y",
      "11:B:1*X",
      "code-not-allowed@CLM06",
      "IK403:7",
    ],
    [
      "a date that is none, by its qualifier",
      "D8*20250210",
      "D8*20250230",
      "date-invalid@DTP03",
      "IK403:8",
    ],
    [
      "a date that is none, by its type",
      "BATCH1*20250301",
      "BATCH1*20251301",
      "date-invalid@BHT04",
      "IK403:8",
    ],
    [
      "a time that is none",
      "20250301*1200*CH",
      "20250301*2460*CH",
      "time-invalid@BHT05",
      "IK403:9",
    ],
    [
      "too many repetitions",
      "DMG*D8*19800101*F",
      "DMG*D8*19800101*F^M",
      "too-many-repetitions@DMG03",
      "IK403:12",
    ],
    ["too many components", "11:B:1", "11:B:1:9", "too-many-components@CLM05", "IK403:13"],
    [
      "an element that the guide does not use",
      "CLM*PCN1*150*",
      "CLM*PCN1*150*X",
      "element-not-used@CLM03",
      "IK403:I10",
    ],
  ];
  for (const [name, before, after, code, answer] of cases) {
    it(`find ${name}`, () => {
      expect(IN_ORDER).to.include(before);
      const { findings } = read(claims(IN_ORDER.replace(before, after)), true);
      expect(codesOf(findings)).to.include(code);
      expect(answersOf(findings)).to.include(answer);
    });
  }

  it("name the place and never the value", () => {
    const secret = "SECRETNAME".repeat(10);
    const { findings } = read(claims(IN_ORDER.replace("IL*1*DOE", `IL*1*${secret}`)), true);
    expect(findings).to.have.length(1);
    expect(findings[0]).to.deep.include({
      loop: "2010BA",
      segment: "NM1",
      position: 13,
      element: 3,
      snip: 1,
    });
    expect(JSON.stringify(findings)).not.to.include("SECRET");
    expect(findings[0]?.message).to.include("100 characters");
  });
});

describe("data types", () => {
  it("know the calendar", () => {
    expect(["20240229", "20000229", "240229", "20251231"].every(isDate)).to.equal(true);
    const none = [
      "20230229",
      "19000229",
      "20251301",
      "20250431",
      "2025010",
      "",
      "2025-1-1",
      "20250100",
    ];
    expect(none.filter(isDate)).to.deep.equal([]);
  });

  it("know times, numbers and formats", () => {
    expect(["0000", "2359", "235959", "23595999"].every(isTime)).to.equal(true);
    expect(["2400", "1260", "12", "12345", "123460"].filter(isTime)).to.deep.equal([]);
    expect(["0", "-1", "1.5", ".5", "1."].every(isDecimal)).to.equal(true);
    expect(["", "-", ".", "1,5", "+1", "1e3", "--1"].filter(isDecimal)).to.deep.equal([]);
    expect(isFormatted("20250101-20250131", "RD8")).to.equal(true);
    expect(isFormatted("20250131-20250101", "RD8")).to.equal(false);
    expect(isFormatted("202501011230", "DT")).to.equal(true);
  });
});

describe("qualifiers that read like a format", () => {
  it("do not make a date of the amount behind them: AMT*D8 is a discount", () => {
    const body = REMITTANCE_HEADER + CLAIM_PAYMENT.replace("SVC*", "AMT*D8*12.5~SVC*");
    expect(codesOf(read(remittance(body), true).findings)).to.deep.equal([]);
  });
});

describe("syntax notes", () => {
  const broken = (note: string, ...values: string[]) =>
    brokenNotes([note], ["XXX", ...values]).map(({ element }) => element);

  it("P: all or none", () => {
    expect(broken("P0203", "", "", "")).to.deep.equal([]);
    expect(broken("P0203", "", "a", "b")).to.deep.equal([]);
    expect(broken("P0203", "", "a")).to.deep.equal([3]);
    expect(broken("P0203", "", "", "b")).to.deep.equal([2]);
  });

  it("R: at least one", () => {
    expect(broken("R0203", "a")).to.deep.equal([2]);
    expect(broken("R0203", "a", "", "c")).to.deep.equal([]);
  });

  it("E: at most one", () => {
    expect(broken("E0102", "a", "b")).to.deep.equal([2]);
    expect(broken("E0102", "a")).to.deep.equal([]);
  });

  it("C: if the first then all others", () => {
    expect(broken("C0102", "a")).to.deep.equal([2]);
    expect(broken("C0102", "", "b")).to.deep.equal([]);
  });

  it("L: if the first then one of the others", () => {
    expect(broken("L010203", "a")).to.deep.equal([2]);
    expect(broken("L010203", "a", "", "c")).to.deep.equal([]);
    expect(broken("L010203", "", "", "")).to.deep.equal([]);
  });
});
