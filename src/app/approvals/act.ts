import type { ClientSession } from "mongoose";
import type { Account, JournalLine } from "../../billing/ledger/index.ts";
import type { Actor, App } from "../context.ts";

/** What an act will do, worked out before it is done, without doing it. */
export interface Effect {
  readonly subject: { readonly type: string; readonly id: string };
  readonly patientId?: string | undefined;
  /** What it moves; null for an act that moves no money and always takes two people. */
  readonly amountCents: number | null;
  readonly lines: readonly JournalLine[];
  /** All that the effect was worked out from, as JSON: the same at the decision, or the ground has moved. */
  readonly ground: unknown;
}

/** By whose word an act is carried out. */
export interface Authority {
  readonly requestedBy: string;
  /** Null below the limit. */
  readonly approvalId: string | null;
}

/** Something that may take two people. */
export interface Act<Input = never, Done = unknown> {
  /** What it will do. Refuses what cannot be done: `not-found`, `invalid`, `state`. */
  readonly effect: (
    app: App,
    actor: Actor,
    input: Input,
    session: ClientSession,
  ) => Promise<Effect>;
  /** Does it, with its audit event, in the transaction. */
  readonly carryOut: (
    app: App,
    actor: Actor,
    input: Input,
    authority: Authority,
    session: ClientSession,
  ) => Promise<Done>;
}

/** What of the input everybody who asks has to say: why. */
export interface Asked {
  /** In words; may name a patient, and so is stored sealed. */
  readonly reason: string;
}

/** The sums of journal lines by account. */
export function byAccount(lines: readonly JournalLine[]): Partial<Record<Account, number>> {
  const sums: Partial<Record<Account, number>> = {};
  for (const { account, amountCents } of lines) sums[account] = (sums[account] ?? 0) + amountCents;
  return sums;
}
