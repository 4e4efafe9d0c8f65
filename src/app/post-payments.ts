import { setImmediate } from "node:timers/promises";
import type { ClientSession } from "mongoose";
import { draftTakeBack } from "../billing/denials/index.ts";
import { add, type Cents, negate, subtract, sumOf, ZERO } from "../billing/money/index.ts";
import {
  type ClaimDecision,
  type ClaimPayment,
  type KnownClaim,
  planPayments,
} from "../billing/remits/index.ts";
import type { Actor, App } from "./context.ts";
import type { Happening, Tell } from "./events.ts";
import { claimOf, loadClaims } from "./load-claims.ts";
import type { PaymentSource } from "./payment-source.ts";
import { newBatch, type PostingBatch, storeBatch } from "./posting-batch.ts";
import { moveFigures, releaseWaiting } from "./release-parked.ts";
import { supersedeLate } from "./supersede-late.ts";
import { claimFacts, remittanceFacts, takeDecision } from "./take-decision.ts";
import { today } from "./today.ts";

/** Claim payments decided without a pause. */
const SLICE = 25;

/** What posting a set of payments came to. */
export interface PaymentTally {
  readonly posted: number;
  readonly parked: number;
  /** Parked earlier, posted now because their missing piece came. */
  readonly released: number;
  readonly postedCents: Cents;
  readonly unappliedCents: Cents;
  readonly journalEntries: number;
}

/** Payments decided on their claims as these were read; nothing of it is stored yet. */
export interface DecidedPayments {
  readonly decisions: readonly ClaimDecision[];
  readonly batch: PostingBatch;
  readonly told: readonly Happening[];
  /**
   * Whatever changes between reading and storing is found out by the version of the claims that are stored. Not so
   * where a payment was parked or noted, or its claim was found by the payer's number: there the answer may lie in
   * what is not there yet.
   */
  readonly firm: boolean;
}

/** Reads the claims of payments of one remittance and decides on them. */
export async function decidePayments(
  app: App,
  actor: Actor,
  payments: readonly ClaimPayment[],
  source: PaymentSource,
  session?: ClientSession,
): Promise<DecidedPayments> {
  const practice = app.store.practice(actor.practiceId);
  const claims = await loadClaims(practice, payments, session);
  const batch = newBatch(claims.byId);
  const told: Happening[] = [];
  const decided = new Map<ClaimPayment, ClaimDecision>();
  for (const slice of inSlices(payments, (payment) => claimOf(claims, payment))) {
    const some = planPayments(slice, {
      payer: source.payer,
      newId: app.newId,
      isSplit: source.isSplit,
      cash: "cash-in-transit",
      claimOf: (payment) => claimOf(claims, payment),
    });
    for (const decision of some) decided.set(decision.payment, decision);
    await setImmediate();
  }
  const decisions = payments.flatMap((payment) => decided.get(payment) ?? []);
  for (const decision of decisions) {
    takeDecision(app, decision, source, batch, "cash-in-transit", (one) => told.push(one));
  }
  const posted = decisions.every(({ kind }) => kind === "posted");
  return { decisions, batch, told, firm: posted && claims.byPayerNumber.size === 0 };
}

/**
 * The payments in slices that are decided one after the other, so that the store is served in between. All that is
 * for one claim stays together, by whatever number it came.
 */
function inSlices(
  payments: readonly ClaimPayment[],
  ownerOf: (payment: ClaimPayment) => KnownClaim | undefined,
): ClaimPayment[][] {
  const slices: ClaimPayment[][] = [];
  const home = new Map<string, ClaimPayment[]>();
  for (const payment of payments) {
    const owner = ownerOf(payment)?.claimId ?? payment.patientControlNumber;
    let slice = home.get(owner);
    if (slice === undefined) {
      if ((slices.at(-1)?.length ?? SLICE) >= SLICE) slices.push([]);
      slice = slices.at(-1) ?? [];
      home.set(owner, slice);
    }
    slice.push(payment);
  }
  return slices;
}

/** Stores what was decided and what follows from it, all in the transaction that is given. */
export async function storePayments(
  app: App,
  actor: Actor,
  { decisions, batch, told }: DecidedPayments,
  source: PaymentSource,
  session: ClientSession,
  tell: Tell,
): Promise<PaymentTally> {
  for (const one of told) tell(one);
  const released = await releaseWaiting(app, actor, batch, session, tell);
  await supersedeLate(app, actor, batch, session);
  openTakeBacks(app, batch, source);
  await storeBatch(app, actor, batch, session, tell);
  const own = released.filter(({ remittanceId }) => remittanceId === source.remittanceId);
  const others = released.filter(({ remittanceId }) => remittanceId !== source.remittanceId);
  await moveFigures(app.store.practice(actor.practiceId), others, session);
  const moved = sumOf(own, (parked) => parked.unappliedCents);
  const parked = decisions.filter(({ kind }) => kind === "parked").length;
  return {
    posted: decisions.length - parked + own.length,
    parked: parked - own.length,
    released: others.length,
    postedCents: add(sumDecided(decisions, "posted"), moved),
    unappliedCents: subtract(sumDecided(decisions, "parked"), moved),
    journalEntries: batch.journal.filter((entry) => entry.remittanceId === source.remittanceId)
      .length,
  };
}

function sumDecided(decisions: readonly ClaimDecision[], kind: ClaimDecision["kind"]): Cents {
  return sumOf(decisions, (decision) =>
    decision.kind === kind ? decision.payment.paidCents : ZERO,
  );
}

/** A claim that this transaction leaves reversed and undecided needs a person (POSTING R5). */
function openTakeBacks(app: App, batch: PostingBatch, source: PaymentSource): void {
  const reversed = new Map<string, Cents>();
  for (const { claimId, adjudication, payment } of batch.adjudications) {
    if (adjudication.reverses === undefined) continue;
    reversed.set(claimId, add(reversed.get(claimId) ?? ZERO, negate(payment.paidCents)));
  }
  for (const [claimId, amountCents] of reversed) {
    const doc = batch.claims.get(claimId)?.doc;
    if (doc === undefined || doc.superseded || amountCents <= 0) continue;
    if (doc.status.adjudication !== "reversed-awaiting-correction") continue;
    batch.drafts.push(
      draftTakeBack({
        claim: claimFacts(doc, source),
        today: today(app),
        remittance: remittanceFacts(source),
        amountCents,
      }),
    );
  }
}
