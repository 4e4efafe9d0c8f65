import type { ClientSession } from "mongoose";
import { draftTakeBack } from "../../billing/denials/index.ts";
import { add, type Cents, negate, subtract, sumOf, ZERO } from "../../billing/money/index.ts";
import type { ClaimDecision } from "../../billing/remits/index.ts";
import type { Actor, App } from "../context.ts";
import { claimFacts, type DraftSource, remittanceFacts } from "../denials/draft-work.ts";
import type { Tell } from "../events.ts";
import { today } from "../today.ts";
import type { DecidedPayments } from "./decide-payments.ts";
import type { PaymentSource } from "./payment-source.ts";
import { type PostingBatch, storeBatch } from "./posting-batch.ts";
import { moveFigures, releaseWaiting } from "./release-parked.ts";
import { supersedeLate } from "./supersede-late.ts";

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
export function openTakeBacks(app: App, batch: PostingBatch, source: DraftSource): void {
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
