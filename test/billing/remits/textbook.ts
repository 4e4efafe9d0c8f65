/**
 * The bookkeeping of a small practice, as a textbook shows it: claims and remittances are short
 * texts, and what the ledger then says is text again, so that a biller can check every test on
 * paper.
 */
import { expect } from "chai";
import type { ClaimLine, ClaimPayer } from "../../../src/billing/claims/claim.ts";
import {
  ACCOUNTS,
  type Account,
  assertBalanced,
  type ClaimAccount,
  claimAccount,
  type JournalLine,
  type LineAccount,
  liveAdjudications,
  type Sequence,
  transfer,
} from "../../../src/billing/ledger/index.ts";
import { type Cents, parseAmount, sumOf } from "../../../src/billing/money/index.ts";
import {
  BUILT_IN_RULES,
  type ClaimDecision,
  type ClaimPayment,
  type KnownClaim,
  type ParkReason,
  planPayments,
  providerAdjustmentLines,
  type Remittance,
  readClaimPayment,
  readRemittance,
  receivableOf,
  refusalOf,
  SELF_RELEASING,
  splitClaims,
} from "../../../src/billing/remits/index.ts";
import { readEdiSync } from "../../../src/edi/guides/index.ts";

/** The payers of every claim here, in order of responsibility. */
export const PAYERS: Readonly<Record<Sequence, ClaimPayer>> = {
  P: { sequence: "P", id: "GRANITE", name: "GRANITE HEALTH", filingIndicatorCode: "CI" },
  S: { sequence: "S", id: "MEDICAID", name: "STATE MEDICAID", filingIndicatorCode: "MC" },
  T: { sequence: "T", id: "VETERANS", name: "VETERANS AID", filingIndicatorCode: "VA" },
};

/** What a claim text leaves out. */
interface ClaimOptions {
  /** The payers of the claim, by default all three; the first is the one it was sent to. */
  readonly payers?: readonly ClaimPayer[];
  readonly superseded?: boolean;
}

/**
 * `claim("A1", "100.00 99213-25 x1", "50.00 85025 2026-01-05", "80.00 rev 0450")`: lines 1, 2, 3.
 */
export function claim(number: string, ...lines: readonly string[]): KnownClaim {
  return claimWith({}, number, ...lines);
}

/** A claim whose payers or fate differ from the usual. */
export function claimWith(
  options: ClaimOptions,
  number: string,
  ...lines: readonly string[]
): KnownClaim {
  const payers = options.payers ?? Object.values(PAYERS);
  return {
    claimId: number,
    payers,
    sentTo: payers[0]?.sequence ?? "P",
    lines: lines.map((text, index) => claimLine(text, index + 1)),
    superseded: options.superseded ?? false,
    adjudications: [],
  };
}

function claimLine(text: string, lineNumber: number): ClaimLine {
  const pattern =
    /^([\d.]+)(?: (?!rev )([A-Z\d]+)((?:-\w\w)*))?(?: rev (\d+))?(?: x(\d+))?(?: ([\d-]{10}))?$/;
  const [, amount = "", code = "", modifiers = "", revenueCode, units = "1", date] =
    pattern.exec(text) ?? [];
  const chargeCents = parseAmount(amount);
  if (chargeCents === undefined) throw new Error(`not a claim line: ${text}`);
  return {
    lineNumber,
    lineControlNumber: String(lineNumber),
    procedureQualifier: code === "" ? "NU" : "HC",
    procedureCode: code,
    modifiers: modifiers.split("-").filter((modifier) => modifier !== ""),
    revenueCode,
    chargeCents,
    units,
    serviceDateFrom: date,
    serviceDateTo: date,
    diagnosisPointers: [1],
  };
}

/** What a remittance text leaves out. */
export interface RemittanceOptions {
  /** Who pays, by default the primary payer. */
  readonly from?: Sequence | { readonly id: string; readonly name: string };
  /** BPR02; by default what balances: the sum of CLP04 less the PLB amounts. */
  readonly pays?: string;
  /** BPR01 and BPR04. */
  readonly handling?: string;
  readonly method?: string;
  readonly trace?: string;
  /** BPR16. */
  readonly date?: string;
  /** SE01; by default the true count. */
  readonly segments?: number;
}

/** A remittance as it was read, and whether its set is whole. */
export interface ReadBack {
  readonly remittance: Remittance;
  readonly intact: boolean;
}

/**
 * The segments of claim payments and PLBs, one or several a line, in an envelope, read back as one
 * remittance.
 */
export function read(body: string, options: RemittanceOptions = {}): ReadBack {
  return readFile(file(body, options));
}

/** The 835 file around a body of CLP and PLB segments. */
export function file(body: string, options: RemittanceOptions = {}): string {
  const segments = body
    .split(/[~\n]/)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== "");
  const payer = typeof options.from === "object" ? options.from : PAYERS[options.from ?? "P"];
  const pays = options.pays ?? balanceOf(segments);
  const { handling = "I", method = "CHK", trace = "T1", date = "20260301" } = options;
  const set = [
    "ST*835*0001",
    `BPR*${handling}*${pays}*C*${method}************${date}`,
    `TRN*1*${trace}*1512345678`,
    "DTM*405*20260228",
    `N1*PR*${payer.name}*XV*${payer.id}`,
    "N1*PE*CLINIC*XX*1234567893",
    "LX*1",
    ...segments,
  ];
  return [
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         " +
      "*260301*0600*^*00501*000000001*0*P*:",
    "GS*HP*PAYER*CLINIC*20260301*0600*1*X*005010X221A1",
    ...set,
    `SE*${options.segments ?? set.length + 1}*0001`,
    "GE*1*1",
    "IEA*1*000000001~",
  ].join("~");
}

/** BPR02 by POSTING B3, from the text. */
function balanceOf(segments: readonly string[]): string {
  let cents = 0;
  for (const segment of segments) {
    const elements = segment.split("*");
    const amount = (number: number) => parseAmount(elements[number] ?? "") ?? 0;
    if (elements[0] === "CLP") cents += amount(4);
    if (elements[0] === "PLB") {
      for (let number = 4; number < elements.length; number += 2) cents -= amount(number);
    }
  }
  return dollars(cents);
}

/** The one remittance of a file. */
export function readFile(text: string): ReadBack {
  const [only, ...more] = readFiles(text);
  if (only === undefined || more.length > 0) throw new Error("one remittance was expected");
  return only;
}

/** Every remittance of a file, in file order. */
export function readFiles(text: string): ReadBack[] {
  const found: ReadBack[] = [];
  let payments: ClaimPayment[] = [];
  for (const event of readEdiSync(Buffer.from(text, "latin1"))) {
    if (event.kind === "loop" && event.loop.id === "2100") {
      payments.push(readClaimPayment(event.loop, payments.length + 1));
    } else if (event.kind === "transactionSetEnd" && event.set.id === "835") {
      const remittance = readRemittance(event.root, payments, event.set.ordinal);
      found.push({ remittance, intact: event.intact });
      payments = [];
    }
  }
  return found;
}

/** A claim payment that waits, with the money it keeps in unapplied insurance. */
interface Parked {
  readonly payment: ClaimPayment;
  readonly payer: Remittance["payer"];
  readonly reason: ParkReason;
}

/** The books of the practice: claims, what was posted to them, and what waits. */
export class Books {
  readonly #claims = new Map<string, KnownClaim>();
  readonly #journal: JournalLine[] = [];
  #parked: Parked[] = [];
  #ids = 0;
  /** What the latest remittance was refused for, if it was. */
  refusal: ParkReason | undefined;
  /** What became of the claim payments of the latest remittance, in file order. */
  decisions: readonly ClaimDecision[] = [];
  /** What the latest remittance wrote into the journal, releases included. */
  entry: readonly JournalLine[] = [];

  constructor(...claims: readonly KnownClaim[]) {
    for (const each of claims) this.#claims.set(each.claimId, each);
  }

  /** Reads and posts a remittance: decides every claim payment, then what waited and can go now. */
  post(body: string, options: RemittanceOptions = {}): this {
    return this.postRead(read(body, options));
  }

  /** Posts a remittance that is read already. */
  postRead({ remittance, intact }: ReadBack): this {
    const start = this.#journal.length;
    this.decisions = [];
    this.refusal = refusalOf(remittance, intact);
    if (this.refusal === undefined) {
      const { payer, claimPayments } = remittance;
      const split = splitClaims(claimPayments);
      this.decisions = this.#plan(claimPayments, payer, "cash-in-transit", (number) =>
        split.has(number),
      );
      for (const decision of this.decisions) this.#take(decision, payer);
      this.decisions = [...this.decisions].sort((a, b) => a.payment.ordinal - b.payment.ordinal);
      for (const plb of remittance.providerAdjustments) {
        this.#journal.push(...providerAdjustmentLines(plb, BUILT_IN_RULES));
      }
      this.#release();
    }
    this.entry = this.#journal.slice(start);
    assertBalanced(this.entry);
    return this;
  }

  /** A claim that is registered after its payment came. */
  register(late: KnownClaim): this {
    this.#claims.set(late.claimId, late);
    const start = this.#journal.length;
    this.#release();
    this.entry = this.#journal.slice(start);
    return this;
  }

  /** The claim as the books have it now. */
  known(number: string): KnownClaim {
    const found = this.#claims.get(number);
    if (found === undefined) throw new Error(`no claim ${number} in these books`);
    return found;
  }

  #plan(
    payments: readonly ClaimPayment[],
    payer: Remittance["payer"],
    cash: Account,
    isSplit: (number: string) => boolean,
  ): ClaimDecision[] {
    return planPayments(payments, {
      payer,
      claimOf: (payment) => this.#claimOf(payment),
      newId: () => `adjudication-${++this.#ids}`,
      isSplit,
      cash,
      rules: BUILT_IN_RULES,
    });
  }

  /** By CLP01, else by CLP07 (POSTING M1, M3). */
  #claimOf(payment: ClaimPayment): KnownClaim | undefined {
    const byNumber = this.#claims.get(payment.patientControlNumber);
    if (byNumber !== undefined) return byNumber;
    const number = payment.payerClaimControlNumber;
    return [...this.#claims.values()].find(({ adjudications }) =>
      adjudications.some((each) => each.payerClaimControlNumber === number),
    );
  }

  #take(decision: ClaimDecision, payer: Remittance["payer"]): void {
    const { payment } = decision;
    if (decision.kind === "posted") this.#keep(decision);
    if (decision.kind === "parked") {
      const { reason } = decision;
      this.#parked.push({ payment, payer, reason });
      this.#journal.push(...transfer("cash-in-transit", "unapplied-insurance", payment.paidCents));
    }
  }

  #keep(decision: Extract<ClaimDecision, { kind: "posted" }>): void {
    const known = this.known(decision.claimId);
    const adjudications = [...known.adjudications, decision.adjudication];
    this.#claims.set(known.claimId, { ...known, adjudications });
    this.#journal.push(...decision.journal);
  }

  #release(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const waiting of this.#parked) {
        if (!SELF_RELEASING.has(waiting.reason)) continue;
        const cash = "unapplied-insurance";
        const [decision] = this.#plan([waiting.payment], waiting.payer, cash, () => false);
        if (decision?.kind !== "posted") continue;
        this.#keep(decision);
        this.#parked = this.#parked.filter((other) => other !== waiting);
        progress = true;
      }
    }
  }

  /** Where a claim's money stands. */
  account(number: string): ClaimAccount {
    const known = this.known(number);
    return claimAccount(receivableOf(known), liveAdjudications(known.adjudications));
  }

  /** What waits, as `A1 unmatched 80.00`, one a line. */
  get parked(): string {
    return this.#parked
      .map(({ payment, reason }) =>
        [payment.patientControlNumber, reason, dollars(payment.paidCents)].join(" "),
      )
      .join("\n");
  }

  /** Every journal line written so far. */
  get journal(): readonly JournalLine[] {
    return this.#journal;
  }

  /** Asserts the sums of the latest entry by account: `cash-in-transit 80.00`, one a line. */
  expectEntry(text: string): this {
    expectText(journalText(this.entry), text);
    return this;
  }

  /** Asserts a claim's account: `1 100.00 = 80.00 paid + 20.00 contractual`, a line each. */
  expectAccount(number: string, text: string): this {
    expectText(accountText(this.account(number)), text);
    return this;
  }

  /** Asserts what waits. */
  expectParked(text: string): this {
    expectText(this.parked, text);
    return this;
  }
}

/**
 * The sums of journal lines by account, debits first, then by name; accounts at zero are left out.
 */
export function journalText(lines: readonly JournalLine[]): string {
  return (Object.keys(ACCOUNTS) as Account[])
    .map((account) => {
      const of = lines.filter((line) => line.account === account);
      return [account, sumOf(of, (line) => line.amountCents)] as const;
    })
    .filter(([, amount]) => amount !== 0)
    .sort(([a, x], [b, y]) => Number(x < 0) - Number(y < 0) || (a < b ? -1 : 1))
    .map(([account, amount]) => `${account} ${dollars(amount)}`)
    .join("\n");
}

const PARTS: readonly (readonly [string, (line: LineAccount) => Cents])[] = [
  ["paid", (line) => line.paidCents],
  ["contractual", (line) => line.contractualCents],
  ["sequestration", (line) => line.sequestrationCents],
  ["other", (line) => line.otherCents],
  ["patient", (line) => line.patientCents],
  ["open", (line) => line.openCents],
  ["contra", (line) => line.contraCents],
];

/**
 * A claim's account as equations, one a line of the claim; `claim` is what stands at claim level.
 */
export function accountText(account: ClaimAccount): string {
  return account.lines.map(equation).join("\n");
}

function equation(line: LineAccount): string {
  const parts = PARTS.map(([name, amount]) => [name, amount(line)] as const)
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount], index) => {
      const sign = amount < 0 ? "- " : index === 0 ? "" : "+ ";
      return `${sign}${dollars(Math.abs(amount))} ${name}`;
    });
  const presumed = line.presumedPriorCents;
  const note = presumed === 0 ? "" : ` (${dollars(presumed)} presumed OA-23)`;
  const name = line.lineControlNumber === "" ? "claim" : line.lineControlNumber;
  return `${name} ${dollars(line.chargeCents)} = ${parts.join(" ") || "0.00"}${note}`;
}

/** Asserts that two texts say the same, spaces between words aside. */
export function expectText(actual: string, expected: string): void {
  expect(plain(actual)).to.equal(plain(expected));
}

function plain(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter((line) => line !== "")
    .join("\n");
}

/** Cents as a biller writes them: −42500 → "-425.00". */
export function dollars(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(3, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The one decision on a body with one claim payment. */
export function decide(
  known: KnownClaim,
  body: string,
  options: RemittanceOptions = {},
): ClaimDecision {
  const [only, ...more] = new Books(known).post(body, options).decisions;
  if (only === undefined || more.length > 0) throw new Error("one decision was expected");
  return only;
}

/** Why a payment parks; its kind when it does not. */
export function fate(decision: ClaimDecision | undefined): string {
  if (decision === undefined) return "nothing";
  return decision.kind === "parked" ? decision.reason : decision.kind;
}
