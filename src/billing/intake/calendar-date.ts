const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const HYPHEN = "-".charCodeAt(0);
const ZERO = "0".charCodeAt(0);

/**
 * A date written YYYYMMDD or YYYY-MM-DD as an ISO calendar date; undefined when it is neither or is
 * no day of the calendar. Years before 1800 are refused as mistyped.
 */
export function isoDate(text: string): string | undefined {
  if (text.length === 10) {
    const separated = text.charCodeAt(4) === HYPHEN && text.charCodeAt(7) === HYPHEN;
    return separated && isDay(text, 5, 8) ? text : undefined;
  }
  if (text.length !== 8 || !isDay(text, 4, 6)) return undefined;
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/**
 * A date written YYYYMMDD or YYYY-MM-DD as the number 20260301, to be compared with others; NaN
 * when it is neither or is no day of the calendar.
 */
export function dateNumber(text: string): number {
  const separated = text.length === 10;
  if (!separated && text.length !== 8) return Number.NaN;
  if (separated && (text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN)) {
    return Number.NaN;
  }
  const [monthAt, dayAt] = separated ? ([5, 8] as const) : ([4, 6] as const);
  if (!isDay(text, monthAt, dayAt)) return Number.NaN;
  const year = pair(text, 0) * 100 + pair(text, 2);
  return year * 10_000 + pair(text, monthAt) * 100 + pair(text, dayAt);
}

/** An ISO calendar date as X12 writes it (D8): 2026-03-01 → 20260301. */
export function compactDate(iso: string): string {
  return iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
}

/**
 * A date with or without the time of day (YYYYMMDD, YYYYMMDDHHMM, YYYY-MM-DD, YYYY-MM-DDTHH:MM) as
 * its two parts; the time as HHMM, undefined when there is none.
 */
export function splitDateTime(text: string): { readonly date: string; readonly time?: string } {
  const separated = text.charCodeAt(4) === HYPHEN;
  const [date, rest] = separated
    ? [text.slice(0, 10), text.slice(11).replace(":", "")]
    : [text.slice(0, 8), text.slice(8)];
  return rest === "" ? { date } : { date, time: rest };
}

/** Whole days from one ISO calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whether year, month and day, the latter two at the given places, are a day of the calendar. */
function isDay(text: string, monthAt: number, dayAt: number): boolean {
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, monthAt);
  const day = pair(text, dayAt);
  if (!(year >= 1800 && month >= 1 && day >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** The number of two digits; NaN when either is none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Days of the Gregorian calendar before an ISO calendar date, the year beginning in March. */
function dayNumber(iso: string): number {
  const month = pair(iso, 5);
  const year = pair(iso, 0) * 100 + pair(iso, 2) - (month > 2 ? 0 : 1);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  const marchMonth = (month + 9) % 12;
  return year * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) + pair(iso, 8);
}
