import type { RemittanceDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import { readKept } from "../exchange/read-kept.ts";
import { postChunks } from "./post-remittance.ts";
import { rulesOf } from "./rules-in-force.ts";

/** What a matched remittance may still be: waiting, or begun to post and cut off. */
const LEFT = ["awaiting-deposit", "posting"];

/**
 * Posts the remittances that waited for their deposit and are matched now, from the bytes that are kept. Cut off, it
 * goes on where it stood, whenever deposits are matched again; done again, it changes nothing.
 */
export async function postAwaiting(app: App, actor: Actor, tell: Tell): Promise<void> {
  const { remittances } = app.store.practice(actor.practiceId);
  const waiting = await remittances.find(
    { status: { $in: LEFT }, depositMatchId: { $ne: null } },
    { sort: { _id: 1 } },
  );
  for (const { _id } of waiting) {
    const begun = await begin(app, actor, _id);
    if (begun === undefined) continue;
    await postChunks(app, actor, await readKept(app, actor, begun), begun, tell);
  }
}

/** Makes it ready to post, by the rules that are in force when its money has come. */
async function begin(app: App, actor: Actor, id: string): Promise<RemittanceDoc | undefined> {
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await practice.remittances.findOne({ _id: id }, { session });
    if (doc?.status !== "awaiting-deposit") return doc?.status === "posting" ? doc : undefined;
    const { version: rules } = (await rulesOf(practice, session)).inForce;
    const change = { status: "posting", rules } as const;
    await practice.remittances.update({ _id: id }, { $set: change }, session);
    return { ...doc, ...change };
  });
}
