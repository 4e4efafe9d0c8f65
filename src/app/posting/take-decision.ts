import { classify, draftPostingException } from "../../billing/denials/index.ts";
import { type Account, standingAdjudications, transfer } from "../../billing/ledger/index.ts";
import { sumOf } from "../../billing/money/index.ts";
import type {
  ClaimDecision,
  NotedClaim,
  ParkedClaim,
  PostedClaim,
} from "../../billing/remits/index.ts";
import type { ClaimDoc, TimelineEvent } from "../../platform/store/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { projectClaim, receivableOf } from "../claims/claim-projection.ts";
import type { App } from "../context.ts";
import { correctionDrafts, denialDraft, remittanceFacts } from "../denials/draft-work.ts";
import type { Tell } from "../events.ts";
import { today } from "../today.ts";
import { journalDoc } from "./journal-entry.ts";
import type { PaymentSource } from "./payment-source.ts";
import { claimIn, type OpenClaim, type PostingBatch } from "./posting-batch.ts";

/** Takes a decision into the batch: records, journal, work items and audit events that follow from it. */
export function takeDecision(
  app: App,
  decision: ClaimDecision,
  source: PaymentSource,
  batch: PostingBatch,
  cash: Account,
  tell: Tell,
): void {
  if (decision.kind === "posted") takePosted(app, decision, source, batch, cash, tell);
  else if (decision.kind === "parked") takeParked(app, decision, source, batch, cash, tell);
  else takeNoted(app, decision, source, batch, tell);
}

function takePosted(
  app: App,
  decision: PostedClaim,
  source: PaymentSource,
  batch: PostingBatch,
  cash: Account,
  tell: Tell,
): void {
  const open = claimIn(batch, decision.claimId);
  const { payment, adjudication } = decision;
  const first = !standingAdjudications(open.doc.adjudications).some(
    ({ sequence }) => sequence === adjudication.sequence,
  );
  const before = open.doc;
  changeClaim(app, open, decision, source);
  const reversal = adjudication.reverses !== undefined;
  if (decision.journal.length > 0) {
    const kind = cash === "unapplied-insurance" ? "release" : reversal ? "reversal" : "payment";
    batch.journal.push(
      journalDoc(app, kind, decision.journal, {
        claimId: decision.claimId,
        remittanceId: source.remittanceId,
        adjudicationId: adjudication.id,
        place: `CLP[${payment.ordinal}]`,
        effectiveDate: source.paymentDate ?? today(app),
      }),
    );
  }
  const draft = reversal ? undefined : denialDraft(app, decision, open.doc, source);
  if (draft !== undefined) batch.drafts.push({ ...draft, adjudicationId: adjudication.id });
  batch.drafts.push(...correctionDrafts(app, decision, before, source));
  batch.adjudications.push(adjudicationDoc(app, decision, open.doc, source, first));
  batch.audit.push(claimAudit("claim.post", open.doc, adjudication.id));
  tell({
    kind: "posting",
    traceNumber: source.traceNumber,
    clp: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    statusCode: payment.statusCode,
    paidCents: payment.paidCents,
    openInsuranceCents: open.doc.totals.openInsuranceCents,
    patientResponsibilityCents: open.doc.totals.patientResponsibilityCents,
    flags: decision.flags,
    released: cash === "unapplied-insurance",
  });
}

function changeClaim(
  app: App,
  open: OpenClaim,
  decision: PostedClaim,
  source: PaymentSource,
): void {
  const { doc } = open;
  const adjudications = [...doc.adjudications, decision.adjudication];
  const number = decision.payment.payerClaimControlNumber;
  open.doc = {
    ...doc,
    ...projectClaim(receivableOf(doc), adjudications, doc.submissions),
    adjudications,
    payerClaimControlNumbers:
      number === undefined || doc.payerClaimControlNumbers.includes(number)
        ? doc.payerClaimControlNumbers
        : [...doc.payerClaimControlNumbers, number],
    flags: [...new Set([...doc.flags, ...flagsOf(decision, source)])],
    timeline: [...doc.timeline, timelineOf(app, decision, source)],
  };
  open.changed = true;
}

function flagsOf(decision: PostedClaim, source: PaymentSource): ClaimDoc["flags"] {
  return source.flags.includes("trace-reused")
    ? [...decision.flags, "trace-reused"]
    : decision.flags;
}

function timelineOf(app: App, decision: PostedClaim, source: PaymentSource): TimelineEvent {
  const { payment, adjudication } = decision;
  const event =
    adjudication.reverses !== undefined
      ? "reversed"
      : payment.paidCents !== 0
        ? "paid"
        : decision.denied.length > 0
          ? "denied"
          : "processed";
  return {
    at: app.now().toISOString(),
    event,
    detail: `Remittance ${source.traceNumber}, CLP[${payment.ordinal}], status ${payment.statusCode}`,
  };
}

function adjudicationDoc(
  app: App,
  decision: PostedClaim,
  doc: ClaimDoc,
  source: PaymentSource,
  first: boolean,
): PostingBatch["adjudications"][number] {
  const { payment, adjudication } = decision;
  return {
    _id: adjudication.id,
    claimId: decision.claimId,
    patientControlNumber: payment.patientControlNumber,
    remittanceId: source.remittanceId,
    ordinal: payment.ordinal,
    traceNumber: source.traceNumber,
    payer: { id: source.payer.id ?? "", name: source.payer.name },
    paymentDate: source.paymentDate ?? null,
    month: (source.paymentDate ?? today(app)).slice(0, 7),
    first,
    adjudication,
    payment,
    reversal: adjudication.reverses !== undefined,
    paidCents: payment.paidCents,
    explained: adjudication.lines.some((line) => line.patientCents > 0 || line.priorPayerCents > 0),
    procedureCodes: payment.services.map(({ procedure }) => procedure.code),
    deniedCents: sumOf(decision.denied, ({ amountCents }) => amountCents),
    denialReasons: decision.denied.map((denied) => ({
      groupCode: denied.groupCode,
      reasonCode: denied.reasonCode,
      category: classify(denied).category,
      procedureCode: denied.procedureCode,
      amountCents: denied.amountCents,
    })),
    chargeCents: payment.chargeCents,
    providerNpi: doc.claim.renderingProviderNpi ?? doc.claim.billingProvider.npi,
    autoPosted: true,
    flags: flagsOf(decision, source),
    rules: source.rules.version,
    ...turnOf(source),
    at: app.now(),
  };
}

/** Absent of the first posting, so that those of old documents are told apart from none. */
function turnOf({ turn, part }: PaymentSource): { turn?: number; part?: number } {
  return { ...(turn === 0 ? {} : { turn }), ...(part === undefined ? {} : { part }) };
}

function takeParked(
  app: App,
  decision: ParkedClaim,
  source: PaymentSource,
  batch: PostingBatch,
  cash: Account,
  tell: Tell,
): void {
  const { payment, reason, residualCents } = decision;
  const lines =
    cash === "unapplied-insurance" ? [] : transfer(cash, "unapplied-insurance", payment.paidCents);
  if (lines.length > 0) {
    batch.journal.push(
      journalDoc(app, "unapplied", lines, {
        remittanceId: source.remittanceId,
        place: `CLP[${payment.ordinal}]`,
        effectiveDate: source.paymentDate ?? today(app),
        ...(decision.claimId === undefined ? {} : { claimId: decision.claimId }),
      }),
    );
  }
  batch.parked.push({
    _id: app.newId(),
    remittanceId: source.remittanceId,
    traceNumber: source.traceNumber,
    payer: source.payer,
    paymentDate: source.paymentDate ?? null,
    ordinal: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    payerClaimControlNumber: payment.payerClaimControlNumber ?? null,
    claimId: decision.claimId ?? null,
    reason,
    residualCents,
    unappliedCents: payment.paidCents,
    payment,
    status: "parked",
    ...turnOf(source),
    at: app.now(),
  });
  batch.drafts.push(
    draftPostingException({
      reason,
      today: today(app),
      payer: { id: source.payer.id ?? "", name: source.payer.name },
      remittance: remittanceFacts(source),
      patientControlNumber: payment.patientControlNumber,
      claimId: decision.claimId,
      amountCents: payment.paidCents,
      residualCents,
    }),
  );
  tell({
    kind: "parked",
    level: "claimPayment",
    traceNumber: source.traceNumber,
    clp: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    reason,
    residualCents,
    unappliedCents: payment.paidCents,
  });
}

/** Pended, forwarded or predetermined: the claim's story says so, the ledger does not move. */
function takeNoted(
  app: App,
  decision: NotedClaim,
  source: PaymentSource,
  batch: PostingBatch,
  tell: Tell,
): void {
  const open = claimIn(batch, decision.claimId);
  const { payment } = decision;
  const detail = `Remittance ${source.traceNumber}, CLP[${payment.ordinal}], status ${payment.statusCode}`;
  open.doc = {
    ...open.doc,
    timeline: [...open.doc.timeline, { at: app.now().toISOString(), event: "noted", detail }],
  };
  open.changed = true;
  batch.audit.push(claimAudit("claim.note-status", open.doc, source.remittanceId));
  tell({
    kind: "posting",
    traceNumber: source.traceNumber,
    clp: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    statusCode: payment.statusCode,
    paidCents: payment.paidCents,
    noted: true,
  });
}

/** The audit event of a decision on a claim. */
export function claimAudit(action: string, claim: ClaimDoc, source: string): AuditDraft {
  return {
    action,
    entity: { type: "claim", id: claim._id },
    patientId: claim.patientId,
    purpose: "payment",
    outcome: "success",
    detail: { from: source },
  };
}
