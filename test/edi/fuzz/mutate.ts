/**
 * Mutators: each takes a text, spoils it somewhere, and answers what became of it. They work on bytes, on segments
 * and elements, and on the structure of envelopes and loops.
 */
import type { Dice } from "../../platform/store/embedded/dice.ts";

type Mutator = (text: string, dice: Dice, other: string) => string;

const DELIMITERS = ["~", "*", ":", "^", "\n", "\r\n", "|", ">"];
const BYTES = [
  ...DELIMITERS,
  "\0",
  "\x01",
  "\x1a",
  "\x7f",
  "\xa0",
  "\xc3\xa9",
  "\xff",
  " ",
  "A",
  "9",
];
const VALUES = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  ".",
  "-",
  "99999999999999999999",
  "0.001",
  "20250230",
  "20250101-20241231",
  "D8",
  "RD8",
  "ZZ",
  "XX",
  "A:B:C:D:E:F:G:H",
  "::::",
  "^^^",
  "X".repeat(300),
];
const SEGMENTS = [
  "ST*837*0001*005010X222A1",
  "ST*835*0001",
  "ST*999*0001*005010X231A1",
  "SE*1*0001",
  "GS*HC*S*R*20250301*1200*1*X*005010X222A1",
  "GS*HP*S*R*20250301*1200*1*X*005010X221A1",
  "GE*1*1",
  "IEA*1*000000001",
  "ISA*",
  "TA1*000000001*250301*1200*A*000",
  "HL*9*1*22*0",
  "HL*1**20*1",
  "LX*1",
  "CLM*EXTRA*1***11:B:1*Y*A*Y*Y",
  "CLP*EXTRA*1*1*1**12*X",
  "SVC*HC:99213*1*1",
  "PLB*1*20251231*WO:1*1",
  "NM1*IL*1*DOE",
  "CAS*CO*45*1",
  "BIN*4*A~B*",
  "S1S*1",
  "ISB*1",
  "",
];

/** Behind the ISA: what stands in it is left alone, so that most mutants are read. */
const BODY = 106;

function somewhere(text: string, dice: Dice): number {
  const from = dice.chance(0.05) ? 0 : Math.min(BODY, text.length);
  return from + dice.below(Math.max(1, text.length - from));
}

function spliced(text: string, at: number, cut: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + cut);
}

const ofBytes: readonly Mutator[] = [
  (text, dice) => spliced(text, somewhere(text, dice), 1, dice.pick(BYTES)),
  (text, dice) => spliced(text, somewhere(text, dice), 0, dice.pick(BYTES)),
  (text, dice) => spliced(text, somewhere(text, dice), 1 + dice.below(12), ""),
  (text, dice) => {
    const at = somewhere(text, dice);
    const code = text.charCodeAt(at) ^ (1 << dice.below(8));
    return Number.isNaN(code) ? text : spliced(text, at, 1, String.fromCharCode(code & 0xff));
  },
  (text, dice) => {
    const at = somewhere(text, dice);
    return spliced(text, at, 0, text.slice(at, at + dice.below(200)));
  },
  (text, dice) => text.slice(0, somewhere(text, dice)),
];

/** A change of the list of segments; the text is cut at the terminator that its ISA names. */
function bySegments(change: (segments: string[], dice: Dice, other: string) => void): Mutator {
  return (text, dice, other) => {
    const terminator = text[BODY - 1] ?? "~";
    const segments = text.split(terminator);
    change(segments, dice, other);
    return segments.join(terminator);
  };
}

/** Any but the ISA. */
function one(segments: readonly unknown[], dice: Dice): number {
  return segments.length < 2 ? 0 : 1 + dice.below(segments.length - 1);
}

function byElements(change: (elements: string[], dice: Dice) => void): Mutator {
  return bySegments((segments, dice) => {
    const at = one(segments, dice);
    const elements = (segments[at] ?? "").split("*");
    change(elements, dice);
    segments[at] = elements.join("*");
  });
}

const ofSegments: readonly Mutator[] = [
  bySegments((segments, dice) => segments.splice(one(segments, dice), 1)),
  bySegments((segments, dice) => segments.splice(one(segments, dice), 1 + dice.below(6))),
  bySegments((segments, dice) => {
    const at = one(segments, dice);
    segments.splice(at, 0, ...new Array<string>(1 + dice.below(12)).fill(segments[at] ?? ""));
  }),
  bySegments((segments, dice) => {
    const [from, to] = [one(segments, dice), one(segments, dice)];
    segments.splice(to, 0, ...segments.splice(from, 1 + dice.below(4)));
  }),
  bySegments((segments, dice) => segments.splice(one(segments, dice), 0, dice.pick(SEGMENTS))),
  bySegments((segments, dice, other) => {
    const theirs = other.split(other[BODY - 1] ?? "~");
    const from = one(theirs, dice);
    segments.splice(one(segments, dice), 0, ...theirs.slice(from, from + 1 + dice.below(5)));
  }),
  byElements((elements, dice) => {
    elements[1 + dice.below(elements.length)] = dice.pick(VALUES);
  }),
  byElements((elements, dice) => elements.splice(dice.below(elements.length), 1)),
  byElements((elements, dice) =>
    elements.splice(dice.below(elements.length), 0, dice.pick(VALUES)),
  ),
  byElements((elements, dice) => {
    const at = dice.below(elements.length);
    [elements[at], elements[0]] = [elements[0] ?? "", elements[at] ?? ""];
  }),
  byElements((elements, dice) => elements.push(...new Array<string>(dice.below(40)).fill("X"))),
];

/** From the first segment `id` on to the first of `ends` behind it. */
function block(text: string, ids: string, dice: Dice): [number, number] {
  const starts = [...text.matchAll(new RegExp(`~\\s*(?=(?:${ids})\\*)`, "g"))];
  if (starts.length === 0) return [0, 0];
  const index = dice.below(starts.length);
  const from = (starts[index]?.index ?? 0) + 1;
  const to = (starts[index + 1 + dice.below(2)]?.index ?? text.length - 1) + 1;
  return [from, to];
}

const UNITS = ["ISA|IEA", "GS|GE", "ST|SE", "HL", "CLM|SE", "CLP|SE", "LX", "SVC|SE", "NM1"];

const ofStructure: readonly Mutator[] = [
  (text, dice) => {
    const [from, to] = block(text, dice.pick(UNITS), dice);
    return spliced(text, from, to - from, "");
  },
  (text, dice) => {
    const [from, to] = block(text, dice.pick(UNITS), dice);
    return spliced(text, from, 0, text.slice(from, to));
  },
  (text, dice) => {
    const [from, to] = block(text, dice.pick(UNITS), dice);
    const [at] = block(text, dice.pick(UNITS), dice);
    return spliced(text, at, 0, text.slice(from, to));
  },
  (text, dice, other) => text + dice.pick(["", "\n", "junk", "\0"]) + other,
  (text, dice, other) => spliced(text, somewhere(text, dice), 0, other),
  (text, dice) => dice.pick(["\ufeff", "\n\n", "junk", "PK\x03\x04", "ISA"]) + text,
  (text, dice) => text.replaceAll(dice.pick(["*", ":", "~", "^"]), dice.pick(DELIMITERS)),
  (text, dice) =>
    text.replaceAll(
      /00[45]010X\d{3}(?:A\d)?/g,
      dice.pick(["005010X222A1", "005010X221A1", "005010X223A2", "005010X999", "004010X098A1"]),
    ),
  (text, dice) => {
    const gap = dice.pick(["\n", "\r\n", "\n\n", " "]);
    return text.replaceAll("~", `~${gap}`);
  },
];

const KINDS = [ofBytes, ofSegments, ofSegments, ofStructure];

/** Spoils a text in one to four ways, now and then by a piece of another. */
export function mutated(text: string, other: string, dice: Dice): string {
  let result = text;
  for (let left = 1 + dice.below(4); left > 0; left -= 1) {
    result = dice.pick(dice.pick(KINDS))(result, dice, other);
  }
  return result;
}
