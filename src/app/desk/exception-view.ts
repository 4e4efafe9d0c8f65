import {
  type DeskCase,
  deskActions,
  type EarlierPosting,
  earlierPosting,
  explainPayment,
  explainTransaction,
  isMirrored,
  isSameMoney,
  PARK_REASONS,
  proveClaim,
  type ResidualExplanation,
  residualWords,
  SELF_RELEASING,
  suggestClaims,
} from "../../billing/remits/index.ts";
import type {
  ClaimDoc,
  DeskRecord,
  ParkedPaymentDoc,
  PracticeStore,
  RemittanceDoc,
} from "../../platform/store/index.ts";

import { knownClaim } from "../claims/load-claims.ts";

/** Claims among which a match is sought: the newest that nobody has answered. */
const CANDIDATES_MAX = 2000;

/**
 * Where a payment stands: waiting, left in unapplied insurance by a decision, posted after all, or withdrawn with its
 * whole remittance.
 */
export const EXCEPTION_STATUSES = ["parked", "unapplied", "posted", "withdrawn"] as const;

export type ExceptionStatus = (typeof EXCEPTION_STATUSES)[number];

/** The same as the store names it. */
export const STORED_STATUSES: Readonly<Record<ExceptionStatus, ParkedPaymentDoc["status"]>> = {
  parked: "parked",
  unapplied: "unapplied",
  posted: "released",
  withdrawn: "withdrawn",
};

/** What the rows of a page are worked out from, loaded once for all of them. */
interface Around {
  readonly remittances: ReadonlyMap<string, RemittanceDoc>;
  /** The claims that reversals name. */
  readonly claims: ReadonlyMap<string, ClaimDoc>;
  readonly candidates: readonly ClaimDoc[];
  /** All payments of remittances that do not balance as a whole. */
  readonly siblings: ReadonlyMap<string, readonly ParkedPaymentDoc[]>;
}

/** Claim payments as the desk shows them. Suggestions and choices only: nothing here posts. */
export async function exceptionRows(practice: PracticeStore, docs: readonly ParkedPaymentDoc[]) {
  const around = await loadAround(practice, docs);
  return docs.map((doc) => exceptionRow(doc, around));
}

async function loadAround(
  practice: PracticeStore,
  docs: readonly ParkedPaymentDoc[],
): Promise<Around> {
  const idsOf = (wanted: readonly ParkedPaymentDoc[]) => [
    ...new Set(wanted.map(({ remittanceId }) => remittanceId)),
  ];
  const remittances = await practice.remittances.find({ _id: { $in: idsOf(docs) } });
  const claimIds = docs.flatMap(({ reason, claimId }) =>
    isMirrored(reason) && claimId !== null ? [claimId] : [],
  );
  const claims =
    claimIds.length === 0 ? [] : await practice.claims.find({ _id: { $in: claimIds } });
  const seeks = docs.some(({ reason, status }) => reason === "unmatched" && status === "parked");
  const candidates = seeks
    ? await practice.claims.find(
        { "status.adjudication": "none" },
        { sort: { _id: -1 }, limit: CANDIDATES_MAX },
      )
    : [];
  const siblings = new Map<string, ParkedPaymentDoc[]>();
  for (const id of idsOf(docs.filter(({ reason }) => reason === "transaction-unbalanced"))) {
    const sort = { ordinal: 1 } as const;
    siblings.set(id, await practice.parkedPayments.find({ remittanceId: id }, { sort }));
  }
  const byId = <T extends { readonly _id: string }>(list: readonly T[]) =>
    new Map(list.map((one) => [one._id, one]));
  return { remittances: byId(remittances), claims: byId(claims), candidates, siblings };
}

function exceptionRow(doc: ParkedPaymentDoc, around: Around) {
  const isOpen = doc.status === "parked";
  const suggested =
    isOpen && doc.reason === "unmatched" ? suggestClaims(doc.payment, around.candidates) : [];
  return {
    id: doc._id,
    patientControlNumber: doc.patientControlNumber,
    traceNumber: doc.traceNumber,
    clp: doc.ordinal,
    payer: doc.payer.name,
    paymentDate: doc.paymentDate,
    status: statusOf(doc),
    reason: doc.reason,
    message: PARK_REASONS[doc.reason],
    residualCents: doc.residualCents,
    /** The same in words; where every equation holds, what has not come. */
    residual: residualWords(doc.reason, doc.residualCents),
    chargeCents: doc.payment.chargeCents,
    paidCents: doc.payment.paidCents,
    unappliedCents: doc.unappliedCents,
    /** It leaves by itself when the missing piece arrives. */
    selfReleasing: SELF_RELEASING.has(doc.reason),
    sentBack: lastRecord(doc, "send-back")?.sent ?? null,
    explanation: explanationOf(doc, around) ?? null,
    suggestions: suggested.map(({ claim, score, reasons }) => ({
      patientControlNumber: claim.claim.patientControlNumber,
      serviceDateFrom: claim.claim.serviceDateFrom ?? null,
      chargeCents: claim.claim.chargeCents,
      score,
      reasons,
    })),
    actions: deskActions(
      caseOf(doc, around.remittances.get(doc.remittanceId), around.claims.get(doc.claimId ?? "")),
    ),
  };
}

function statusOf({ status }: ParkedPaymentDoc): ExceptionStatus {
  return status === "released" ? "posted" : status;
}

/** The last thing done at the desk that was not taken back, or the last of one kind. */
export function lastRecord(
  { desk = [] }: Pick<ParkedPaymentDoc, "desk">,
  action?: DeskRecord["action"],
): DeskRecord | undefined {
  return desk.findLast(
    (one) => one.takenBack === null && (action === undefined || one.action === action),
  );
}

/** The posting that a reversal most likely means; nothing where it is no such reversal. */
export function earlierOf(
  doc: ParkedPaymentDoc,
  claim: ClaimDoc | undefined,
): EarlierPosting | undefined {
  if (!isMirrored(doc.reason) || claim === undefined) return undefined;
  return earlierPosting(doc.payment, knownClaim(claim), doc.payer);
}

/** What decides which actions there are. */
export function caseOf(
  doc: ParkedPaymentDoc,
  remittance: RemittanceDoc | undefined,
  claim: ClaimDoc | undefined,
): DeskCase {
  const earlier = earlierOf(doc, claim);
  const { payment } = doc;
  const isReadable = payment.defects.every(({ severity }) => severity !== "error");
  return {
    status: statusOf(doc),
    proves: isReadable && proveClaim(payment).length === 0,
    isInLedger: remittance?.status === "posted",
    mirrors: isMirrored(doc.reason) ? earlier !== undefined && isSameMoney(earlier) : undefined,
    last: lastRecord(doc)?.action,
  };
}

function explanationOf(doc: ParkedPaymentDoc, around: Around): ResidualExplanation | undefined {
  const remittance = around.remittances.get(doc.remittanceId);
  if (doc.reason !== "transaction-unbalanced" || remittance === undefined) {
    return explainPayment(doc.payment);
  }
  const payments = (around.siblings.get(doc.remittanceId) ?? []).map(({ payment }) => payment);
  return explainTransaction(payments, remittance.providerAdjustments, doc.residualCents);
}
