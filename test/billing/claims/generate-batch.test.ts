import { expect } from "chai";
import {
  batchClaims,
  generateBatch,
  type PreparedClaim,
} from "../../../src/billing/claims/index.ts";
import { readEdiSync } from "../../../src/edi/guides/index.ts";
import { BATCH, prepared } from "./sample-batch.ts";
import { encounterWith, plainEncounter, sampleEncounters } from "./sample-encounters.ts";

const plain = plainEncounter();
const child = sampleEncounters()["patient is not the subscriber"] ?? plain;

/** The segments of a batch that begin with one of the ids. */
function segments(claims: readonly PreparedClaim[], ...ids: string[]): string[] {
  const { text } = generateBatch(claims, BATCH);
  return text.split("~\n").filter((segment) => ids.includes(segment.split("*")[0] ?? ""));
}

describe("generateBatch", () => {
  it("writes the same bytes for the same claims", () => {
    const claims = prepared(Object.values(sampleEncounters()));
    expect(generateBatch(claims, BATCH)).to.deep.equal(generateBatch(claims, BATCH));
  });

  it("puts claims of one provider and subscriber under one level each", () => {
    expect(segments(prepared([plain, plain]), "HL", "CLM")).to.deep.equal([
      "HL*1**20*1",
      "HL*2*1*22*0",
      "CLM*PCN1*145.5***11:B:1*Y*A*Y*Y",
      "CLM*PCN2*145.5***11:B:1*Y*A*Y*Y",
    ]);
  });

  it("writes the contract of a claim and of a line, and the condition of a manipulated spine", () => {
    const encounter = encounterWith({
      contractInformation: {
        contractTypeCode: "04",
        contractAmount: "80.50",
        contractCode: "PPO-7",
        termsDiscountPercentage: "2.50",
      },
      spinalManipulation: { patientConditionCode: "C", patientConditionDescription1: "Low back" },
    });
    const [first, ...others] = encounter.claimInformation.serviceLines;
    const contractInformation = { contractTypeCode: "06", contractPercentage: "80.5" } as const;
    const lines = [{ ...first, contractInformation }, ...others];
    const changed = {
      ...encounter,
      claimInformation: { ...encounter.claimInformation, serviceLines: lines },
    };
    expect(segments(prepared([changed as typeof encounter]), "CN1", "CR2")).to.deep.equal([
      "CN1*04*80.5**PPO-7*2.5",
      "CR2********C**LOW BACK",
      "CN1*06**80.5",
    ]);
  });

  it("gives a patient who is not the subscriber a level of his own", () => {
    expect(segments(prepared([child]), "HL", "SBR", "PAT")).to.deep.equal([
      "HL*1**20*1",
      "HL*2*1*22*1",
      "SBR*P**GRP-1******CI",
      "HL*3*2*23*0",
      "PAT*19",
    ]);
  });

  it("numbers levels through providers, subscribers and patients", () => {
    const other = { ...plain, billing: { ...plain.billing, npi: "1679576722" } };
    const claims = prepared([plain, child, other, child, plain]);
    expect(segments(claims, "HL", "CLM").map((segment) => segment.slice(0, 11))).to.deep.equal([
      "HL*1**20*1",
      "HL*2*1*22*0",
      "CLM*PCN1*14",
      "CLM*PCN5*14",
      "HL*3*1*22*1",
      "HL*4*3*23*0",
      "CLM*PCN2*14",
      "CLM*PCN4*14",
      "HL*5**20*1",
      "HL*6*5*22*0",
      "CLM*PCN3*14",
    ]);
  });

  it("separates subscriber levels that differ in anything", () => {
    const other = encounterWith({ claimFilingCode: "BL" });
    expect(segments(prepared([plain, other]), "SBR")).to.have.length(2);
  });

  it("begins a new level behind a hundred claims of one patient", () => {
    const claims = prepared(Array.from({ length: 101 }, () => plain));
    expect(segments(claims, "HL")).to.deep.equal(["HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*0"]);
  });

  it("splits into sets of at most so many claims, with the right counts", () => {
    const claims = prepared(Array.from({ length: 7 }, () => plain));
    const { text, sets } = generateBatch(claims, { ...BATCH, claimsPerSet: 3 });
    expect(sets.map((set) => [set.controlNumber, set.patientControlNumbers.length])).to.deep.equal([
      ["0001", 3],
      ["0002", 3],
      ["0003", 1],
    ]);
    const ends = [...readEdiSync(Buffer.from(text))].filter(
      ({ kind }) => kind === "transactionSetEnd",
    );
    expect(ends.map((end) => "intact" in end && end.intact)).to.deep.equal([true, true, true]);
    expect(text).to.include("GE*3*2001~");
  });

  it("keeps encounter reports and claims in sets of their own", () => {
    const report = encounterWith({}, { claimIdentifier: "RP" });
    const headers = segments(prepared([report, plain]), "BHT");
    expect(headers.map((bht) => bht.slice(-2))).to.deep.equal(["CH", "RP"]);
  });

  it("always sends a line item control number", () => {
    const own = encounterWith({
      serviceLines: plain.claimInformation.serviceLines.map((line, index) =>
        index === 0 ? { ...line, providerControlNumber: "MINE" } : line,
      ),
    });
    expect(segments(prepared([own]), "REF").slice(1)).to.deep.equal([
      "REF*6R*MINE",
      "REF*6R*PCN1-2",
    ]);
  });

  it("assigns no line item control number that another line brought", () => {
    const [first, second] = plain.claimInformation.serviceLines;
    if (first === undefined || second === undefined) throw new Error("two lines are needed");
    const own = encounterWith({
      serviceLines: [first, { ...second, providerControlNumber: "PCN1-1" }],
    });
    expect(segments(prepared([own]), "REF").slice(1)).to.deep.equal([
      "REF*6R*PCN1-1X",
      "REF*6R*PCN1-1",
    ]);
  });

  it("puts several reasons of a group into one CAS, six at most", () => {
    const secondary = sampleEncounters()["secondary with claim decisions"] ?? plain;
    expect(segments(prepared([secondary]), "CAS")).to.deep.equal([
      "CAS*CO*45*38*1*46*1*1*47*1*1*48*1*1*49*1*1*50*1*1",
      "CAS*CO*51*1*1*52*1*1",
    ]);
  });

  it("tells of a value that holds a delimiter, and writes nothing", () => {
    const broken = { ...plain, subscriber: { ...plain.subscriber, memberId: "A*B" } };
    const { text, findings, sets } = generateBatch(prepared([broken]), BATCH);
    expect([text, sets]).to.deep.equal(["", []]);
    expect(findings.map(({ code }) => code)).to.deep.equal(["delimiter-in-value"]);
  });

  it("writes with other delimiters", () => {
    const delimiters = {
      element: "|",
      component: ">",
      repetition: "!",
      segment: "'",
      lineBreak: "",
    } as const;
    const { text } = generateBatch(prepared([plain]), { ...BATCH, delimiters });
    expect(text).to.include("'SV1|HC>99213|125.5|UN|1|||1'");
  });

  it("refuses claims of two payers as a programmer's error", () => {
    const other = { ...plain, tradingPartnerServiceId: "00001" };
    expect(() => generateBatch(prepared([plain, other]), BATCH)).to.throw("one payer");
  });
});

describe("batchClaims", () => {
  it("makes a batch for each payer and usage, in order of appearance", () => {
    const { usageIndicator: _test, ...production } = plain;
    const other = { ...plain, tradingPartnerServiceId: "00001" };
    const batches = batchClaims(prepared([plain, other, production, plain]));
    const summary = batches.map(({ payerId, usage, claims }) => [payerId, usage, claims.length]);
    expect(summary).to.deep.equal([
      ["60054", "T", 2],
      ["00001", "T", 1],
      ["60054", "P", 1],
    ]);
  });
});
