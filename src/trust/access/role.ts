/**
 * The parts people and machines play, each with what it is for (45 CFR 164.308(a)(4)(ii)(B), access authorization).
 * A user may hold several: in a one-person practice the administrator is also the biller.
 */
export const ROLES = {
  administrator: "Manages users and keys; sees no patient data by this role alone",
  biller: "Sends claims, posts remittances, works denials",
  "denial-specialist": "Works the denial queue",
  "team-lead": "Works and distributes the denial queue, watches its figures",
  "practice-manager": "Watches money, figures and the queue; sees no patient by this role alone",
  auditor: "Reads everything, the audit trail included, and changes nothing",
  clearinghouse: "A machine that delivers and collects X12 files",
  system: "The program itself: its command line and its jobs; never granted to anyone",
} as const;

/** The name of a role. */
export type Role = keyof typeof ROLES;

const NAMES = Object.keys(ROLES) as readonly Role[];

/** The roles that may be given to a person. */
export const HUMAN_ROLES: readonly Role[] = NAMES.filter(
  (role) => role !== "system" && role !== "clearinghouse",
);

/** The roles that may be given to an API key: all but the program's own and user management. */
export const KEY_ROLES: readonly Role[] = NAMES.filter(
  (role) => role !== "system" && role !== "administrator",
);

/** Whether the text names a role. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}
