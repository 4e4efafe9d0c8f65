import { holds, type Permission } from "../trust/access/index.ts";
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

/** Whether the actor may: by a role, or by what is lent at this moment. */
export function actorMay(actor: Actor, permission: Permission): boolean {
  return holds(actor, permission);
}
