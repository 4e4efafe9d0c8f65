/** What the rules of claims ask of a claim (loop 2300) and of what stands around it. */
import type { Segment } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";

export const CLAIMS: readonly string[] = ["837P", "837I", "837D"];
/** Guides whose place of service is one, and that know causes (CLM11). */
export const PROFESSIONAL_AND_DENTAL: readonly string[] = ["837P", "837D"];

/** The segment of a service line that tells service and charge. */
export function serviceOf(line: Loop): Segment | undefined {
  return line.segment("SV1") ?? line.segment("SV2") ?? line.segment("SV3");
}

/** The element of a service segment that holds the charge. */
export function chargeElement(service: Segment): number {
  return service.id === "SV2" ? 3 : 2;
}

/** Whether one of two causes of the condition (CLM11-1, CLM11-2) is among the codes. */
export function isCausedBy(clm: Segment, causes: readonly string[]): boolean {
  return causes.includes(clm.component(11, 1)) || causes.includes(clm.component(11, 2));
}

/** SBR around or in a loop: 2000B of a claim, 2320 of another coverage. */
export function coverageOf(claim: Loop): Segment | undefined {
  return claim.within("2000B")?.segment("SBR");
}

/** One code of an HI. */
export interface HealthCareCode {
  readonly segment: Segment;
  readonly element: number;
  /** HInn-1. */
  readonly qualifier: string;
}

/** The codes of all HI of the claim whose qualifier is among `qualifiers`, in order. */
export function codesOf(claim: Loop, qualifiers: readonly string[]): HealthCareCode[] {
  const found: HealthCareCode[] = [];
  for (const segment of claim.segments) {
    if (segment.id !== "HI") continue;
    for (let element = 1; element <= segment.elementCount; element += 1) {
      const qualifier = segment.component(element, 1);
      if (qualifiers.includes(qualifier)) found.push({ segment, element, qualifier });
    }
  }
  return found;
}
