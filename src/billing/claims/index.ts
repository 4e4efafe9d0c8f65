/**
 * Claims: what is asked of a payer for an encounter.
 *
 * Terminology
 * - claim: one submission to one payer; CLM and its surroundings in an 837.
 * - edit: a named rule that is asked before a claim goes out; an error holds the encounter.
 * - prepared claim: a claim with the encounter it was made from.
 * - batch: claims of one payer, usage and kind, which become one interchange.
 * - type of bill: facility type (CLM05-1) and frequency (CLM05-3) of an institutional claim.
 * - patient control number: CLM01, unique per submission; line item control number: REF*6R, unique
 *   per claim.
 */
export { batchClaims, type ClaimBatch } from "./batch-claims.ts";
export { buildClaim, type ClaimNumbers, encounterPatient } from "./build-claim.ts";
export type {
  Claim,
  ClaimDiagnosis,
  ClaimLine,
  ClaimPatient,
  ClaimPayer,
  ClaimTooth,
  DentalFacts,
  DentalPlace,
  InstitutionalFacts,
  PayerSequence,
} from "./claim.ts";
export * from "./edits/index.ts";
export {
  type BatchOptions,
  type GeneratedBatch,
  type GeneratedSet,
  generateBatch,
} from "./generate-batch.ts";
export type { Receiver, Submitter } from "./loops/index.ts";
export type { PreparedClaim } from "./prepared-claim.ts";
export { type ReadClaim, readClaims } from "./read-claims.ts";
