import type { ClientSession } from "mongoose";
import { draftPostingException } from "../../billing/denials/index.ts";
import { type Cents, ZERO } from "../../billing/money/index.ts";
import { PARK_REASONS, type ParkReason, proveTransaction } from "../../billing/remits/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { openItems } from "../denials/open-work-items.ts";
import type { Happening, Tell } from "../events.ts";
import { today } from "../today.ts";
import {
  NOTHING,
  newRemittance,
  type ReadRemittance,
  type RemittanceResult,
  remittanceAudit,
  remittanceEvent,
} from "./remittance-record.ts";

/** A whole remittance that waits: nothing of it is in the ledger; every claim payment is kept and named. */
export async function parkRemittance(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  digest: string,
  reason: ParkReason,
  session: ClientSession,
  tell: Tell,
): Promise<RemittanceResult> {
  const { remittance } = read;
  const proof = proveTransaction(remittance);
  const payments = remittance.claimPayments;
  const doc: RemittanceDoc = {
    ...newRemittance(app, actor, read, digest, reason === "conflict" ? ["conflict"] : []),
    status: "parked",
    reason,
    decided: payments.length,
    parked: payments.length,
  };
  const residualCents = reason === "transaction-unbalanced" ? proof.residualCents : ZERO;
  const practice = app.store.practice(actor.practiceId);
  await practice.remittances.insert([doc], session);
  await practice.parkedPayments.insert(
    payments.map((payment) => ({
      _id: app.newId(),
      remittanceId: doc._id,
      traceNumber: remittance.traceNumber,
      payer: remittance.payer,
      paymentDate: remittance.paymentDate ?? null,
      ordinal: payment.ordinal,
      patientControlNumber: payment.patientControlNumber,
      payerClaimControlNumber: payment.payerClaimControlNumber ?? null,
      claimId: null,
      reason,
      residualCents,
      unappliedCents: ZERO,
      payment,
      status: "parked" as const,
      at: app.now(),
    })),
    session,
  );
  const draft = draftPostingException({
    reason,
    today: today(app),
    payer: { id: remittance.payer.id ?? "", name: remittance.payer.name },
    remittance: { traceNumber: remittance.traceNumber, remittanceId: doc._id },
    amountCents: remittance.paymentCents,
    residualCents,
  });
  tell(parkedEvent(doc, residualCents));
  await openItems(app, actor, [draft], session, tell);
  tell(remittanceEvent(doc));
  await recordAudit(app, actor, remittanceAudit(doc), session);
  return { ...NOTHING, outcome: "parked", parked: payments.length };
}

function parkedEvent(doc: RemittanceDoc, residualCents: Cents): Happening {
  return {
    kind: "parked",
    level: "remittance",
    traceNumber: doc.traceNumber,
    reason: doc.reason,
    residualCents,
    claimPayments: doc.claimPayments,
    message: doc.reason === null ? "" : PARK_REASONS[doc.reason],
  };
}
