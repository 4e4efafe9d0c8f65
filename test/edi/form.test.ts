import { expect } from "chai";
import { checkSegment } from "../../src/edi/guides/check.ts";
import { formOf, obeys } from "../../src/edi/guides/form.ts";
import type { GuideElement, GuideLoop, GuideSegment } from "../../src/edi/guides/guide.ts";
import { GUIDES } from "../../src/edi/guides/guides.ts";
import { Passage, Segment, STANDARD_DELIMITERS } from "../../src/edi/x12/index.ts";
import { type Dice, diceOf, freshSeed } from "../platform/store/embedded/dice.ts";

const SEED = freshSeed();
const ROUNDS = 60;

/** Values that are right for some types and wrong for others. */
const VALUES: Readonly<Record<GuideElement["type"], readonly string[]>> = {
  AN: ["A", "SMITH", "O'NEIL JR", "12-34", "X".repeat(61)],
  ID: ["A", "11", "QC", "ZZZ", "1234"],
  R: ["1", "-2.5", ".5", "7.", "1.2.3", "1-", "1234567890123456789", "12a"],
  N0: ["0", "15", "-3", "1.5", "999999999999"],
  N2: ["100", "-1"],
  DT: ["20250210", "20240229", "20230229", "20251301", "250210", "2025021"],
  TM: ["1200", "2460", "120059"],
  B: ["x"],
};
/** What may stand anywhere by mistake, and dates in the ways that qualifiers name. */
const STRAYS = [
  "",
  " ",
  " A",
  "A ",
  "A\tB",
  "A^B",
  "A:B",
  ":",
  "é",
  "\u0141",
  "\u007f",
  "20250210",
];
const SPANS = ["20250210", "20250201-20250210", "20250210-20250201", "202502101200"];

const segments = GUIDES.flatMap(({ root }) => segmentsOf(root));

function segmentsOf(loop: GuideLoop): GuideSegment[] {
  return loop.children.flatMap((child) => (child.kind === "loop" ? segmentsOf(child) : [child]));
}

function value(element: GuideElement, dice: Dice): string {
  if (element.components !== undefined) {
    const parts = element.components.map((component) => value(component, dice));
    return parts.slice(0, 1 + dice.below(parts.length + 1)).join(":");
  }
  if (dice.chance(element.usage === "R" ? 0.02 : 0.4)) return "";
  if (dice.chance(0.04)) return dice.pick(STRAYS);
  if (element.codes !== undefined && dice.chance(0.95)) return dice.pick(element.codes);
  if (element.name.toLowerCase().includes("date") && dice.chance(0.5)) return dice.pick(SPANS);
  return dice.pick(VALUES[element.type]);
}

function segmentText({ id, elements }: GuideSegment, dice: Dice): string {
  const values = elements.map((element) => value(element, dice));
  if (dice.chance(0.02)) values.push("X");
  return [id, ...values].join("*").replace(/\*+$/, dice.chance(0.1) ? "*" : "");
}

/** What the quick look leaves to the closer one, though nothing may come of it. */
function isLeft(text: string, segment: GuideSegment): boolean {
  const long = segment.elements.some(({ type }) => type === "R" || type === "N0");
  return /\^|[*:] /.test(text) || (long && /-|\./.test(text));
}

describe("form of a segment", () => {
  it("is obeyed by segments in which nothing can be found, and by no others", () => {
    const dice = diceOf(SEED, 41);
    let obeyed = 0;
    let clean = 0;
    for (const guide of segments) {
      const form = formOf(guide);
      for (let round = 0; round < ROUNDS; round += 1) {
        const text = segmentText(guide, dice);
        const segment = new Segment(new Passage(text, STANDARD_DELIMITERS), 2);
        const findings: Parameters<typeof checkSegment>[3] = [];
        checkSegment(segment, guide, "LOOP", findings);
        const obeysIt = obeys(segment, form);
        if (obeysIt) obeyed += 1;
        if (findings.length === 0) clean += 1;
        const said = `FUZZ_SEED=${SEED}: ${text}`;
        if (obeysIt || !isLeft(text, guide)) {
          expect(obeysIt, said).to.equal(findings.length === 0);
        }
      }
    }
    expect(obeyed, `FUZZ_SEED=${SEED}`).to.be.greaterThan(clean / 2);
    expect(clean, `FUZZ_SEED=${SEED}`).to.be.greaterThan(segments.length);
  });
});
