import type { Adjustment } from "./remittance.ts";

/** What an adjustment does to the account (POSTING 8). */
export type Treatment =
  | "contractual"
  | "sequestration"
  | "patient"
  | "prior-payer"
  | "other"
  | "denied";

/**
 * CO reasons that reduce the charge by contract or law; every other CO is a denial (POSTING 8,
 * DENIALS 2).
 */
export const CONTRACTUAL_REASONS: ReadonlySet<string> = new Set([
  "24", // capitated: nothing is paid per claim
  "45", // above the fee schedule
  "59", // reduced because of several procedures on one day
  "104", // withheld under a managed-care contract
  "105", // tax withheld
  "131", // discount that was negotiated for the claim
  "144", // incentive; negative increases the payment
  "161", // provider performance bonus
  "223", // adjustment required by law
  "225", // interest, told for information
  "237", // penalty set by law or regulation
  "246", // a code that only reports
]);

/** CO-253, the federal reduction of Medicare payments; an account of its own. */
const SEQUESTRATION = "253";

/** OA reasons that refuse payment; other OA amounts close a balance (POSTING 8). */
export const OTHER_DENIALS: ReadonlySet<string> = new Set([
  "15", "16", "18", "19", "20", "21", "22", "26", "27", "29", "31", "39", "50", "96", "97", "109",
  "129", "133", "136", "140", "197", "198", "252", "B7",
]); // biome-ignore format: a list of codes reads best as one

/** The lists of reasons that a practice may change, for a payer or for all. */
export interface TreatmentRules {
  readonly contractual: ReadonlySet<string>;
  readonly otherDenials: ReadonlySet<string>;
}

/**
 * What one adjustment does, by its group and reason; undefined for a group that only a reversal may
 * carry.
 */
export function treatmentOf(
  { groupCode, reasonCode }: Pick<Adjustment, "groupCode" | "reasonCode">,
  rules: TreatmentRules = { contractual: CONTRACTUAL_REASONS, otherDenials: OTHER_DENIALS },
): Treatment | undefined {
  switch (groupCode) {
    case "PR":
      return "patient";
    case "CO":
      if (reasonCode === SEQUESTRATION) return "sequestration";
      return rules.contractual.has(reasonCode) ? "contractual" : "denied";
    case "OA":
      if (reasonCode === "23") return "prior-payer";
      return rules.otherDenials.has(reasonCode) ? "denied" : "other";
    case "PI":
      return "denied";
    default:
      return undefined;
  }
}
