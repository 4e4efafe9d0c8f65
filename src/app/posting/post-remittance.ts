import type { ClientSession } from "mongoose";
import { add, type Cents, cents, sumOf } from "../../billing/money/index.ts";
import {
  type ClaimPayment,
  interestDifference,
  moneyDigest,
  type PostingRules,
  proveClaim,
  proveTransaction,
  type Remittance,
  refusalOf,
  remittanceKey,
  splitClaims,
} from "../../billing/remits/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import type { Happening, Tell } from "../events.ts";
import { payerRulesOf } from "../payer-settings.ts";
import { settleBeyond } from "./balances-beyond.ts";
import { Ahead, decidePayments } from "./decide-payments.ts";
import { findEarlier } from "./find-earlier.ts";
import { parkRemittance } from "./park-remittance.ts";
import type { PaymentSource } from "./payment-source.ts";
import { storePayments } from "./post-payments.ts";
import { postProviderAdjustments } from "./post-provider-adjustments.ts";
import {
  NOTHING,
  newRemittance,
  type ReadRemittance,
  type RemittanceResult,
  remittanceAudit,
  remittanceEvent,
} from "./remittance-record.ts";
import { rulesOf } from "./rules-in-force.ts";

/** Claim payments decided and committed in one transaction. */
const CHUNK = 500;

/**
 * Posts one remittance, or lets it wait for its deposit: proves it, recognises a duplicate, decides its claim payments and commits them with
 * their journal entries, work items and audit events. A remittance that does not prove is parked whole.
 * Begun and cut off, it goes on where it stood, by the rules that it began with: what was committed is not done again.
 */
export async function postRemittance(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  tell: Tell,
): Promise<RemittanceResult> {
  const digest = moneyDigest(read.remittance);
  const told: Happening[] = [];
  const begun = await app.store.transaction((session) => {
    told.length = 0;
    return begin(app, actor, read, digest, session, (one) => told.push(one));
  });
  for (const one of told) tell(one);
  return "outcome" in begun ? begun : postChunks(app, actor, read.remittance, begun, tell);
}

/**
 * Finds out what the remittance is and stores its record, in one transaction. All that begin under one key count
 * it up, so that of two that arrive at once, by whatever process, one is overtaken and begins again, and sees the
 * other. A duplicate, and one that must be parked, ends there.
 */
async function begin(
  app: App,
  actor: Actor,
  read: ReadRemittance,
  digest: string,
  session: ClientSession,
  tell: Tell,
): Promise<RemittanceDoc | RemittanceResult> {
  const practice = app.store.practice(actor.practiceId);
  const earlier = await findEarlier(practice, read, digest, session);
  if (earlier.kind === "duplicate") {
    tell(duplicateOf(read.remittance, earlier.exact));
    return { ...NOTHING, outcome: "duplicate" };
  }
  if (earlier.kind !== "unfinished") {
    const key = remittanceKey(read.remittance);
    await practice.counters.increment(`remittance:${key}`, 1, session);
  }
  const refusal =
    refusalOf(read.remittance, read.intact) ??
    (earlier.kind === "conflict" ? ("conflict" as const) : undefined);
  if (refusal !== undefined) {
    return parkRemittance(app, actor, read, digest, refusal, session, tell);
  }
  if (earlier.kind === "unfinished") return earlier.doc;
  const flags = [
    ...(earlier.kind === "reused" ? ["trace-reused"] : []),
    ...(interestDifference(read.remittance) === 0 ? [] : ["interest-mismatch"]),
  ];
  const { version: rules } = (await rulesOf(practice, session)).inForce;
  const begun = { ...newRemittance(app, actor, read, digest, flags), rules };
  const payerRules = (await payerRulesOf(practice, session))(read.remittance.payer.id);
  const waits = payerRules.postOn === "deposit" && read.remittance.paymentCents > 0;
  const doc: RemittanceDoc = waits ? { ...begun, status: "awaiting-deposit" } : begun;
  await practice.remittances.insert([doc], session);
  if (!waits) return doc;
  tell(remittanceEvent(doc));
  await recordAudit(app, actor, remittanceAudit(doc), session);
  return { ...NOTHING, outcome: "awaiting-deposit" };
}

function duplicateOf({ traceNumber, claimPayments }: Remittance, exact: boolean) {
  return { kind: "duplicate", traceNumber, claimPayments: claimPayments.length, exact };
}

/**
 * The payments in chunks for one transaction each. All that answers one claim number stays together, so that
 * payment, reversal and correction are decided together in whatever order they stand (POSTING R4). The chunks
 * are the same at every try, so the number of payments decided says where to go on.
 */
function inChunks(payments: readonly ClaimPayment[]): ClaimPayment[][] {
  const byClaim = new Map<string, ClaimPayment[]>();
  for (const payment of payments) {
    const group = byClaim.get(payment.patientControlNumber);
    if (group === undefined) byClaim.set(payment.patientControlNumber, [payment]);
    else group.push(payment);
  }
  const chunks: ClaimPayment[][] = [[]];
  for (const group of byClaim.values()) {
    const last = chunks.at(-1) ?? [];
    if (last.length > 0 && last.length + group.length > CHUNK) chunks.push([...group]);
    else last.push(...group);
  }
  return chunks;
}

/** The chunk that comes after so many decided payments; the last one may be empty. */
function chunkAfter(chunks: readonly ClaimPayment[][], decided: number): ClaimPayment[] {
  let before = 0;
  for (const chunk of chunks) {
    if (before === decided) return chunk;
    before += chunk.length;
  }
  return [];
}

/**
 * Chunk after chunk, each in a transaction that begins where the record says: two that take the same file in
 * at once share its chunks, and the one that finds nothing left reports a duplicate.
 */
export async function postChunks(
  app: App,
  actor: Actor,
  remittance: Remittance,
  begun: RemittanceDoc,
  tell: Tell,
): Promise<RemittanceResult> {
  const chunks = inChunks(remittance.claimPayments);
  const split = splitClaims(remittance.claimPayments);
  const source: PaymentSource = {
    remittanceId: begun._id,
    traceNumber: remittance.traceNumber,
    payer: remittance.payer,
    paymentDate: remittance.paymentDate ?? remittance.productionDate,
    isSplit: (number) => split.has(number),
    flags: begun.flags,
    rules: (await rulesOf(app.store.practice(actor.practiceId))).named(begun.rules),
    turn: begun.turn ?? 0,
  };
  const ahead = new Ahead((chunk, session) => decidePayments(app, actor, chunk, source, session));
  let released = 0;
  for (;;) {
    const told: Happening[] = [];
    const step = await app.store.transaction((session) => {
      told.length = 0;
      return postChunk(app, actor, { remittance, chunks, source, ahead }, session, told);
    });
    if (step === undefined) {
      tell(duplicateOf(remittance, true));
      return { ...NOTHING, released, outcome: "duplicate" };
    }
    for (const one of told) tell(one);
    released += step.released;
    if (step.doc.status === "posted") return resultOf(step.doc, released);
  }
}

/** The next chunk of a remittance as its record stands; undefined when nothing of it is left to post. */
async function postChunk(
  app: App,
  actor: Actor,
  work: {
    readonly remittance: Remittance;
    readonly chunks: readonly ClaimPayment[][];
    readonly source: PaymentSource;
    readonly ahead: Ahead;
  },
  session: ClientSession,
  told: Happening[],
): Promise<{ doc: RemittanceDoc; released: number } | undefined> {
  const { remittance, chunks, source, ahead } = work;
  const { remittances } = app.store.practice(actor.practiceId);
  const doc = await remittances.findOne({ _id: source.remittanceId }, { session });
  if (doc?.status !== "posting") return undefined;
  const chunk = chunkAfter(chunks, doc.decided);
  const decided = await ahead.take(chunk, session);
  const after = doc.decided + chunk.length;
  const last = after >= remittance.claimPayments.length;
  if (!last) ahead.begin(chunkAfter(chunks, after));
  const tell = (one: Happening) => told.push(one);
  const tally = await storePayments(app, actor, decided, source, session, tell);
  const next = addTally(doc, chunk, tally);
  const stored = last
    ? await finish(app, actor, { remittance, rules: source.rules }, next, session, told)
    : next;
  const { _id, practiceId: _practice, ...set } = stored;
  await remittances.update({ _id }, { $set: set }, session);
  return { doc: stored, released: tally.released };
}

function resultOf(doc: RemittanceDoc, released: number): RemittanceResult {
  return {
    outcome: "posted",
    posted: doc.posted,
    parked: doc.parked,
    released,
    paidCents: doc.header.paymentCents,
    postedCents: doc.postedCents,
    unappliedCents: doc.unappliedCents,
    providerAdjustmentCents: doc.providerAdjustmentCents,
  };
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
  { remittance, rules }: { readonly remittance: Remittance; readonly rules: PostingRules },
  doc: RemittanceDoc,
  session: ClientSession,
  told: Happening[],
): Promise<RemittanceDoc> {
  const entries = await postProviderAdjustments(app, actor, remittance, doc, rules, session, told);
  const providerAdjustmentCents = sumOf(remittance.providerAdjustments, (plb) => plb.amountCents);
  const cashCents = cents(doc.postedCents + doc.unappliedCents - providerAdjustmentCents);
  const residualCents = cents(cashCents - remittance.paymentCents);
  if (residualCents !== 0) {
    throw new Error(`a proven remittance left ${residualCents} cents over: nothing was posted`);
  }
  const finished: RemittanceDoc = {
    ...doc,
    status: "posted",
    rules: rules.version,
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
  await settleBeyond(app, actor, finished, true, session, (one) => told.push(one));
  told.push(remittanceEvent(finished));
  await recordAudit(app, actor, remittanceAudit(finished), session);
  return finished;
}
