import type { ParkReason } from "../remits/index.ts";

/** Teams that own work, by what they can fix. */
export const TEAMS = {
  "front-desk": "Front desk and registration",
  authorization: "Authorizations and referrals",
  coding: "Coding",
  clinical: "Clinical review",
  billing: "Billing and edit desk",
  credentialing: "Credentialing and enrolment",
  "follow-up": "Follow-up and appeals",
  "patient-financial": "Patient financial services",
  contracts: "Contract management",
} as const;

/** The team that owns an item. */
export type Team = keyof typeof TEAMS;

/** What a denial is about. */
export const DENIAL_CATEGORIES = {
  "incorrect-patient-info": "Incorrect patient information",
  "no-active-coverage": "No active coverage",
  "coordination-of-benefits": "Coordination of benefits",
  "incorrect-payer": "Incorrect payer",
  "authorization-required": "Authorization required",
  "referral-required": "Referral required",
  "timely-filing": "Timely filing",
  "duplicate-claim": "Duplicate claim",
  "billing-error": "Billing error",
  "invalid-diagnosis": "Invalid diagnosis code",
  "incorrect-procedure": "Incorrect procedure code",
  "invalid-modifier": "Invalid modifier",
  bundled: "Bundled",
  "frequency-limit": "Frequency or unit limit",
  "incorrect-place-of-service": "Incorrect place of service",
  "not-medically-necessary": "Not medically necessary",
  "medical-records-requested": "Medical records requested",
  "patient-information-requested": "Information requested from the patient",
  "non-covered-benefit": "Non-covered benefit",
  credentialing: "Credentialing or contract",
  "provider-identifier": "Provider identifier or taxonomy",
  "missing-ndc": "Missing NDC",
  "third-party-liability": "Third-party liability",
  "rebill-split": "Rebill or split",
  "hospital-acquired": "Hospital acquired or readmission",
  "appeal-closed": "Appeal upheld or late",
  pending: "Pending at the payer",
  "payer-initiated": "Payer initiated",
  underpayment: "Underpayment",
  other: "Other",
} as const;

/** What a denial is about. */
export type DenialCategory = keyof typeof DENIAL_CATEGORIES;

/**
 * CORE 360 business scenarios (45 CFR 162.1603); 1 documentation, 2 claim data, 3 not covered, 4
 * not separate.
 */
export type CoreScenario = 1 | 2 | 3 | 4;

/**
 * What can be done: send a corrected claim, appeal, or neither (write off or bill someone else).
 */
export type Fix = "correctable" | "appealable" | "neither";

/** What a rejection is about. A rejection is not a denial: the claim never reached adjudication. */
export type RejectionCategory =
  | "rejected-unprocessable"
  | "rejected-not-found"
  | "rejected-missing-information"
  | "rejected-invalid-information"
  | "rejected-related-fields"
  | "rejected-syntax";

/** Why something of a remittance waits for a person. */
export type PostingExceptionReason =
  | ParkReason
  | "provider-adjustment-in-suspense"
  | "balance-beyond"
  | "corrected-insured"
  | "corrected-payer";

/** Which half of a payment is late: the EFT of an ERA, or the ERA of an EFT (CAQH CORE 370). */
export type LateCash = "missing-deposit" | "missing-remittance";
