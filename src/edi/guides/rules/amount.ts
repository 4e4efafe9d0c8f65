import { hundredthsIn, type Segment } from "../../x12/index.ts";

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
  return start >= end ? 0 : hundredthsIn(text, start, end);
}
