import { type Cents, cents, negate, sumOf, ZERO } from "../billing/money/index.ts";
import { addDays, compactDate } from "./calendar.ts";
import type { ClaimDecision } from "./decision.ts";
import type { SamplePayer } from "./payers.ts";
import { shortCode } from "./random.ts";

/** One reason and amount of a PLB; positive takes money from the payment (RFI 2184). */
export interface PlbEntry {
  readonly reasonCode: "FB" | "WO" | "L6";
  readonly reference: string;
  readonly amountCents: Cents;
}

/** One payment to come: one ST of an 835. */
export interface Payment {
  readonly payer: SamplePayer;
  readonly round: number;
  /** BPR16 and DTM*405, ISO calendar date. */
  readonly date: string;
  /** TRN02, unique for each payment. */
  readonly traceNumber: string;
  readonly decisions: readonly ClaimDecision[];
  readonly plb: readonly PlbEntry[];
  /** BPR02. */
  readonly paymentCents: Cents;
  /** What BPR02 is too high, when the payment is wrong on purpose; 0 otherwise. */
  readonly residualCents: Cents;
}

/** A decision with the payday on which it is told, counted from 0. */
export interface ScheduledDecision {
  readonly decision: ClaimDecision;
  readonly payer: SamplePayer;
  readonly round: number;
  /** The payer lets the practice keep the money of this reversal until a later payday (RFI 227). */
  readonly recoveredLater?: boolean;
}

/** When the payments of an answer are made, and what makes their numbers unique. */
export interface PaymentCalendar {
  /** The day on which the claims came in, ISO calendar date. */
  readonly received: string;
  /** No payment is later than this day. */
  readonly today: string;
  /** Tells this answer from others. */
  readonly run: string;
}

const FIRST_PAYDAY = 6;
const PAYDAY_EVERY = 7;

/** The payday of a round: a week apart, none after today. */
function paydayOf(round: number, calendar: PaymentCalendar): string {
  const date = addDays(calendar.received, FIRST_PAYDAY + round * PAYDAY_EVERY);
  if (date > calendar.today) return calendar.today;
  return date;
}

/**
 * The payments that tell these decisions: one for each payer, payee and payday, each balanced by
 * BPR02 = Σ CLP04 − Σ PLB. What nets below zero is carried forward (PLB FB) and taken from a later
 * payment.
 */
export function planPayments(
  scheduled: readonly ScheduledDecision[],
  calendar: PaymentCalendar,
): Payment[] {
  const groups = new Map<string, ScheduledDecision[]>();
  for (const entry of scheduled) {
    const key = groupKey(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const debts = new Map<string, PlbEntry[]>();
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group], index) => payment(group, index + 1, calendar, debts));
}

/** Round, payer and payee; a payer by check tells what it refuses in a notice of its own. */
function groupKey({ round, payer, decision }: ScheduledDecision): string {
  const refused = decision.paidCents === 0 && payer.paymentMethod === "CHK";
  const notice = refused ? "notice" : "payment";
  return `${round}|${payer.id}|${decision.claim.billingProvider.npi}|${notice}`;
}

function payment(
  group: readonly ScheduledDecision[],
  ordinal: number,
  calendar: PaymentCalendar,
  debts: Map<string, PlbEntry[]>,
): Payment {
  const [first] = group;
  if (first === undefined) throw new RangeError("a payment tells a decision at least");
  const { payer, round } = first;
  const date = paydayOf(round, calendar);
  const number = String(ordinal).padStart(3, "0");
  const traceNumber = `${payer.id}${compactDate(date).slice(2)}${calendar.run}${number}`;
  const decisions = group.map(({ decision }) => decision);
  const debtor = `${payer.id}|${first.decision.claim.billingProvider.npi}`;
  const owed = debts.get(debtor) ?? [];
  const own = ownEntries(group);
  const available = sumOf(decisions, ({ paidCents }) => paidCents) - sumOfPlb(own);
  const taken = takeFrom(owed, available);
  const net = cents(available - sumOfPlb(taken));
  const forwarded: PlbEntry[] =
    net < 0 ? [{ reasonCode: "FB", reference: traceNumber, amountCents: net }] : [];
  const opened = [...own.filter(({ reasonCode }) => reasonCode === "WO"), ...forwarded];
  debts.set(debtor, [...stillOwed(owed, taken), ...opened.map(asDebt)]);
  return {
    payer,
    round,
    date,
    traceNumber,
    decisions,
    plb: [...own, ...taken, ...forwarded],
    paymentCents: net < 0 ? ZERO : net,
    residualCents: ZERO,
  };
}

/** Interest paid, and the recoveries that wait: both add to the payment, so both are negative. */
function ownEntries(group: readonly ScheduledDecision[]): PlbEntry[] {
  return group.flatMap(({ decision, recoveredLater }) => {
    const reference = decision.payerClaimControlNumber;
    const entries: PlbEntry[] = [];
    if (decision.interestCents !== 0) {
      const amountCents = negate(decision.interestCents);
      entries.push({ reasonCode: "L6", reference, amountCents });
    }
    if (recoveredLater === true) {
      entries.push({ reasonCode: "WO", reference, amountCents: decision.paidCents });
    }
    return entries;
  });
}

function asDebt(entry: PlbEntry): PlbEntry {
  return { ...entry, amountCents: negate(entry.amountCents) };
}

/** What of the debts this payment can bear, in their order, each wholly or in part. */
function takeFrom(owed: readonly PlbEntry[], available: number): PlbEntry[] {
  let left = available;
  const taken: PlbEntry[] = [];
  for (const debt of owed) {
    const amountCents = cents(Math.min(debt.amountCents, Math.max(left, 0)));
    left -= amountCents;
    if (amountCents > 0) taken.push({ ...debt, amountCents });
  }
  return taken;
}

function stillOwed(owed: readonly PlbEntry[], taken: readonly PlbEntry[]): PlbEntry[] {
  return owed.flatMap((debt) => {
    const paid = taken.find(
      ({ reasonCode, reference }) => reasonCode === debt.reasonCode && reference === debt.reference,
    );
    const amountCents = cents(debt.amountCents - (paid?.amountCents ?? 0));
    return amountCents > 0 ? [{ ...debt, amountCents }] : [];
  });
}

function sumOfPlb(entries: readonly PlbEntry[]): Cents {
  return sumOf(entries, ({ amountCents }) => amountCents);
}

/** A short code that tells one answer from another. */
export function runCode(text: string): string {
  return shortCode(text, 5);
}
