import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import {
  openFactor,
  peopleModels,
  sealFactor,
  type UserDocument,
} from "../../platform/store/people.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, thirty seconds; a secret of 160 bits (RFC 4226 R6). */
const FORM = { issuer: "Claimwright", algorithm: "SHA1", digits: 6, period: 30 } as const;
const SECRET_BYTES = 20;
/** A clock may be one step off, either way (RFC 6238 section 5.2). */
const DRIFT_STEPS = 1;
const RECOVERY_CODES = 10;
/** 120 bits: so strong that a plain hash keeps it (ASVS 5.0 6.5.2 asks for 112). */
const RECOVERY_CODE_BYTES = 15;
const RECOVERY_CODE = /^[a-z2-7]{24}$/;
const DIGITS = /^\d{6}$/;

/** What a person puts into an authenticator app; shown once. */
export interface Enrolment {
  /** `otpauth://totp/…`, which apps take as a link or as the text of a QR code. */
  readonly uri: string;
  /** The same secret in base32, for typing. */
  readonly secret: string;
}

/** Whether an account has a second factor in use. */
export function hasFactor({ factorConfirmedAt }: Pick<UserDocument, "factorConfirmedAt">): boolean {
  // Accounts from before second factors have no such field.
  return (factorConfirmedAt ?? null) !== null;
}

/**
 * Makes a secret for the actor's authenticator app; it counts from the confirmation by a code on. Each call makes a new
 * one, so that a secret that somebody else may have seen is never confirmed. `state` where a factor is in use.
 */
export async function beginEnrolment(app: App, actor: Actor): Promise<Enrolment> {
  const user = await ownAccount(app, actor);
  if (hasFactor(user)) throw new OperatingError("state", "A second factor is in use.");
  const secret = new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer });
  const packed = sealFactor(app.store.keys, user, secret.base32);
  const { User } = peopleModels(app.store.connection);
  await app.store.transaction(async (session) => {
    const filter = { _id: user._id, factorConfirmedAt: null };
    await User.updateOne(filter, { $set: { packed } }, { session });
    await audit(app, actor, "second-factor.begin", user._id, session);
  });
  const totp = new TOTP({ ...FORM, label: user.email, secret });
  return { uri: totp.toString(), secret: secret.base32 };
}

/**
 * Puts the actor's factor to use, proved by a code of it, and answers ten one-time recovery codes; they are kept as
 * hashes and never shown again. `invalid` for a code that is not right, `state` where nothing waits to be confirmed.
 */
export async function confirmEnrolment(
  app: App,
  actor: Actor,
  code: string,
): Promise<{ recoveryCodes: readonly string[] }> {
  const user = await ownAccount(app, actor);
  const secret = openFactor(app.store.keys, user);
  if (secret === undefined || hasFactor(user)) {
    throw new OperatingError("state", "No second factor waits to be confirmed.");
  }
  const step = stepOf(app, secret, code);
  if (step === undefined) throw new OperatingError("invalid", "The code is not right.");
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const { User } = peopleModels(app.store.connection);
  await app.store.transaction(async (session) => {
    const change = {
      factorConfirmedAt: app.now(),
      factorStep: step,
      recoveryHashes: recoveryCodes.map(hashOf),
    };
    const filter = { _id: user._id, factorConfirmedAt: null };
    const { modifiedCount } = await User.updateOne(filter, { $set: change }, { session });
    if (modifiedCount === 0) throw new OperatingError("state", "A second factor is in use.");
    await audit(app, actor, "second-factor.confirm", user._id, session);
  });
  return { recoveryCodes };
}

/** Which kind of code this is of the account, used up by the asking; undefined where it is none. */
export async function spendCode(
  app: App,
  user: UserDocument,
  code: string,
): Promise<"totp" | "recovery" | undefined> {
  const { User } = peopleModels(app.store.connection);
  const typed = code.replaceAll(/[\s-]/g, "").toLowerCase();
  if (RECOVERY_CODE.test(typed)) {
    const hash = hashOf(typed);
    const used = await User.updateOne(
      { _id: user._id, recoveryHashes: hash },
      { $pull: { recoveryHashes: hash } },
    );
    return used.modifiedCount === 1 ? "recovery" : undefined;
  }
  const secret = openFactor(app.store.keys, user);
  const step = secret === undefined ? undefined : stepOf(app, secret, typed);
  if (step === undefined) return undefined;
  // A step is used once: a code that was overseen is worth nothing (RFC 6238 section 5.2).
  const used = await User.updateOne(
    { _id: user._id, factorStep: { $lt: step } },
    { $set: { factorStep: step } },
  );
  return used.modifiedCount === 1 ? "totp" : undefined;
}

/** Takes a user's factor and recovery codes away, so that a new one is set up at the next sign-in. `not-found`. */
export async function resetFactor(app: App, actor: Actor, id: string): Promise<void> {
  const { User } = peopleModels(app.store.connection);
  const { practiceId } = actor;
  await app.store.transaction(async (session) => {
    const { matchedCount } = await User.updateOne(
      { _id: id, practiceId },
      { $set: { factorConfirmedAt: null, recoveryHashes: [] }, $unset: { packed: "" } },
      { session },
    );
    if (matchedCount === 0) throw new OperatingError("not-found");
    await audit(app, actor, "second-factor.reset", id, session);
  });
}

/** The step of time whose code this is, at most one away from now; undefined where there is none. */
function stepOf(app: App, secret: string, code: string): number | undefined {
  if (!DIGITS.test(code)) return undefined;
  const totp = new TOTP({ ...FORM, secret: Secret.fromBase32(secret) });
  const timestamp = app.now().getTime();
  const delta = totp.validate({ token: code, timestamp, window: DRIFT_STEPS });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}

/** Chance in base32, in groups of four. */
function newRecoveryCode(): string {
  const buffer = new Uint8Array(randomBytes(RECOVERY_CODE_BYTES)).buffer;
  const text = new Secret({ buffer }).base32.toLowerCase();
  return (text.match(/.{4}/g) ?? []).join("-");
}

/** A recovery code is 120 random bits, so a slow hash would add nothing. */
function hashOf(code: string): string {
  return createHash("sha256").update(code.replaceAll("-", "")).digest("hex");
}

async function ownAccount(app: App, { id, practiceId }: Actor): Promise<UserDocument> {
  const { User } = peopleModels(app.store.connection);
  const user = await User.findOne({ _id: id, practiceId, disabledAt: null }).lean();
  if (user === null) throw new OperatingError("unauthenticated");
  return user;
}

async function audit(
  app: App,
  actor: Actor,
  action: string,
  id: string,
  session?: Parameters<typeof recordAudit>[3],
) {
  const entity = { type: "user", id };
  const draft = { action, entity, purpose: "operations", outcome: "success" } as const;
  await recordAudit(app, actor, draft, session);
}
