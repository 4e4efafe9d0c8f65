import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readDeposits } from "../../../src/billing/deposits/index.ts";

const sample = (name: string) => readFileSync(`edi-samples/${name}`, "utf8");
const CSV = sample("20-deposits.csv");
const BAI2 = sample("21-deposits.bai2");
const NACHA = sample("22-deposits.ach");

/** `date amount traces references`, one line a deposit. */
function shown(content: string): string[] {
  return readDeposits(content).deposits.map(({ date, amountCents, traces, references }) =>
    [date, amountCents, traces.map((each) => each.traceNumber).join("+"), references.join("+")]
      .join(" ")
      .trim(),
  );
}

/** What a file is refused with, as `code place difference`; nothing of it may be read. */
function refusal(content: string): string[] {
  const { deposits, others, defects } = readDeposits(content);
  expect(defects, "it was taken").not.to.have.length(0);
  expect([...deposits, ...others]).to.deep.equal([]);
  return defects.map(({ code, place, differenceCents }) =>
    [code, place, differenceCents ?? ""].join(" ").trim(),
  );
}

/** The content with another digit at each place where one stands. */
function* otherDigits(content: string, within: (line: string, at: number) => boolean) {
  const lines = content.split("\n");
  for (const [index, line] of lines.entries()) {
    for (let at = 0; at < line.length; at++) {
      const digit = line.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9 || !within(line, at)) continue;
      const changed = line.slice(0, at) + ((digit + 1) % 10) + line.slice(at + 1);
      yield { index, at, content: lines.with(index, changed).join("\n") };
    }
  }
}

/** The content cut off after each of its lines but the last that counts. */
function cuts(content: string, last: RegExp): string[] {
  const lines = content.split("\n");
  const end = lines.findIndex((line) => last.test(line));
  return lines.slice(1, end + 1).map((_line, index) => lines.slice(0, index + 1).join("\n"));
}

describe("reading deposits from CSV", () => {
  it("takes dates and dollars as banks write them, several traces in a cell, and counts debits apart", () => {
    expect(shown(CSV)).to.deep.equal([
      "2026-02-11 10825 LKEFT0007",
      "2026-02-18 3362  BK000512",
      "2026-02-20 25646 LKEFT0009+LKEFT0010 BK000519",
      "2026-02-23 7500  BK000533",
    ]);
    expect(readDeposits(CSV).others).to.deep.equal([
      { place: "line 5", typeCode: "-", amountCents: -1200, date: "2026-02-20", isReturn: false },
    ]);
  });

  const refused: readonly [string, string, string][] = [
    ["a header without an amount", "date,payer\n2026-01-01,X", "column-missing line 1"],
    ["a day that is none", "date,amount\n2026-02-30,1.00", "date-unreadable line 2"],
    ["a fraction of a cent", "date,amount\n2026-02-03,1.005", "amount-unreadable line 2"],
    [
      "groups that are not of three",
      'date,amount\n2026-02-03,"1,00.00"',
      "amount-unreadable line 2",
    ],
    ["an amount of zero", "date,amount\n2026-02-03,0.00", "amount-unreadable line 2"],
    ["a row with too few cells", "date,amount,payer\n2026-02-03,1.00", "row-damaged line 2"],
    [
      "a quote that is never closed",
      'date,amount,payer\n2026-02-03,1.00,"X\n2026-02-04,2.00,Y',
      "file-cut-off end of file",
    ],
  ];
  for (const [what, content, expected] of refused) {
    it(`refuses ${what}, and with it the whole file`, () => {
      expect(refusal(`${content}\n`)).to.deep.equal([expected]);
    });
  }

  it("tells two rows that are alike apart, and the same file again not", () => {
    const twice = "date,amount\n2026-02-03,5.00\n2026-02-03,5.00\n";
    const identities = readDeposits(twice).deposits.map(({ identity }) => identity);
    expect(new Set(identities).size).to.equal(2);
    expect(readDeposits(twice).deposits.map(({ identity }) => identity)).to.deep.equal(identities);
  });

  it("reads brackets as minus, and groups of three within quotes", () => {
    const { deposits, others } = readDeposits(
      'amount,date\n"$1,234,567.8",20260203\n(5.00),20260203\n',
    );
    expect(deposits.map(({ amountCents }) => amountCents)).to.deep.equal([123_456_780]);
    expect(others.map(({ amountCents }) => amountCents)).to.deep.equal([-500]);
  });
});

describe("reading deposits from BAI2", () => {
  it("takes incoming payments with value date, references and a TRN that goes on in a record 88", () => {
    expect(shown(BAI2)).to.deep.equal([
      "2026-01-30 3178 LKEFT0005 BK000451",
      "2026-02-04 1242  BK000477+LKEFT0006",
    ]);
    expect(readDeposits(BAI2).others.map(({ typeCode }) => typeCode)).to.deep.equal(["354"]);
  });

  it("reads every funds type, and refuses one that is none", () => {
    const file = (funds: string) =>
      [
        "01,1,2,260204,0700,1,,,2/",
        "02,2,1,1,260204,,USD,2/",
        "03,4,,,,,/",
        `16,165,500,${funds},BANK,CUST,TEXT, WITH COMMA`,
        "49,500,3/",
        "98,500,1,5/",
        "99,500,1,7/",
      ].join("\n");
    for (const funds of ["", "0", "1", "2", "Z", "V,260204,0900", "S,1,2,3", "D,2,0,100,1,400"]) {
      expect(shown(file(funds)), funds).to.deep.equal(["2026-02-04 500  BANK+CUST"]);
    }
    expect(refusal(file("Q"))).to.include("record-damaged line 4");
    expect(refusal(file("V,260231,"))).to.include("date-unreadable line 4");
  });

  it("names a bank's return apart from other debits", () => {
    const returned = BAI2.replace("16,354,7000", "16,555,7000");
    expect(readDeposits(returned).others.map(({ isReturn }) => isReturn)).to.deep.equal([true]);
  });

  it("refuses totals that do not tie, at each level, with the difference", () => {
    expect(refusal(BAI2.replace("49,172840", "49,172850"))).to.deep.equal([
      "total-differs line 8 10",
    ]);
    expect(refusal(BAI2.replace("98,172840", "98,172800"))).to.deep.equal([
      "total-differs line 9 -40",
    ]);
    expect(refusal(BAI2.replace("99,172840", "99,2840"))).to.deep.equal([
      "total-differs line 10 -170000",
    ]);
    expect(refusal(BAI2.replace("142,3178", "142,3179"))).to.include("total-differs line 8 -1");
  });

  it("refuses every other digit in an amount, a control total or a count", () => {
    const within = (line: string, at: number) => {
      const field = line.slice(0, at).split(",").length;
      if (line.startsWith("16,")) return field === 3;
      return /^(49|98|99),/.test(line) && field > 1;
    };
    let tried = 0;
    for (const { content } of otherDigits(BAI2, within)) {
      refusal(content);
      tried += 1;
    }
    expect(tried).to.be.greaterThan(30);
  });

  it("refuses a file that is cut off after any line, or lacks any", () => {
    for (const cut of cuts(BAI2, /^99/)) refusal(cut);
    const lines = BAI2.trimEnd().split("\n");
    for (const index of lines.keys()) refusal(lines.toSpliced(index, 1).join("\n") || "01,");
  });

  it("refuses another currency, another version and records out of place", () => {
    expect(refusal(BAI2.replace("03,4000500060,USD", "03,4000500060,CAD"))).to.include(
      "currency-unknown line 3",
    );
    expect(refusal(BAI2.replace(",,,2/", ",,,1/"))).to.include("record-damaged line 1");
    expect(refusal(`${BAI2}99,172840,1,10/\n`)).to.deep.equal(["record-misplaced line 11"]);
    expect(refusal(BAI2.replace("16,354", "17,354"))).to.include("record-unknown line 7");
  });
});

describe("reading deposits from NACHA", () => {
  it("takes credits with the TRN of their addenda, the effective date and the paying company", () => {
    expect(shown(NACHA)).to.deep.equal([
      "2026-01-21 38010 LKEFT0001 990000100",
      "2026-01-22 8684 LKEFT0002 990000100",
      "2026-01-23 12458  990000100",
    ]);
    const [first] = readDeposits(NACHA).deposits;
    expect(first).to.deep.include({ originatorId: "1990000003", payerName: "LARKSPUR HEALTH" });
    expect(first?.traces).to.deep.equal([{ traceNumber: "LKEFT0001", originatorId: "1990000003" }]);
  });

  it("reads the same from a file without line ends, and from one with trailing blanks cut", () => {
    expect(shown(NACHA.replaceAll("\n", ""))).to.deep.equal(shown(NACHA));
    expect(shown(NACHA.replaceAll(/ +$/gm, ""))).to.deep.equal(shown(NACHA));
  });

  it("refuses every other digit in an amount, routing number, count, hash or total", () => {
    const spans: Readonly<Record<string, readonly [number, number]>> = {
      "6": [3, 11],
      "8": [4, 44],
      "9": [1, 55],
    };
    const within = (line: string, at: number) => {
      const [from, to] = spans[line.charAt(0)] ?? [0, 0];
      const isAmount = line.startsWith("6") && at >= 29 && at < 39;
      return !/^9{94}$/.test(line) && ((at >= from && at < to) || isAmount);
    };
    let tried = 0;
    for (const { content } of otherDigits(NACHA, within)) {
      refusal(content);
      tried += 1;
    }
    expect(tried).to.be.greaterThan(200);
  });

  it("says by how much a batch and the file do not tie", () => {
    expect(refusal(NACHA.replace("0000038010990", "0000038000990"))).to.deep.equal([
      "total-differs record 5 10",
      "total-differs record 13 10",
    ]);
  });

  it("refuses a file that is cut off after any record, or lacks any", () => {
    for (const cut of cuts(NACHA, /^9000/)) refusal(cut);
    const lines = NACHA.split("\n").slice(0, 13);
    for (const index of lines.keys()) refusal(lines.toSpliced(index, 1).join("\n"));
  });

  it("refuses an addenda that names another entry, and one that nobody announced", () => {
    expect(refusal(NACHA.replace("00010000101", "00010000102"))).to.include(
      "control-differs record 4",
    );
    expect(refusal(NACHA.replace("1999999990000101", "0999999990000101"))).to.include(
      "record-misplaced record 4",
    );
  });

  it("counts debits, prenotes and returns apart", () => {
    const prenote = NACHA.replace("622999999992", "623999999992").replaceAll(
      "0000038010",
      "0".repeat(10),
    );
    const { others } = readDeposits(
      prenote.replace("00000038010199", "00000000000199").replace("0000059152", "0000021142"),
    );
    expect(others.map(({ typeCode, isReturn }) => `${typeCode} ${isReturn}`)).to.deep.equal([
      "23 false",
    ]);
  });
});

describe("reading a file of no known kind", () => {
  it("refuses it without repeating anything of it", () => {
    expect(refusal("ISA*00*")).to.deep.equal(["format-unknown line 1"]);
    expect(refusal("")).to.deep.equal(["format-unknown line 1"]);
    const [defect] = readDeposits("Jane Roe 12.00").defects;
    expect(defect?.message).not.to.contain("Roe");
  });
});
