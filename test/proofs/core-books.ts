/**
 * The books of a practice in memory, kept by the pure core alone: what src/app does for a file,
 * without a store, so that thousands of lives can be lived in minutes.
 */
import { ContentDigest } from "../../src/app/exchange/content-digest.ts";
import {
  assertBalanced,
  type ClaimAccount,
  claimAccount,
  type JournalLine,
  journalBetween,
  liveAdjudications,
  transfer,
} from "../../src/billing/ledger/index.ts";
import {
  BUILT_IN_RULES,
  type ClaimDecision,
  type ClaimPayment,
  compareEarlier,
  decidePair,
  type KnownClaim,
  moneyDigest,
  type ParkReason,
  planPayments,
  providerAdjustmentLines,
  type Remittance,
  readClaimPayment,
  readRemittance,
  receivableOf,
  refusalOf,
  remittanceKey,
  SELF_RELEASING,
  splitClaims,
} from "../../src/billing/remits/index.ts";
import { readEdiSync } from "../../src/edi/guides/index.ts";

/** What became of a set, and of each of its claim payments when it came. */
export interface Receipt {
  readonly outcome: string;
  readonly fates: readonly string[];
  /** What it wrote into the journal by itself, releases left out. */
  readonly entry: readonly JournalLine[];
  readonly paymentCents: number;
}

interface Kept {
  readonly key: string;
  readonly contentDigest: string;
  readonly moneyDigest: string;
  readonly status: "posted" | "parked";
}

interface Waiting {
  readonly payment: ClaimPayment;
  readonly remittance: Remittance;
  readonly reason: ParkReason;
}

/** The books of one practice. */
export class CoreBooks {
  readonly #claims = new Map<string, KnownClaim>();
  readonly #ofClaim = new Map<string, JournalLine[]>();
  readonly journal: JournalLine[] = [];
  #kept: readonly Kept[] = [];
  #waiting: readonly Waiting[] = [];
  #ids = 0;

  constructor(claims: readonly KnownClaim[]) {
    for (const claim of claims) {
      this.#claims.set(claim.claimId, claim);
      this.#enter(journalBetween(undefined, this.account(claim.claimId)), claim.claimId);
    }
  }

  /** Takes a file in: a receipt for each of its sets. */
  receive(text: string): Receipt[] {
    const receipts: Receipt[] = [];
    let payments: ClaimPayment[] = [];
    let digest = new ContentDigest();
    for (const event of readEdiSync(Buffer.from(text, "latin1"))) {
      if (event.kind === "loop") {
        payments.push(readClaimPayment(event.loop, payments.length + 1));
        digest.add(event.loop);
      } else if (event.kind === "transactionSetEnd") {
        digest.add(event.root);
        const remittance = readRemittance(event.root, payments, event.set.ordinal);
        const content = `${digest.value()}${event.intact ? "" : "-damaged"}`;
        receipts.push(this.#take(remittance, event.intact, content));
        payments = [];
        digest = new ContentDigest();
      }
    }
    return receipts;
  }

  #take(remittance: Remittance, intact: boolean, contentDigest: string): Receipt {
    const { paymentCents } = remittance;
    const nothing = { fates: [], entry: [], paymentCents };
    if (this.#kept.some((kept) => kept.contentDigest === contentDigest)) {
      return { outcome: "duplicate exact", ...nothing };
    }
    const [key, digest] = [remittanceKey(remittance), moneyDigest(remittance)];
    const same = this.#kept.filter((kept) => kept.key === key);
    const earlier = compareEarlier(remittance, digest, same);
    if (earlier === "cosmetic") return { outcome: "duplicate cosmetic", ...nothing };
    const refusal = refusalOf(remittance, intact) ?? (earlier === "conflict" ? earlier : undefined);
    const status = refusal === undefined ? "posted" : "parked";
    this.#kept = [...this.#kept, { key, contentDigest, moneyDigest: digest, status }];
    if (refusal !== undefined) return { outcome: refusal, ...nothing };
    const outcome = earlier === "reused" ? "posted, trace reused" : "posted";
    return { outcome, paymentCents, ...this.#post(remittance) };
  }

  #post(remittance: Remittance): Pick<Receipt, "fates" | "entry"> {
    const start = this.journal.length;
    const { payer, claimPayments } = remittance;
    const split = splitClaims(claimPayments);
    const decisions = planPayments(claimPayments, {
      payer,
      claimOf: (payment) => this.#claimOf(payment),
      newId: () => `adjudication-${++this.#ids}`,
      isSplit: (number) => split.has(number),
      cash: "cash-in-transit",
      rules: BUILT_IN_RULES,
    });
    for (const decision of decisions) {
      if (decision.kind === "posted") this.#keep(decision);
      if (decision.kind !== "parked") continue;
      const { payment, reason } = decision;
      this.#waiting = [...this.#waiting, { payment, remittance, reason }];
      this.#enter(transfer("cash-in-transit", "unapplied-insurance", payment.paidCents));
    }
    for (const plb of remittance.providerAdjustments)
      this.#enter(providerAdjustmentLines(plb, BUILT_IN_RULES));
    const entry = this.journal.slice(start);
    this.#release();
    const fates = [...decisions]
      .sort((a, b) => a.payment.ordinal - b.payment.ordinal)
      .map((decision) => (decision.kind === "parked" ? decision.reason : decision.kind));
    return { fates, entry };
  }

  /** By CLP01, else by CLP07 (POSTING M1, M3). */
  #claimOf(payment: ClaimPayment): KnownClaim | undefined {
    const byNumber = this.#claims.get(payment.patientControlNumber);
    const number = payment.payerClaimControlNumber;
    if (byNumber !== undefined || number === undefined) return byNumber;
    return [...this.#claims.values()].find(({ adjudications }) =>
      adjudications.some((each) => each.payerClaimControlNumber === number),
    );
  }

  #keep(decision: Extract<ClaimDecision, { kind: "posted" }>): void {
    const known = this.#known(decision.claimId);
    const adjudications = [...known.adjudications, decision.adjudication];
    this.#claims.set(known.claimId, { ...known, adjudications });
    this.#enter(decision.journal, known.claimId);
  }

  #enter(lines: readonly JournalLine[], claimId?: string): void {
    assertBalanced(lines);
    this.journal.push(...lines);
    if (claimId === undefined) return;
    this.#ofClaim.set(claimId, [...this.journalOf(claimId), ...lines]);
  }

  #release(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const waiting of this.#waiting) {
        if (!SELF_RELEASING.has(waiting.reason)) continue;
        const { payment, remittance } = waiting;
        const of = splitClaims(remittance.claimPayments);
        const [decision] = planPayments([payment], {
          payer: remittance.payer,
          claimOf: (each) => this.#claimOf(each),
          newId: () => `adjudication-${++this.#ids}`,
          isSplit: (number) => of.has(number),
          cash: "unapplied-insurance",
          rules: BUILT_IN_RULES,
        });
        if (decision === undefined || decision.kind === "parked") continue;
        if (decision.kind === "posted") this.#keep(decision);
        else {
          this.#enter(transfer("unapplied-insurance", "cash-in-transit", payment.paidCents));
        }
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        progress = true;
      }
      if (!progress) progress = this.#releasePair();
    }
  }

  /** R4: what waits beside its own reversal. */
  #releasePair(): boolean {
    const contextOf = ({ remittance, payment }: Waiting) => ({
      payment,
      context: {
        payer: remittance.payer,
        split: splitClaims(remittance.claimPayments).has(payment.patientControlNumber),
        adjudicationId: `adjudication-${++this.#ids}`,
        cash: "unapplied-insurance",
      } as const,
    });
    const mayGo = this.#waiting.filter(({ reason }) => SELF_RELEASING.has(reason));
    for (const paid of mayGo) {
      const claim = this.#claimOf(paid.payment);
      if (claim === undefined) continue;
      for (const back of mayGo) {
        if (this.#claimOf(back.payment)?.claimId !== claim.claimId) continue;
        const both = decidePair(claim, contextOf(paid), contextOf(back));
        if (both === undefined) continue;
        for (const decision of both) this.#keep(decision);
        this.#waiting = this.#waiting.filter((each) => each !== paid && each !== back);
        return true;
      }
    }
    return false;
  }

  #known(claimId: string): KnownClaim {
    const found = this.#claims.get(claimId);
    if (found === undefined) throw new Error(`no claim ${claimId} in these books`);
    return found;
  }

  /** Where a claim's money stands. */
  account(claimId: string): ClaimAccount {
    const known = this.#known(claimId);
    return claimAccount(receivableOf(known), liveAdjudications(known.adjudications));
  }

  /** Every journal line of a claim, from its charge on. */
  journalOf(claimId: string): readonly JournalLine[] {
    return this.#ofClaim.get(claimId) ?? [];
  }

  /** What waits, `A1 unmatched 8000` each, in alphabetical order. */
  waiting(): string[] {
    return this.#waiting
      .map(({ payment, reason }) => {
        return `${payment.patientControlNumber} ${reason} ${payment.paidCents}`;
      })
      .sort();
  }

  /** The accounts that are not zero, folded from the journal. */
  balances(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { account, amountCents } of this.journal) {
      sums[account] = (sums[account] ?? 0) + amountCents;
    }
    return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0));
  }
}
