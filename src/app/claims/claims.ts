import { totalsOf } from "../../billing/ledger/index.ts";
import type { AdjudicationDoc, ClaimDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { endOf } from "../posting/ledger.ts";
import { shownOf } from "../shown.ts";
import { claimAsOf } from "./claim-as-of.ts";
import { accountsOf } from "./claim-projection.ts";
import { type PatientQuery, searchKeys } from "./index-patient.ts";

/** A claim as a list shows it. */
export function claimRow(doc: ClaimDoc) {
  const { totals } = doc;
  return {
    patientControlNumber: doc.claim.patientControlNumber,
    payer: doc.claim.payer.name,
    serviceDateFrom: doc.claim.serviceDateFrom,
    chargeCents: totals.chargeCents,
    paidCents: totals.paidCents,
    contractualCents: totals.contractualCents,
    otherAdjustmentCents: totals.otherAdjustmentCents,
    patientResponsibilityCents: totals.patientResponsibilityCents,
    openInsuranceCents: totals.openInsuranceCents,
    creditCents: totals.creditCents,
    status: { ...doc.status },
    flags: [...doc.flags],
  };
}

/** Claims, newest first; `status` narrows to one state of adjudication, the rest to one patient. */
export async function listClaims(
  app: App,
  actor: Actor,
  options: Paging & PatientQuery & { readonly status?: string | undefined },
): Promise<Page<ReturnType<typeof claimRow>>> {
  const practice = app.store.practice(actor.practiceId);
  const limit = pageSize(options);
  const keys = searchKeys(app, actor, options);
  const docs = await practice.claims.find(
    {
      ...(keys.length === 0 ? {} : { searchKeys: { $all: keys } }),
      ...(options.status === undefined ? {} : { "status.adjudication": options.status }),
      ...(options.cursor === undefined ? {} : { _id: { $lt: options.cursor } }),
    },
    { sort: { _id: -1 }, limit: limit + 1 },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  await recordAudit(app, actor, {
    action: keys.length === 0 ? "claim.list" : "claim.search",
    entity: { type: "claims", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(page.items),
  });
  return { items: page.items.map(claimRow), next: page.next };
}

/**
 * One claim by the claim number of any of its submissions: its money, lines, decisions and story.
 * charge = paid + contractual + other + patient + open − credit. `asOf` asks how it stood at the end of that day (UTC);
 * `not-found` where it was not there yet.
 */
export async function showClaim(
  app: App,
  actor: Actor,
  patientControlNumber: string,
  { asOf }: { readonly asOf?: string } = {},
) {
  const practice = app.store.practice(actor.practiceId);
  const now = await practice.claims.findOne({ patientControlNumbers: patientControlNumber });
  if (now === undefined) throw new OperatingError("not-found");
  const decisions = await practice.adjudications.find({ claimId: now._id }, { sort: { _id: 1 } });
  const shown =
    asOf === undefined ? { doc: now, decisions } : claimAsOf(now, decisions, endOf(asOf));
  if (shown === undefined) throw new OperatingError("not-found");
  const { doc, decisions: adjudications } = shown;
  await recordAudit(app, actor, {
    action: "claim.read",
    entity: { type: "claim", id: doc._id },
    patientId: doc.patientId,
    purpose: "payment",
    outcome: "success",
    ...(asOf === undefined ? {} : { detail: { asOf } }),
  });
  return {
    ...claimRow(doc),
    billedCents: doc.claim.chargeCents,
    sequestrationCents: doc.totals.sequestrationCents,
    superseded: doc.superseded,
    submissions: doc.submissions,
    payerClaimControlNumbers: doc.payerClaimControlNumbers,
    lines: linesOf(doc),
    adjudications: adjudications.map(adjudicationView),
    timeline: doc.timeline,
  };
}

function linesOf(doc: ClaimDoc) {
  const billed = new Map(doc.claim.lines.map((line) => [line.lineControlNumber, line] as const));
  return accountsOf(doc).map((account) => {
    const line = billed.get(account.lineControlNumber);
    const totals = totalsOf([account]);
    return {
      lineControlNumber: account.lineControlNumber,
      /** What a payer decided on the claim as a whole, beside its lines. */
      claimLevel: line === undefined,
      procedureCode: line?.procedureCode ?? "",
      modifiers: line?.modifiers ?? [],
      serviceDate: line?.serviceDateFrom,
      units: line?.units,
      chargeCents: totals.chargeCents,
      paidCents: totals.paidCents,
      contractualCents: totals.contractualCents,
      otherAdjustmentCents: totals.otherAdjustmentCents,
      patientResponsibilityCents: totals.patientResponsibilityCents,
      openInsuranceCents: totals.openInsuranceCents,
      creditCents: totals.creditCents,
    };
  });
}

function adjudicationView(doc: AdjudicationDoc) {
  const { adjudication, payment } = doc;
  return {
    id: doc._id,
    traceNumber: doc.traceNumber,
    clp: doc.ordinal,
    payer: doc.payer.name,
    payerSequence: adjudication.sequence,
    paymentDate: doc.paymentDate,
    statusCode: payment.statusCode,
    chargeCents: payment.chargeCents,
    paidCents: payment.paidCents,
    payerClaimControlNumber: payment.payerClaimControlNumber ?? null,
    reverses: adjudication.reverses ?? null,
    /** The version of the posting rules that decided it. */
    rules: doc.rules ?? null,
    /** The decision that a person unposted by this record; neither counts. */
    withdraws: adjudication.withdraws ?? null,
    adjustments: adjudication.triples,
    remarkCodes: payment.remarkCodes,
  };
}
