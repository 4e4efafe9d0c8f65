import type { ClientSession } from "mongoose";
import type { ParkedPaymentDoc, PracticeStore } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { openClaim } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { newBatch } from "../posting/posting-batch.ts";
import { releaseOne } from "../posting/release-parked.ts";
import { rulesOf } from "../posting/rules-in-force.ts";
import { patientOf, shownOf } from "../shown.ts";
import {
  type ExceptionStatus,
  earlierOf,
  exceptionRows,
  STORED_STATUSES,
} from "./exception-view.ts";
import { onDesk, postFromDesk } from "./post-from-desk.ts";

type Row = Awaited<ReturnType<typeof exceptionRows>>[number];

/** What the desk can be narrowed by; what waits, when nothing is said. */
export interface ExceptionFilter extends Paging {
  readonly status?: ExceptionStatus | undefined;
}

/** Claim payments that wait for a person, or that have left the desk, newest first. */
export async function listExceptions(
  app: App,
  actor: Actor,
  filter: ExceptionFilter,
): Promise<Page<Row>> {
  const limit = pageSize(filter);
  const practice = app.store.practice(actor.practiceId);
  const docs = await practice.parkedPayments.find(
    {
      status: STORED_STATUSES[filter.status ?? "parked"],
      ...(filter.cursor === undefined ? {} : { _id: { $lt: filter.cursor } }),
    },
    { sort: { _id: -1 }, limit: limit + 1 },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  await recordAudit(app, actor, {
    action: "exception.list",
    entity: { type: "exceptions", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(page.items),
  });
  return { items: await exceptionRows(practice, page.items), next: page.next };
}

/**
 * One of them with all that a person needs to decide: why it waits, by how much an equation does not hold, the fewest
 * amounts that explain it, its lines, the claims that it may belong to, what it takes back, what can be done and what
 * was done. Nothing here posts.
 */
export async function showException(app: App, actor: Actor, id: string) {
  const practice = app.store.practice(actor.practiceId);
  const doc = await practice.parkedPayments.findOne({ _id: id });
  const [row] = doc === undefined ? [] : await exceptionRows(practice, [doc]);
  if (doc === undefined || row === undefined) throw new OperatingError("not-found");
  await recordAudit(app, actor, {
    action: "exception.read",
    entity: { type: "exception", id },
    ...(await patientOf(practice, doc.claimId)),
    purpose: "payment",
    outcome: "success",
    detail: { candidates: row.suggestions.length },
  });
  return {
    ...row,
    adjustments: doc.payment.adjustments,
    lines: doc.payment.services.map((service) => ({
      procedureCode: service.procedure.code,
      lineControlNumber: service.lineControlNumber ?? null,
      chargeCents: service.chargeCents,
      paidCents: service.paidCents,
      adjustments: service.adjustments,
    })),
    earlier: (await earlierView(practice, doc)) ?? null,
    desk: doc.desk ?? [],
  };
}

/** The posting that a reversal takes back, line by line as it was posted (POSTING R7). */
async function earlierView(practice: PracticeStore, doc: ParkedPaymentDoc) {
  if (doc.claimId === null) return undefined;
  const claim = await practice.claims.findOne({ _id: doc.claimId });
  const earlier = earlierOf(doc, claim);
  if (earlier === undefined) return undefined;
  const { adjudication, chargeDifferenceCents, paidDifferenceCents } = earlier;
  const posted = await practice.adjudications.findOne({ _id: adjudication.id });
  return {
    id: adjudication.id,
    traceNumber: posted?.traceNumber ?? null,
    clp: posted?.ordinal ?? null,
    paymentDate: posted?.paymentDate ?? null,
    payerClaimControlNumber: adjudication.payerClaimControlNumber ?? null,
    lines: adjudication.lines,
    adjustments: adjudication.triples,
    /** What the reversal does not negate of it: zero of both, or it cannot be mirrored. */
    chargeDifferenceCents,
    paidDifferenceCents,
  };
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
): Promise<{ readonly posted: number; readonly released: number }> {
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await onDesk(app, actor, id, "match", session);
    const claim = await claimNamed(practice, patientControlNumber, session);
    const batch = newBatch(new Map([[claim._id, openClaim(claim)]]));
    const { inForce: rules } = await rulesOf(practice, session);
    const how = { split: false, rules };
    if (!releaseOne(app, claim._id, doc, how, batch, () => undefined)) {
      throw new OperatingError("state", "The payment does not prove against this claim.");
    }
    const work = { action: "match", claimIds: [claim._id] } as const;
    return postFromDesk(app, actor, doc, batch, work, session);
  });
}

async function claimNamed(
  practice: PracticeStore,
  patientControlNumber: string,
  session: ClientSession,
) {
  const claim = await practice.claims.findOne(
    { patientControlNumbers: patientControlNumber },
    { session },
  );
  if (claim === undefined) throw new OperatingError("not-found");
  return claim;
}
