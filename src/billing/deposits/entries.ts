import { type JournalLine, transfer } from "../ledger/index.ts";
import { type Cents, negate } from "../money/index.ts";

/** Money that was in transit is in the bank. */
export function depositLines(amountCents: Cents): JournalLine[] {
  return transfer("cash", "cash-in-transit", amountCents);
}

/** Money that we send back to a payer; a PLB 72 of a later remittance acknowledges it (POSTING 7). */
export function refundLines(amountCents: Cents): JournalLine[] {
  return transfer("refund-in-transit", "cash", amountCents);
}

/** The exact negation of an entry: a match taken back, a deposit or refund returned. */
export function reversed(lines: readonly JournalLine[]): JournalLine[] {
  return lines.map((line) => ({ ...line, amountCents: negate(line.amountCents) }));
}
