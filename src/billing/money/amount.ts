import { type Cents, cents } from "./cents.ts";

/** X12 decimal (type R): 18 digits at most for element 782, which leaves 16 of them for dollars. */
const WHOLE_DIGITS_MAX = 16;
const FRACTION_DIGITS_MAX = 9;
const [MINUS, POINT, ZERO_DIGIT] = [45, 46, 48];

/**
 * An X12 or JSON decimal amount ("109.2", "-5", ".50") as cents; undefined when it is not a plain
 * decimal, has a fraction of a cent, or is too large to be held exactly. It may stand within a
 * larger text.
 */
export function parseAmount(text: string, start = 0, end = text.length): Cents | undefined {
  const negative = start < end && text.charCodeAt(start) === MINUS;
  const first = negative ? start + 1 : start;
  let value = 0;
  let at = first;
  while (at < end) {
    const digit = text.charCodeAt(at) - ZERO_DIGIT;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    at += 1;
  }
  const whole = at - first;
  let fraction = 0;
  if (at < end) {
    if (text.charCodeAt(at) !== POINT) return undefined;
    const point = at;
    for (at += 1; at < end; at += 1) {
      const digit = text.charCodeAt(at) - ZERO_DIGIT;
      if (digit < 0 || digit > 9) return undefined;
      // Digits behind the cents must be zeros.
      if (at - point <= 2) value = value * 10 + digit;
      else if (digit !== 0) return undefined;
    }
    fraction = end - point - 1;
  }
  if (whole + fraction === 0) return undefined;
  if (whole > WHOLE_DIGITS_MAX || fraction > FRACTION_DIGITS_MAX) return undefined;
  if (fraction < 2) value *= fraction === 0 ? 100 : 10;
  if (!Number.isSafeInteger(value)) return undefined;
  return cents(negative ? -value : value);
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
