import type { ClientSession } from "mongoose";
import type { WorkItemDraft } from "../../billing/denials/index.ts";
import { decidesLater, liveAdjudications } from "../../billing/ledger/index.ts";
import type { AdjudicationDoc, ClaimDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "./close-work-item.ts";

/** Items that a payer's decision opens, and that a later decision may end. */
const BY_DECISION = [
  "denial",
  "partial-denial",
  "take-back",
  "records-request",
  "dispute",
  "no-response",
];

/**
 * Ends the items of claims that were decided again: the decision that opened the item was reversed, the claim
 * that was taken back is decided anew, or nothing of it is open any more.
 */
export async function closeSettledItems(
  app: App,
  actor: Actor,
  adjudications: readonly Omit<AdjudicationDoc, "practiceId">[],
  claimOf: (claimId: string) => ClaimDoc | undefined,
  session: ClientSession,
): Promise<void> {
  const again = adjudications
    .map(({ claimId }) => claimId)
    .filter((id) => (claimOf(id)?.adjudications.length ?? 0) > 1);
  if (again.length === 0) return;
  const items = await app.store.practice(actor.practiceId).workItems.find(
    {
      claimId: { $in: [...new Set(again)] },
      kind: { $in: BY_DECISION },
      status: { $ne: "resolved" },
    },
    { session },
  );
  const reversed = new Set(adjudications.map(({ adjudication }) => adjudication.reverses));
  for (const item of items) {
    const outcome = outcomeOf(item, claimOf(item.claimId ?? ""), reversed);
    if (outcome === undefined) continue;
    const text = "A later remittance decided the claim anew.";
    const last = adjudications.findLast(({ claimId }) => claimId === item.claimId);
    await closeItem(app, actor, item, outcome, text, session, last?.remittanceId);
  }
}

/** The drafts without those that a later decision of the same transaction has settled already. */
export function unsettledDrafts(
  drafts: readonly WorkItemDraft[],
  adjudications: readonly Pick<AdjudicationDoc, "_id" | "claimId" | "adjudication">[],
  claimOf: (claimId: string) => ClaimDoc | undefined,
): WorkItemDraft[] {
  const reversed = new Set(adjudications.map(({ adjudication }) => adjudication.reverses));
  const last = new Map(adjudications.map(({ claimId, _id }) => [claimId, _id]));
  return drafts.filter((draft) => {
    const { adjudicationId, claimId = "" } = draft;
    if (adjudicationId === undefined || last.get(claimId) === adjudicationId) return true;
    return outcomeOf(draft, claimOf(claimId), reversed) === undefined;
  });
}

/** How a decision ends an item: by reversing what opened it, or by settling the claim; undefined where it does not. */
export function outcomeOf(
  item: Pick<WorkItemDraft, "kind" | "adjudicationId">,
  claim: ClaimDoc | undefined,
  reversed: ReadonlySet<string | undefined>,
): "corrected" | "paid-on-resubmission" | undefined {
  if (claim === undefined) return undefined;
  const { adjudication } = claim.status;
  const nothingOpen = claim.totals.openInsuranceCents === 0;
  if (item.kind === "take-back") {
    return adjudication === "reversed-awaiting-correction" ? undefined : "corrected";
  }
  if (item.adjudicationId !== undefined && reversed.has(item.adjudicationId)) return "corrected";
  if (item.kind === "no-response") return hasAnswer(item, claim) ? "corrected" : undefined;
  return nothingOpen && adjudication !== "denied" ? "paid-on-resubmission" : undefined;
}

/** Whether a later payer has answered since a claim was forwarded to it. */
function hasAnswer({ adjudicationId }: Pick<WorkItemDraft, "adjudicationId">, claim: ClaimDoc) {
  const live = liveAdjudications(claim.adjudications);
  const forwarded = live.find(({ id }) => id === adjudicationId);
  return forwarded !== undefined && decidesLater(forwarded, live);
}
