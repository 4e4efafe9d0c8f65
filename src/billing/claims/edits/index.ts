/**
 * Edits: what a biller looks for before a claim goes out.
 *
 * Terminology
 * - edit: one named rule about an encounter; its id is the code of its findings.
 * - repair: a change of text that keeps its meaning (é → e), made and told.
 * - held: an encounter with an error among its findings.
 */
export { isInpatient } from "./bill-type.ts";
export {
  type BatchContext,
  checkClaim,
  checkClaims,
  EDITS,
  type EditedEncounter,
} from "./check-claims.ts";
export { plainCode } from "./code-edits.ts";
export { type SubmittedBefore, serviceKeys } from "./duplicates.ts";
export type { CodeAnswer, CodeSets, Edit, EditCodeSet, EditContext, Report } from "./edit.ts";
export { repairText } from "./repair-text.ts";
