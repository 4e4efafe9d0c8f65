import type { CoreScenario, DenialCategory, Fix, Team } from "./category.ts";
import type { Clock } from "./deadline.ts";

/** One row: which reason codes it speaks for, and what to do about them. */
export interface TaxonomyRow {
  readonly category: DenialCategory;
  /** CARCs. */
  readonly reasonCodes: readonly string[];
  /** The row holds only where one of these RARCs stands beside the reason. */
  readonly remarkCodes?: readonly string[];
  /** The row holds only for these group codes. */
  readonly groupCodes?: readonly string[];
  readonly scenarios: readonly CoreScenario[];
  readonly rootCause: string;
  readonly owner: Team;
  /** What to do first, as an instruction a biller can carry out. */
  readonly suggestedAction: string;
  /** In order of preference. */
  readonly fix: readonly Fix[];
  readonly clock: Clock;
  readonly source: string;
  /** When the row was last looked at, ISO calendar date. */
  readonly reviewedOn: string;
}
