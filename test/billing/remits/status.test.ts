import { expect } from "chai";
import { Books, claim, decide, fate } from "./textbook.ts";

const A1 = claim("A1", "100.00 99213");
const PAID = (status: string) => `CLP*A1*${status}*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*20`;
const NOTHING = (status: string, cas: string) =>
  `CLP*A1*${status}*100*0*0*12*I1~SVC*HC:99213*100*0~CAS*${cas}*100`;

describe("claim status CLP02", () => {
  for (const status of ["1", "2", "3", "4", "19", "20", "21"]) {
    it(`section 5: ${status} posts what its adjustments say`, () => {
      new Books(A1)
        .post(PAID(status))
        .expectAccount("A1", "1 100.00 = 80.00 paid + 20.00 contractual");
    });
  }

  it("section 5: 1 may be a complete denial, and 4 is not needed for one", () => {
    for (const status of ["1", "2", "4"]) {
      const decision = decide(A1, NOTHING(status, "CO*50"));
      expect(decision.kind === "posted" && decision.denied.map((each) => each.reasonCode)).to.eql([
        "50",
      ]);
    }
  });

  it("section 5: 4 may be no denial at all", () => {
    const decision = decide(A1, NOTHING("4", "PR*1"));
    expect(decision).to.have.property("denied").that.deep.equals([]);
  });

  it("section 5: nothing paid is not denied: deductible, capitation, contract", () => {
    for (const cas of ["PR*1", "CO*24", "CO*45", "OA*23"]) {
      const decision = decide(A1, NOTHING("1", cas));
      expect(decision, cas).to.have.property("denied").that.deep.equals([]);
    }
  });

  for (const status of ["5", "23", "25"]) {
    it(`section 5: ${status} decides nothing: it is noted and no money moves`, () => {
      const books = new Books(A1).post(NOTHING(status, "OA*101"));
      expect(books.decisions.map(({ kind }) => kind)).to.deep.equal(["noted"]);
      books.expectEntry("").expectParked("").expectAccount("A1", "1 100.00 = 100.00 open");
    });

    it(`section 5: ${status} with money parks it`, () => {
      const books = new Books(A1).post(PAID(status));
      expect(books.decisions[0]).to.include({ reason: "status-with-money", residualCents: 8000 });
      books.expectEntry("cash-in-transit 80.00\nunapplied-insurance -80.00");
    });

    it(`section 5: ${status} for a claim that is not ours is unmatched`, () => {
      const books = new Books().post(NOTHING(status, "OA*101"));
      expect(books.decisions.map(fate)).to.deep.equal(["unmatched"]);
    });
  }

  for (const status of ["10", "13", "26", "", "X"]) {
    it(`section 5: "${status}" is unknown and parks with its money`, () => {
      const books = new Books(A1).post(PAID(status));
      expect(books.decisions.map(fate)).to.deep.equal(["status-unknown"]);
      books.expectEntry("cash-in-transit 80.00\nunapplied-insurance -80.00");
    });
  }

  it("section 5: 19 names the payer that the claim crossed over to", () => {
    const body = PAID("19").replace("~SVC", "~NM1*TT*2*STATE MEDICAID*****PI*MEDICAID~SVC");
    const decision = decide(A1, body);
    expect(decision).to.have.property("flags").that.deep.equals(["crossover"]);
    expect(decision.payment.crossover).to.deep.equal({ name: "STATE MEDICAID", id: "MEDICAID" });
  });

  it("C8 a corrected insured is flagged", () => {
    const body = PAID("1").replace("~SVC", "~NM1*74*1******C*NEWID~SVC");
    expect(decide(A1, body)).to.have.property("flags").that.deep.equals(["corrected-insured"]);
  });
});

describe("what cannot be read in a claim payment", () => {
  const unreadable: readonly (readonly [string, string])[] = [
    ["CLP03", "CLP*A1*1*1OO*80*0*12*I1~CAS*CO*45*20"],
    ["CLP05", "CLP*A1*1*100*80*x*12*I1~CAS*CO*45*20"],
    ["SVC02", "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213**80~CAS*CO*45*20"],
    ["SVC03", "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*100*80,00~CAS*CO*45*20"],
    ["CAS03", "CLP*A1*1*100*80*0*12*I1~CAS*CO*45*20.005"],
    ["CAS06", "CLP*A1*1*100*80*0*12*I1~CAS*CO*45*20**94*1e1"],
    ["CAS03 of a line", "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*"],
  ];
  for (const [what, body] of unreadable) {
    it(`parks it: ${what}`, () => {
      const books = new Books(A1).post(body);
      expect(books.decisions.map(fate)).to.deep.equal(["unreadable"]);
      books.expectEntry("cash-in-transit 80.00\nunapplied-insurance -80.00");
    });
  }

  it("is told by its place and never by its value", () => {
    const [defect] = decide(A1, "CLP*A1*1*SECRET*80*0*12*I1~CAS*CO*45*20").payment.defects;
    expect(defect).to.include({ code: "amount-unreadable", segment: "CLP", element: 3 });
    expect(defect?.message).to.equal(
      "CLP03 (segment 8, loop 2100) is not a plain amount in dollars and cents.",
    );
  });

  it("does not stop a payment when it is a date", () => {
    const body = PAID("1").replace("~CAS", "~DTM*472*20260231~CAS");
    const decision = decide(A1, body);
    expect(decision.kind).to.equal("posted");
    expect(decision.payment.defects.map(({ severity }) => severity)).to.deep.equal(["warning"]);
  });

  it("leaves whole amounts, long fractions of zeros and signs alone", () => {
    new Books(A1).post("CLP*A1*1*100.*080.000*-0*12*I1~CAS*CO*45*20.0").expectEntry(`
        cash-in-transit    80.00
        contractual        20.00
        ar-insurance     -100.00`);
  });
});
