import type { Claim } from "../billing/claims/claim.ts";
import { type Cents, cents, parseAmount, ZERO } from "../billing/money/index.ts";
import type { Loop } from "../edi/guides/index.ts";
import type { Segment } from "../edi/x12/index.ts";
import type { RemainingShares } from "./coordinate.ts";
import { percentOf } from "./fees.ts";

/** Assumed when a secondary claim says nothing of what the earlier payers did. */
const UNTOLD_SHARE_PERCENT = 15;

/**
 * What the patient still owes of each line by what a secondary claim (2300) tells of earlier
 * payers: the PR amounts of its 2430 CAS, else those of its 2320 CAS or its AMT*EAF, laid on the
 * lines in their order.
 */
export function remainingByClaim(loop: Loop, claim: Claim): RemainingShares {
  const byLine = new Map<string, Cents>();
  for (const line of loop.loopsOf("2400")) {
    const number = line.segment("REF", "6R")?.element(2) ?? line.segment("LX")?.element(1) ?? "";
    const told = line.loopsOf("2430").flatMap(({ segments }) => segments);
    if (told.length > 0) byLine.set(number, patientAmount(told));
  }
  if (byLine.size > 0) return byLine;
  const others = loop.loopsOf("2320").flatMap(({ segments }) => segments);
  const stated = others.find((segment) => segment.id === "AMT" && segment.element(1) === "EAF");
  const total = patientAmount(others) || (parseAmount(stated?.element(2) ?? "") ?? ZERO);
  return laidOnLines(claim, total);
}

function laidOnLines(claim: Claim, total: number): RemainingShares {
  const assumed = percentOf(claim.chargeCents, UNTOLD_SHARE_PERCENT);
  let left: number = total > 0 ? total : assumed;
  return new Map(
    claim.lines.map((line) => {
      const share = cents(Math.min(left, line.chargeCents));
      left -= share;
      return [line.lineControlNumber, share];
    }),
  );
}

/** Σ of the PR triples of the CAS segments among these. */
function patientAmount(segments: readonly Segment[]): Cents {
  let total = 0;
  for (const cas of segments) {
    if (cas.id !== "CAS" || cas.element(1) !== "PR") continue;
    for (let element = 3; element <= cas.elementCount; element += 3) {
      total += parseAmount(cas.element(element)) ?? 0;
    }
  }
  return cents(total);
}
