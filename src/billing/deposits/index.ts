/**
 * Deposits: the money itself, and which remittance it pays (reassociation, CAQH CORE 370).
 *
 * Terminology
 * - deposit: money that came into the bank account: an ACH entry, a wire, a cheque.
 * - trace: TRN02 and TRN03, which EFT and ERA of one payment share.
 * - awaited: a posted remittance with money that no deposit has been matched to.
 * - match: deposits and remittances of equal sum, with the evidence that brought them together.
 * - difference: a fee that the bank kept or interest that it added, as a person says, with the reason.
 * - suggestion: what may belong together and is left to a person, with its reasons.
 * - returned: taken back by the bank (NSF); refund: money that we send back to a payer.
 * - late: waiting for the other half for more than three bank days.
 */
export { addBankDays, bankDaysBetween, isBankDay } from "./bank-days.ts";
export { CLOCK_RULE, dueDate, isLate } from "./clock.ts";
export type {
  Deposit,
  DepositDefect,
  DepositFile,
  DepositFormat,
  OtherItem,
  Trace,
} from "./deposit.ts";
export {
  type BankDifference,
  depositLines,
  differenceLines,
  excessOf,
  refundLines,
  reversed,
} from "./entries.ts";
export type { AwaitedRemittance, OpenDeposit } from "./evidence.ts";
export type { Suggestion } from "./find-sums.ts";
export { type Match, type MatchDecision, type MatchEvidence, matchDeposit } from "./match.ts";
export { readDeposits } from "./read-deposits.ts";
