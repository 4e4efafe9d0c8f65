const DAY_MS = 86_400_000;

/** Cents as people read them: 123456 → "$1,234.56", −50 → "-$0.50"; a dash where there is no amount. */
export function dollars(cents: unknown): string {
  if (typeof cents !== "number" || !Number.isSafeInteger(cents)) return "–";
  const absolute = Math.abs(cents);
  const whole = String(Math.floor(absolute / 100)).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${cents < 0 ? "-" : ""}$${whole}.${String(absolute % 100).padStart(2, "0")}`;
}

/** The calendar date of an ISO date or instant, as 03/31/2026; a dash where there is none. */
export function date(value: unknown): string {
  const iso = value instanceof Date ? value.toISOString() : value;
  const match = typeof iso === "string" ? /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) : null;
  return match === null ? "–" : `${match[2]}/${match[3]}/${match[1]}`;
}

/** Whole days from an ISO date or instant to now; undefined where there is none. */
export function daysSince(value: unknown, now: Date): number | undefined {
  const iso = value instanceof Date ? value.toISOString() : value;
  if (typeof iso !== "string") return undefined;
  const then = Date.parse(iso.slice(0, 10));
  const today = Date.parse(now.toISOString().slice(0, 10));
  return Number.isNaN(then) ? undefined : Math.round((today - then) / DAY_MS);
}

/** A name of ours as words: `partial-denial` → "partial denial", `openInsuranceCents` → "open insurance". */
export function words(name: string): string {
  return name
    .replace(/Cents$/, "")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("-", " ")
    .toLowerCase();
}

/** Words with a capital to begin with. */
export function title(name: string): string {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A share as 12.3 %; a dash where nothing was counted. */
export function percent(rate: unknown): string {
  return typeof rate === "number" ? `${(rate * 100).toFixed(1)} %` : "–";
}

/** "1 claim", "2 claims". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
