import type { ClientSession } from "mongoose";
import {
  explainPayment,
  explainTransaction,
  PARK_REASONS,
  type ResidualExplanation,
  residualWords,
  SELF_RELEASING,
  suggestClaims,
} from "../billing/remits/index.ts";
import type { ParkedPaymentDoc, PracticeStore, RemittanceDoc } from "../platform/store/index.ts";
import { recordAudit } from "./audit.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";
import { openClaim } from "./load-claims.ts";
import { type Page, type Paging, pageOf, pageSize } from "./page.ts";
import { newBatch, storeBatch } from "./posting-batch.ts";
import { closeException, moveFigures, releaseOne, releaseWaiting } from "./release-parked.ts";
import { supersedeLate } from "./supersede-late.ts";

/** Claims among which a match is sought: the newest that nobody has answered. */
const CANDIDATES_MAX = 2000;

/** A claim payment that waits, as a list shows it. */
function exceptionRow(doc: ParkedPaymentDoc) {
  return {
    id: doc._id,
    patientControlNumber: doc.patientControlNumber,
    traceNumber: doc.traceNumber,
    clp: doc.ordinal,
    payer: doc.payer.name,
    paymentDate: doc.paymentDate,
    reason: doc.reason,
    message: PARK_REASONS[doc.reason],
    residualCents: doc.residualCents,
    /** The same in words; where every equation holds, what has not come. */
    residual: residualWords(doc.reason, doc.residualCents),
    unappliedCents: doc.unappliedCents,
    /** It leaves by itself when the missing piece arrives. */
    selfReleasing: SELF_RELEASING.has(doc.reason),
  };
}

/** Claim payments that wait for a person, newest first. */
export async function listExceptions(
  app: App,
  actor: Actor,
  options: Paging,
): Promise<Page<ReturnType<typeof exceptionRow>>> {
  const limit = pageSize(options);
  const docs = await app.store.practice(actor.practiceId).parkedPayments.find(
    {
      status: "parked",
      ...(options.cursor === undefined ? {} : { _id: { $lt: options.cursor } }),
    },
    { sort: { _id: -1 }, limit: limit + 1, projection: { packed: 0 } },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  await recordAudit(app, actor, {
    action: "exception.list",
    entity: { type: "exceptions", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: { shown: page.items.length },
  });
  return { items: page.items.map(exceptionRow), next: page.next };
}

/**
 * One that waits: why, by how much an equation does not hold, the fewest amounts that explain it, and the claims
 * that it may belong to, each with what speaks for it. Nothing here posts.
 */
export async function showException(app: App, actor: Actor, id: string) {
  const practice = app.store.practice(actor.practiceId);
  const doc = await parkedOf(practice, id);
  const remittance = await practice.remittances.findOne({ _id: doc.remittanceId });
  const candidates =
    doc.reason === "unmatched"
      ? await practice.claims.find(
          { "status.adjudication": "none" },
          { sort: { _id: -1 }, limit: CANDIDATES_MAX },
        )
      : [];
  await recordAudit(app, actor, {
    action: "exception.read",
    entity: { type: "exception", id },
    patientId: doc.claimId ?? id,
    purpose: "payment",
    outcome: "success",
    detail: { candidates: candidates.length },
  });
  return {
    ...exceptionRow(doc),
    explanation: (await explanationOf(practice, doc, remittance)) ?? null,
    suggestions: suggestClaims(doc.payment, candidates).map(({ claim, score, reasons }) => ({
      patientControlNumber: claim.claim.patientControlNumber,
      serviceDateFrom: claim.claim.serviceDateFrom ?? null,
      chargeCents: claim.claim.chargeCents,
      score,
      reasons,
    })),
  };
}

async function explanationOf(
  practice: PracticeStore,
  doc: ParkedPaymentDoc,
  remittance: RemittanceDoc | undefined,
): Promise<ResidualExplanation | undefined> {
  if (doc.reason !== "transaction-unbalanced" || remittance === undefined) {
    return explainPayment(doc.payment);
  }
  const all = await practice.parkedPayments.find(
    { remittanceId: remittance._id },
    { sort: { ordinal: 1 } },
  );
  const payments = all.map(({ payment }) => payment);
  return explainTransaction(payments, remittance.providerAdjustments, doc.residualCents);
}

/**
 * A person says to which claim a payment belongs. It is decided like any other, so that it posts only what proves;
 * its money leaves unapplied insurance, and what waited for it follows.
 */
export async function matchException(
  app: App,
  actor: Actor,
  id: string,
  patientControlNumber: string,
): Promise<{ readonly posted: 1; readonly released: number }> {
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await parkedOf(practice, id, session);
    const remittance = await practice.remittances.findOne({ _id: doc.remittanceId }, { session });
    if (remittance?.status !== "posted") {
      throw new OperatingError("state", "The whole remittance waits; none of it is in the ledger.");
    }
    const claim = await practice.claims.findOne(
      { patientControlNumbers: patientControlNumber },
      { session },
    );
    if (claim === undefined) throw new OperatingError("not-found");
    const batch = newBatch(new Map([[claim._id, openClaim(claim)]]));
    const tell = () => undefined;
    if (!releaseOne(app, claim._id, doc, false, batch, tell)) {
      throw new OperatingError("state", "The payment does not prove against this claim.");
    }
    const taken = await practice.parkedPayments.update(
      { _id: id, status: "parked" },
      { $set: { status: "released", claimId: claim._id } },
      session,
    );
    if (!taken) throw new OperatingError("stale");
    await closeException(app, actor, doc, "Matched to its claim by hand.", session);
    const followed = await releaseWaiting(app, actor, batch, session, tell);
    await supersedeLate(app, actor, batch, session);
    batch.audit.push({
      action: "exception.match",
      entity: { type: "exception", id },
      patientId: claim._id,
      purpose: "payment",
      outcome: "success",
      detail: { claim: claim._id },
    });
    await storeBatch(app, actor, batch, session, tell);
    await moveFigures(practice, [doc, ...followed], session);
    return { posted: 1, released: followed.length };
  });
}

async function parkedOf(
  practice: PracticeStore,
  id: string,
  session?: ClientSession,
): Promise<ParkedPaymentDoc> {
  const doc = await practice.parkedPayments.findOne({ _id: id, status: "parked" }, { session });
  if (doc === undefined) throw new OperatingError("not-found");
  return doc;
}
