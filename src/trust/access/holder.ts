import { LENT } from "./break-glass.ts";
import { mayAny, type Permission } from "./matrix.ts";
import type { Role } from "./role.ts";

/** What somebody holds at this moment: roles, and what is lent beyond them for a time. */
export interface Holder {
  /** Everything any of these may do, the holder may do. */
  readonly roles: readonly Role[];
  /** The emergency access that runs now (45 CFR 164.312(a)(2)(ii)). */
  readonly breakGlass?: { readonly id: string } | undefined;
}

/** Whether the holder may: by a role, or by what is lent. The only answer to that question in the program. */
export function holds({ roles, breakGlass }: Holder, permission: Permission): boolean {
  return mayAny(roles, permission) || (breakGlass !== undefined && LENT.includes(permission));
}
