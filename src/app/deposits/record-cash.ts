import { isCalendarDate } from "../../billing/denials/index.ts";
import { refundLines, reversed } from "../../billing/deposits/index.ts";
import { cents } from "../../billing/money/index.ts";
import type { DepositDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { journalDoc } from "../posting/journal-entry.ts";
import { changeDeposit, takeMatchBack } from "../posting/store-match.ts";
import { today } from "../today.ts";
import { depositRow, newDeposit } from "./deposit-record.ts";
import { matchDeposits } from "./match-deposits.ts";

/** Money as a person enters it. */
export interface CashInput {
  readonly amountCents: number;
  /** ISO calendar date. */
  readonly date: string;
  readonly payer?: string | undefined;
  readonly reference?: string | undefined;
  readonly traceNumbers?: readonly string[] | undefined;
  readonly originatorId?: string | undefined;
}

/** Enters a deposit by hand and matches it where that can be. */
export async function addDeposit(app: App, actor: Actor, input: CashInput, tell: Tell) {
  const doc = await record(app, actor, input, "deposit");
  tell({ kind: "deposit", ...depositRow(doc) });
  await matchDeposits(app, actor, [doc._id], tell);
  return depositRow(await loaded(app, actor, doc._id));
}

/**
 * Records a refund, money that we send back to a payer: it leaves cash and waits in refund in transit
 * until a PLB 72 acknowledges it (POSTING 7).
 */
export async function addRefund(app: App, actor: Actor, input: CashInput) {
  return depositRow(await record(app, actor, input, "refund"));
}

async function record(
  app: App,
  actor: Actor,
  input: CashInput,
  kind: DepositDoc["kind"],
): Promise<DepositDoc> {
  const { amountCents, date, payer, reference, traceNumbers = [], originatorId } = input;
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) {
    throw new OperatingError("invalid", "The amount is more than zero.");
  }
  if (!isCalendarDate(date)) throw new OperatingError("invalid", "The date is none.");
  const deposit = {
    amountCents: cents(amountCents),
    date,
    traces: traceNumbers.map((traceNumber) => ({ traceNumber, originatorId })),
    originatorId,
    payerName: payer,
    references: reference === undefined ? [] : [reference],
    text: undefined,
    // What a person enters twice is there twice; taking one back is a return.
    identity: `hand|${app.newId()}`,
  };
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = newDeposit(app, deposit, { kind, format: "hand", fileId: null });
    await practice.deposits.insert([doc], session);
    if (kind === "refund") {
      const lines = refundLines(doc.amountCents);
      const entry = journalDoc(app, "refund", lines, { depositId: doc._id, effectiveDate: date });
      await practice.journal.insert([entry], session);
    }
    await recordAudit(app, actor, auditOf(`${kind}.add`, doc), session);
    return { ...doc, practiceId: actor.practiceId };
  });
}

/**
 * The bank took a deposit back (NSF, stopped payment), or a refund came back: what it moved is reversed by
 * entries of its own, and the remittance that it paid is awaited again.
 */
export async function returnDeposit(
  app: App,
  actor: Actor,
  id: string,
  { reason, date }: { readonly reason: string; readonly date?: string | undefined },
) {
  const day = date ?? today(app);
  if (!isCalendarDate(day)) throw new OperatingError("invalid", "The date is none.");
  await app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await practice.deposits.findOne({ _id: id }, { session });
    if (doc === undefined) throw new OperatingError("not-found");
    if (doc.status === "returned") throw new OperatingError("state", "It was returned already.");
    if (doc.kind === "refund") {
      const lines = reversed(refundLines(doc.amountCents));
      const place = { depositId: doc._id, effectiveDate: day };
      await practice.journal.insert([journalDoc(app, "refund-reversal", lines, place)], session);
    }
    let version = doc.version;
    if (doc.matchId !== null) {
      await takeMatchBack(app, actor, doc.matchId, { reason, isRefused: false }, session);
      version += 1;
    }
    const change = { status: "returned", returned: { date: day, reason }, matchId: null };
    await changeDeposit(app, actor, id, version, change, session);
    await recordAudit(app, actor, auditOf(`${doc.kind}.return`, doc), session);
  });
  return depositRow(await loaded(app, actor, id));
}

/** Takes the match of a deposit back, with the reason why; the program does not make it again. */
export async function unmatchDeposit(
  app: App,
  actor: Actor,
  id: string,
  { reason }: { readonly reason: string },
) {
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  await app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await practice.deposits.findOne({ _id: id }, { session });
    if (doc === undefined) throw new OperatingError("not-found");
    if (doc.matchId === null) throw new OperatingError("state", "The deposit is not matched.");
    await takeMatchBack(app, actor, doc.matchId, { reason, isRefused: true }, session);
  });
  return depositRow(await loaded(app, actor, id));
}

async function loaded(app: App, actor: Actor, id: string): Promise<DepositDoc> {
  const doc = await app.store.practice(actor.practiceId).deposits.findOne({ _id: id });
  if (doc === undefined) throw new OperatingError("not-found");
  return doc;
}

function auditOf(action: string, doc: Omit<DepositDoc, "practiceId">) {
  return {
    action,
    entity: { type: doc.kind, id: doc._id },
    purpose: "payment" as const,
    outcome: "success" as const,
    detail: { amountCents: doc.amountCents },
  };
}
