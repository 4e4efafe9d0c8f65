import type { ClientSession } from "mongoose";
import { addDays, draftLateCrossover, type WorkItemDraft } from "../../billing/denials/index.ts";
import { decidesLater, liveAdjudications } from "../../billing/ledger/index.ts";
import { add, ZERO } from "../../billing/money/index.ts";
import type { AdjudicationDoc, ClaimDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import type { Happening, Tell } from "../events.ts";
import { payerRulesOf } from "../payer-settings.ts";
import { today } from "../today.ts";
import { openItems } from "./open-work-items.ts";

/** Decisions looked at in one transaction. */
const CHUNK = 200;

/**
 * The daily look: opens a work item for each claim that a payer forwarded (CLP02 19, 20, 21) and of which the next
 * payer has told nothing in the days that the practice waits for it (payer settings). Doing it again opens nothing twice; the remittance, when it comes,
 * ends the item (closeSettledItems). Gives how many it opened, and how many days are usual.
 */
export async function openLateCrossovers(
  app: App,
  actor: Actor,
  tell: Tell,
): Promise<{ readonly opened: number; readonly days: number }> {
  const practice = app.store.practice(actor.practiceId);
  const rules = await payerRulesOf(practice);
  const { adjudications } = practice;
  let opened = 0;
  let due: AdjudicationDoc[] = [];
  for await (const doc of adjudications.stream({ flags: "crossover" })) {
    if (!isDue(app, doc, daysFor(doc, rules))) continue;
    due.push(doc);
    if (due.length < CHUNK) continue;
    opened += await openSome(app, actor, due, rules, tell);
    due = [];
  }
  if (due.length > 0) opened += await openSome(app, actor, due, rules, tell);
  return { opened, days: rules(undefined).crossoverDays };
}

type RulesFor = Awaited<ReturnType<typeof payerRulesOf>>;

/** How long is waited for whom the claim was forwarded to, where the payer says who that is (NM1*TT). */
function daysFor({ payment, payer }: AdjudicationDoc, rules: RulesFor): number {
  return rules(payment.crossover?.id ?? payer.id).crossoverDays;
}

/** A reversal repeats that the payment was forwarded: it waits for nobody. */
function isDue(app: App, { paymentDate, at, reversal }: AdjudicationDoc, days: number): boolean {
  const from = paymentDate ?? at.toISOString().slice(0, 10);
  return !reversal && addDays(from, days) < today(app);
}

async function openSome(
  app: App,
  actor: Actor,
  due: readonly AdjudicationDoc[],
  rules: RulesFor,
  tell: Tell,
): Promise<number> {
  const told: Happening[] = [];
  const opened = await app.store.transaction(async (session) => {
    told.length = 0;
    const drafts = await draftsOf(app, actor, due, rules, session);
    await openItems(app, actor, drafts, session, (one) => told.push(one));
    if (drafts.length === 0) return 0;
    await recordAudit(
      app,
      actor,
      {
        action: "crossover.late",
        entity: { type: "claim", id: actor.practiceId },
        purpose: "payment",
        outcome: "success",
        detail: { claims: drafts.map(({ claimId = "" }) => claimId) },
      },
      session,
    );
    return drafts.length;
  });
  for (const one of told) tell(one);
  return opened;
}

/** The items of those that still wait and had none, whatever became of it. */
async function draftsOf(
  app: App,
  actor: Actor,
  due: readonly AdjudicationDoc[],
  rules: RulesFor,
  session: ClientSession,
): Promise<WorkItemDraft[]> {
  const practice = app.store.practice(actor.practiceId);
  const claimIds = [...new Set(due.map(({ claimId }) => claimId))];
  const claims = await practice.claims.find({ _id: { $in: claimIds } }, { session });
  const items = await practice.workItems.find({ claimId: { $in: claimIds } }, { session });
  const known = new Set(
    items
      .filter(({ category }) => category === "late-crossover")
      .map(({ adjudicationId }) => adjudicationId),
  );
  return due.flatMap((doc) => {
    const claim = claims.find(({ _id }) => _id === doc.claimId);
    if (known.has(doc._id) || claim === undefined) return [];
    return draftOf(app, doc, claim, daysFor(doc, rules)) ?? [];
  });
}

function draftOf(
  app: App,
  doc: AdjudicationDoc,
  claim: ClaimDoc,
  days: number,
): WorkItemDraft | undefined {
  const { patientResponsibilityCents, openInsuranceCents } = claim.totals;
  const amountCents = add(patientResponsibilityCents, openInsuranceCents);
  const live = liveAdjudications(claim.adjudications);
  const forwarded = live.find(({ id }) => id === doc._id);
  if (forwarded === undefined || claim.superseded || amountCents <= ZERO) return undefined;
  if (decidesLater(forwarded, live)) return undefined;
  return draftLateCrossover({
    patientControlNumber: doc.patientControlNumber,
    claimId: claim._id,
    adjudicationId: doc._id,
    remittance: {
      traceNumber: doc.traceNumber,
      remittanceId: doc.remittanceId,
      paymentDate: doc.paymentDate ?? undefined,
    },
    forwardedBy: doc.payer.name,
    payer: doc.payment.crossover ?? { id: "", name: "" },
    amountCents,
    days,
    today: today(app),
  });
}
