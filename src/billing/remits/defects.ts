import type { Finding } from "../../edi/x12/finding.ts";
import type { Segment } from "../../edi/x12/segment.ts";
import { type Cents, parseAmount, ZERO } from "../money/index.ts";

/** Collects what cannot be read while amounts are taken out of segments. */
export class Defects {
  readonly findings: Finding[] = [];

  /** An amount that must be there; zero with a defect when it is missing or not a plain decimal. */
  amount(segment: Segment, element: number, loop: string): Cents {
    const amount = segment.read(element, parseAmount);
    if (amount !== undefined) return amount;
    this.add(
      "amount-unreadable",
      segment,
      element,
      loop,
      "is not a plain amount in dollars and cents",
    );
    return ZERO;
  }

  /**
   * What stands for an amount whose segment is missing; the missing segment is a defect already.
   */
  zero(): Cents {
    return ZERO;
  }

  /** Notes that an element cannot be read; the message names the place and never the value. */
  add(code: string, segment: Segment, element: number, loop: string, problem: string): void {
    const place = `${segment.id}${String(element).padStart(2, "0")}`;
    this.findings.push({
      severity: code === "date-unreadable" ? "warning" : "error",
      code,
      snip: 1,
      acknowledgement: { in: "IK403", code: code === "date-unreadable" ? "8" : "6" },
      loop,
      segment: segment.id,
      position: segment.position,
      element,
      message: `${place} (segment ${segment.position}, loop ${loop}) ${problem}.`,
      fix: "Ask the payer for a corrected remittance.",
    });
  }
}
