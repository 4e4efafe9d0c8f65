import { expect } from "chai";
import type { ClaimPayment } from "../../../src/billing/remits/index.ts";
import { matchLines } from "../../../src/billing/remits/match-lines.ts";
import { Books, claim, decide, fate, read } from "./textbook.ts";

const services = (body: string): ClaimPayment["services"] =>
  read(`CLP*A1*1*1*0*0*12*I1~${body}`).remittance.claimPayments[0]?.services ?? [];

const match = (known: ReturnType<typeof claim>, body: string) =>
  matchLines(services(body), known.lines, 1);

describe("matching service payments to lines", () => {
  const TWICE = claim("A1", "60.00 97110-GP", "60.00 97110-GP", "40.00 97140-59");

  it("L1 REF*6R decides first, against code, charge and order", () => {
    expect(match(TWICE, "SVC*HC:97110:GP*60*0~REF*6R*2~SVC*HC:99999*1*0~REF*6R*3")).to.deep.equal([
      "2",
      "3",
    ]);
  });

  it("L1 a REF*6R that we never sent is no evidence; the code is", () => {
    expect(match(TWICE, "SVC*HC:97140:59*40*0~REF*6R*777")).to.deep.equal(["3"]);
  });

  it("L2 the submitted code in SVC06 counts, the adjudicated one in SVC01 does not", () => {
    const two = claim("A1", "60.00 97110", "60.00 80053");
    expect(match(two, "SVC*HC:97110*60*0***HC:80053")).to.deep.equal(["2"]);
  });

  it("L2 SVC06 may hold a code that exists nowhere, if that is what was sent", () => {
    const typo = claim("A1", "60.00 9921X");
    new Books(typo)
      .post("CLP*A1*1*60*0*0*12*I1~SVC*HC:99213*60*0***HC:9921X~CAS*CO*181*60")
      .expectAccount("A1", "1 60.00 = 60.00 open");
    expect(match(typo, "SVC*HC:99213*60*0***HC:9921X")).to.deep.equal(["1"]);
  });

  it("L3 code with modifiers, date and charge goes before less", () => {
    const four = claim(
      "A1",
      "60.00 97110 2026-01-06",
      "60.00 97110-GO 2026-01-05",
      "60.00 97110-GP 2026-01-05",
      "60.00 97110-GP 2026-01-06",
    );
    const body =
      "SVC*HC:97110:GP*60*0~DTM*472*20260106~SVC*HC:97110:GP*60*0~DTM*472*20260105~" +
      "SVC*HC:97110:GO*60*0~DTM*472*20260105~SVC*HC:97110*60*0~DTM*472*20260106";
    expect(match(four, body)).to.deep.equal(["4", "3", "2", "1"]);
  });

  it("L3 the order of modifiers does not matter", () => {
    const two = claim("A1", "60.00 97110-GP", "60.00 97110-GP-59");
    expect(match(two, "SVC*HC:97110:59:GP*60*0")).to.deep.equal(["2"]);
  });

  it("L3 modifiers that the payer dropped do not stand in the way, nor does another date", () => {
    const known = claim("A1", "60.00 97110-GP 2026-01-05");
    expect(match(known, "SVC*HC:97110*60*0~DTM*472*20260105")).to.deep.equal(["1"]);
    expect(match(known, "SVC*HC:97110*60*0~DTM*472*20260107")).to.deep.equal(["1"]);
    expect(match(known, "SVC*HC:97110*60*0")).to.deep.equal(["1"]);
  });

  it("L3 a line is used once: the third of two equal services was never billed", () => {
    const body = "SVC*HC:97110:GP*60*0~SVC*HC:97110:GP*60*0~SVC*HC:97110:GP*60*0";
    expect(match(TWICE, body)).to.deep.equal(["1", "2", undefined]);
  });

  it("L3 a line that REF*6R has taken is not used again by code", () => {
    expect(match(TWICE, "SVC*HC:97110:GP*60*0~SVC*HC:97110:GP*60*0~REF*6R*1")).to.deep.equal([
      "2",
      "1",
    ]);
  });

  it("L3 code and date without the charge are not enough", () => {
    expect(match(TWICE, "SVC*HC:97110:GP*61*0")).to.deep.equal([undefined]);
  });

  const BUNDLE =
    "CLP*A1*1*180*120*0*12*I1~" +
    "SVC*HC:80053*100*120~CAS*OA*94*-80~CAS*CO*45*60~REF*6R*1~" +
    "SVC*HC:80053*50*0***HC:84443~CAS*CO*97*50~REF*6R*2~" +
    "SVC*HC:80053*30*0***HC:85025~CAS*CO*97*30~REF*6R*3";
  const LABS = claim("A1", "100.00 80053", "50.00 84443", "30.00 85025");

  it("L4 bundling moves charges between lines: nothing is denied and nothing stays open", () => {
    const decision = decide(LABS, BUNDLE);
    expect(decision).to.have.property("denied").that.deep.equals([]);
    new Books(LABS)
      .post(BUNDLE)
      .expectEntry(`
        cash-in-transit   120.00
        contractual        60.00
        ar-insurance     -180.00`)
      .expectAccount(
        "A1",
        `1 100.00 = 120.00 paid + 60.00 contractual - 80.00 other
         2 50.00 = 50.00 other
         3 30.00 = 30.00 other`,
      );
  });

  it("L4 a CO-97 that no OA-94 takes over is a denial", () => {
    const body =
      "CLP*A1*1*150*80*0*12*I1~SVC*HC:80053*100*80~CAS*CO*45*20~SVC*HC:84443*50*0~CAS*CO*97*50";
    const decision = decide(LABS, body);
    expect(decision).to.have.property("denied").that.has.length(1);
    new Books(LABS)
      .post(body)
      .expectAccount(
        "A1",
        "1 100.00 = 80.00 paid + 20.00 contractual\n2 50.00 = 50.00 open\n3 30.00 = 30.00 open",
      );
  });

  it("L4 an OA-94 takes over no more than its amount", () => {
    const body =
      "CLP*A1*1*180*70*0*12*I1~SVC*HC:80053*100*70~CAS*OA*94*-30~CAS*CO*45*60~" +
      "SVC*HC:84443*50*0~CAS*CO*97*50~SVC*HC:85025*30*0~CAS*CO*97*30";
    new Books(LABS).post(body).expectAccount(
      "A1",
      `1 100.00 = 70.00 paid + 60.00 contractual - 30.00 other
         2 50.00 = 50.00 open
         3 30.00 = 30.00 other`,
    );
  });

  it("L4 a PR-97 is the patient's, beside an OA-94 too", () => {
    const body =
      "CLP*A1*1*150*130*50*12*I1~SVC*HC:80053*100*130~CAS*OA*94*-50~CAS*CO*45*20~" +
      "SVC*HC:84443*50*0~CAS*PR*97*50";
    new Books(LABS).post(body).expectAccount(
      "A1",
      `1 100.00 = 130.00 paid + 20.00 contractual - 50.00 other
         2 50.00 = 50.00 patient
         3 30.00 = 30.00 open`,
    );
  });

  it("L5 unbundling: several services of one REF*6R are summed on its line", () => {
    new Books(claim("A1", "100.00 80050"))
      .post(
        "CLP*A1*1*100*70*0*12*I1~SVC*HC:80053*60*45***HC:80050~CAS*CO*45*15~REF*6R*1~" +
          "SVC*HC:84443*40*25***HC:80050~CAS*CO*45*15~REF*6R*1",
      )
      .expectAccount("A1", "1 100.00 = 70.00 paid + 30.00 contractual");
  });

  it("L6 line split: the parts of a line post together, paid and denied units apart", () => {
    const books = new Books(claim("A1", "100.00 97110-GP x4"));
    books
      .post(
        "CLP*A1*1*100*40*0*12*I1~SVC*HC:97110:GP*50*40**2**2~CAS*CO*45*10~REF*6R*1~" +
          "SVC*HC:97110:GP*50*0**0**2~CAS*CO*119*50*2~REF*6R*1",
      )
      .expectAccount("A1", "1 100.00 = 40.00 paid + 10.00 contractual + 50.00 open");
    const [decision] = books.decisions;
    expect(decision?.kind === "posted" && decision.denied.map((each) => each.amountCents)).to.eql([
      5000,
    ]);
  });

  it("L6 the parts of a line may come in two remittances, and no part twice", () => {
    const part = (paid: number) =>
      `CLP*A1*1*50*${paid}*0*12*I1~SVC*HC:97110:GP*50*${paid}~CAS*CO*45*${50 - paid}~REF*6R*1`;
    const books = new Books(claim("A1", "100.00 97110-GP x4"));
    books.post(part(40)).post(part(30));
    books.expectAccount("A1", "1 100.00 = 70.00 paid + 30.00 contractual");
    books.post(part(20));
    expect(books.decisions.map(fate)).to.deep.equal(["awaiting-reversal"]);
  });

  it("L7 SVC05 absent and SVC05 of zero stay apart, as do SVC07 and denied units", () => {
    const [absent, zero, both] = services(
      "SVC*HC:97110*50*40~SVC*HC:97110*50*0**0~SVC*HC:97110*50*40*0420*1**3~CAS*CO*119*10*2",
    );
    expect(absent).to.include({ paidUnits: undefined, submittedUnits: undefined });
    expect(zero).to.include({ paidUnits: "0", submittedUnits: undefined });
    expect(both).to.include({ paidUnits: "1", submittedUnits: "3", revenueCode: "0420" });
    expect(both?.adjustments).to.deep.equal([
      { groupCode: "CO", reasonCode: "119", amountCents: 1000, quantity: "2" },
    ]);
    expect(absent?.adjustments).to.deep.equal([]);
  });

  for (const qualifier of ["HC", "NU", "N4", "AD", "HP", "ER", "WK", "IV", "N6", "UI", "ZZ"]) {
    it(`L8 SVC01 may be qualified ${qualifier}`, () => {
      new Books(claim("A1", "100.00 CODE1"))
        .post(`CLP*A1*1*100*80*0*12*I1~SVC*${qualifier}:CODE1*100*80~CAS*CO*45*20`)
        .expectAccount("A1", "1 100.00 = 80.00 paid + 20.00 contractual");
    });
  }

  it("L9 a line with a revenue code only is found by it, in SVC01 or SVC04", () => {
    const room = claim("A1", "900.00 rev 0120", "900.00 rev 0250");
    expect(match(room, "SVC*NU:0250*900*0~SVC*NU:0120*900*0")).to.deep.equal(["2", "1"]);
    expect(match(room, "SVC*HC:99999*900*0*0250")).to.deep.equal(["2"]);
  });

  it("L9 a line with code and revenue code is found by its revenue code alone", () => {
    const visit = claim("A1", "300.00 99283 rev 0450", "300.00 rev 0250");
    expect(match(visit, "SVC*NU:0450*300*0")).to.deep.equal(["1"]);
  });

  it("L9 equal codes are told apart by their revenue codes, with or without the leading zero", () => {
    const two = claim("A1", "50.00 36415 rev 0300", "50.00 36415 rev 0510");
    expect(match(two, "SVC*HC:36415*50*0*510~SVC*HC:36415*50*0*0300")).to.deep.equal(["2", "1"]);
    expect(match(two, "SVC*NU:300*50*0")).to.deep.equal(["1"]);
    expect(match(two, "SVC*HC:36415*50*0*0999")).to.deep.equal(["1"]);
  });

  it("L9 a service without any code answers no line by itself", () => {
    expect(match(claim("A1", "300.00 rev 0450"), "SVC**300*0")).to.deep.equal([undefined]);
  });

  it("L10 a line that the payer added parks the claim payment, and no charge is made up", () => {
    const body =
      "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*60*80~SVC*HC:G2211*40*0~CAS*OA*94*-20~CAS*CO*97*40";
    const known = claim("A1", "60.00 99213", "40.00 85025");
    expect(
      fate(decide(known, body.replace("~CAS*OA*94*-20~CAS*CO*97*40", "~CAS*CO*97*40"))),
    ).to.equal("claim-unbalanced");
    const added = "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*60*40~CAS*CO*45*20~SVC*HC:G2211*40*40";
    const books = new Books(known).post(added).expectParked("A1 line-not-billed 80.00");
    books.expectAccount("A1", "1 60.00 = 60.00 open\n2 40.00 = 40.00 open");
  });

  it("L11 a remittance without lines posts at claim level", () => {
    new Books(claim("A1", "100.00 99213", "50.00 85025"))
      .post("CLP*A1*1*150*100*20*12*I1~CAS*CO*45*30~CAS*PR*2*20")
      .expectEntry(`
        ar-patient         20.00
        cash-in-transit   100.00
        contractual        30.00
        ar-insurance     -150.00`)
      .expectAccount(
        "A1",
        `1 100.00 = 100.00 open
         2 50.00 = 50.00 open
         claim 0.00 = 100.00 paid + 30.00 contractual + 20.00 patient - 150.00 open`,
      );
  });
});
