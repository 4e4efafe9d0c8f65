import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { GUIDES, readEdiSync, writeTransactionSet } from "../../src/edi/guides/index.ts";
import { type Delimiters, STANDARD_DELIMITERS, writeInterchange } from "../../src/edi/x12/index.ts";
import { diceOf, freshSeed } from "../platform/store/embedded/dice.ts";
import { generatedSet } from "./generated-set.ts";
import { segmentsWrittenAgain, setsOf, writtenAgain } from "./round-trip.ts";

const FOLDER = resolve(import.meta.dirname, "../../../shared/edi");
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 60);
/** Rules between segments and sums, which made-up values do not keep. */
const BETWEEN_SEGMENTS: readonly (number | undefined)[] = [3, 4];

const OTHER_DELIMITERS: Delimiters = {
  element: "|",
  component: ">",
  repetition: "!",
  segment: "'",
  lineBreak: "",
};

describe("every guide, written and read", () => {
  for (const guide of GUIDES) {
    const seed = freshSeed();

    it(`${guide.name}: whatever it allows comes back the same, without a finding (seed ${seed})`, () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const dice = diceOf(seed + round);
        const root = generatedSet(guide, dice);
        const delimiters = dice.chance(0.5) ? STANDARD_DELIMITERS : OTHER_DELIMITERS;
        const written = writeTransactionSet(guide, root, { controlNumber: "0001", delimiters });
        expect(written.findings, `seed ${seed + round}`).to.deep.equal([]);
        const text = writeInterchange({
          senderQualifier: "ZZ",
          senderId: "SENDER",
          receiverQualifier: "ZZ",
          receiverId: "RECEIVER",
          date: "250301",
          time: "1200",
          controlNumber: "1",
          usage: "T",
          delimiters,
          groups: [
            {
              functionalIdentifier: guide.functionalIdentifier,
              senderCode: "S",
              receiverCode: "R",
              date: "20250301",
              time: "1200",
              controlNumber: "1",
              version: guide.versions[0] ?? "",
              transactionSets: [written.text],
            },
          ],
        });
        const events = [...readEdiSync(Buffer.from(text), { check: true })];
        const [read] = setsOf(events);
        expect(read?.guide.name, `seed ${seed + round}`).to.equal(guide.name);
        expect(read?.root, `seed ${seed + round}`).to.deep.equal(root);
        const found = events
          .flatMap((event) => ("findings" in event ? event.findings : []))
          .filter(({ severity, snip }) => severity === "error" && !BETWEEN_SEGMENTS.includes(snip));
        expect(found, `seed ${seed + round}`).to.deep.equal([]);
      }
    });
  }
});

const present = existsSync(join(FOLDER, "MANIFEST.tsv"));

(present ? describe : describe.skip)(
  `samples of others, read and written${present ? "" : " (skipped: ../shared/edi is not there)"}`,
  () => {
    const paths = present ? pathsOfManifest() : [];

    it("come back byte for byte through the guides, where they are clean", () => {
      const compared = new Map<string, number>();
      for (const path of paths) {
        const bytes = readFileSync(join(FOLDER, path));
        if (!isClean(bytes) || isLaidOutByHand(bytes)) continue;
        expect(withoutEnds(writtenAgain(bytes)), path).to.equal(withoutEnds(bytes.toString()));
        const kind = path.split("/")[0] ?? "";
        compared.set(kind, (compared.get(kind) ?? 0) + 1);
      }
      const total = [...compared.values()].reduce((sum, count) => sum + count, 0);
      expect(total, JSON.stringify([...compared])).to.be.above(80);
    });

    it("come back byte for byte through tokenizer and writer, all that nothing spoils", () => {
      let compared = 0;
      for (const path of paths) {
        const bytes = readFileSync(join(FOLDER, path));
        const original = bytesOf(bytes.toString("latin1"), "latin1");
        const same = bytesOf(segmentsWrittenAgain(bytes), "utf8").equals(original);
        const spoilt = spoiltBy(original.toString("latin1"));
        expect(same, `${path} ${spoilt ?? ""}`).to.equal(spoilt === undefined);
        if (same) compared += 1;
      }
      expect(compared).to.be.above(200);
    });
  },
);

function pathsOfManifest(): string[] {
  const lines = readFileSync(join(FOLDER, "MANIFEST.tsv"), "utf8").trimEnd().split("\n");
  return lines.slice(1).map((line) => line.split("\t")[0] ?? "");
}

/** The bytes without a mark before them and without the line breaks behind the last segment. */
function bytesOf(text: string, encoding: "latin1" | "utf8"): Buffer {
  return Buffer.from(text.replace(/^\u00EF\u00BB\u00BF/, "").trimEnd(), encoding);
}

/**
 * Why a file cannot come back as it was, told from its text alone; undefined when it must. Blanks
 * and line breaks between segments are no data; empty elements at the end of a segment, and empty
 * components at the end of an element, are to be left out (X12.6); an interchange begins with ISA.
 */
function spoiltBy(text: string): string | undefined {
  if (!text.startsWith("ISA")) return "what stands before the first ISA";
  const element = text.charAt(3);
  const header = text.split(element, 17);
  const component = header[16]?.charAt(0) ?? "";
  const terminator = header[16]?.charAt(1) ?? "";
  const pieces = text.split(terminator);
  const gaps = pieces.slice(1).map((piece) => /^\s*/.exec(piece)?.[0] ?? "");
  if (pieces.at(-1) === "") gaps.pop();
  const [gap = ""] = gaps;
  if (/[^\r\n]/.test(gap) || gaps.some((other) => other !== gap)) return "how it is laid out";
  const ends = new RegExp(`[${escaped(element + component)}]$`);
  const parts = new RegExp(`[${escaped(component)}][${escaped(element)}]`);
  const idle = pieces.filter((piece) => !/^\s*ISA/.test(piece));
  const trails = idle.some((piece) => ends.test(piece) || parts.test(piece));
  return trails ? "empty elements or components at an end" : undefined;
}

function escaped(characters: string): string {
  return characters.replace(/[\]\\^-]/g, "\\$&");
}

/**
 * Whether a guide is held for all that the file brings, and everything in it has its place; what is
 * missing or wrong within a segment is written as it was read.
 */
function isClean(bytes: Uint8Array): boolean {
  const events = [...readEdiSync(bytes)];
  const sets = events.filter((event) => event.kind === "transactionSetEnd");
  if (sets.some(({ set }) => set.guide === undefined)) return false;
  if (!events.some((event) => event.kind === "interchangeEnd")) return false;
  return events.every(
    (event) =>
      event.kind !== "finding" &&
      (!("findings" in event) || event.findings.every(({ code }) => code.includes("-missing"))),
  );
}

/** Whether blanks stand between segments, or only some have a line of their own: for people. */
function isLaidOutByHand(bytes: Buffer): boolean {
  const text = withoutEnds(bytes.toString("latin1"));
  const breaks = text
    .split("~")
    .slice(0, -1)
    .map((segment) => segment.startsWith("\n"));
  return /\n +[A-Z]/.test(text) || (breaks[1] === true && breaks.slice(1).includes(false));
}

/** Without a byte order mark and the blank lines at the end, which are no part of an interchange. */
function withoutEnds(text: string): string {
  return text.replace(/^\uFEFF/, "").trimEnd();
}
