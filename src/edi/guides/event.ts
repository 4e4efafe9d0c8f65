import type { Finding, FunctionalGroup, Interchange, Segment } from "../x12/index.ts";
import type { HeldCodeSets } from "./check-codes.ts";
import type { Guide } from "./guide.ts";
import type { Loop } from "./loop.ts";
import type { TransactionSet } from "./support.ts";

/** What a reader meets, in file order. */
export type EdiEvent =
  | { readonly kind: "interchange"; readonly interchange: Interchange }
  | {
      /** A TA1 of the interchange; its fields by `readTa1`. */
      readonly kind: "interchangeAcknowledgement";
      readonly interchange: Interchange;
      readonly segment: Segment;
    }
  | {
      /** Its ISA cannot be worked with: what could be read of it, and why it is refused. */
      readonly kind: "interchangeRefused";
      readonly interchange: Interchange;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: "functionalGroup"; readonly group: FunctionalGroup }
  | { readonly kind: "transactionSet"; readonly set: TransactionSet }
  | {
      /** A unit loop of the guide, whole: 2300 of an 837P, 2100 of an 835. */
      readonly kind: "loop";
      readonly set: TransactionSet;
      readonly loop: Loop;
      /** What was found in the set since the unit loop before. */
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: "transactionSetEnd";
      readonly set: TransactionSet;
      /** Loop "ST": all that is in no unit loop and around none, ST, PLB and SE included. */
      readonly root: Loop;
      /** What was found since the last unit loop, and of the set as a whole. */
      readonly findings: readonly Finding[];
      /** False when SE is missing or disagrees with what was read. */
      readonly intact: boolean;
      /** Segments read, ST and SE included. */
      readonly segmentCount: number;
    }
  | {
      readonly kind: "functionalGroupEnd";
      readonly group: FunctionalGroup;
      readonly findings: readonly Finding[];
      /** GE01, undefined where it is missing or no number. */
      readonly declaredSets: number | undefined;
    }
  | {
      readonly kind: "interchangeEnd";
      readonly interchange: Interchange;
      readonly findings: readonly Finding[];
    }
  /** Something outside of any interchange. */
  | { readonly kind: "finding"; readonly finding: Finding };

/** How to read. */
export interface ReadOptions {
  /** The guides to read by; those of the house when absent. */
  readonly guides?: readonly Guide[];
  /** Whether elements are checked too: sizes, codes, dates, syntax notes. */
  readonly check?: boolean;
  /** Where `check` looks up codes of external sets (SNIP 5); they are not checked when absent. */
  readonly codeSets?: HeldCodeSets;
  /** Who may be addressed in ISA08; anybody when absent. */
  readonly receivers?: readonly string[];
  /** The longest segment accepted, in bytes; the file is refused at a longer one. */
  readonly maxSegmentBytes?: number;
}
