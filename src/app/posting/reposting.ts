import type { ClientSession } from "mongoose";
import { standingAdjudications } from "../../billing/ledger/index.ts";
import { add, type Cents, subtract, ZERO } from "../../billing/money/index.ts";
import type { PostingRules } from "../../billing/remits/index.ts";
import type { AdjudicationDoc, PracticeStore, RemittanceDoc } from "../../platform/store/index.ts";
import type { App } from "../context.ts";
import type { PostingBatch } from "./posting-batch.ts";
import type { PostedClaim } from "./withdraw-payments.ts";

/** What one transaction does to make old postings follow other rules, gathered before anything is written. */
export class Reposting {
  readonly app: App;
  readonly batch: PostingBatch;
  readonly rules: PostingRules;
  readonly reason: string;
  /** Decisions that were undone → those in their place; null where the payment waits now. */
  readonly successors = new Map<string, string | null>();
  readonly #practice: PracticeStore;
  readonly #session: ClientSession;
  readonly #remittances = new Map<string, RemittanceDoc>();
  readonly #touched = new Set<string>();

  constructor(
    app: App,
    practice: PracticeStore,
    { rules, reason }: { readonly rules: PostingRules; readonly reason: string },
    batch: PostingBatch,
    session: ClientSession,
  ) {
    this.app = app;
    this.#practice = practice;
    this.rules = rules;
    this.reason = reason;
    this.batch = batch;
    this.#session = session;
  }

  /** The decisions of a claim that count, in the order in which they were posted. */
  standing({ doc, decisions }: PostedClaim): AdjudicationDoc[] {
    return standingAdjudications(doc.adjudications).flatMap(
      ({ id }) => decisions.find(({ _id }) => _id === id) ?? [],
    );
  }

  /** Reads the remittances that these decisions came from. */
  async load(decisions: readonly AdjudicationDoc[]): Promise<void> {
    await this.loadRemittances(decisions.map(({ remittanceId }) => remittanceId));
  }

  /** Reads remittances as they are before. */
  async loadRemittances(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#remittances.has(id));
    if (missing.length === 0) return;
    const docs = await this.#practice.remittances.find(
      { _id: { $in: missing } },
      { session: this.#session },
    );
    for (const doc of docs) this.#remittances.set(doc._id, doc);
  }

  /** A remittance as it is by now. */
  remittance(id: string): RemittanceDoc {
    const doc = this.#remittances.get(id);
    if (doc === undefined) throw new Error("a decision names a remittance that is not there");
    return doc;
  }

  /** The turn of the record that undoes a decision of it; what takes its place has the next one. */
  turnOf(id: string): number {
    return (this.remittance(id).turn ?? 0) + 1;
  }

  /** Marks a remittance as changed; a payment of it that waits now leaves what was posted. */
  touch(id: string, waits?: Cents): void {
    this.#touched.add(id);
    if (waits === undefined) return;
    const doc = this.remittance(id);
    this.#remittances.set(id, {
      ...doc,
      posted: doc.posted - 1,
      parked: doc.parked + 1,
      postedCents: subtract(doc.postedCents, waits),
      unappliedCents: add(doc.unappliedCents, waits),
    });
  }

  get touched(): number {
    return this.#touched.size;
  }

  /** Stores what changed of the remittances; `renewed` are those whose provider adjustments go by the rules now. */
  async storeRemittances(renewed: ReadonlySet<string>): Promise<void> {
    const entries = new Map<string, number>();
    for (const { remittanceId } of this.batch.journal) {
      if (remittanceId === null) continue;
      entries.set(remittanceId, (entries.get(remittanceId) ?? 0) + 1);
    }
    for (const id of this.#touched) {
      const { posted, parked, postedCents, unappliedCents, journalEntries } = this.remittance(id);
      const $set = {
        posted,
        parked,
        postedCents,
        unappliedCents,
        turn: this.turnOf(id) + 1,
        journalEntries: journalEntries + (entries.get(id) ?? ZERO),
        ...(renewed.has(id) ? { rules: this.rules.version } : {}),
      };
      await this.#practice.remittances.update({ _id: id }, { $set }, this.#session);
    }
  }
}
