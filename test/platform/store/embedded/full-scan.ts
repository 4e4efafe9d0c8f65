/** What a query must answer, by asking every document and sorting all that match. */
import { decode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { compileMatcher } from "../../../../src/platform/store/embedded/match.ts";
import type { Query } from "../../../../src/platform/store/embedded/query.ts";
import { sortKeyOf, sortRows } from "../../../../src/platform/store/embedded/sort.ts";

const idOf = (raw: Buffer): number => decode(raw)._id as number;

/**
 * Returns how an answer differs from that of a full scan, or null. Documents that the sort holds equal may come
 * in any order, and any of them may be those that the limit keeps.
 */
export function differenceFromScan(
  found: readonly Buffer[],
  counted: number | undefined,
  documents: readonly Buffer[],
  query: Pick<Query, "filter" | "sort" | "skip" | "limit">,
): string | null {
  const { filter, sort, skip, limit } = query;
  const matches = documents.filter(compileMatcher(filter));
  if (counted !== undefined && counted !== matches.length) {
    return `counted ${counted} instead of ${matches.length}`;
  }
  const wanted = Math.min(limit, Math.max(0, matches.length - skip));
  if (found.length !== wanted) return `found ${found.length} documents instead of ${wanted}`;
  const ids = new Set(matches.map(idOf));
  for (const id of found.map(idOf)) {
    if (!ids.delete(id)) return `document ${id} does not match, or came twice`;
  }
  if (sort.length === 0) return null;
  const keyOf = sortKeyOf(sort);
  const sorted = sortRows(
    matches.map((raw) => ({ raw })),
    sort,
    Number.POSITIVE_INFINITY,
  );
  const wrong = found.findIndex(
    (raw, i) => !keyOf(raw).equals(keyOf(sorted[skip + i]?.raw ?? Buffer.alloc(0))),
  );
  return wrong < 0 ? null : `document ${idOf(found[wrong] as Buffer)} at ${wrong} is out of order`;
}
