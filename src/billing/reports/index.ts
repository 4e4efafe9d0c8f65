/**
 * Reports: figures with their definition, so that two people who compare them compare the same
 * thing.
 *
 * Terminology
 * - definition: what is counted, with a version; a figure without one is not published.
 * - unit: what is counted (claim, claim payment, dollars); cohort: which of them, by month.
 * - initial denial: a denial at the payer's first decision on a claim.
 * - excluded: what was left out, counted; claim ids: the way from a figure to what is behind it.
 * - run-out: the time a cohort needs before its figure is final.
 */
export {
  type AutoPostRateReport,
  type AutoPostRow,
  autoPostRate,
} from "./auto-post-rate.ts";
export {
  DENIAL_RATE_BREAKDOWNS,
  type DenialRateBreakdown,
  type DenialRateReason,
  type DenialRateReport,
  type DenialRateRow,
  denialRate,
} from "./denial-rate.ts";
export { type PayerScore, PayerScorecard } from "./payer-scorecard.ts";
