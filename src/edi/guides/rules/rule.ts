import type { AcknowledgementCode, Segment } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";

/** Where a rule is broken, and how a 999 answers it. */
export interface Breach {
  /** Segment id; what is missing is named too. */
  readonly segment: string;
  /** Undefined for what is missing: then it is told where the loop ends. */
  readonly position?: number;
  /** The loop of the segment, where it is another than the rule's. */
  readonly loop?: string;
  readonly element?: number;
  readonly component?: number;
  readonly acknowledgement: AcknowledgementCode;
  /** By how many cents a balance is off. */
  readonly offCents?: number;
}

/** What a rule says: a demand of a guide that depends on other data than the segment itself. */
interface Facts {
  /** Stable, kebab-case: the code of its findings. */
  readonly name: string;
  /** Short names of the guides that have it: `837P`. */
  readonly guides: readonly string[];
  /** What it demands, in one plain sentence. */
  readonly demands: string;
  /** What to do when it is broken, in one plain sentence. */
  readonly fix: string;
  /** Guide, loop and segment, or the section, that demands it. */
  readonly source: string;
  /** WEDI SNIP type: 3 balancing, 4 situational. */
  readonly snip: 3 | 4;
  /** A warning where the guide leaves room, or payers do. */
  readonly severity: "error" | "warning";
}

/** A rule about one loop, with what is within and around it. */
export interface LoopRule extends Facts {
  readonly loops: readonly string[];
  /** Where the loop, complete, breaks it; empty when it holds. */
  readonly breaches: (loop: Loop) => readonly Breach[];
}

/** A rule about the order or the sum of many loops of one transaction set. */
export interface SetRule extends Facts {
  /** The loops that are shown to the watch. */
  readonly loops: readonly string[];
  /** Begins to watch one transaction set. */
  readonly watch: () => Watch;
}

/** What keeps the state of a rule while a transaction set passes by. */
export interface Watch {
  /** A loop begins with its first segment. */
  readonly opened?: (loop: Loop) => readonly Breach[];
  /** A loop is complete. */
  readonly closed?: (loop: Loop) => readonly Breach[];
  /** The set ends; `root` is its loop "ST". */
  readonly ended?: (root: Loop) => readonly Breach[];
}

export const NONE: readonly Breach[] = [];

/** A segment that the other data demand. */
export function missing(segment: string, loop?: string): Breach {
  const acknowledgement = { in: "IK304", code: "I6" } as const;
  return { segment, acknowledgement, ...(loop === undefined ? {} : { loop }) };
}

/** A segment that the other data forbid. */
export function unwanted({ id, position }: Segment): Breach {
  return { segment: id, position, acknowledgement: { in: "IK304", code: "I9" } };
}

/** An element that the other data demand. */
export function missingElement(segment: Segment, element: number, component?: number): Breach {
  return { ...placeOf(segment, element, component), acknowledgement: { in: "IK403", code: "I9" } };
}

/** An element that is there and contradicts the other data. */
export function wrong(segment: Segment, element: number, component?: number): Breach {
  return { ...placeOf(segment, element, component), acknowledgement: { in: "IK403", code: "I12" } };
}

/** An amount that is off by some cents. */
export function off(segment: Segment, element: number, offCents: number): Breach {
  return { ...wrong(segment, element), offCents };
}

function placeOf({ id, position }: Segment, element: number, component: number | undefined) {
  return { segment: id, position, element, ...(component === undefined ? {} : { component }) };
}
