import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { starterCodeSets } from "../../src/edi/codes/index.ts";
import {
  type Explanation,
  explainEdi,
  mostTelling,
  readEdiSync,
} from "../../src/edi/guides/index.ts";
import type { Finding } from "../../src/edi/x12/index.ts";
import {
  CLAIM,
  CLAIM_HEADER,
  CLAIM_PAYMENT,
  claims,
  groupOf,
  interchangeOf,
  REMITTANCE_HEADER,
  remittance,
  SUBSCRIBER,
  setOf,
} from "./small-files.ts";

const SAMPLES = resolve(import.meta.dirname, "../../edi-samples");
const samples = readdirSync(SAMPLES).filter((name) => !/\.md$|-deposits\./.test(name));

async function explained(source: string | Uint8Array, size = 1 << 20): Promise<Explanation[]> {
  const bytes = Buffer.from(source);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const lines: Explanation[] = [];
  for await (const line of explainEdi(chunks, { codeSets: starterCodeSets })) lines.push(line);
  return lines;
}

function segmentsOf(lines: readonly Explanation[], id: string) {
  return lines.flatMap((line) => (line.kind === "segment" && line.segment === id ? [line] : []));
}

/** `name: meaning` of a value. */
function wordsAt(lines: readonly Explanation[], place: string): string | undefined {
  for (const line of lines) {
    if (line.kind !== "segment") continue;
    const found = line.elements.find((element) => element.place === place);
    if (found !== undefined) return `${found.name}: ${found.meaning}`;
  }
  return undefined;
}

/** A line each: the depth, then a loop's id, a segment's id or a finding's code. */
function outline(lines: readonly Explanation[]): string[] {
  return lines.map((line) => {
    const what =
      line.kind === "loop" ? line.loop : line.kind === "segment" ? line.segment : line.finding.code;
    return `${line.depth} ${what}`;
  });
}

/** What is told of a text: of several findings about one value that which tells most. */
function foundIn(text: string | Uint8Array): Finding[] {
  const found: Finding[] = [];
  for (const event of readEdiSync(Buffer.from(text), { check: true, codeSets: starterCodeSets })) {
    if (event.kind === "finding") found.push(event.finding);
    else if ("findings" in event) found.push(...mostTelling(event.findings));
  }
  return found;
}

const plain = (findings: readonly Finding[]) => findings.map((each) => JSON.stringify(each)).sort();

function shownIn(lines: readonly Explanation[]): Finding[] {
  return lines.flatMap((line) => (line.kind === "finding" ? [line.finding] : []));
}

describe("a file in plain words", () => {
  it("names every segment and every element of each sample, in file order", async () => {
    expect(samples).to.have.length.above(15);
    for (const name of samples) {
      const lines = await explained(readFileSync(join(SAMPLES, name)));
      const text = readFileSync(join(SAMPLES, name), "latin1");
      const ids = text.split("~").flatMap((one) => one.trim().split("*")[0] || []);
      const told = lines.flatMap((line) => (line.kind === "segment" ? [line] : []));
      expect(
        told.map(({ segment }) => segment),
        name,
      ).to.deep.equal(ids);
      for (const line of told) {
        expect(line, name).to.have.property("name");
        for (const element of line.elements) expect(element, name).to.have.property("name");
      }
    }
  });

  it("is a tree of loops, each with its name and what stands in it", async () => {
    const lines = await explained(remittance());
    expect(outline(lines).join(", ")).to.equal(
      "0 ISA, 1 GS, 2 ST, 3 ST, 3 BPR, 3 TRN, 3 1000A, 4 N1, 4 N3, 4 N4, 4 PER, 3 1000B, 4 N1, " +
        "3 2000, 4 LX, 4 2100, 5 CLP, 5 NM1, 5 2110, 6 SVC, 6 DTM, 6 CAS, 3 SE, 1 GE, 0 IEA",
    );
    const loop = lines.find((line) => line.kind === "loop" && line.loop === "2100");
    expect(loop).to.deep.include({ kind: "loop", set: 1, name: "Claim payment" });
  });

  it("tells codes, dates and amounts in words", async () => {
    const paid = await explained(remittance());
    expect(wordsAt(paid, "CLP02")).to.equal("Claim status: Processed as primary");
    expect(wordsAt(paid, "CLP03")).to.equal("Charge: $150.00");
    expect(wordsAt(paid, "CAS01")).to.equal("Group: The patient's share");
    expect(wordsAt(paid, "CAS02")).to.match(/^Reason 1: Deductible/);
    expect(wordsAt(paid, "BPR16")).to.match(/: Mar 1, 2025$/);
    expect(wordsAt(paid, "N402")).to.equal("State or province: Delaware");
    const asked = await explained(claims());
    expect(wordsAt(asked, "CLM05-1")).to.equal("Place of service: Office");
    expect(wordsAt(asked, "HI01-2")).to.match(/upper respiratory infection/i);
    expect(wordsAt(asked, "DMG02")).to.equal("Date of birth: Jan 1, 1980");
  });

  it("tells each repetition of an element by its number", async () => {
    const inquiry =
      "BHT*0022*13*1*20250301*1200~HL*1**20*1~NM1*PR*2*PAYER*****PI*P1~HL*2*1*21*1~" +
      "NM1*1P*2*CLINIC*****XX*1234567893~HL*3*2*22*0~NM1*IL*1*DOE*JANE****MI*W1~EQ*30^1~";
    const set = setOf("270", "0001", inquiry, "005010X279A1");
    const lines = await explained(interchangeOf(groupOf("HS", "005010X279A1", set)));
    const [eq] = segmentsOf(lines, "EQ");
    const values = eq?.elements.map(({ repetition, value }) => [repetition, value]);
    expect(values).to.deep.equal([
      [1, "30"],
      [2, "1"],
    ]);
  });

  it("tells a TA1 by its own guide", async () => {
    const lines = await explained(readFileSync(join(SAMPLES, "05-interchange-accepted.ta1")));
    expect(wordsAt(lines, "TA104")).to.equal("Verdict: Accepted");
  });

  it("tells the segments of a set without a guide as they are", async () => {
    const set = setOf("850", "0001", "BEG*00*NE*PO1**20250301~PO1*1*5:6~");
    const lines = await explained(interchangeOf(groupOf("PO", "005010", set)));
    const [line] = segmentsOf(lines, "PO1");
    expect(line).not.to.have.property("name");
    expect(line?.elements).to.deep.equal([
      { place: "PO101", value: "1" },
      { place: "PO102-1", value: "5" },
      { place: "PO102-2", value: "6" },
    ]);
    expect(shownIn(lines).map(({ code }) => code)).to.include("transaction-set-not-supported");
  });

  it("shows no password of an interchange", async () => {
    const opened = claims().replace("*00*          *ZZ", "*01*OPENSESAME*ZZ");
    const lines = await explained(opened);
    expect(JSON.stringify(lines)).not.to.include("OPENSESAME");
    expect(segmentsOf(lines, "ISA")[0]?.elements.map(({ place }) => place)).to.include("ISA04");
  });

  it("does not depend on where the file is cut", async () => {
    const text = claims();
    const whole = await explained(text);
    for (const size of [1, 7, 100]) expect(await explained(text, size)).to.deep.equal(whole);
  });
});

describe("findings in a file in plain words", () => {
  it("stand right behind the segment that they are about", async () => {
    const text = claims().replace("CLM*PCN1*150*", "CLM*PCN1*15x0*");
    const places = outline(await explained(text));
    expect(places[places.indexOf("6 CLM") + 1]).to.equal("7 character-invalid");
    const grouped = outline(await explained(claims().replaceAll("005010X222A1", "005010X999")));
    expect(grouped[grouped.indexOf("1 GS") + 1]).to.match(/not-supported$/);
  });

  it("of something that is missing stand where it should have stood", async () => {
    const lines = await explained(claims().replace("HI*ABK:J069~", ""));
    const at = lines.findIndex((line) => line.kind === "finding" && line.finding.segment === "HI");
    const around = outline(lines).slice(at - 1, at + 2);
    expect(around).to.deep.equal(["7 DTP", "6 required-segment-missing", "3 SE"]);
  });

  it("are all shown, each once, whatever the file", async () => {
    for (const name of samples) {
      const text = readFileSync(join(SAMPLES, name));
      expect(plain(shownIn(await explained(text))), name).to.deep.equal(plain(foundIn(text)));
    }
    const texts = [
      claims(CLAIM_HEADER + SUBSCRIBER + CLAIM + CLAIM),
      remittance(REMITTANCE_HEADER + CLAIM_PAYMENT + CLAIM_PAYMENT),
    ];
    const change = fc.tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.tuple(
          fc.nat(999),
          fc.nat(9),
          fc.constantFrom("~", "*", "ISA*", "ST*837*1~", "SE*1*1~", "GE*1*1~", "X"),
        ),
        { minLength: 1, maxLength: 5 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([text, changes]) => {
        let spoilt = text;
        for (const [place, cut, put] of changes) {
          const at = Math.floor((place / 1000) * spoilt.length);
          spoilt = spoilt.slice(0, at) + put + spoilt.slice(at + cut);
        }
        expect(plain(shownIn(await explained(spoilt)))).to.deep.equal(plain(foundIn(spoilt)));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a large file in plain words", () => {
  it("is told while it is read, a claim payment at a time", async () => {
    const body = REMITTANCE_HEADER + CLAIM_PAYMENT.repeat(5000);
    const bytes = Buffer.from(remittance(body));
    let handedIn = 0;
    async function* source() {
      for (let at = 0; at < bytes.length; at += 10_000) {
        handedIn += 1;
        yield bytes.subarray(at, at + 10_000);
      }
    }
    let payments = 0;
    let most = 0;
    for await (const line of explainEdi(source(), { codeSets: starterCodeSets })) {
      if (line.kind !== "segment" || line.segment !== "CLP") continue;
      payments += 1;
      most = Math.max(most, handedIn * 10_000 - bytes.indexOf("CLP") - payments * 140);
    }
    expect(payments).to.equal(5000);
    expect(most).to.be.below(30_000);
  });
});
