import type { ClientSession } from "mongoose";
import type { WorkItemDraft } from "../../billing/denials/index.ts";
import type { Account, Adjudication } from "../../billing/ledger/index.ts";
import { ZERO } from "../../billing/money/index.ts";
import { type ParkReason, post, withdraw } from "../../billing/remits/index.ts";
import type { AdjudicationDoc } from "../../platform/store/index.ts";
import { projectClaim, receivableOf } from "../claims/claim-projection.ts";
import { knownClaim } from "../claims/load-claims.ts";
import { type Comparison, payerOf } from "../claims/replay-claim.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "../denials/close-work-item.ts";
import { OperatingError } from "../errors.ts";
import type { PaymentSource } from "./payment-source.ts";
import { claimIn } from "./posting-batch.ts";
import type { Reposting } from "./reposting.ts";
import { claimAudit, takeDecision } from "./take-decision.ts";
import { contraOf, originalOf, type PostedClaim, recordOf } from "./withdraw-payments.ts";

const ignore = () => undefined;

/** Undoes the decisions of a claim that come out in another way, and posts them again as they do, in their order. */
export function repostClaim(
  reposting: Reposting,
  claim: PostedClaim,
  { changed, after }: Comparison,
): void {
  const moved = withReversals(claim, new Set(changed.map(({ _id }) => _id)));
  for (const { adjudication } of claim.decisions) {
    const { id, reverses } = adjudication;
    if (reverses === undefined || !after.parked.has(reverses) || after.parked.has(id)) continue;
    throw new OperatingError("state", "A payment would wait whose reversal is posted.");
  }
  undo(reposting, claim, moved);
  for (const original of claim.decisions.filter(({ _id }) => moved.has(_id))) {
    const reason = after.parked.get(original._id);
    if (reason === undefined) again(reposting, claim, original, after);
    else wait(reposting, claim, original, reason);
  }
}

/** A reversal goes with what it reverses, whenever it was paid. */
function withReversals({ decisions }: PostedClaim, ids: Set<string>): ReadonlySet<string> {
  for (const { _id, adjudication } of decisions) {
    if (ids.has(adjudication.reverses ?? "")) ids.add(_id);
  }
  return ids;
}

function cashOf({ entries }: PostedClaim, id: string): Account {
  const isReleased = entries.some(
    (entry) => entry.adjudicationId === id && entry.kind === "release",
  );
  return isReleased ? "unapplied-insurance" : "cash-in-transit";
}

function undo(reposting: Reposting, claim: PostedClaim, moved: ReadonlySet<string>): void {
  const { app, batch, reason, rules } = reposting;
  const open = claimIn(batch, claim.doc._id);
  const withdrawals = withdraw(knownClaim(claim.doc), moved, {
    newId: app.newId,
    cashOf: (id) => cashOf(claim, id),
  });
  for (const each of withdrawals) {
    const original = originalOf(claim, each);
    const remittance = reposting.remittance(original.remittanceId);
    const unposting = { remittance, reason, turn: reposting.turnOf(remittance._id) };
    batch.adjudications.push(recordOf(app, original, each, unposting));
    batch.journal.push(...contraOf(app, claim, each, unposting));
    batch.audit.push(claimAudit("claim.repost", claim.doc, original._id));
    reposting.touch(remittance._id);
  }
  const { doc } = open;
  const adjudications = [
    ...doc.adjudications,
    ...withdrawals.map(({ adjudication }) => adjudication),
  ];
  const detail = `Posting rules ${rules.version}, ${withdrawals.length} claim payments`;
  open.doc = {
    ...doc,
    ...projectClaim(receivableOf(doc), adjudications, doc.submissions),
    adjudications,
    timeline: [...doc.timeline, { at: app.now().toISOString(), event: "unposted", detail }],
  };
  open.changed = true;
}

/** Posts a decision again as the rules have it, with the names of what it takes the place of. */
function again(
  reposting: Reposting,
  claim: PostedClaim,
  original: AdjudicationDoc,
  after: Comparison["after"],
): void {
  const { app, batch, successors } = reposting;
  const open = claimIn(batch, claim.doc._id);
  const cash = cashOf(claim, original._id);
  const payer = payerOf(original);
  const id = app.newId();
  const decided = after.decided.get(original._id);
  const adjudication = decided?.adjudication ?? negationAgain(reposting, claim, original);
  const { reverses } = original.adjudication;
  const decision = post(
    original.payment,
    knownClaim(open.doc),
    { payer, split: true, adjudicationId: id, cash },
    {
      adjudication: {
        ...adjudication,
        id,
        reverses: reverses === undefined ? undefined : (successors.get(reverses) ?? reverses),
      },
      denied: decided?.denied ?? [],
    },
  );
  takeDecision(app, decision, sourceOf(reposting, original), batch, cash, ignore);
  successors.set(original._id, id);
  const { first, month, autoPosted } = original;
  amendLast(batch.adjudications, { replaces: original._id, first, month, autoPosted });
  if (decision.journal.length === 0) return;
  const entry = claim.entries.find(({ adjudicationId }) => adjudicationId === original._id);
  amendLast(batch.journal, { replaces: entry?._id ?? null });
}

/** A reversal that is not decided anew takes back what has taken the place of its original. */
function negationAgain(
  { batch, successors }: Reposting,
  claim: PostedClaim,
  { adjudication }: AdjudicationDoc,
): Adjudication {
  const successor = successors.get(adjudication.reverses ?? "");
  const { adjudications } = claimIn(batch, claim.doc._id).doc;
  const original = adjudications.find(({ id }) => id === successor);
  if (original === undefined) throw new Error("a reversal has lost what it reverses");
  return { ...adjudication, lines: original.lines, triples: original.triples };
}

function amendLast<T>(list: T[], change: Partial<T>): void {
  const last = list.pop();
  if (last === undefined) throw new Error("nothing was posted");
  list.push({ ...last, ...change });
}

/** A payment that posted and waits now, its money in unapplied insurance. */
function wait(
  reposting: Reposting,
  claim: PostedClaim,
  original: AdjudicationDoc,
  reason: ParkReason,
): void {
  const { app, batch, successors } = reposting;
  const { payment } = original;
  const claimId = claim.doc._id;
  const decision = { kind: "parked", payment, claimId, reason, residualCents: ZERO } as const;
  const cash = cashOf(claim, original._id);
  takeDecision(app, decision, sourceOf(reposting, original), batch, cash, ignore);
  successors.set(original._id, null);
  reposting.touch(original.remittanceId, payment.paidCents);
}

function sourceOf(reposting: Reposting, original: AdjudicationDoc): PaymentSource {
  const { remittanceId, traceNumber, paymentDate, part } = original;
  return {
    remittanceId,
    traceNumber,
    payer: payerOf(original),
    paymentDate: paymentDate ?? undefined,
    isSplit: () => true,
    flags: reposting.remittance(remittanceId).flags,
    rules: reposting.rules,
    turn: reposting.turnOf(remittanceId) + 1,
    ...(part === undefined ? {} : { part }),
  };
}

/**
 * Items that rest on decisions which were posted again stay with the person who has them, and rest on what took their
 * place; where that refuses nothing any more they end.
 */
export async function repointItems(
  app: App,
  actor: Actor,
  { batch, successors, rules }: Reposting,
  session: ClientSession,
): Promise<void> {
  const { workItems } = app.store.practice(actor.practiceId);
  const items = await workItems.find({ claimId: { $in: [...batch.claims.keys()] } }, { session });
  const kept = new Set<WorkItemDraft>();
  for (const item of items) {
    const successor = successors.get(item.adjudicationId ?? "");
    if (successor === undefined) continue;
    const draft = batch.drafts.find((each) => each.adjudicationId === successor);
    if (draft === undefined) {
      const text = `Posting rules ${rules.version} treat its reasons in another way.`;
      await closeItem(app, actor, item, "no-action", text, session);
      continue;
    }
    kept.add(draft);
    const document = { ...item, ...draft, deadline: item.deadline };
    await workItems.replace([{ document, version: item.version }], session);
  }
  const drafts = batch.drafts.filter((draft) => !kept.has(draft));
  batch.drafts.splice(0, batch.drafts.length, ...drafts);
}
