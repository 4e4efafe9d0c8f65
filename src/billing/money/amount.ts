import { type Cents, cents } from "./cents.ts";

/** X12 decimal (type R): optional minus, digits, optional point and digits; 18 digits at most for element 782. */
const DECIMAL = /^(-?)(\d{0,16})(?:\.(\d{0,9}))?$/;

/**
 * An X12 or JSON decimal amount ("109.2", "-5", ".50") as cents; undefined when it is not a plain decimal,
 * has a fraction of a cent, or is too large to be held exactly.
 */
export function parseAmount(text: string): Cents | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  if (/[1-9]/.test(fraction.slice(2))) return undefined;
  const value = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, "0"));
  if (!Number.isSafeInteger(value)) return undefined;
  return cents(sign === "-" && value !== 0 ? -value : value);
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
