import { PARK_REASONS } from "../../billing/remits/index.ts";
import type { ParkedPaymentDoc, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { shownOf } from "../shown.ts";

/** A remittance as a list shows it; `parked` is filled by `showRemittance`. */
function remittanceRow(doc: RemittanceDoc, parked: readonly ParkedPaymentDoc[]) {
  return {
    id: doc._id,
    traceNumber: doc.traceNumber,
    payer: doc.header.payer.name,
    paymentDate: doc.header.paymentDate,
    paymentMethod: doc.header.paymentMethod,
    status: doc.status,
    reason: doc.reason,
    bprCents: doc.header.paymentCents,
    postedCents: doc.postedCents,
    unappliedCents: doc.unappliedCents,
    providerAdjustmentCents: doc.providerAdjustmentCents,
    claimPayments: doc.claimPayments,
    posted: doc.posted,
    parkedCount: doc.parked,
    parked: parked.map(parkedRow),
    unposted: doc.unposted ?? null,
    flags: doc.flags,
    certificate: doc.certificate,
  };
}

function parkedRow(doc: ParkedPaymentDoc) {
  return {
    patientControlNumber: doc.patientControlNumber,
    clp: doc.ordinal,
    reason: doc.reason,
    message: PARK_REASONS[doc.reason],
    residualCents: doc.residualCents,
    unappliedCents: doc.unappliedCents,
    status: doc.status,
  };
}

/** Remittances, newest first, each with what of it is parked. */
export async function listRemittances(
  app: App,
  actor: Actor,
  options: Paging,
): Promise<Page<ReturnType<typeof remittanceRow>>> {
  const practice = app.store.practice(actor.practiceId);
  const limit = pageSize(options);
  const docs = await practice.remittances.find(
    options.cursor === undefined ? {} : { _id: { $lt: options.cursor } },
    { sort: { _id: -1 }, limit: limit + 1 },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  const parked = await parkedOf(app, actor, page.items);
  await auditRead(app, actor, "remittance.list", actor.practiceId, page.items);
  return {
    items: page.items.map((doc) => remittanceRow(doc, parked.get(doc._id) ?? [])),
    next: page.next,
  };
}

/** Remittances of one trace number (payers reuse them), each with its balance certificate and parked items. */
export async function findRemittances(app: App, actor: Actor, traceNumber: string) {
  const practice = app.store.practice(actor.practiceId);
  const docs = await practice.remittances.find({ traceNumber }, { sort: { _id: 1 } });
  if (docs.length === 0) throw new OperatingError("not-found");
  const parked = await parkedOf(app, actor, docs);
  await auditRead(app, actor, "remittance.read", docs[0]?._id ?? "", docs);
  return docs.map((doc) => ({
    ...remittanceRow(doc, parked.get(doc._id) ?? []),
    providerAdjustments: doc.providerAdjustments,
    payee: doc.header.payee,
    productionDate: doc.header.productionDate,
  }));
}

/** The remittance of a trace number; the latest where the payer used it again. */
export async function showRemittance(app: App, actor: Actor, traceNumber: string) {
  const found = await findRemittances(app, actor, traceNumber);
  const last = found.at(-1);
  if (last === undefined) throw new OperatingError("not-found");
  return last;
}

async function parkedOf(
  app: App,
  actor: Actor,
  docs: readonly RemittanceDoc[],
): Promise<Map<string, ParkedPaymentDoc[]>> {
  const parked = await app.store
    .practice(actor.practiceId)
    .parkedPayments.find(
      { remittanceId: { $in: docs.map(({ _id }) => _id) }, status: "parked" },
      { sort: { remittanceId: 1, ordinal: 1 }, projection: { packed: 0 } },
    );
  const byRemittance = new Map<string, ParkedPaymentDoc[]>();
  for (const doc of parked) {
    const list = byRemittance.get(doc.remittanceId) ?? [];
    byRemittance.set(doc.remittanceId, list);
    list.push(doc);
  }
  return byRemittance;
}

async function auditRead(
  app: App,
  actor: Actor,
  action: string,
  id: string,
  docs: readonly RemittanceDoc[],
): Promise<void> {
  await recordAudit(app, actor, {
    action,
    entity: { type: "remittance", id },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(docs),
  });
}
