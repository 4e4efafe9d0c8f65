import { expect } from "chai";
import { accountText, Books, claim, fate } from "./textbook.ts";

/** A body whose reversals take more than it pays needs the balance carried forward (POSTING B9). */
const carried = (amount: string) => `~PLB*1234567893*20261231*FB:T1*-${amount}`;

const ORIGINAL =
  "CLP*A1*1*150*90*30*12*I1~SVC*HC:99213*100*60~CAS*CO*45*20~CAS*PR*2*20~REF*6R*1~" +
  "SVC*HC:85025*50*30~CAS*CO*45*10~CAS*PR*2*10~REF*6R*2";
const REVERSAL =
  "CLP*A1*22*-150*-90**12*I1~SVC*HC:99213*-100*-60~CAS*CO*45*-20~CAS*PR*2*-20~REF*6R*1~" +
  "SVC*HC:85025*-50*-30~CAS*CO*45*-10~CAS*PR*2*-10~REF*6R*2";
const CORRECTION =
  "CLP*A1*1*150*105*15*12*I2~SVC*HC:99213*100*70~CAS*CO*45*20~CAS*PR*2*10~REF*6R*1~" +
  "SVC*HC:85025*50*35~CAS*CO*45*10~CAS*PR*2*5~REF*6R*2";
const CORRECTED =
  "1 100.00 = 70.00 paid + 20.00 contractual + 10.00 patient\n" +
  "2 50.00 = 35.00 paid + 10.00 contractual + 5.00 patient";
const UNTOUCHED = "1 100.00 = 100.00 open\n2 50.00 = 50.00 open";

const books = () => new Books(claim("A1", "100.00 99213", "50.00 85025"));
const fates = (of: Books) => of.decisions.map(fate);

describe("reversals and corrections", () => {
  it("R1 a reversal is the negation of the payment, and restores the account byte for byte", () => {
    const before = JSON.stringify(books().account("A1"));
    const after = books()
      .post(ORIGINAL)
      .post(REVERSAL + carried("90"));
    after
      .expectEntry(`
        ar-insurance         150.00
        ar-patient           -30.00
        contractual          -30.00
        forwarding-balance   -90.00`)
      .expectAccount("A1", UNTOUCHED);
    expect(JSON.stringify(after.account("A1"))).to.equal(before);
  });

  it("R1 a reversal may be at claim level when the payment was", () => {
    const known = books().post("CLP*A1*1*150*100*0*12*I1~CAS*CO*45*50");
    known.post(`CLP*A1*22*-150*-100**12*I1~CAS*CO*45*-50${carried("100")}`);
    expect(fates(known)).to.deep.equal(["posted"]);
    known.expectAccount("A1", UNTOUCHED);
  });

  it("R1 a reversed denial changes no account and is no longer live", () => {
    const denied = books().post("CLP*A1*4*150*0*0*12*I1~CAS*CO*29*150");
    denied.post("CLP*A1*22*-150*0**12*I1~CAS*CO*29*-150");
    expect(fates(denied)).to.deep.equal(["posted"]);
    denied.expectEntry("").post("CLP*A1*22*-150*0**12*I1~CAS*CO*29*-150");
    expect(fates(denied)).to.deep.equal(["reversal-without-original"]);
  });

  it("R2 a 4010-style reversal has the group CR and no CLP05: it is accepted", () => {
    const old = REVERSAL.replaceAll("CAS*CO", "CAS*CR").replaceAll("CAS*PR", "CAS*CR");
    const known = books()
      .post(ORIGINAL)
      .post(old + carried("90"));
    expect(fates(known)).to.deep.equal(["posted"]);
    known.expectAccount("A1", UNTOUCHED);
  });

  it("R2 a CR reversal with another amount or reason parks all the same", () => {
    const old = REVERSAL.replaceAll("CAS*CO", "CAS*CR").replaceAll("CAS*PR", "CAS*CR");
    for (const other of [old.replace("CR*45*-20", "CR*50*-20"), old.replace("CR*2*", "CR*3*")]) {
      const known = books()
        .post(ORIGINAL)
        .post(other + carried("90"));
      expect(fates(known)).to.deep.equal(["reversal-mismatch"]);
    }
  });

  it("R3 a partial reversal parks with the difference", () => {
    const partial =
      "CLP*A1*22*-100*-60**12*I1~SVC*HC:99213*-100*-60~CAS*CO*45*-20~CAS*PR*2*-20~REF*6R*1";
    const known = books()
      .post(ORIGINAL)
      .post(partial + carried("60"));
    expect(known.decisions[0]).to.include({ reason: "reversal-mismatch", residualCents: 3000 });
    known.expectEntry(`
      unapplied-insurance  60.00
      forwarding-balance  -60.00`);
  });

  it("R3 a reversal with the same money but another group or reason parks", () => {
    for (const other of [
      REVERSAL.replace("CAS*CO*45*-20", "CAS*OA*45*-20"),
      REVERSAL.replace("CAS*CO*45*-20", "CAS*CO*59*-20"),
      REVERSAL.replace("CAS*CO*45*-20~CAS*PR*2*-20", "CAS*CO*45*-21~CAS*PR*2*-19"),
    ]) {
      const known = books()
        .post(ORIGINAL)
        .post(other + carried("90"));
      expect(fates(known), other).to.deep.equal(["reversal-mismatch"]);
    }
  });

  it("R3 a reversal with the same adjustments but another charge and payment parks", () => {
    const other = "CLP*A1*22*-140*-80**12*I1~CAS*CO*45*-30~CAS*PR*2*-30";
    const known = books().post("CLP*A1*1*150*90*30*12*I1~CAS*CO*45*30~CAS*PR*2*30");
    known.post(other + carried("80"));
    expect(known.decisions[0]).to.include({ reason: "reversal-mismatch", residualCents: 1000 });
  });

  it("R3 a reversal waits for the payment that it takes back, whatever else is posted by then", () => {
    const other = "CLP*A1*1*150*100*0*12*I0~CAS*CO*45*50";
    const known = books().post(other);
    known.post(REVERSAL + carried("90"));
    expect(fates(known)).to.deep.equal(["reversal-mismatch"]);
    known.post(`CLP*A1*22*-150*-100**12*I0~CAS*CO*45*-50${carried("100")}`).post(ORIGINAL);
    expect(fates(known)).to.deep.equal(["posted"]);
    known.expectAccount("A1", UNTOUCHED).expectParked("");
  });

  it("R3 R7 inside one remittance it is no reversal by claim of what another payer paid by line", () => {
    const byClaim = "CLP*A1*2*150*30*0*MC*I9~CAS*OA*23*120";
    const back = "CLP*A1*22*-150*-30**MC*I9~CAS*OA*23*-120";
    const known = books().post(ORIGINAL);
    known.post(`${back}~${byClaim}`, { from: "S" });
    expect(fates(known)).to.deep.equal(["posted", "posted"]);
    known.expectParked("");
  });

  it("R3 a payer never takes back what another payer of the claim has paid", () => {
    const same = "CLP*A1*1*150*100*0*12*I0~CAS*CO*45*50";
    const back = `CLP*A1*22*-150*-100**MC*I9~CAS*CO*45*-50${carried("100")}`;
    const known = books().post(same).post(back, { from: "S" });
    expect(fates(known)).to.deep.equal(["reversal-without-original"]);
    known.post("CLP*A1*2*150*100*0*MC*I9~CAS*CO*45*50", { from: "S" });
    known.expectParked("").expectAccount("A1", accountText(books().post(same).account("A1")));
  });

  it("R3 what was paid by claim is not paid again by line, nor the other way round", () => {
    const byClaim = "CLP*A1*1*150*90*30*12*I1~CAS*CO*45*30~CAS*PR*2*30";
    expect(fates(books().post(byClaim).post(ORIGINAL))).to.deep.equal(["awaiting-reversal"]);
    expect(fates(books().post(ORIGINAL).post(byClaim))).to.deep.equal(["awaiting-reversal"]);
  });

  it("R3 the order of lines and adjustments, and units, do not matter", () => {
    const turned =
      "CLP*A1*22*-150*-90**12*I1~SVC*HC:85025*-50*-30~CAS*PR*2*-10*-1~CAS*CO*45*-10~REF*6R*2~" +
      "SVC*HC:99213*-100*-60~CAS*PR*2*-20~CAS*CO*45*-20~REF*6R*1";
    const known = books()
      .post(ORIGINAL)
      .post(turned + carried("90"));
    known.expectAccount("A1", UNTOUCHED);
  });

  it("R3 a reversal without REF*6R finds its lines by code and negated charge", () => {
    const bare = REVERSAL.replaceAll(/~REF\*6R\*\d/g, "");
    books()
      .post(ORIGINAL)
      .post(bare + carried("90"))
      .expectAccount("A1", UNTOUCHED);
  });

  it("R3 the payer's claim number names the posting that is reversed", () => {
    const piece = (icn: string, status = "1", sign = "") =>
      `CLP*A1*${status}*${sign}50*${sign}40*0*12*${icn}~SVC*HC:97110*${sign}50*${sign}40~` +
      `CAS*CO*45*${sign}10~REF*6R*1`;
    const known = new Books(claim("A1", "100.00 97110 x2")).post(piece("I1")).post(piece("I2"));
    known.post(piece("I1", "22", "-") + carried("40"));
    const [decision] = known.decisions;
    expect(decision?.kind === "posted" && decision.adjudication.reverses).to.equal(
      known.known("A1").adjudications[0]?.id,
    );
    known.expectAccount("A1", "1 100.00 = 40.00 paid + 10.00 contractual + 50.00 open");
  });

  it("R3 a reversal takes back the payment of its own payer, not an equal one of another", () => {
    const half = "CLP*A1*1*150*75*0*12~CAS*CO*45*75";
    const known = books().post(half).post(half, { from: "S" });
    known.post(`CLP*A1*22*-150*-75**12~CAS*CO*45*-75${carried("75")}`, { from: "P" });
    const [decision] = known.decisions;
    expect(decision?.kind === "posted" && decision.adjudication.sequence).to.equal("P");
    known.expectAccount(
      "A1",
      `1 100.00 = 100.00 open
       2 50.00 = 50.00 open
       claim 0.00 = 75.00 paid + 75.00 contractual - 150.00 open`,
    );
  });

  it("R3 a reversal is posted once: its copy has nothing left to take back", () => {
    const known = books()
      .post(ORIGINAL)
      .post(REVERSAL + carried("90"))
      .post(REVERSAL + carried("90"));
    expect(fates(known)).to.deep.equal(["reversal-without-original"]);
  });

  it("R3 a reversal that comes before its payment waits for it, and then both post", () => {
    const known = books().post(REVERSAL + carried("90"));
    known.expectParked("A1 reversal-without-original -90.00");
    known.post(ORIGINAL).expectParked("").expectAccount("A1", UNTOUCHED);
    known.expectEntry("cash-in-transit 90.00\nunapplied-insurance -90.00");
  });

  const orders: readonly (readonly [string, readonly string[]])[] = [
    ["reversal first", [REVERSAL, CORRECTION]],
    ["correction first", [CORRECTION, REVERSAL]],
  ];
  for (const [what, payments] of orders) {
    it(`R4 inside one remittance the order does not matter: ${what}`, () => {
      const known = books().post(ORIGINAL).post(payments.join("~"));
      expect(fates(known)).to.deep.equal(["posted", "posted"]);
      known.expectAccount("A1", CORRECTED).expectEntry(`
        cash-in-transit    15.00
        ar-patient        -15.00`);
    });
  }

  for (const all of permutations([ORIGINAL, REVERSAL, CORRECTION])) {
    const names = all.map((each) =>
      each === ORIGINAL ? "payment" : each === REVERSAL ? "reversal" : "correction",
    );
    it(`R4 payment, reversal and correction in one remittance: ${names.join(", ")}`, () => {
      const known = books().post(all.join("~"));
      expect(fates(known)).to.deep.equal(["posted", "posted", "posted"]);
      known.expectAccount("A1", CORRECTED).expectParked("");
    });
  }

  it("R4 a correction before its reversal waits, and is released when the reversal posts", () => {
    const known = books().post(ORIGINAL).post(CORRECTION);
    known.expectParked("A1 awaiting-reversal 105.00").expectEntry(`
      cash-in-transit      105.00
      unapplied-insurance -105.00`);
    known
      .post(REVERSAL + carried("90"))
      .expectParked("")
      .expectAccount("A1", CORRECTED)
      .expectEntry(`
        unapplied-insurance  105.00
        ar-patient           -15.00
        forwarding-balance   -90.00`);
  });

  it("R4 between reversal and correction nothing is denied and nothing is the patient's", () => {
    const known = books()
      .post(ORIGINAL)
      .post(REVERSAL + carried("90"));
    expect(accountText(known.account("A1"))).to.not.contain("patient");
    const [decision] = known.decisions;
    expect(decision?.kind === "posted" && decision.denied).to.deep.equal([]);
  });

  it("R5 a full take-back reopens what the payer owes and frees the patient", () => {
    books()
      .post(ORIGINAL)
      .post(`${REVERSAL}~PLB*1234567893*20261231*WO:I1*-90`)
      .expectEntry(`
        ar-insurance          150.00
        ar-patient            -30.00
        contractual           -30.00
        overpayment-recovery  -90.00`);
  });

  it("R6 the patient owes what live decisions say, however often they were corrected", () => {
    const back = CORRECTION.replace("A1*1*150*105*15", "A1*22*-150*-105*")
      .replace("100*70", "-100*-70")
      .replace("50*35", "-50*-35")
      .replace(/(CAS\*\w\w\*\d+\*)/g, "$1-");
    const known = books()
      .post(ORIGINAL)
      .post(`${REVERSAL}~${CORRECTION}`)
      .post(`${back}~${ORIGINAL}`, { pays: "0" });
    expect(known.refusal).to.equal("transaction-unbalanced");
    known.post(`${back}~${ORIGINAL}${carried("15")}`);
    expect(fates(known)).to.deep.equal(["posted", "posted"]);
    known.expectAccount(
      "A1",
      "1 100.00 = 60.00 paid + 20.00 contractual + 20.00 patient\n" +
        "2 50.00 = 30.00 paid + 10.00 contractual + 10.00 patient",
    );
  });

  it("R7 a reversal by claim of a payment by line parks, with what differs", () => {
    const byClaim = "CLP*A1*22*-150*-90**12*I1~CAS*CO*45*-30~CAS*PR*2*-30";
    const known = books()
      .post(ORIGINAL)
      .post(byClaim + carried("90"));
    expect(known.decisions[0]).to.include({ reason: "claim-level-reversal", residualCents: 0 });
  });

  it("R8 reversals and status 4 post by themselves", () => {
    const denial = "CLP*A1*4*150*0*0*12*I2~CAS*CO*50*150";
    const known = books()
      .post(ORIGINAL)
      .post(`${REVERSAL}~${denial}${carried("90")}`);
    expect(fates(known)).to.deep.equal(["posted", "posted"]);
    known.expectAccount("A1", UNTOUCHED);
  });

  it("R3 an unbalanced reversal parks for that before anything is compared", () => {
    const known = books()
      .post(ORIGINAL)
      .post(REVERSAL.replace("CO*45*-20", "CO*45*-19") + carried("90"));
    expect(fates(known)).to.deep.equal(["claim-unbalanced"]);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [
      item,
      ...rest,
    ]),
  );
}
