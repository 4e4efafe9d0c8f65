import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { cents, formatAmount, parseAmount } from "../../../src/billing/money/index.ts";
import { proveClaim, refusalOf } from "../../../src/billing/remits/index.ts";
import type { KnownClaim } from "../../../src/billing/remits/known-claim.ts";
import { readEdiSync } from "../../../src/edi/guides/index.ts";
import { type Delimiters, STANDARD_DELIMITERS } from "../../../src/edi/x12/index.ts";
import { fileOfBlock } from "../../posting-rules/arrivals.ts";
import { readChapter } from "../../posting-rules/chapter.ts";
import {
  Books,
  claim,
  dollars,
  fate,
  file,
  PAYERS,
  type ReadBack,
  type RemittanceOptions,
  readFile,
  readFiles,
} from "./textbook.ts";

const RULES = join(import.meta.dirname, "../../posting-rules");

/** Which elements of a segment are amounts that a balance counts. */
function amountElements(id: string, elements: number): number[] {
  if (id === "BPR") return [2];
  if (id === "CLP") return [3, 4];
  if (id === "SVC") return [2, 3];
  const every = (first: number, step: number) =>
    Array.from({ length: elements }, (_, index) => first + index * step);
  if (id === "CAS") return every(3, 3).filter((element) => element <= elements);
  if (id === "PLB") return every(4, 2).filter((element) => element <= elements);
  return [];
}

/** One amount changed by one cent: where, and the file that results. */
interface Change {
  readonly place: string;
  /** Which remittance of the file, from 0. */
  readonly set: number;
  /** Which claim payment of it, from 0; −1 outside of claims. */
  readonly payment: number;
  readonly text: string;
}

/** Every file that differs from this one by one cent in one amount. */
function* oneCentOff(text: string, separator: string, terminator: string): Generator<Change> {
  const segments = text.split(terminator);
  let set = -1;
  let payment = -1;
  for (const [index, segment] of segments.entries()) {
    const elements = segment.trim().split(separator);
    const id = elements[0] ?? "";
    if (id === "ST") {
      set += 1;
      payment = -1;
    }
    if (id === "CLP") payment += 1;
    const concerned = id === "BPR" || id === "PLB" ? -1 : payment;
    for (const element of amountElements(id, elements.length - 1)) {
      const amount = parseAmount(elements[element] ?? "");
      if (amount === undefined) continue;
      for (const by of [1, -1]) {
        const changed = elements.with(element, formatAmount(cents(amount + by)));
        const others = segments.with(index, changed.join(separator));
        const place = `${id}${element} of segment ${index} by ${by}`;
        yield { place, set, payment: concerned, text: others.join(terminator) };
      }
    }
  }
}

/** Asserts of every file that is one cent off: refused, or the one claim concerned parks. */
function expectNoCentLost(
  text: string,
  books: (read: ReadBack) => Books,
  delimiters: Delimiters = STANDARD_DELIMITERS,
): number {
  const sets = readFiles(text);
  let changes = 0;
  for (const change of oneCentOff(text, delimiters.element, delimiters.segment)) {
    const original = sets[change.set];
    const changed = readFiles(change.text)[change.set];
    if (original === undefined || changed === undefined) throw new Error(change.place);
    if (!isBalanced(original, change.payment)) continue;
    changes += 1;
    const after = books(original).postRead(changed);
    if (after.refusal !== undefined) {
      expect(after.entry, change.place).to.deep.equal([]);
      continue;
    }
    expect(fate(after.decisions[change.payment]), change.place).to.equal("claim-unbalanced");
    const number = after.decisions[change.payment]?.payment.patientControlNumber;
    const others = (of: Books) =>
      of.decisions.flatMap((decision) =>
        decision.payment.patientControlNumber === number ? [] : [fate(decision)],
      );
    expect(others(after), change.place).to.deep.equal(others(books(original).postRead(original)));
  }
  counted.files += 1;
  counted.changes += changes;
  return changes;
}

/** What this file of tests has tried. */
const counted = { files: 0, changes: 0 };

const LINES = ["100.00 99213", "50.00 85025", "30.00 36415"];
const ORIGINAL = "CLP*A1*1*180*120*20*12*I1~CAS*CO*45*40~CAS*PR*2*20";

interface Case {
  readonly body: string;
  readonly options?: RemittanceOptions;
  readonly posted?: string;
}

const BALANCED: Readonly<Record<string, Case>> = {
  "two claims with lines, claim-level adjustments and interest": {
    body:
      "CLP*A1*1*180*110*30*12*I1~CAS*CO*45*5**253*2~SVC*HC:99213*100*62~CAS*CO*45*8~" +
      "CAS*PR*1*20**2*10~SVC*HC:85025*50*35~CAS*CO*45*15~SVC*HC:36415*30*20~CAS*CO*144*-5**45*15~" +
      "CLP*A2*4*180*0*0*12*I2~CAS*CO*29*180~PLB*1*20261231*L6*-1.25*WO:I9*20",
  },
  "a claim without lines": { body: "CLP*A1*1*180*120*20*12*I1~CAS*CO*45*40~CAS*PR*2*20" },
  "a denial without money": {
    body:
      "CLP*A1*1*180*0*0*12*I1~SVC*HC:99213*100*0~CAS*CO*50*100~" +
      "SVC*HC:85025*50*0~CAS*CO*97*50~SVC*HC:36415*30*0~CAS*CO*97*30",
    options: { handling: "H", method: "NON" },
  },
  bundling: {
    body:
      "CLP*A1*1*180*120*0*12*I1~SVC*HC:99213*100*120~CAS*OA*94*-80~CAS*CO*45*60~" +
      "SVC*HC:99213*50*0***HC:85025~CAS*CO*97*50~SVC*HC:99213*30*0***HC:36415~CAS*CO*97*30",
  },
  "reversal and correction": {
    posted: ORIGINAL,
    body:
      "CLP*A1*22*-180*-120**12*I1~CAS*CO*45*-40~CAS*PR*2*-20~" +
      "CLP*A1*1*180*130*10*12*I2~CAS*CO*45*40~CAS*PR*2*10",
  },
  "a take-back carried to a later payment": {
    posted: ORIGINAL,
    body:
      "CLP*A1*22*-180*-120**12*I1~CAS*CR*45*-40**2*-20~" +
      "CLP*A2*1*180*100*0*12*I3~CAS*CO*45*80~PLB*1*20261231*FB:T1*-20",
  },
  "a secondary payer": {
    posted: ORIGINAL,
    body:
      "CLP*A1*2*180*15*5*MC*I2~SVC*HC:99213*100*10~CAS*OA*23*88~CAS*PR*3*2~" +
      "SVC*HC:85025*50*5~CAS*OA*23*42~CAS*PR*3*3~SVC*HC:36415*30*0~CAS*OA*23*30",
    options: { from: "S" },
  },
  "a claim in two pieces": {
    body:
      "CLP*A1*1*100*80*0*12*I1~SVC*HC:99213*100*80~CAS*CO*45*20~" +
      "CLP*A1*1*80*60*20*12*I2~SVC*HC:85025*50*40~CAS*PR*1*10~SVC*HC:36415*30*20~CAS*PR*1*10",
  },
  "statuses that decide nothing": {
    body:
      "CLP*A1*25*180*0*0*12*I1~CAS*OA*101*180~CLP*A2*23*180*0*0*12*I2~CAS*OA*B11*180~" +
      "CLP*A3*5*180*0*0*12*I3~CAS*OA*133*180",
  },
};

/** Files of others, where they are at hand, and the samples of this project. */
const SAMPLES = ["../../../../shared/edi/835", "../../../edi-samples"]
  .map((folder) => join(import.meta.dirname, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.includes("835"));

/** Every remittance of the examples of the posting rules: chapter and rule, then its file. */
const EXAMPLES = readdirSync(RULES)
  .filter((name) => /^\d\d-.+\.md$/.test(name))
  .map((name) => {
    const { rules } = readChapter(readFileSync(join(RULES, name), "utf8"));
    const steps = rules.flatMap(({ examples }) => examples.flatMap((each) => each.steps));
    const files = steps.filter(({ edi }) => edi.startsWith("835")).map(({ edi }) => edi);
    return [name, files.map(fileOfBlock)] as const;
  });

describe("a remittance that is one cent off", () => {
  for (const [what, { body, options, posted }] of Object.entries(BALANCED)) {
    it(`B8 never posts whole: ${what}`, () => {
      const books = () => {
        const known = ["A1", "A2", "A3"].map((number) => claim(number, ...LINES));
        const fresh = new Books(...known);
        return posted === undefined ? fresh : fresh.post(posted);
      };
      const text = file(body, options);
      const balanced = books().postRead(readFile(text));
      expect(balanced.refusal).to.equal(undefined);
      expect(balanced.parked, "everything posts before the change").to.equal("");
      expect(expectNoCentLost(text, books)).to.be.greaterThan(8);
    });
  }

  const answering = ({ remittance }: ReadBack) => new Books(...claimsOf(remittance));

  for (const path of SAMPLES) {
    const text = readFileSync(path).toString("latin1");
    if (!readFiles(text).some((set) => isBalanced(set))) continue;
    it(`B8 never posts whole: ${basename(path)}`, () => {
      expect(expectNoCentLost(text, answering, delimitersOf(text))).to.be.greaterThan(0);
    });
  }

  for (const [name, files] of EXAMPLES) {
    it(`B8 never posts whole: the examples of ${name}`, () => {
      const changes = files.map((text) => expectNoCentLost(text, answering));
      expect(Math.max(...changes)).to.be.greaterThan(8);
    });
  }

  after(() => {
    const { files, changes } = counted;
    process.stdout.write(`  ${changes} changes by one cent in ${files} files: none posts\n`);
  });
});

/** The delimiters that the first interchange declares. */
function delimitersOf(text: string): Delimiters {
  for (const event of readEdiSync(Buffer.from(text, "latin1"))) {
    if (event.kind === "interchange") return event.interchange.delimiters;
  }
  return STANDARD_DELIMITERS;
}

/** Whether a set proves, and one of its claim payments; the set alone where none is named. */
function isBalanced({ remittance, intact }: ReadBack, payment = -1): boolean {
  if (refusalOf(remittance, intact) !== undefined) return false;
  const concerned = remittance.claimPayments[payment];
  return concerned === undefined || proveClaim(concerned).length === 0;
}

/** Claims that a remittance would answer: what its payments say was charged. */
function claimsOf({ claimPayments }: ReadBack["remittance"]): KnownClaim[] {
  const lines = new Map<string, string[]>();
  for (const payment of claimPayments) {
    const number = payment.patientControlNumber;
    const known = lines.get(number) ?? [];
    lines.set(number, known);
    if (payment.services.length === 0) {
      known.push(`${dollars(Math.abs(payment.chargeCents))} CLAIM`);
    }
    for (const service of payment.services) {
      const { code } = service.submittedProcedure ?? service.procedure;
      known.push(`${dollars(Math.abs(service.chargeCents))} ${code || "NONE"}`);
    }
  }
  return [...lines].map(([number, texts]) => ({
    ...claim(number, ...texts),
    payers: [PAYERS.P, PAYERS.S, PAYERS.T],
  }));
}
