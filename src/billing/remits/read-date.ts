import type { Loop } from "../../edi/guides/loop.ts";
import type { Segment } from "../../edi/x12/segment.ts";
import type { Defects } from "./defects.ts";

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A CCYYMMDD element as an ISO calendar date; undefined when there is no such day. */
export function readDate(text: string): string | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(4, 6));
  const day = Number(text.slice(6));
  const length = DAYS[month - 1];
  if (year < 1800 || length === undefined || day < 1 || day > length) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2 && day === 29 && !leap) return undefined;
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** The dates of a loop's DTM segments: the first qualifier (and second) begin the period, the last ends it. */
export function readPeriod(
  loop: Loop,
  qualifiers: readonly string[],
  loopId: string,
  defects: Defects,
): { from: string | undefined; to: string | undefined } {
  let from: string | undefined;
  let to: string | undefined;
  for (const dtm of loop.segments) {
    if (dtm.id !== "DTM") continue;
    const place = qualifiers.indexOf(dtm.element(1));
    if (place < 0) continue;
    const date = dateOf(dtm, loopId, defects);
    if (place === qualifiers.length - 1) to = date;
    else from = date;
  }
  return { from, to };
}

function dateOf(dtm: Segment, loopId: string, defects: Defects): string | undefined {
  const date = readDate(dtm.element(2));
  if (date === undefined) defects.add("date-unreadable", dtm, 2, loopId, "is not a calendar date");
  return date;
}
