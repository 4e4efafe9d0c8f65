import { createHash } from "node:crypto";
import type { ClientSession } from "mongoose";
import type { PracticeStore, SettingDoc, SettingName } from "../platform/store/index.ts";
import type { Actor, App } from "./context.ts";

/** Every version of what a practice decides for itself, oldest first; the last one is in force. */
export function settingVersions(
  practice: PracticeStore,
  name: SettingName,
  session?: ClientSession,
): Promise<SettingDoc[]> {
  return practice.settings.find({ name }, { session, sort: { number: 1 } });
}

/** What a person puts in force. */
interface NewSetting {
  readonly name: SettingName;
  readonly text: string;
  readonly reason: string;
  readonly shown?: Readonly<Record<string, unknown>>;
}

/**
 * Stores the next version. Of two that are put in force at once the second one begins again from its reading, since no
 * number is given twice.
 */
export async function putInForce(
  app: App,
  actor: Actor,
  { name, text, reason, shown }: NewSetting,
  after: SettingDoc | undefined,
  session: ClientSession,
): Promise<Omit<SettingDoc, "practiceId">> {
  const setting = {
    _id: app.newId(),
    name,
    number: (after?.number ?? 0) + 1,
    text,
    sha256: createHash("sha256").update(text).digest("hex"),
    at: app.now(),
    by: actor.id,
    reason,
    ...(shown === undefined ? {} : { shown }),
  };
  await app.store.practice(actor.practiceId).settings.insert([setting], session);
  return setting;
}
