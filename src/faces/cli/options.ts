import { InvalidArgumentError, Option } from "commander";
import { centsOf } from "../../app/words.ts";

/** Reads an option that is a whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

/** Reads an option that is a port; 0 takes any free one. */
export const port = wholeNumber(0, 65535);

/** Reads an option that is an amount of dollars, more than zero; in cents. */
export function amount(text: string): number {
  const cents = centsOf(text);
  if (cents !== undefined && cents > 0) return cents;
  throw new InvalidArgumentError("It is an amount of dollars and cents, such as 125.50.");
}

/** Reads an option that is a month, YYYY-MM. */
export function month(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError("It is a month, YYYY-MM.");
}

/** Reads an option that is a day of the calendar, YYYY-MM-DD. */
export function day(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  if (isDay) return text;
  throw new InvalidArgumentError("It is a day of the calendar, YYYY-MM-DD.");
}

/** The option by which a list comes as a file for spreadsheets. */
export function csvOption(): Option {
  return new Option("--csv", "a file for spreadsheets, on standard output").conflicts("json");
}
