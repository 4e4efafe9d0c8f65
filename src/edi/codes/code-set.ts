import type { CalendarDate } from "./calendar-date.ts";

/** The code sets that Claimwright knows by name; guides refer to them as `codeSet`. */
export type CodeSetName =
  | "icd10cm"
  | "hcpcs"
  | "cpt"
  | "modifier"
  | "pos"
  | "taxonomy"
  | "carc"
  | "rarc"
  | "claim-status-category"
  | "claim-status"
  | "claim-payment-status"
  | "claim-frequency"
  | "adjustment-group"
  | "provider-adjustment";

/** A code as it stood over one span of days; a code may have several spans. */
export interface CodeRecord {
  readonly code: string;
  readonly description: string;
  /** May stand on a claim. A header of ICD-10-CM may not: it only groups the codes below it. */
  readonly billable: boolean;
  /** First day; undefined when not known, which is read as always. */
  readonly effectiveFrom: CalendarDate | undefined;
  /** Last day, inclusive; undefined when it has none. */
  readonly effectiveTo: CalendarDate | undefined;
}

/**
 * A published edition of a code set. A `period` lists every code valid within its days and none of
 * the others (ICD-10-CM); a `history` lists codes with the days of each (HCPCS, CARC).
 */
export interface Release {
  readonly kind: "period" | "history";
  /** Our name of it: `FY2026`, `2025-10`. */
  readonly name: string;
  /** First day of the period; the day from which a history is the newest. */
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
}

/** What a code set says of a code on a day. */
export interface Lookup {
  readonly status: "valid" | "unknown" | "not-billable" | "not-yet-effective" | "expired";
  readonly description?: string;
  /**
   * The day is in none of the releases held, so the answer is that of the nearest one: a code of a
   * release that is not yet imported must not be called wrong for it.
   */
  readonly outsideReleases?: true;
}

/** What a code set is made of: plain values, as a store keeps them. */
export interface CodeSetContent {
  readonly name: CodeSetName;
  /** False for the starter sets of this project: a code unknown to them may yet be right. */
  readonly complete: boolean;
  readonly releases: readonly Release[];
  readonly records: readonly CodeRecord[];
}

/** A dated code set that can be asked about a code on a day. */
export interface CodeSet extends CodeSetContent {
  lookup(code: string, onDate: CalendarDate): Lookup;
}

/** The code set made of `content`, indexed by code. */
export function codeSet(content: CodeSetContent): CodeSet {
  const spans = new Map<string, CodeRecord[]>();
  for (const record of content.records) {
    const known = spans.get(record.code);
    if (known === undefined) spans.set(record.code, [record]);
    else known.push(record);
  }
  for (const known of spans.values()) known.sort(bySpan);
  const periods = content.releases.filter((release) => release.kind === "period");
  return {
    ...content,
    lookup(code, onDate) {
      const day = nearestDay(periods, onDate);
      const found = answer(
        spans.get(code) ?? spans.get(writtenAs(content.name, code)) ?? NONE,
        day,
      );
      return day === onDate ? found : { ...found, outsideReleases: true };
    },
  };
}

/** The code as the set's records write it: upper case, and without the dot of a diagnosis. */
export function writtenAs(name: CodeSetName, code: string): string {
  const written = code.trim().toUpperCase();
  return name === "icd10cm" ? written.replace(".", "") : written;
}

/**
 * The set to which a procedure code belongs by its shape: CPT begins with a digit, HCPCS Level II
 * with a letter. Undefined for dental codes (D), which belong to the American Dental Association.
 */
export function procedureSet(code: string): "cpt" | "hcpcs" | undefined {
  if (/^\d{4}[0-9A-Z]$/i.test(code)) return "cpt";
  return /^[A-CE-Z]\d{4}$/i.test(code) ? "hcpcs" : undefined;
}

/** Records in order of code, then of span. */
export function bySpan(a: CodeRecord, b: CodeRecord): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  const [left, right] = [a.effectiveFrom ?? "", b.effectiveFrom ?? ""];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const NONE: readonly CodeRecord[] = [];

function answer(spans: readonly CodeRecord[], day: CalendarDate): Lookup {
  for (const { effectiveFrom, effectiveTo, billable, description } of spans) {
    if ((effectiveFrom ?? day) > day || (effectiveTo ?? day) < day) continue;
    return { status: billable ? "valid" : "not-billable", description };
  }
  const past = spans.findLast((span) => span.effectiveTo !== undefined && span.effectiveTo < day);
  if (past !== undefined) return { status: "expired", description: past.description };
  const next = spans.find((span) => (span.effectiveFrom ?? "") > day);
  if (next !== undefined) return { status: "not-yet-effective", description: next.description };
  return { status: "unknown" };
}

/** `day`, or the nearest day within a release: the last before it, else the first of the first. */
function nearestDay(periods: readonly Release[], day: CalendarDate): CalendarDate {
  if (periods.length === 0) return day;
  for (const { from = "", to = day } of periods) if (from <= day && day <= to) return day;
  const ended = periods.map((period) => period.to ?? day).filter((to) => to < day);
  const starts = periods.map((period) => period.from ?? day);
  return ended.sort().at(-1) ?? starts.sort()[0] ?? day;
}
