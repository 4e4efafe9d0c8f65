/** Lists that the 835 guide itself closes: groups of CAS and reasons of PLB, in our own words. */
import { type StarterRow, starterRecords, starterSet } from "./table.ts";

const GROUPS: readonly StarterRow[] = [
  ["CO", "Contractual: the provider bears it, never the patient"],
  ["CR", "Correction or reversal (before 5010)"],
  ["OA", "Other: neither contract nor patient"],
  ["PI", "Payer's own reduction, without a contract behind it"],
  ["PR", "The patient's share"],
];

const PROVIDER_ADJUSTMENTS: readonly StarterRow[] = [
  ["50", "Late charge"],
  ["51", "Interest as a penalty"],
  ["72", "Refund by the provider, acknowledged"],
  ["90", "Allowance for early payment"],
  ["AH", "Origination fee"],
  ["AM", "Applied to the borrower's account"],
  ["AP", "Advance payment"],
  ["B2", "Rebate"],
  ["B3", "Recovery allowance"],
  ["BD", "Bad debt"],
  ["BN", "Bonus"],
  ["C5", "Temporary allowance"],
  ["CR", "Interest on capitation"],
  ["CS", "Adjustment told elsewhere"],
  ["CT", "Capitation payment"],
  ["CV", "Capital, passed through"],
  ["CW", "Nurse anesthetist, passed through"],
  ["DM", "Direct medical education, passed through"],
  ["E3", "Held back"],
  ["FB", "Balance carried to or from another remittance"],
  ["FC", "Allocation of funds"],
  ["GO", "Graduate medical education, passed through"],
  ["HM", "Hemophilia clotting factor"],
  ["IP", "Incentive premium"],
  ["IR", "Tax held back for the IRS"],
  ["IS", "Interim settlement"],
  ["J1", "Not reimbursable"],
  ["L3", "Penalty"],
  ["L6", "Interest"],
  ["LE", "Levy"],
  ["LS", "Lump sum"],
  ["OA", "Organ acquisition, passed through"],
  ["OB", "Offset for an affiliated provider"],
  ["PI", "Periodic interim payment"],
  ["PL", "Final payment"],
  ["RA", "Retroactive adjustment"],
  ["RE", "Return on equity"],
  ["SL", "Student loan repayment"],
  ["TL", "Third-party liability"],
  ["WO", "Overpayment taken back"],
  ["WU", "Recovery without a stated reason"],
];

/** All group codes of adjustments (CAS01), with the one that only files before 5010 use. */
export const starterAdjustmentGroup = starterSet("adjustment-group", starterRecords(GROUPS), true);

/** All reasons of provider adjustments (PLB03-1) that the 835 guide allows. */
export const starterProviderAdjustment = starterSet(
  "provider-adjustment",
  starterRecords(PROVIDER_ADJUSTMENTS),
  true,
);
