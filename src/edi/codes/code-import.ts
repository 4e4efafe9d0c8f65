import type { Finding } from "../x12/finding.ts";
import type { CodeRecord, CodeSetName, Release } from "./code-set.ts";

/** What came out of one official file for one code set. */
export interface CodeImport {
  readonly set: CodeSetName;
  /** True when the file lists the whole set, so that a code it lacks is wrong. */
  readonly complete: boolean;
  readonly release: Release;
  readonly records: readonly CodeRecord[];
  /** What could not be read, with the line; at most `MAX_FINDINGS` and one that counts the rest. */
  readonly findings: readonly Finding[];
  /** Rows of data in the file for this set: read or not. */
  readonly rows: number;
}

/** Reads one kind of official release: bytes in, records out. */
export interface Importer {
  /** Our own name of the layout: `icd10cm-order`, `hcpcs-text` … */
  readonly name: string;
  readonly read: (fileName: string, bytes: Uint8Array) => readonly CodeImport[];
}

/** Findings told of one file before the rest is only counted. */
export const MAX_FINDINGS = 100;

/** A file that cannot be read at all, as an import without records. */
export function unreadable(
  set: CodeSetName,
  kind: Release["kind"],
  code: string,
  message: string,
): CodeImport {
  const release: Release = { kind, name: "unknown", from: undefined, to: undefined };
  const finding: Finding = { severity: "error", code, snip: 5, message };
  return { set, complete: false, release, records: [], findings: [finding], rows: 0 };
}

/** Collects findings about rows, up to the bound. */
export class RowFindings {
  readonly #findings: Finding[] = [];
  #more = 0;

  /** Tells that the row at `line` (1-based) cannot be read, and why. */
  add(line: number, why: string): void {
    if (this.#findings.length >= MAX_FINDINGS) {
      this.#more += 1;
      return;
    }
    this.#findings.push({
      severity: "warning",
      code: "code-row-unreadable",
      snip: 5,
      position: line,
      message: `Line ${line}: ${why}.`,
      fix: "Compare the line with the publisher's layout; the row was left out.",
    });
  }

  /** All of them, the last one counting those beyond the bound. */
  all(): readonly Finding[] {
    if (this.#more === 0) return this.#findings;
    const message = `${this.#more} further rows cannot be read.`;
    return [
      ...this.#findings,
      { severity: "warning", code: "code-rows-unreadable", snip: 5, message },
    ];
  }
}
