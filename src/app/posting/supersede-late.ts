import type { ClientSession } from "mongoose";
import { supersede } from "../claims/claim-record.ts";
import type { Actor, App } from "../context.ts";
import { today } from "../today.ts";
import { journalDoc } from "./journal-entry.ts";
import type { PostingBatch } from "./posting-batch.ts";
import { claimAudit } from "./take-decision.ts";

/**
 * A claim whose payer's number becomes known only now may have been replaced or voided before under that
 * number (REF*F8): the later claim takes its place, as it would have if the answer had come first.
 */
export async function supersedeLate(
  app: App,
  actor: Actor,
  batch: PostingBatch,
  session: ClientSession,
): Promise<void> {
  const owners = new Map<string, string>();
  for (const { claimId, payment } of batch.adjudications) {
    const number = payment.payerClaimControlNumber;
    if (number !== undefined) owners.set(number, claimId);
  }
  if (owners.size === 0) return;
  const later = await app.store
    .practice(actor.practiceId)
    .claims.find({ originalReference: { $in: [...owners.keys()] } }, { session });
  for (const { _id, claim } of later) {
    const open = batch.claims.get(owners.get(claim.originalReference ?? "") ?? "");
    if (open === undefined || open.doc._id === _id || open.doc.superseded) continue;
    if (claim.frequencyCode !== "7" && claim.frequencyCode !== "8") continue;
    const { doc, journal } = supersede(app, open.doc, claim);
    open.doc = doc;
    open.changed = true;
    if (journal.length > 0) {
      const place = { claimId: doc._id, effectiveDate: today(app) };
      batch.journal.push(journalDoc(app, "superseded", journal, place));
    }
    batch.audit.push(claimAudit("claim.supersede", doc, _id));
  }
}
