import { isDeepStrictEqual } from "node:util";
import {
  ACCOUNTS,
  type Account,
  claimAccount,
  journalBetween,
  liveAdjudications,
} from "../../billing/ledger/index.ts";
import {
  BUILT_IN_RULES,
  type PostingRules,
  postingRules,
  type RulesFile,
  rulesProblems,
  treatmentOf,
} from "../../billing/remits/index.ts";
import type { AdjudicationDoc, ClaimDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { receivableOf } from "../claims/claim-projection.ts";
import { type Redecided, redecide } from "../claims/replay-claim.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
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
  const [problem] = rulesProblems(file);
  if (problem !== undefined) throw new OperatingError("invalid", `In the rules, ${problem}.`);
  const replay = new Replay(app, postingRules(file as RulesFile), period);
  const practice = app.store.practice(actor.practiceId);
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
    const day = doc.header.paymentDate ?? doc.at.toISOString().slice(0, 10);
    if (!replay.covers(day)) continue;
    for (const plb of doc.providerAdjustments) replay.provider(doc.header.payer.name, plb);
  }
  await recordAudit(app, actor, {
    action: "ledger.replay",
    entity: { type: "ledger", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { rules: replay.rules.version, claims: replay.claims },
  });
  return replay.report();
}

/** Decisions that the rules in force do not reach again, because their claim was changed since: these stay. */
function notReproduced(meant: readonly AdjudicationDoc[], side: Redecided): ReadonlySet<string> {
  const lines = new Map(side.adjudications.map((each) => [each.id, each.lines]));
  return new Set(
    meant
      .filter(({ _id, adjudication }) => !isDeepStrictEqual(lines.get(_id), adjudication.lines))
      .map(({ _id }) => _id),
  );
}

/** Gathers the differences. */
class Replay {
  readonly rules: PostingRules;
  readonly #app: App;
  readonly #period: ReplayPeriod;
  readonly #accounts = new Map<Account, number>();
  readonly #rows = new Map<string, ReplayRow>();
  claims = 0;
  #decisions = 0;
  #claimsChanged = 0;
  #decisionsChanged = 0;
  #notReproduced = 0;
  #wouldWait = 0;
  #itemsOpened = 0;
  #itemsClosed = 0;

  constructor(app: App, rules: PostingRules, period: ReplayPeriod) {
    this.#app = app;
    this.rules = rules;
    this.#period = period;
  }

  /** Whether a day is of the period. */
  covers(day: string): boolean {
    const { from, to } = this.#period;
    return (from === undefined || from <= day) && (to === undefined || day <= to);
  }

  /** Decides a claim by both rules and adds what differs. */
  claim(doc: ClaimDoc, docs: readonly AdjudicationDoc[]): void {
    const isOfPeriod = ({ paymentDate, at }: AdjudicationDoc) =>
      this.covers(paymentDate ?? at.toISOString().slice(0, 10));
    const meant = docs.filter(isOfPeriod);
    if (meant.length === 0) return;
    this.claims += 1;
    this.#decisions += meant.length;
    const first = redecide(this.#app, doc, docs, isOfPeriod, BUILT_IN_RULES);
    const stays = notReproduced(meant, first);
    this.#notReproduced += stays.size;
    const isMeant = (each: AdjudicationDoc) => isOfPeriod(each) && !stays.has(each._id);
    const before =
      stays.size === 0 ? first : redecide(this.#app, doc, docs, isMeant, BUILT_IN_RULES);
    const after = redecide(this.#app, doc, docs, isMeant, this.rules);
    const old = new Map(before.adjudications.map((each) => [each.id, each.lines]));
    const changed = meant.filter(({ _id }) => {
      const now = after.adjudications.find(({ id }) => id === _id)?.lines;
      return !isDeepStrictEqual(old.get(_id), now);
    });
    for (const posted of meant) this.#reasons(posted);
    this.#decisionsChanged += changed.length;
    if (changed.length > 0) this.#claimsChanged += 1;
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

  /** Adds a provider adjustment that would live elsewhere. */
  provider(
    payer: string,
    plb: { readonly reasonCode: string; readonly amountCents: number },
  ): void {
    const { reasonCode, amountCents } = plb;
    const before = BUILT_IN_RULES.account(reasonCode) ?? "provider-adjustment-suspense";
    const after = this.rules.account(reasonCode) ?? "provider-adjustment-suspense";
    if (before === after) return;
    this.#row({ payer, groupCode: "PLB", reasonCode, before, after, times: 1, amountCents });
    this.#move(before, -amountCents);
    this.#move(after, amountCents);
    if (before === "provider-adjustment-suspense") this.#itemsClosed += 1;
    if (after === "provider-adjustment-suspense") this.#itemsOpened += 1;
  }

  report(): ReplayReport {
    const names = Object.keys(ACCOUNTS) as Account[];
    const moved = names.filter((name) => (this.#accounts.get(name) ?? 0) !== 0);
    const accounts = moved.map((name) => [name, this.#accounts.get(name) ?? 0] as const);
    return {
      rules: this.rules.version,
      rulesBefore: BUILT_IN_RULES.version,
      claims: this.claims,
      decisions: this.#decisions,
      claimsChanged: this.#claimsChanged,
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
  #reasons({ payer, payment }: AdjudicationDoc): void {
    const of = { name: payer.name, id: payer.id };
    const before = BUILT_IN_RULES.treatment(of);
    const after = this.rules.treatment(of);
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
