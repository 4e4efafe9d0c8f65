import { addBankDays } from "./bank-days.ts";

/** EFT and ERA come within so many business days of each other (CAQH CORE 370, 45 CFR 162.1603). */
const CLOCK_DAYS = 3;

/** The rule in words, for work items and lists. */
export const CLOCK_RULE = "EFT and ERA within three business days of each other (CAQH CORE 370)";

/** The last day on which the other half of a payment is in time: three bank days after the first half. */
export function dueDate(date: string): string {
  return addBankDays(date, CLOCK_DAYS);
}

/** Whether a half that came, or was to come, on `date` still waits beyond its time on `today`. */
export function isLate(date: string, today: string): boolean {
  return today > dueDate(date);
}
