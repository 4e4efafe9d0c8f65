import type { ClientSession } from "mongoose";
import { add, subtract } from "../../billing/money/index.ts";
import type { DeskRecord, ParkedPaymentDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { withdrawPayments } from "./withdraw-payments.ts";

/**
 * Takes what a person posted from the desk off its claims by entries of its own: the money waits in unapplied
 * insurance again, and what only this payment had taught of its claims is forgotten. Gives what changes of the parked
 * payment. Refused where something that was posted later stands on it.
 */
export async function takePostingBack(
  app: App,
  actor: Actor,
  doc: ParkedPaymentDoc,
  { posting }: DeskRecord,
  reason: string,
  session: ClientSession,
): Promise<Partial<ParkedPaymentDoc>> {
  if (posting === null) throw new Error("what was posted at the desk names no claims");
  if (posting.superseded) {
    throw new OperatingError("state", "A replacement took its claim's place by this payment.");
  }
  const { remittances } = app.store.practice(actor.practiceId);
  const remittance = await remittances.findOne({ _id: doc.remittanceId }, { session });
  if (remittance?.status !== "posted") {
    throw new OperatingError("state", "Its remittance is not posted.");
  }
  const turn = (remittance.turn ?? 0) + 1;
  const ordinals = new Set([doc.ordinal]);
  const unposting = { remittance, reason, turn };
  const { claimIds, claimBefore } = posting;
  const gone = await withdrawPayments(app, actor, claimIds, unposting, session, ordinals);
  if (gone.payments === 0) throw new OperatingError("state", "It was unposted already.");
  const change = {
    turn: turn + 1,
    posted: remittance.posted - 1,
    parked: remittance.parked + 1,
    postedCents: subtract(remittance.postedCents, gone.paidCents),
    unappliedCents: add(remittance.unappliedCents, gone.paidCents),
    journalEntries: remittance.journalEntries + gone.journalEntries,
  };
  await remittances.update({ _id: remittance._id }, { $set: change }, session);
  return { claimId: claimBefore, turn: turn + 1 };
}
