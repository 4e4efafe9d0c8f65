import { expect } from "chai";
import { type Guide, type Loop, readEdi, readEdiSync } from "../../src/edi/guides/index.ts";
import {
  answersOf,
  CLAIM,
  CLAIM_HEADER,
  CLAIM_PAYMENT,
  claims,
  codesOf,
  groupOf,
  interchangeOf,
  REMITTANCE_HEADER,
  read,
  remittance,
  SUBSCRIBER,
  setOf,
} from "./small-files.ts";

/** The loops of a tree with their segments: `2300[CLM HI 2400[LX SV1]]`. */
function outline(loop: Loop): string {
  const parts = [...loop.segments.map(({ id }) => id), ...loop.loops.map(outline)];
  return `${loop.id}[${parts.join(" ")}]`;
}

function unitsOf(text: string): Loop[] {
  return read(text).events.flatMap((event) => (event.kind === "loop" ? [event.loop] : []));
}

function rootOf(text: string): Loop {
  const end = read(text).events.find((event) => event.kind === "transactionSetEnd");
  if (end?.kind !== "transactionSetEnd") return expect.fail("no set");
  return end.root;
}

function claimWith(body: string): string {
  return claims(CLAIM_HEADER + SUBSCRIBER + body);
}

describe("walker", () => {
  it("tells what is wrong with the first segment of a claim with that claim, not the one before", () => {
    const { events } = read(claimWith(CLAIM + CLAIM.replace("*150***", "*15O***")), true);
    const lists = events.flatMap((event) => ("findings" in event ? [codesOf(event.findings)] : []));
    expect(lists.slice(0, 2)).to.deep.equal([[], ["character-invalid@CLM02"]]);
  });

  it("tells what a set lacks behind its last segment, also where it has no SE", () => {
    const cut = claimWith(CLAIM.slice(0, CLAIM.indexOf("LX"))).replace(/SE\*.*$/, "");
    const places = read(cut).findings.map(({ code, position }) => `${code} ${position}`);
    expect(places).to.include("required-loop-missing 20");
    expect(places).to.include("transaction-set-trailer-missing 20");
  });

  it("hands out each claim payment with its service lines and its way up", () => {
    const [unit] = unitsOf(remittance());
    expect(unit && outline(unit)).to.equal("2100[CLP NM1 2110[SVC DTM CAS]]");
    expect(unit?.parent?.id).to.equal("2000");
    expect(unit?.within("2000")?.segment("LX")?.element(1)).to.equal("1");
    expect(unit?.within("ST")?.segment("BPR")?.element(2)).to.equal("100");
  });

  it("hands out each claim with subscriber and billing provider around it", () => {
    const [unit] = unitsOf(claims());
    expect(unit && outline(unit)).to.equal("2300[CLM HI 2400[LX SV1 DTP]]");
    const subscriber = unit?.within("2000B");
    expect(subscriber?.loop("2010BA")?.segment("NM1", "IL")?.element(9)).to.equal("W1");
    expect(unit?.within("2000A")?.loop("2010AA")?.segment("REF", "EI")?.element(2)).to.equal(
      "510123456",
    );
  });

  it("knows the claim of a dependent from that of the subscriber", () => {
    const dependent =
      "HL*3*2*23*0~PAT*19~NM1*QC*1*DOE*JIM~N3*2 MAIN~N4*DOVER*DE*19901~DMG*D8*20150101*M~";
    const both = claims(
      CLAIM_HEADER + SUBSCRIBER.replace("22*0", "22*1") + CLAIM + dependent + CLAIM,
    );
    expect(read(both, true).findings).to.deep.equal([]);
    expect(unitsOf(both).map(({ parent }) => parent?.id)).to.deep.equal(["2000B", "2000C"]);
  });

  it("keeps in the root what no claim leads to, PLB behind the claims included", () => {
    const root = rootOf(remittance(`${REMITTANCE_HEADER}${CLAIM_PAYMENT}PLB*1*20251231*WO:X*1~`));
    expect(outline(root)).to.equal("ST[ST BPR TRN PLB SE 1000A[N1 N3 N4 PER] 1000B[N1]]");
  });

  it("keeps a subscriber without a claim in the root", () => {
    const text = claims(CLAIM_HEADER + SUBSCRIBER + SUBSCRIBER + CLAIM);
    const root = rootOf(text);
    expect(root.loop("2000A")?.loops.map(({ id }) => id)).to.deep.equal(["2010AA", "2000B"]);
  });

  it("takes neighbours with one segment id in any order", () => {
    const text = claimWith(CLAIM.replace("HI*", "REF*D9*C1~REF*G1*A1~REF*EA*M1~HI*"));
    expect(read(text).findings).to.deep.equal([]);
  });

  it("gives a segment out of sequence to the loop that it belongs to", () => {
    const text = remittance(REMITTANCE_HEADER + CLAIM_PAYMENT.replace("SVC", "CAS*CO*45*1~SVC"));
    const { findings } = read(text);
    expect(codesOf(findings)).to.deep.equal(["segment-out-of-sequence@CAS"]);
    expect(answersOf(findings)).to.deep.equal(["IK304:7"]);
    expect(unitsOf(text).map(outline)).to.deep.equal(["2100[CLP NM1 CAS 2110[SVC DTM CAS]]"]);
  });

  const unplaced: readonly (readonly [string, string, string, string])[] = [
    ["a segment that the guide does not use", "CL1*1~", "segment-not-used@CL1", "IK304:I4"],
    ["a segment of another set", "SVC*1~", "segment-not-in-set@SVC", "IK304:6"],
    ["a segment that nobody knows", "ZZZ*1~", "segment-unrecognized@", "IK304:1"],
    ["something that is no segment id", "?x*1~", "segment-unrecognized@", "IK304:1"],
    ["a segment of another loop", "SV1*HC:1~", "segment-unexpected@SV1", "IK304:2"],
    ["a qualifier without a place", "REF*QQ*1~", "qualifier-unexpected@REF01", "IK403:7"],
  ];
  for (const [name, segment, code, answer] of unplaced) {
    it(`attaches ${name} to the loop that is open`, () => {
      const text = claimWith(CLAIM.replace("HI*", `${segment}HI*`));
      const { findings } = read(text);
      expect(codesOf(findings)).to.deep.equal([code]);
      expect(answersOf(findings)).to.deep.equal([answer]);
      expect(findings[0]).to.deep.include({ loop: "2300", position: 19 });
      expect(unitsOf(text)[0]?.segments.map(({ id }) => id)).to.deep.equal([
        "CLM",
        segment.slice(0, segment.indexOf("*")),
        "HI",
      ]);
    });
  }

  it("tells a required segment that is missing, by the loop that lacks it", () => {
    const { findings } = read(claimWith(CLAIM.replace(/HI[^~]*~/, "")));
    expect(codesOf(findings)).to.deep.equal(["required-segment-missing@HI"]);
    expect(answersOf(findings)).to.deep.equal(["IK304:I8"]);
    expect(findings[0]).to.deep.include({ loop: "2300", snip: 2 });
  });

  it("tells a required loop that is missing", () => {
    const { findings } = read(claimWith("CLM*PCN1*150***11:B:1*Y*A*Y*Y~HI*ABK:J069~"));
    expect(codesOf(findings)).to.deep.equal(["required-loop-missing@LX"]);
    expect(answersOf(findings)).to.deep.equal(["IK304:I7"]);
  });

  it("tells a segment and a loop that occur too often", () => {
    const twice = CLAIM_HEADER.replace("N3*1 MAIN~", "N3*1 MAIN~N3*1 MAIN~");
    expect(answersOf(read(claims(twice + SUBSCRIBER + CLAIM)).findings)).to.deep.equal(["IK304:5"]);
    const payers = `${SUBSCRIBER}NM1*PR*2*PAYER*****PI*P2~`;
    expect(answersOf(read(claims(CLAIM_HEADER + payers + CLAIM)).findings)).to.deep.equal([
      "IK304:4",
    ]);
  });

  it("opens a loop without its first segment when what follows opens one within", () => {
    const text = remittance(REMITTANCE_HEADER.replace("LX*1~", "") + CLAIM_PAYMENT);
    expect(answersOf(read(text).findings)).to.deep.equal(["IK304:3"]);
    expect(unitsOf(text).map(({ parent }) => parent?.id)).to.deep.equal(["2000"]);
  });

  it("never hands out a claim that has no CLM", () => {
    const text = claimWith(CLAIM.replace(/CLM[^~]*~/, ""));
    expect(unitsOf(text)).to.have.length(0);
    expect(read(text).findings).to.have.length.above(0);
  });

  it("tells a hierarchical level whose parent is another", () => {
    const { findings } = read(
      claims(CLAIM_HEADER + SUBSCRIBER.replace("HL*2*1", "HL*2*7") + CLAIM),
      true,
    );
    expect(codesOf(findings)).to.deep.equal(["hierarchical-parent-mismatch@HL02"]);
  });

  it("reads by a guide of another's making", () => {
    const element = { name: "Value", usage: "R", type: "AN", min: 1, max: 3 } as const;
    const segment = (id: string) =>
      ({ kind: "segment", id, name: id, usage: "R", repeat: 1, elements: [element] }) as const;
    const guide: Guide = {
      transactionSet: "000",
      versions: ["X1"],
      name: "tiny",
      functionalIdentifier: "ZZ",
      unitLoops: ["A"],
      root: {
        kind: "loop",
        id: "ST",
        name: "root",
        usage: "R",
        repeat: 1,
        children: [
          segment("ST"),
          segment("BGN"),
          {
            kind: "loop",
            id: "A",
            name: "unit",
            usage: "S",
            repeat: 2,
            children: [segment("AA"), { ...segment("NN"), usage: "N" }],
          },
          segment("SE"),
        ],
      },
    };
    const text = interchangeOf(
      groupOf("ZZ", "X1", setOf("000", "0001", "BGN*1~AA*1~NN*1~AA*2~AA*3~")),
    );
    const events = [...readEdiSync(Buffer.from(text), { guides: [guide] })];
    expect(events.filter(({ kind }) => kind === "loop")).to.have.length(3);
    const findings = events.flatMap((event) => ("findings" in event ? event.findings : []));
    expect(answersOf(findings)).to.deep.equal(["IK304:I4", "IK304:4"]);
  });

  it("refuses one buffer where chunks are expected", async () => {
    const events = readEdi(Buffer.from(remittance()) as unknown as Iterable<Uint8Array>);
    let refused: unknown;
    await events.next().catch((error: unknown) => {
      refused = error;
    });
    expect(refused).to.be.instanceOf(Error);
  });

  it("keeps memory flat over many claims", () => {
    const claim = Buffer.from(CLAIM.repeat(2000));
    const bytes = Buffer.concat([
      Buffer.from(claims(CLAIM_HEADER + SUBSCRIBER).replace(/SE\*.*$/, "")),
      ...Array.from({ length: 60 }, () => claim),
    ]);
    let count = 0;
    let peak = 0;
    const before = process.memoryUsage().heapUsed;
    for (const event of readEdiSync(bytes)) {
      if (event.kind !== "loop") continue;
      count += 1;
      if (count % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    expect(count).to.equal(120_000);
    // 600 000 segments kept would need more than 100 bytes each; what is seen here is young
    // garbage.
    expect(peak).to.be.below(60 * 1024 * 1024);
  });
});
