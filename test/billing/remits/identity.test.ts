import { expect } from "chai";
import { moneyDigest, remittanceKey } from "../../../src/billing/remits/index.ts";
import { file, type RemittanceOptions, read, readFile, readFiles } from "./textbook.ts";

const CLAIM = "CLP*A1*1*100*80*0*12*ICN1~SVC*HC:99213*100*80~CAS*CO*45*20";
const ZERO_PAY: RemittanceOptions = { handling: "H", method: "NON", trace: "0000000" };

const key = (body: string, options?: RemittanceOptions) =>
  remittanceKey(read(body, options).remittance);
const digest = (body: string, options?: RemittanceOptions) =>
  moneyDigest(read(body, options).remittance);

describe("the identity of a remittance", () => {
  it("E1 is that of one ST to SE: a file with two sets holds two remittances", () => {
    const one = file(CLAIM, { trace: "T1" });
    const set = one.slice(one.indexOf("ST*835"), one.indexOf("GE*1"));
    const second = set.replaceAll("0001~", "0002~").replace("ST*835*0001", "ST*835*0002");
    const two = one.replace("GE*1", `${second.replace("*T1*", "*T2*")}GE*2`);
    const found = readFiles(two);
    expect(found.map(({ remittance }) => remittance.traceNumber)).to.deep.equal(["T1", "T2"]);
    expect(found.map(({ remittance }) => remittance.ordinal)).to.deep.equal([1, 2]);
    expect(found.map(({ intact }) => intact)).to.deep.equal([true, true]);
    expect(found.map(({ remittance }) => remittance.claimPayments.length)).to.deep.equal([1, 1]);
  });

  it("E2 is payer, trace number and payee: one trace of two payers is two remittances", () => {
    expect(key(CLAIM)).to.equal("1512345678||T1|1234567893");
    expect(key(CLAIM, { trace: "T2" })).to.not.equal(key(CLAIM));
    const other = file(CLAIM).replace("1512345678", "1599999999");
    expect(remittanceKey(readFile(other).remittance)).to.not.equal(key(CLAIM));
    const supplement = file(CLAIM).replace("1512345678", "1512345678*DIVISION2");
    expect(remittanceKey(readFile(supplement).remittance)).to.not.equal(key(CLAIM));
    const payee = file(CLAIM).replace("1234567893", "1999999984");
    expect(remittanceKey(readFile(payee).remittance)).to.not.equal(key(CLAIM));
  });

  it("E3 does not tell two zero-pay remittances of one trace apart, but their content does", () => {
    const first = "CLP*A1*4*100*0*0*12*ICN1~SVC*HC:99213*100*0~CAS*CO*29*100";
    const second = "CLP*A2*4*100*0*0*12*ICN2~SVC*HC:99213*100*0~CAS*CO*29*100";
    expect(key(first, ZERO_PAY)).to.equal(key(second, ZERO_PAY));
    expect(digest(first, ZERO_PAY)).to.not.equal(digest(second, ZERO_PAY));
  });

  it("E4 stays the same through cosmetic differences", () => {
    const cosmetic = file(CLAIM.replace("~CAS", "~DTM*472*20260105~CAS")).replace(
      "GRANITE HEALTH",
      "GRANITE HEALTH INC",
    );
    expect(moneyDigest(readFile(cosmetic).remittance)).to.equal(digest(CLAIM));
    const otherNumbers = file(CLAIM).replaceAll("0001~", "0777~").replace("*0001~", "*0777~");
    expect(moneyDigest(readFile(otherNumbers).remittance)).to.equal(digest(CLAIM));
  });

  it("E4 stays the same when the claims come in another order", () => {
    const other = CLAIM.replace("A1", "A2");
    expect(digest(`${CLAIM}~${other}`)).to.equal(digest(`${other}~${CLAIM}`));
  });

  const changes: readonly (readonly [string, string])[] = [
    ["CLP01", CLAIM.replace("A1", "A2")],
    ["CLP02", CLAIM.replace("A1*1", "A1*2")],
    ["CLP03", CLAIM.replace("1*100*80", "1*101*80")],
    ["CLP04", CLAIM.replace("1*100*80", "1*100*79")],
    ["CLP05", CLAIM.replace("80*0*12", "80*20*12")],
    ["CLP07", CLAIM.replace("ICN1", "ICN2")],
    ["a CAS group", CLAIM.replace("CAS*CO", "CAS*PR")],
    ["a CAS reason", CLAIM.replace("CO*45", "CO*50")],
    ["a CAS amount", CLAIM.replace("45*20", "45*20.01")],
    ["a further CAS", `${CLAIM}~CAS*OA*23*0`],
    ["a PLB", `${CLAIM}~PLB*1234567893*20261231*L6*-1`],
  ];
  for (const [what, changed] of changes) {
    it(`E4 changes with ${what}`, () => {
      expect(digest(changed, { pays: "80" })).to.not.equal(digest(CLAIM, { pays: "80" }));
    });
  }

  it("E4 changes with BPR02 and BPR16", () => {
    expect(digest(CLAIM, { pays: "81" })).to.not.equal(digest(CLAIM));
    expect(digest(CLAIM, { date: "20260302" })).to.not.equal(digest(CLAIM));
  });

  it("E4 reads a reason and its amount apart: CO-4 of 51.00 is not CO-45 of 1.00", () => {
    const lines = (first: string, second: string) =>
      `CLP*A1*1*200*148*0*12*ICN1~SVC*HC:99213*100*${first}~SVC*HC:99214*100*${second}`;
    const a = lines("49~CAS*CO*4*51", "99~CAS*CO*45*1");
    const b = lines("99~CAS*CO*45*1", "49~CAS*CO*4*51");
    expect(digest(a)).to.not.equal(digest(b));
  });
});
