/** What in the audit trail a person has to look at (45 CFR 164.308(a)(1)(ii)(D)), in words for people. */
export const REVIEW_KINDS = {
  "break-glass": "Emergency access to patient data",
  "mass-read": "Many patients within an hour",
  "own-name": "A patient with the reader's own family name",
  "after-hours": "Patient data outside the practice's hours",
  "sign-in-failures": "Refused sign-ins",
  lockout: "An account was locked",
  "permission-change": "Somebody's permissions, or the rules, were changed",
  "refused-permission": "Refused again and again for want of permission",
  "refused-unknown":
    "Asked again and again for what the practice does not have, which may be another's",
} as const;

/** The name of something to look at. */
export type ReviewKind = keyof typeof REVIEW_KINDS;

/** What a reviewer may find. */
export const REVIEW_OUTCOMES = {
  explained: "There was a good reason",
  incident: "It was wrong, and goes on as an incident (45 CFR 164.308(a)(6))",
} as const;

/** The name of a finding. */
export type ReviewOutcome = keyof typeof REVIEW_OUTCOMES;
