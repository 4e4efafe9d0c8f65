/**
 * Lays a release over a code set. The order in which releases arrive does not change the outcome:
 * on each day the release that began last before it rules.
 */
import { dayAfter, dayBefore } from "./calendar-date.ts";
import type { CodeImport } from "./code-import.ts";
import { bySpan, type CodeRecord, type CodeSet, codeSet, type Release } from "./code-set.ts";

/**
 * The set with the release laid over it; a complete release takes the place of a starter set, and
 * one without records changes nothing.
 */
export function merge(set: CodeSet, imported: CodeImport): CodeSet {
  if (imported.records.length === 0) return set;
  const { release } = imported;
  const held = set.releases.length > 0 || !imported.complete ? set.records : [];
  const records =
    release.kind === "period"
      ? overPeriod(held, set.releases, imported)
      : overHistory(held, set.releases, imported);
  return codeSet({
    name: set.name,
    complete: imported.complete || (set.complete && set.releases.length > 0),
    releases: [...set.releases.filter((other) => other.name !== release.name), release],
    records: described(records, set.records),
  });
}

/** A list of bare codes keeps the texts that were held for them. */
function described(records: readonly CodeRecord[], held: readonly CodeRecord[]): CodeRecord[] {
  const texts = new Map(held.map((record) => [record.code, record.description]));
  return records.map((record) => {
    const description = record.description || texts.get(record.code);
    return description === undefined ? record : { ...record, description };
  });
}

function overPeriod(
  held: readonly CodeRecord[],
  releases: readonly Release[],
  { release, records }: CodeImport,
): CodeRecord[] {
  const from = release.from ?? "";
  const later = releases
    .map((other) => other.from ?? "")
    .filter((start) => start > from && start <= (release.to ?? start))
    .sort()[0];
  const to = later === undefined ? release.to : dayBefore(later);
  const kept = held.flatMap((record) => outside(record, from, to));
  const ruling = records.map((record) => ({ ...record, effectiveTo: to }));
  return joined([...kept, ...ruling]);
}

/** What is left of a record before `from` and after `to`. */
function outside(record: CodeRecord, from: string, to: string | undefined): CodeRecord[] {
  const parts: CodeRecord[] = [];
  if (record.effectiveFrom === undefined || record.effectiveFrom < from) {
    const ends = record.effectiveTo !== undefined && record.effectiveTo < from;
    parts.push(ends ? record : { ...record, effectiveTo: dayBefore(from) });
  }
  if (to !== undefined && (record.effectiveTo === undefined || record.effectiveTo > to)) {
    const begins = record.effectiveFrom !== undefined && record.effectiveFrom > to;
    parts.push(begins ? record : { ...record, effectiveFrom: dayAfter(to) });
  }
  return parts;
}

/** Neighbouring spans that say the same of a code, as one. */
function joined(records: CodeRecord[]): CodeRecord[] {
  const spans: CodeRecord[] = [];
  for (const record of records.sort(bySpan)) {
    const last = spans.at(-1);
    const continues =
      last?.effectiveTo !== undefined &&
      last.code === record.code &&
      last.billable === record.billable &&
      last.description === record.description &&
      dayAfter(last.effectiveTo) === record.effectiveFrom;
    if (last !== undefined && continues) {
      spans[spans.length - 1] = { ...last, effectiveTo: record.effectiveTo };
    } else {
      spans.push(record);
    }
  }
  return spans;
}

function overHistory(
  held: readonly CodeRecord[],
  releases: readonly Release[],
  { release, records, complete }: CodeImport,
): CodeRecord[] {
  const newest =
    releases
      .map((other) => other.from ?? "")
      .sort()
      .at(-1) ?? "";
  const isNewest = release.from === undefined || release.from >= newest;
  const [rules, older] = isNewest ? [records, held] : [held, records];
  const since = isNewest ? release.from : newest;
  const known = new Set(rules.map((record) => record.code));
  const dropped = older.filter((record) => !known.has(record.code));
  const rest = complete ? dropped.map((record) => ended(record, since)) : dropped;
  return [...rules, ...rest].sort(bySpan);
}

/** A code that a newer history no longer lists: it ended, at the latest, the day before. */
function ended(record: CodeRecord, since: string | undefined): CodeRecord {
  if (record.effectiveTo !== undefined || since === undefined || since === "") return record;
  return { ...record, effectiveTo: dayBefore(since) };
}
