/**
 * Every code of a TA1 and 999 that says what is wrong: the smallest change to a file in order after
 * which our answer holds it.
 */
import { expect } from "chai";
import { guide999 } from "../../src/edi/guides/999.ts";
import {
  type GuideElement,
  type GuideLoop,
  readEdiSync,
  verdictsOf,
  writeAcknowledgement,
} from "../../src/edi/guides/index.ts";
import { guideTa1 } from "../../src/edi/guides/ta1.ts";
import { claims, read, setOf } from "./small-files.ts";

const STAMP = {
  interchangeControlNumber: "9",
  groupControlNumber: "8",
  date: "20250302",
  time: "0600",
};
const OURS = ["RECEIVER"];
const ORDER = claims();
/** A row: the code, what is changed into what, and the segment of the answer that must be there. */
type Row = readonly [code: string, before: string | RegExp, after: string, answer: string];

/** All the segments of our answers to a text. */
function answersTo(text: string): string[] {
  const events = readEdiSync(Buffer.from(text), { check: true, receivers: OURS });
  return verdictsOf(events).flatMap((verdict) => {
    const answer = writeAcknowledgement(verdict, STAMP) ?? "";
    const wrong = read(answer, true).findings;
    expect(wrong, answer).to.deep.equal([]);
    return answer.split(/[~\n]/).filter((segment) => segment !== "");
  });
}

function changed(text: string, before: string | RegExp, after: string): string {
  const result = text.replace(before, after);
  expect(result, String(before)).not.to.equal(text);
  return result;
}

const TA1: readonly Row[] = [
  ["000", "*0*T*:~", "*1*T*:~", "TA1*000000001*250301*1200*A*000"],
  ["001", "IEA*1*000000001", "IEA*1*000000002", "TA1*000000001*250301*1200*E*001"],
  ["002", "*^*00501*", "*T*00401*", "TA1*000000001*250301*1200*E*002"],
  ["003", "*00501*", "*00306*", "TA1*000000001*250301*1200*R*003"],
  ["004", "*T*:~", "*T*:*", "TA1*000000001*250301*1200*R*004"],
  ["005", "*ZZ*SENDER", "*??*SENDER", "TA1*000000001*250301*1200*E*005"],
  ["006", "SENDER ", "       ", "TA1*000000001*250301*1200*E*006"],
  ["007", "*ZZ*RECEIVER", "*??*RECEIVER", "TA1*000000001*250301*1200*E*007"],
  ["008", "RECEIVER ", "         ", "TA1*000000001*250301*1200*E*008"],
  ["009", "RECEIVER", "SOMEBODY", "TA1*000000001*250301*1200*E*009"],
  ["010", "ISA*00*", "ISA*99*", "TA1*000000001*250301*1200*E*010"],
  ["011", "ISA*00*", "ISA*03*", "TA1*000000001*250301*1200*E*011"],
  ["012", "*          *00*", "*          *77*", "TA1*000000001*250301*1200*E*012"],
  ["013", "*          *00*", "*          *01*", "TA1*000000001*250301*1200*E*013"],
  ["014", "*250301*", "*251301*", "TA1*000000001*000101*1200*E*014"],
  ["015", "*1200*^", "*2500*^", "TA1*000000001*250301*0000*E*015"],
  ["016", "*^*00501*", "*U*00501*", "TA1*000000001*250301*1200*E*016"],
  ["017", "*00501*", "*5010 *", "TA1*000000001*250301*1200*R*017"],
  ["018", /\*000000001(?=[*~])/g, "*00000000X", "TA1*000000000*250301*1200*E*018"],
  ["019", "*0*T*:~", "*Y*T*:~", "TA1*000000001*250301*1200*E*019"],
  ["020", "*0*T*:~", "*0*X*:~", "TA1*000000001*250301*1200*E*020"],
  ["021", "IEA*1*", "IEA*2*", "TA1*000000001*250301*1200*E*021"],
  ["022", "*ZZ*SENDER         *", "*ZZ*", "TA1*000000000*000101*0000*R*022"],
  ["023", /IEA.*$/, "", "TA1*000000001*250301*1200*E*023"],
  ["024", "*20250301*1200*1*X*", "*20251301*1200*1*X*", "TA1*000000001*250301*1200*E*024"],
  ["025", /^(.*)$/, "$1$1", "TA1*000000001*250301*1200*E*025"],
  ["026", "*^*00501*", "*:*00501*", "TA1*000000001*250301*1200*E*026"],
  ["027", "*T*:~", "*T**~", "TA1*000000001*250301*1200*R*027"],
  ["028", "GS*", "ISE*201301*0515*04~GS*", "TA1*000000001*250301*1200*E*028"],
  ["029", "GS*", "ISE*201201*2515*04~GS*", "TA1*000000001*250301*1200*E*029"],
  ["030", "GS*", "ISE*201201*0515*4~GS*", "TA1*000000001*250301*1200*E*030"],
  ["031", "GS*", "ISB*99~GS*", "TA1*000000001*250301*1200*E*031"],
];

const AK9: readonly Row[] = [
  ["1", "GS*HC*", "GS*PO*", "AK9*R*1*1*0*1"],
  ["2", /005010X222A1/g, "006020X323", "AK9*R*1*1*0*2"],
  ["3", /GE[^~]*~/, "", "AK9*E*1*1*1*3"],
  ["4", "GE*1*1~", "GE*1*2~", "AK9*E*1*1*1*4"],
  ["5", "GE*1*1~", "GE*2*1~", "AK9*E*2*1*1*5"],
  ["6", /(?<=\*1200\*|GE\*1\*)1(?=[*~])/g, "A1", "AK9*E*1*1*1*6"],
  ["16", "ST*", "S1S*X~ST*", "AK9*E*1*1*1*16"],
  ["19", /(GS.*GE[^~]*~)IEA\*1/, "$1$1IEA*2", "AK9*E*1*1*1*19"],
  ["23", "ST*", "S3S*X~ST*", "AK9*E*1*1*1*16*23"],
  ["24", "GE*", "S3E*X~GE*", "AK9*E*1*1*1*16*24"],
  ["25", "ST*", "S4S*X~ST*", "AK9*E*1*1*1*16*25"],
  ["26", "GE*", "S4E*X~GE*", "AK9*E*1*1*1*16*26"],
];

const IK5: readonly Row[] = [
  ["1", "ST*837*", "ST*850*", "IK5*R*1"],
  ["2", /(?<=~)SE\*[^~]*~/, "", "IK5*R*2"],
  ["3", /(SE\*[0-9]*\*)0001/, "$10002", "IK5*R*3"],
  ["4", /SE\*[0-9]*/, "SE*2", "IK5*R*4"],
  ["5", "CLM*PCN1*150*", "CLM*PCN1*15O*", "IK5*R*5"],
  ["6", "ST*837*", "ST*83P*", "IK5*R*1*6"],
  ["7", /(?<=ST\*837\*|SE\*[0-9]*\*)0001/g, "1", "IK5*R*7*5"],
  ["17", "BHT*", "S2S*X~BHT*", "IK5*R*17*4*5"],
  ["18", /ST\*837.*SE[^~]*~/, setOf("835", "0001", "BPR*I~"), "IK5*R*18*I6"],
  ["19", /(ST\*837\*0001\*)005010X222A1/, "$1005010X222A2", "IK5*R*19"],
  ["23", /(ST\*.*SE[^~]*~)GE\*1/, "$1$1GE*2", "IK5*R*23"],
  ["24", "BHT*", "S3S*X~BHT*", "IK5*R*17*4*24*5"],
  ["25", "SE*", "S3E*X~SE*", "IK5*R*17*25*4*5"],
  ["26", "BHT*", "S4S*X~BHT*", "IK5*R*17*4*26*5"],
  ["27", "SE*", "S4E*X~SE*", "IK5*R*17*27*4*5"],
  ["I5", "HI*ABK:J069~", "", "IK5*R*4*I5"],
  ["I6", /005010X222A1/g, "004010X098A1", "IK5*R*I6"],
];

const IK3: readonly Row[] = [
  ["1", "HI*", "ZZZ*1~HI*", "IK3*ZZZ*19*2300*1"],
  ["2", "HI*", "SV1*HC:1~HI*", "IK3*SV1*19*2300*2"],
  ["3", /BHT[^~]*~/, "", "IK3*BHT*22**3"],
  ["4", "CLM*", "NM1*PR*2*PAYER*****PI*P2~CLM*", "IK3*NM1*18*2010*4"],
  ["5", "N3*1 MAIN~", "N3*1 MAIN~N3*1 MAIN~", "IK3*N3*9*2010*5"],
  ["6", "HI*", "SVC*1~HI*", "IK3*SVC*19*2300*6"],
  ["7", "LX*1~", "AMT*F5*1~LX*1~", "IK3*AMT*20*2300*7"],
  ["8", "CLM*PCN1*", "CLM**", "IK3*CLM*18*2300*8"],
  ["I4", "HI*", "CL1*1~HI*", "IK3*CL1*19*2300*I4"],
  ["I7", /LX\*1~.*472\*D8\*20250210~/, "", "IK3*LX*20*2400*I7"],
  ["I8", "HI*ABK:J069~", "", "IK3*HI*22*2300*I8"],
];

const IK4: readonly Row[] = [
  ["1", "CLM*PCN1*", "CLM**", "IK4*1**1"],
  ["2", "TE*3025550100~", "TE*3025550100*EM~", "IK4*6**2"],
  ["3", "LX*1~", "LX*1*2~", "IK4*2**3"],
  ["4", "*46*SUB1", "*46*S", "IK4*9**4"],
  ["5", "CLM*PCN1*", `CLM*${"P".repeat(39)}*`, "IK4*1**5"],
  ["6", "CLM*PCN1*150", "CLM*PCN1*15O", "IK4*2**6"],
  ["7", "11:B:1*Y", "11:B:1*X", "IK4*6**7"],
  ["8", "D8*20250210", "D8*20250230", "IK4*3**8"],
  ["9", "20250301*1200*CH", "20250301*2460*CH", "IK4*5**9"],
  ["10", "N4*DOVER*DE*19901~", "N4*DOVER*DE*19901*US***NY~", "IK4*7**10"],
  ["12", "DMG*D8*19800101*F", "DMG*D8*19800101*F^M", "IK4*3**12"],
  ["13", "11:B:1", "11:B:1:9", "IK4*5**13"],
  ["I6", "HI*", "REF*0B*1~HI*", "IK4*1**I6"],
  ["I10", "CLM*PCN1*150*", "CLM*PCN1*150*X", "IK4*3**I10"],
  ["I11", "DMG*D8*19800101*F", "DMG*D8*19800101*F^", "IK4*3::2**I11"],
  ["I12", "REF*EI*510123456", "REF*EI*51-0123456", "IK4*2**I12"],
];

function elementOf(loop: GuideLoop, segment: string, element: number): GuideElement | undefined {
  for (const child of loop.children) {
    if (child.kind === "segment" && child.id === segment) return child.elements[element - 1];
    const found = child.kind === "loop" ? elementOf(child, segment, element) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const inSegment = (id: string, element: number) => elementOf(guide999.root, id, element);

const LEVELS: readonly (readonly [string, readonly Row[], GuideElement | undefined])[] = [
  ["TA105", TA1, elementOf(guideTa1.root, "TA1", 5)],
  ["AK905", AK9, inSegment("AK9", 5)],
  ["IK502", IK5, inSegment("IK5", 2)],
  ["IK304", IK3, inSegment("IK3", 4)],
  ["IK403", IK4, inSegment("IK4", 3)],
];

/**
 * Who receives files that are neither encrypted nor authenticated has no key to miss, no message
 * to decrypt and no code of authentication to compare: that security is asked for at all is
 * answered (AK905 16, IK502 17).
 */
const OF_SECURITY: Readonly<Record<string, readonly string[]>> = {
  AK905: ["10", "11", "12", "13", "14", "15", "17", "18"],
  IK502: ["8", "9", "10", "11", "12", "13", "15", "16"],
};

/** Those that only a rule about two segments can tell; the table of such rules has its own tests. */
const SITUATIONAL: Readonly<Record<string, readonly string[]>> = {
  IK304: ["I6", "I9"],
  IK403: ["I9", "I13"],
};

for (const [name, rows, element] of LEVELS) {
  describe(`${name} of our acknowledgments`, () => {
    for (const [code, before, after, answer] of rows) {
      it(`can be ${code}: ${answer}`, () => {
        expect(answersTo(changed(ORDER, before, after))).to.include(answer);
      });
    }

    it("has every code of the guide, but those of a security that nobody uses", () => {
      const shown = new Set([...rows.map(([code]) => code), ...(OF_SECURITY[name] ?? [])]);
      const missing = (element?.codes ?? []).filter((code) => !shown.has(code));
      expect(missing).to.deep.equal(SITUATIONAL[name] ?? []);
    });
  });
}
