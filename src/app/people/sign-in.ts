import { setTimeout as sleep } from "node:timers/promises";
import { peopleModels, type UserDocument } from "../../platform/store/people.ts";
import { isRole, type Loan, type Role } from "../../trust/access/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { clearAttempts, giveAttemptBack, takeAttempt } from "./attempts.ts";
import { rolesNow } from "./delegations.ts";
import { checkPassword } from "./password.ts";
import { hasFactor, spendCode } from "./second-factor.ts";

/** A refusal takes at least this long, so that its time does not tell whether the address is known. */
const REFUSAL_MS = 200;
const REFUSED = "The address or the password is not right, or the account is locked for a while.";
const CODE_REFUSED = "The code is not right or was used, or the account is locked for a while.";

/** A person as the faces know him or her. */
export interface Person {
  readonly id: string;
  readonly practiceId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Which of the roles are lent, and by whom. */
  readonly lent?: readonly Loan[];
  /** That of the sessions which count; it rises when all of them end. */
  readonly generation: number;
}

/** Where a request came from. */
export type Origin = Pick<Actor, "requestId" | "source">;

/** What a person says to sign in; the practice only where one address has accounts in several. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly practiceId?: string | undefined;
  /** Of the second factor, where it is at hand already. */
  readonly code?: string | undefined;
}

/** Whether everybody has to have a second factor, or only who has set one up has to give its code. */
export type SecondFactorRule = "required" | "optional";

/** What somebody who gave the right password still has to do before anything opens. */
export type Owed = "code" | "enrolment";

/** Somebody at the door: wholly in where nothing is owed. */
export interface Entry {
  readonly person: Person;
  readonly owes: Owed | null;
  /** When the provider last looked at who came by it, ms since 1970, or null; absent after a password, which is now. */
  readonly provenAt?: number | null;
}

/**
 * The person whose address and password these are (45 CFR 164.312(d)), and what is still owed. Five attempts in a row,
 * of passwords and codes together, use up an account for 15 minutes. Unknown address, wrong password, disabled and
 * locked all answer the same `unauthenticated`, after the same work and no sooner than the slowest of them usually takes.
 */
export function signIn(
  app: App,
  credentials: Credentials,
  origin: Origin,
  rule: SecondFactorRule,
): Promise<Entry> {
  return patiently(() => checkAndEnter(app, credentials, origin, rule));
}

/** The code that somebody with the right password owed; `unauthenticated` where it is not right. */
export function enterCode(app: App, person: Person, code: string, origin: Origin): Promise<Entry> {
  return patiently(async () => {
    const user = await findAccountOf(app, person.practiceId, person.id);
    if (user === null) throw new OperatingError("unauthenticated", CODE_REFUSED);
    await checkCode(app, user, code, origin);
    return { person: toPerson(user), owes: null };
  });
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const patience = sleep(REFUSAL_MS);
  try {
    return await work();
  } catch (error) {
    await patience;
    throw error;
  }
}

async function checkAndEnter(
  app: App,
  credentials: Credentials,
  origin: Origin,
  rule: SecondFactorRule,
): Promise<Entry> {
  const user = await findAccount(app, credentials);
  const mayTry = user !== undefined && (await takeAttempt(app, user));
  const holds = await checkPassword(user?.passwordHash, credentials.password);
  if (user === undefined) {
    app.log.warn("sign-in-refused", { requestId: origin.requestId });
    throw new OperatingError("unauthenticated", REFUSED);
  }
  if (!mayTry || !holds || user.disabledAt !== null) {
    const reason = mayTry ? (holds ? "disabled" : "password") : "locked";
    await refuse(app, user, origin, reason);
    throw new OperatingError("unauthenticated", REFUSED);
  }
  const person = toPerson(user);
  if (hasFactor(user)) {
    await giveAttemptBack(app, user._id);
    if (credentials.code === undefined) return { person, owes: "code" };
    await checkCode(app, user, credentials.code, origin);
    return { person, owes: null };
  }
  const owes = rule === "required" ? "enrolment" : null;
  await admit(app, user, origin, { owes });
  return { person, owes };
}

async function checkCode(app: App, user: UserDocument, code: string, origin: Origin) {
  const mayTry = await takeAttempt(app, user);
  const kind = mayTry ? await spendCode(app, user, code) : undefined;
  if (kind === undefined) {
    await refuse(app, user, origin, mayTry ? "code" : "locked");
    throw new OperatingError("unauthenticated", CODE_REFUSED);
  }
  await admit(app, user, origin, { factor: kind });
}

/** Lets somebody in whose proof held, and forgets the attempts before; `detail` says how. */
export async function admit(
  app: App,
  user: UserDocument,
  origin: Origin,
  detail: NonNullable<AuditDraft["detail"]>,
) {
  await clearAttempts(app, user._id);
  const draft = sessionDraft("session.create", user._id);
  await recordAudit(app, actorOf(toPerson(user), origin), { ...draft, detail });
}

/** Records that somebody was not let into this account, and why. */
export async function refuse(app: App, user: UserDocument, origin: Origin, reason: string) {
  await recordAudit(app, anonymous(user.practiceId, origin), {
    ...sessionDraft("session.create", user._id),
    outcome: "denied",
    detail: { reason },
  });
  app.log.warn("sign-in-refused", { requestId: origin.requestId });
}

/** Records that a person ended the session. */
export async function signOut(app: App, actor: Actor): Promise<void> {
  await recordAudit(app, actor, sessionDraft("session.delete", actor.id));
}

/**
 * The person with this id as he or she is now, with the roles that are lent at this moment; undefined when there is none or
 * the account is disabled.
 */
export async function findPerson(
  app: App,
  practiceId: string,
  id: string,
): Promise<Person | undefined> {
  const user = await findAccountOf(app, practiceId, id);
  if (user === null) return undefined;
  const { roles, lent } = await rolesNow(app, user);
  return { ...toPerson(user), roles, ...(lent.length === 0 ? {} : { lent }) };
}

function findAccountOf(app: App, practiceId: string, id: string): Promise<UserDocument | null> {
  const { User } = peopleModels(app.store.connection);
  return User.findOne({ _id: id, practiceId, disabledAt: null }).lean();
}

/** The person as the actor of a request. */
export function actorOf(person: Person, origin: Origin): Actor {
  const { id, practiceId, roles, lent } = person;
  return { id, kind: "person", roles, ...(lent && { lent }), practiceId, ...origin };
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

/** An account as the faces know it. */
export function toPerson({
  _id: id,
  practiceId,
  name,
  roles,
  sessionGeneration: generation = 0,
}: UserDocument): Person {
  return { id, practiceId, name, roles: roles.filter(isRole), generation };
}

function sessionDraft(action: "session.create" | "session.delete", userId: string) {
  const entity = { type: "user", id: userId };
  return { action, entity, purpose: "operations", outcome: "success" } as const;
}

function anonymous(practiceId: string, origin: Origin): Actor {
  return { id: "anonymous", kind: "person", roles: [], practiceId, ...origin };
}
