import type { Meanings } from "./meanings/table.ts";

/** Usage of a loop, segment, element or component: required, situational, not used. */
export type Usage = "R" | "S" | "N";

/** X12 data types: alphanumeric, identifier, numeric with implied decimals, decimal, date, time, binary. */
export type ElementType = "AN" | "ID" | "N0" | "N2" | "R" | "DT" | "TM" | "B";

/** One element or component position of a segment, as the guide uses it. */
export interface GuideElement {
  /** What it is, in our own words. */
  readonly name: string;
  readonly usage: Usage;
  readonly type: ElementType;
  readonly min: number;
  readonly max: number;
  /** Code values that the guide allows, where it names them. */
  readonly codes?: readonly string[];
  /** What the code values mean, in our own words; may tell of more values than are allowed. */
  readonly meanings?: Meanings;
  /** Name of an external code set that owns the values: `icd10cm`, `carc`, `pos` … */
  readonly codeSet?: string;
  /** How often the element may repeat; 1 when absent. */
  readonly repeat?: number;
  /** Components, when this element is a composite. */
  readonly components?: readonly GuideElement[];
}

/** One segment position of a loop. The same segment id may stand at several positions, told apart by `when`. */
export interface GuideSegment {
  readonly kind: "segment";
  readonly id: string;
  readonly name: string;
  readonly usage: Usage;
  /** Most often it may stand here; Infinity for no limit. */
  readonly repeat: number;
  /** Which element and codes tell this position from others with the same id: `{element: 1, codes: ["85"]}`; `component` for HI01-1. */
  readonly when?: {
    readonly element: number;
    readonly component?: number;
    readonly codes: readonly string[];
  };
  readonly elements: readonly GuideElement[];
  /** Syntax notes of the standard, such as P0304, R0809, C0605, E0205. */
  readonly syntax?: readonly string[];
}

/** A loop position. Its first child is the segment that opens it. */
export interface GuideLoop {
  readonly kind: "loop";
  readonly id: string;
  readonly name: string;
  readonly usage: Usage;
  readonly repeat: number;
  /** Segments and loops in the guide's order. */
  readonly children: readonly (GuideSegment | GuideLoop)[];
  /** HL03 of a hierarchical level, and the loops (by id) that may be its parent. */
  readonly hierarchy?: { readonly levelCode: string; readonly parents: readonly string[] };
}

/** An implementation guide as data. */
export interface Guide {
  /** ST01: `837`, `835`, `999`, `277`. */
  readonly transactionSet: string;
  /**
   * GS08 / ST03 values under which it travels: `005010X222A1`, also `005010X222A2` or plain
   * `005010X222`.
   */
  readonly versions: readonly string[];
  /** It reads every other version too. */
  readonly readsAnyVersion?: true;
  /** Our short name: `837P`, `835`, `999`, `277CA`. */
  readonly name: string;
  /** GS01: `HC`, `HP`, `FA`, `HN`. */
  readonly functionalIdentifier: string;
  /**
   * The loops that a reader hands out one at a time, so that a large file needs little memory:
   * `2300`, `2100`, `2200D`. None stands within another.
   */
  readonly unitLoops: readonly string[];
  /** Everything from ST to SE: header segments and loops under a loop with id "ST". */
  readonly root: GuideLoop;
}
