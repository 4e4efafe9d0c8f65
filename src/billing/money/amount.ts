import { hundredthsIn } from "../../edi/x12/index.ts";
import { type Cents, cents } from "./cents.ts";

/**
 * An X12 or JSON decimal amount ("109.2", "-5", ".50") as cents; undefined when it is not a plain
 * decimal, has a fraction of a cent, or is too large to be held exactly. It may stand within a
 * larger text.
 */
export function parseAmount(text: string, start = 0, end = text.length): Cents | undefined {
  const hundredths = hundredthsIn(text, start, end);
  return hundredths === undefined ? undefined : cents(hundredths);
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
