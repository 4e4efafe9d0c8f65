import { isDate } from "../x12/index.ts";

/** A calendar date without zone, `YYYY-MM-DD`; such dates compare as text. */
export type CalendarDate = string;

const DATE = /^(\d{4})-?(\d{2})-?(\d{2})$/;

/** The date written as `YYYY-MM-DD` or `YYYYMMDD`; undefined when it is no day of the calendar. */
export function calendarDate(text: string): CalendarDate | undefined {
  const known = days.get(text);
  if (known !== undefined) return known;
  const [, year, month, day] = DATE.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // The years of one and two digits belong to no calendar of this trade.
  if (year.startsWith("00") || !isDate(`${year}${month}${day}`)) return undefined;
  const date = `${year}-${month}-${day}`;
  if (days.size < DAYS_MAX) days.set(text, date);
  return date;
}

/** Days read so far, by how they were written: a file names few of them, many times. */
const days = new Map<string, CalendarDate>();
const DAYS_MAX = 1000;

/** The day before `date`. */
export function dayBefore(date: CalendarDate): CalendarDate {
  return shifted(date, -1);
}

/** The day after `date`. */
export function dayAfter(date: CalendarDate): CalendarDate {
  return shifted(date, 1);
}

function shifted(date: CalendarDate, days: number): CalendarDate {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}
