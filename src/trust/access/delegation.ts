import { HUMAN_ROLES, type Role } from "./role.ts";

/** The roles that people may lend to one another: all of theirs but the one that hands out roles. */
export const LENDABLE_ROLES: readonly Role[] = HUMAN_ROLES.filter(
  (role) => role !== "administrator",
);

/** A delegation ends by itself after at most so many days. */
export const DELEGATION_DAYS = 30;

/** A role that somebody holds for a while, and the id of whose it is. */
export interface Loan {
  readonly role: Role;
  readonly by: string;
}

/** What one person lends to another. */
export interface Delegation {
  /** The id of who lends. */
  readonly by: string;
  /** The roles that the lender holds now of his or her own; none where the account is closed. */
  readonly held: readonly Role[];
  readonly roles: readonly Role[];
  readonly endsAt: Date;
  readonly revokedAt: Date | null;
}

/** Why a delegation counts no more; undefined while it does. */
export function endOf(
  { endsAt, revokedAt }: Pick<Delegation, "endsAt" | "revokedAt">,
  now: Date,
): "revoked" | "over" | undefined {
  if (revokedAt !== null) return "revoked";
  return endsAt <= now ? "over" : undefined;
}

/** Whether these roles of one's own may be lent: each of them is, and none is the administrator's. */
export function mayLend(own: readonly Role[], wanted: readonly Role[]): boolean {
  return (
    wanted.length > 0 && wanted.every((role) => own.includes(role) && LENDABLE_ROLES.includes(role))
  );
}

/**
 * The roles that somebody holds now: the own ones and the lent ones, of which `lent` says by whom. Nobody lends more than
 * he or she holds at this moment, nor what is only lent to him or her: who loses a role has lent it no more.
 */
export function effectiveRoles(
  own: readonly Role[],
  delegations: readonly Delegation[],
  now: Date,
): { readonly roles: readonly Role[]; readonly lent: readonly Loan[] } {
  const lent = delegations
    .filter((delegation) => endOf(delegation, now) === undefined)
    .flatMap(({ by, held, roles }) =>
      roles
        .filter((role) => mayLend(held, [role]) && !own.includes(role))
        .map((role): Loan => ({ role, by })),
    );
  return { roles: [...new Set([...own, ...lent.map(({ role }) => role)])], lent };
}
