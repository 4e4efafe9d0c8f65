import { randomBytes } from "node:crypto";
import { peopleModels } from "../../platform/store/people.ts";
import type { App } from "../context.ts";

/**
 * The secret that signs session cookies: made at the first start, the same ever after. It stands in the database beside
 * the hashes of session ids; neither gives an id, and without an id a signature opens nothing.
 */
export async function sessionSecret(app: App): Promise<string> {
  const { ProgramSecret } = peopleModels(app.store.connection);
  const made = { value: randomBytes(32).toString("base64url"), createdAt: app.now() };
  const kept = await ProgramSecret.findOneAndUpdate(
    { _id: "session" },
    { $setOnInsert: made },
    { upsert: true, returnDocument: "after" },
  ).lean();
  return kept.value;
}
