import { setImmediate } from "node:timers/promises";
import type { ClientSession } from "mongoose";
import {
  type ClaimDecision,
  type ClaimPayment,
  type KnownClaim,
  planPayments,
} from "../../billing/remits/index.ts";
import { claimOf, type LoadedClaims, loadClaims } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import type { Happening } from "../events.ts";
import type { PaymentSource } from "./payment-source.ts";
import { newBatch, type PostingBatch } from "./posting-batch.ts";
import { takeDecision } from "./take-decision.ts";

/** Claim payments decided without a pause. */
const SLICE = 25;

/** Payments decided on their claims as these were read; nothing of it is stored yet. */
export interface DecidedPayments {
  readonly decisions: readonly ClaimDecision[];
  readonly batch: PostingBatch;
  readonly told: readonly Happening[];
  /** Payments that only a transaction can decide; none when they were decided in one. */
  readonly undecided: readonly ClaimPayment[];
}

/**
 * Reads the claims of payments of one remittance and decides on them. Outside a transaction only what is firm is
 * decided: all that changes until it is stored shows in the version of its claim.
 */
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
      rules: source.rules,
      claimOf: (payment) => claimOf(claims, payment),
    });
    if (session !== undefined || isFirm(some, claims)) {
      for (const decision of some) decided.set(decision.payment, decision);
    }
    await setImmediate();
  }
  const decisions = [...decided.values()];
  for (const decision of decisions) {
    takeDecision(app, decision, source, batch, "cash-in-transit", (one) => told.push(one));
  }
  const undecided = payments.filter((payment) => !decided.has(payment));
  return { decisions, batch, told: inFileOrder(told), undecided };
}

/**
 * Where a payment is parked or noted, or its claim was found by the payer's number, the answer may lie in what is
 * not there yet, and no version tells of that.
 */
function isFirm(decisions: readonly ClaimDecision[], claims: LoadedClaims): boolean {
  return decisions.every(
    ({ kind, payment }) =>
      kind === "posted" && claims.byControlNumber.has(payment.patientControlNumber),
  );
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

type Decide = (
  payments: readonly ClaimPayment[],
  session?: ClientSession,
) => Promise<DecidedPayments>;

/** Decides the payments that come next while those before them are being stored. */
export class Ahead {
  readonly #decide: Decide;
  readonly #begun = new Map<readonly ClaimPayment[], Promise<DecidedPayments | undefined>>();

  constructor(decide: Decide) {
    this.#decide = decide;
  }

  /** Begins with these. What goes wrong here is met again by the transaction that decides for itself. */
  begin(payments: readonly ClaimPayment[]): void {
    if (payments.length === 0) return;
    this.#begun.set(
      payments,
      this.#decide(payments).catch(() => undefined),
    );
  }

  /** What was decided before, once, with what the transaction has to decide; at a second try all anew. */
  async take(payments: readonly ClaimPayment[], session: ClientSession): Promise<DecidedPayments> {
    const begun = this.#begun.get(payments);
    this.#begun.clear();
    const early = await begun;
    if (early === undefined) return this.#decide(payments, session);
    if (early.undecided.length === 0) return early;
    const late = await this.#decide(early.undecided, session);
    return joined(early, late) ?? this.#decide(payments, session);
  }
}

/** Both together, told in the order of the file; nothing when one claim is in both. */
function joined(early: DecidedPayments, late: DecidedPayments): DecidedPayments | undefined {
  const claims = new Map(late.batch.claims);
  for (const [id, claim] of early.batch.claims) {
    if (!claim.changed) continue;
    if (claims.has(id)) return undefined;
    claims.set(id, claim);
  }
  const batch: PostingBatch = {
    claims,
    adjudications: [...early.batch.adjudications, ...late.batch.adjudications],
    journal: [...early.batch.journal, ...late.batch.journal],
    parked: [...early.batch.parked, ...late.batch.parked],
    drafts: [...early.batch.drafts, ...late.batch.drafts],
    audit: [...early.batch.audit, ...late.batch.audit],
  };
  const told = inFileOrder([...early.told, ...late.told]);
  return { decisions: [...early.decisions, ...late.decisions], batch, told, undecided: [] };
}

/** What is told of claim payments, as they stand in the remittance, however they were decided. */
function inFileOrder(told: readonly Happening[]): Happening[] {
  return [...told].sort((a, b) => Number(a.clp) - Number(b.clp));
}
