import type { ClientSession } from "mongoose";
import { type Cents, ZERO } from "../../billing/money/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { matchArrived } from "../deposits/match-deposits.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { readKept } from "../exchange/read-kept.ts";
import { namedRemittance } from "./named-remittance.ts";
import { postChunks } from "./post-remittance.ts";
import { rulesOf } from "./rules-in-force.ts";
import { changeOf, type PostingChange } from "./unpost-remittance.ts";

/**
 * Posts a remittance (by id or trace number) that is unposted, or waits for its deposit, from the bytes that are kept: it is decided anew,
 * by the rules in force and on claims as they stand now. Cut off, it goes on where it stood; done again, it changes nothing.
 */
export async function postAgain(
  app: App,
  actor: Actor,
  name: string,
  tell: Tell,
): Promise<PostingChange> {
  const practice = app.store.practice(actor.practiceId);
  const named = await namedRemittance(practice, name);
  const begun = await app.store.transaction((session) => begin(app, actor, named._id, session));
  if (begun.status === "posted") return changeOf(begun, false);
  const remittance = await readKept(app, actor, begun);
  await postChunks(app, actor, remittance, begun, tell);
  await matchArrived(app, actor, remittance, tell);
  const posted = await practice.remittances.findOne({ _id: begun._id });
  return changeOf(posted ?? begun, true);
}

/** Makes it ready to post from its first claim payment on; one that is being posted goes on. */
async function begin(
  app: App,
  actor: Actor,
  id: string,
  session: ClientSession,
): Promise<RemittanceDoc> {
  const practice = app.store.practice(actor.practiceId);
  const doc = await practice.remittances.findOne({ _id: id }, { session });
  if (doc === undefined) throw new OperatingError("not-found");
  if (doc.status === "posted" || doc.status === "posting") return doc;
  if (doc.status !== "unposted" && doc.status !== "awaiting-deposit") {
    throw new OperatingError("state", `The remittance is ${doc.status}.`);
  }
  const same = await practice.remittances.find({ key: doc.key }, { session });
  const other = same.find(
    ({ _id, status, header }) =>
      _id !== id && status !== "parked" && status !== "unposted" && header.paymentCents > 0,
  );
  if (other !== undefined) {
    throw new OperatingError(
      "state",
      `Another remittance with its trace number (${other._id}) is posted: unpost that first.`,
    );
  }
  const { version: rules } = (await rulesOf(practice, session)).inForce;
  const { _id, practiceId: _practice, ...set } = { ...doc, ...ready(doc), rules };
  await practice.remittances.update({ _id }, { $set: set }, session);
  await recordAudit(
    app,
    actor,
    {
      action: "remittance.post-again",
      entity: { type: "remittance", id },
      purpose: "payment",
      outcome: "success",
      detail: { turn: set.turn },
    },
    session,
  );
  return { ...doc, ...set };
}

/** What a remittance begins to post with. */
function ready({ turn = 0 }: RemittanceDoc) {
  const money: Record<"postedCents" | "unappliedCents" | "providerAdjustmentCents", Cents> = {
    postedCents: ZERO,
    unappliedCents: ZERO,
    providerAdjustmentCents: ZERO,
  };
  const counts = { decided: 0, posted: 0, parked: 0, journalEntries: 0 };
  const proofs = { provedServices: 0, failedServices: 0, failedClaims: 0, certificate: null };
  return { ...money, ...counts, ...proofs, status: "posting" as const, turn: turn + 1 };
}
