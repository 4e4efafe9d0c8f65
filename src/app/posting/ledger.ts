import { ACCOUNTS, type Account } from "../../billing/ledger/index.ts";
import { type Cents, cents } from "../../billing/money/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";

const DAY_MS = 86_400_000;

/**
 * Every account with its balance in cents, debits positive; the total is zero. `asOf` asks what the books said at the
 * end of that day (UTC): entries are never changed, so that those recorded by then are the answer.
 */
export async function trialBalance(
  app: App,
  actor: Actor,
  { asOf }: { readonly asOf?: string } = {},
): Promise<TrialBalance> {
  const balance = await sumJournal(app, actor, asOf);
  await recordAudit(app, actor, {
    action: "ledger.read",
    entity: { type: "ledger", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    ...(asOf === undefined ? {} : { detail: { asOf } }),
  });
  return balance;
}

/** Account → balance, and the sum of them all. */
export interface TrialBalance {
  readonly accounts: Record<string, Cents>;
  readonly totalCents: Cents;
}

/** The instant at which a day (UTC) is over. */
export function endOf(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}

/** The journal added up by account, up to the end of a day when one is given. */
export async function sumJournal(app: App, actor: Actor, asOf?: string): Promise<TrialBalance> {
  const rows = await app.store
    .practice(actor.practiceId)
    .journal.aggregate<{ _id: Account; amountCents: number }>([
      ...(asOf === undefined ? [] : [{ $match: { at: { $lt: endOf(asOf) } } }]),
      { $unwind: "$lines" },
      { $group: { _id: "$lines.account", amountCents: { $sum: "$lines.amountCents" } } },
    ]);
  const found = new Map(rows.map(({ _id, amountCents }) => [_id, amountCents]));
  const accounts: Record<string, Cents> = {};
  let total = 0;
  for (const account of Object.keys(ACCOUNTS) as Account[]) {
    const amount = cents(found.get(account) ?? 0);
    found.delete(account);
    accounts[account] = amount;
    total += amount;
  }
  if (found.size > 0) throw new Error("the journal names an account that the chart does not have");
  return { accounts, totalCents: cents(total) };
}
