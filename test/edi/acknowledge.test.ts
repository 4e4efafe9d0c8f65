import { expect } from "chai";
import {
  build999,
  buildTa1,
  type InterchangeVerdict,
  read277ca,
  readEdiSync,
  readGroupAcknowledgement,
  readTa1,
  verdictsOf,
  writeAcknowledgement,
} from "../../src/edi/guides/index.ts";
import { Passage, Segment, STANDARD_DELIMITERS } from "../../src/edi/x12/index.ts";
import {
  CLAIM,
  CLAIM_HEADER,
  claims,
  groupOf,
  interchangeOf,
  PROFESSIONAL,
  read,
  remittance,
  SUBSCRIBER,
  setOf,
} from "./small-files.ts";

const STAMP = {
  interchangeControlNumber: "9",
  groupControlNumber: "8",
  date: "20250302",
  time: "0600",
};
const IN_ORDER = CLAIM_HEADER + SUBSCRIBER + CLAIM;

function verdictOf(text: string): InterchangeVerdict {
  const [verdict] = verdictsOf(readEdiSync(Buffer.from(text), { check: true }));
  return verdict ?? expect.fail("no interchange");
}

/** The segments between GS and GE of the answer. */
function answerTo(text: string): string[] {
  const answer = writeAcknowledgement(verdictOf(text), STAMP) ?? "";
  const lines = answer.split("~").map((line) => line.trim());
  return lines.slice(
    lines.findIndex((line) => line.startsWith("AK1")),
    lines.findIndex((line) => line.startsWith("SE")),
  );
}

function setWith(controlNumber: string, body: string): string {
  return setOf("837", controlNumber, body, PROFESSIONAL);
}

describe("999", () => {
  it("accepts a group in order", () => {
    expect(answerTo(claims())).to.deep.equal([
      "AK1*HC*1*005010X222A1",
      "AK2*837*0001*005010X222A1",
      "IK5*A",
      "AK9*A*1*1*1",
    ]);
  });

  it("names segment, loop, claim and element of each error", () => {
    const body = IN_ORDER.replace("CLM*PCN1*150*", "CLM*PCN1*15O*").replace("11:B:1", "11:C:1");
    expect(answerTo(claims(body))).to.deep.equal([
      "AK1*HC*1*005010X222A1",
      "AK2*837*0001*005010X222A1",
      "IK3*CLM*18*2300*8",
      "CTX*CLM01:PCN1",
      "IK4*2**6",
      "IK4*5:2**7",
      "IK5*R*5",
      "AK9*R*1*1*0",
    ]);
  });

  it("names the claim that begins with the segment in error, also behind another claim", () => {
    const second = CLAIM.replaceAll("PCN1", "PCN2").replace("*150***", "*15O***");
    expect(answerTo(claims(IN_ORDER + second)).slice(2, 5)).to.deep.equal([
      "IK3*CLM*23*2300*8",
      "CTX*CLM01:PCN2",
      "IK4*2**6",
    ]);
  });

  it("names no claim whose number is blank: an answer cannot hold it", () => {
    const text = claims(IN_ORDER.replace("CLM*PCN1*", "CLM* *"));
    expect(answerTo(text).join("~")).to.include("IK3*CLM*18*2300*8~IK4*1**6");
    const answer = writeAcknowledgement(verdictOf(text), STAMP) ?? "";
    expect(read(answer, true).findings).to.deep.equal([]);
  });

  it("answers each error of the walker with its IK304 code", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ["HI*ABK:J069~", "", "IK3*HI*22*2300*I8"],
      ["LX*1~", "SVC*1~LX*1~", "IK3*SVC*20*2300*6"],
      ["LX*1~", "?x*1~LX*1~", "IK3*ZZZ*20*2300*1"],
      ["LX*1~", "SV1*HC:1~LX*1~", "IK3*SV1*20*2300*2"],
      ["LX*1~", "AMT*F5*1~LX*1~", "IK3*AMT*20*2300*7"],
      ["N3*1 MAIN~", "N3*1 MAIN~N3*1 MAIN~", "IK3*N3*9*2010*5"],
      ["CLM*", "NM1*PR*2*PAYER*****PI*P2~CLM*", "IK3*NM1*18*2010*4"],
      ["LX*1~SV1*HC:99213*150*UN*1***1~DTP*472*D8*20250210~", "", "IK3*LX*20*2400*I7"],
    ];
    for (const [before, after, line] of cases) {
      expect(IN_ORDER).to.include(before);
      expect(answerTo(claims(IN_ORDER.replace(before, after))), line).to.include(line);
    }
  });

  it("lets the siblings of a bad set through", () => {
    const text = interchangeOf(
      groupOf(
        "HC",
        PROFESSIONAL,
        setWith("0001", IN_ORDER),
        setWith("0002", IN_ORDER).replace(/SE\*\d+/, "SE*99"),
        setWith("0003", IN_ORDER),
      ),
    );
    const lines = answerTo(text);
    expect(lines.filter((line) => line.startsWith("IK5"))).to.deep.equal([
      "IK5*A",
      "IK5*R*4",
      "IK5*A",
    ]);
    expect(lines.at(-1)).to.equal("AK9*P*3*3*2");
  });

  it("answers what is wrong with a set's envelope with its IK502 code", () => {
    const changes: readonly (readonly [RegExp, string, string])[] = [
      [/SE\*\d+/, "SE*9", "IK5*R*4"],
      [/SE\*(\d+)\*0001/, "SE*$1*0002", "IK5*R*3"],
      [/SE\*\d+\*0001~/, "", "IK5*R*2"],
      [/ST\*837\*0001/, "ST*837*", "IK5*R*7*3*5"],
      [/ST\*837/, "ST*", "IK5*R*6*1"],
      [/ST\*837/, "ST*278", "IK5*R*1"],
      [/ST\*837\*0001\*005010X222A1/, "ST*837*0001*004010X098A1", "IK5*R*I6*19"],
    ];
    for (const [before, after, line] of changes) {
      const found = answerTo(claims().replace(before, after)).find((one) => one.startsWith("IK5"));
      expect(found?.split("*").sort(), `${before}`).to.deep.equal(line.split("*").sort());
    }
  });

  it("accepts a group whose trailer is wrong, with errors", () => {
    expect(answerTo(claims().replace("GE*1*1", "GE*3*2")).at(-1)).to.equal("AK9*E*3*1*1*5*4");
    expect(answerTo(claims().replace("GE*1*1~", "")).at(-1)).to.equal("AK9*E*1*1*1*3");
  });

  it("accepts a set with errors where there are only warnings", () => {
    const verdict = verdictOf(claims());
    const [group] = verdict.groups;
    const [set] = group?.sets ?? [];
    if (group === undefined || set === undefined) return expect.fail("no set");
    const warning = {
      severity: "warning",
      code: "zip-short",
      acknowledgement: { in: "IK403", code: "4" },
      segment: "N4",
      position: 9,
      element: 3,
      loop: "2010AA",
      message: "The postal code has five digits.",
    } as const;
    const root = build999({ ...group, sets: [{ ...set, findings: [warning] }] });
    expect(root?.segments.at(-1)).to.deep.equal(["AK9", "E", "1", "1", "1"]);
    expect(root?.loops[0]?.segments.at(-1)).to.deep.equal(["IK5", "E", "5"]);
  });

  it("is never given to an acknowledgment", () => {
    const answer = writeAcknowledgement(verdictOf(claims()), STAMP) ?? "";
    expect(answer).to.include("ST*999*0001*005010X231A1~");
    expect(writeAcknowledgement(verdictOf(answer), STAMP)).to.equal(undefined);
    const ta1 = interchangeOf("TA1*000000001*250301*1200*A*000~").replace("IEA*1", "IEA*0");
    expect(writeAcknowledgement(verdictOf(ta1), STAMP)).to.equal(undefined);
  });

  it("is in order itself, whatever it answers", () => {
    const bad = IN_ORDER.replace("CLM*PCN1*150*", "CLM*PCN:1*15O*X").replace("HI*", "?:*1~HI*");
    for (const text of [claims(), claims(bad), remittance(), claims().slice(0, 700)]) {
      const answer = writeAcknowledgement(verdictOf(text), STAMP) ?? "";
      expect(read(answer, true).findings).to.deep.equal([]);
      expect(answer).to.include("*ZZ*RECEIVER       *ZZ*SENDER         *250302*0600*");
    }
  });

  it("is read back as it was meant", () => {
    const body = IN_ORDER.replace("11:B:1", "11:C:1");
    const answer = writeAcknowledgement(verdictOf(claims(body)), STAMP) ?? "";
    const end = read(answer).events.find((event) => event.kind === "transactionSetEnd");
    if (end?.kind !== "transactionSetEnd") return expect.fail("no 999");
    expect(readGroupAcknowledgement(end.root)).to.deep.equal({
      functionalIdentifier: "HC",
      groupControlNumber: "1",
      version: PROFESSIONAL,
      status: "R",
      codes: [],
      included: 1,
      received: 1,
      accepted: 0,
      sets: [
        {
          transactionSet: "837",
          controlNumber: "0001",
          implementation: PROFESSIONAL,
          status: "R",
          codes: ["5"],
          errors: [
            {
              segment: "CLM",
              position: 18,
              loop: "2300",
              code: "8",
              businessUnit: { element: "CLM01", value: "PCN1" },
              elements: [{ element: 5, component: 2, repetition: 0, code: "7" }],
            },
          ],
        },
      ],
    });
  });
});

describe("997", () => {
  const BODY =
    "AK1*HC*17~AK2*837*11280001~AK3*BHT*1**3~AK3*CLM*22*2300*8~AK4*5:3**7~AK4*2*782*6*15O~" +
    "AK5*R*4*5~AK9*R*1*1*0~";

  it("is read in any version, as a 999 is", () => {
    for (const version of ["004010", "004010X098A1", "005010X230"]) {
      const { events, findings } = read(
        interchangeOf(groupOf("FA", version, setOf("997", "0001", BODY))),
        true,
      );
      expect(findings, version).to.deep.equal([]);
      const end = events.find((event) => event.kind === "transactionSetEnd");
      if (end?.kind !== "transactionSetEnd") return expect.fail("no 997");
      const answer = readGroupAcknowledgement(end.root);
      expect(answer).to.deep.include({ groupControlNumber: "17", status: "R", accepted: 0 });
      expect(answer.sets).to.deep.equal([
        {
          transactionSet: "837",
          controlNumber: "11280001",
          implementation: "",
          status: "R",
          codes: ["4", "5"],
          errors: [
            {
              segment: "BHT",
              position: 1,
              loop: "",
              code: "3",
              businessUnit: undefined,
              elements: [],
            },
            {
              segment: "CLM",
              position: 22,
              loop: "2300",
              code: "8",
              businessUnit: undefined,
              elements: [
                { element: 5, component: 3, repetition: 0, code: "7" },
                { element: 2, component: 0, repetition: 0, code: "6" },
              ],
            },
          ],
        },
      ]);
    }
  });

  it("is not acknowledged", () => {
    const text = interchangeOf(groupOf("FA", "004010", setOf("997", "0001", BODY)));
    expect(writeAcknowledgement(verdictOf(text), STAMP)).to.equal(undefined);
  });
});

describe("TA1", () => {
  const ta1Of = (text: string) => buildTa1(verdictOf(text))?.join("*");

  it("accepts, accepts with errors, and rejects", () => {
    expect(ta1Of(claims())).to.equal("TA1*000000001*250301*1200*A*000");
    expect(ta1Of(claims().replace("IEA*1", "IEA*2"))).to.equal("TA1*000000001*250301*1200*E*021");
    expect(ta1Of(claims().replace("*00501*", "*00200*"))).to.equal(
      "TA1*000000001*250301*1200*R*003",
    );
    expect(ta1Of(claims().replace(/IEA.*$/, ""))).to.equal("TA1*000000001*250301*1200*E*023");
  });

  it("is sent when it was asked for, or when the envelope is wrong", () => {
    const sent = (text: string) => writeAcknowledgement(verdictOf(text), STAMP)?.includes("TA1*");
    expect(sent(claims())).to.equal(false);
    expect(sent(claims().replace("*0*T*:~", "*1*T*:~"))).to.equal(true);
    expect(sent(claims().replace("IEA*1", "IEA*2"))).to.equal(true);
  });

  it("is read", () => {
    const text = "TA1*000000905*250301*1200*E*021";
    const segment = new Segment(new Passage(text, STANDARD_DELIMITERS), 2);
    expect(readTa1(segment)).to.deep.equal({
      interchangeControlNumber: "000000905",
      date: "250301",
      time: "1200",
      status: "E",
      note: "021",
    });
  });
});

describe("277CA", () => {
  const BODY =
    "BHT*0085*08*B1*20250301*1200*TH~HL*1**20*1~NM1*AY*2*HOUSE*****46*H1~TRN*1*T1~DTP*050*D8*" +
    "20250301~" +
    "DTP*009*D8*20250301~HL*2*1*21*1~NM1*41*2*CLINIC*****46*C1~TRN*2*B1~STC*A1:19:PR*" +
    "20250301*WQ*150~" +
    "HL*3*2*19*1~NM1*85*2*CLINIC*****XX*1234567893~HL*4*3*PT~NM1*QC*1*DOE*JANE****MI*W1~";
  const CLAIM_STATUS =
    "TRN*2*PCN1~STC*A7:562:85*20250301*U*150******A7:21~STC*A7:187*20250301*U*150~REF*1K*ICN9~" +
    "DTP*472*D8*20250210~SVC*HC:99213*150*****1~STC*A7:454*20250301*U~REF*FJ*LINE1~";

  function text(body: string): string {
    return interchangeOf(groupOf("HN", "005010X214", setOf("277", "0001", body, "005010X214")));
  }

  it("is read claim by claim", () => {
    const { events, findings } = read(text(BODY + CLAIM_STATUS), true);
    expect(findings).to.deep.equal([]);
    const unit = events.find((event) => event.kind === "loop");
    if (unit?.kind !== "loop") return expect.fail("no claim");
    const first = { category: "A7", status: "562", entity: "85" };
    expect(read277ca(unit.loop)).to.deep.equal({
      patientControlNumber: "PCN1",
      ...first,
      statuses: [
        first,
        { category: "A7", status: "21", entity: "" },
        { category: "A7", status: "187", entity: "" },
      ],
      date: "20250301",
      action: "U",
      amount: "150",
      payerClaimControlNumber: "ICN9",
      message: "",
      lines: [
        {
          lineControlNumber: "LINE1",
          statuses: [{ category: "A7", status: "454", entity: "" }],
          action: "U",
        },
      ],
    });
    const batch = unit.loop.within("2000B")?.loop("2200B");
    expect(batch && read277ca(batch).category).to.equal("A1");
  });

  it("keeps the rejection of a whole batch in the root", () => {
    const { events } = read(text(BODY.slice(0, BODY.indexOf("HL*3")).replace("21*1", "21*0")));
    const end = events.find((event) => event.kind === "transactionSetEnd");
    if (end?.kind !== "transactionSetEnd") return expect.fail("no 277CA");
    const batch = end.root.loop("2000A")?.loop("2000B")?.loop("2200B");
    expect(batch && read277ca(batch)).to.deep.include({ patientControlNumber: "B1", action: "WQ" });
  });
});
