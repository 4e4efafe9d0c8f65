/** The ISO calendar date `days` later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return isoOf(utcOf(date) + days * DAY_MS);
}

/** The ISO calendar date that lies `years` before. */
export function addYears(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, "0");
  const monthDay = date.slice(4) === "-02-29" ? "-02-28" : date.slice(4);
  return year + monthDay;
}

/** The date itself, or the Friday before when it falls on a weekend. */
export function workday(date: string): string {
  const weekday = new Date(utcOf(date)).getUTCDay();
  if (weekday === 6) return addDays(date, -1);
  return weekday === 0 ? addDays(date, -2) : date;
}

/** An ISO calendar date as X12 writes it: CCYYMMDD. */
export function compactDate(date: string): string {
  return date.replaceAll("-", "");
}

/** CCYYMMDD as an ISO calendar date; undefined when it is not eight digits. */
export function isoDate(compact: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(compact);
  return match === null ? undefined : `${match[1]}-${match[2]}-${match[3]}`;
}

const DAY_MS = 86_400_000;

function utcOf(date: string): number {
  return Date.UTC(
    Number(date.slice(0, 4)),
    Number(date.slice(5, 7)) - 1,
    Number(date.slice(8, 10)),
  );
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
