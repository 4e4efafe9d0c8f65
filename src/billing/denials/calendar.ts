/** A calendar date without a zone, as ISO text: 2026-02-28. */
export type CalendarDate = string;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const SATURDAY = 6;
const SUNDAY = 0;

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Whether the text is an ISO calendar date that exists. */
export function isCalendarDate(text: string): boolean {
  return parts(text) !== undefined;
}

/** The date `days` calendar days later, or earlier where negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** The same day `years` later; 29 February becomes 28 February where there is none. */
export function addYears(date: CalendarDate, years: number): CalendarDate {
  const { year, month, day } = known(date);
  return format({
    year: year + years,
    month,
    day: Math.min(day, daysOfMonth(year + years, month)),
  });
}

/** How many calendar days `to` lies after `from`; negative where it lies before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 Sunday to 6 Saturday. */
export function dayOfWeek(date: CalendarDate): number {
  return weekday(dayNumber(date));
}

/** The last day of a month given as 2026-02. */
export function lastDayOfMonth(month: string): CalendarDate {
  const { year, month: number } = known(`${month}-01`);
  return format({ year, month: number, day: daysOfMonth(year, number) });
}

/** Neither a weekend day nor a federal holiday as observed. */
export function isBusinessDay(date: CalendarDate): boolean {
  const day = dayOfWeek(date);
  if (day === SATURDAY || day === SUNDAY) return false;
  const year = known(date).year;
  return !federalHolidays(year).includes(date) && !federalHolidays(year + 1).includes(date);
}

/** The date `days` business days later; the day itself is not counted. */
export function addBusinessDays(date: CalendarDate, days: number): CalendarDate {
  let current = date;
  for (let left = days; left > 0; ) {
    current = addDays(current, 1);
    if (isBusinessDay(current)) left -= 1;
  }
  return current;
}

/**
 * The federal holidays of a year on the day they are observed: Saturday's on Friday, Sunday's on
 * Monday, so a New Year on a Saturday is observed on 31 December before (5 U.S.C. 6103; Executive
 * Order 11582).
 */
export function federalHolidays(year: number): readonly CalendarDate[] {
  const fixed = [
    { month: 1, day: 1, since: 1870 },
    { month: 6, day: 19, since: 2021 },
    { month: 7, day: 4, since: 1870 },
    { month: 11, day: 11, since: 1938 },
    { month: 12, day: 25, since: 1870 },
  ];
  return [
    ...fixed
      .filter(({ since }) => year >= since)
      .map(({ month, day }) => observed({ year, month, day })),
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    lastWeekday(year, 5, 1),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 10, 1, 2),
    nthWeekday(year, 11, 4, 4),
  ].sort();
}

function observed(date: DateParts): CalendarDate {
  const number = toDayNumber(date);
  const day = weekday(number);
  if (day === SATURDAY) return fromDayNumber(number - 1);
  return fromDayNumber(day === SUNDAY ? number + 1 : number);
}

function nthWeekday(year: number, month: number, day: number, nth: number): CalendarDate {
  const first = toDayNumber({ year, month, day: 1 });
  return fromDayNumber(first + ((day - weekday(first) + 7) % 7) + (nth - 1) * 7);
}

function lastWeekday(year: number, month: number, day: number): CalendarDate {
  const last = toDayNumber({ year, month, day: daysOfMonth(year, month) });
  return fromDayNumber(last - ((weekday(last) - day + 7) % 7));
}

function parts(text: string): DateParts | undefined {
  const match = ISO_DATE.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined;
  return { year, month, day };
}

function known(date: CalendarDate): DateParts {
  const found = parts(date);
  if (found === undefined) throw new RangeError("not an ISO calendar date");
  return found;
}

function daysOfMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function dayNumber(date: CalendarDate): number {
  return toDayNumber(known(date));
}

/** Days since 0000-03-01; a year that starts in March puts the leap day last. */
function toDayNumber({ year, month, day }: DateParts): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const leaps =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leaps + Math.floor((marchMonth * 153 + 2) / 5) + day - 1;
}

function fromDayNumber(number: number): CalendarDate {
  let year = Math.floor(number / 365.2425);
  while (toDayNumber({ year: year + 1, month: 3, day: 1 }) <= number) year += 1;
  while (toDayNumber({ year, month: 3, day: 1 }) > number) year -= 1;
  const dayOfYear = number - toDayNumber({ year, month: 3, day: 1 });
  const marchMonth = Math.floor((dayOfYear * 5 + 2) / 153);
  const month = ((marchMonth + 2) % 12) + 1;
  const day = dayOfYear - Math.floor((marchMonth * 153 + 2) / 5) + 1;
  return format({ year: month > 2 ? year : year + 1, month, day });
}

/** 0000-03-01 was a Wednesday. */
function weekday(number: number): number {
  return (number + 3) % 7;
}

function format({ year, month, day }: DateParts): CalendarDate {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}
