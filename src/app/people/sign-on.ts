import { createHash, createHmac, randomBytes } from "node:crypto";
import type { SignOnSettings } from "../../platform/config/index.ts";
import {
  type Assertion,
  AssertionRefused,
  type Checks,
  Provider,
  ProviderUnavailable,
} from "../../platform/sign-on/index.ts";
import { peopleModels, type UserDocument } from "../../platform/store/people.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { giveAttemptBack, takeAttempt } from "./attempts.ts";
import { hasFactor } from "./second-factor.ts";
import {
  actorOf,
  admit,
  type Entry,
  type Origin,
  refuse,
  type SecondFactorRule,
  toPerson,
} from "./sign-in.ts";

/** Time for a password, a code and a lost phone at the provider. */
const ATTEMPT_MS = 10 * 60_000;
const REFUSED =
  "Your organization's sign-on did not lead to an account here. Begin again, or ask your administrator.";

/** The organization whose provider signs people in: to the practice that this service works in, and to no other. */
export interface Organization {
  readonly provider: Provider;
  readonly practiceId: string;
  /** Means of the provider that count as a second factor. */
  readonly factors: readonly string[];
}

/** The organization of the settings. `file-unreadable` where its secret cannot be read. */
export function organizationOf(settings: SignOnSettings, practiceId: string): Organization {
  try {
    return { provider: new Provider(settings), practiceId, factors: settings.factors };
  } catch (cause) {
    const detail = "CLAIMWRIGHT_OIDC_CLIENT_SECRET_FILE must be a file that this program may read.";
    throw new OperatingError("file-unreadable", detail, { cause });
  }
}

/** What a browser asks for when it begins. */
interface Wanted {
  /** The page that was asked for. */
  readonly next: string;
  /** Where the provider sends the browser back to; registered there. */
  readonly redirectUri: string;
  /** Whether the provider must look at the person, and not only find a session of its own. */
  readonly fresh: boolean;
}

/**
 * Begins a sign-on: where the browser goes, and the secret that it keeps meanwhile in a cookie. State, nonce and verifier
 * are made from that secret, so that an answer is worth something only in the browser that asked. `sign-on-unavailable`.
 */
export async function beginSignOn(
  app: App,
  { provider }: Organization,
  wanted: Wanted,
): Promise<{ url: string; secret: string }> {
  const secret = randomBytes(32).toString("base64url");
  const checks = checksOf(secret, wanted.fresh);
  const url = await provider.authorizationUrl(wanted.redirectUri, checks).catch(outage(app));
  const createdAt = app.now();
  const expiresAt = new Date(createdAt.getTime() + ATTEMPT_MS);
  const attempt = { _id: sha256(checks.state), ...wanted, createdAt, expiresAt };
  await peopleModels(app.store.connection).SignOnAttempt.create(attempt);
  return { url: url.href, secret };
}

/**
 * Ends a sign-on: the person who comes back from the provider, and what is still owed. Nobody becomes a user by it: at
 * the first time the verified e-mail address must be that of an account, which then knows the provider's name of the
 * person and follows no address again. All refusals answer the same `unauthenticated`; those of an account count as
 * attempts. `sign-on-unavailable`.
 */
export async function completeSignOn(
  app: App,
  organization: Organization,
  { search, secret }: { readonly search: string; readonly secret: string | undefined },
  origin: Origin,
  rule: SecondFactorRule,
): Promise<{ entry: Entry; next: string }> {
  const attempt = await takeUp(app, search, secret);
  if (attempt === undefined) {
    app.log.warn("sign-in-refused", { requestId: origin.requestId });
    throw new OperatingError("unauthenticated", REFUSED);
  }
  const { provider, practiceId } = organization;
  const callback = new URL(attempt.redirectUri + search);
  const assertion = await provider.assertionAt(callback, attempt.checks).catch(async (error) => {
    if (!(error instanceof AssertionRefused)) return outage(app)(error);
    return turnAway(app, practiceId, origin, "assertion", error.fault);
  });
  const user = await accountOf(app, practiceId, assertion, origin);
  return {
    entry: await enter(app, user, assertion, organization, origin, rule),
    next: attempt.next,
  };
}

/** The attempt that this browser began and nobody has ended, used up by the asking. */
async function takeUp(app: App, search: string, secret: string | undefined) {
  if (secret === undefined) return undefined;
  const { state } = checksOf(secret, false);
  if (new URLSearchParams(search).get("state") !== state) return undefined;
  const now = app.now();
  const attempt = await peopleModels(app.store.connection)
    .SignOnAttempt.findOneAndUpdate(
      { _id: sha256(state), usedAt: null, expiresAt: { $gt: now } },
      { $set: { usedAt: now } },
    )
    .lean();
  if (attempt === null) return undefined;
  const { next, redirectUri, fresh } = attempt;
  return { next, redirectUri, checks: checksOf(secret, fresh) };
}

/** The account of the person: the one that is linked to the subject, else the one of the verified address, linked now. */
async function accountOf(
  app: App,
  practiceId: string,
  { issuer, subject, verifiedEmail }: Assertion,
  origin: Origin,
): Promise<UserDocument> {
  const { User } = peopleModels(app.store.connection);
  const linked = await User.findOne({ practiceId, issuer, subject }).lean();
  if (linked !== null) return linked;
  if (verifiedEmail === undefined) return turnAway(app, practiceId, origin, "unverified-email");
  const user = await User.findOne({ practiceId, email: verifiedEmail }).lean();
  if (user === null) return turnAway(app, practiceId, origin, "unknown-person");
  // The address has passed to somebody else since: a provider gives a subject to one person for ever.
  if (user.subject !== undefined) return turnAwayFrom(app, user, origin, "other-subject");
  if (user.disabledAt !== null) return turnAwayFrom(app, user, origin, "disabled");
  return app.store.transaction(async (session) => {
    const filter = { _id: user._id, practiceId, subject: null };
    const { modifiedCount } = await User.updateOne(
      filter,
      { $set: { issuer, subject } },
      { session },
    );
    if (modifiedCount === 0) throw new OperatingError("stale");
    const draft = { ...draftOf("user.link", user._id), detail: { issuer } };
    await recordAudit(app, actorOf(toPerson(user), origin), draft, session);
    return user;
  });
}

/**
 * Takes the provider's name of a person away, as where the provider has made a new account for him or her; the next
 * sign-on goes by the verified address again. `not-found`.
 */
export async function unlinkUser(app: App, actor: Actor, id: string): Promise<void> {
  const { User } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  await app.store.transaction(async (session) => {
    const { matchedCount } = await User.updateOne(
      { _id: id, practiceId },
      { $unset: { issuer: "", subject: "" } },
      { session },
    );
    if (matchedCount === 0) throw new OperatingError("not-found");
    await recordAudit(app, actor, draftOf("user.unlink", id), session);
  });
}

/** What a password would lead to: in, or to our second factor where the provider's does not count. */
async function enter(
  app: App,
  user: UserDocument,
  assertion: Assertion,
  { factors }: Organization,
  origin: Origin,
  rule: SecondFactorRule,
): Promise<Entry> {
  const mayTry = await takeAttempt(app, user);
  if (!mayTry || user.disabledAt !== null) {
    await refuse(app, user, origin, mayTry ? "disabled" : "locked");
    throw new OperatingError("unauthenticated", REFUSED);
  }
  const { authenticatedAt, means } = assertion;
  const now = app.now().getTime();
  const provenAt = authenticatedAt === undefined ? null : Math.min(authenticatedAt, now);
  const person = toPerson(user);
  const by = "organization";
  const factor = means.find((name) => factors.includes(name));
  if (factor !== undefined) {
    await admit(app, user, origin, { by, factor });
    return { person, owes: null, provenAt };
  }
  if (hasFactor(user)) {
    await giveAttemptBack(app, user._id);
    return { person, owes: "code", provenAt };
  }
  const owes = rule === "required" ? "enrolment" : null;
  await admit(app, user, origin, { by, owes });
  return { person, owes, provenAt };
}

/** Refuses somebody of whom no account is known. */
async function turnAway(
  app: App,
  practiceId: string,
  origin: Origin,
  reason: string,
  fault: string | null = null,
): Promise<never> {
  const nobody: Actor = { id: "anonymous", kind: "person", roles: [], practiceId, ...origin };
  await recordAudit(app, nobody, {
    action: "session.create",
    entity: { type: "practice", id: practiceId },
    purpose: "operations",
    outcome: "denied",
    detail: { by: "organization", reason, fault },
  });
  app.log.warn("sign-in-refused", { requestId: origin.requestId });
  throw new OperatingError("unauthenticated", REFUSED);
}

async function turnAwayFrom(
  app: App,
  user: UserDocument,
  origin: Origin,
  reason: string,
): Promise<never> {
  await takeAttempt(app, user);
  await refuse(app, user, origin, reason);
  throw new OperatingError("unauthenticated", REFUSED);
}

/** Says in the log why, and to the person that there is another way in. */
function outage(app: App): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ProviderUnavailable)) throw error;
    app.log.error("sign-on-unavailable", { error: error.cause ?? error });
    throw new OperatingError("sign-on-unavailable", undefined, { cause: error });
  };
}

function draftOf(action: string, id: string) {
  const entity = { type: "user", id };
  return { action, entity, purpose: "operations", outcome: "success" } as const;
}

function checksOf(secret: string, fresh: boolean): Checks {
  const derive = (use: string) => createHmac("sha256", secret).update(use).digest("base64url");
  const [state, nonce, codeVerifier] = [derive("state"), derive("nonce"), derive("verifier")];
  return { state, nonce, codeVerifier, fresh };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
