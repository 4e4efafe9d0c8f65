/** 999, implementation acknowledgment: 005010X231A1. */
import { an, codes, composite, id, n0, R, S, times, unused } from "./elements.ts";
import type { Guide, GuideElement, GuideSegment, Usage } from "./guide.ts";
import {
  CONTEXT,
  ELEMENT_ERROR,
  GROUP,
  GROUP_ERROR,
  SEGMENT_ERROR,
  SET_ERROR,
  TRANSACTION_SET,
  VERDICT,
} from "./meanings/acknowledgements.ts";
import type { Meanings } from "./meanings/table.ts";
import { loop, MANY, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X231A1", "005010X231"];
const TRIGGER = ["SITUATIONAL TRIGGER"];
const BUSINESS_UNITS = [
  "TRN02",
  "NM109",
  "PATIENT NAME NM109",
  "SUBSCRIBER NAME NM109",
  "ENT01",
  "SUBSCRIBER NUMBER REF02",
  "CLM01",
];

const position: readonly GuideElement[] = [
  n0("Element", R, 1, 2),
  n0("Component", S, 1, 2),
  n0("Repetition", S, 1, 4),
];

function context(name: string, repeat: number): GuideSegment {
  return segment("CTX", name, S, repeat, [
    composite("What demanded it", R, [an("Context", R, 1, 35, TRIGGER, CONTEXT), ...unused(1)], 10),
    id("Segment", R, 2, 3),
    n0("Position of the segment", R, 1, 10),
    an("Loop", S, 1, 4),
    composite("Place within the segment", S, position),
    composite("Data element number", S, [n0("Number", R, 1, 4), n0("Number 2", S, 1, 4)]),
  ]);
}

const businessUnit: GuideSegment = segment("CTX", "Which claim or request", S, 1, [
  composite("Identifier", R, [
    an("Where the identifier stood", R, 1, 35, BUSINESS_UNITS, CONTEXT),
    an("Identifier", R, 1, 35),
  ]),
  ...unused(5),
]);

function errors(name: string, usage: Usage, values: Meanings): GuideElement {
  return id(name, usage, 1, 3, values);
}

const element = loop("2110", "Element in error", S, MANY, [
  segment("IK4", "Element in error", R, 1, [
    composite("Place within the segment", R, position),
    n0("Data element number", S, 1, 4),
    errors("Error", R, ELEMENT_ERROR),
    an("Copy of the value", S, 1, 99),
  ]),
  context("Why the element was demanded", 10),
]);

const segmentInError = loop("2100", "Segment in error", S, MANY, [
  segment("IK3", "Segment in error", R, 1, [
    id("Segment", R, 2, 3),
    n0("Position of the segment", R, 1, 10),
    an("Loop", S, 1, 4),
    errors("Error", S, SEGMENT_ERROR),
  ]),
  context("Why the segment was demanded", 9),
  businessUnit,
  element,
]);

/** The 999 as data (X12 005010X231 with its errata A1). */
export const guide999: Guide = {
  transactionSet: "999",
  versions: VERSIONS,
  name: "999",
  functionalIdentifier: "FA",
  unitLoops: [],
  root: loop("ST", "Acknowledgment of a functional group", R, 1, [
    st("999", VERSIONS),
    segment("AK1", "Functional group acknowledged", R, 1, [
      id("Kind of group", R, 2, 2, undefined, GROUP),
      n0("Group control number", R, 1, 9),
      an("Guide of the group", R, 1, 12),
    ]),
    loop("2000", "Transaction set acknowledged", S, MANY, [
      segment("AK2", "Transaction set acknowledged", R, 1, [
        id("Transaction set", R, 3, 3, undefined, TRANSACTION_SET),
        an("Control number", R, 4, 9),
        an("Guide", S, 1, 35),
      ]),
      segmentInError,
      segment("IK5", "Verdict on the transaction set", R, 1, [
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
