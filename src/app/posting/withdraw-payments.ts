import type { ClientSession } from "mongoose";
import { liveAdjudications, standingAdjudications } from "../../billing/ledger/index.ts";
import { type Cents, sumOf } from "../../billing/money/index.ts";
import { standsOn, type Withdrawal, withdraw } from "../../billing/remits/index.ts";
import type {
  AdjudicationDoc,
  ClaimDoc,
  JournalDoc,
  RemittanceDoc,
  WorkItemDoc,
} from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { projectClaim, receivableOf } from "../claims/claim-projection.ts";
import { knownClaim } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import { outcomeOf } from "../denials/close-settled-items.ts";
import { closeItem, reopenItem } from "../denials/close-work-item.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";
import { journalDoc } from "./journal-entry.ts";
import { claimAudit } from "./take-decision.ts";

/** What is unposted, and why. */
export interface Unposting {
  readonly remittance: Pick<RemittanceDoc, "_id" | "traceNumber">;
  readonly reason: string;
  /** The number of this unposting among those of the remittance. */
  readonly turn: number;
}

/** What withdrawing some payments came to. */
export interface Withdrawn {
  readonly payments: number;
  /** What they had paid, of all and of those that had waited in unapplied insurance. */
  readonly paidCents: Cents;
  readonly releasedCents: Cents;
  readonly journalEntries: number;
}

/** A claim with all that was posted to it. */
export interface PostedClaim {
  readonly doc: ClaimDoc;
  readonly decisions: readonly AdjudicationDoc[];
  readonly entries: readonly JournalDoc[];
}

/** The claims with these ids, whole. */
export async function loadPosted(
  app: App,
  actor: Actor,
  claimIds: readonly string[],
  session?: ClientSession,
): Promise<PostedClaim[]> {
  const practice = app.store.practice(actor.practiceId);
  const ids = [...new Set(claimIds)];
  const claims = await practice.claims.find({ _id: { $in: ids } }, { session });
  const decisions = await practice.adjudications.find({ claimId: { $in: ids } }, { session });
  const entries = await practice.journal.find({ claimId: { $in: ids } }, { session });
  const decisionsOf = byClaim(decisions);
  const entriesOf = byClaim(entries);
  return claims.map((doc) => ({
    doc,
    decisions: decisionsOf.get(doc._id) ?? [],
    entries: entriesOf.get(doc._id) ?? [],
  }));
}

function byClaim<T extends { readonly claimId: string | null }>(docs: readonly T[]) {
  const lists = new Map<string | null, T[]>();
  for (const doc of docs) {
    const list = lists.get(doc.claimId);
    if (list === undefined) lists.set(doc.claimId, [doc]);
    else list.push(doc);
  }
  return lists;
}

/** The decisions of a claim that these payments of a remittance made and that still stand. */
function standingOf(
  { doc, decisions }: PostedClaim,
  isMeant: (decision: AdjudicationDoc) => boolean,
): Set<string> {
  const standing = new Set(standingAdjudications(doc.adjudications).map(({ id }) => id));
  return new Set(
    decisions.filter((each) => isMeant(each) && standing.has(each._id)).map(({ _id }) => _id),
  );
}

/** Refuses where something that was posted to the claim later stands on what is to be withdrawn. */
function refuseDependents(claim: PostedClaim, ids: ReadonlySet<string>): void {
  const dependent = standsOn(knownClaim(claim.doc), ids);
  if (dependent === undefined) return;
  const by = claim.decisions.find(({ _id }) => _id === dependent.id);
  const what = dependent.reverses === undefined ? "A later decision" : "A reversal";
  const where = `remittance ${by?.traceNumber} (${by?.remittanceId}), CLP[${by?.ordinal}]`;
  throw new OperatingError("state", `${what} stands on it: unpost ${where} first.`);
}

/** Refuses where something stands on the payments of a remittance to these claims. Changes nothing. */
export async function checkWithdrawal(
  app: App,
  actor: Actor,
  remittanceId: string,
  claimIds: readonly string[],
): Promise<void> {
  for (const claim of await loadPosted(app, actor, claimIds)) {
    refuseDependents(
      claim,
      standingOf(claim, (each) => each.remittanceId === remittanceId),
    );
  }
}

/**
 * Withdraws what a remittance posted to these claims, or only its payments with these ordinals: as records,
 * journal entries and claim states of its own. Work items that its decisions opened end, those that it had ended
 * are open again.
 */
export async function withdrawPayments(
  app: App,
  actor: Actor,
  claimIds: readonly string[],
  unposting: Unposting,
  session: ClientSession,
  ordinals?: ReadonlySet<number>,
): Promise<Withdrawn> {
  const practice = app.store.practice(actor.practiceId);
  const made: { claim: PostedClaim; after: ClaimDoc; withdrawals: Withdrawal[] }[] = [];
  for (const claim of await loadPosted(app, actor, claimIds, session)) {
    const ids = standingOf(
      claim,
      ({ remittanceId, ordinal }) =>
        remittanceId === unposting.remittance._id && (ordinals?.has(ordinal) ?? true),
    );
    if (ids.size === 0) continue;
    refuseDependents(claim, ids);
    const isReleased = (id: string) =>
      claim.entries.some((entry) => entry.adjudicationId === id && entry.kind === "release");
    const withdrawals = withdraw(knownClaim(claim.doc), ids, {
      newId: app.newId,
      cashOf: (id) => (isReleased(id) ? "unapplied-insurance" : "cash-in-transit"),
    });
    made.push({ claim, after: claimAfter(app, claim, withdrawals, unposting), withdrawals });
  }
  const journal = made.flatMap(({ claim, withdrawals }) =>
    withdrawals.flatMap((each) => contraOf(app, claim, each, unposting)),
  );
  const originals = made.flatMap(({ claim, withdrawals }) =>
    withdrawals.map((each) => originalOf(claim, each)),
  );
  await practice.adjudications.insert(
    made.flatMap(({ claim, withdrawals }) =>
      withdrawals.map((each) => recordOf(app, originalOf(claim, each), each, unposting)),
    ),
    session,
  );
  await practice.journal.insert(journal, session);
  await practice.claims.replace(
    made.map(({ claim, after }) => ({ document: after, version: claim.doc.version })),
    session,
  );
  await settleItems(app, actor, new Map(made.map(({ after }) => [after._id, after])), unposting, {
    withdrawn: new Set(originals.map(({ _id }) => _id)),
    session,
  });
  await recordAudit(
    app,
    actor,
    made.flatMap(({ claim, withdrawals }) =>
      withdrawals.map((each) => claimAudit("claim.unpost", claim.doc, originalOf(claim, each)._id)),
    ),
    session,
  );
  const released = new Set(
    journal.filter(({ kind }) => kind === "release").map(({ negates }) => negates),
  );
  const entryOf = new Map(
    made.flatMap(({ claim }) => claim.entries.map((entry) => [entry.adjudicationId, entry._id])),
  );
  return {
    payments: new Set(originals.map(({ ordinal }) => ordinal)).size,
    paidCents: sumOf(originals, ({ paidCents }) => paidCents),
    releasedCents: sumOf(
      originals.filter(({ _id }) => released.has(entryOf.get(_id) ?? null)),
      ({ paidCents }) => paidCents,
    ),
    journalEntries: journal.length,
  };
}

/** The decision that a withdrawal undoes. */
export function originalOf(
  { decisions }: PostedClaim,
  { adjudication }: Withdrawal,
): AdjudicationDoc {
  const original = decisions.find(({ _id }) => _id === adjudication.withdraws);
  if (original === undefined) throw new Error("a claim has a decision that is not recorded");
  return original;
}

/** The entry that undoes what posted a decision; none where nothing moved. */
export function contraOf(app: App, claim: PostedClaim, each: Withdrawal, unposting: Unposting) {
  if (each.journal.length === 0) return [];
  const original = originalOf(claim, each);
  const entry = claim.entries.find(({ adjudicationId }) => adjudicationId === original._id);
  const place = {
    claimId: claim.doc._id,
    remittanceId: unposting.remittance._id,
    adjudicationId: each.adjudication.id,
    place: `CLP[${original.ordinal}]`,
    effectiveDate: today(app),
    undoes: { entryId: entry?._id ?? null, reason: unposting.reason },
  };
  return [journalDoc(app, entry?.kind ?? "payment", each.journal, place)];
}

/** The record that a decision was withdrawn. */
export function recordOf(
  app: App,
  original: AdjudicationDoc,
  { adjudication }: Withdrawal,
  { turn }: Pick<Unposting, "turn">,
) {
  return {
    ...original,
    _id: adjudication.id,
    adjudication,
    withdraws: original._id,
    autoPosted: false,
    turn,
    at: app.now(),
  };
}

function claimAfter(
  app: App,
  { doc, decisions }: PostedClaim,
  withdrawals: readonly Withdrawal[],
  { remittance }: Unposting,
): ClaimDoc {
  const adjudications = [
    ...doc.adjudications,
    ...withdrawals.map(({ adjudication }) => adjudication),
  ];
  const gone = new Set(withdrawals.map(({ adjudication }) => adjudication.withdraws));
  const standing = new Set(standingAdjudications(adjudications).map(({ id }) => id));
  const kept = new Set<string>();
  const lost = new Set<string>();
  for (const { _id, flags = [] } of decisions) {
    for (const flag of flags) {
      if (standing.has(_id)) kept.add(flag);
      else if (gone.has(_id)) lost.add(flag);
    }
  }
  return {
    ...doc,
    ...projectClaim(receivableOf(doc), adjudications, doc.submissions),
    adjudications,
    // A number that only what was taken back had taught must not lead later payments here.
    payerClaimControlNumbers: doc.payerClaimControlNumbers.filter((number) =>
      adjudications.some(
        ({ id, payerClaimControlNumber }) => standing.has(id) && payerClaimControlNumber === number,
      ),
    ),
    flags: doc.flags.filter((flag) => kept.has(flag) || !lost.has(flag)),
    timeline: [
      ...doc.timeline,
      {
        at: app.now().toISOString(),
        event: "unposted",
        detail: `Remittance ${remittance.traceNumber}, ${withdrawals.length} claim payments`,
      },
    ],
  };
}

/** Ends the items that rest on withdrawn decisions, and opens those again that these had ended. */
async function settleItems(
  app: App,
  actor: Actor,
  claims: ReadonlyMap<string, ClaimDoc>,
  { remittance }: Unposting,
  { withdrawn, session }: { withdrawn: ReadonlySet<string>; session: ClientSession },
): Promise<void> {
  const items = await app.store
    .practice(actor.practiceId)
    .workItems.find({ claimId: { $in: [...claims.keys()] } }, { session });
  for (const item of items) {
    const claim = claims.get(item.claimId ?? "");
    if (claim === undefined) continue;
    if (item.status !== "resolved") {
      if (item.remittanceId !== remittance._id || !isOver(item, claim, withdrawn)) continue;
      const text = "What opened it was unposted.";
      await closeItem(app, actor, item, "no-action", text, session);
    } else if (item.settledBy === remittance._id && !isSettled(item, claim)) {
      await reopenItem(app, actor, item, "What had settled it was unposted.", session);
    }
  }
}

function isOver(item: WorkItemDoc, claim: ClaimDoc, withdrawn: ReadonlySet<string>): boolean {
  if (item.adjudicationId !== undefined) return withdrawn.has(item.adjudicationId);
  if (item.kind === "take-back") {
    return claim.status.adjudication !== "reversed-awaiting-correction";
  }
  const isCorrection = item.category === "corrected-insured" || item.category === "corrected-payer";
  return isCorrection && !claim.flags.some((flag) => flag === item.category);
}

/** Whether an item stays as it ended: by a decision that still stands, or because what opened it is gone. */
function isSettled(item: WorkItemDoc, claim: ClaimDoc): boolean {
  const standing = standingAdjudications(claim.adjudications);
  const reversed = new Set(standing.map(({ reverses }) => reverses));
  if (item.adjudicationId !== undefined) {
    if (!standing.some(({ id }) => id === item.adjudicationId)) return true;
    if (!liveAdjudications(standing).some(({ id }) => id === item.adjudicationId)) return true;
  }
  return outcomeOf(item, claim, reversed) !== undefined;
}
