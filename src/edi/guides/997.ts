/** 997, functional acknowledgment: what senders of 004010 answer with, read in any version. */
import { an, codes, composite, id, n0, R, S, times } from "./elements.ts";
import type { Guide, GuideElement, Usage } from "./guide.ts";
import {
  ELEMENT_ERROR,
  GROUP,
  GROUP_ERROR,
  SEGMENT_ERROR,
  SET_ERROR,
  TRANSACTION_SET,
  VERDICT,
} from "./meanings/acknowledgements.ts";
import type { Meanings } from "./meanings/table.ts";
import { loop, MANY, se, segment } from "./segments.ts";

/** Versions have different codes, and a 997 is never written here: any code is taken. */
function errors(name: string, usage: Usage, meanings: Meanings): GuideElement {
  return id(name, usage, 1, 3, undefined, meanings);
}

const segmentInError = loop("AK3", "Segment in error", S, MANY, [
  segment("AK3", "Segment in error", R, 1, [
    id("Segment", R, 2, 3),
    n0("Position of the segment", R, 1, 10),
    an("Loop", S, 1, 6),
    ...times(5, (ordinal) => [errors(`Error ${ordinal}`, S, SEGMENT_ERROR)]),
  ]),
  segment("AK4", "Element in error", S, 99, [
    composite("Place within the segment", R, [
      n0("Element", R, 1, 2),
      n0("Component", S, 1, 2),
      n0("Repetition", S, 1, 4),
    ]),
    n0("Data element number", S, 1, 4),
    errors("Error", R, ELEMENT_ERROR),
    { name: "Copy of the value", usage: S, type: "B", min: 1, max: 99 },
  ]),
]);

/** The 997 as data (X12 transaction set 997, 004010 and 005010). */
export const guide997: Guide = {
  transactionSet: "997",
  versions: ["004010"],
  readsAnyVersion: true,
  name: "997",
  functionalIdentifier: "FA",
  unitLoops: [],
  root: loop("ST", "Acknowledgment of a functional group", R, 1, [
    segment("ST", "Start of the transaction set", R, 1, [
      id("Transaction set", R, 3, 3, ["997"], TRANSACTION_SET),
      an("Control number", R, 4, 9),
      an("Guide", S, 1, 35),
    ]),
    segment("AK1", "Functional group acknowledged", R, 1, [
      id("Kind of group", R, 2, 2, undefined, GROUP),
      n0("Group control number", R, 1, 9),
      an("Guide of the group", S, 1, 12),
    ]),
    loop("AK2", "Transaction set acknowledged", S, MANY, [
      segment("AK2", "Transaction set acknowledged", R, 1, [
        id("Transaction set", R, 3, 3, undefined, TRANSACTION_SET),
        an("Control number", R, 4, 9),
        an("Guide", S, 1, 35),
      ]),
      segmentInError,
      segment("AK5", "Verdict on the transaction set", R, 1, [
        id("Verdict", R, 1, 1, codes("A E M R W X"), VERDICT),
        ...times(5, (ordinal) => [errors(`Error ${ordinal}`, S, SET_ERROR)]),
      ]),
    ]),
    segment("AK9", "Verdict on the functional group", R, 1, [
      id("Verdict", R, 1, 1, VERDICT),
      n0("Transaction sets included", R, 1, 6),
      n0("Transaction sets received", R, 1, 6),
      n0("Transaction sets accepted", R, 1, 6),
      ...times(5, (ordinal) => [errors(`Error ${ordinal}`, S, GROUP_ERROR)]),
    ]),
    se(),
  ]),
};
