import { type Cents, cents, negate, ZERO } from "../money/index.ts";
import type { Account } from "./account.ts";
import type { ClaimAccount, LineAccount } from "./claim-account.ts";

/** One line of a journal entry: a debit when positive, a credit when negative. */
export interface JournalLine {
  readonly account: Account;
  readonly amountCents: Cents;
  /** The service line it concerns; absent for amounts of the claim as a whole and of no claim. */
  readonly lineControlNumber?: string;
}

/** What a journal entry records. */
export type JournalKind =
  | "charge"
  | "payment"
  | "reversal"
  | "release"
  | "unapplied"
  | "provider-adjustment"
  | "superseded"
  | "deposit"
  | "deposit-reversal"
  | "bank-difference"
  | "bank-difference-reversal"
  | "refund"
  | "refund-reversal"
  | "write-off"
  | "write-off-reversal";

/** A journal entry before it has an id: lines whose sum is zero. */
export interface JournalDraft {
  readonly kind: JournalKind;
  readonly lines: readonly JournalLine[];
}

/** Which account a line's amounts live in, apart from cash and revenue. */
const LINE_ACCOUNTS: readonly (readonly [Account, (line: LineAccount) => Cents])[] = [
  ["ar-insurance", (line) => line.openCents],
  ["ar-patient", (line) => line.patientCents],
  ["contractual", (line) => line.contractualCents],
  ["sequestration", (line) => line.sequestrationCents],
  ["other-adjustment", (line) => line.otherCents],
  ["write-off", (line) => line.writtenOffCents ?? ZERO],
];

const EMPTY: ClaimAccount = { lines: [] };

/**
 * The journal lines that lead from one state of a claim's account to another; their sum is zero.
 * `cash` is where the paid amounts come from: cash in transit, or unapplied when a parked payment
 * is released.
 */
export function journalBetween(
  before: ClaimAccount | undefined,
  after: ClaimAccount,
  cash: Account = "cash-in-transit",
): JournalLine[] {
  const earlier = new Map(
    (before ?? EMPTY).lines.map((line) => [line.lineControlNumber, line] as const),
  );
  const lines: JournalLine[] = [];
  for (const line of after.lines) {
    const was = earlier.get(line.lineControlNumber);
    earlier.delete(line.lineControlNumber);
    pushChange(lines, line.lineControlNumber, was, line, cash);
  }
  for (const was of earlier.values())
    pushChange(lines, was.lineControlNumber, was, undefined, cash);
  assertBalanced(lines);
  return lines;
}

function pushChange(
  lines: JournalLine[],
  lineControlNumber: string,
  before: LineAccount | undefined,
  after: LineAccount | undefined,
  cash: Account,
): void {
  const change = (amount: (line: LineAccount) => number) =>
    cents((after ? amount(after) : 0) - (before ? amount(before) : 0));
  const push = (account: Account, amountCents: Cents) => {
    if (amountCents === 0) return;
    lines.push(
      lineControlNumber === ""
        ? { account, amountCents }
        : { account, amountCents, lineControlNumber },
    );
  };
  push(
    cash,
    change((line) => line.paidCents),
  );
  for (const [account, amount] of LINE_ACCOUNTS) push(account, change(amount));
  push("revenue", negate(change((line) => line.chargeCents - line.contraCents)));
}

/**
 * Asserts that debits equal credits; an entry that does not is a programmer's error and never
 * leaves.
 */
export function assertBalanced(lines: readonly JournalLine[]): void {
  let total = 0;
  for (const line of lines) total += line.amountCents;
  if (total !== 0) throw new Error(`journal entry is off balance by ${total} cents`);
}

/**
 * An entry that moves one amount from a credit account to a debit account; no lines when it is
 * zero.
 */
export function transfer(debit: Account, credit: Account, amountCents: Cents): JournalLine[] {
  if (amountCents === 0) return [];
  return [
    { account: debit, amountCents },
    { account: credit, amountCents: negate(amountCents) },
  ];
}
