import type { Finding, Segment } from "../../edi/x12/index.ts";
import { isoDate } from "../intake/index.ts";

/** Tells a finding about an element of a claim that was read. */
export type Note = (
  severity: Finding["severity"],
  code: string,
  segment: Segment | undefined,
  element: number | undefined,
  message: string,
) => void;

/** Two ISO calendar dates; undefined where none was told, or none that is one. */
export interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A DTP in format D8 or RD8; nothing when there is none. Finding: `claim-date-invalid`. */
export function readPeriod(dtp: Segment | undefined, note: Note): Period {
  if (dtp === undefined) return { from: undefined, to: undefined };
  return periodOf(dtp.element(3), dtp, 3, note);
}

/** A period as X12 writes it, from element `element` of a segment. Finding: `claim-date-invalid`. */
export function periodOf(text: string, segment: Segment, element: number, note: Note): Period {
  const [first = "", last = first] = text.split("-");
  const from = isoDate(first);
  const to = isoDate(last);
  if (from === undefined || to === undefined) {
    const message = "The date is no day of the calendar.";
    note("warning", "claim-date-invalid", segment, element, message);
  }
  return { from, to };
}
