import { isNpi } from "../codes/index.ts";
import { type Finding, keep, type Segment } from "../x12/index.ts";
import type { GuideSegment } from "./guide.ts";

/** How a guide wants a value written beyond its type and size (IK403 code I12). */
export interface Pattern {
  /** The element that holds the value, and the component of each of its repetitions. */
  readonly element: number;
  readonly component?: number;
  /** The element or component before it whose code says that this pattern holds. */
  readonly qualifier?: { readonly element: number; readonly codes: readonly string[] };
  readonly loops?: readonly string[];
  readonly code: string;
  readonly holds: (value: string, segment: Segment) => boolean;
  readonly says: string;
}

const NINE_DIGITS = /^[0-9]{9}$/;
const TEN_DIGITS = /^[0-9]{10}$/;
const NATIONAL_DRUG_CODE = /^[0-9]{11}$/;
const ZIP = /^[0-9]{5}(?:[0-9]{4})?$/;
const TAX_IDS = ["EI", "SY"];
const TELEPHONES = ["TE", "FX"];
/** Loops whose address says where the service was billed from or done. */
const FULL_ZIP_LOOPS = ["2010AA", "2310C", "2310E", "2420C"];
const DIAGNOSES = ["ABF", "ABJ", "ABK", "ABN", "APR", "BF", "BJ", "BK", "BN", "PR"];
const HI_ELEMENTS = 12;

/**
 * By segment id. Sources: 45 CFR 162.406 (NPI); 005010X222A1 and its sisters 2010AA N403 and REF,
 * PER of any loop, 2410 LIN03, 2300 HI.
 */
const PATTERNS: Readonly<Record<string, readonly Pattern[]>> = {
  NM1: [
    {
      element: 9,
      qualifier: { element: 8, codes: ["XX"] },
      code: "npi-invalid",
      holds: isNpi,
      says: "is no NPI: it has not ten digits, or its check digit fails",
    },
  ],
  REF: [
    {
      element: 2,
      qualifier: { element: 1, codes: TAX_IDS },
      code: "tax-id-pattern",
      holds: (value) => NINE_DIGITS.test(value),
      says: "is a tax id and not nine digits",
    },
  ],
  PER: [4, 6, 8].map((element) => ({
    element,
    qualifier: { element: element - 1, codes: TELEPHONES },
    code: "telephone-pattern",
    holds: (value: string) => TEN_DIGITS.test(value),
    says: "is a telephone number and not ten digits",
  })),
  N4: [
    {
      element: 3,
      code: "postal-code-pattern",
      holds: (value, segment) => isAbroad(segment) || ZIP.test(value),
      says: "is not a ZIP code of five or nine digits",
    },
    {
      element: 3,
      loops: FULL_ZIP_LOOPS,
      code: "postal-code-short",
      holds: (value, segment) => isAbroad(segment) || value.length !== 5,
      says: "has five digits where the guide wants the full ZIP code of nine",
    },
  ],
  LIN: [
    {
      element: 3,
      qualifier: { element: 2, codes: ["N4"] },
      code: "drug-code-pattern",
      holds: (value) => NATIONAL_DRUG_CODE.test(value),
      says: "is a national drug code and not eleven digits",
    },
  ],
  HI: Array.from({ length: HI_ELEMENTS }, (_, index) => ({
    element: index + 1,
    component: 2,
    qualifier: { element: index + 1, codes: DIAGNOSES },
    code: "diagnosis-pattern",
    holds: (value: string) => !value.includes("."),
    says: "is written with a decimal point, which is left out in X12",
  })),
};

const NONE: readonly Pattern[] = [];

/** The patterns that a position of a guide asks for. */
export function patternsOf({ id, elements }: GuideSegment, loop: string): readonly Pattern[] {
  const ofSegment = PATTERNS[id]?.filter(
    ({ element, qualifier, loops }) =>
      (loops === undefined || loops.includes(loop)) &&
      elements[element - 1]?.usage !== "N" &&
      (qualifier === undefined || allows(elements[qualifier.element - 1], qualifier.codes)),
  );
  return ofSegment === undefined || ofSegment.length === 0 ? NONE : ofSegment;
}

function allows(element: GuideSegment["elements"][number] | undefined, codes: readonly string[]) {
  const coded = element?.components?.[0] ?? element;
  return coded?.codes?.some((code) => codes.includes(code)) === true;
}

/** Adds what is not written as the guide wants it; the value can be read all the same. */
export function checkPatterns(
  segment: Segment,
  patterns: readonly Pattern[],
  loop: string,
  findings: Finding[],
): void {
  for (const pattern of patterns) {
    const { element, component, qualifier, code, holds, says } = pattern;
    const value =
      component === undefined ? segment.element(element) : segment.component(element, component);
    if (value === "") continue;
    if (
      qualifier !== undefined &&
      !qualifier.codes.includes(segment.component(qualifier.element, 1))
    ) {
      continue;
    }
    if (holds(value, segment)) continue;
    const place = `${segment.id}${String(element).padStart(2, "0")}`;
    keep(findings, {
      severity: "warning",
      code,
      snip: 2,
      acknowledgement: { in: "IK403", code: "I12" },
      loop,
      segment: segment.id,
      position: segment.position,
      element,
      ...(component === undefined ? {} : { component }),
      message: `${component === undefined ? place : `${place}-${component}`} ${says}.`,
    });
  }
}

function isAbroad(n4: Segment): boolean {
  const country = n4.element(4);
  return country !== "" && country !== "US";
}
