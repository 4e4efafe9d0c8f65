import { isCalendarDate } from "../../billing/denials/index.ts";
import { refundLines, reversed } from "../../billing/deposits/index.ts";
import type { DepositDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { journalDoc } from "../posting/journal-entry.ts";
import { changeDeposit, takeMatchBack } from "../posting/store-match.ts";
import { today } from "../today.ts";
import { type CashInput, cashAudit, checkCash, storeCash } from "./cash-record.ts";
import { depositRow } from "./deposit-record.ts";
import { matchDeposits } from "./match-deposits.ts";

/** Enters a deposit by hand and matches it where that can be. */
export async function addDeposit(app: App, actor: Actor, input: CashInput, tell: Tell) {
  checkCash(input);
  const doc = await app.store.transaction((session) =>
    storeCash(app, actor, input, "deposit", session),
  );
  tell({ kind: "deposit", ...depositRow(doc) });
  await matchDeposits(app, actor, [doc._id], tell);
  return depositRow(await loaded(app, actor, doc._id));
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
    await recordAudit(app, actor, cashAudit(`${doc.kind}.return`, doc), session);
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
