import type { ClientSession } from "mongoose";
import type { PracticeStore } from "../../platform/store/index.ts";
import type { App } from "../context.ts";
import { erasedAdjudication, erasedClaim, erasedNumber, erasedParked } from "./erased.ts";
import type { ClaimRecord } from "./kept-claim.ts";

/**
 * Erases what a claim's record tells of its patient, in a transaction with its audit event. The amounts stay, and the
 * journal entries as they are; encounters and work items go.
 */
export async function eraseClaim(
  app: App,
  practice: PracticeStore,
  record: ClaimRecord,
  session: ClientSession,
): Promise<void> {
  const { claim, adjudications, encounters, workItems, parkedPayments } = record;
  const document = erasedClaim(claim, app.now());
  await practice.claims.replace([{ document, version: claim.version }], session);
  const number = erasedNumber(claim);
  for (const doc of adjudications) {
    await practice.adjudications.exchange(erasedAdjudication(doc, number), {}, session);
  }
  for (const doc of parkedPayments) {
    await practice.parkedPayments.exchange(erasedParked(doc), {}, session);
  }
  const idsOf = (docs: readonly { readonly _id: string }[]) => docs.map(({ _id }) => _id);
  if (encounters.length > 0) {
    await practice.encounters.remove({ _id: { $in: idsOf(encounters) } }, session);
  }
  if (workItems.length > 0) {
    await practice.workItems.remove({ _id: { $in: idsOf(workItems) } }, session);
  }
}
