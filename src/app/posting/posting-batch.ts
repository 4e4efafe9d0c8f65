import type { ClientSession } from "mongoose";
import type { WorkItemDraft } from "../../billing/denials/index.ts";
import type {
  AdjudicationDoc,
  ClaimDoc,
  JournalDoc,
  ParkedPaymentDoc,
} from "../../platform/store/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { closeSettledItems, unsettledDrafts } from "../denials/close-settled-items.ts";
import { openItems } from "../denials/open-work-items.ts";
import type { Tell } from "../events.ts";

/** A claim with all that this transaction does to it. */
export interface OpenClaim {
  doc: ClaimDoc;
  readonly version: number;
  changed: boolean;
}

type New<T> = Omit<T, "practiceId">;

/** Everything one transaction will store, gathered before anything is written. */
export interface PostingBatch {
  readonly claims: Map<string, OpenClaim>;
  readonly adjudications: New<AdjudicationDoc>[];
  readonly journal: New<JournalDoc>[];
  readonly parked: New<ParkedPaymentDoc>[];
  readonly drafts: WorkItemDraft[];
  readonly audit: AuditDraft[];
}

/** A batch with these claims and nothing to write yet. */
export function newBatch(claims: Map<string, OpenClaim>): PostingBatch {
  return { claims, adjudications: [], journal: [], parked: [], drafts: [], audit: [] };
}

/** The claim that a decision names; it was loaded, or the decision could not name it. */
export function claimIn(batch: PostingBatch, claimId: string): OpenClaim {
  const open = batch.claims.get(claimId);
  if (open === undefined) throw new Error("a decision names a claim that was not loaded");
  return open;
}

/**
 * Writes the batch: append-only records first, then the projections, work items and audit events. While the
 * store writes one list, the next is made ready.
 */
export async function storeBatch(
  app: App,
  actor: Actor,
  batch: PostingBatch,
  session: ClientSession,
  tell: Tell,
): Promise<void> {
  const practice = app.store.practice(actor.practiceId);
  const changes = [...batch.claims.values()]
    .filter(({ changed }) => changed)
    .map(({ doc, version }) => ({ document: doc, version }));
  const adjudicated = practice.adjudications.insert(batch.adjudications, session);
  const journal = practice.journal.ready(batch.journal);
  await adjudicated;
  const journalled = practice.journal.insert(journal, session);
  const claims = practice.claims.ready(changes.map(({ document }) => document));
  await journalled;
  await practice.parkedPayments.insert(batch.parked, session);
  const claimOf = (claimId: string) => batch.claims.get(claimId)?.doc;
  await closeSettledItems(app, actor, batch.adjudications, claimOf, session);
  await practice.claims.replace(changes, session, claims);
  const drafts = unsettledDrafts(batch.drafts, batch.adjudications, claimOf);
  await openItems(app, actor, drafts, session, tell);
  await recordAudit(app, actor, batch.audit, session);
}
