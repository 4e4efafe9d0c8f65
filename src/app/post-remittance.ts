import type { ClientSession } from "mongoose";
import { draftPostingException, type WorkItemDraft } from "../billing/denials/index.ts";
import type { JournalLine } from "../billing/ledger/index.ts";
import { add, type Cents, cents, sumOf, ZERO } from "../billing/money/index.ts";
import {
  type ClaimPayment,
  moneyDigest,
  PARK_REASONS,
  type ParkReason,
  proveClaim,
  proveTransaction,
  providerAdjustmentAccount,
  providerAdjustmentLines,
  REVERSAL,
  type Remittance,
  refusalOf,
  remittanceKey,
  splitClaims,
} from "../billing/remits/index.ts";
import { isDuplicateKey, type PracticeStore, type RemittanceDoc } from "../platform/store/index.ts";
import { recordAudit } from "./audit.ts";
import type { Actor, App } from "./context.ts";
import type { Tell } from "./events.ts";
import { journalDoc } from "./journal-entry.ts";
import { openItems } from "./open-work-items.ts";
import type { PaymentSource } from "./payment-source.ts";
import { postPayments } from "./post-payments.ts";
import { today } from "./today.ts";

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
  readonly outcome: "posted" | "parked" | "duplicate";
  readonly posted: number;
  readonly parked: number;
  /** Claim payments of other remittances that were parked and post now. */
  readonly released: number;
  readonly paidCents: Cents;
  readonly postedCents: Cents;
  readonly unappliedCents: Cents;
  readonly providerAdjustmentCents: Cents;
}

/** Claim payments decided and committed in one transaction. */
const CHUNK = 250;

const NOTHING = {
  posted: 0,
  parked: 0,
  released: 0,
  paidCents: ZERO,
  postedCents: ZERO,
  unappliedCents: ZERO,
  providerAdjustmentCents: ZERO,
};

/**
 * Posts one remittance: proves it, recognises a duplicate, decides its claim payments and commits them with
 * their journal entries, work items and audit events. A remittance that does not prove is parked whole.
 * Begun and cut off, it goes on where it stood: what was committed is not done again.
 */
export async function postRemittance(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  tell: Tell,
): Promise<RemittanceResult> {
  const practice = app.store.practice(actor.practiceId);
  const digest = moneyDigest(read.remittance);
  const earlier = await findEarlier(practice, read, digest);
  if (earlier.kind === "duplicate") {
    tell(duplicateOf(read.remittance, earlier.exact));
    return { ...NOTHING, outcome: "duplicate" };
  }
  const refusal =
    refusalOf(read.remittance, read.intact) ??
    (earlier.kind === "conflict" ? ("conflict" as const) : undefined);
  if (refusal !== undefined) return parkRemittance(app, actor, read, digest, refusal, tell);
  let doc = earlier.kind === "unfinished" ? earlier.doc : undefined;
  if (doc === undefined) {
    doc = newDoc(app, actor, read, digest, earlier.kind === "reused" ? ["trace-reused"] : []);
    try {
      await practice.remittances.insert([doc]);
    } catch (error) {
      // Someone else began the same remittance in the meantime: what it is now decides.
      if (isDuplicateKey(error)) return postRemittance(app, actor, read, tell);
      throw error;
    }
  }
  return postChunks(app, actor, read, doc, tell);
}

type Earlier =
  | { readonly kind: "none" | "conflict" | "reused" }
  | { readonly kind: "duplicate"; readonly exact: boolean }
  | { readonly kind: "unfinished"; readonly doc: RemittanceDoc };

/** The three-way duplicate test (POSTING E4): same content, same money, or only the same trace number. */
async function findEarlier(
  practice: PracticeStore,
  read: ReadRemittance,
  digest: string,
): Promise<Earlier> {
  const exact = await practice.remittances.findOne({ contentDigest: read.contentDigest });
  if (exact?.status === "posting") return { kind: "unfinished", doc: exact };
  if (exact !== undefined) return { kind: "duplicate", exact: true };
  const key = remittanceKey(read.remittance);
  const sameKey = await practice.remittances.find({ key });
  if (sameKey.some((doc) => doc.moneyDigest === digest && doc.status !== "parked")) {
    return { kind: "duplicate", exact: false };
  }
  if (!sameKey.some((doc) => doc.status !== "parked")) return { kind: "none" };
  const { paymentCents, paymentMethod, handlingCode } = read.remittance;
  const informing = handlingCode === "H" || handlingCode === "I";
  const moneyless = paymentCents === 0 && (paymentMethod === "NON" || informing);
  return { kind: moneyless ? "reused" : "conflict" };
}

function duplicateOf({ traceNumber, claimPayments }: Remittance, exact: boolean) {
  return { kind: "duplicate", traceNumber, claimPayments: claimPayments.length, exact };
}

function newDoc(
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

/** Reversals come first (POSTING R4); the order is the same at every try, so `decided` says where to go on. */
function inPostingOrder(payments: readonly ClaimPayment[]): ClaimPayment[] {
  return [
    ...payments.filter((payment) => payment.statusCode === REVERSAL),
    ...payments.filter((payment) => payment.statusCode !== REVERSAL),
  ];
}

async function postChunks(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  begun: RemittanceDoc,
  tell: Tell,
): Promise<RemittanceResult> {
  const { remittance } = read;
  const ordered = inPostingOrder(remittance.claimPayments);
  const split = splitClaims(remittance.claimPayments);
  const source: PaymentSource = {
    remittanceId: begun._id,
    traceNumber: remittance.traceNumber,
    payer: remittance.payer,
    paymentDate: remittance.paymentDate ?? remittance.productionDate,
    isSplit: (number) => split.has(number),
    flags: begun.flags,
  };
  let doc = begun;
  let released = 0;
  do {
    const chunk = ordered.slice(doc.decided, doc.decided + CHUNK);
    const last = doc.decided + chunk.length >= ordered.length;
    const told: Parameters<Tell>[0][] = [];
    const current = doc;
    const step = await app.store.transaction(async (session) => {
      told.length = 0;
      if (!(await isUnmoved(app, actor, current, session))) return undefined;
      const tally = await postPayments(app, actor, chunk, source, session, (one) => told.push(one));
      const next = addTally(current, chunk, tally);
      const finished = last ? await finish(app, actor, remittance, next, session, told) : next;
      const { _id, practiceId: _practice, ...set } = finished;
      await app.store
        .practice(actor.practiceId)
        .remittances.update({ _id }, { $set: set }, session);
      return { finished, released: tally.released };
    });
    // Another process that posts the same remittance was here first: go on from where it is.
    if (step === undefined) return postRemittance(app, actor, read, tell);
    for (const one of told) tell(one);
    doc = step.finished;
    released += step.released;
  } while (doc.status === "posting");
  return {
    outcome: "posted",
    posted: doc.posted,
    parked: doc.parked,
    released,
    paidCents: remittance.paymentCents,
    postedCents: doc.postedCents,
    unappliedCents: doc.unappliedCents,
    providerAdjustmentCents: doc.providerAdjustmentCents,
  };
}

/** Whether nobody has posted a further chunk since the document was read. */
async function isUnmoved(
  app: App,
  actor: Actor,
  { _id, decided }: RemittanceDoc,
  session: ClientSession,
): Promise<boolean> {
  const { remittances } = app.store.practice(actor.practiceId);
  const now = await remittances.findOne({ _id }, { session });
  return now?.status === "posting" && now.decided === decided;
}

/** What one chunk came to. */
interface Tally {
  readonly posted: number;
  readonly parked: number;
  readonly postedCents: Cents;
  readonly unappliedCents: Cents;
  readonly journalEntries: number;
}

function addTally(doc: RemittanceDoc, chunk: readonly ClaimPayment[], tally: Tally): RemittanceDoc {
  let provedServices = 0;
  let failedServices = 0;
  let failedClaims = 0;
  for (const payment of chunk) {
    const imbalances = proveClaim(payment);
    const failed = imbalances.filter(({ level }) => level === "service").length;
    failedServices += failed;
    provedServices += payment.services.length - failed;
    if (imbalances.length > 0) failedClaims += 1;
  }
  return {
    ...doc,
    decided: doc.decided + chunk.length,
    posted: doc.posted + tally.posted,
    parked: doc.parked + tally.parked,
    postedCents: add(doc.postedCents, tally.postedCents),
    unappliedCents: add(doc.unappliedCents, tally.unappliedCents),
    journalEntries: doc.journalEntries + tally.journalEntries,
    provedServices: doc.provedServices + provedServices,
    failedServices: doc.failedServices + failedServices,
    failedClaims: doc.failedClaims + failedClaims,
  };
}

/** Provider adjustments, the certificate and the audit event that close a remittance. */
async function finish(
  app: App,
  actor: Actor,
  remittance: Remittance,
  doc: RemittanceDoc,
  session: ClientSession,
  told: Parameters<Tell>[0][],
): Promise<RemittanceDoc> {
  const entries = await postProviderAdjustments(app, actor, remittance, doc, session, told);
  const providerAdjustmentCents = sumOf(remittance.providerAdjustments, (plb) => plb.amountCents);
  const cashCents = cents(doc.postedCents + doc.unappliedCents - providerAdjustmentCents);
  const residualCents = cents(cashCents - remittance.paymentCents);
  if (residualCents !== 0) {
    throw new Error(`a proven remittance left ${residualCents} cents over: nothing was posted`);
  }
  const finished: RemittanceDoc = {
    ...doc,
    status: "posted",
    providerAdjustmentCents,
    journalEntries: doc.journalEntries + entries,
    certificate: {
      transaction: proveTransaction(remittance),
      claims: { proved: doc.claimPayments - doc.failedClaims, failed: doc.failedClaims },
      services: { proved: doc.provedServices, failed: doc.failedServices },
      ledger: {
        postedCents: doc.postedCents,
        unappliedCents: doc.unappliedCents,
        providerAdjustmentCents,
        cashCents,
        residualCents,
        journalEntries: doc.journalEntries + entries,
      },
    },
  };
  told.push(remittanceEvent(finished));
  await recordAudit(app, actor, auditOf(finished), session);
  return finished;
}

async function postProviderAdjustments(
  app: App,
  actor: Actor,
  remittance: Remittance,
  doc: RemittanceDoc,
  session: ClientSession,
  told: Parameters<Tell>[0][],
): Promise<number> {
  const practice = app.store.practice(actor.practiceId);
  const entries: { lines: JournalLine[]; place: string }[] = [];
  const drafts: WorkItemDraft[] = [];
  for (const [index, plb] of remittance.providerAdjustments.entries()) {
    const lines = providerAdjustmentLines(plb);
    const account = providerAdjustmentAccount(plb);
    if (lines.length > 0) entries.push({ lines, place: `PLB[${index + 1}]` });
    told.push({
      kind: "providerAdjustment",
      traceNumber: remittance.traceNumber,
      reasonCode: plb.reasonCode,
      reference: plb.reference,
      amountCents: plb.amountCents,
      account,
    });
    if (account === "provider-adjustment-suspense") {
      drafts.push(
        draftPostingException({
          reason: "provider-adjustment-in-suspense",
          today: today(app),
          payer: { id: remittance.payer.id ?? "", name: remittance.payer.name },
          remittance: { traceNumber: remittance.traceNumber, remittanceId: doc._id },
          amountCents: plb.amountCents,
          code: plb.reasonCode,
        }),
      );
    }
  }
  await practice.journal.insert(
    entries.map(({ lines, place }) =>
      journalDoc(app, "provider-adjustment", lines, {
        remittanceId: doc._id,
        place,
        effectiveDate: remittance.paymentDate ?? today(app),
      }),
    ),
    session,
  );
  await openItems(app, actor, drafts, session, (one) => told.push(one));
  return entries.length;
}

/** A whole remittance that waits: nothing of it is in the ledger; every claim payment is kept and named. */
async function parkRemittance(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  digest: string,
  reason: ParkReason,
  tell: Tell,
): Promise<RemittanceResult> {
  const { remittance } = read;
  const proof = proveTransaction(remittance);
  const payments = remittance.claimPayments;
  const doc: RemittanceDoc = {
    ...newDoc(app, actor, read, digest, reason === "conflict" ? ["conflict"] : []),
    status: "parked",
    reason,
    decided: payments.length,
    parked: payments.length,
  };
  const residualCents = reason === "transaction-unbalanced" ? proof.residualCents : ZERO;
  const told: Parameters<Tell>[0][] = [];
  await app.store.transaction(async (session) => {
    told.length = 0;
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
    told.push(parkedEvent(doc, residualCents));
    await openItems(app, actor, [draft], session, (one) => told.push(one));
    told.push(remittanceEvent(doc));
    await recordAudit(app, actor, auditOf(doc), session);
  });
  for (const one of told) tell(one);
  return { ...NOTHING, outcome: "parked", parked: payments.length };
}

function parkedEvent(doc: RemittanceDoc, residualCents: Cents) {
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

function remittanceEvent(doc: RemittanceDoc) {
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

function auditOf(doc: RemittanceDoc) {
  return {
    action: doc.status === "posted" ? "remittance.post" : "remittance.park",
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
