import type { Segment } from "../../edi/x12/segment.ts";
import type { Defects } from "./defects.ts";

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days read so far, by their eight digits: a file names few of them, many times. */
const known = new Map<number, string>();
const KNOWN_MAX = 1000;
const [ZERO_DIGIT, DATE_LENGTH] = [48, 8];

/**
 * A CCYYMMDD element as an ISO calendar date; undefined when there is no such day. It may stand
 * within a larger text.
 */
export function readDate(text: string, start = 0, end = text.length): string | undefined {
  if (end - start !== DATE_LENGTH) return undefined;
  let digits = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO_DIGIT;
    if (digit < 0 || digit > 9) return undefined;
    digits = digits * 10 + digit;
  }
  const before = known.get(digits);
  if (before !== undefined) return before;
  const date = calendarDate(digits);
  if (date !== undefined && known.size < KNOWN_MAX) known.set(digits, date);
  return date;
}

function calendarDate(digits: number): string | undefined {
  const year = Math.floor(digits / 10_000);
  const month = Math.floor(digits / 100) % 100;
  const day = digits % 100;
  const length = DAYS[month - 1];
  if (year < 1800 || length === undefined || day < 1 || day > length) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2 && day === 29 && !leap) return undefined;
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}`;
}

/** DTM02 as an ISO calendar date; undefined, with a defect, when there is no such day. */
export function dateOf(dtm: Segment, loopId: string, defects: Defects): string | undefined {
  const date = dtm.read(2, readDate);
  if (date === undefined) defects.add("date-unreadable", dtm, 2, loopId, "is not a calendar date");
  return date;
}
