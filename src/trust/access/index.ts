/**
 * Access: who may do what, as pure policy (45 CFR 164.312(a)(1), 164.308(a)(4)).
 *
 * Terminology
 * - role: a part a person or machine plays; a user may hold several.
 * - permission: something that may be allowed, `thing:verb`.
 * - delegation: roles of one person that another holds too until a moment; each of them is a loan.
 * - matrix: the one table of role × permission; what is not in it is refused.
 * - holder: somebody with all that he or she holds at this moment: roles, and what is lent for a time.
 * - approval: the word of a second person, without which an act above a limit is not carried out.
 * - break-glass: emergency access to patient data beyond one's roles, for a reason and a time, reviewed by another.
 */
export { APPROVAL_DAYS, APPROVAL_LIMIT_CENTS, needsApproval } from "./approval.ts";
export { GLASS_MINUTES, isRunning, needsGlass } from "./break-glass.ts";
export {
  DELEGATION_DAYS,
  effectiveRoles,
  endOf,
  LENDABLE_ROLES,
  type Loan,
  mayLend,
} from "./delegation.ts";
export { type Holder, holds } from "./holder.ts";
export { may, mayAny, meaningOf, PERMISSIONS, type Permission } from "./matrix.ts";
export { HUMAN_ROLES, isRole, KEY_ROLES, ROLES, type Role } from "./role.ts";
export { mayJudge } from "./separation.ts";
