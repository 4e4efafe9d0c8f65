/** One adjustment, as far as deciding whether it can be a denial needs it. */
export interface AdjustmentReason {
  readonly groupCode: string;
  readonly reasonCode: string;
  readonly amountCents: number;
  /** CLP02 of the claim payment, where it matters. */
  readonly statusCode?: string | undefined;
}

/** A kind of adjustment that looks like a denial and is none. */
export interface NeverRow {
  /** Undefined where any group code will do. */
  readonly groupCode?: string;
  readonly reasonCode: string;
  /** Holds only for this CLP02. */
  readonly statusCode?: string;
  /** What it is instead. */
  readonly what: string;
}

/** What must never become a work item (DENIALS §2; 161 and 223 as POSTING §8 posts them). */
export const NEVER: readonly NeverRow[] = [
  { groupCode: "CO", reasonCode: "45", what: "contractual write-off" },
  { groupCode: "CO", reasonCode: "253", what: "sequestration" },
  { groupCode: "CO", reasonCode: "237", what: "penalty required by law" },
  { groupCode: "CO", reasonCode: "144", what: "incentive" },
  { groupCode: "CO", reasonCode: "161", what: "performance bonus" },
  { groupCode: "CO", reasonCode: "223", what: "adjustment required by law" },
  { groupCode: "CO", reasonCode: "24", what: "capitation" },
  { groupCode: "CO", reasonCode: "104", what: "managed care withhold" },
  { groupCode: "CO", reasonCode: "59", what: "multiple-procedure reduction" },
  { groupCode: "CO", reasonCode: "131", what: "negotiated discount" },
  { groupCode: "CO", reasonCode: "105", what: "tax withholding" },
  { groupCode: "CO", reasonCode: "246", what: "reporting-only code" },
  { groupCode: "OA", reasonCode: "23", what: "impact of an earlier payer" },
  { groupCode: "OA", reasonCode: "94", what: "allowed above the charge" },
  { groupCode: "PR", reasonCode: "1", what: "deductible" },
  { groupCode: "PR", reasonCode: "2", what: "coinsurance" },
  { groupCode: "PR", reasonCode: "3", what: "copay" },
  { groupCode: "PR", reasonCode: "66", what: "blood deductible" },
  { reasonCode: "225", what: "interest or penalty paid by the payer" },
  { reasonCode: "101", statusCode: "25", what: "predetermination" },
];

/** CLP02 of a reversal: it undoes a decision and is none itself. */
const REVERSAL = "22";

/**
 * Whether an adjustment may never open a denial: it is on the list, undoes a decision, or takes
 * nothing away.
 */
export function neverDenial(adjustment: AdjustmentReason): boolean {
  if (adjustment.statusCode === REVERSAL || adjustment.amountCents <= 0) return true;
  return NEVER.some(
    (row) =>
      row.reasonCode === adjustment.reasonCode &&
      (row.groupCode === undefined || row.groupCode === adjustment.groupCode) &&
      (row.statusCode === undefined || row.statusCode === adjustment.statusCode),
  );
}
