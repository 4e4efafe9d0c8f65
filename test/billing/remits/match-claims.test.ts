import { expect } from "chai";
import { Books, claim, claimWith, fate, PAYERS, read } from "./textbook.ts";

const fates = (books: Books): string[] => books.decisions.map(fate);

describe("matching claim payments to claims", () => {
  it("M1 a reversal carries the old claim number and its correction the new one", () => {
    const old = claim("OLD", "100.00 99213");
    const replacement = claim("NEW", "120.00 99214");
    const books = new Books(old, replacement).post("CLP*OLD*1*100*80*0*12*I1~CAS*CO*45*20");
    books
      .post("CLP*NEW*1*120*100*0*12*I2~CAS*CO*45*20~CLP*OLD*22*-100*-80**12*I1~CAS*CO*45*-20")
      .expectEntry(`
        cash-in-transit    20.00
        ar-insurance      -20.00`)
      .expectAccount("OLD", "1 100.00 = 100.00 open")
      .expectAccount(
        "NEW",
        "1 120.00 = 120.00 open\nclaim 0.00 = 100.00 paid + 20.00 contractual - 120.00 open",
      );
  });

  it("M1 what is open of a superseded claim is taken back, so that revenue counts once", () => {
    const superseded = claimWith({ superseded: true }, "OLD", "100.00 99213", "50.00 85025");
    const books = new Books(superseded).expectAccount(
      "OLD",
      "1 100.00 = 100.00 contra\n2 50.00 = 50.00 contra",
    );
    books
      .post("CLP*OLD*1*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*20")
      .expectEntry(`
        cash-in-transit    80.00
        contractual        20.00
        revenue          -100.00`)
      .expectAccount("OLD", "1 100.00 = 80.00 paid + 20.00 contractual\n2 50.00 = 50.00 contra");
  });

  it("M1 the credit of a superseded claim stays a credit", () => {
    const superseded = claimWith({ superseded: true }, "OLD", "100.00 99213", "50.00 85025");
    new Books(superseded)
      .post("CLP*OLD*1*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*20")
      .post("CLP*OLD*2*100*30*0*MC*I2~SVC*HC:99213*100*30~CAS*OA*23*70", { from: "S" })
      .expectAccount(
        "OLD",
        "1 100.00 = 110.00 paid + 20.00 contractual - 30.00 open\n" +
          "2 50.00 = 30.00 open + 20.00 contra",
      );
  });

  it("M3 the payer's own number finds the claim where CLP01 is mangled", () => {
    const books = new Books(claim("A1", "100.00 99213"));
    books.post("CLP*A1*4*100*0*0*12*ICN1~CAS*CO*29*100");
    books
      .post("CLP*A1-MANGLED*1*100*80*0*12*ICN1~CAS*CO*45*20")
      .expectParked("")
      .expectEntry(`
        cash-in-transit    80.00
        contractual        20.00
        ar-insurance     -100.00`);
  });

  for (const sentinel of ["0", "UNKNOWN", "", "   "]) {
    it(`M6 a CLP01 of "${sentinel}" is no claim of ours`, () => {
      const books = new Books(claim("A1", "100.00 99213"));
      books.post(`CLP*${sentinel}*1*100*80*0*12*ICN9~CAS*CO*45*20`).expectEntry(`
        cash-in-transit       80.00
        unapplied-insurance  -80.00`);
      expect(fates(books)).to.deep.equal(["unmatched"]);
    });
  }

  it("M6 a sentinel with a payer number that we know still finds its claim", () => {
    const books = new Books(claim("A1", "100.00 99213"));
    books.post("CLP*A1*1*100*80*0*12*ICN1~CAS*CO*45*20");
    books.post("CLP*UNKNOWN*22*-100*-80**12*ICN1~CAS*CO*45*-20~PLB*1*20261231*FB:T1*-80");
    expect(fates(books)).to.deep.equal(["posted"]);
  });

  const SPLIT_1 = "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*20~REF*6R*1";
  const SPLIT_2 = "CLP*A1*1*50*30*20*12*I2~SVC*HC:85025*50*30~CAS*PR*1*20~REF*6R*2";
  const WHOLE = "1 100.00 = 80.00 paid + 20.00 contractual\n2 50.00 = 30.00 paid + 20.00 patient";

  it("M7 a claim that the payer splits posts piece by piece, in one remittance", () => {
    const books = new Books(claim("A1", "100.00 99213", "50.00 85025"));
    books.post(`${SPLIT_1}~${SPLIT_2}`).expectAccount("A1", WHOLE);
    expect(fates(books)).to.deep.equal(["posted", "posted"]);
  });

  it("M7 a split claim posts over two remittances too, and closes only with its last line", () => {
    const books = new Books(claim("A1", "100.00 99213", "50.00 85025"));
    books
      .post(SPLIT_2)
      .expectAccount("A1", "1 100.00 = 100.00 open\n2 50.00 = 30.00 paid + 20.00 patient");
    books.post(SPLIT_1).expectAccount("A1", WHOLE);
  });

  it("M7 a piece whose lines leave out part of its charge posts, the rest at claim level", () => {
    const books = new Books(claim("A1", "100.00 99213", "50.00 85025"));
    const rest = "CLP*A1*1*100*90*0*12*I1~CAS*CO*45*10~SVC*HC:99213*80*80~REF*6R*1";
    books.post(`${rest}~${SPLIT_2}`);
    expect(fates(books)).to.deep.equal(["posted", "posted"]);
    books.expectAccount(
      "A1",
      `1 100.00 = 80.00 paid + 20.00 open
       2 50.00 = 30.00 paid + 20.00 patient
       claim 0.00 = 10.00 paid + 10.00 contractual - 20.00 open`,
    );
  });

  it("M7 REF*6R returns the number of the line where none was sent", () => {
    const books = new Books(claim("A1", "60.00 97110-GP", "60.00 97110-GP"));
    books
      .post("CLP*A1*1*60*50*0*12*I1~SVC*HC:97110:GP*60*50~CAS*CO*45*10~REF*6R*2")
      .expectAccount("A1", "1 60.00 = 60.00 open\n2 60.00 = 50.00 paid + 10.00 contractual");
  });

  it("M8 money of a claim that is not ours is unapplied, and the remittance still ties", () => {
    const body =
      "CLP*FOREIGN*1*300*200*0*12*X~CAS*CO*45*100~CLP*A1*1*100*80*0*12*I1~CAS*CO*45*20" +
      "~PLB*1*20261231*L6*-1.25";
    expect(read(body).remittance.paymentCents).to.equal(28125);
    new Books(claim("A1", "100.00 99213"))
      .post(body)
      .expectParked("FOREIGN unmatched 200.00")
      .expectEntry(`
        cash-in-transit      281.25
        contractual           20.00
        ar-insurance        -100.00
        interest-income       -1.25
        unapplied-insurance -200.00`);
  });

  it("M8 the payment posts from unapplied insurance when its claim is registered after all", () => {
    const books = new Books().post("CLP*A1*1*100*80*0*12*I1~CAS*CO*45*20");
    books.expectParked("A1 unmatched 80.00").register(claim("A1", "100.00 99213"));
    books.expectParked("").expectEntry(`
      contractual          20.00
      unapplied-insurance  80.00
      ar-insurance       -100.00`);
  });

  it("M8 a larger charge than was billed is a claim of someone else", () => {
    const books = new Books(claim("A1", "100.00 99213"));
    books.post("CLP*A1*1*100.01*80.01*0*12*I1~CAS*CO*45*20");
    expect(books.decisions[0]).to.include({ reason: "charge-mismatch", residualCents: 1 });
  });
});

describe("whose payment it is", () => {
  const { P, S } = PAYERS;
  const turn = (
    payers: readonly (typeof P)[],
    status: string,
    from: { id: string; name: string },
    cas = "CAS*CO*45*20",
  ): string => {
    const books = new Books(claimWith({ payers }, "A1", "100.00 99213"));
    books.post(`CLP*A1*${status}*100*80*0*MC*I1~${cas}`, { from });
    const [decision] = books.decisions;
    return decision?.kind === "posted" ? decision.adjudication.sequence : fate(decision);
  };

  it("is told by our own order of coverage, not by CLP02", () => {
    expect(turn([P, S], "1", S)).to.equal("S");
    expect(turn([P, S], "3", P)).to.equal("P");
    expect(turn([P, S], "2", P)).to.equal("P");
  });

  it("is told by name where the identifier differs", () => {
    expect(turn([P, S], "1", { id: "OTHER", name: "State Medicaid." })).to.equal("S");
  });

  it("is ours to know where Medicaid always says 3, even after another payer", () => {
    expect(turn([P, S], "3", S, "CAS*OA*23*20")).to.equal("S");
    expect(turn([{ ...S, sequence: "P" }], "3", S)).to.equal("P");
    expect(turn([{ ...S, sequence: "P" }], "3", { id: "M2", name: "MEDICAID EAST" })).to.equal("P");
  });

  it("is later than we thought where an OA-23 shows that another payer went before", () => {
    expect(turn([P], "2", P, "CAS*OA*23*20")).to.equal("S");
  });

  it("is told by CLP02 where the payer is none that the claim names", () => {
    const crossover = { id: "NEW", name: "NEW PAYER" };
    expect(turn([P], "2", crossover, "CAS*OA*23*20")).to.equal("S");
    expect(turn([P, S], "20", crossover)).to.equal("S");
    expect(turn([P, S], "4", crossover)).to.equal("P");
  });

  it("is told by CLP02 where the same payer pays twice", () => {
    const both = [P, { ...P, sequence: "S" as const }];
    expect(turn(both, "2", P)).to.equal("S");
    expect(turn(both, "1", P)).to.equal("P");
    expect(turn(both, "4", P)).to.equal("P");
  });
});
