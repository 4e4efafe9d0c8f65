/**
 * ICD-10-CM order files of CMS and the CDC: fixed columns, a code a line, no dates inside. The name
 * of the file gives the fiscal year: October 1 of the year before to September 30, and an April
 * file takes over from April 1.
 * Source: CMS and NCHS, "ICD-10-CM Order Files", as packed with each release.
 */
import { baseName, fileOrMember, text } from "./archive.ts";
import { type CodeImport, type Importer, RowFindings, unreadable } from "./code-import.ts";
import type { CodeRecord, Release } from "./code-set.ts";

const MEMBER = /^icd10cm[-_]order[-_](?!addenda).*\.txt$/i;
const ROW = /^\d{5} ([A-Z][0-9A-Z]{2,6}) *([01]) (.{1,60})/;

/** Reads an order file, plain or zipped. */
export const icd10cmOrder: Importer = { name: "icd10cm-order", read: readOrder };

/** True for the name of an order file, which an addenda file is not. */
export function isOrderFileName(fileName: string): boolean {
  return MEMBER.test(baseName(fileName));
}

function readOrder(fileName: string, bytes: Uint8Array): readonly CodeImport[] {
  const member = fileOrMember(fileName, bytes, isOrderFileName);
  if (member === undefined) {
    const why = "The archive holds no ICD-10-CM order file that can be unpacked.";
    return [unreadable("icd10cm", "period", "release-member-missing", why)];
  }
  const release = releaseNamed(`${member.name} ${baseName(fileName)}`);
  if (release === undefined) {
    const why = "The name of the file holds no fiscal year, so its codes have no dates.";
    return [unreadable("icd10cm", "period", "release-year-missing", why)];
  }
  return [read(text(member.bytes), release)];
}

function read(content: string, release: Release): CodeImport {
  const findings = new RowFindings();
  const records: CodeRecord[] = [];
  const codes = new Set<string>();
  let rows = 0;
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    rows += 1;
    const [, code, flag, short] = ROW.exec(line) ?? [];
    if (code === undefined || short === undefined || line[13] !== " " || line[14] !== flag) {
      findings.add(index + 1, "the columns are not those of an order file");
    } else if (codes.has(code)) {
      findings.add(index + 1, "the code stands in the file already");
    } else {
      codes.add(code);
      records.push({
        code,
        description: line.slice(77).trim() || short.trim(),
        billable: flag === "1",
        effectiveFrom: release.from,
        effectiveTo: release.to,
      });
    }
  }
  return {
    set: "icd10cm",
    complete: true,
    release,
    records,
    findings: findings.all(),
    rows,
  };
}

function releaseNamed(names: string): Release | undefined {
  const year = /(?<!\d)20\d\d(?!\d)/.exec(names)?.[0];
  if (year === undefined) return undefined;
  const to = `${year}-09-30`;
  return /april/i.test(names)
    ? { kind: "period", name: `FY${year} April`, from: `${year}-04-01`, to }
    : { kind: "period", name: `FY${year}`, from: `${Number(year) - 1}-10-01`, to };
}
