import {
  ACCOUNTS,
  type Account,
  claimAccount,
  journalBetween,
  liveAdjudications,
} from "../../billing/ledger/index.ts";
import {
  type PostingRules,
  postingRules,
  providerAdjustmentAccount,
  type RulesFile,
  rulesProblems,
  treatmentOf,
} from "../../billing/remits/index.ts";
import type { AdjudicationDoc, ClaimDoc, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { receivableOf } from "../claims/claim-projection.ts";
import { type Comparison, compareClaim, payerOf } from "../claims/replay-claim.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { type RulesOf, rulesOf } from "./rules-in-force.ts";
import { countedDecisions } from "./withdrawn-decisions.ts";

/** Claims decided again between two looks at the clock and the store. */
const CLAIMS_AT_ONCE = 200;

/** Which remittances are decided again: those paid (BPR16, else recorded) in these days, both included. */
export interface ReplayPeriod {
  readonly from?: string;
  readonly to?: string;
}

/** One reason of one payer that the new rules treat in another way; amounts as the payer signs them. */
export interface ReplayRow {
  readonly payer: string;
  readonly groupCode: string;
  readonly reasonCode: string;
  /** Treatment of a claim adjustment, account of a provider adjustment. */
  readonly before: string;
  readonly after: string;
  readonly times: number;
  readonly amountCents: number;
}

/** How the books would differ. Nothing of it is posted. */
export interface ReplayReport {
  readonly rules: string;
  /** The version in force. What was posted by others is compared with those. */
  readonly rulesBefore: string;
  readonly claims: number;
  readonly decisions: number;
  /** Claims and decisions that the new rules change. */
  readonly claimsChanged: number;
  readonly decisionsChanged: number;
  /** Decisions that stay as they are, because their claim was changed since. */
  readonly notReproduced: number;
  /** Decisions that posted and would wait on the exceptions desk. */
  readonly wouldWait: number;
  readonly itemsOpened: number;
  readonly itemsClosed: number;
  /** By how much each account would differ, debits positive; their sum is zero. */
  readonly accounts: Readonly<Record<string, number>>;
  readonly totalCents: number;
  readonly rows: readonly ReplayRow[];
}

/**
 * Decides the posted remittances of a period again under other rules, in memory, and says how claims, work items
 * and accounts would differ. Both sides are decided afresh, so that the rules are all that differs. The books are
 * not touched. Streams: memory does not grow with the number of claims.
 */
export async function replayLedger(
  app: App,
  actor: Actor,
  file: unknown,
  period: ReplayPeriod,
  tell: Tell,
): Promise<ReplayReport> {
  const { report } = await compareLedger(app, actor, readRules(file), period, tell);
  return report;
}

/** The rules that a file describes. `invalid`, with the place, for what is none. */
export function readRules(file: unknown): PostingRules {
  const [problem] = rulesProblems(file);
  if (problem !== undefined) throw new OperatingError("invalid", `In the rules, ${problem}.`);
  return postingRules(file as RulesFile);
}

/** The difference, and what it is of. */
export interface LedgerDifference {
  readonly report: ReplayReport;
  /** Claims with decisions, and remittances with provider adjustments, that come out in another way. */
  readonly claimIds: readonly string[];
  readonly remittanceIds: readonly string[];
}

/** Finds the difference; the audit trail tells that it was looked for. */
export async function compareLedger(
  app: App,
  actor: Actor,
  rules: PostingRules,
  period: ReplayPeriod,
  tell: Tell,
): Promise<LedgerDifference> {
  const practice = app.store.practice(actor.practiceId);
  const replay = new Replay(app, await rulesOf(practice), rules, period);
  const isCounted = await countedDecisions(practice);
  let some: ClaimDoc[] = [];
  const flush = async () => {
    const docs = await practice.adjudications.find({
      claimId: { $in: some.map(({ _id }) => _id) },
    });
    const counted = docs.filter(isCounted);
    for (const doc of some) {
      replay.claim(
        doc,
        counted.filter(({ claimId }) => claimId === doc._id),
      );
    }
    some = [];
    tell({ kind: "progress", claims: replay.claims });
  };
  for await (const doc of practice.claims.stream({ "status.adjudication": { $ne: "none" } })) {
    some.push(doc);
    if (some.length >= CLAIMS_AT_ONCE) await flush();
  }
  await flush();
  for await (const doc of practice.remittances.stream({ status: "posted" })) {
    replay.provider(doc);
  }
  await recordAudit(app, actor, {
    action: "ledger.replay",
    entity: { type: "ledger", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { rules: replay.rules.version, claims: replay.claims },
  });
  return replay.difference();
}

/** Whether a day is of the period. */
function covers({ from, to }: ReplayPeriod, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

/** A claim under the rules that posted it and under others, as far as it was decided in the period. */
export function compareInPeriod(
  app: App,
  doc: ClaimDoc,
  docs: readonly AdjudicationDoc[],
  period: ReplayPeriod,
  { known, rules }: { readonly known: RulesOf; readonly rules: PostingRules },
): Comparison {
  return compareClaim(
    app,
    doc,
    docs,
    ({ paymentDate, at }) => covers(period, paymentDate ?? at.toISOString().slice(0, 10)),
    { postedBy: (each) => known.named(each.rules), rules },
  );
}

/** Gathers the differences. */
class Replay {
  readonly rules: PostingRules;
  readonly #app: App;
  readonly #known: RulesOf;
  readonly #period: ReplayPeriod;
  readonly #claimIds: string[] = [];
  readonly #remittanceIds: string[] = [];
  readonly #accounts = new Map<Account, number>();
  readonly #rows = new Map<string, ReplayRow>();
  claims = 0;
  #decisions = 0;
  #decisionsChanged = 0;
  #notReproduced = 0;
  #wouldWait = 0;
  #itemsOpened = 0;
  #itemsClosed = 0;

  constructor(app: App, known: RulesOf, rules: PostingRules, period: ReplayPeriod) {
    this.#app = app;
    this.#known = known;
    this.rules = rules;
    this.#period = period;
  }

  /** Decides a claim by both rules and adds what differs. */
  claim(doc: ClaimDoc, docs: readonly AdjudicationDoc[]): void {
    const both = { known: this.#known, rules: this.rules };
    const compared = compareInPeriod(this.#app, doc, docs, this.#period, both);
    const { meant, before, after, changed } = compared;
    if (meant.length === 0) return;
    this.claims += 1;
    this.#decisions += meant.length;
    this.#notReproduced += compared.notReproduced.size;
    for (const posted of meant) this.#reasons(posted);
    this.#decisionsChanged += changed.length;
    if (changed.length > 0) this.#claimIds.push(doc._id);
    for (const id of after.parked.keys()) if (!before.parked.has(id)) this.#wouldWait += 1;
    for (const id of after.items.keys()) if (!before.items.has(id)) this.#itemsOpened += 1;
    for (const id of before.items.keys()) if (!after.items.has(id)) this.#itemsClosed += 1;
    const receivable = receivableOf(doc);
    const account = (side: typeof before) =>
      claimAccount(receivable, liveAdjudications(side.adjudications));
    for (const line of journalBetween(account(before), account(after))) {
      this.#move(line.account, line.amountCents);
    }
    // What would wait is parked like any other: its money is unapplied (POSTING M8).
    const waits = meant.filter(({ _id }) => after.parked.has(_id) && !before.parked.has(_id));
    for (const { paidCents } of waits) {
      this.#move("cash-in-transit", paidCents);
      this.#move("unapplied-insurance", -paidCents);
    }
  }

  /** Adds the provider adjustments of a remittance that would live elsewhere. */
  provider({ _id, header, at, rules, providerAdjustments }: RemittanceDoc): void {
    if (!covers(this.#period, header.paymentDate ?? at.toISOString().slice(0, 10))) return;
    const payer = header.payer.name;
    const posted = this.#known.named(rules);
    for (const plb of providerAdjustments) {
      const { reasonCode, amountCents } = plb;
      const before = providerAdjustmentAccount(plb, posted);
      const after = providerAdjustmentAccount(plb, this.rules);
      if (before === after) continue;
      if (this.#remittanceIds.at(-1) !== _id) this.#remittanceIds.push(_id);
      this.#row({ payer, groupCode: "PLB", reasonCode, before, after, times: 1, amountCents });
      this.#move(before, -amountCents);
      this.#move(after, amountCents);
      if (before === "provider-adjustment-suspense") this.#itemsClosed += 1;
      if (after === "provider-adjustment-suspense") this.#itemsOpened += 1;
    }
  }

  difference(): LedgerDifference {
    const [claimIds, remittanceIds] = [this.#claimIds, this.#remittanceIds];
    return { report: this.#report(), claimIds, remittanceIds };
  }

  #report(): ReplayReport {
    const names = Object.keys(ACCOUNTS) as Account[];
    const moved = names.filter((name) => (this.#accounts.get(name) ?? 0) !== 0);
    const accounts = moved.map((name) => [name, this.#accounts.get(name) ?? 0] as const);
    return {
      rules: this.rules.version,
      rulesBefore: this.#known.inForce.version,
      claims: this.claims,
      decisions: this.#decisions,
      claimsChanged: this.#claimIds.length,
      decisionsChanged: this.#decisionsChanged,
      notReproduced: this.#notReproduced,
      wouldWait: this.#wouldWait,
      itemsOpened: this.#itemsOpened,
      itemsClosed: this.#itemsClosed,
      accounts: Object.fromEntries(accounts),
      totalCents: accounts.reduce((sum, [, cents]) => sum + cents, 0),
      rows: [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
    };
  }

  /** The adjustments of a payment that are treated in another way. */
  #reasons(posted: AdjudicationDoc): void {
    const { payer, payment, rules } = posted;
    const before = this.#known.named(rules).treatment(payerOf(posted));
    const after = this.rules.treatment(payerOf(posted));
    for (const { adjustments } of [payment, ...payment.services]) {
      for (const adjustment of adjustments) {
        const was = treatmentOf(adjustment, before) ?? "";
        const is = treatmentOf(adjustment, after) ?? "";
        if (was === is) continue;
        const { groupCode, reasonCode, amountCents } = adjustment;
        const row = { groupCode, reasonCode, before: was, after: is, times: 1, amountCents };
        this.#row({ payer: payer.name, ...row });
      }
    }
  }

  #row(row: ReplayRow): void {
    const key = JSON.stringify([row.payer, row.groupCode, row.reasonCode, row.before, row.after]);
    const known = this.#rows.get(key);
    this.#rows.set(key, {
      ...row,
      times: row.times + (known?.times ?? 0),
      amountCents: row.amountCents + (known?.amountCents ?? 0),
    });
  }

  #move(account: Account, amountCents: number): void {
    this.#accounts.set(account, (this.#accounts.get(account) ?? 0) + amountCents);
  }
}
