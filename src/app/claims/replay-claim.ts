import { isDeepStrictEqual } from "node:util";
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
  /** What was decided anew, by adjudication. */
  readonly decided: ReadonlyMap<string, PostedClaim>;
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
  rulesOf: (decision: AdjudicationDoc) => PostingRules,
): Redecided {
  const byId = new Map(docs.map((each) => [each._id, each]));
  const items = new Map<string, number>();
  const decided = new Map<string, PostedClaim>();
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
        rules: rulesOf(posted).treatment(payerOf(posted)),
      });
      if (decision.kind !== "posted") {
        parked.set(adjudication.id, decision.kind === "parked" ? decision.reason : "unmatched");
        continue;
      }
      next = decision.adjudication;
      decided.set(adjudication.id, decision);
      const amountCents = atStake(app, decision, doc, posted);
      if (amountCents !== undefined) items.set(adjudication.id, amountCents);
    }
    claim = { ...claim, adjudications: [...claim.adjudications, next] };
  }
  return { adjudications: claim.adjudications, items, decided, parked };
}

/** The claims, decisions and rules that two ways of deciding are compared on. */
export interface Comparison {
  readonly before: Redecided;
  readonly after: Redecided;
  /** The decisions that are decided again. */
  readonly meant: readonly AdjudicationDoc[];
  /** Decisions that the rules which posted them do not reach again, because their claim was changed since. */
  readonly notReproduced: ReadonlySet<string>;
  /** Decisions that come out in another way, or would wait. */
  readonly changed: readonly AdjudicationDoc[];
}

/**
 * A claim decided afresh by the rules that its decisions were posted by and by others, so that the rules are all that
 * differs. What the first does not reproduce stays as it is on both sides.
 */
export function compareClaim(
  app: App,
  doc: ClaimDoc,
  docs: readonly AdjudicationDoc[],
  isOfPeriod: (decision: AdjudicationDoc) => boolean,
  { postedBy, rules }: { postedBy: (d: AdjudicationDoc) => PostingRules; rules: PostingRules },
): Comparison {
  const meant = docs.filter(isOfPeriod);
  const first = redecide(app, doc, docs, isOfPeriod, postedBy);
  const reached = new Map(first.adjudications.map((each) => [each.id, each.lines]));
  const notReproduced = new Set(
    meant
      .filter(({ _id, adjudication }) => !isDeepStrictEqual(reached.get(_id), adjudication.lines))
      .map(({ _id }) => _id),
  );
  const isMeant = (each: AdjudicationDoc) => isOfPeriod(each) && !notReproduced.has(each._id);
  const before = notReproduced.size === 0 ? first : redecide(app, doc, docs, isMeant, postedBy);
  const after = redecide(app, doc, docs, isMeant, () => rules);
  const old = new Map(before.adjudications.map((each) => [each.id, each.lines]));
  const now = new Map(after.adjudications.map((each) => [each.id, each.lines]));
  const changed = meant.filter(({ _id }) => !isDeepStrictEqual(old.get(_id), now.get(_id)));
  return { before, after, meant, notReproduced, changed };
}

/** An empty identifier is one that the payer did not give. */
export function payerOf({ payer }: AdjudicationDoc) {
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
  })?.amountCents;
}
