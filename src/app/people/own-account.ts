import { peopleModels, type UserDocument } from "../../platform/store/people.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { clearAttempts, takeAttempt } from "./attempts.ts";
import { checkPassword, hashPassword, isAcceptable, PASSWORD_RULE } from "./password.ts";
import { hasFactor, spendCode } from "./second-factor.ts";
import { type Person, toPerson } from "./sign-in.ts";

const REFUSED = "The password or the code is not right, or the account is locked for a while.";

/** What proves once more that a signed-in person is who he or she is; the code only where a second factor is in use. */
export interface Proof {
  readonly password: string;
  readonly code?: string | undefined;
}

/** Proves the actor again, as dangerous acts ask; counts as an attempt to sign in. `invalid` where it does not hold. */
export async function proveAgain(app: App, actor: Actor, proof: Proof): Promise<void> {
  const user = await proved(app, actor, proof);
  await recordAudit(app, actor, draftOf("session.prove", user._id));
}

/**
 * Changes the actor's password, proved by the one before, and ends every session. Answers the person as he or she is
 * then, for a new session. `invalid` for a proof that does not hold, or a password that is too easy.
 */
export async function changePassword(
  app: App,
  actor: Actor,
  proof: Proof,
  wanted: string,
): Promise<Person> {
  const user = await proved(app, actor, proof);
  if (!isAcceptable(wanted, user) || wanted === proof.password) {
    throw new OperatingError("invalid", PASSWORD_RULE);
  }
  const passwordHash = await hashPassword(wanted);
  return changeAndEndSessions(app, actor, { passwordHash }, "user.password");
}

/** Ends every session of the actor, wherever it is, that one too which asks. */
export async function endAllSessions(app: App, actor: Actor): Promise<void> {
  await changeAndEndSessions(app, actor, {}, "session.delete-all");
}

async function changeAndEndSessions(
  app: App,
  actor: Actor,
  $set: { readonly passwordHash?: string },
  action: string,
): Promise<Person> {
  const { User } = peopleModels(app.store.connection);
  const filter = { _id: actor.id, practiceId: actor.practiceId };
  await app.store.transaction(async (session) => {
    const change = { $inc: { sessionGeneration: 1 }, $set: { lockedUntil: null, ...$set } };
    await User.updateOne(filter, change, { session });
    await recordAudit(app, actor, draftOf(action, actor.id), session);
  });
  return toPerson(await account(app, actor));
}

async function proved(app: App, actor: Actor, { password, code }: Proof): Promise<UserDocument> {
  const user = await account(app, actor);
  const mayTry = await takeAttempt(app, user);
  const holds = (await checkPassword(user.passwordHash, password)) && mayTry;
  const proves =
    holds && (!hasFactor(user) || (await spendCode(app, user, code ?? "")) !== undefined);
  if (!proves) {
    const draft = { ...draftOf("session.prove", user._id), outcome: "denied" } as const;
    await recordAudit(app, actor, draft);
    throw new OperatingError("invalid", REFUSED);
  }
  await clearAttempts(app, user._id);
  return user;
}

async function account(app: App, { id, practiceId }: Actor): Promise<UserDocument> {
  const { User } = peopleModels(app.store.connection);
  const user = await User.findOne({ _id: id, practiceId, disabledAt: null }).lean();
  if (user === null) throw new OperatingError("unauthenticated");
  return user;
}

function draftOf(action: string, id: string): AuditDraft {
  return { action, entity: { type: "user", id }, purpose: "operations", outcome: "success" };
}
