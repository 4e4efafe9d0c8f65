import type { Finding, Segment } from "../x12/index.ts";
import type { GuideSegment } from "./guide.ts";

/** Adds what is wrong with the elements of a segment, as the guide uses it there. */
export function checkSegment(
  _segment: Segment,
  _guide: GuideSegment,
  _loop: string,
  _findings: Finding[],
): void {
  return;
}
