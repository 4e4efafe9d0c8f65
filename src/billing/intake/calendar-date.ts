const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * A date written YYYYMMDD or YYYY-MM-DD as an ISO calendar date; undefined when it is neither or is no
 * day of the calendar. Years before 1800 are refused as mistyped.
 */
export function isoDate(text: string): string | undefined {
  const iso =
    text.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}` : text;
  return isCalendarDate(iso) ? iso : undefined;
}

/** An ISO calendar date as X12 writes it (D8): 2026-03-01 → 20260301. */
export function compactDate(iso: string): string {
  return iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
}

/** Whole days from one ISO calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function isCalendarDate(iso: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return false;
  const year = Number(iso.slice(0, 4));
  const month = Number(iso.slice(5, 7));
  const day = Number(iso.slice(8, 10));
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return year >= 1800 && day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}
