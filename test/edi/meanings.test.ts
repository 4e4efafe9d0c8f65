/**
 * How many of the codes that stand in claims and remittances `explain` can put into words, and why
 * not the others.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { starterCodeSets } from "../../src/edi/codes/index.ts";
import { setOf } from "../../src/edi/guides/code-reference.ts";
import { explainElements } from "../../src/edi/guides/explain-segment.ts";
import type { GuideElement, GuideSegment } from "../../src/edi/guides/guide.ts";
import { SERVICE_CODE } from "../../src/edi/guides/meanings/claims.ts";
import { UNRELEASED } from "../../src/edi/guides/meanings/places.ts";
import { Reader } from "../../src/edi/guides/reader.ts";
import type { Segment } from "../../src/edi/x12/index.ts";

const SAMPLES = resolve(import.meta.dirname, "../../edi-samples");
const OF_OTHERS = resolve(import.meta.dirname, "../../../shared/edi");

/** Why a code of a set may have no words here. */
const NOT_HELD: Readonly<Record<string, string>> = {
  cdt: "the list is the ADA's, and not free",
  cpt: "the list is the AMA's, and not free",
  drg: "the list is an import of its year",
  hcpcs: "the starter list is short, an import has all",
  icd10cm: "the starter list is short, an import has all",
  icd10pcs: "no starter list, an import has all",
  modifier: "the starter list is short",
  ndc: "the list is a database of the FDA",
  rarc: "the starter list is short, an import has all",
  carc: "the starter list has no retired codes",
  taxonomy: "the starter list is short, an import has all",
  treatment: "the list is no longer used",
  "no list": "ICD-9 and codes whose qualifier is of no list held",
};
const NOT_IN_GUIDE = "the value is none that the guide allows there";
const NO_CODE = "the value is not in the list, which is held";

/** In files of others, by set: placeholders, values in a wrong place, codes that were never or are no longer assigned. */
const NO_CODES: Readonly<Record<string, string>> = {
  "adjustment-group": "grp_code",
  facility: "facility_type_code1 facility_type_code2",
  "nubc-condition": "12 13 14",
  "nubc-occurrence": "D1 D2",
  "nubc-occurrence-span": "A1",
  "nubc-value": "D2 E2 F2 G2 H2 I2 J2 K2 L2 M2 N2",
  pos: "11>B>1 22>B>1 23>B>1 Y",
  "provider-adjustment": "-100.00 -50.00 1 BC-CLM-002 UHC-P001 resnCode",
  revenue: "187.50 21",
  state: "11 ST",
  "type-of-bill": "13>A>1 14:A:1",
};

/** What stands unresolved: a reason, and the set and value. */
interface Unresolved {
  readonly why: string;
  readonly code: string;
}

interface Tally {
  coded: number;
  readonly unresolved: Unresolved[];
}

function tally(files: readonly string[]): Tally {
  const total: Tally = { coded: 0, unresolved: [] };
  for (const file of files) {
    const reader = new Reader(
      { check: false },
      {
        told: () => undefined,
        segment: (segment, place) => {
          if (place?.guide !== undefined) count(segment, place.guide, total);
        },
      },
    );
    reader.take(readFileSync(file));
    reader.end();
  }
  return total;
}

function count(segment: Segment, guide: GuideSegment, total: Tally): void {
  const lookups = { codeSets: starterCodeSets, day: undefined };
  for (const { place, value, meaning } of explainElements(segment, guide, lookups)) {
    const [element = 0, component = 0] = place.slice(segment.id.length).split("-").map(Number);
    const whole = guide.elements[element - 1];
    const own = component === 0 ? whole : whole?.components?.[component - 1];
    const isProcedure = component === 2 && whole?.components?.[0]?.meanings === SERVICE_CODE;
    const set = isProcedure ? "procedure" : own?.codeSet;
    if (own === undefined || (set === undefined && !isListed(own))) continue;
    total.coded += 1;
    if (meaning !== undefined) continue;
    const name =
      set && setOf(segment, { element, component, name: "", set }, value.replace(".", ""));
    total.unresolved.push({ why: reasonOf(set, name), code: `${name ?? place} ${value}` });
  }
}

function isListed({ codes, meanings }: GuideElement): boolean {
  return codes !== undefined || meanings !== undefined;
}

function reasonOf(set: string | undefined, name: string | undefined): string {
  if (set === undefined) return NOT_IN_GUIDE;
  return NOT_HELD[name ?? "no list"] ?? NO_CODE;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !/\.(md|tsv)$|-deposits\./.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

/** One line of figures for who runs the tests. */
function print(title: string, { coded, unresolved }: Tally): void {
  const reasons = new Map<string, number>();
  for (const { why } of unresolved) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const parts = [...reasons].toSorted(([, one], [, other]) => other - one);
  const words = parts.map(([why, times]) => `\n        ${times} ${why}`).join("");
  process.stdout.write(
    `      ${title}: ${coded} codes, ${coded - unresolved.length} told${words}\n`,
  );
}

describe("codes in plain words", () => {
  it("of our samples are all told, but for those of lists that are not ours to hold", () => {
    const total = tally(filesIn(SAMPLES));
    print("our samples", total);
    const rest = total.unresolved.filter(({ why }) => why === NO_CODE || why === NOT_IN_GUIDE);
    expect(rest.map(({ code }) => code)).to.deep.equal([]);
  });

  const present = existsSync(join(OF_OTHERS, "MANIFEST.tsv"));
  (present ? it : it.skip)(
    "of files of others are told, but for what is no code of the list",
    () => {
      const kinds = ["837i", "837d", "835", "837p"];
      const total = tally(kinds.flatMap((kind) => filesIn(join(OF_OTHERS, kind))));
      print("files of others", total);
      const rest = total.unresolved.filter(({ why }) => why === NO_CODE);
      expect([...new Set(rest.map(({ code }) => code))].toSorted()).to.deep.equal(
        Object.entries(NO_CODES).flatMap(([set, codes]) =>
          codes.split(" ").map((code) => `${set} ${code}`),
        ),
      );
    },
  );

  it("of revenue are told by category, and of bills by what they are", () => {
    expect(UNRELEASED.revenue?.["030"]).to.equal("Laboratory");
    expect(UNRELEASED.tooth?.["32"]).to.equal("Lower right third molar");
    expect(UNRELEASED.tooth?.J).to.equal("Upper left primary second molar");
    expect(UNRELEASED["nubc-occurrence"]?.["11"]).to.equal("Illness began");
  });

  it("are each told once, in words that begin with a capital", () => {
    for (const [set, words] of Object.entries(UNRELEASED)) {
      for (const [code, text] of Object.entries(words)) {
        expect(`${code} ${text}`, set).to.match(/^[0-9A-Z]{1,4} [A-Z][^.]*$/);
      }
    }
  });
});
