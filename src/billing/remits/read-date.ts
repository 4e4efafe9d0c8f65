import type { Segment } from "../../edi/x12/segment.ts";
import type { Defects } from "./defects.ts";

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days read so far: a file names few of them, many times. */
const known = new Map<string, string>();
const KNOWN_MAX = 1000;

/** A CCYYMMDD element as an ISO calendar date; undefined when there is no such day. */
export function readDate(text: string): string | undefined {
  const before = known.get(text);
  if (before !== undefined) return before;
  const date = calendarDate(text);
  if (date !== undefined && known.size < KNOWN_MAX) known.set(text, date);
  return date;
}

function calendarDate(text: string): string | undefined {
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

/** DTM02 as an ISO calendar date; undefined, with a defect, when there is no such day. */
export function dateOf(dtm: Segment, loopId: string, defects: Defects): string | undefined {
  const date = readDate(dtm.element(2));
  if (date === undefined) defects.add("date-unreadable", dtm, 2, loopId, "is not a calendar date");
  return date;
}
