import { mayAny, type Permission } from "../trust/access/index.ts";
import type { Actor } from "./context.ts";

export {
  HUMAN_ROLES,
  KEY_ROLES,
  LENDABLE_ROLES,
  type Loan,
  meaningOf,
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
} from "../trust/access/index.ts";
export { PURPOSES, type Purpose } from "../trust/audit/index.ts";

/** Whether any of the actor's roles holds the permission. */
export function actorMay(actor: Actor, permission: Permission): boolean {
  return mayAny(actor.roles, permission);
}
