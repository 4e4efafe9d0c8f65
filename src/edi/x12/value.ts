/** An element to write: plain text, the components of a composite, or repetitions of either. */
export type ElementValue =
  | string
  | readonly string[]
  | { readonly repeat: readonly (string | readonly string[])[] };

/**
 * A segment to write: its id, then its elements in order; trailing empty ones are dropped by the
 * writer.
 */
export type SegmentValue = readonly [id: string, ...elements: ElementValue[]];

/**
 * A loop to write: its own segments, the trigger segment first, and the loops within it, in guide
 * order.
 */
export interface LoopValue {
  readonly id: string;
  readonly segments: readonly SegmentValue[];
  readonly loops: readonly LoopValue[];
}
