import { type CodeSet, starterCodeSets } from "../../edi/codes/index.ts";

/**
 * Adjustment reasons (CARC) that the starter code set does not hold, in words of this project. The
 * codes are facts of X12's external code list 139; its texts are X12's and are not repeated here.
 */
export const FURTHER_REASONS: Readonly<Record<string, string>> = {
  "51": "A pre-existing condition that the plan does not cover",
  "61": "Penalty because no second surgical opinion was had",
  "69": "Day outlier amount of an inpatient payment",
  "70": "Cost outlier amount of an inpatient payment",
  "74": "Indirect medical education adjustment",
  "75": "Direct medical education adjustment",
  "76": "Disproportionate share adjustment",
  "78": "Room charge or days that are not covered",
  "89": "Professional fees were taken out of the charge",
  "106": "A payment option that the patient has not chosen",
  "108": "Rules for renting or buying equipment were not met",
  "111": "Covered only where the provider accepts assignment",
  "112": "Not shown to have been given directly to the patient, or not documented",
  "114": "The product or procedure lacks approval by the FDA",
  "115": "The procedure was postponed, cancelled or delayed",
  "117": "Transport is covered only to the nearest facility able to treat",
  "118": "Reduction for support of the kidney disease network",
  "128": "The newborn's care is part of the mother's payment",
  "130": "Fee for sending the claim on paper",
  "134": "Technical fees were taken out of the charge",
  "137": "Surcharge, assessment or tax required by law",
  "143": "Part of the payment is deferred",
  "155": "The patient refused the service",
  "157": "An act of war caused the need for care",
  "158": "The service was given outside the United States",
  "160": "The injury came from an activity that the plan excludes",
  "161": "Performance bonus to the provider",
  "172": "Adjusted because of the provider's specialty",
  "173": "No physician prescribed the service or equipment",
  "174": "It was not prescribed before it was delivered",
  "175": "The prescription is incomplete",
  "176": "The prescription is out of date",
  "178": "The patient has not yet met the spend-down amount",
  "179": "The patient's waiting period is not over",
  "180": "The patient did not meet the residency rule",
  "186": "The level of care was changed",
  "187": "Paid from the patient's health spending account",
  "188": "Covered only when used as the FDA recommends",
  "194": "Anesthesia given by the surgeon, the assistant or the attending physician",
  "202": "Personal comfort or convenience item, not covered",
  "203": "The service was broken off or reduced",
  "209": "May not go to the patient by agreement; a later payer may be billed",
  "213": "Against the rules on physician self-referral",
  "219": "Reduced for the extent of the injury",
  "224": "The patient's identity was stolen; identity must be verified",
  "228": "Information an earlier payer asked for was never supplied",
  "232": "Transfer adjustment of an inpatient payment",
  "235": "Sales tax",
  "238": "The part of a claim that falls outside coverage",
  "240": "The diagnosis does not fit the patient's birth weight",
  "245": "Held back under a performance program",
  "247": "Deductible for professional services on an institutional claim",
  "248": "Coinsurance for professional services on an institutional claim",
  "259": "Additional payment for dental or vision use",
  "260": "Priced by Medicaid's enhanced primary care schedule",
  "261": "The service does not fit the patient's history",
  "267": "The claim runs across months and must be split",
  "274": "Not payable under the patient's care coordination arrangement",
  "275": "This payer does not take over the earlier payer's patient share",
  "277": "Not decided: premium grace period of a small-business exchange plan",
  "278": "Requirements of a performance program were not met",
  "280": "The medical plan does not cover it; bill the pharmacy plan",
  "281": "The deductible is waived by contract",
  "282": "Procedure or revenue code does not fit the type of bill",
  "283": "The attending provider may not direct this care",
  "285": "The appeal did not follow the required procedure",
  "289": "Neither the dental nor the medical plan covers it",
  "290": "The dental plan has sent the claim on to the medical plan",
  "291": "The medical plan has sent the claim on to the dental plan",
  "292": "The medical plan has sent the claim on to the pharmacy plan",
  "298": "The medical plan has sent the claim on to the vision plan",
  "301": "The medical plan does not cover it; bill the behavioral health plan",
  "304": "The medical plan does not cover it; bill the hearing plan",
  "305": "The medical plan has sent the claim on to the hearing plan",
  "306": "Type of bill and patient status do not fit together",
  A0: "Refund to the patient",
  A6: "The required earlier hospital stay is missing",
  B1: "Visits that are not covered",
  B4: "Penalty for late filing",
  B12: "The patient's record does not document the service",
  B22: "Adjusted because of the diagnosis",
  B23: "The lab's CLIA certificate does not cover this test",
};

const REASON_WORDS = new Map([
  ...Object.entries(FURTHER_REASONS),
  ...described(starterCodeSets.carc),
]);
const REMARK_WORDS = new Map(described(starterCodeSets.rarc));

/** A CARC in plain words, without full stop; a code without words says so and keeps its number. */
export function reasonWords(reasonCode: string): string {
  return (
    REASON_WORDS.get(reasonCode) ?? `Reason code ${reasonCode}; look it up in the current list`
  );
}

/** A RARC in plain words, undefined where there are none yet. */
export function remarkWords(remarkCode: string): string | undefined {
  return REMARK_WORDS.get(remarkCode);
}

/** Every reason code that has words, and every remark code. */
export const ALL_REASON_WORDS: Readonly<Record<string, string>> = Object.fromEntries(REASON_WORDS);
export const ALL_REMARK_WORDS: Readonly<Record<string, string>> = Object.fromEntries(REMARK_WORDS);

function described(set: CodeSet): [string, string][] {
  return set.records.map(({ code, description }) => [code, description]);
}
