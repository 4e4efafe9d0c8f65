/**
 * The days on which banks move money: Monday to Friday but for the holidays of the Federal Reserve
 * (12 U.S.C. 248; Federal Reserve Bank holiday schedule).
 */
import { addDays, type CalendarDate, dayOfWeek, federalHolidays } from "../denials/index.ts";

const SATURDAY = 6;
const SUNDAY = 0;
const FRIDAY = 5;

/** Month and day of the holidays that a date fixes: they alone can fall on a Saturday. */
const FIXED_DAYS: ReadonlySet<string> = new Set(["01-01", "06-19", "07-04", "11-11", "12-25"]);

/** How far two dates are counted apart at most; what is farther is as good as never. */
const DAYS_APART_MAX = 31;

/**
 * Whether banks settle payments on the date. A holiday on a Sunday closes them on Monday; one on a
 * Saturday leaves them open on Friday, other than federal offices.
 */
export function isBankDay(date: CalendarDate): boolean {
  const day = dayOfWeek(date);
  if (day === SATURDAY || day === SUNDAY) return false;
  if (day === FRIDAY && FIXED_DAYS.has(addDays(date, 1).slice(5))) return true;
  return !holidaysOf(Number(date.slice(0, 4))).has(date);
}

/** The holidays of the years that were asked for: a deposit is compared with many remittances. */
const KNOWN = new Map<number, ReadonlySet<CalendarDate>>();

function holidaysOf(year: number): ReadonlySet<CalendarDate> {
  const known = KNOWN.get(year) ?? new Set(federalHolidays(year));
  KNOWN.set(year, known);
  return known;
}

/** The date `days` bank days later; the day itself is not counted. */
export function addBankDays(date: CalendarDate, days: number): CalendarDate {
  let current = date;
  for (let left = days; left > 0; ) {
    current = addDays(current, 1);
    if (isBankDay(current)) left -= 1;
  }
  return current;
}

/** How many bank days lie between two dates, whichever is earlier; 0 on the same day, a month at most. */
export function bankDaysBetween(one: CalendarDate, other: CalendarDate): number {
  const [from, to] = one < other ? [one, other] : [other, one];
  let days = 0;
  let current = from;
  for (let step = 0; current < to && step < DAYS_APART_MAX; step++) {
    current = addDays(current, 1);
    if (isBankDay(current)) days += 1;
  }
  return days;
}
