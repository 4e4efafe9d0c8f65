import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import {
  type EdiEvent,
  readEdiSync,
  verdictsOf,
  writeAcknowledgement,
} from "../../src/edi/guides/index.ts";
import { read } from "./small-files.ts";

/**
 * Real X12 files of many makers, with a manifest of what is in each; they are not part of this
 * project.
 */
const FOLDER = resolve(import.meta.dirname, "../../../shared/edi");

/** Where pyx12 finds nothing, and there is something to find. */
const MISSED_BY_PYX12: Readonly<Record<string, string>> = {
  "997/pyx12__834_lui_id_5010.expected.999": "It calls itself a 997 and has the segments of a 999.",
};

interface Sample {
  readonly path: string;
  readonly st: number;
  readonly clm: number;
  readonly clp: number;
  /** What is wrong with its structure, as checked by hand. */
  readonly structure: string;
  /** The verdict of pyx12, which is another reading of the same guides. */
  readonly pyx12: string;
}

function manifest(): Sample[] {
  const lines = readFileSync(join(FOLDER, "MANIFEST.tsv"), "utf8").trim().split("\n");
  return lines.slice(1).map((line) => {
    const cells = line.split("\t");
    return {
      path: cells[0] ?? "",
      st: Number(cells[6]),
      clm: Number(cells[7]),
      clp: Number(cells[8]),
      structure: cells[11] ?? "",
      pyx12: cells[14] ?? "",
    };
  });
}

function eventsOf({ path }: Sample, check: boolean): EdiEvent[] {
  return [...readEdiSync(readFileSync(join(FOLDER, path)), { check })];
}

const present = existsSync(join(FOLDER, "MANIFEST.tsv"));

(present ? describe : describe.skip)(
  `samples of others${present ? "" : " (skipped: ../shared/edi is not there)"}`,
  () => {
    const samples = present ? manifest() : [];

    it("are all read, with as many transaction sets as the manifest says", () => {
      expect(samples).to.have.length.above(300);
      for (const sample of samples) {
        const events = eventsOf(sample, true);
        const sets = events.filter(({ kind }) => kind === "transactionSet");
        if (sample.structure.includes("no ISA")) {
          const codes = events.map((event) => event.kind === "finding" && event.finding.code);
          expect(codes, sample.path).to.deep.equal(["interchange-header-missing"]);
        } else expect(sets, sample.path).to.have.length(sample.st);
      }
    });

    it("give as many claims and claim payments as the manifest says, where a guide is held", () => {
      let compared = 0;
      for (const sample of samples) {
        const events = eventsOf(sample, false);
        const sets = events.flatMap((event) =>
          event.kind === "transactionSet" ? [event.set] : [],
        );
        if (sets.length === 0 || sets.some(({ guide }) => guide === undefined)) continue;
        const units = events.flatMap((event) => (event.kind === "loop" ? [event.loop.id] : []));
        const counted = (id: string) => units.filter((unit) => unit === id).length;
        expect(counted("2300"), sample.path).to.equal(sample.clm);
        expect(counted("2100"), sample.path).to.equal(sample.clp);
        compared += 1;
      }
      expect(compared).to.be.above(80);
    });

    it("are intact exactly where SE agrees", () => {
      for (const sample of samples) {
        if (sample.structure.includes("no ISA")) continue;
        const intact = eventsOf(sample, false).flatMap((event) =>
          event.kind === "transactionSetEnd" ? [event.intact] : [],
        );
        const broken = /SE01|SE02|missing SE/.test(sample.structure);
        expect(intact.every(Boolean), `${sample.path} ${sample.structure}`).to.equal(!broken);
      }
    });

    it("name a finding for each control number that the manifest finds wrong", () => {
      const codes: readonly (readonly [string, string])[] = [
        ["GE02 != GS06", "group-control-number-mismatch"],
        ["IEA02 != ISA13", "interchange-control-number-mismatch"],
        ["ISA not fixed-width", "interchange-header-width"],
        ["SE02 != ST02", "transaction-set-control-number-mismatch"],
      ];
      for (const sample of samples) {
        if (sample.structure.includes("no ISA")) continue;
        const found = eventsOf(sample, false).flatMap((event) =>
          "findings" in event ? event.findings.map(({ code }) => code) : [],
        );
        for (const [words, code] of codes) {
          if (sample.structure.includes(words)) expect(found, sample.path).to.include(code);
        }
      }
    });

    it("have no error where pyx12 finds none, by the guides that are held here", () => {
      let compared = 0;
      for (const sample of samples.filter(({ pyx12 }) => pyx12.startsWith("OK"))) {
        if (sample.path in MISSED_BY_PYX12) continue;
        const events = eventsOf(sample, true);
        const sets = events.flatMap((event) =>
          event.kind === "transactionSet" ? [event.set] : [],
        );
        if (sets.some(({ guide }) => guide === undefined)) continue;
        const errors = events
          .flatMap((event) => ("findings" in event ? event.findings : []))
          .filter(({ severity }) => severity === "error");
        expect(errors, sample.path).to.deep.equal([]);
        compared += 1;
      }
      expect(compared).to.be.above(15);
    });

    it("are answered by acknowledgments that are in order themselves", () => {
      for (const sample of samples) {
        for (const verdict of verdictsOf(eventsOf(sample, true))) {
          const answer = writeAcknowledgement(verdict, {
            interchangeControlNumber: "1",
            groupControlNumber: "1",
            date: "20250301",
            time: "1200",
          });
          if (answer === undefined) continue;
          const wrong = read(answer, true).findings.filter(({ severity }) => severity === "error");
          expect(wrong, sample.path).to.deep.equal([]);
        }
      }
    });
  },
);
