/**
 * Implementation guides as data, one reader and one writer that work by them.
 *
 * Terminology
 * - guide: an implementation guide (TR3) as data: which loops, segments and elements stand where.
 * - loop: segments that belong together, named as the guide names them: 2010BA, 2300, 2100.
 * - unit loop: the loop a reader hands out one at a time: a claim (2300), a claim payment (2100).
 * - usage: R required, S situational, N not used.
 * - event: what a reader meets: an envelope begins or ends, a unit loop is complete.
 * - verdict: what was found in a set, group or interchange; acknowledgments are built from it.
 * - explanation: a line of a file in plain words, with what it holds.
 * - walker: gives each segment of a set its loop; what the guide does not expect becomes a finding.
 */
export {
  type AcknowledgementStamp,
  build999,
  buildTa1,
  type SetStatus,
  statusOfSet,
  writeAcknowledgement,
} from "./acknowledge.ts";
export { adviceOn } from "./advice.ts";
export type { HeldCodeSets } from "./check-codes.ts";
export type { EdiEvent, ReadOptions } from "./event.ts";
export { type ExplainOptions, type Explanation, explainEdi } from "./explain.ts";
export type { ExplainedElement } from "./explain-segment.ts";
export type * from "./guide.ts";
export { GUIDES } from "./guides.ts";
export { Loop } from "./loop.ts";
export { mostTelling } from "./most-telling.ts";
export { readEdi, readEdiSync } from "./read.ts";
export {
  type AcknowledgedError,
  type AcknowledgedSet,
  type ClaimAcknowledgement,
  type ClaimStatus,
  type GroupAcknowledgement,
  type InterchangeAcknowledgement,
  read277ca,
  readGroupAcknowledgement,
  readTa1,
} from "./read-acknowledgement.ts";
export type { TransactionSet } from "./support.ts";
export {
  type BusinessUnit,
  type FunctionalGroupVerdict,
  type InterchangeVerdict,
  type TransactionSetVerdict,
  Verdicts,
  verdictsOf,
} from "./verdict.ts";
export { type WriteOptions, type WrittenTransactionSet, writeTransactionSet } from "./write.ts";
