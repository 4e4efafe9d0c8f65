import { expect } from "chai";
import { refusalOf } from "../../../src/billing/remits/index.ts";
import { Books, claim, file, type RemittanceOptions, read, readFile } from "./textbook.ts";

const PAID = "CLP*A1*1*100*80*0*12*ICN1~SVC*HC:99213*100*80~CAS*CO*45*20";
const DENIED = "CLP*A1*4*100*0*0*12*ICN1~SVC*HC:99213*100*0~CAS*CO*29*100";

function refusal(body: string, options?: RemittanceOptions): string | undefined {
  const { remittance, intact } = read(body, options);
  return refusalOf(remittance, intact);
}

function refusalOfFile(text: string): string | undefined {
  const { remittance, intact } = readFile(text);
  return refusalOf(remittance, intact);
}

describe("what refuses a whole remittance", () => {
  for (const handling of ["I", "C", "U", "X"]) {
    it(`E5 nothing, with handling code ${handling} and the money in balance`, () => {
      expect(refusal(PAID, { handling })).to.equal(undefined);
    });
  }

  it("E5 H and NON with money: they announce none", () => {
    expect(refusal(PAID, { handling: "H" })).to.equal("payment-kind");
    expect(refusal(PAID, { method: "NON" })).to.equal("payment-kind");
  });

  it("E5 not H or NON without money: denials post from there", () => {
    const books = new Books(claim("A1", "100.00 99213"));
    books.post(DENIED, { handling: "H", method: "NON" });
    expect(books.refusal).to.equal(undefined);
    expect(books.decisions.map(({ kind }) => kind)).to.deep.equal(["posted"]);
    books.expectEntry("").expectAccount("A1", "1 100.00 = 100.00 open");
  });

  it("E5 a prenotification, though it balances: nothing of it posts", () => {
    expect(refusal(PAID, { handling: "P" })).to.equal("prenote");
    expect(refusal(DENIED, { handling: "P", method: "NON" })).to.equal("prenote");
    new Books(claim("A1", "100.00 99213"))
      .post(PAID, { handling: "P" })
      .expectEntry("")
      .expectAccount("A1", "1 100.00 = 100.00 open");
  });

  it("E5 D, payment only, with claims that add up to another amount", () => {
    expect(refusal(PAID, { handling: "D", pays: "200" })).to.equal("transaction-unbalanced");
  });

  it("E6 no date: BPR16 is the date of the cash, DTM*405 of the adjudication", () => {
    const { remittance } = read(PAID, { date: "20260301" });
    expect(remittance.paymentDate).to.equal("2026-03-01");
    expect(remittance.productionDate).to.equal("2026-02-28");
  });

  it("E6 not a date that cannot be read: it is a warning and the money posts", () => {
    const { remittance, intact } = read(PAID, { date: "20260231" });
    expect(remittance.paymentDate).to.equal(undefined);
    expect(remittance.defects.map(({ severity, code }) => `${severity} ${code}`)).to.deep.equal([
      "warning date-unreadable",
    ]);
    expect(refusalOf(remittance, intact)).to.equal(undefined);
  });

  it("E7 a wrong count in SE01", () => {
    expect(refusal(PAID, { segments: 3 })).to.equal("transaction-damaged");
  });

  it("E7 another control number in SE02 than in ST02", () => {
    const text = file(PAID);
    expect(refusalOfFile(text)).to.equal(undefined);
    expect(refusalOfFile(text.replace("ST*835*0001", "ST*835*0002"))).to.equal(
      "transaction-damaged",
    );
  });

  it("E7 a missing SE, at the end of the group and at the end of the file", () => {
    const text = file(PAID);
    const withoutSe = text.replace(/SE\*\d+\*0001~/, "");
    expect(withoutSe).to.not.equal(text);
    expect(refusalOfFile(withoutSe)).to.equal("transaction-damaged");
    expect(refusalOfFile(text.slice(0, text.indexOf("SE*")))).to.equal("transaction-damaged");
  });

  it("E7 not a wrong GE or IEA: the sets within prove themselves", () => {
    const text = file(PAID);
    expect(refusalOfFile(text.replace("GE*1*1", "GE*9*1"))).to.equal(undefined);
    expect(refusalOfFile(text.replace("GE*1*1", "GE*1*7"))).to.equal(undefined);
    expect(refusalOfFile(text.replace("IEA*1*", "IEA*5*"))).to.equal(undefined);
    expect(refusalOfFile(text.slice(0, text.indexOf("GE*")))).to.equal(undefined);
  });

  it("E7 nothing to do with other delimiters, which the ISA declares", () => {
    const other = file(PAID).replaceAll(":", ">").replaceAll("*", "|").replaceAll("~", "\n");
    const { remittance, intact } = readFile(other);
    expect(refusalOf(remittance, intact)).to.equal(undefined);
    expect(remittance.claimPayments[0]?.services[0]?.procedure.code).to.equal("99213");
  });

  for (const [what, pays] of Object.entries({ empty: "", words: "EIGHTY", "1e2": "1e2" })) {
    it(`B8 a BPR02 that is no amount: ${what}`, () => {
      expect(refusal(PAID, { pays })).to.equal("transaction-damaged");
    });
  }

  it("B8 a CLP04 that cannot be read, because the sum stays unknown", () => {
    expect(refusal(PAID.replace("100*80*0", "100**0"), { pays: "80" })).to.equal(
      "transaction-damaged",
    );
    expect(refusal(PAID.replace("100*80*0", "100*80.001*0"), { pays: "80" })).to.equal(
      "transaction-damaged",
    );
  });

  it("B8 a PLB amount that cannot be read", () => {
    const plb = `${PAID}~PLB*1234567893*20261231*WO:ICN9*`;
    expect(refusal(plb, { pays: "80" })).to.equal("transaction-damaged");
    expect(refusal(`${plb}x`, { pays: "80" })).to.equal("transaction-damaged");
  });

  it("B8 a missing BPR or TRN", () => {
    for (const segment of ["BPR", "TRN"]) {
      const text = file(DENIED, { segments: 10 }).replace(new RegExp(`${segment}\\*[^~]*~`), "");
      const { remittance, intact } = readFile(text);
      expect(intact, "the count agrees").to.equal(true);
      expect(refusalOf(remittance, intact)).to.equal("transaction-damaged");
      expect(remittance.defects.map(({ segment: id }) => id)).to.deep.equal([segment]);
    }
  });

  it("B9 a negative payment", () => {
    expect(refusal(PAID, { pays: "-80" })).to.equal("payment-negative");
    const recovered = `${PAID}~PLB*1234567893*20261231*WO:ICN9*200`;
    expect(refusal(recovered, { pays: "-120" })).to.equal("payment-negative");
    expect(refusal(`${recovered}*FB:T1*-120`, { pays: "0" })).to.equal(undefined);
  });
});
