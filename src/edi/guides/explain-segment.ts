import type { CalendarDate, CodeSetName } from "../codes/index.ts";
import { isDate, isDecimal, isFormatted, isTime, type Segment } from "../x12/index.ts";
import type { HeldCodeSets } from "./check-codes.ts";
import { setOf } from "./code-reference.ts";
import type { GuideElement, GuideSegment } from "./guide.ts";
import { SERVICE_CODE } from "./meanings/claims.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";
import { UNRELEASED } from "./meanings/places.ts";
import { CATEGORY_DIGITS } from "./meanings/revenue.ts";

/** One value of a segment in plain words; it holds what the file holds, patients' data included. */
export interface ExplainedElement {
  /** As people write it: `CLM02`, `CLM05-1`. */
  readonly place: string;
  /** Which repetition, where there are several; 1 for the first. */
  readonly repetition?: number;
  /** What it is; undefined where the guide has no such element. */
  readonly name?: string;
  readonly value: string;
  /** What the value means, where it is a code that is known, a date, a time or an amount. */
  readonly meaning?: string;
}

/** Where meanings are looked up. */
export interface Lookups {
  readonly codeSets: HeldCodeSets;
  /** The day for which codes are looked up. */
  readonly day: CalendarDate | undefined;
}

/** Where a value stands, and what the guide and the value before it say. */
interface Spot {
  readonly segment: Segment;
  readonly element: number;
  readonly component: number;
  readonly guide: GuideElement | undefined;
  /** The element or component before, which may say how this one is written. */
  readonly before: GuideElement | undefined;
  readonly valueBefore: string;
  readonly isService: boolean;
}

const MONEY_WIDTH = 18;
/** For codes without a day: late, so that what is in use now is found. */
const ANY_DAY: CalendarDate = "9999-12-31";
/** ISA02 and ISA04: what opens the sender's door is shown to nobody. */
const SECRETS: readonly number[] = [2, 4];
const HIDDEN = "(not shown)";
const FACILITY = "facility";
const REVENUE_CODE = /^[0-9]{4}$/;
/** Names that every JavaScript knows, and the form of the codes that may be asked for. */
const WORLDWIDE: Readonly<Record<string, { form: RegExp; names: Intl.DisplayNames }>> = {
  country: {
    form: /^[A-Z]{2}$/,
    names: new Intl.DisplayNames("en", { type: "region", fallback: "none" }),
  },
  currency: {
    form: /^[A-Z]{3}$/,
    names: new Intl.DisplayNames("en", { type: "currency", fallback: "none" }),
  },
};
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The values of a segment, each with its place, its name and its meaning. */
export function explainElements(
  segment: Segment,
  guide: GuideSegment | undefined,
  lookups: Lookups,
): readonly ExplainedElement[] {
  const explained: ExplainedElement[] = [];
  const count = segment.elementCount;
  for (let element = 1; element <= count; element += 1) {
    if (!segment.holds(element)) continue;
    const known = guide?.elements[element - 1];
    // The separators that ISA declares stand for themselves.
    const values = segment.id === "ISA" ? [segment.element(element)] : segment.repetitions(element);
    values.forEach((value, index) => {
      const before = guide?.elements[element - 2];
      const valueBefore = segment.element(element - 1);
      const isService = known?.components?.[0]?.meanings === SERVICE_CODE;
      const spot = { segment, element, component: 0, guide: known, before, valueBefore, isService };
      const parts = explainValue(spot, value, lookups);
      const repetition = values.length > 1 ? { repetition: index + 1 } : {};
      for (const part of parts) explained.push({ ...part, ...repetition });
    });
  }
  return explained;
}

function explainValue(spot: Spot, value: string, lookups: Lookups): ExplainedElement[] {
  const { segment, element, guide } = spot;
  const separator = segment.delimiters.component;
  const isComposite =
    guide?.components !== undefined || (guide === undefined && value.includes(separator));
  if (!isComposite || segment.id === "ISA") {
    return value.trim() === "" ? [] : [explainOne(spot, value, lookups)];
  }
  const values = value.split(separator);
  return values.flatMap((part, index) => {
    if (part === "") return [];
    const components = guide?.components;
    const inner: Spot = {
      segment,
      element,
      component: index + 1,
      guide: components?.[index],
      before: components?.[index - 1],
      valueBefore: values[index - 1] ?? "",
      isService: spot.isService,
    };
    return [explainOne(inner, part, lookups)];
  });
}

function explainOne(spot: Spot, value: string, lookups: Lookups): ExplainedElement {
  const { segment, element, component, guide } = spot;
  const number = `${segment.id}${String(element).padStart(2, "0")}`;
  const meaning = meaningOf(spot, value, lookups);
  const isSecret = segment.id === "ISA" && SECRETS.includes(element);
  return {
    place: component === 0 ? number : `${number}-${component}`,
    ...(guide === undefined ? {} : { name: guide.name }),
    value: isSecret ? HIDDEN : value.trim(),
    ...(meaning === undefined ? {} : { meaning }),
  };
}

function meaningOf(spot: Spot, value: string, lookups: Lookups): string | undefined {
  const { guide, before, valueBefore } = spot;
  if (guide === undefined) return undefined;
  const own = guide.meanings?.[value.trim()];
  if (own !== undefined) return own;
  const listed = descriptionOf(spot, value, lookups);
  if (listed !== undefined) return listed;
  if (before?.meanings === DATE_FORMAT) return formatted(value, valueBefore);
  if (guide.type === "DT") return isDate(value) ? dateWords(value) : undefined;
  if (guide.type === "TM") return isTime(value) ? timeWords(value) : undefined;
  if (guide.type === "R" && guide.max === MONEY_WIDTH) return dollars(value);
  return undefined;
}

function descriptionOf(spot: Spot, code: string, lookups: Lookups): string | undefined {
  const { segment, element, component, guide, isService } = spot;
  const set = isService && component === 2 ? "procedure" : guide?.codeSet;
  if (set === undefined) return undefined;
  if (set === FACILITY) return facilityWords(code, lookups);
  const name = setOf(segment, { element, component, name: "", set }, code);
  return name === undefined ? undefined : described(name, code, lookups);
}

function described(set: string, code: string, { codeSets, day }: Lookups): string | undefined {
  const worldwide = WORLDWIDE[set];
  if (worldwide !== undefined) {
    return worldwide.form.test(code) ? worldwide.names.of(code) : undefined;
  }
  const held = codeSets[set as CodeSetName];
  return held?.lookup(code, day ?? ANY_DAY).description ?? unreleased(set, code);
}

function unreleased(set: string, code: string): string | undefined {
  const words = UNRELEASED[set];
  if (set !== "revenue" || !REVENUE_CODE.test(code)) return words?.[code];
  return words?.[code] ?? words?.[code.slice(0, CATEGORY_DIGITS)];
}

/** CLP08 and TS302 hold a place of service or a type of bill, and do not say which. */
function facilityWords(code: string, lookups: Lookups): string | undefined {
  const place = described("pos", code, lookups);
  const bill = described("type-of-bill", code, lookups);
  if (place === undefined || bill === undefined) return place ?? bill;
  return `as a place of service ${place}, as a type of bill ${bill}`;
}

function formatted(value: string, format: string): string | undefined {
  if (!isFormatted(value, format)) return undefined;
  switch (format) {
    case "D8":
    case "D6":
      return dateWords(value);
    case "RD8":
      return `${dateWords(value.slice(0, 8))} to ${dateWords(value.slice(9))}`;
    case "DT":
      return `${dateWords(value.slice(0, 8))}, ${timeWords(value.slice(8))}`;
    case "TM":
      return timeWords(value);
    default:
      return undefined;
  }
}

/** `20250210` → `Feb 10, 2025`; of a year with two digits nobody knows the century. */
function dateWords(date: string): string {
  const month = MONTHS[Number(date.slice(-4, -2)) - 1] ?? "";
  const year = date.length === 6 ? `'${date.slice(0, 2)}` : date.slice(0, 4);
  return `${month} ${Number(date.slice(-2))}, ${year}`;
}

/** `0905` → `09:05`. */
function timeWords(time: string): string {
  const seconds = time.length >= 6 ? `:${time.slice(4, 6)}` : "";
  return `${time.slice(0, 2)}:${time.slice(2, 4)}${seconds}`;
}

/** `1234.5` → `$1,234.50`; digits are kept as they are, nothing is calculated. */
function dollars(amount: string): string | undefined {
  if (!isDecimal(amount)) return undefined;
  const negative = amount.startsWith("-");
  const [whole = "", fraction = ""] = amount.replace("-", "").split(".");
  const grouped = (whole === "" ? "0" : whole).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return `${negative ? "-" : ""}$${grouped}.${fraction.padEnd(2, "0")}`;
}
