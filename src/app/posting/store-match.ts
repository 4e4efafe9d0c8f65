import type { ClientSession } from "mongoose";
import {
  type BankDifference,
  depositLines,
  differenceLines,
  excessOf,
  type MatchEvidence,
  reversed,
} from "../../billing/deposits/index.ts";
import { add, cents, sumOf } from "../../billing/money/index.ts";
import type { DepositDoc, DepositMatchDoc, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "../denials/close-work-item.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { journalDoc } from "./journal-entry.ts";

/** What belongs together, as loaded in the transaction that stores it. */
export interface MatchParts {
  readonly deposits: readonly DepositDoc[];
  readonly remittances: readonly RemittanceDoc[];
  /** What the bank kept or added, as a person says. */
  readonly differences?: readonly BankDifference[];
  readonly evidence: MatchEvidence;
}

/**
 * Stores a match: its record, one journal entry a remittance (cash in transit to cash) and one a fee or interest
 * of the bank, both sides' states, the end of work items that waited for it, and the audit event.
 */
export async function storeMatch(
  app: App,
  actor: Actor,
  { deposits, remittances, differences = [], evidence }: MatchParts,
  session: ClientSession,
  tell: Tell,
): Promise<Omit<DepositMatchDoc, "practiceId">> {
  const practice = app.store.practice(actor.practiceId);
  const match: Omit<DepositMatchDoc, "practiceId"> = {
    _id: app.newId(),
    depositIds: deposits.map(({ _id }) => _id),
    parts: remittances.map(({ _id, header }) => ({
      remittanceId: _id,
      amountCents: header.paymentCents,
    })),
    amountCents: sumOf(deposits, ({ amountCents }) => amountCents),
    ...(differences.length === 0 ? {} : { differences }),
    date:
      deposits
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? "",
    evidence,
    by: actor.id,
    status: "standing",
    takenBack: null,
    at: app.now(),
  };
  const paid = sumOf(match.parts, ({ amountCents }) => amountCents);
  if (add(paid, excessOf(differences)) !== match.amountCents)
    throw new Error("a match must be of equal sums, differences included");
  await practice.depositMatches.insert([match], session);
  await practice.journal.insert(entriesOf(app, match, true), session);
  for (const { _id, version } of deposits) {
    const change = { status: "matched", matchId: match._id, lateItemId: null };
    await changeDeposit(app, actor, _id, version, change, session);
  }
  for (const { _id } of remittances) {
    await changeRemittance(app, actor, _id, null, match._id, session);
  }
  const items = [...deposits, ...remittances].map(({ lateItemId }) => lateItemId);
  await closeLateItems(app, actor, items, session);
  await recordAudit(app, actor, auditOf("deposit.match", match), session);
  tell({
    kind: "match",
    id: match._id,
    depositIds: match.depositIds,
    traceNumbers: remittances.map(({ traceNumber }) => traceNumber),
    amountCents: match.amountCents,
    evidence,
  });
  return match;
}

/** What a standing match held, after it was taken back. */
export interface TakenBack {
  readonly match: DepositMatchDoc;
  readonly deposits: readonly DepositDoc[];
}

/**
 * Takes a standing match back by reversing entries. Both sides wait again; `isRefused` keeps the program
 * from making the same match once more.
 */
export async function takeMatchBack(
  app: App,
  actor: Actor,
  matchId: string,
  { reason, isRefused }: { readonly reason: string; readonly isRefused: boolean },
  session: ClientSession,
): Promise<TakenBack> {
  const practice = app.store.practice(actor.practiceId);
  const match = await practice.depositMatches.findOne({ _id: matchId }, { session });
  if (match?.status !== "standing") throw new Error("a deposit names a match that does not stand");
  const { depositIds, parts } = match;
  const deposits = await practice.deposits.find({ _id: { $in: depositIds } }, { session });
  await practice.journal.insert(entriesOf(app, match, false), session);
  const remittanceIds = parts.map(({ remittanceId }) => remittanceId);
  for (const { _id, version, refused } of deposits) {
    const change = {
      status: "unmatched",
      matchId: null,
      refused: isRefused ? [...new Set([...refused, ...remittanceIds])] : refused,
    };
    await changeDeposit(app, actor, _id, version, change, session);
  }
  for (const id of remittanceIds) await changeRemittance(app, actor, id, matchId, null, session);
  await practice.depositMatches.update(
    { _id: matchId },
    {
      $set: {
        status: "taken-back",
        takenBack: { at: app.now().toISOString(), by: actor.id, reason },
      },
    },
    session,
  );
  await recordAudit(app, actor, auditOf("deposit.unmatch", match), session);
  return { match, deposits };
}

/** The entries that a match makes, or those that take it back. */
function entriesOf(app: App, match: Omit<DepositMatchDoc, "practiceId">, isMade: boolean) {
  const place = {
    depositMatchId: match._id,
    effectiveDate: isMade ? match.date : app.now().toISOString().slice(0, 10),
  };
  const paid = match.parts.map(({ remittanceId, amountCents }) => {
    const lines = depositLines(cents(amountCents));
    const kind = isMade ? "deposit" : "deposit-reversal";
    return journalDoc(app, kind, isMade ? lines : reversed(lines), { ...place, remittanceId });
  });
  const kept = (match.differences ?? []).map((difference) => {
    const lines = differenceLines(difference);
    const kind = isMade ? "bank-difference" : "bank-difference-reversal";
    return journalDoc(app, kind, isMade ? lines : reversed(lines), place);
  });
  return [...paid, ...kept];
}

/** Changes a deposit at the version that was read. */
export async function changeDeposit(
  app: App,
  actor: Actor,
  id: string,
  version: number,
  change: Partial<DepositDoc> | Readonly<Record<string, unknown>>,
  session: ClientSession,
): Promise<void> {
  const { deposits } = app.store.practice(actor.practiceId);
  const set = { ...change, version: version + 1 };
  if (await deposits.update({ _id: id, version }, { $set: set }, session)) return;
  throw new OperatingError("stale");
}

async function changeRemittance(
  app: App,
  actor: Actor,
  id: string,
  from: string | null,
  to: string | null,
  session: ClientSession,
): Promise<void> {
  const { remittances } = app.store.practice(actor.practiceId);
  const change = { $set: { depositMatchId: to, lateItemId: null } };
  if (await remittances.update({ _id: id, depositMatchId: from }, change, session)) return;
  throw new OperatingError("stale");
}

/** Ends the work items of halves that were late and have come together. */
async function closeLateItems(
  app: App,
  actor: Actor,
  ids: readonly (string | null | undefined)[],
  session: ClientSession,
): Promise<void> {
  const known = ids.filter((id) => id !== null && id !== undefined);
  if (known.length === 0) return;
  const { workItems } = app.store.practice(actor.practiceId);
  for (const item of await workItems.find({ _id: { $in: known } }, { session })) {
    await closeItem(app, actor, item, "corrected", "Deposit and remittance were matched.", session);
  }
}

function auditOf(action: string, match: Omit<DepositMatchDoc, "practiceId">) {
  return {
    action,
    entity: { type: "deposit-match", id: match._id },
    purpose: "payment" as const,
    outcome: "success" as const,
    detail: {
      deposits: [...match.depositIds],
      remittances: match.parts.map(({ remittanceId }) => remittanceId),
      evidence: match.evidence,
      amountCents: match.amountCents,
      differences: (match.differences ?? []).map(({ kind, amountCents }) => ({
        kind,
        amountCents,
      })),
    },
  };
}
