import { type PayerScore, PayerScorecard } from "../../billing/reports/index.ts";
import type { AdjudicationDoc, PracticeStore } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { countedDecisions } from "./withdrawn-decisions.ts";

const DAY_MS = 86_400_000;
/** First answers whose claims are looked up at once. */
const CLAIMS_AT_ONCE = 500;

/**
 * What each payer does against the standard, and how long it takes, from all remittances that came: posted, parked
 * whole, or parked in part. No patient stands in it.
 */
export async function payerScorecard(
  app: App,
  actor: Actor,
): Promise<{ readonly payers: readonly PayerScore[] }> {
  const practice = app.store.practice(actor.practiceId);
  const card = new PayerScorecard();
  for await (const doc of practice.remittances.stream({}, { sort: { _id: 1 } })) {
    card.remittance({
      payer: doc.header.payer.name,
      traceReused: doc.flags.includes("trace-reused") || doc.reason === "conflict",
      unbalanced: doc.reason === "transaction-unbalanced",
    });
  }
  await takePosted(practice, card);
  const waiting = practice.parkedPayments.stream({ status: "parked" }, { sort: { _id: 1 } });
  for await (const { payer, payment, reason } of waiting) {
    card.payment({ payer: payer.name, payment, parked: reason, days: undefined });
  }
  await recordAudit(app, actor, {
    action: "report.read",
    entity: { type: "report", id: "payers" },
    purpose: "operations",
    outcome: "success",
  });
  return { payers: card.scores() };
}

async function takePosted(practice: PracticeStore, card: PayerScorecard): Promise<void> {
  let some: AdjudicationDoc[] = [];
  const flush = async () => {
    const sent = await firstSendings(practice, some);
    for (const doc of some) {
      const days = doc.first ? daysBetween(sent.get(doc.claimId), doc.paymentDate) : undefined;
      card.payment({ payer: doc.payer.name, payment: doc.payment, parked: undefined, days });
    }
    some = [];
  };
  const isCounted = await countedDecisions(practice);
  for await (const doc of practice.adjudications.stream({}, { sort: { _id: 1 } })) {
    if (!isCounted(doc)) continue;
    some.push(doc);
    if (some.length >= CLAIMS_AT_ONCE) await flush();
  }
  await flush();
}

/** The day of the first sending of the claims, by claim. */
async function firstSendings(
  practice: PracticeStore,
  docs: readonly AdjudicationDoc[],
): Promise<Map<string, string>> {
  const ids = [...new Set(docs.filter(({ first }) => first).map(({ claimId }) => claimId))];
  if (ids.length === 0) return new Map();
  const claims = await practice.claims.find({ _id: { $in: ids } }, { projection: { packed: 0 } });
  return new Map(
    claims.flatMap(({ _id, submissions: [first] }) =>
      first === undefined ? [] : [[_id, first.at.toISOString().slice(0, 10)] as const],
    ),
  );
}

function daysBetween(from: string | undefined, to: string | null): number | undefined {
  if (from === undefined || to === null || to < from) return undefined;
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
