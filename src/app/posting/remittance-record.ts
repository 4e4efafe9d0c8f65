import { type Cents, ZERO } from "../../billing/money/index.ts";
import { type Remittance, remittanceKey } from "../../billing/remits/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import type { Actor, App } from "../context.ts";
import type { Happening } from "../events.ts";

/** One ST to SE as the reader gave it. */
export interface ReadRemittance {
  readonly remittance: Remittance;
  /** False when SE is missing or disagrees (POSTING E7). */
  readonly intact: boolean;
  /** SHA-256 of its segments, envelope and set control number left out. */
  readonly contentDigest: string;
  readonly fileId: string;
}

/** What became of one remittance, for the summary of the file. */
export interface RemittanceResult {
  readonly outcome: "posted" | "parked" | "duplicate" | "awaiting-deposit";
  readonly posted: number;
  readonly parked: number;
  /** Claim payments of other remittances that were parked and post now. */
  readonly released: number;
  readonly paidCents: Cents;
  readonly postedCents: Cents;
  readonly unappliedCents: Cents;
  readonly providerAdjustmentCents: Cents;
}

/** A result in which nothing moved. */
export const NOTHING = {
  posted: 0,
  parked: 0,
  released: 0,
  paidCents: ZERO,
  postedCents: ZERO,
  unappliedCents: ZERO,
  providerAdjustmentCents: ZERO,
};

/** A remittance that has begun to post: nothing decided, nothing in the books. */
export function newRemittance(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  digest: string,
  flags: readonly string[],
): RemittanceDoc {
  const { claimPayments, providerAdjustments, defects: _defects, ...header } = read.remittance;
  return {
    _id: app.newId(),
    practiceId: actor.practiceId,
    key: remittanceKey(read.remittance),
    contentDigest: read.contentDigest,
    moneyDigest: digest,
    fileId: read.fileId,
    status: "posting",
    reason: null,
    header,
    providerAdjustments,
    traceNumber: header.traceNumber,
    claimPayments: claimPayments.length,
    decided: 0,
    posted: 0,
    parked: 0,
    postedCents: ZERO,
    unappliedCents: ZERO,
    providerAdjustmentCents: ZERO,
    journalEntries: 0,
    provedServices: 0,
    failedServices: 0,
    failedClaims: 0,
    certificate: null,
    flags,
    at: app.now(),
  };
}

/** What is told of a remittance when it is done. */
export function remittanceEvent(doc: RemittanceDoc): Happening {
  return {
    kind: "remittance",
    traceNumber: doc.traceNumber,
    payer: doc.header.payer.name,
    paymentDate: doc.header.paymentDate ?? null,
    status: doc.status,
    bprCents: doc.header.paymentCents,
    postedCents: doc.postedCents,
    unappliedCents: doc.unappliedCents,
    providerAdjustmentCents: doc.providerAdjustmentCents,
    claimPayments: doc.claimPayments,
    posted: doc.posted,
    parked: doc.parked,
    flags: doc.flags,
  };
}

const ACTIONS: Readonly<Partial<Record<RemittanceDoc["status"], string>>> = {
  posted: "remittance.post",
  "awaiting-deposit": "remittance.await-deposit",
};

/** The audit event of a remittance that posted, was parked or waits for its deposit. */
export function remittanceAudit(doc: RemittanceDoc): AuditDraft {
  return {
    action: ACTIONS[doc.status] ?? "remittance.park",
    entity: { type: "remittance", id: doc._id },
    purpose: "payment" as const,
    outcome: "success" as const,
    detail: {
      claimPayments: doc.claimPayments,
      posted: doc.posted,
      parked: doc.parked,
      reason: doc.reason,
    },
  };
}
