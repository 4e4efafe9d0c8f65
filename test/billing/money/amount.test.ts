import { expect } from "chai";
import fc from "fast-check";
import {
  cents,
  formatAmount,
  formatDollars,
  negate,
  parseAmount,
  sumCents,
} from "../../../src/billing/money/index.ts";

describe("parseAmount", () => {
  const readable: readonly (readonly [string, number])[] = [
    ["0", 0],
    ["5", 500],
    ["109.2", 10920],
    ["109.20", 10920],
    [".5", 50],
    ["-.05", -5],
    ["-12", -1200],
    ["1.", 100],
    ["1.50000", 150],
    ["0005.10", 510],
    ["-0", 0],
    ["-0.00", 0],
    ["0000000000000001.00", 100],
    ["90071992547409.91", Number.MAX_SAFE_INTEGER],
    ["-90071992547409.91", -Number.MAX_SAFE_INTEGER],
  ];
  for (const [text, amount] of readable) {
    it(`reads "${text}"`, () => {
      const read = parseAmount(text);
      expect(read).to.equal(amount);
      expect(Object.is(read, -0)).to.equal(false);
    });
  }

  const unreadable = [
    "",
    "-",
    ".",
    "-.",
    "1e300",
    "1E5",
    "0x10",
    "1.005",
    "0.001",
    "1,000.00",
    "1 000",
    " 1",
    "1 ",
    "1\n",
    "+1",
    "--1",
    "1-",
    "$1",
    "1.0.0",
    "NaN",
    "Infinity",
    "١",
    "90071992547409.92",
    "123456789012345678",
    "1234567890123456.78",
    "999999999999999999999999",
  ];
  for (const text of unreadable) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseAmount(text)).to.equal(undefined);
    });
  }
});

describe("formatAmount", () => {
  it("writes no needless zero and no point at the end", () => {
    const texts = [0, 5, 50, 500, 10920, -50, -1, 123456].map((each) => formatAmount(cents(each)));
    expect(texts).to.eql(["0", "0.05", "0.5", "5", "109.2", "-0.5", "-0.01", "1234.56"]);
  });

  it("comes back to the same cents, for every safe amount", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        expect(parseAmount(formatAmount(cents(amount)))).to.equal(amount === 0 ? 0 : amount);
      }),
    );
  });

  it("writes what parseAmount read in its shortest form", () => {
    const amount = fc.stringMatching(/^-?\d{1,13}(\.\d{1,2})?$/);
    fc.assert(
      fc.property(amount, (text) => {
        const [, sign = "", whole = "", fraction = ""] =
          /^(-?)0*(\d*?)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
        const short = `${whole || "0"}${fraction === "" ? "" : `.${fraction}`}`;
        const read = parseAmount(text);
        expect(read === undefined ? "unread" : formatAmount(read)).to.equal(
          short === "0" ? "0" : sign + short,
        );
      }),
    );
  });
});

describe("formatDollars", () => {
  it("writes amounts as people read them", () => {
    const texts = [0, 5, -50, 123456, 100000000].map((each) => formatDollars(cents(each)));
    expect(texts).to.eql(["$0.00", "$0.05", "-$0.50", "$1,234.56", "$1,000,000.00"]);
  });
});

describe("cents", () => {
  it("1.4.2 are whole and safe, or a programmer's error", () => {
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => cents(value), String(value)).to.throw(RangeError);
    }
    expect(() => sumCents([cents(Number.MAX_SAFE_INTEGER), cents(1)])).to.throw(RangeError);
  });

  it("know no negative zero, which JSON and equality would take for another amount", () => {
    expect(Object.is(cents(-0), 0)).to.equal(true);
    expect(Object.is(negate(cents(0)), 0)).to.equal(true);
  });
});
