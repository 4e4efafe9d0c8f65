import { createHash } from "node:crypto";
import type { AwaitedRemittance, Deposit, OpenDeposit } from "../../billing/deposits/index.ts";
import type { DepositDoc, RemittanceDoc } from "../../platform/store/index.ts";
import type { App } from "../context.ts";

/** Where a deposit or refund stands. */
export const DEPOSIT_STATUSES: readonly DepositDoc["status"][] = [
  "unmatched",
  "matched",
  "sent",
  "returned",
];

/** A deposit as it is stored first: nothing known of the remittance that it pays. */
export function newDeposit(
  app: App,
  deposit: Omit<Deposit, "place"> & { readonly place?: string },
  source: Pick<DepositDoc, "kind" | "format" | "fileId">,
): Omit<DepositDoc, "practiceId"> {
  return {
    _id: app.newId(),
    ...source,
    key: keyOf(deposit.identity),
    place: deposit.place ?? null,
    amountCents: deposit.amountCents,
    date: deposit.date,
    traces: deposit.traces,
    originatorId: deposit.originatorId ?? null,
    payerName: deposit.payerName ?? null,
    references: deposit.references,
    text: deposit.text ?? null,
    status: source.kind === "refund" ? "sent" : "unmatched",
    matchId: null,
    refused: [],
    lateItemId: null,
    returned: null,
    at: app.now(),
    version: 1,
  };
}

/** A digest, because an identity may hold an account number. */
export function keyOf(identity: string): string {
  return createHash("sha256").update(identity).digest("hex");
}

/** A stored deposit as the matcher compares it. */
export function openDeposit(doc: DepositDoc): OpenDeposit {
  return {
    id: doc._id,
    amountCents: doc.amountCents,
    date: doc.date,
    traces: doc.traces,
    originatorId: doc.originatorId ?? undefined,
    payerName: doc.payerName ?? undefined,
    references: doc.references,
    refused: doc.refused,
  };
}

/** A stored remittance as the matcher compares it. */
export function awaitedRemittance(doc: RemittanceDoc): AwaitedRemittance {
  const { header } = doc;
  return {
    id: doc._id,
    traceNumber: doc.traceNumber,
    originatorId: header.originatorId,
    payer: header.payer,
    date: moneyDate(doc),
    amountCents: header.paymentCents,
  };
}

/** BPR16, or the day on which the remittance came where the payer gives none. */
export function moneyDate(doc: RemittanceDoc): string {
  return doc.header.paymentDate ?? doc.at.toISOString().slice(0, 10);
}

/** Statuses in which a remittance has, or will have, money in the ledger that a deposit brings. */
export const MATCHABLE: readonly RemittanceDoc["status"][] = ["posted", "awaiting-deposit"];

/** Whether no deposit has been matched to the money of a remittance. */
export function isAwaited(doc: RemittanceDoc): boolean {
  return (
    MATCHABLE.includes(doc.status) &&
    doc.header.paymentCents > 0 &&
    (doc.depositMatchId === undefined || doc.depositMatchId === null)
  );
}

/** What a deposit looks like in lists and answers. */
export function depositRow(doc: DepositDoc) {
  return {
    id: doc._id,
    depositKind: doc.kind,
    date: doc.date,
    amountCents: doc.amountCents,
    payer: doc.payerName,
    originatorId: doc.originatorId,
    traceNumbers: doc.traces.map(({ traceNumber }) => traceNumber),
    references: doc.references,
    format: doc.format,
    place: doc.place,
    status: doc.status,
    matchId: doc.matchId,
  };
}
