import type { Role } from "./role.ts";

interface Row {
  /** What the permission lets its holder do, in words for people. */
  readonly meaning: string;
  readonly roles: readonly Role[];
}

/**
 * Who may do what: the whole policy, one line a permission. What is not written here is refused.
 * Minimum necessary, 45 CFR 164.502(b) and 164.514(d)(2): each role sees what its work needs.
 */
const MATRIX = {
  "patients:read": {
    meaning: "See whom a record is about; without it those fields are empty",
    roles: ["biller", "denial-specialist", "team-lead", "auditor", "system"],
  },
  "claims:read": {
    meaning: "See claims with their patients",
    roles: ["biller", "denial-specialist", "team-lead", "auditor", "system"],
  },
  "exceptions:read": {
    meaning: "See parked payments and the claims that they may belong to",
    roles: ["biller", "denial-specialist", "team-lead", "auditor", "system"],
  },
  "remittances:read": {
    meaning: "See remittances and their balance certificates",
    roles: ["biller", "denial-specialist", "team-lead", "practice-manager", "auditor", "system"],
  },
  "denials:read": {
    meaning: "See the work queue",
    roles: ["biller", "denial-specialist", "team-lead", "practice-manager", "auditor", "system"],
  },
  "exceptions:work": {
    meaning: "Post parked payments to the claims they belong to",
    roles: ["biller", "team-lead", "system"],
  },
  "remittances:post": {
    meaning: "Unpost remittances and post them again",
    roles: ["team-lead", "system"],
  },
  "rules:adopt": {
    meaning: "Put posting rules and payer settings in force, and make old postings follow",
    roles: ["team-lead", "system"],
  },
  "deposits:read": {
    meaning: "See money in the bank and which remittances it pays",
    roles: ["biller", "team-lead", "practice-manager", "auditor", "system"],
  },
  "deposits:work": {
    meaning: "Bring in deposits, match them to remittances, record returns and refunds",
    roles: ["biller", "team-lead", "system"],
  },
  "denials:work": {
    meaning: "Assign, note and resolve work items",
    roles: ["biller", "denial-specialist", "team-lead", "system"],
  },
  "claims:write-off": {
    meaning: "Write off what payers owe; above the limit a second person approves it",
    roles: ["biller", "team-lead", "system"],
  },
  "approvals:read": {
    meaning: "See what waits for a second person, and what became of it",
    roles: ["biller", "denial-specialist", "team-lead", "practice-manager", "auditor", "system"],
  },
  "approvals:decide": {
    meaning: "Approve or refuse what another person asked for",
    roles: ["team-lead", "practice-manager", "system"],
  },
  "settings:manage": {
    meaning: "Change the practice's settings; a second person approves what loosens a rule",
    roles: ["administrator", "practice-manager", "system"],
  },
  "ledger:read": {
    meaning: "See the ledger and its trial balance",
    roles: ["biller", "team-lead", "practice-manager", "auditor", "system"],
  },
  "reports:read": {
    meaning: "See figures without patients",
    roles: ["biller", "denial-specialist", "team-lead", "practice-manager", "auditor", "system"],
  },
  "audit:read": {
    meaning: "Verify the audit trail",
    roles: ["administrator", "auditor", "system"],
  },
  "patients:export": {
    meaning: "Give a patient a copy of everything that is held of him or her",
    roles: ["team-lead", "system"],
  },
  "holds:read": {
    meaning: "See which records stand under legal hold",
    roles: ["administrator", "auditor", "system"],
  },
  "records:destroy": {
    meaning: "Put records under legal hold and lift it; purge and erase what need not be kept",
    roles: ["administrator", "system"],
  },
  "audit:review": {
    meaning: "See what stood out in the audit trail and sign it off; end an emergency access",
    roles: ["auditor", "system"],
  },
  "break-glass:open": {
    meaning: "See patients in an emergency, for a reason and a time; another reviews it",
    roles: ["administrator", "practice-manager", "system"],
  },
  "disclosures:read": {
    meaning: "Account for what was disclosed of a patient",
    roles: ["team-lead", "auditor", "system"],
  },
  "disclosures:record": {
    meaning: "Record that something of a patient was disclosed",
    roles: ["biller", "team-lead", "system"],
  },
  "exchange:send": {
    meaning: "Deliver X12 files to be posted",
    roles: ["biller", "clearinghouse", "system"],
  },
  "exchange:fetch": {
    meaning: "List and collect files that wait for payers",
    roles: ["biller", "clearinghouse", "system"],
  },
  "encounters:submit": {
    meaning: "Submit encounters to become claims",
    roles: ["biller", "system"],
  },
  "users:manage": {
    meaning: "Invite users, give roles, lock and unlock",
    roles: ["administrator", "system"],
  },
  "keys:manage": {
    meaning: "Create, list and revoke API keys",
    roles: ["administrator", "system"],
  },
} as const satisfies Record<string, Row>;

/** The name of something that may be allowed. */
export type Permission = keyof typeof MATRIX;

/** Every permission, in the order of the matrix. */
export const PERMISSIONS = Object.keys(MATRIX) as readonly Permission[];

/** What a permission lets its holder do, in words for people. */
export function meaningOf(permission: Permission): string {
  return MATRIX[permission].meaning;
}

/** Whether the role holds the permission; the matrix above is the only source. */
export function may(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = MATRIX[permission].roles;
  return roles.includes(role);
}

/** Whether any of the roles holds the permission. */
export function mayAny(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => may(role, permission));
}
