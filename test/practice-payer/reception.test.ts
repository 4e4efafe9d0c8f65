import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type AnswerFile, answerClaims } from "../../src/practice-payer/index.ts";
import { centsOf, imbalancesOf, remittancesOf } from "./remittance-checker.ts";

const OPTIONS = { seed: "reception", today: "2026-02-01", startingControlNumber: 7 };
const encode = (text: string) => new TextEncoder().encode(text);
const sample = (name: string) => readFileSync(`edi-samples/${name}`, "ascii");
const kindsOf = (files: readonly AnswerFile[]) => files.map(({ kind }) => kind);

describe("what the practice payer receives", () => {
  it("is answered in its own delimiters and to its own sender", () => {
    const swap = (text: string, from: string, to: string) =>
      [...text].map((character) => to[from.indexOf(character)] ?? character).join("");
    const plain = sample("01-claim.837");
    const other = swap(plain, "*:^~", "|>+'");
    const { files } = answerClaims(encode(other), OPTIONS);
    expect(kindsOf(files)).to.deep.equal(["TA1", "999", "277CA", "835"]);
    for (const { text } of files) {
      expect(text.slice(0, 4)).to.equal("ISA|");
      expect(text).to.match(/'\n$/);
      expect(text.slice(54, 69).trim()).to.equal("SAMPLETON01");
    }
    const back = swap(files.at(-1)?.text ?? "", "|>+'", "*:^~");
    expect(remittancesOf(back).flatMap(imbalancesOf)).to.deep.equal([]);
  });

  it("is told in a TA1 when its envelope is broken, and its sound sets are answered", () => {
    const broken = sample("02-dependent-and-secondary.837").replace(
      "IEA*1*000000102",
      "IEA*1*000000999",
    );
    const { files } = answerClaims(encode(broken), OPTIONS);
    expect(files[0]?.text).to.include("TA1*000000102*260113*0900*E*001");
    expect(kindsOf(files)).to.include.members(["999", "277CA", "835"]);
  });

  it("is not looked at when it is no 837", () => {
    const { files } = answerClaims(encode(sample("09-paid.835")), OPTIONS);
    expect(kindsOf(files)).to.deep.equal(["999"]);
    expect(answerClaims(encode("not X12 at all"), OPTIONS).files).to.deep.equal([]);
  });

  it("may hold several interchanges, each acknowledged for itself", () => {
    const both = sample("01-claim.837") + sample("02-dependent-and-secondary.837");
    const { files } = answerClaims(encode(both), OPTIONS);
    expect(kindsOf(files).filter((kind) => kind === "999")).to.have.length(2);
    const numbers = files.map(({ text }) => Number(text.slice(90, 99)));
    expect(numbers).to.deep.equal(numbers.map((_, index) => 7 + index));
  });

  it("is dated by its own BHT04, and no payment is later than today", () => {
    const dates = (today: string) =>
      answerClaims(encode(sample("01-claim.837")), { ...OPTIONS, today }).files.map(({ text }) =>
        text.slice(70, 76),
      );
    expect(dates("2026-02-01")).to.deep.equal(["260112", "260112", "260112", "260118"]);
    expect(dates("2026-01-13")).to.deep.equal(["260112", "260112", "260112", "260113"]);
    expect(dates("2026-01-01")).to.deep.equal(["260101", "260101", "260101", "260101"]);
  });

  it("is only acknowledged when it voids a claim, and paid when it replaces one", () => {
    const withFrequency = (code: string) =>
      sample("01-claim.837")
        .replace("11:B:1*", `11:B:${code}*`)
        .replace("REF*X4*", "REF*F8*LK261001~\nREF*X4*")
        .replace(/SE\*\d+/, (se) => `SE*${Number(se.slice(3)) + 1}`);
    const voided = answerClaims(encode(withFrequency("8")), OPTIONS).files;
    expect(kindsOf(voided)).to.deep.equal(["TA1", "999", "277CA"]);
    const replaced = answerClaims(encode(withFrequency("7")), OPTIONS).files;
    const [claim] = remittancesOf(replaced.at(-1)?.text ?? "").flatMap(({ claims }) => claims);
    expect(claim?.paid).to.be.greaterThan(0);
    expect(claim?.segment[9]).to.equal("7");
    expect(claim?.segments).to.deep.include(["REF", "F8", "LK261001"]);
  });
});

describe("a secondary claim", () => {
  const told = (coordination: string, lines: (number: number) => string) => {
    const text = sample("01-claim.837")
      .replace("SBR*P*18", "SBR*S*18")
      .replace("LX*1~", `${coordination}LX*1~`)
      .replace(/REF\*6R\*CW-1001-(\d)~\n/g, (ref, number) => ref + lines(Number(number)));
    const set = text.slice(text.indexOf("\nST*"), text.indexOf("\nGE*"));
    const count = set.split("~").length - 1;
    const { files } = answerClaims(encode(text.replace(/SE\*\d+/, `SE*${count}`)), OPTIONS);
    const remittance = remittancesOf(files.at(-1)?.text ?? "");
    expect(remittance.flatMap(imbalancesOf)).to.deep.equal([]);
    return remittance.flatMap(({ claims }) => claims)[0];
  };
  const other = (adjustments: string) =>
    `SBR*P*18*******MB~\n${adjustments}OI***Y***Y~\nNM1*IL*1*SAMPLEWOOD*ADA****MI*1X~\n` +
    "NM1*PR*2*FEDERAL ELDER HEALTH PART B*****PI*90001~\n";
  const priorOf = (claim: ReturnType<typeof told>) =>
    claim?.lines.map(({ adjustments }) => adjustments.find(({ reason }) => reason === "23")?.cents);

  it("is paid what its 2430 says that the patient still owes", () => {
    const claim = told(other("AMT*D*100~\n"), (number) =>
      number === 1
        ? "SVD*90001*71.2*HC:99213**1~\nCAS*CO*45*76~\nCAS*PR*2*17.8~\nDTP*573*D8*20260110~\n"
        : "SVD*90001*31*HC:87880:QW**1~\nDTP*573*D8*20260110~\n",
    );
    expect(claim?.status).to.equal("2");
    expect(priorOf(claim)).to.deep.equal([centsOf("147.2"), centsOf("31")]);
  });

  it("is paid what its 2320 says when its lines say nothing", () => {
    const claim = told(other("CAS*PR*2*20~\nAMT*D*100~\n"), () => "");
    expect(priorOf(claim)).to.deep.equal([centsOf("145"), centsOf("31")]);
    const stated = told(other("AMT*D*100~\nAMT*EAF*12.5~\n"), () => "");
    expect(priorOf(stated)).to.deep.equal([centsOf("152.5"), centsOf("31")]);
  });
});
