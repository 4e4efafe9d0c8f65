import { expect } from "chai";
import { file, read, readFile } from "./textbook.ts";

const BODY = [
  "CLP* A1 *1*100*80*5*12* ICN1 *11*1",
  "CAS*CO*45*1",
  "NM1*QC*1*DOE*JANE****MI*M1",
  "NM1*IL*1*DOE*JOHN****MI*M2",
  "NM1*82*1*WELBY*MARCUS****XX*1234567893",
  "MIA*0****MA02***************MA03*MA04",
  "MOA***MA01*N1",
  "REF*F8*ORIGINAL1",
  "DTM*232*20260105",
  "DTM*233*20260107",
  "AMT*I*1.25",
  "AMT*AU*90",
  "SVC*HC:99213:25:59*99*80*0510*1*HC:99214*2",
  "DTM*150*20260105",
  "DTM*151*20260106",
  "CAS*CO*45*10**253*4*3",
  "CAS*PR*1*5",
  "REF*6R* L1 ",
  "AMT*B6*84",
  "LQ*HE*N382",
  "LQ*HE*M51",
  "LQ*RX*75",
].join("~");

describe("reading a claim payment", () => {
  const [payment] = read(BODY).remittance.claimPayments;

  it("takes CLP, without the blanks around identifiers", () => {
    expect(payment).to.include({
      ordinal: 1,
      position: 8,
      patientControlNumber: "A1",
      statusCode: "1",
      chargeCents: 10000,
      paidCents: 8000,
      patientResponsibilityCents: 500,
      filingIndicatorCode: "12",
      payerClaimControlNumber: "ICN1",
      facilityCode: "11",
      frequencyCode: "1",
    });
  });

  it("takes what stands around CLP", () => {
    expect(payment).to.deep.include({
      adjustments: [{ groupCode: "CO", reasonCode: "45", amountCents: 100, quantity: undefined }],
      remarkCodes: ["MA02", "MA03", "MA04", "MA01", "N1"],
      serviceDateFrom: "2026-01-05",
      serviceDateTo: "2026-01-07",
      originalReference: "ORIGINAL1",
      interestCents: 125,
      patient: { lastName: "DOE", firstName: "JANE", memberId: "M1" },
      subscriber: { lastName: "DOE", firstName: "JOHN", memberId: "M2" },
      renderingProviderId: "1234567893",
      crossover: undefined,
      correctedInsured: undefined,
      correctedPayer: undefined,
      defects: [],
    });
  });

  it("takes SVC and what stands around it", () => {
    expect(payment?.services).to.deep.equal([
      {
        position: 20,
        procedure: { qualifier: "HC", code: "99213", modifiers: ["25", "59"] },
        submittedProcedure: { qualifier: "HC", code: "99214", modifiers: [] },
        chargeCents: 9900,
        paidCents: 8000,
        revenueCode: "0510",
        paidUnits: "1",
        submittedUnits: "2",
        serviceDateFrom: "2026-01-05",
        serviceDateTo: "2026-01-06",
        lineControlNumber: "L1",
        adjustments: [
          { groupCode: "CO", reasonCode: "45", amountCents: 1000, quantity: undefined },
          { groupCode: "CO", reasonCode: "253", amountCents: 400, quantity: "3" },
          { groupCode: "PR", reasonCode: "1", amountCents: 500, quantity: undefined },
        ],
        remarkCodes: ["N382", "M51"],
        allowedCents: 8400,
      },
    ]);
  });

  it("leaves what is absent undefined", () => {
    const [bare] = read("CLP*A1*1*100*80~SVC*HC:99213*100*80").remittance.claimPayments;
    expect(bare).to.include({
      patientResponsibilityCents: undefined,
      payerClaimControlNumber: undefined,
      serviceDateFrom: undefined,
      patient: undefined,
      interestCents: 0,
    });
    expect(bare?.services[0]).to.include({
      submittedProcedure: undefined,
      revenueCode: undefined,
      lineControlNumber: undefined,
      allowedCents: undefined,
    });
  });

  it("takes the dates of the lines where the claim has none", () => {
    const body = "CLP*A1*1*100*100~SVC*HC:1*50*50~DTM*472*20260109~SVC*HC:2*50*50~DTM*472*20260103";
    const [dated] = read(body).remittance.claimPayments;
    expect(dated).to.include({ serviceDateFrom: "2026-01-03", serviceDateTo: "2026-01-09" });
  });
});

describe("reading a remittance", () => {
  it("takes payment, trace, payer and payee", () => {
    const { remittance } = read(BODY, { pays: "80", method: "ACH" });
    expect(remittance).to.deep.include({
      ordinal: 1,
      controlNumber: "0001",
      handlingCode: "I",
      paymentCents: 8000,
      creditDebit: "C",
      paymentMethod: "ACH",
      traceNumber: "T1",
      originatorId: "1512345678",
      originatorSupplement: undefined,
      payer: { name: "GRANITE HEALTH", id: "GRANITE" },
      payee: { name: "CLINIC", npi: "1234567893", taxId: undefined },
      providerAdjustments: [],
      defects: [],
    });
  });

  it("takes the payer's further identifier where N104 is empty", () => {
    const text = file(BODY).replace("*XV*GRANITE", "~REF*2U*87726");
    expect(readFile(text).remittance.payer).to.deep.equal({ name: "GRANITE HEALTH", id: "87726" });
  });

  it("takes the tax number of the payee from N104 or REF*TJ", () => {
    const direct = file(BODY).replace("*XX*1234567893", "*FI*510123456");
    expect(readFile(direct).remittance.payee).to.include({ npi: undefined, taxId: "510123456" });
    const beside = file(BODY).replace("*XX*1234567893", "*XX*1234567893~REF*TJ*510123456");
    expect(readFile(beside).remittance.payee).to.include({
      npi: "1234567893",
      taxId: "510123456",
    });
  });

  it("takes every pair of a PLB with its reference", () => {
    const plb = "PLB*1234567893*20261231*WO:ICN7*10***L6*-2.5*CS:*1";
    expect(read(plb, { pays: "0" }).remittance.providerAdjustments).to.deep.equal([
      {
        position: 8,
        pair: 1,
        providerId: "1234567893",
        fiscalPeriodDate: "2026-12-31",
        reasonCode: "WO",
        reference: "ICN7",
        amountCents: 1000,
      },
      {
        position: 8,
        pair: 3,
        providerId: "1234567893",
        fiscalPeriodDate: "2026-12-31",
        reasonCode: "L6",
        reference: "",
        amountCents: -250,
      },
      {
        position: 8,
        pair: 4,
        providerId: "1234567893",
        fiscalPeriodDate: "2026-12-31",
        reasonCode: "CS",
        reference: "",
        amountCents: 100,
      },
    ]);
  });
});
