import { expect } from "chai";
import { Books, claim, decide, fate, PAYERS } from "./textbook.ts";

const A1 = claim("A1", "100.00 99213");

/** A line of 100.00 paid at 60.00 whose last 40.00 the adjustment explains. */
const partly = (cas: string) => `CLP*A1*1*100*60*0*12*I1~SVC*HC:99213*100*60~CAS*${cas}*40`;
/** A line of 100.00 paid nothing. */
const unpaid = (cas: string) => `CLP*A1*1*100*0*0*12*I1~SVC*HC:99213*100*0~CAS*${cas}*100`;

const denied = (body: string): string[] => {
  const decision = decide(A1, body);
  if (decision.kind !== "posted") return [fate(decision)];
  return decision.denied.map((each) => `${each.groupCode}-${each.reasonCode} ${each.amountCents}`);
};

const expectLine = (body: string, text: string) =>
  new Books(A1).post(body).expectAccount("A1", text);

describe("adjustment groups and the account", () => {
  for (const reason of ["24", "45", "59", "104", "105", "131", "144", "223", "225", "237", "246"]) {
    it(`section 8: CO-${reason} is contractual, no denial`, () => {
      expectLine(partly(`CO*${reason}`), "1 100.00 = 60.00 paid + 40.00 contractual");
      expect(denied(unpaid(`CO*${reason}`))).to.deep.equal([]);
    });
  }

  it("section 8: CO-253 goes to sequestration, neither to the patient nor to a denial", () => {
    const body = "CLP*A1*1*100*78.4*0*MB*I1~SVC*HC:99213*100*78.4~CAS*CO*45*20**253*1.6";
    new Books(A1).post(body).expectEntry(`
      cash-in-transit    78.40
      contractual        20.00
      sequestration       1.60
      ar-insurance     -100.00`);
    expect(denied(body)).to.deep.equal([]);
  });

  for (const reason of ["16", "18", "22", "29", "50", "96", "97", "197", "B7", "999"]) {
    it(`section 8: CO-${reason} is a denial: nothing moves and the receivable stays open`, () => {
      expectLine(unpaid(`CO*${reason}`), "1 100.00 = 100.00 open").expectEntry("");
      expect(denied(unpaid(`CO*${reason}`))).to.deep.equal([`CO-${reason} 10000`]);
      expectLine(partly(`CO*${reason}`), "1 100.00 = 60.00 paid + 40.00 open");
      expect(denied(partly(`CO*${reason}`))).to.deep.equal([`CO-${reason} 4000`]);
    });
  }

  for (const reason of ["1", "2", "3", "66", "45", "50", "96", "97", "100", "119", "204", "253"]) {
    it(`section 8: PR-${reason} is the patient's, whatever the reason`, () => {
      expectLine(partly(`PR*${reason}`), "1 100.00 = 60.00 paid + 40.00 patient").expectEntry(`
        ar-patient         40.00
        cash-in-transit    60.00
        ar-insurance     -100.00`);
    });
  }

  it("section 8: a line left wholly to the patient is looked at, unless the plan means it", () => {
    expect(["1", "2", "3", "66"].flatMap((reason) => denied(unpaid(`PR*${reason}`)))).to.eql([]);
    expect(denied(unpaid("PR*204"))).to.deep.equal(["PR-204 10000"]);
    expectLine(unpaid("PR*204"), "1 100.00 = 100.00 patient");
  });

  it("section 8: OA-23 moves nothing: it is posted from the earlier payer already", () => {
    expectLine(partly("OA*23"), "1 100.00 = 60.00 paid + 40.00 open");
    expect(denied(partly("OA*23"))).to.deep.equal([]);
  });

  it("section 8: OA-94 and other OA amounts close a balance", () => {
    expectLine(partly("OA*94"), "1 100.00 = 60.00 paid + 40.00 other");
    expectLine(partly("OA*121"), "1 100.00 = 60.00 paid + 40.00 other");
    expectLine(
      "CLP*A1*1*100*110*0*12*I1~SVC*HC:99213*100*110~CAS*OA*94*-10",
      "1 100.00 = 110.00 paid - 10.00 other",
    );
  });

  it("section 8: OA-18, a duplicate, is a denial and stays open", () => {
    expectLine(unpaid("OA*18"), "1 100.00 = 100.00 open");
    expect(denied(unpaid("OA*18"))).to.deep.equal(["OA-18 10000"]);
  });

  it("section 8: an OA-18 after the payment changes nothing of it", () => {
    const books = new Books(A1).post(partly("CO*45")).post(unpaid("OA*18"));
    expect(books.decisions.map(fate)).to.deep.equal(["posted"]);
    books.expectEntry("").expectAccount("A1", "1 100.00 = 60.00 paid + 40.00 contractual");
  });

  for (const reason of ["45", "50", "95"]) {
    it(`section 8: PI-${reason} may be disputed: it stays open, never the patient's`, () => {
      expectLine(partly(`PI*${reason}`), "1 100.00 = 60.00 paid + 40.00 open");
      expect(denied(partly(`PI*${reason}`))).to.deep.equal([`PI-${reason} 4000`]);
    });
  }

  for (const group of ["CR", "XX", "", "co"]) {
    it(`section 8: group "${group}" may not stand on a payment and parks it`, () => {
      expect(denied(partly(`${group}*45`))).to.deep.equal(["adjustment-group-unknown"]);
    });
  }

  it("section 8: a denial after nothing settles nothing: the payment that follows posts", () => {
    const books = new Books(A1).post(unpaid("CO*16")).post(partly("CO*45"));
    expect(books.decisions.map(fate)).to.deep.equal(["posted"]);
    books.expectAccount("A1", "1 100.00 = 60.00 paid + 40.00 contractual");
  });

  it("section 8: the remarks of line and claim go with a denial", () => {
    const body = `CLP*A1*1*100*0*0*12*I1~MOA***MA01~SVC*HC:99213*100*0~CAS*CO*16*100~LQ*HE*N382`;
    const decision = decide(A1, body);
    expect(decision.kind === "posted" && decision.denied).to.deep.equal([
      {
        lineControlNumber: "1",
        procedureCode: "99213",
        groupCode: "CO",
        reasonCode: "16",
        remarkCodes: ["N382", "MA01"],
        amountCents: 10000,
      },
    ]);
  });
});

describe("a payer that pays too much", () => {
  it("12.2 leaves a named credit, and no balance below zero without it", () => {
    const books = new Books(A1)
      .post(partly("CO*45"))
      .post("CLP*A1*2*100*50*0*MC*I2~SVC*HC:99213*100*50~CAS*OA*23*50", { from: PAYERS.S });
    books.expectAccount("A1", "1 100.00 = 110.00 paid + 40.00 contractual - 50.00 open");
  });

  it("R3 the same payer may not pay the same charge twice: the second payment waits", () => {
    const books = new Books(A1).post(partly("CO*45")).post(partly("CO*45"));
    books.expectParked("A1 awaiting-reversal 60.00").expectEntry(`
      cash-in-transit      60.00
      unapplied-insurance -60.00`);
  });
});
