import { expect } from "chai";
import {
  type Adjudication,
  assertBalanced,
  type ClaimAccount,
  claimAccount,
  hasEffect,
  type JournalLine,
  journalBetween,
  type LineAmounts,
  liveAdjudications,
  paidBy,
  type Receivable,
  totalsOf,
  transfer,
} from "../../../src/billing/ledger/index.ts";
import { cents, ZERO } from "../../../src/billing/money/index.ts";

const NOTHING: LineAmounts = {
  lineControlNumber: "1",
  chargeCents: ZERO,
  paidCents: ZERO,
  contractualCents: ZERO,
  sequestrationCents: ZERO,
  otherCents: ZERO,
  patientCents: ZERO,
  deniedCents: ZERO,
  priorPayerCents: ZERO,
};
const PAID: LineAmounts = {
  ...NOTHING,
  chargeCents: cents(10000),
  paidCents: cents(7840),
  contractualCents: cents(1000),
  sequestrationCents: cents(160),
  patientCents: cents(1000),
};
const RECEIVABLE: Receivable = {
  lines: [
    { lineControlNumber: "1", chargeCents: cents(10000) },
    { lineControlNumber: "2", chargeCents: cents(5000) },
  ],
  superseded: false,
};

function adjudication(id: string, line: LineAmounts, reverses?: string): Adjudication {
  return {
    id,
    sequence: "P",
    payerId: "GRANITE",
    statusCode: reverses === undefined ? "1" : "22",
    payerClaimControlNumber: undefined,
    lines: [line],
    triples: [],
    reverses,
  };
}

const text = (lines: readonly JournalLine[]): string[] =>
  lines.map(({ account, amountCents, lineControlNumber = "claim" }) =>
    [lineControlNumber, account, amountCents].join(" "),
  );

const account = (receivable: Receivable, ...live: readonly Adjudication[]): ClaimAccount =>
  claimAccount(receivable, live);

describe("journalBetween", () => {
  it("writes the charge of each line", () => {
    expect(text(journalBetween(undefined, account(RECEIVABLE)))).to.deep.equal([
      "1 ar-insurance 10000",
      "1 revenue -10000",
      "2 ar-insurance 5000",
      "2 revenue -5000",
    ]);
  });

  it("writes a payment line by line, and its reversal as the exact negation", () => {
    const before = account(RECEIVABLE);
    const after = account(RECEIVABLE, adjudication("a", PAID));
    const posted = journalBetween(before, after);
    expect(text(posted)).to.deep.equal([
      "1 cash-in-transit 7840",
      "1 ar-insurance -10000",
      "1 ar-patient 1000",
      "1 contractual 1000",
      "1 sequestration 160",
    ]);
    const back = journalBetween(after, before);
    expect(back).to.deep.equal(posted.map((line) => ({ ...line, amountCents: -line.amountCents })));
  });

  it("takes released money out of unapplied insurance", () => {
    const after = account(RECEIVABLE, adjudication("a", PAID));
    const [cash] = journalBetween(account(RECEIVABLE), after, "unapplied-insurance");
    expect(cash).to.deep.equal({
      account: "unapplied-insurance",
      amountCents: 7840,
      lineControlNumber: "1",
    });
  });

  it("writes nothing between two equal states", () => {
    const state = account(RECEIVABLE, adjudication("a", PAID));
    expect(journalBetween(state, state)).to.deep.equal([]);
  });

  it("takes back revenue that a replacement carries now", () => {
    const paid = adjudication("a", PAID);
    const lines = journalBetween(
      account(RECEIVABLE, paid),
      account({ ...RECEIVABLE, superseded: true }, paid),
    );
    expect(text(lines)).to.deep.equal(["2 ar-insurance -5000", "2 revenue 5000"]);
  });

  it("follows a replacement that changes charges and leaves out a line", () => {
    const changed: Receivable = {
      lines: [{ lineControlNumber: "1", chargeCents: cents(12000) }],
      superseded: false,
    };
    expect(text(journalBetween(account(RECEIVABLE), account(changed)))).to.deep.equal([
      "1 ar-insurance 2000",
      "1 revenue -2000",
      "2 ar-insurance -5000",
      "2 revenue 5000",
    ]);
  });
});

describe("assertBalanced", () => {
  it("lets no entry out that is off by a cent", () => {
    const lines = transfer("cash-in-transit", "unapplied-insurance", cents(8000));
    expect(() => assertBalanced(lines)).to.not.throw();
    const off = [...lines, { account: "revenue" as const, amountCents: cents(1) }];
    expect(() => assertBalanced(off)).to.throw("off balance by 1 cents");
  });

  it("has nothing to say of a transfer of nothing", () => {
    expect(transfer("cash-in-transit", "unapplied-insurance", ZERO)).to.deep.equal([]);
  });
});

describe("liveAdjudications", () => {
  it("are those that nothing takes back and that take nothing back", () => {
    const all = [
      adjudication("a", PAID),
      adjudication("b", PAID, "a"),
      adjudication("c", PAID),
      adjudication("d", PAID),
    ];
    expect(liveAdjudications(all).map(({ id }) => id)).to.deep.equal(["c", "d"]);
  });
});

describe("line amounts", () => {
  it("have an effect unless all is denied or another payer's", () => {
    expect(hasEffect(PAID)).to.equal(true);
    const idle = { deniedCents: cents(1), priorPayerCents: cents(1), chargeCents: cents(2) };
    expect(hasEffect({ ...NOTHING, ...idle })).to.equal(false);
    const moving = ["paid", "contractual", "sequestration", "other", "patient"] as const;
    for (const what of moving) {
      expect(hasEffect({ ...NOTHING, [`${what}Cents`]: cents(-1) }), what).to.equal(true);
    }
  });

  it("add up to what the adjudication paid", () => {
    expect(paidBy(adjudication("a", PAID))).to.equal(7840);
  });
});

describe("totalsOf", () => {
  it("adds up lines so that charge = paid + contractual + other + patient + open − credit", () => {
    const totals = totalsOf(account(RECEIVABLE, adjudication("a", PAID)).lines);
    expect(totals).to.deep.equal({
      chargeCents: 15000,
      paidCents: 7840,
      contractualCents: 1160,
      sequestrationCents: 160,
      otherAdjustmentCents: 0,
      patientResponsibilityCents: 1000,
      openInsuranceCents: 5000,
      creditCents: 0,
      presumedPriorCents: 0,
    });
  });

  it("names a credit where payers paid more than was charged", () => {
    const twice = { ...NOTHING, chargeCents: cents(10000), paidCents: cents(20000) };
    const [line] = account(RECEIVABLE, adjudication("a", twice)).lines;
    expect(line && totalsOf([line])).to.include({ openInsuranceCents: 0, creditCents: 10000 });
  });

  it("leaves out of the charge what a replacement carries now", () => {
    const superseded = account({ ...RECEIVABLE, superseded: true });
    expect(totalsOf(superseded.lines)).to.include({ chargeCents: 0, openInsuranceCents: 0 });
  });
});
