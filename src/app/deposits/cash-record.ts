import type { ClientSession } from "mongoose";
import { isCalendarDate } from "../../billing/denials/index.ts";
import { refundLines } from "../../billing/deposits/index.ts";
import { cents } from "../../billing/money/index.ts";
import type { DepositDoc } from "../../platform/store/index.ts";
import type { Authority } from "../approvals/act.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { journalDoc } from "../posting/journal-entry.ts";
import { newDeposit } from "./deposit-record.ts";

/** Money as a person enters it. */
export interface CashInput {
  readonly amountCents: number;
  /** ISO calendar date. */
  readonly date: string;
  readonly payer?: string | undefined;
  readonly reference?: string | undefined;
  readonly traceNumbers?: readonly string[] | undefined;
  readonly originatorId?: string | undefined;
  /** Why, where a second person has to be told. */
  readonly reason?: string | undefined;
}

/** `invalid` for an amount or a date that is none. */
export function checkCash({ amountCents, date }: CashInput): void {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) {
    throw new OperatingError("invalid", "The amount is more than zero.");
  }
  if (!isCalendarDate(date)) throw new OperatingError("invalid", "The date is none.");
}

/** Stores a deposit or refund that a person entered, with the entry and the audit event that go with it. */
export async function storeCash(
  app: App,
  actor: Actor,
  input: CashInput,
  kind: DepositDoc["kind"],
  session: ClientSession,
  authority?: Authority,
): Promise<DepositDoc> {
  const { amountCents, date, payer, reference, traceNumbers = [], originatorId } = input;
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
  const practice = app.store.practice(actor.practiceId);
  const doc = newDeposit(app, deposit, { kind, format: "hand", fileId: null });
  await practice.deposits.insert([doc], session);
  if (kind === "refund") {
    const lines = refundLines(doc.amountCents);
    const entry = journalDoc(app, "refund", lines, { depositId: doc._id, effectiveDate: date });
    await practice.journal.insert([entry], session);
  }
  await recordAudit(app, actor, cashAudit(`${kind}.add`, doc, authority), session);
  return { ...doc, practiceId: actor.practiceId };
}

/** The audit event of what was done with a deposit or refund. */
export function cashAudit(
  action: string,
  doc: Omit<DepositDoc, "practiceId">,
  authority?: Authority,
) {
  return {
    action,
    entity: { type: doc.kind, id: doc._id },
    purpose: "payment" as const,
    outcome: "success" as const,
    detail: { amountCents: doc.amountCents, ...authority },
  };
}
