import { peopleModels, type UserDocument } from "../../platform/store/people.ts";
import type { App } from "../context.ts";

const MAX_ATTEMPTS = 5;
const LOCK_MS = 15 * 60_000;

/**
 * Takes one of the account's attempts before a password or code is looked at, so that many guesses at once
 * get no more of them than guesses one after another; false when they are used up.
 */
export async function takeAttempt(app: App, user: UserDocument): Promise<boolean> {
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

/**
 * Gives one attempt back: the password was right, and the code is still to come. The attempts before it stay counted,
 * so that who has a password and guesses codes is locked out all the same.
 */
export async function giveAttemptBack(app: App, userId: string): Promise<void> {
  const { User } = peopleModels(app.store.connection);
  await User.updateOne(
    { _id: userId, failedAttempts: { $gt: 0 } },
    { $inc: { failedAttempts: -1 } },
  );
}

/** Forgets the attempts: the person has come in. */
export async function clearAttempts(app: App, userId: string): Promise<void> {
  const { User } = peopleModels(app.store.connection);
  await User.updateOne({ _id: userId }, { $set: { failedAttempts: 0, lockedUntil: null } });
}
