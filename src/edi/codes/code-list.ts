/**
 * Lists kept as CSV with a header: claim adjustment reason codes, remittance advice remark codes,
 * place of service codes and provider taxonomy. Each row becomes a code by its list's own rule.
 * Source: headers of X12 and CMS lists as commonly exported; NUCC's taxonomy CSV as published.
 */
import { text } from "./archive.ts";
import { calendarDate, dayBefore } from "./calendar-date.ts";
import { type CodeImport, type Importer, RowFindings } from "./code-import.ts";
import type { CodeRecord, CodeSetName, Release } from "./code-set.ts";
import { type CsvRow, csvRows } from "./csv.ts";

/** What a row is: a code, a code number that is not assigned, or why it is neither. */
type Reading = CodeRecord | "unassigned" | { readonly why: string };

/** Reads claim adjustment reason codes: `code,description…,start_date,…,stop_date`. */
export const carcCsv = list("carc", "carc-csv", (row) =>
  dated(row, /^[A-Z]?\d{1,3}$/, describing(row, /^description/)),
);

/** Reads remittance advice remark codes: `code,kind,start_date,…,stop_date`. */
export const rarcCsv = list("rarc", "rarc-csv", (row) =>
  dated(row, /^(M|MA|N)\d{1,3}$/, describing(row, /^description/)),
);

/** Reads place of service codes: `code,name,…,assigned`, or `code,description`. */
export const posCsv = list("pos", "pos-csv", ({ cells }) => {
  const description = cells.name ?? cells.description ?? "";
  if (!/^\d\d$/.test(cells.code ?? "")) return { why: "it has no place of service code" };
  if (cells.assigned === "N" || /^unassigned/i.test(description)) return "unassigned";
  return always(cells.code ?? "", description);
});

/** Reads NUCC's taxonomy: `Code,Grouping,Classification,…,Display Name,Section`. */
export const taxonomyCsv = list("taxonomy", "taxonomy-csv", ({ cells }) => {
  const code = cells.Code ?? "";
  if (!/^[0-9A-Z]{9}X$/.test(code)) return { why: "it has no taxonomy code" };
  return always(code, cells["Display Name"] || cells.Classification || "");
});

function list(set: CodeSetName, name: string, reading: (row: CsvRow) => Reading): Importer {
  return { name, read: (fileName, bytes) => [readList(set, fileName, bytes, reading)] };
}

function readList(
  set: CodeSetName,
  fileName: string,
  bytes: Uint8Array,
  reading: (row: CsvRow) => Reading,
): CodeImport {
  const findings = new RowFindings();
  const records: CodeRecord[] = [];
  const rows = csvRows(text(bytes));
  for (const row of rows) {
    const read = row.whole ? reading(row) : { why: "it has not as many cells as the header" };
    if (read === "unassigned") continue;
    if ("why" in read) findings.add(row.line, read.why);
    else records.push(read);
  }
  const release = releaseNamed(fileName);
  const complete = records.length > 0;
  return { set, complete, release, records, findings: findings.all(), rows: rows.length };
}

function describing({ cells }: CsvRow, heading: RegExp): string {
  const name = Object.keys(cells).find((cell) => heading.test(cell));
  return name === undefined ? "" : (cells[name] ?? "");
}

function dated({ cells }: CsvRow, shape: RegExp, description: string): Reading {
  const { code = "", start_date: start = "", stop_date: stop = "" } = cells;
  const [effectiveFrom, stopped] = [calendarDate(start), calendarDate(stop)];
  if (!shape.test(code)) return { why: "it has no code of this list" };
  if (start !== "" && effectiveFrom === undefined) return { why: "no date is its start" };
  if (stop !== "" && stopped === undefined) return { why: "no date is its stop" };
  // A list's stop date is the first day on which the code may no longer be used.
  const effectiveTo = stopped && dayBefore(stopped);
  return { code, description, billable: true, effectiveFrom, effectiveTo };
}

function always(code: string, description: string): CodeRecord {
  return { code, description, billable: true, effectiveFrom: undefined, effectiveTo: undefined };
}

/** Taxonomy names hold the year and half (`nucc_taxonomy_251`); the others hold no date. */
function releaseNamed(fileName: string): Release {
  const [, year, half] = /taxonomy_(\d\d)([01])(?!\d)/i.exec(fileName) ?? [];
  if (year === undefined)
    return { kind: "history", name: "undated", from: undefined, to: undefined };
  const name = `20${year}-${half === "0" ? "01" : "07"}`;
  return { kind: "history", name, from: `${name}-01`, to: undefined };
}
