import { type Adjudication, standingAdjudications } from "../../billing/ledger/index.ts";
import {
  decideClaim,
  type KnownClaim,
  type ParkedClaim,
  type PostedClaim,
  type PostingRules,
} from "../../billing/remits/index.ts";
import type { AdjudicationDoc, ClaimDoc } from "../../platform/store/index.ts";
import type { App } from "../context.ts";
import { denialDraft } from "../denials/draft-work.ts";
import { knownClaim } from "./load-claims.ts";

/** What became of a claim's payments when they were decided again. */
export interface Redecided {
  readonly adjudications: readonly Adjudication[];
  /** Decisions that open a work item, by adjudication, with the amount at stake in cents. */
  readonly items: ReadonlyMap<string, number>;
  /** Payments that posted and would wait now, by adjudication. */
  readonly parked: ReadonlyMap<string, ParkedClaim["reason"]>;
}

/**
 * Decides the payments of a claim again under these rules, in the order in which they posted; those outside the
 * period stay as they were decided. Pure but for the day of the deadlines that no one looks at.
 */
export function redecide(
  app: App,
  doc: ClaimDoc,
  docs: readonly AdjudicationDoc[],
  isMeant: (decision: AdjudicationDoc) => boolean,
  rules: PostingRules,
): Redecided {
  const byId = new Map(docs.map((each) => [each._id, each]));
  const items = new Map<string, number>();
  const parked = new Map<string, ParkedClaim["reason"]>();
  let claim: KnownClaim = { ...knownClaim(doc), adjudications: [] };
  for (const adjudication of standingAdjudications(doc.adjudications)) {
    const posted = byId.get(adjudication.id);
    if (posted === undefined) throw new Error("a claim has a decision that is not recorded");
    let next = adjudication;
    if (isMeant(posted)) {
      const decision = decideClaim(posted.payment, claim, {
        payer: payerOf(posted),
        split: true,
        adjudicationId: adjudication.id,
        cash: "cash-in-transit",
        rules: rules.treatment(payerOf(posted)),
      });
      if (decision.kind !== "posted") {
        parked.set(adjudication.id, decision.kind === "parked" ? decision.reason : "unmatched");
        continue;
      }
      next = decision.adjudication;
      const amountCents = atStake(app, decision, doc, posted);
      if (amountCents !== undefined) items.set(adjudication.id, amountCents);
    }
    claim = { ...claim, adjudications: [...claim.adjudications, next] };
  }
  return { adjudications: claim.adjudications, items, parked };
}

/** An empty identifier is one that the payer did not give. */
function payerOf({ payer }: AdjudicationDoc) {
  return { name: payer.name, id: payer.id === "" ? undefined : payer.id };
}

function atStake(
  app: App,
  decision: PostedClaim,
  doc: ClaimDoc,
  posted: AdjudicationDoc,
): number | undefined {
  if (posted.reversal) return undefined;
  return denialDraft(app, decision, doc, {
    remittanceId: posted.remittanceId,
    traceNumber: posted.traceNumber,
    payer: payerOf(posted),
    paymentDate: posted.paymentDate ?? undefined,
    isSplit: () => true,
    flags: [],
    turn: 0,
  })?.amountCents;
}
