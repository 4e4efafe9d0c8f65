/**
 * X12 as a format, without healthcare: bytes become segments, segments stand in envelopes.
 *
 * Terminology
 * - interchange: ISA to IEA, what one party sends another at once; its ISA declares the delimiters.
 * - functional group: GS to GE, transaction sets of one kind within an interchange.
 * - transaction set: ST to SE, one document: an 837 with claims, an 835 with payments.
 * - segment: one line of a set, an id and its elements (`CLP*…~`).
 * - element: one value of a segment, numbered from 1: CLP02.
 * - component: one part of a composite element: SVC01-2. Repetition: one of several values of an
 *   element.
 * - delimiters: the characters that end elements, components, repetitions and segments.
 * - finding: bad data as a value, with the code that a TA1 or 999 answers it with.
 * - intact: a set whose SE is there and agrees with its count of segments and its control number.
 */
export { hundredthsIn } from "./amount.ts";
export { isPartyQualifier } from "./check-header.ts";
export {
  isDate,
  isDateAt,
  isDecimal,
  isFormatted,
  isInteger,
  isText,
  isTime,
  widthOf,
} from "./data-types.ts";
export { type Delimiters, STANDARD_DELIMITERS } from "./delimiters.ts";
export type { FunctionalGroup, Interchange, TransactionSetHeader } from "./envelope.ts";
export { type EnvelopeSink, Envelopes, keep, type TransactionSetVerdict } from "./envelopes.ts";
export type { AcknowledgementCode, Finding, Severity, SnipType } from "./finding.ts";
export { Passage, Segment } from "./segment.ts";
export { isSegmentId, namedSegment } from "./segment-ids.ts";
export { textOf } from "./shared-text.ts";
export { SEGMENT_BYTES_MAX, type SegmentSink, Tokenizer, WINDOW_BYTES } from "./tokenize.ts";
export type { ElementValue, LoopValue, SegmentValue } from "./value.ts";
export {
  type FunctionalGroupValue,
  type InterchangeValue,
  SegmentWriter,
  writeInterchange,
} from "./write.ts";
