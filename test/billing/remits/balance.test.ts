import { expect } from "chai";
import {
  patientShare,
  proveClaim,
  proveTransaction,
  type Remittance,
  refusalOf,
} from "../../../src/billing/remits/index.ts";
import { Books, claim, decide, fate, type RemittanceOptions, read } from "./textbook.ts";

function remittance(body: string, options?: RemittanceOptions): Remittance {
  return read(body, options).remittance;
}

function imbalances(body: string): string[] {
  return remittance(body).claimPayments.flatMap((payment) =>
    proveClaim(payment).map(({ level, place, residualCents }) =>
      [level, place, residualCents].join(" "),
    ),
  );
}

const A1 = claim("A1", "100.00 99213", "50.00 85025");

describe("the three balances", () => {
  it("B1 a line proves when its charge less its adjustments is what was paid", () => {
    expect(
      imbalances("CLP*A1*1*100*50*30*12*ICN1~SVC*HC:99213*100*50~CAS*CO*45*20~CAS*PR*1*20**2*10"),
    ).to.deep.equal([]);
  });

  it("B1 a line that does not is named with what is left over, and so is its claim", () => {
    const body =
      "CLP*A1*1*150*130*0*12*ICN1~SVC*HC:99213*100*80~CAS*CO*45*20~SVC*HC:85025*50*50.01";
    expect(imbalances(body)).to.deep.equal(["service SVC[2] of CLP[1] -1"]);
    const claimToo = body.replace("85025*50*50.01", "85025*50*50~CAS*CO*45*7");
    expect(imbalances(claimToo)).to.deep.equal([
      "service SVC[2] of CLP[1] -700",
      "claim CLP[1] -700",
    ]);
  });

  it("B1 every CAS of a line counts, of one segment and of several", () => {
    const triples = "CAS*CO*45*1**94*2**97*3**96*4**16*5**29*6~CAS*PR*1*7~CAS*CO*24*2";
    expect(imbalances(`CLP*A1*1*100*70*7*12*I~SVC*HC:99213*100*70~${triples}`)).to.deep.equal([]);
  });

  it("B2 adjustments of claim and lines are taken together", () => {
    expect(
      imbalances("CLP*A1*1*100*75*0*12*ICN1~CAS*CO*45*5~SVC*HC:99213*100*80~CAS*CO*45*20"),
    ).to.deep.equal([]);
    expect(
      imbalances("CLP*A1*1*100*80*0*12*ICN1~CAS*CO*45*5~SVC*HC:99213*100*80~CAS*CO*45*20"),
    ).to.deep.equal(["claim CLP[1] -500"]);
  });

  it("B2 an adjustment told at both levels counts twice, and the claim parks", () => {
    const both = "CLP*A1*1*100*80*0*12*ICN1~CAS*CO*45*20~SVC*HC:99213*100*80~CAS*CO*45*20";
    expect(fate(decide(A1, both))).to.equal("claim-unbalanced");
  });

  it("B3 a positive PLB reduces the payment and a negative one increases it", () => {
    const body = "CLP*A1*1*100*80*0*12*ICN1~CAS*CO*45*20~PLB*1*20261231*WO:X*30*L6*-1.5";
    expect(proveTransaction(remittance(body, { pays: "51.5" }))).to.deep.equal({
      paymentCents: 5150,
      claimPaidCents: 8000,
      providerAdjustmentCents: 2850,
      residualCents: 0,
    });
    expect(proveTransaction(remittance(body, { pays: "108.5" })).residualCents).to.equal(5700);
  });

  it("B3 all six pairs of every PLB count", () => {
    const plb = "PLB*1*20261231*WO:A*1*WO:B*2*WO:C*4*WO:D*8*WO:E*16*WO:F*32~PLB*1*20261231*L6*-63";
    expect(proveTransaction(remittance(plb, { pays: "0" }))).to.include({
      providerAdjustmentCents: 0,
      residualCents: 0,
    });
  });

  it("B4 lines that do not add up to the charge of the claim park it", () => {
    const body = "CLP*A1*1*150*80*0*12*ICN1~CAS*CO*45*50~SVC*HC:99213*100*80~CAS*CO*45*20";
    const decision = decide(A1, body);
    expect(decision).to.include({ kind: "parked", reason: "claim-unbalanced" });
    expect(decision).to.include({ residualCents: -5000 });
  });

  it("B5 AMT and QTY take no part, whatever they say", () => {
    const amounts = "AMT*AU*1~AMT*I*5~QTY*CA*9~SVC*HC:99213*100*80~CAS*CO*45*20~AMT*B6*77~QTY*ZK*3";
    new Books(A1).post(`CLP*A1*1*100*80*0*12*ICN1~${amounts}`).expectEntry(`
        cash-in-transit    80.00
        contractual        20.00
        ar-insurance     -100.00`);
    const [payment] = remittance(`CLP*A1*1*100*80*0*12*ICN1~${amounts}`).claimPayments;
    expect(payment?.services[0]?.allowedCents).to.equal(7700);
    expect(payment?.interestCents).to.equal(500);
  });

  it("B5 AMT*F5, what the patient has paid, is told and not posted", () => {
    new Books(A1)
      .post("CLP*A1*1*100*80*20*12*ICN1~AMT*F5*20~SVC*HC:99213*100*80~CAS*PR*2*20")
      .expectAccount("A1", "1 100.00 = 80.00 paid + 20.00 patient\n2 50.00 = 50.00 open");
  });

  it("B6 the patient's share is the sum of PR; another CLP05 is flagged, and the CAS posts", () => {
    const body = "CLP*A1*1*100*60*25*12*ICN1~CAS*PR*3*5~SVC*HC:99213*100*65~CAS*PR*1*30**2*5";
    const [payment] = remittance(body).claimPayments;
    expect(payment && patientShare(payment)).to.equal(4000);
    const decision = decide(A1, body);
    expect(decision).to.have.property("flags").that.deep.equals(["clp05-mismatch"]);
    new Books(A1).post(body).expectEntry(`
      ar-patient          40.00
      cash-in-transit     60.00
      ar-insurance      -100.00`);
  });

  it("B6 an absent CLP05 stands for nothing owed", () => {
    const owed = "CLP*A1*1*100*80**12*ICN1~SVC*HC:99213*100*80~CAS*PR*1*20";
    expect(decide(A1, owed)).to.have.property("flags").that.deep.equals(["clp05-mismatch"]);
    const paid = "CLP*A1*1*100*80**12*ICN1~SVC*HC:99213*100*80~CAS*CO*45*20";
    expect(decide(A1, paid)).to.have.property("flags").that.deep.equals([]);
  });

  it("B7 a negative CO-144 is an incentive: it stays negative and the claim ends at zero", () => {
    new Books(A1)
      .post("CLP*A1*1*100*85*0*12*ICN1~SVC*HC:99213*100*85~CAS*CO*45*20**144*-5")
      .expectEntry(`
        cash-in-transit    85.00
        contractual        15.00
        ar-insurance     -100.00`)
      .expectAccount("A1", "1 100.00 = 85.00 paid + 15.00 contractual\n2 50.00 = 50.00 open");
  });

  it("B8 a claim that does not balance parks with its residual, and no line is made up", () => {
    const books = new Books(A1).post("CLP*A1*1*100*80*0*12*ICN1~SVC*HC:99213*100*80~CAS*CO*45*19");
    expect(books.decisions[0]).to.include({ reason: "claim-unbalanced", residualCents: 100 });
    books
      .expectParked("A1 claim-unbalanced 80.00")
      .expectEntry(`
        cash-in-transit       80.00
        unapplied-insurance  -80.00`)
      .expectAccount("A1", "1 100.00 = 100.00 open\n2 50.00 = 50.00 open");
  });

  it("B8 a remittance that does not balance is refused whole, with its numbers", () => {
    const read1 = read("CLP*A1*1*100*80*0*12*ICN1~CAS*CO*45*20", { pays: "79.99" });
    expect(refusalOf(read1.remittance, read1.intact)).to.equal("transaction-unbalanced");
    expect(proveTransaction(read1.remittance).residualCents).to.equal(-1);
    new Books(A1).postRead(read1).expectEntry("").expectParked("");
  });

  it("B8 of two claims only the one that is off waits; the money of both is there", () => {
    new Books(A1, claim("A2", "100.00 99213"))
      .post("CLP*A1*1*150*150*0*12*I1~CLP*A2*1*100*80*0*12*I2~CAS*CO*45*21")
      .expectEntry(`
        cash-in-transit      230.00
        ar-insurance        -150.00
        unapplied-insurance  -80.00`);
  });
});
