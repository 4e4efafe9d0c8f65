import type { ClientSession } from "mongoose";
import { draftPostingException } from "../../billing/denials/index.ts";
import { standingAdjudications, transfer } from "../../billing/ledger/index.ts";
import { add, subtract, ZERO } from "../../billing/money/index.ts";
import type {
  AdjudicationDoc,
  ParkedPaymentDoc,
  RemittanceDoc,
} from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { openItems } from "../denials/open-work-items.ts";
import { matchException } from "../desk/exceptions.ts";
import { OperatingError } from "../errors.ts";
import type { Happening, Tell } from "../events.ts";
import { today } from "../today.ts";
import { journalDoc } from "./journal-entry.ts";
import { namedRemittance } from "./named-remittance.ts";
import { changeOf, type PostingChange } from "./unpost-remittance.ts";
import { withdrawPayments } from "./withdraw-payments.ts";

/** One claim payment of a remittance: its id or trace number, and which CLP of it, from 1. */
export interface NamedPayment {
  readonly remittance: string;
  readonly clp: number;
}

/**
 * Takes one posted claim payment off its claim. The remittance stays posted, so that its money waits in unapplied
 * insurance and the payment on the exceptions desk, to be posted again or matched to another claim.
 */
export async function unpostPayment(
  app: App,
  actor: Actor,
  { remittance: name, clp }: NamedPayment,
  { reason }: { readonly reason: string },
  tell: Tell,
): Promise<PostingChange> {
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  const told: Happening[] = [];
  const change = await app.store.transaction(async (session) => {
    told.length = 0;
    const practice = app.store.practice(actor.practiceId);
    const doc = await namedRemittance(practice, name, session);
    if (doc.status !== "posted") {
      throw new OperatingError("state", `The remittance is ${doc.status}.`);
    }
    const waiting = await unpostedOf(app, actor, doc._id, clp, session);
    if (waiting !== undefined) return changeOf(doc, false);
    const decision = await postedOf(app, actor, doc._id, clp, session);
    const turn = (doc.turn ?? 0) + 1;
    const unposting = { remittance: doc, reason, turn };
    const { releasedCents, journalEntries } = await withdrawPayments(
      app,
      actor,
      [decision.claimId],
      unposting,
      session,
      new Set([clp]),
    );
    const isReleased = releasedCents !== 0;
    const entries = isReleased ? 0 : await setAside(app, actor, doc, decision, session);
    await park(app, actor, doc, decision, turn + 1, session, (one) => told.push(one));
    const next: RemittanceDoc = {
      ...doc,
      turn: turn + 1,
      posted: doc.posted - 1,
      parked: doc.parked + 1,
      postedCents: subtract(doc.postedCents, decision.paidCents),
      unappliedCents: add(doc.unappliedCents, decision.paidCents),
      journalEntries: doc.journalEntries + journalEntries + entries,
    };
    const { _id, practiceId: _practice, ...set } = next;
    await practice.remittances.update({ _id }, { $set: set }, session);
    return changeOf(next, true);
  });
  for (const one of told) tell(one);
  return change;
}

/** Posts a claim payment that was unposted to its claim again; done again, it changes nothing. */
export async function postPaymentAgain(
  app: App,
  actor: Actor,
  { remittance: name, clp }: NamedPayment,
): Promise<PostingChange> {
  const practice = app.store.practice(actor.practiceId);
  const doc = await namedRemittance(practice, name);
  const waiting = await unpostedOf(app, actor, doc._id, clp);
  if (waiting === undefined) {
    await postedOf(app, actor, doc._id, clp);
    return changeOf(doc, false);
  }
  const claim = await practice.claims.findOne({ _id: waiting.claimId ?? "" });
  const [number] = claim?.patientControlNumbers ?? [];
  if (number === undefined) throw new OperatingError("not-found");
  await matchException(app, actor, waiting._id, number);
  return changeOf(await namedRemittance(practice, doc._id), true);
}

/** The payment as it waits after a person unposted it. */
async function unpostedOf(
  app: App,
  actor: Actor,
  remittanceId: string,
  ordinal: number,
  session?: ClientSession,
): Promise<ParkedPaymentDoc | undefined> {
  return app.store
    .practice(actor.practiceId)
    .parkedPayments.findOne(
      { remittanceId, ordinal, reason: "unposted", status: "parked" },
      { session },
    );
}

/** The decision that posted the payment and stands. */
async function postedOf(
  app: App,
  actor: Actor,
  remittanceId: string,
  ordinal: number,
  session?: ClientSession,
): Promise<AdjudicationDoc> {
  const found = await app.store
    .practice(actor.practiceId)
    .adjudications.find({ remittanceId, ordinal }, { session });
  const standing = standingAdjudications(found.map(({ adjudication }) => adjudication));
  const [decision, ...others] = found.filter(({ _id }) => standing.some(({ id }) => id === _id));
  if (others.length > 0) {
    throw new OperatingError("state", "It was split at the desk: take that back there.");
  }
  if (decision === undefined) {
    throw new OperatingError("state", "This claim payment is not posted to a claim.");
  }
  return decision;
}

/** Moves what the payment had paid from cash in transit to unapplied insurance. */
async function setAside(
  app: App,
  actor: Actor,
  { _id }: RemittanceDoc,
  { paidCents, claimId, ordinal }: AdjudicationDoc,
  session: ClientSession,
): Promise<number> {
  const lines = transfer("cash-in-transit", "unapplied-insurance", paidCents);
  if (lines.length === 0) return 0;
  const place = {
    claimId,
    remittanceId: _id,
    place: `CLP[${ordinal}]`,
    effectiveDate: today(app),
  };
  const entry = journalDoc(app, "unapplied", lines, place);
  await app.store.practice(actor.practiceId).journal.insert([entry], session);
  return 1;
}

async function park(
  app: App,
  actor: Actor,
  { _id: remittanceId, traceNumber, header }: RemittanceDoc,
  decision: AdjudicationDoc,
  turn: number,
  session: ClientSession,
  tell: Tell,
): Promise<void> {
  const { payment, claimId, ordinal, paymentDate, paidCents } = decision;
  await app.store.practice(actor.practiceId).parkedPayments.insert(
    [
      {
        _id: app.newId(),
        remittanceId,
        traceNumber,
        payer: header.payer,
        paymentDate,
        ordinal,
        patientControlNumber: payment.patientControlNumber,
        payerClaimControlNumber: payment.payerClaimControlNumber ?? null,
        claimId,
        reason: "unposted",
        residualCents: ZERO,
        unappliedCents: paidCents,
        payment,
        status: "parked",
        turn,
        at: app.now(),
      },
    ],
    session,
  );
  const draft = draftPostingException({
    reason: "unposted",
    today: today(app),
    payer: { id: header.payer.id ?? "", name: header.payer.name },
    remittance: { traceNumber, remittanceId },
    patientControlNumber: payment.patientControlNumber,
    claimId,
    amountCents: paidCents,
  });
  await openItems(app, actor, [draft], session, tell);
}
