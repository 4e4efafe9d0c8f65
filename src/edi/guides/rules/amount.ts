import type { Segment } from "../../x12/index.ts";

const [MINUS, POINT, ZERO] = [45, 46, 48];
/** More would not be held exactly. */
const DIGITS_MAX = 15;

/**
 * The amount in an element (type R), in cents; 0 where it is absent, undefined where it is no
 * amount or has a fraction of a cent: then nothing can be said of a sum.
 */
export function centsIn(segment: Segment, element: number): number | undefined {
  return segment.read(element, centsOf);
}

/** Sum of the amounts of a CAS (CAS03, CAS06 … CAS18). */
export function adjustedCents(cas: Segment): number | undefined {
  let total = 0;
  for (let element = 3; element <= 18 && cas.reaches(element); element += 3) {
    const cents = centsIn(cas, element);
    if (cents === undefined) return undefined;
    total += cents;
  }
  return total;
}

/** Sum of all CAS among the segments, or of those of one group (CAS01) when it is given. */
export function allAdjustedCents(segments: readonly Segment[], group?: string): number | undefined {
  let total = 0;
  for (const segment of segments) {
    if (segment.id !== "CAS" || (group !== undefined && segment.element(1) !== group)) continue;
    const cents = adjustedCents(segment);
    if (cents === undefined) return undefined;
    total += cents;
  }
  return total;
}

function centsOf(text: string, start: number, end: number): number | undefined {
  if (start >= end) return 0;
  const negative = text.charCodeAt(start) === MINUS;
  let cents = 0;
  let digits = 0;
  let decimals = -1;
  for (let at = negative ? start + 1 : start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === POINT && decimals < 0) decimals = 0;
    else {
      const digit = code - ZERO;
      if (digit < 0 || digit > 9) return undefined;
      if (decimals >= 2 && digit !== 0) return undefined;
      if (decimals < 2) cents = cents * 10 + digit;
      if (decimals >= 0) decimals += 1;
      digits += 1;
    }
  }
  if (digits === 0 || digits > DIGITS_MAX) return undefined;
  for (let more = Math.max(decimals, 0); more < 2; more += 1) cents *= 10;
  return negative ? -cents : cents;
}
