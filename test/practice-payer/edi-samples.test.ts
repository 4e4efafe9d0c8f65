import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { readEdiSync, verdictsOf, writeAcknowledgement } from "../../src/edi/guides/index.ts";
import { answerClaims } from "../../src/practice-payer/index.ts";
import { imbalancesOf, remittancesOf, segmentsOf } from "./remittance-checker.ts";

const FOLDER = "edi-samples";
const names = readdirSync(FOLDER)
  .filter((name) => name !== "README.md")
  .sort();
/** All but the bank's own files. */
const x12 = names.filter((name) => !name.includes("-deposits."));
const bytesOf = (name: string) => readFileSync(`${FOLDER}/${name}`);
const textOf = (name: string) => bytesOf(name).toString("ascii");

describe("the EDI samples", () => {
  const remittances = names
    .filter((name) => name.endsWith(".835"))
    .flatMap((name) => remittancesOf(textOf(name)).map((remittance) => ({ name, remittance })));
  const payments = (number: string) =>
    remittances
      .flatMap(({ remittance }) => remittance.claims)
      .filter((claim) => claim.number === number);

  it("are each named in the README, once and in order", () => {
    const listed = [...readFileSync(`${FOLDER}/README.md`, "utf8").matchAll(/^\| \[([^\]]+)\]/gm)];
    expect(listed.map(([, name]) => name)).to.deep.equal(names);
  });

  it("stand one segment a line, in ASCII", () => {
    for (const name of x12) {
      const text = textOf(name);
      expect(text, name).to.match(/^([\x20-\x7d]+~\n)+$/);
    }
  });

  it("are read without a finding, but for those that are wrong on purpose", () => {
    const meant: Readonly<Record<string, readonly string[]>> = {
      "04-faulty.837": ["NM19"],
      "19-unbalanced.835": ["BPR2"],
    };
    for (const name of x12) {
      const findings = [...readEdiSync(bytesOf(name), { check: true })].flatMap((event) => {
        if (event.kind === "finding") return [event.finding];
        return "findings" in event ? event.findings : [];
      });
      const places = findings.map(({ segment, element }) => `${segment}${element}`);
      expect(places, name).to.deep.equal(meant[name] ?? []);
    }
  });

  it("balance, but for the remittance that is meant to park", () => {
    for (const { name, remittance } of remittances) {
      const meant = name === "19-unbalanced.835" ? ["BPR02 1000"] : [];
      expect(imbalancesOf(remittance), name).to.deep.equal(meant);
    }
    expect(remittances).to.have.length(11);
  });

  it("answer only claims that were sent, line by line", () => {
    const sent = new Map<string, Set<string>>();
    let lines = new Set<string>();
    for (const name of names.filter((each) => each.endsWith(".837"))) {
      for (const [id, first = "", second = ""] of segmentsOf(textOf(name))) {
        if (id === "CLM") {
          lines = new Set();
          sent.set(first, lines);
        } else if (id === "REF" && first === "6R") lines.add(second);
      }
    }
    for (const { claims } of remittances.map(({ remittance }) => remittance)) {
      for (const claim of claims) {
        for (const { controlNumber } of claim.lines) {
          expect(sent.get(claim.number)?.has(controlNumber), controlNumber).to.be.true;
        }
      }
    }
    expect(sent.size).to.equal(13);
  });

  it("hold the acknowledgments that the engine itself would write", () => {
    const written = (name: string) =>
      verdictsOf(readEdiSync(bytesOf(name), { check: true })).map((verdict) =>
        writeAcknowledgement(verdict, {
          interchangeControlNumber: "903",
          groupControlNumber: "903",
          date: "20260115",
          time: "0930",
        }),
      );
    expect(written("04-faulty.837")).to.deep.equal([textOf("07-rejected.999")]);
    expect(written("01-claim.837")[0]).to.include("TA1*000000101*260112*0900*A*000~");
    expect(textOf("05-interchange-accepted.ta1")).to.include("TA1*000000101*260112*0900*A*000~");
  });

  it("reverse what was paid, amount for amount", () => {
    for (const [number, left] of [
      ["CW-1006", 14242],
      ["CW-1002", 0],
    ] as const) {
      const [first, reversal, ...corrections] = payments(number);
      expect(reversal?.status).to.equal("22");
      const amounts = (claim: typeof first) =>
        claim?.lines.map(({ charge, paid, adjustments }) => [
          charge,
          paid,
          adjustments.map(({ cents }) => cents),
        ]);
      const negated = first?.lines.map(({ charge, paid, adjustments }) => [
        -charge || 0,
        -paid || 0,
        adjustments.map(({ cents }) => -cents || 0),
      ]);
      expect(amounts(reversal)).to.deep.equal(negated);
      expect(corrections.reduce((total, { paid }) => total + paid, 0)).to.equal(left);
    }
  });

  it("close the recovery that they open", () => {
    const recoveries = remittances
      .flatMap(({ remittance }) => remittance.plb)
      .filter(({ code }) => code === "WO");
    expect(recoveries.map(({ cents }) => cents)).to.deep.equal([-14502, 14502]);
    expect(new Set(recoveries.map(({ reference }) => reference)).size).to.equal(1);
  });

  it("are answered by the practice payer like any other claims", () => {
    const claims = ["01-claim.837", "02-dependent-and-secondary.837", "03-batch.837"].map(bytesOf);
    const options = { seed: "samples", today: "2026-02-01", startingControlNumber: 1 };
    const kinds = answerClaims(claims, options).files.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "999")).to.have.length(3);
    expect(kinds.filter((kind) => kind === "277CA")).to.have.length(4);
    expect(kinds).to.include("835");
    const faulty = answerClaims(bytesOf("04-faulty.837"), options).files;
    expect(faulty.map(({ kind }) => kind)).to.deep.equal(["999"]);
    expect(faulty[0]?.description).to.include("0 of 1");
  });
});
