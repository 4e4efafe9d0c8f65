import { type CodeRecord, type CodeSet, type CodeSetName, codeSet } from "../code-set.ts";

/** A code in a starter table: what it is, and its last day where it is retired. */
export type StarterRow = readonly [code: string, description: string, effectiveTo?: string];

/** Records of a starter table, valid always unless the row ends them. */
export function starterRecords(rows: readonly StarterRow[], billable = true): CodeRecord[] {
  return rows.map(([code, description, effectiveTo]) => ({
    code,
    description,
    billable,
    effectiveFrom: undefined,
    effectiveTo,
  }));
}

/** A starter set; `complete` only where the table holds every code of the list. */
export function starterSet(
  name: CodeSetName,
  records: readonly CodeRecord[],
  complete: boolean,
): CodeSet {
  return codeSet({ name, complete, releases: [], records });
}
