import { type Account, type JournalLine, transfer } from "../ledger/index.ts";
import { type Cents, negate, subtract, sumOf } from "../money/index.ts";

/** Money that was in transit is in the bank. */
export function depositLines(amountCents: Cents): JournalLine[] {
  return transfer("cash", "cash-in-transit", amountCents);
}

/** What a bank keeps of a payment on its way, or adds to it. */
export interface BankDifference {
  readonly kind: "fee" | "interest";
  /** More than zero. */
  readonly amountCents: Cents;
  /** Why a person says so; the amount alone is no reason. */
  readonly reason: string;
}

/** What such a difference moves, debit first: each kind has an account of its own. */
const DIFFERENCE_ACCOUNTS: Readonly<Record<BankDifference["kind"], readonly [Account, Account]>> = {
  fee: ["bank-charges", "cash"],
  interest: ["cash", "bank-interest"],
};

/** A fee leaves the cash that the remittance had announced; interest comes on top of it. */
export function differenceLines({ kind, amountCents }: BankDifference): JournalLine[] {
  const [debit, credit] = DIFFERENCE_ACCOUNTS[kind];
  return transfer(debit, credit, amountCents);
}

/** By how much the deposits of a match exceed its remittances: its interest less its fees. */
export function excessOf(differences: readonly BankDifference[]): Cents {
  const sum = (of: BankDifference["kind"]) =>
    sumOf(
      differences.filter(({ kind }) => kind === of),
      ({ amountCents }) => amountCents,
    );
  return subtract(sum("interest"), sum("fee"));
}

/** Money that we send back to a payer; a PLB 72 of a later remittance acknowledges it (POSTING 7). */
export function refundLines(amountCents: Cents): JournalLine[] {
  return transfer("refund-in-transit", "cash", amountCents);
}

/** The exact negation of an entry: a match taken back, a deposit or refund returned. */
export function reversed(lines: readonly JournalLine[]): JournalLine[] {
  return lines.map((line) => ({ ...line, amountCents: negate(line.amountCents) }));
}
