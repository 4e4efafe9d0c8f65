/** Formats a UTC instant by the directives of `$dateToString`. */
import { fault } from "./errors.ts";

const pad = (n: number, width: number): string => String(n).padStart(width, "0");

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return (day - start) / 86_400_000 + 1;
}

const DIRECTIVES: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  H: (date) => pad(date.getUTCHours(), 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  j: (date) => pad(dayOfYear(date), 3),
  u: (date) => String(date.getUTCDay() || 7),
  w: (date) => String(date.getUTCDay() + 1),
  z: () => "+0000",
  "%": () => "%",
};

/** Returns the date written by the format, for example `%Y-%m`. */
export function formatDate(date: Date, format: string): string {
  return format.replace(/%(.?)/g, (_all, letter: string) => {
    const directive = DIRECTIVES[letter];
    if (!directive) throw fault(18536, "Invalid format character in $dateToString");
    return directive(date);
  });
}
