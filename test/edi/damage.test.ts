import { expect } from "chai";
import fc from "fast-check";
import { readEdiSync, verdictsOf, writeAcknowledgement } from "../../src/edi/guides/index.ts";
import { claims, codesOf, read, remittance } from "./small-files.ts";

const STAMP = {
  interchangeControlNumber: "1",
  groupControlNumber: "1",
  date: "20250301",
  time: "1200",
};

/** Places in per mille of the file, and what to put there instead of how many bytes. */
const damage = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 999 }),
    fc.integer({ min: 0, max: 12 }),
    fc.oneof(
      fc.constantFrom(
        "~",
        "*",
        ":",
        "^",
        "\n",
        "ST*837*0001~",
        "SE*1*1~",
        "IEA*1*1~",
        "ISA*",
        "HL*",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
  ),
  { minLength: 1, maxLength: 6 },
);

function damaged(text: string, changes: readonly (readonly [number, number, string])[]): Buffer {
  let result = text;
  for (const [place, length, put] of changes) {
    const at = Math.floor((place / 1000) * result.length);
    result = result.slice(0, at) + put + result.slice(at + length);
  }
  return Buffer.from(result);
}

describe("damaged files", () => {
  for (const [name, text] of [
    ["claims", claims()],
    ["a remittance", remittance()],
  ] as const) {
    it(`never make the reader throw or lose a segment: ${name}`, () => {
      const property = fc.property(damage, (changes) => {
        const bytes = damaged(text, changes);
        const events = [...readEdiSync(bytes, { check: true })];
        const opened = events.filter(({ kind }) => kind === "transactionSet").length;
        const closed = events.filter(({ kind }) => kind === "transactionSetEnd").length;
        expect(closed).to.equal(opened);
        const same = [...readEdiSync(bytes, { check: false })];
        expect(same.map(({ kind }) => kind)).to.deep.equal(events.map(({ kind }) => kind));
      });
      fc.assert(property, { numRuns: 400, verbose: true });
    });

    it(`are answered by acknowledgments that are in order: ${name}`, () => {
      const property = fc.property(damage, (changes) => {
        for (const verdict of verdictsOf(readEdiSync(damaged(text, changes), { check: true }))) {
          const answer = writeAcknowledgement(verdict, STAMP);
          if (answer === undefined) continue;
          const { findings } = read(answer, true);
          const errors = findings.filter(({ severity }) => severity === "error");
          expect(codesOf(errors), answer).to.deep.equal([]);
        }
      });
      fc.assert(property, { numRuns: 400, verbose: true });
    });
  }
});
