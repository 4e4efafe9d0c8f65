import {
  DENIAL_RATE_BREAKDOWNS,
  type DenialRateBreakdown,
  denialRate as rateOf,
} from "../../billing/reports/index.ts";
import type { AdjudicationDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { countedDecisions } from "../posting/withdrawn-decisions.ts";
import { today } from "../today.ts";

/** The initial denial rate (KPIS), whole or broken down, over remittance months `from` to `to` (2026-11). */
export async function denialRate(
  app: App,
  actor: Actor,
  options: { readonly by?: string; readonly from?: string; readonly to?: string },
) {
  const by = options.by ?? "reason";
  if (!isBreakdown(by)) {
    throw new OperatingError("usage", `Break down by ${DENIAL_RATE_BREAKDOWNS.join(", ")}.`);
  }
  const months = {
    ...(options.from === undefined ? {} : { $gte: options.from.slice(0, 7) }),
    ...(options.to === undefined ? {} : { $lte: options.to.slice(0, 7) }),
  };
  const practice = app.store.practice(actor.practiceId);
  const isCounted = await countedDecisions(practice);
  const docs = await practice.adjudications.find(
    Object.keys(months).length > 0 ? { month: months } : {},
    { projection: { packed: 0 } },
  );
  await recordAudit(app, actor, {
    action: "report.read",
    entity: { type: "report", id: "denial-rate" },
    purpose: "operations",
    outcome: "success",
  });
  const rows = docs.filter((doc) => !doc.reversal && isCounted(doc)).map((doc) => reportRow(doc));
  return rateOf(rows, { by, today: today(app) });
}

function isBreakdown(text: string): text is DenialRateBreakdown {
  return (DENIAL_RATE_BREAKDOWNS as readonly string[]).includes(text);
}

/** Denied whole: something is refused, nothing is paid, and no share of it is left to anyone else. */
function reportRow(doc: AdjudicationDoc) {
  const refused = doc.deniedCents > 0;
  const whole = refused && doc.paidCents === 0 && !doc.explained;
  return {
    claimId: doc.claimId,
    payerId: doc.payer.id || doc.payer.name,
    payerName: doc.payer.name,
    month: doc.month,
    providerNpi: doc.providerNpi,
    denied: whole,
    partial: refused && !whole,
    deniedCents: doc.deniedCents,
    chargeCents: doc.chargeCents,
    reasons: doc.denialReasons as never,
    firstAdjudication: doc.first,
    procedureCodes: doc.procedureCodes,
  };
}
