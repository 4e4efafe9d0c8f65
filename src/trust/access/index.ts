/**
 * Access: who may do what, as pure policy (45 CFR 164.312(a)(1), 164.308(a)(4)).
 *
 * Terminology
 * - role: a part a person or machine plays; a user may hold several.
 * - permission: something that may be allowed, `thing:verb`.
 * - delegation: roles of one person that another holds too until a moment; each of them is a loan.
 * - matrix: the one table of role × permission; what is not in it is refused.
 */
export {
  DELEGATION_DAYS,
  effectiveRoles,
  endOf,
  LENDABLE_ROLES,
  type Loan,
  mayLend,
} from "./delegation.ts";
export { may, mayAny, meaningOf, PERMISSIONS, type Permission } from "./matrix.ts";
export { HUMAN_ROLES, isRole, KEY_ROLES, ROLES, type Role } from "./role.ts";
