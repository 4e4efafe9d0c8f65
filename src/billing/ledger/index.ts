/**
 * The ledger.
 *
 * Terminology
 * - receivable: what a claim charged for, line by line.
 * - adjudication: one payer decision on one claim, as posted; append-only.
 * - live: not taken back by a later reversal.
 * - withdrawn: unposted by a person, by a record of its own; standing: not withdrawn.
 * - claim account: where a claim's money stands, a pure function of its charges and live
 *   adjudications.
 * - journal entry: lines whose sum is zero; every one is the difference of two states.
 * - open: what payers still owe. credit: what a payer has paid too much.
 * - write-off: open money that a person gave up; not a payer's decision, and no part of one.
 * - contra: charge taken back because a replacement claim carries it now.
 */
export { ACCOUNTS, type Account } from "./account.ts";
export {
  type Adjudication,
  CLAIM_LEVEL,
  decidesLater,
  hasEffect,
  type LineAmounts,
  liveAdjudications,
  paidBy,
  type Sequence,
  standingAdjudications,
  type Triple,
  TURNS,
} from "./adjudication.ts";
export {
  type ClaimAccount,
  type ClaimTotals,
  claimAccount,
  type LineAccount,
  type Receivable,
  totalsOf,
} from "./claim-account.ts";
export {
  assertBalanced,
  type JournalDraft,
  type JournalKind,
  type JournalLine,
  journalBetween,
  transfer,
} from "./journal.ts";
export {
  spreadWriteOff,
  standingWriteOffs,
  type WriteOff,
  type WrittenOff,
} from "./write-off.ts";
