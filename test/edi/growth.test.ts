import { expect } from "chai";
import { starterCodeSets } from "../../src/edi/codes/index.ts";
import { explainEdi, Loop, readEdiSync } from "../../src/edi/guides/index.ts";
import { Segment } from "../../src/edi/x12/index.ts";
import {
  CLAIM,
  CLAIM_HEADER,
  CLAIM_PAYMENT,
  claims,
  groupOf,
  ISA,
  interchangeOf,
  REMITTANCE_HEADER,
  remittance,
  SUBSCRIBER,
  setOf,
} from "./small-files.ts";

const OTHER_PAYER =
  "SBR*S*18~CAS*CO*45*1~AMT*D*1~OI***Y***Y~NM1*IL*1*A~NM1*PR*2*B*****PI*1~DTP*573*D8*20250101~";
const claim = (more: string) => claims(CLAIM_HEADER + SUBSCRIBER + CLAIM + more);
const payment = (more: string) => remittance(REMITTANCE_HEADER + CLAIM_PAYMENT + more);

/** Files in which one thing stands over and over, mostly where it has no place so often. */
const FILES: Readonly<Record<string, (many: number) => string>> = {
  "terminators alone": (many) => claim("~".repeat(many)),
  "claims without lines": (many) => claim("CLM*PCN1*150***11:B:1*Y*A*Y*Y~".repeat(many)),
  "lines of a claim without dates": (many) => claim("LX*1~SV1*HC:99213*150*UN*1***1~".repeat(many)),
  "lines of a claim": (many) =>
    claim("LX*1~SV1*HC:99213*150*UN*1***1~DTP*472*D8*20250210~".repeat(many)),
  "names nobody expects": (many) => claim("NM1*ZZ*1~".repeat(many)),
  "diagnoses of a claim": (many) => claim("HI*BF:J069~".repeat(many)),
  "other payers of a claim": (many) => claim(OTHER_PAYER.repeat(many)),
  "other payers and their decisions on lines": (many) =>
    claim(
      OTHER_PAYER.repeat(many) +
        "LX*1~SV1*HC:99213*150*UN*1***1~SVD*P1*1*HC:99213**1~".repeat(many),
    ),
  "decisions on a line": (many) =>
    claim("SVD*P1*1*HC:99213**1~CAS*CO*45*1~DTP*573*D8*20250101~".repeat(many)),
  "levels without claims": (many) =>
    claims(CLAIM_HEADER + "HL*2*1*22*0~SBR*P*18*******CI~".repeat(many)),
  "lines of a claim payment": (many) => payment("SVC*HC:99213*1*1~CAS*CO*45*1~".repeat(many)),
  "adjustments of a claim payment": (many) =>
    remittance(`${REMITTANCE_HEADER}CLP*1*1*1*1~${"CAS*CO*45*1~".repeat(many)}`),
  "provider adjustments": (many) => payment("PLB*1*20251231*WO:1*1~".repeat(many)),
  "headers of claim payments": (many) => payment("LX*1~".repeat(many)),
  "elements of a segment": (many) => payment(`CLP${"*1".repeat(many)}~`),
  "repetitions of an element": (many) => claim(`HI*${"A^".repeat(many)}~`),
  "components of an element": (many) => claim(`SV1*${"A:".repeat(many)}~`),
  "sets without trailers": (many) =>
    interchangeOf(groupOf("HP", "005010X221A1", "ST*835*0001~".repeat(many))),
  "segments of a set without a guide": (many) =>
    interchangeOf(groupOf("PO", "005010", setOf("850", "0001", "BEG*1~".repeat(many)))),
  "interchanges without trailers": (many) => ISA.repeat(many),
};

/**
 * How often reading and explaining a text looked at a segment, at its id or at an element, and how many loops were
 * looked through for those of one kind.
 */
async function looks(text: string): Promise<number> {
  const { prototype } = Segment;
  const id = Object.getOwnPropertyDescriptor(prototype, "id");
  const { element } = prototype;
  if (id?.get === undefined) throw new Error("a segment has no id");
  let count = 0;
  Object.defineProperty(prototype, "id", {
    ...id,
    get(this: Segment) {
      count += 1;
      return id.get?.call(this);
    },
  });
  prototype.element = function counted(number) {
    count += 1;
    return element.call(this, number);
  };
  const { loopsOf } = Loop.prototype;
  Loop.prototype.loopsOf = function counted(of) {
    count += this.loops.length;
    return loopsOf.call(this, of);
  };
  try {
    const bytes = Buffer.from(text);
    const codeSets = starterCodeSets;
    let told = 0;
    for (const event of readEdiSync(bytes, { check: true, codeSets })) {
      told += "findings" in event ? event.findings.length : 1;
    }
    for await (const line of explainEdi([bytes], { codeSets })) told += line.depth < 0 ? 0 : 1;
    return count + told;
  } finally {
    Object.defineProperty(prototype, "id", id);
    prototype.element = element;
    Loop.prototype.loopsOf = loopsOf;
  }
}

describe("a file of eight times the size", () => {
  for (const [what, file] of Object.entries(FILES)) {
    it(`takes no more than eight times the looks at its segments: ${what}`, async () => {
      const [few, many] = [await looks(file(150)), await looks(file(1200))];
      expect(few).to.be.above(100);
      expect(many / few).to.be.below(8.5);
    });
  }
});
