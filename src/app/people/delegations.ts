import {
  type DelegationDocument,
  peopleModels,
  type UserDocument,
} from "../../platform/store/people.ts";
import {
  DELEGATION_DAYS,
  effectiveRoles,
  endOf,
  isRole,
  type Loan,
  mayLend,
  type Role,
} from "../../trust/access/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { actorMay } from "../access.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";

const DAY_MS = 24 * 3_600_000;

/** What one person lends to another, as both and an administrator see it. */
export interface DelegationView {
  readonly id: string;
  readonly from: { readonly id: string; readonly name: string };
  readonly to: { readonly id: string; readonly name: string };
  readonly roles: readonly string[];
  readonly reason: string;
  readonly createdAt: string;
  readonly endsAt: string;
  readonly revokedAt: string | null;
  readonly state: "running" | "revoked" | "over";
}

/** What somebody wants to lend. */
export interface DelegationWish {
  /** The id or the e-mail address of who is to have the roles. */
  readonly to: string;
  readonly roles: readonly Role[];
  /** ISO instant. */
  readonly until: string;
  /** For the list; it must not hold patient data. */
  readonly reason: string;
}

/**
 * Lends roles of one person to another of the practice until a moment. `not-found` for people that the practice does not
 * have; `invalid` for roles that the lender does not hold, for administrator, and for more than 30 days.
 */
export async function lendRoles(
  app: App,
  actor: Actor,
  fromId: string,
  { to, roles, until, reason }: DelegationWish,
): Promise<DelegationView> {
  const { practiceId } = actor;
  const { Delegation } = peopleModels(app.store.connection);
  const recipient = await findColleague(app, practiceId, to);
  const lender = await findColleague(app, practiceId, fromId);
  const [now, endsAt] = [app.now(), new Date(until)];
  const days = (endsAt.getTime() - now.getTime()) / DAY_MS;
  if (!(days > 0 && days <= DELEGATION_DAYS)) {
    const detail = `A delegation ends in the future, and within ${DELEGATION_DAYS} days.`;
    throw new OperatingError("invalid", detail);
  }
  if (lender._id === recipient._id || !mayLend(lender.roles.filter(isRole), roles)) {
    const detail = "You lend roles that you hold yourself, never administrator, to somebody else.";
    throw new OperatingError("invalid", detail);
  }
  const document = {
    _id: app.newId(),
    practiceId,
    fromId: lender._id,
    toId: recipient._id,
    roles: [...new Set(roles)],
    reason,
    createdAt: now,
    endsAt,
    revokedAt: null,
  };
  await app.store.transaction(async (session) => {
    await Delegation.create([document], { session });
    const detail = {
      from: lender._id,
      to: recipient._id,
      roles: document.roles,
      until: endsAt.toISOString(),
    };
    await recordAudit(app, actor, draftOf("delegation.create", document._id, detail), session);
  });
  return viewOf(document, namesOf([lender, recipient]), now);
}

/** The delegations of the practice that the actor has a part in, or all for who manages users; newest first. */
export async function listDelegations(app: App, actor: Actor): Promise<DelegationView[]> {
  const { practiceId } = actor;
  const { Delegation, User } = peopleModels(app.store.connection);
  const delegations = await Delegation.find({ practiceId }).sort({ _id: -1 }).lean();
  const names = namesOf(await User.find({ practiceId }).sort({ _id: 1 }).lean());
  return delegations
    .filter((delegation) => concerns(delegation, actor))
    .map((delegation) => viewOf(delegation, names, app.now()));
}

/**
 * Ends a delegation at once: for who lends, who was lent to, and who manages users; `forbidden` for others. `not-found`;
 * `state` where it has ended.
 */
export async function takeRolesBack(app: App, actor: Actor, id: string): Promise<DelegationView> {
  const { practiceId } = actor;
  const { Delegation, User } = peopleModels(app.store.connection);
  const found = await Delegation.findOne({ _id: id, practiceId }).lean();
  if (found === null) throw new OperatingError("not-found");
  if (!concerns(found, actor)) {
    const draft = draftOf("delegation.revoke", id);
    await recordAudit(app, actor, { ...draft, outcome: "denied" });
    throw new OperatingError("forbidden");
  }
  const revokedAt = app.now();
  if (endOf(found, revokedAt) !== undefined) {
    throw new OperatingError("state", "The delegation has ended already.");
  }
  await app.store.transaction(async (session) => {
    const filter = { _id: id, practiceId, revokedAt: null };
    const change = { $set: { revokedAt } };
    const { modifiedCount } = await Delegation.updateOne(filter, change, { session });
    if (modifiedCount === 0) throw new OperatingError("state", "It has ended already.");
    await recordAudit(app, actor, draftOf("delegation.revoke", id), session);
  });
  const users = await User.find({ practiceId }).sort({ _id: 1 }).lean();
  return viewOf({ ...found, revokedAt }, namesOf(users), revokedAt);
}

/** The roles that the person holds at this moment, and which of them are lent by whom. */
export async function rolesNow(
  app: App,
  { _id, practiceId, roles }: UserDocument,
): Promise<{ roles: readonly Role[]; lent: readonly Loan[] }> {
  const { Delegation, User } = peopleModels(app.store.connection);
  const now = app.now();
  const own = roles.filter(isRole);
  const notOver = { practiceId, toId: _id, endsAt: { $gt: now } };
  const documents = await Delegation.find(notOver).lean();
  if (documents.length === 0) return { roles: own, lent: [] };
  const ids = documents.map(({ fromId }) => fromId);
  const lenders = await User.find({ _id: { $in: ids }, practiceId, disabledAt: null }).lean();
  const held = new Map(lenders.map((lender) => [lender._id, lender.roles.filter(isRole)]));
  const delegations = documents.map((document) => ({
    by: document.fromId,
    held: held.get(document.fromId) ?? [],
    roles: document.roles.filter(isRole),
    endsAt: document.endsAt,
    revokedAt: document.revokedAt,
  }));
  return effectiveRoles(own, delegations, now);
}

/** Somebody of the practice by id or address. `not-found`, also where the account is closed. */
async function findColleague(app: App, practiceId: string, name: string): Promise<UserDocument> {
  const { User } = peopleModels(app.store.connection);
  const who = name.includes("@") ? { email: name.trim().toLowerCase() } : { _id: name };
  const user = await User.findOne({ ...who, practiceId, disabledAt: null }).lean();
  if (user === null) throw new OperatingError("not-found", "Nobody here has this id or address.");
  return user;
}

function concerns({ fromId, toId }: DelegationDocument, actor: Actor): boolean {
  return fromId === actor.id || toId === actor.id || actorMay(actor, "users:manage");
}

function namesOf(users: readonly UserDocument[]): ReadonlyMap<string, string> {
  return new Map(users.map(({ _id, name }) => [_id, name]));
}

function viewOf(
  delegation: DelegationDocument,
  names: ReadonlyMap<string, string>,
  now: Date,
): DelegationView {
  const { _id: id, fromId, toId, roles, reason, createdAt, endsAt, revokedAt } = delegation;
  const person = (personId: string) => ({ id: personId, name: names.get(personId) ?? "" });
  return {
    id,
    from: person(fromId),
    to: person(toId),
    roles: [...roles],
    reason,
    createdAt: createdAt.toISOString(),
    endsAt: endsAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    state: endOf(delegation, now) ?? "running",
  };
}

function draftOf(action: string, id: string, detail: AuditDraft["detail"] = {}): AuditDraft {
  const entity = { type: "delegation", id };
  return { action, entity, purpose: "operations", outcome: "success", detail };
}
