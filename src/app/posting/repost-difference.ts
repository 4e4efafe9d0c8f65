import type { ClientSession } from "mongoose";
import { draftPostingException } from "../../billing/denials/index.ts";
import { reversed } from "../../billing/deposits/index.ts";
import { type PostingRules, providerAdjustmentAccount } from "../../billing/remits/index.ts";
import type { JournalDoc, PracticeStore, RemittanceDoc } from "../../platform/store/index.ts";
import { openClaim } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "../denials/close-work-item.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";
import { journalDoc } from "./journal-entry.ts";
import { newBatch, type PostingBatch, storeBatch } from "./posting-batch.ts";
import { compareInPeriod, type LedgerDifference, type ReplayPeriod } from "./replay-ledger.ts";
import { repointItems, repostClaim } from "./repost-claim.ts";
import { Reposting } from "./reposting.ts";
import type { RulesOf } from "./rules-in-force.ts";
import { loadPosted } from "./withdraw-payments.ts";

/** One transaction holds them all, so there is a bound to how many claims and remittances it may change. */
export const REPOST_MAX = 5_000;

/** Claims loaded at once. */
const CLAIMS_AT_ONCE = 200;

/** What old postings are made to follow. */
export interface RepostInput {
  readonly known: RulesOf;
  readonly rules: PostingRules;
  readonly period: ReplayPeriod;
  readonly reason: string;
}

/** What making old postings follow came to. */
export interface Reposted {
  readonly claims: number;
  readonly remittances: number;
  readonly journalEntries: number;
}

/**
 * Makes old postings follow other rules: each decision and provider adjustment of a difference is undone by an entry
 * that names it and posted again by one that names it too. All in the transaction that is given; `stale` when the
 * books would not move exactly as it was shown, and then nothing of it is stored.
 */
export async function repostDifference(
  app: App,
  actor: Actor,
  { report, claimIds, remittanceIds }: LedgerDifference,
  { known, rules, period, reason }: RepostInput,
  session: ClientSession,
): Promise<Reposted> {
  const practice = app.store.practice(actor.practiceId);
  const batch = newBatch(new Map());
  const reposting = new Reposting(app, practice, { rules, reason }, batch, session);
  for (let start = 0; start < claimIds.length; start += CLAIMS_AT_ONCE) {
    const some = claimIds.slice(start, start + CLAIMS_AT_ONCE);
    const claims = await loadPosted(app, actor, some, session);
    await reposting.load(claims.flatMap((claim) => claim.decisions));
    for (const claim of claims) {
      batch.claims.set(claim.doc._id, openClaim(claim.doc));
      const standing = reposting.standing(claim);
      const both = { known, rules };
      repostClaim(
        reposting,
        { ...claim, decisions: standing },
        compareInPeriod(app, claim.doc, standing, period, both),
      );
    }
  }
  await reposting.loadRemittances(remittanceIds);
  const others = { known, rules, reason };
  for (const id of remittanceIds) {
    await repostAdjustments(app, actor, reposting.remittance(id), others, batch, session);
    reposting.touch(id);
  }
  if (!moves(batch, report.accounts)) {
    throw new OperatingError("stale", "The books would move otherwise than was shown.");
  }
  await repointItems(app, actor, reposting, session);
  await storeBatch(app, actor, batch, session, () => undefined);
  await reposting.storeRemittances(new Set(remittanceIds));
  return {
    claims: claimIds.length,
    remittances: reposting.touched,
    journalEntries: batch.journal.length,
  };
}

/** Whether the journal of the batch moves exactly these accounts, by these amounts. */
function moves(batch: PostingBatch, accounts: Readonly<Record<string, number>>): boolean {
  const sums = new Map<string, number>();
  for (const { account, amountCents } of batch.journal.flatMap(({ lines }) => lines)) {
    sums.set(account, (sums.get(account) ?? 0) + amountCents);
  }
  const names = new Set([...sums.keys(), ...Object.keys(accounts)]);
  return [...names].every((name) => (sums.get(name) ?? 0) === (accounts[name] ?? 0));
}

/** Moves the provider adjustments of a remittance that live elsewhere now, in or out of suspense with their items. */
async function repostAdjustments(
  app: App,
  actor: Actor,
  doc: RemittanceDoc,
  { known, rules, reason }: Pick<RepostInput, "known" | "rules" | "reason">,
  batch: PostingBatch,
  session: ClientSession,
): Promise<void> {
  const practice = app.store.practice(actor.practiceId);
  const entries = await standingAdjustments(practice, doc._id, session);
  const posted = known.named(doc.rules);
  for (const [index, plb] of doc.providerAdjustments.entries()) {
    const before = providerAdjustmentAccount(plb, posted);
    const after = providerAdjustmentAccount(plb, rules);
    if (before === after) continue;
    const place = `PLB[${index + 1}]`;
    const entry = entries.find((each) => each.place === place);
    if (entry !== undefined) {
      const at = { remittanceId: doc._id, place, effectiveDate: today(app) };
      const moved = entry.lines.map((line) =>
        line.account === before ? { ...line, account: after } : line,
      );
      const undoes = { entryId: entry._id, reason };
      batch.journal.push(
        journalDoc(app, entry.kind, reversed(entry.lines), { ...at, undoes }),
        journalDoc(app, entry.kind, moved, { ...at, replaces: entry._id }),
      );
    }
    if (before === "provider-adjustment-suspense") {
      await closeSuspense(app, actor, doc, plb, rules, session);
    }
    if (after === "provider-adjustment-suspense") {
      batch.drafts.push(
        draftPostingException({
          reason: "provider-adjustment-in-suspense",
          today: today(app),
          payer: { id: doc.header.payer.id ?? "", name: doc.header.payer.name },
          remittance: { traceNumber: doc.traceNumber, remittanceId: doc._id },
          amountCents: plb.amountCents,
          code: plb.reasonCode,
        }),
      );
    }
  }
}

async function standingAdjustments(
  practice: PracticeStore,
  remittanceId: string,
  session: ClientSession,
): Promise<JournalDoc[]> {
  const entries = await practice.journal.find({ claimId: null, remittanceId }, { session });
  const undone = new Set(entries.map(({ negates }) => negates));
  return entries.filter(
    ({ _id, kind, negates }) =>
      kind === "provider-adjustment" && negates === undefined && !undone.has(_id),
  );
}

async function closeSuspense(
  app: App,
  actor: Actor,
  { _id }: RemittanceDoc,
  { reasonCode, amountCents }: { readonly reasonCode: string; readonly amountCents: number },
  rules: PostingRules,
  session: ClientSession,
): Promise<void> {
  const items = await app.store
    .practice(actor.practiceId)
    .workItems.find({ remittanceId: _id, status: { $ne: "resolved" } }, { session });
  const item = items.find(
    (each) =>
      each.category === "provider-adjustment-in-suspense" &&
      each.reasonCode === reasonCode &&
      each.amountCents === amountCents,
  );
  if (item === undefined) return;
  const text = `Posting rules ${rules.version} know where it belongs.`;
  await closeItem(app, actor, item, "corrected", text, session);
}
