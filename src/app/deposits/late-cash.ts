import { draftLateCash, type LateCashInput } from "../../billing/denials/index.ts";
import { CLOCK_RULE, dueDate, isLate } from "../../billing/deposits/index.ts";
import type { Cents } from "../../billing/money/index.ts";
import type { DepositDoc, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { openItems } from "../denials/open-work-items.ts";
import type { Happening, Tell } from "../events.ts";
import { changeDeposit } from "../posting/store-match.ts";
import { today } from "../today.ts";
import { isAwaited, MATCHABLE, moneyDate } from "./deposit-record.ts";
import { candidatesOf, matchAll } from "./match-deposits.ts";

/** One half of a payment whose other half is late. */
export interface LateHalf {
  readonly category: LateCashInput["category"];
  /** Of the deposit or the remittance that is there. */
  readonly id: string;
  readonly traceNumber: string | null;
  readonly payer: string;
  readonly amountCents: Cents;
  readonly date: string;
  /** The last day on which the other half was in time. */
  readonly dueDate: string;
  /** The work item about it, where one has been opened. */
  readonly workItemId: string | null;
}

/** Remittances that wait for their deposit, however long. */
const AWAITED = {
  depositMatchId: null,
  "header.paymentCents": { $gt: 0 },
  status: { $in: MATCHABLE },
};

/** Both halves that are late today, remittances first, each in the order in which it arrived. */
async function* lateHalves(app: App, actor: Actor): AsyncGenerator<LateHalf> {
  const practice = app.store.practice(actor.practiceId);
  const day = today(app);
  for await (const doc of practice.remittances.stream(AWAITED, { sort: { _id: 1 } })) {
    if (isLate(moneyDate(doc), day)) yield lateRemittance(doc);
  }
  for await (const doc of practice.deposits.stream({ status: "unmatched" }, { sort: { _id: 1 } })) {
    if (isLate(doc.date, day)) yield lateDeposit(doc);
  }
}

function lateRemittance(doc: RemittanceDoc): LateHalf {
  const date = moneyDate(doc);
  return {
    category: "missing-deposit",
    id: doc._id,
    traceNumber: doc.traceNumber,
    payer: doc.header.payer.name,
    amountCents: doc.header.paymentCents,
    date,
    dueDate: dueDate(date),
    workItemId: doc.lateItemId ?? null,
  };
}

function lateDeposit(doc: DepositDoc): LateHalf {
  return {
    category: "missing-remittance",
    id: doc._id,
    traceNumber: doc.traces[0]?.traceNumber ?? null,
    payer: doc.payerName ?? "",
    amountCents: doc.amountCents,
    date: doc.date,
    dueDate: dueDate(doc.date),
    workItemId: doc.lateItemId,
  };
}

/** How many late halves a list names; its sums are of all. */
const LISTED_MAX = 1000;

/** What is late by CORE 370, with the sums of each side. */
export async function listLate(app: App, actor: Actor) {
  const items: LateHalf[] = [];
  const sums = { late: 0, missingDepositCents: 0, missingRemittanceCents: 0 };
  for await (const half of lateHalves(app, actor)) {
    sums.late += 1;
    if (half.category === "missing-deposit") sums.missingDepositCents += half.amountCents;
    else sums.missingRemittanceCents += half.amountCents;
    if (items.length < LISTED_MAX) items.push(half);
  }
  await recordAudit(app, actor, {
    action: "deposit.late",
    entity: { type: "deposit", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: { late: sums.late },
  });
  return { rule: CLOCK_RULE, today: today(app), items, ...sums };
}

/**
 * The daily look: matches what can be matched by now, then opens a work item for each half that is late and
 * has none. A practice that brings in no deposits has no clock; remittances from before its first deposit
 * were settled elsewhere. Doing it again opens nothing twice.
 */
export async function openLateItems(
  app: App,
  actor: Actor,
  tell: Tell,
): Promise<{ readonly matched: number; readonly opened: number }> {
  const { matched } = await matchAll(app, actor, tell);
  const practice = app.store.practice(actor.practiceId);
  const first = await practice.deposits.findOne({ kind: "deposit" }, { sort: { date: 1 } });
  let opened = 0;
  for await (const half of lateHalves(app, actor)) {
    if (half.workItemId !== null || first === undefined || half.date < first.date) continue;
    if (await openLate(app, actor, half, tell)) opened += 1;
  }
  return { matched, opened };
}

/** Opens the work item of one half that is still late; false when that has changed meanwhile. */
async function openLate(app: App, actor: Actor, half: LateHalf, tell: Tell): Promise<boolean> {
  const told: Happening[] = [];
  const isOpened = await app.store.transaction(async (session) => {
    told.length = 0;
    const practice = app.store.practice(actor.practiceId);
    const common = {
      category: half.category,
      traceNumber: half.traceNumber ?? undefined,
      amountCents: half.amountCents,
      date: half.date,
      dueDate: half.dueDate,
      rule: CLOCK_RULE,
    };
    const open = async (input: Pick<LateCashInput, "payer" | "remittanceId" | "depositId">) => {
      const drafts = [draftLateCash({ ...common, ...input })];
      const [item] = await openItems(app, actor, drafts, session, (one) => told.push(one));
      return item?.id ?? null;
    };
    if (half.category === "missing-deposit") {
      const doc = await practice.remittances.findOne({ _id: half.id }, { session });
      if (doc === undefined || !isAwaited(doc) || typeof doc.lateItemId === "string") return false;
      const { id = "", name } = doc.header.payer;
      const lateItemId = await open({ payer: { id, name }, remittanceId: doc._id });
      await practice.remittances.update({ _id: doc._id }, { $set: { lateItemId } }, session);
      return true;
    }
    const doc = await practice.deposits.findOne({ _id: half.id }, { session });
    if (doc?.status !== "unmatched" || doc.lateItemId !== null) return false;
    // Its remittance came and is parked: that has a work item of its own.
    const numbers = new Set(doc.traces.map(({ traceNumber }) => traceNumber));
    const named = await candidatesOf(app, actor, doc, session);
    const isParked = named.some(
      (each) => numbers.has(each.traceNumber) && each.status === "parked",
    );
    if (isParked) return false;
    const payer = { id: doc.originatorId ?? "", name: doc.payerName ?? "" };
    const lateItemId = await open({ payer, depositId: doc._id });
    await changeDeposit(app, actor, doc._id, doc.version, { lateItemId }, session);
    return true;
  });
  for (const one of told) tell(one);
  return isOpened;
}
