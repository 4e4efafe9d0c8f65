/**
 * Code sets: which codes there are, what they mean, and on which days they may be used.
 *
 * Terminology
 * - code set: a list that someone outside X12's guides owns: ICD-10-CM, HCPCS, CARC …
 * - record: a code over one span of days; a code may have several.
 * - billable: may stand on a claim. A header of ICD-10-CM is a code but not billable.
 * - release: a published edition of a code set. A period release (ICD-10-CM) lists all codes of its
 *   days; a history release (HCPCS, CARC) lists codes with the days of each.
 * - import: what an importer reads out of the file of a release: records, findings, counts.
 * - starter set: a small list written for this project, so that it runs with nothing imported.
 * - complete: the set holds every code of its list. A code that is unknown to a complete set is
 *   wrong; one that is unknown to a starter set is at most doubtful.
 */
import type { CodeSet, CodeSetName } from "./code-set.ts";
import { starterCarc } from "./starter/adjustment-reasons.ts";
import { starterAdjustmentGroup, starterProviderAdjustment } from "./starter/adjustments.ts";
import {
  starterClaimFrequency,
  starterClaimPaymentStatus,
  starterClaimStatus,
  starterClaimStatusCategory,
} from "./starter/claim-status.ts";
import { starterIcd10cm } from "./starter/icd10cm.ts";
import { starterModifier } from "./starter/modifiers.ts";
import { starterPos } from "./starter/places-of-service.ts";
import { starterCpt, starterHcpcs } from "./starter/procedures.ts";
import { starterRarc } from "./starter/remarks.ts";
import { starterTaxonomy } from "./starter/taxonomies.ts";

export { type CalendarDate, calendarDate } from "./calendar-date.ts";
export type { CodeImport, Importer } from "./code-import.ts";
export {
  type CodeRecord,
  type CodeSet,
  type CodeSetContent,
  type CodeSetName,
  codeSet,
  type Lookup,
  procedureSet,
  type Release,
} from "./code-set.ts";
export { type CsvRow, csvHeader, csvRows } from "./csv.ts";
export { merge } from "./merge.ts";
export { isNpi } from "./npi.ts";
export { RECOGNITION_BYTES, recogniseRelease } from "./recognise.ts";

/** Every code set by name. */
export type CodeSets = Readonly<Record<CodeSetName, CodeSet>>;

/** The sets that Claimwright knows before anything is imported. */
export const starterCodeSets: CodeSets = {
  icd10cm: starterIcd10cm,
  hcpcs: starterHcpcs,
  cpt: starterCpt,
  modifier: starterModifier,
  pos: starterPos,
  taxonomy: starterTaxonomy,
  carc: starterCarc,
  rarc: starterRarc,
  "claim-status-category": starterClaimStatusCategory,
  "claim-status": starterClaimStatus,
  "claim-payment-status": starterClaimPaymentStatus,
  "claim-frequency": starterClaimFrequency,
  "adjustment-group": starterAdjustmentGroup,
  "provider-adjustment": starterProviderAdjustment,
};
