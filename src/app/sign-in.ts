import { setTimeout as sleep } from "node:timers/promises";
import { peopleModels, type UserDocument } from "../platform/store/people.ts";
import { isRole, type Role } from "../trust/access/index.ts";
import { recordAudit } from "./audit.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";
import { checkPassword } from "./password.ts";

const MAX_ATTEMPTS = 5;
const LOCK_MS = 15 * 60_000;
/** A refusal takes at least this long, so that its time does not tell whether the address is known. */
const REFUSAL_MS = 200;
const REFUSED = "The address or the password is not right, or the account is locked for a while.";

/** A person as the faces know him or her. */
export interface Person {
  readonly id: string;
  readonly practiceId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Where a request came from. */
export type Origin = Pick<Actor, "requestId" | "source">;

/** What a person says to sign in; the practice only where one address has accounts in several. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly practiceId?: string | undefined;
}

/**
 * The person whose address and password these are (45 CFR 164.312(d)). Five attempts in a row use up an account for
 * 15 minutes. Unknown address, wrong password, disabled and locked all answer the same
 * `unauthenticated`, after the same work and no sooner than the slowest of them usually takes.
 */
export async function signIn(app: App, credentials: Credentials, origin: Origin): Promise<Person> {
  const patience = sleep(REFUSAL_MS);
  try {
    return await checkAndEnter(app, credentials, origin);
  } catch (error) {
    await patience;
    throw error;
  }
}

async function checkAndEnter(app: App, credentials: Credentials, origin: Origin): Promise<Person> {
  const user = await findAccount(app, credentials);
  const mayTry = user !== undefined && (await takeAttempt(app, user));
  const holds = await checkPassword(user?.passwordHash, credentials.password);
  if (user === undefined) {
    app.log.warn("sign-in-refused", { requestId: origin.requestId });
    throw new OperatingError("unauthenticated", REFUSED);
  }
  const person = toPerson(user);
  if (!mayTry || !holds || user.disabledAt !== null) {
    const reason = mayTry ? (holds ? "disabled" : "password") : "locked";
    await recordAudit(app, anonymous(user.practiceId, origin), {
      ...sessionDraft("session.create", user._id),
      outcome: "denied",
      detail: { reason },
    });
    app.log.warn("sign-in-refused", { requestId: origin.requestId });
    throw new OperatingError("unauthenticated", REFUSED);
  }
  await peopleModels(app.store.connection).User.updateOne(
    { _id: user._id },
    { $set: { failedAttempts: 0, lockedUntil: null } },
  );
  await recordAudit(app, actorOf(person, origin), sessionDraft("session.create", user._id));
  return person;
}

/** Records that a person ended the session. */
export async function signOut(app: App, actor: Actor): Promise<void> {
  await recordAudit(app, actor, sessionDraft("session.delete", actor.id));
}

/** The person with this id as he or she is now; undefined when there is none or the account is disabled. */
export async function findPerson(app: App, practiceId: string, id: string) {
  const user = await peopleModels(app.store.connection)
    .User.findOne({
      _id: id,
      practiceId,
      disabledAt: null,
    })
    .lean();
  return user === null ? undefined : toPerson(user);
}

/** The person as the actor of a request. */
export function actorOf(person: Person, origin: Origin): Actor {
  const { id, practiceId, roles } = person;
  return { id, kind: "person", roles, practiceId, ...origin };
}

async function findAccount(app: App, credentials: Credentials): Promise<UserDocument | undefined> {
  const { practiceId } = credentials;
  const found = await peopleModels(app.store.connection)
    .User.find({
      email: credentials.email.trim().toLowerCase(),
      ...(practiceId === undefined ? {} : { practiceId }),
    })
    .limit(2)
    .lean();
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Takes one of the account's attempts before the password is looked at, so that many guesses at once
 * get no more of them than guesses one after another; false when they are used up.
 */
async function takeAttempt(app: App, user: UserDocument): Promise<boolean> {
  const { User } = peopleModels(app.store.connection);
  const now = app.now();
  await User.updateOne(
    { _id: user._id, lockedUntil: { $lte: now } },
    { $set: { failedAttempts: 0, lockedUntil: null } },
  );
  const taken = await User.updateOne(
    { _id: user._id, failedAttempts: { $lt: MAX_ATTEMPTS } },
    {
      $inc: { failedAttempts: 1 },
      $set: { lockedUntil: new Date(now.getTime() + LOCK_MS) },
    },
  );
  return taken.modifiedCount === 1;
}

function toPerson({ _id, practiceId, name, roles }: UserDocument): Person {
  return { id: _id, practiceId, name, roles: roles.filter(isRole) };
}

function sessionDraft(action: "session.create" | "session.delete", userId: string) {
  const entity = { type: "user", id: userId };
  return { action, entity, purpose: "operations", outcome: "success" } as const;
}

function anonymous(practiceId: string, origin: Origin): Actor {
  return { id: "anonymous", kind: "person", roles: [], practiceId, ...origin };
}
