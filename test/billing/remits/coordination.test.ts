import { expect } from "chai";
import { totalsOf } from "../../../src/billing/ledger/index.ts";
import { accountText, Books, claim, fate } from "./textbook.ts";

const PRIMARY = "CLP*A1*1*500*300*75*12*I1~SVC*HC:99215*500*300~CAS*PR*1*75~CAS*CO*45*125";
const LITERAL = "CLP*A1*2*500*65*0*MC*I2~SVC*HC:99215*500*65~CAS*CO*45*435";
const STATED = "CLP*A1*2*500*65*0*MC*I2~SVC*HC:99215*500*65~CAS*OA*23*425~CAS*CO*45*10";
const books = () => new Books(claim("A1", "500.00 99215"));

/** What both orders of arrival lead to; they must agree. */
function bothOrders(known: () => Books, primary: string, secondary: string): Books {
  const inOrder = known().post(primary).post(secondary, { from: "S" });
  const against = known().post(secondary, { from: "S" }).post(primary);
  expect(accountText(against.account("A1"))).to.equal(accountText(inOrder.account("A1")));
  expect(against.account("A1")).to.deep.equal(inOrder.account("A1"));
  return inOrder;
}

describe("coordination of benefits", () => {
  it("C1 each payer accounts for the whole charge; its OA-23 is not posted again", () => {
    const both = bothOrders(books, PRIMARY, STATED);
    both.expectAccount("A1", "1 500.00 = 365.00 paid + 135.00 contractual").expectEntry(`
      cash-in-transit    65.00
      contractual        10.00
      ar-patient        -75.00`);
  });

  it("C2 the share of the patient is the secondary's to say anew", () => {
    const secondary = "CLP*A1*2*500*50*25*MC*I2~SVC*HC:99215*500*50~CAS*OA*23*425~CAS*PR*2*25";
    bothOrders(books, PRIMARY, secondary)
      .expectAccount("A1", "1 500.00 = 350.00 paid + 125.00 contractual + 25.00 patient")
      .expectEntry(`
        cash-in-transit   50.00
        ar-patient       -50.00`);
  });

  it("C2 a secondary that denies all leaves the rest open with itself, not the patient", () => {
    const denial = "CLP*A1*2*500*0*0*MC*I2~SVC*HC:99215*500*0~CAS*OA*23*425~CAS*CO*22*75";
    const both = bothOrders(books, PRIMARY, denial);
    both.expectAccount("A1", "1 500.00 = 300.00 paid + 125.00 contractual + 75.00 open");
    const [decision] = both.decisions;
    expect(decision?.kind === "posted" && decision.denied.map((each) => each.amountCents)).to.eql([
      7500,
    ]);
  });

  it("C2 lines that the secondary does not decide keep the primary's patient share", () => {
    const known = () => new Books(claim("A1", "100.00 99213", "50.00 85025"));
    const primary =
      "CLP*A1*1*150*110*40*12*I1~SVC*HC:99213*100*75~CAS*PR*2*25~SVC*HC:85025*50*35~CAS*PR*2*15";
    const secondary = "CLP*A1*2*50*15*0*MC*I2~SVC*HC:85025*50*15~CAS*OA*23*35";
    bothOrders(known, primary, secondary).expectAccount(
      "A1",
      "1 100.00 = 75.00 paid + 25.00 patient\n2 50.00 = 50.00 paid",
    );
  });

  it("C2 the tertiary's word replaces the secondary's", () => {
    const secondary = "CLP*A1*2*500*50*25*MC*I2~SVC*HC:99215*500*50~CAS*OA*23*425~CAS*PR*2*25";
    const tertiary = "CLP*A1*3*500*20*5*VA*I3~SVC*HC:99215*500*20~CAS*OA*23*475~CAS*PR*3*5";
    const end = "1 500.00 = 370.00 paid + 125.00 contractual + 5.00 patient";
    const sent: readonly (readonly [string, "P" | "S" | "T"])[] = [
      [PRIMARY, "P"],
      [secondary, "S"],
      [tertiary, "T"],
    ];
    for (const order of ["012", "021", "102", "120", "201", "210"]) {
      const known = books();
      for (const at of order) {
        const [body, from] = sent[Number(at)] ?? [PRIMARY, "P"];
        known.post(body, { from });
      }
      known.expectAccount("A1", end);
    }
  });

  it("C3 the −425 case: CO-45 for everything ends at zero, the excess presumed OA-23", () => {
    const both = bothOrders(books, PRIMARY, LITERAL);
    both
      .expectAccount("A1", "1 500.00 = 365.00 paid + 135.00 contractual (425.00 presumed OA-23)")
      .expectEntry(`
        cash-in-transit    65.00
        contractual        10.00
        ar-patient        -75.00`);
    expect(both.decisions[0]).to.have.property("flags").that.deep.equals(["presumed-oa23"]);
    const totals = totalsOf(both.account("A1").lines);
    expect(totals).to.include({ openInsuranceCents: 0, creditCents: 0, presumedPriorCents: 42500 });
  });

  it("C3 the presumption is flagged whichever remittance brings it about", () => {
    const late = books().post(LITERAL, { from: "S" });
    expect(late.decisions[0]).to.have.property("flags").that.deep.equals([]);
    late.post(PRIMARY);
    expect(late.decisions[0]).to.have.property("flags").that.deep.equals(["presumed-oa23"]);
  });

  it("C3 ends at zero too where the primary paid by claim and the secondary by line", () => {
    const byClaim = "CLP*A1*1*500*300*75*12*I1~CAS*PR*1*75~CAS*CO*45*125";
    bothOrders(books, byClaim, LITERAL).expectAccount(
      "A1",
      `1 500.00 = 65.00 paid + 10.00 contractual + 425.00 open (425.00 presumed OA-23)
       claim 0.00 = 300.00 paid + 125.00 contractual - 425.00 open`,
    );
  });

  it("C3 ends at zero too where the primary paid by line and the secondary by claim", () => {
    const byClaim = "CLP*A1*2*500*65*0*MC*I2~CAS*CO*45*435";
    bothOrders(books, PRIMARY, byClaim).expectAccount(
      "A1",
      `1 500.00 = 300.00 paid + 125.00 contractual + 75.00 open
       claim 0.00 = 65.00 paid + 10.00 contractual - 75.00 open (425.00 presumed OA-23)`,
    );
  });

  it("C3 a CO-45 within the open balance is taken at its word", () => {
    const modest = "CLP*A1*2*500*65*0*MC*I2~SVC*HC:99215*500*65~CAS*OA*23*425~CAS*CO*45*10";
    const both = bothOrders(books, PRIMARY, modest);
    expect(both.decisions[0]).to.have.property("flags").that.deep.equals([]);
  });

  it("C3 a reversed primary gives the secondary's write-off its room back", () => {
    const back =
      "CLP*A1*22*-500*-300**12*I1~SVC*HC:99215*-500*-300~CAS*PR*1*-75~CAS*CO*45*-125" +
      "~PLB*1234567893*20261231*FB:T1*-300";
    const known = books().post(LITERAL, { from: "S" });
    const before = accountText(known.account("A1"));
    known.post(PRIMARY).post(back);
    expect(accountText(known.account("A1"))).to.equal(before);
    known.expectAccount("A1", "1 500.00 = 65.00 paid + 435.00 contractual");
  });

  it("C3 two pieces of one line share its room, whichever comes first", () => {
    const known = () => new Books(claim("A1", "100.00 97110 x2"));
    const primary = "CLP*A1*1*100*20*50*12*I1~SVC*HC:97110*100*20~CAS*PR*1*50~CAS*CO*45*30";
    const first = "CLP*A1*2*50*0*0*MC*I2~SVC*HC:97110*50*0~CAS*CO*45*50~REF*6R*1";
    const second = "CLP*A1*2*50*15*0*MC*I3~SVC*HC:97110*50*15~CAS*CO*144*-5~CAS*OA*23*40~REF*6R*1";
    const a = known().post(primary).post(first, { from: "S" }).post(second, { from: "S" });
    const b = known().post(primary).post(second, { from: "S" }).post(first, { from: "S" });
    expect(b.account("A1")).to.deep.equal(a.account("A1"));
    a.expectAccount("A1", "1 100.00 = 35.00 paid + 65.00 contractual (10.00 presumed OA-23)");
  });

  it("C4 a negative OA-94 of a secondary that allows more than was billed ends at zero", () => {
    const primary = "CLP*A1*1*100*80*20*12*I1~SVC*HC:99213*100*80~CAS*PR*2*20";
    const secondary = "CLP*A1*2*100*35*0*MC*I2~SVC*HC:99213*100*35~CAS*OA*23*80**94*-15";
    bothOrders(() => new Books(claim("A1", "100.00 99213")), primary, secondary).expectAccount(
      "A1",
      "1 100.00 = 115.00 paid - 15.00 other",
    );
  });

  it("C5 until the primary has spoken its part stays open, so that the claim is not done", () => {
    const early = books().post(STATED, { from: "S" });
    early.expectAccount("A1", "1 500.00 = 65.00 paid + 10.00 contractual + 425.00 open");
    early.post(PRIMARY).expectAccount("A1", "1 500.00 = 365.00 paid + 135.00 contractual");
    expect(early.decisions.map(fate)).to.deep.equal(["posted"]);
  });

  it("C5 a secondary by line frees the patient of a share that the primary told by claim", () => {
    const known = () => new Books(claim("A1", "60.00 99213", "40.00 85025"));
    const byClaim = "CLP*A1*1*100*70*30*12*I1~CAS*PR*2*30";
    const byLine =
      "CLP*A1*2*100*25*5*MC*I2~SVC*HC:99213*60*15~CAS*OA*23*45~" +
      "SVC*HC:85025*40*10~CAS*OA*23*25~CAS*PR*3*5";
    const totals = totalsOf(bothOrders(known, byClaim, byLine).account("A1").lines);
    expect(totals).to.include({
      paidCents: 9500,
      patientResponsibilityCents: 500,
      openInsuranceCents: 0,
      creditCents: 0,
    });
  });
});
