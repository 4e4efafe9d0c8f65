import { type Cents, cents } from "./cents.ts";

/** X12 decimal (type R): 18 digits at most for element 782, which leaves 16 of them for dollars. */
const WHOLE_DIGITS_MAX = 16;
const FRACTION_DIGITS_MAX = 9;
const [MINUS, POINT, ZERO_DIGIT] = [45, 46, 48];

/**
 * An X12 or JSON decimal amount ("109.2", "-5", ".50") as cents; undefined when it is not a plain
 * decimal, has a fraction of a cent, or is too large to be held exactly.
 */
export function parseAmount(text: string): Cents | undefined {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let value = 0;
  let point = -1;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === POINT && point < 0) {
      point = at;
      continue;
    }
    const digit = code - ZERO_DIGIT;
    if (digit < 0 || digit > 9) return undefined;
    // Digits behind the cents must be zeros.
    if (point < 0 || at - point <= 2) value = value * 10 + digit;
    else if (digit !== 0) return undefined;
  }
  const whole = (point < 0 ? text.length : point) - start;
  const fraction = point < 0 ? 0 : text.length - point - 1;
  if (whole + fraction === 0) return undefined;
  if (whole > WHOLE_DIGITS_MAX || fraction > FRACTION_DIGITS_MAX) return undefined;
  if (fraction < 2) value *= fraction === 0 ? 100 : 10;
  if (!Number.isSafeInteger(value)) return undefined;
  return cents(start === 1 ? -value : value);
}

/** Cents as an X12 decimal without needless zeros: 10920 → "109.2", 500 → "5", −50 → "-0.5". */
export function formatAmount(amount: Cents): string {
  const absolute = Math.abs(amount);
  const whole = Math.floor(absolute / 100);
  const fraction = String(absolute % 100)
    .padStart(2, "0")
    .replace(/0+$/, "");
  const sign = amount < 0 ? "-" : "";
  if (fraction === "") return `${sign}${whole}`;
  return `${sign}${whole === 0 ? "0" : whole}.${fraction}`;
}

/** Cents as people read them: 123456 → "$1,234.56", −50 → "-$0.50". */
export function formatDollars(amount: Cents): string {
  const absolute = Math.abs(amount);
  const whole = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return `${amount < 0 ? "-" : ""}$${whole}.${String(absolute % 100).padStart(2, "0")}`;
}
