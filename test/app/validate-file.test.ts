import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { heldCodeSets } from "../../src/app/claims/held-code-sets.ts";
import type { Happening } from "../../src/app/events.ts";
import { validateFile } from "../../src/app/exchange/validate-file.ts";

const SAMPLES = resolve(import.meta.dirname, "../../edi-samples");
const STAMP = { now: new Date("2026-03-01T12:00:00Z"), firstControlNumber: 1 };

/** The envelopes as a whole: there is no segment, or none of a set, to name. */
const OF_THE_FILE = /^(interchange-(header-)?missing|text-|file-is-)/;
const MISSING_TRAILER = /^(functional-group-trailer-missing|interchange-trailer|file-ends-early)/;

async function findingsIn(text: string): Promise<Happening[]> {
  const told: Happening[] = [];
  const open = async function* () {
    yield Buffer.from(text);
  };
  const codeSets = await heldCodeSets(undefined);
  await validateFile({ name: "x.edi", open }, STAMP, codeSets, (happening) => {
    if (happening.kind === "finding") told.push(happening);
  });
  return told;
}

/** The file with each of its segments left out, spoilt or doubled in turn, and cut behind it. */
function* spoilt(text: string): Generator<string> {
  const segments = text.split("~");
  for (let at = 0; at < segments.length - 1; at += 1) {
    const [before, segment, after] = [
      segments.slice(0, at),
      segments[at] ?? "",
      segments.slice(at + 1),
    ];
    yield [...before, ...after].join("~");
    yield [...before, segment, segment, ...after].join("~");
    yield [...before, segment.replace(/\*([^*]*)$/, "*\x01$1$1$1$1$1$1"), ...after].join("~");
    yield [...before, segment.replace(/\*[^*]*/, "*"), ...after].join("~");
    yield [...before, segment.slice(0, 5)].join("~");
  }
}

describe("validate", () => {
  it("says of every finding how bad it is, its SNIP type, rule and place, and what to do", async () => {
    const codes = new Set<unknown>();
    for (const name of readdirSync(SAMPLES).filter((each) => !/\.md$|-deposits\./.test(each))) {
      for (const text of spoilt(readFileSync(join(SAMPLES, name), "latin1"))) {
        for (const finding of await findingsIn(text)) {
          const { code } = finding;
          const what = `${name} ${JSON.stringify(finding)}`;
          codes.add(code);
          expect(finding, what).to.include.keys("severity", "snip", "message", "fix");
          expect(finding.message, what).to.match(/^[A-Z].*\.$/);
          expect(finding.fix, what).to.match(/^[A-Z].*\.$/);
          if (OF_THE_FILE.test(String(code))) continue;
          expect("set" in finding || "interchange" in finding, what).to.equal(true);
          if (!MISSING_TRAILER.test(String(code)))
            expect(finding, what).to.have.property("position");
        }
      }
    }
    expect(codes.size).to.be.above(60);
  });

  it("tells malformed codes of external sets (SNIP 5)", async () => {
    const claim = readFileSync(join(SAMPLES, "01-claim.837"), "latin1");
    const found = await findingsIn(claim.replaceAll("HC:99213", "HC:9921"));
    expect(found.map(({ snip }) => snip)).to.include(5);
  });
});
