/** Loops under a service line that more than one 837 has: the drug, and what another payer did. */
import {
  an,
  codes,
  composite,
  id,
  money,
  n0,
  procedure,
  quantity,
  R,
  S,
  unused,
} from "../elements.ts";
import type { GuideElement, GuideLoop, GuideSegment, Usage } from "../guide.ts";
import { UNIT } from "../meanings/amounts.ts";
import { DIAGNOSIS_POINTER, SERVICE_CODE } from "../meanings/claims.ts";
import { amt, cas, dtp, loop, ref, segment } from "../segments.ts";
import { ADJUSTMENT_GROUPS } from "./claim.ts";

/** LX. */
export const lineNumber: GuideSegment = segment("LX", "Service line", R, 1, [
  n0("Number", R, 1, 6),
]);

/** Pointers to the diagnoses of the claim (composite C004), of which there are `count`. */
export function diagnosisPointers(usage: Usage, count: number): GuideElement {
  const values = Object.fromEntries(Object.entries(DIAGNOSIS_POINTER).slice(0, count));
  return composite(
    "Diagnosis pointers",
    usage,
    [1, 2, 3, 4].map((ordinal) => n0(`Diagnosis ${ordinal}`, ordinal === 1 ? R : S, 1, 2, values)),
  );
}

/** Loop 2410: the drug of the line, by the kinds of product code that the guide allows. */
export function drug(products: string): GuideLoop {
  return loop("2410", "Drug", S, 1, [
    segment("LIN", "Drug", R, 1, [
      ...unused(1),
      id("Kind of product code", R, 2, 2, codes(products), SERVICE_CODE),
      an("Product code", R, 1, 48),
      ...unused(28),
    ]),
    segment("CTP", "Drug quantity", R, 1, [
      ...unused(3),
      quantity("Quantity", R),
      composite("Unit", R, [id("Unit", R, 2, 2, codes("F2 GR ME ML UN"), UNIT), ...unused(14)]),
      ...unused(6),
    ]),
    ref("Prescription or compound", S, 1, "VY XZ"),
  ]);
}

/** What the guides tell differently of a line as another payer adjudicated it. */
export interface LineAdjudicationShape {
  /** SVD03: the service, and the kinds of its code. */
  readonly service: readonly [usage: Usage, qualifiers: string];
  /** SVD04 is the revenue code where the guide uses it. */
  readonly revenue: boolean;
}

/** Loop 2430. */
export function lineAdjudication(shape: LineAdjudicationShape): GuideLoop {
  const [usage, qualifiers] = shape.service;
  return loop("2430", "Line as another payer adjudicated it", S, 15, [
    segment("SVD", "Line adjudication", R, 1, [
      an("Other payer", R, 2, 80),
      money("Paid", R),
      procedure("Service as adjudicated", usage, qualifiers, S),
      ...(shape.revenue ? [an("Revenue code", R, 1, 48, "revenue")] : unused(1)),
      quantity("Units paid", R),
      n0("Line into which it was bundled", S, 1, 6),
    ]),
    cas("Adjustments of the line", 5, ADJUSTMENT_GROUPS),
    dtp("Date of the check or remittance", R, 1, "573"),
    amt("Remaining patient liability", S, 1, "EAF"),
  ]);
}
