import { createHash, randomBytes } from "node:crypto";
import {
  ensurePeopleIndexes,
  peopleModels,
  type UserDocument,
} from "../../platform/store/people.ts";
import { HUMAN_ROLES, isRole, mayAny, type Role } from "../../trust/access/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { hashPassword, isAcceptable, PASSWORD_RULE } from "./password.ts";
import { hasFactor } from "./second-factor.ts";
import { actorOf, type Origin, type Person } from "./sign-in.ts";

const LINK_MS = 24 * 3_600_000;
const LINK_CLOSED = "The setup link is unknown, was used, or is older than a day.";

/** The first user of a practice administers it and can work at once. */
const FIRST_ROLES: readonly Role[] = ["administrator", "biller"];

/** A user as an administrator sees one. */
export interface UserSummary {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly disabled: boolean;
  /** Whether a second factor is in use. */
  readonly secondFactor: boolean;
  /** Whether the organization's provider has signed the person in, and is known to by a name of its own. */
  readonly linked: boolean;
}

/** Makes the store ready for people; called once at start. */
export function preparePeople(app: App): Promise<void> {
  return ensurePeopleIndexes(app.store.connection);
}

/** Whether the practice has a user yet; without one a start prints a setup link. */
export async function hasUsers(app: App, practiceId: string): Promise<boolean> {
  return (await peopleModels(app.store.connection).User.exists({ practiceId })) !== null;
}

/**
 * A one-time way in for a new user of the actor's practice: the token of `/setup/<token>`, shown once, good for 24 hours,
 * kept only as a hash. There is no default password anywhere. `invalid` for a machine's role.
 */
export async function createSetupLink(
  app: App,
  actor: Actor,
  roles: readonly Role[] = FIRST_ROLES,
): Promise<{ token: string; path: string; expiresAt: string }> {
  if (roles.length === 0 || !roles.every((role) => HUMAN_ROLES.includes(role))) {
    throw new OperatingError("invalid", "This role cannot be given to a person.");
  }
  const token = randomBytes(32).toString("base64url");
  const createdAt = app.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_MS);
  const { practiceId } = actor;
  await peopleModels(app.store.connection).SetupToken.create({
    _id: sha256(token),
    practiceId,
    roles: [...roles],
    createdAt,
    expiresAt,
  });
  await recordAudit(app, actor, {
    action: "setup-link.create",
    entity: { type: "practice", id: practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { roles: [...roles] },
  });
  return { token, path: `/setup/${token}`, expiresAt: expiresAt.toISOString() };
}

/** Whether a setup link can still be used; asked before its form is shown. */
export async function isSetupLinkOpen(app: App, token: string): Promise<boolean> {
  const open = { _id: sha256(token), usedAt: null, expiresAt: { $gt: app.now() } };
  return (await peopleModels(app.store.connection).SetupToken.exists(open)) !== null;
}

/** What a new user says of himself or herself. */
export interface Newcomer {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/**
 * The new user whom the link invited; the link is then used up. `invalid` for a password that is too easy,
 * `not-found` for a link that is unknown, used or too old, `state` for an address that has an account.
 */
export async function completeSetup(
  app: App,
  token: string,
  newcomer: Newcomer,
  origin: Origin,
): Promise<Person> {
  const email = newcomer.email.trim().toLowerCase();
  const name = newcomer.name.trim();
  if (!isAcceptable(newcomer.password, { email, name })) {
    throw new OperatingError("invalid", PASSWORD_RULE);
  }
  if (!(await isSetupLinkOpen(app, token))) throw new OperatingError("not-found", LINK_CLOSED);
  const passwordHash = await hashPassword(newcomer.password);
  const { SetupToken, User } = peopleModels(app.store.connection);
  return app.store.transaction(async (session) => {
    const now = app.now();
    const link = await SetupToken.findOneAndUpdate(
      { _id: sha256(token), usedAt: null, expiresAt: { $gt: now } },
      { $set: { usedAt: now } },
      { session },
    ).lean();
    if (link === null) throw new OperatingError("not-found", LINK_CLOSED);
    const { practiceId } = link;
    if ((await User.exists({ practiceId, email }).session(session)) !== null) {
      throw new OperatingError("state", "This address has an account already.");
    }
    const id = app.newId();
    const roles = HUMAN_ROLES.filter((role) => link.roles.includes(role));
    const user = { _id: id, practiceId, email, name, roles, passwordHash, createdAt: now };
    await User.create([user], { session });
    const person = { id, practiceId, name, roles, generation: 0 };
    await recordAudit(
      app,
      actorOf(person, origin),
      {
        action: "user.create",
        entity: { type: "user", id },
        purpose: "operations",
        outcome: "success",
        detail: { roles },
      },
      session,
    );
    return person;
  });
}

/** The users of the actor's practice, oldest first. */
export async function listUsers(app: App, actor: Actor): Promise<UserSummary[]> {
  const users = await peopleModels(app.store.connection)
    .User.find({ practiceId: actor.practiceId })
    .sort({ _id: 1 })
    .lean();
  return users.map(summaryOf);
}

/** Ends a user's access at once, sessions included. `not-found`; `state` for the last administrator. */
export async function disableUser(app: App, actor: Actor, id: string): Promise<UserSummary> {
  const { User } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  const user = await User.findOne({ _id: id, practiceId }).lean();
  if (user === null) throw new OperatingError("not-found");
  const others = { practiceId, roles: "administrator", disabledAt: null, _id: { $ne: id } };
  if (user.roles.includes("administrator") && (await User.exists(others)) === null) {
    throw new OperatingError("state", "The last administrator stays.");
  }
  const disabledAt = app.now();
  await User.updateOne({ _id: id, practiceId, disabledAt: null }, { $set: { disabledAt } });
  await recordAudit(app, actor, {
    action: "user.disable",
    entity: { type: "user", id },
    purpose: "operations",
    outcome: "success",
  });
  return { ...summaryOf(user), disabled: true };
}

/**
 * Gives a user these roles and no others; his or her sessions end, and the next one has them. `not-found`; `invalid` for a
 * machine's role; `state` where nobody would administer the practice any more.
 */
export async function changeRoles(
  app: App,
  actor: Actor,
  id: string,
  roles: readonly Role[],
): Promise<UserSummary> {
  if (roles.length === 0 || !roles.every((role) => HUMAN_ROLES.includes(role))) {
    throw new OperatingError("invalid", "This role cannot be given to a person.");
  }
  const { User } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  return app.store.transaction(async (session) => {
    const user = await User.findOne({ _id: id, practiceId }).session(session).lean();
    if (user === null) throw new OperatingError("not-found");
    const others = { practiceId, roles: "administrator", disabledAt: null, _id: { $ne: id } };
    const gives = user.roles.includes("administrator") && !roles.includes("administrator");
    if (gives && (await User.exists(others).session(session)) === null) {
      throw new OperatingError("state", "The last administrator stays.");
    }
    const change = { $set: { roles: [...roles] }, $inc: { sessionGeneration: 1 } };
    await User.updateOne({ _id: id, practiceId }, change, { session });
    const draft = {
      action: "user.roles",
      entity: { type: "user", id },
      purpose: "operations",
      outcome: "success",
      detail: { before: [...user.roles], after: [...roles] },
    } as const;
    await recordAudit(app, actor, draft, session);
    return { ...summaryOf(user), roles: [...roles] };
  });
}

function summaryOf(user: UserDocument): UserSummary {
  return {
    id: user._id,
    name: user.name,
    email: user.email,
    roles: [...user.roles],
    createdAt: user.createdAt.toISOString(),
    disabled: user.disabledAt !== null,
    secondFactor: hasFactor(user),
    linked: user.subject !== undefined,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The people of the practice who can be given work: ids and names only, for whoever works the queue. */
export async function listColleagues(
  app: App,
  actor: Actor,
): Promise<{ id: string; name: string }[]> {
  const { practiceId } = actor;
  const { User } = peopleModels(app.store.connection);
  const users = await User.find({ practiceId, disabledAt: null }).sort({ name: 1 }).lean();
  return users
    .filter(({ roles }) => mayAny(roles.filter(isRole), "denials:work"))
    .map(({ _id: id, name }) => ({ id, name }));
}
