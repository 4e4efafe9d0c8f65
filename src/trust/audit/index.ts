/**
 * Audit: the record of who did what to whose data, in which nothing can be changed unseen
 * (45 CFR 164.312(b) audit controls, 164.312(c)(1) integrity).
 *
 * Terminology
 * - event: one thing done or refused; kept for ever.
 * - draft: what a use case says of it, before who, when and the chain are added.
 * - chain: the events of one practice, each holding the hash of the one before.
 * - head: sequence and hash of the last event.
 * - review: a look of a person at what stood out; finding: what there is to look at.
 * - disclosure: patient data that went to somebody for another end than treatment, payment and operations.
 * - checkpoint: a head signed with a key held elsewhere; shows truncation and a chain written anew.
 */
export {
  type Anomaly,
  AnomalyFinder,
  isPracticeHours,
  type PracticeHours,
  type ReviewRules,
} from "./anomalies.ts";
export { canonicalJson } from "./canonical.ts";
export { appendEvents } from "./chain.ts";
export {
  asCheckpoint,
  type Checkpoint,
  signCheckpoint,
  verifyCheckpoint,
} from "./checkpoint.ts";
export {
  accountingFrom,
  DISCLOSURE_PURPOSES,
  type DisclosurePurpose,
  RECORDED_PURPOSES,
} from "./disclosure.ts";
export {
  type AuditDraft,
  type AuditEvent,
  type AuditHead,
  GENESIS,
  PURPOSES,
  type Purpose,
  type UnsealedEvent,
} from "./event.ts";
export { ExportReader, type ExportReport, exportLines } from "./export.ts";
export { fhirAuditEvent } from "./fhir.ts";
export {
  REVIEW_KINDS,
  REVIEW_OUTCOMES,
  type ReviewKind,
  type ReviewOutcome,
} from "./review.ts";
export { shownFields } from "./shown-fields.ts";
export { type ChainFault, type ChainReport, verifyChain } from "./verify.ts";
