/**
 * Files that others published, and what is known of each: where we say something else, either we
 * are wrong, or docs/conformance.md says why we are right.
 *
 * Terminology
 * - manifest: what others know of each file: what is wrong with its structure, checked without any
 *   of our code; the verdict of pyx12; whether its name says that it is invalid.
 */
import { existsSync, readFileSync } from "node:fs";
import { askOurselves, type OurVerdict } from "./our-verdict.ts";

const FOLDER = new URL("../../../shared/edi/", import.meta.url);
const EXPLANATIONS = new URL("../../docs/conformance.md", import.meta.url);

/** Whether the files are beside the repository. */
export const HAS_MANIFEST = existsSync(new URL("MANIFEST.tsv", FOLDER));

/** What comparing came to; a disagreement is a row `path | what they say | what we say`. */
export interface Comparison {
  readonly files: number;
  readonly disagreements: readonly string[];
  /** Disagreements that docs/conformance.md does not explain. */
  readonly unexplained: readonly string[];
  /** Rows of docs/conformance.md that are no disagreement. */
  readonly stale: readonly string[];
}

/** A file as the manifest knows it. */
export interface Known {
  readonly path: string;
  /** What is wrong with its structure; empty when nothing is. */
  readonly structure: string;
  /** `OK`, `Failure`, or that it has no map for the file. */
  readonly pyx12: string;
  readonly notes: string;
}

/** Kinds of structural fault: how the manifest writes them, and the codes of our findings. */
const STRUCTURE: readonly (readonly [string, readonly string[]])[] = [
  ["no ISA", ["interchange-header-missing"]],
  ["ISA not fixed-width", ["interchange-header-width"]],
  ["missing SE", ["transaction-set-trailer-missing"]],
  ["missing GE", ["functional-group-trailer-missing"]],
  ["missing IEA", ["interchange-trailer-missing", "file-ends-early"]],
  ["SE01", ["segment-count-mismatch"]],
  ["SE02", ["transaction-set-control-number-mismatch"]],
  ["GE01", ["transaction-set-count-mismatch"]],
  ["GE02", ["group-control-number-mismatch"]],
  ["IEA01", ["group-count-mismatch"]],
  ["IEA02", ["interchange-control-number-mismatch"]],
  ["CLP unbalanced", ["claim-unbalanced"]],
  ["BPR02", ["transaction-unbalanced"]],
];

/** Compares all files of the manifest, which must be there. */
export async function compareWithManifest(): Promise<Comparison> {
  const known = knownFiles();
  const disagreements: string[] = [];
  for (const file of known) {
    const ours = await askOurselves(file.path, readFileSync(new URL(file.path, FOLDER)));
    disagreements.push(...disagreementsOn(file, ours));
  }
  const explained = explainedIn(readFileSync(EXPLANATIONS, "utf8"));
  return {
    files: known.length,
    disagreements,
    unexplained: disagreements.filter((row) => !explained.includes(row)),
    stale: explained.filter((row) => !disagreements.includes(row)),
  };
}

function knownFiles(): Known[] {
  const text = readFileSync(new URL("MANIFEST.tsv", FOLDER), "utf8");
  const [head = "", ...rows] = text.trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => {
    const cells = row.split("\t");
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
    const structure = cell("structural_findings");
    return { path: cell("path"), structure, pyx12: cell("pyx12"), notes: cell("notes") };
  });
}

/** The rows on which the manifest and we disagree about a file: verdict first, then structure. */
export function disagreementsOn(file: Known, { errors, codes }: OurVerdict): string[] {
  const rows: (readonly [string, string])[] = [];
  const verdict = verdictOf(file);
  const we = errors[0] ?? "no error";
  if (verdict !== undefined && verdict.faulty !== errors.length > 0) rows.push([verdict.says, we]);
  for (const [words, ours] of STRUCTURE) {
    const theirs = file.structure.includes(words);
    const found = ours.find((code) => codes.has(code));
    if (theirs && found === undefined) rows.push([words, "nothing of it"]);
    // A long list ends with how many more there are, and they may be of any kind.
    if (!theirs && found !== undefined && !file.structure.includes("…")) {
      rows.push(["nothing of it", found]);
    }
  }
  return rows.map(([they, us]) => `${file.path} | ${they} | ${us}`);
}

/** The manifest's verdict on a file; undefined where nobody has judged more than its structure. */
function verdictOf({ structure, pyx12, notes }: Known) {
  if (structure !== "") return { faulty: true, says: "faulty structure" };
  // An acknowledgement is named after the file that it answers.
  if (/DELIBERATELY INVALID/.test(notes) && !/^expected acknowledgement for/.test(notes)) {
    return { faulty: true, says: "invalid by its name" };
  }
  if (pyx12 === "Failure") return { faulty: true, says: "pyx12: Failure" };
  return pyx12 === "OK" ? { faulty: false, says: "pyx12: OK" } : undefined;
}

/** The first three columns of the tables of docs/conformance.md that begin with a path. */
export function explainedIn(text: string): string[] {
  const rows = text.matchAll(/^\| `([^`]+)` \| ([^|]+?) \| `?([^|`]+?)`? \| [^|\s][^|]* \|$/gm);
  return [...rows].map(([, path, they, we]) => `${path} | ${they} | ${we}`);
}
