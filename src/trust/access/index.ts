/**
 * Access: who may do what, as pure policy (45 CFR 164.312(a)(1), 164.308(a)(4)).
 *
 * Terminology
 * - role: a part a person or machine plays; a user may hold several.
 * - permission: something that may be allowed, `thing:verb`.
 * - matrix: the one table of role × permission; what is not in it is refused.
 */
export { may, mayAny, meaningOf, PERMISSIONS, type Permission } from "./matrix.ts";
export { HUMAN_ROLES, isRole, KEY_ROLES, ROLES, type Role } from "./role.ts";
