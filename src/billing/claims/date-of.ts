import { isoDate } from "../intake/index.ts";

/** The ISO calendar date; asserts what the edits have proved. */
export function dateOf(date: string): string {
  const iso = isoDate(date);
  if (iso === undefined) throw new RangeError("an accepted encounter holds a bad date");
  return iso;
}
