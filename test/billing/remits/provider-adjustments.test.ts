import { Books, claim } from "./textbook.ts";

const PAID = "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*20";
const books = () => new Books(claim("A1", "100.00 99213"));
const plb = (text: string) => `PLB*1234567893*20261231*${text}`;

describe("provider adjustments", () => {
  const accounts: readonly (readonly [string, string])[] = [
    ["FB", "forwarding-balance"],
    ["WO", "overpayment-recovery"],
    ["72", "refund-in-transit"],
    ["L6", "interest-income"],
    ["IR", "tax-withheld"],
    ["LE", "tax-withheld"],
    ["J1", "non-reimbursable"],
    ["AP", "advance-payment"],
    ["PI", "advance-payment"],
    ["CT", "capitation-income"],
    ["CS", "provider-adjustment-suspense"],
    ["WU", "provider-adjustment-suspense"],
    ["??", "provider-adjustment-suspense"],
  ];
  for (const [code, account] of accounts) {
    it(`section 7: ${code} of -30.00 adds to the payment, out of ${account}`, () => {
      books()
        .post(plb(`${code}:REF1*-30`))
        .expectEntry(`
        cash-in-transit   30.00
        ${account}       -30.00`);
    });
  }

  it("section 7: a positive amount is kept back from the payment", () => {
    books()
      .post(`${PAID}~${plb("IR:REF1*30")}`)
      .expectEntry(`
      cash-in-transit    50.00
      contractual        20.00
      tax-withheld       30.00
      ar-insurance     -100.00`);
  });

  it("12.1 what claims, unapplied and provider adjustments move is BPR02, here zero", () => {
    books()
      .post(`${PAID}~CLP*B1*1*50*50*0*12*I2~${plb("WO:ICN7*200*FB:T1*-70")}`, { pays: "0" })
      .expectEntry(`
        contractual            20.00
        overpayment-recovery  200.00
        ar-insurance         -100.00
        forwarding-balance    -70.00
        unapplied-insurance   -50.00`);
  });

  it("section 7: a forwarded balance ends at zero when the later remittance applies it", () => {
    const two = books()
      .post(`${plb("WO:ICN7*80")}~${plb("FB:T1*-80")}`, { pays: "0", trace: "T1" })
      .post(`${PAID}~${plb("FB:T1*80")}`, { pays: "0", trace: "T2" });
    two.expectEntry(`
      contractual           20.00
      forwarding-balance    80.00
      ar-insurance        -100.00`);
  });
});
