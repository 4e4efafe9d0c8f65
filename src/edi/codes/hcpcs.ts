/**
 * HCPCS Level II of CMS: procedures and modifiers in one file, each with the days of its life.
 * Source: CMS, "HCPCS Quarterly Update", record layout in the release (HCPCyyyy_recordlayout.txt).
 * Dental codes (D) belong to the American Dental Association and are not in these files.
 */
import { baseName, fileOrMember, text } from "./archive.ts";
import { calendarDate } from "./calendar-date.ts";
import { type CodeImport, type Importer, RowFindings, unreadable } from "./code-import.ts";
import type { CodeRecord, CodeSetName, Release } from "./code-set.ts";
import { csvRows } from "./csv.ts";

const MEMBER = /^HCPC\d{2,4}_(?:[A-Z]+_)?ANWEB(?!.*(?:Transaction|Corrections)).*\.txt$/i;
const RECORD = /^([A-Z]\d{4}| {3}[A-Z0-9]{2})\d{4}0([3478])/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Reads the fixed-width text of a quarterly release, plain or zipped. */
export const hcpcsText: Importer = { name: "hcpcs-text", read: readText };

/** Reads the release, or its modifiers alone, as a CSV with one row a code. */
export const hcpcsCsv: Importer = { name: "hcpcs-csv", read: readCsv };

/** True for the name of the release's text, which its transaction report is not. */
export function isHcpcsTextName(fileName: string): boolean {
  return MEMBER.test(baseName(fileName));
}

/** True when a line of the file is a record: the disclaimer that may stand before them is not. */
export function isHcpcsRecord(line: string): boolean {
  return RECORD.test(line);
}

interface Row {
  readonly line: number;
  readonly code: string;
  readonly description: string;
  readonly added: string;
  readonly ended: string;
}

function readText(fileName: string, bytes: Uint8Array): readonly CodeImport[] {
  const member = fileOrMember(fileName, bytes, isHcpcsTextName);
  if (member === undefined) {
    const why = "The archive holds no HCPCS text that can be unpacked.";
    return [unreadable("hcpcs", "history", "release-member-missing", why)];
  }
  const odd: { line: number; why: string }[] = [];
  const rows = recordsOf(text(member.bytes), odd);
  return imports(rows, odd, releaseNamed(`${member.name} ${baseName(fileName)}`));
}

/** First records (3, 7) with the text of their continuation records (4, 8). */
function recordsOf(content: string, odd: { line: number; why: string }[]): Row[] {
  const rows: Row[] = [];
  for (const [index, record] of content.split(/\r?\n/).entries()) {
    const [, code, kind] = RECORD.exec(record) ?? [];
    const line = index + 1;
    if (code === undefined) {
      const isDisclaimer = rows.length === 0;
      if (!isDisclaimer && record.trim() !== "") odd.push({ line, why: "it is no HCPCS record" });
      continue;
    }
    const description = record.slice(11, 91).trim();
    const last = rows.at(-1);
    if (kind === "3" || kind === "7") {
      const [added, ended] = [record.slice(268, 276), record.slice(284, 292)];
      rows.push({ line, code: code.trim(), description, added, ended });
    } else if (last?.code === code.trim()) {
      rows[rows.length - 1] = { ...last, description: `${last.description} ${description}` };
    } else {
      odd.push({ line, why: "it continues a record that does not stand before it" });
    }
  }
  return rows;
}

function readCsv(fileName: string, bytes: Uint8Array): readonly CodeImport[] {
  const odd: { line: number; why: string }[] = [];
  const rows: Row[] = [];
  for (const { line, cells, whole } of csvRows(text(bytes))) {
    const { code = "", long_description, short_description, add_date, termination_date } = cells;
    const description = long_description || short_description || "";
    if (!whole) odd.push({ line, why: "it has not as many cells as the header" });
    else if (!/^([A-Z]\d{4}|[A-Z0-9]{2})$/.test(code))
      odd.push({ line, why: "it has no HCPCS code" });
    else
      rows.push({ line, code, description, added: add_date ?? "", ended: termination_date ?? "" });
  }
  return imports(rows, odd, releaseNamed(baseName(fileName)));
}

/** The procedures and the modifiers, each for its own set; one without rows is left out. */
function imports(
  rows: readonly Row[],
  odd: readonly { line: number; why: string }[],
  release: Release,
): CodeImport[] {
  const procedures = rows.filter((row) => row.code.length === 5);
  const modifiers = rows.filter((row) => row.code.length === 2);
  const outcome: CodeImport[] = [];
  if (procedures.length > 0 || modifiers.length === 0) {
    outcome.push(imported("hcpcs", procedures, odd, release));
  }
  if (modifiers.length > 0) {
    outcome.push(imported("modifier", modifiers, procedures.length > 0 ? [] : odd, release));
  }
  return outcome;
}

function imported(
  set: CodeSetName,
  rows: readonly Row[],
  odd: readonly { line: number; why: string }[],
  release: Release,
): CodeImport {
  const findings = new RowFindings();
  for (const { line, why } of odd) findings.add(line, why);
  const records: CodeRecord[] = [];
  for (const { line, code, description, added, ended } of rows) {
    const effectiveFrom = calendarDate(added);
    const effectiveTo = calendarDate(ended);
    if (added.trim() !== "" && effectiveFrom === undefined)
      findings.add(line, "no date is its start");
    else if (ended.trim() !== "" && effectiveTo === undefined)
      findings.add(line, "no date is its end");
    else records.push({ code, description, billable: true, effectiveFrom, effectiveTo });
  }
  // CPT has modifiers of its own, which CMS does not publish: this list is never whole.
  const complete = set === "hcpcs" && records.length > 0;
  return {
    set,
    complete,
    release,
    records,
    findings: findings.all(),
    rows: rows.length + odd.length,
  };
}

/** The quarter in names such as `HCPC2026_OCT_ANWEB_v2.txt` or `hcpcs_level2_2025_oct.csv`. */
function releaseNamed(names: string): Release {
  const year = /(?<!\d)(?:20)?(\d\d)(?=_|-)/.exec(names)?.[1];
  const month = /[_-](jan|apr|jul|oct)|(january|april|july|october)-/i.exec(names);
  const number = MONTHS.indexOf((month?.[1] ?? month?.[2] ?? "jan").slice(0, 3).toLowerCase()) + 1;
  if (year === undefined)
    return { kind: "history", name: "undated", from: undefined, to: undefined };
  const name = `20${year}-${String(number).padStart(2, "0")}`;
  return { kind: "history", name, from: `${name}-01`, to: undefined };
}
