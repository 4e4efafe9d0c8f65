/**
 * A clerk who keeps the books of a practice by POSTING.md alone: lists and loops, nothing of the
 * program. What the clerk says of a case, the program must say too.
 */
import {
  cardsOf,
  crossOut,
  type Entered,
  type Judgement,
  judge,
  type ToldBy,
} from "./clerk-claims.ts";
import { type Card, openOn } from "./paper-ledger.ts";
import {
  balanced,
  type ClaimSent,
  type ClaimTold,
  type PlbTold,
  type SetTold,
  type Turn,
  total,
} from "./told.ts";

/** What became of a set, and of each of its claim payments when it came. */
export interface Verdict {
  readonly outcome: string;
  readonly fates: readonly string[];
}

/** A claim payment that waits. */
interface Waiting {
  readonly told: ClaimTold;
  readonly payer: Turn;
  readonly split: boolean;
  readonly reason: string;
}

/** Section 7; every other reason is held in suspense. */
const PLB_ACCOUNTS: Readonly<Record<string, string>> = {
  FB: "forwarding-balance",
  WO: "overpayment-recovery",
  "72": "refund-in-transit",
  B2: "refund-in-transit",
  L6: "interest-income",
  J1: "non-reimbursable",
  IR: "tax-withheld",
  LE: "tax-withheld",
  AP: "advance-payment",
  PI: "advance-payment",
  CT: "capitation-income",
  LS: "settlement-income",
  "50": "payer-charges",
};

/** What waits for another payment, and goes by itself when that one comes (R3, R4, M1, M3). */
const GO_BY_THEMSELVES = [
  "unmatched",
  "awaiting-reversal",
  "reversal-without-original",
  "reversal-mismatch",
  "claim-level-reversal",
];

/** The books of one practice. */
export class Clerk {
  readonly claims: readonly ClaimSent[];
  readonly #entered = new Map<string, readonly Entered[]>();
  readonly #kept: { readonly set: SetTold; readonly posted: boolean }[] = [];
  #waiting: Waiting[] = [];

  constructor(claims: readonly ClaimSent[]) {
    this.claims = claims;
    for (const { number } of claims) this.#entered.set(number, []);
  }

  /** Takes one set in. */
  receive(set: SetTold): Verdict {
    const same = this.#kept.filter(
      ({ set: kept }) => kept.payer === set.payer && kept.trace === set.trace,
    );
    if (same.some((kept) => JSON.stringify(kept.set) === JSON.stringify(set))) {
      return { outcome: "duplicate exact", fates: [] };
    }
    const posted = same.filter((kept) => kept.posted);
    if (posted.some((kept) => moneyOf(kept.set) === moneyOf(set))) {
      return { outcome: "duplicate cosmetic", fates: [] };
    }
    const refused = refusal(set) ?? (posted.length > 0 && !isZeroPay(set) ? "conflict" : undefined);
    this.#kept.push({ set, posted: refused === undefined });
    if (refused !== undefined) return { outcome: refused, fates: [] };
    const fates = this.#decideAll(set);
    this.#release();
    return { outcome: posted.length > 0 ? "posted, trace reused" : "posted", fates };
  }

  #decideAll(set: SetTold): string[] {
    const fates = new Map<ClaimTold, string>();
    for (const [number, group] of this.#byClaim(set.claims)) {
      const claim = this.#claim(number);
      const best = bestOrder(group, set, claim, this.#entered.get(number) ?? []);
      if (claim !== undefined) this.#entered.set(number, best.entered);
      for (const [told, fate] of best.fates) fates.set(told, fate);
    }
    for (const told of set.claims) {
      const reason = fates.get(told) ?? "";
      if (reason === "posted" || reason === "noted") continue;
      const split = isSplit(set, told);
      this.#waiting.push({ told, payer: set.payer, split, reason });
    }
    return set.claims.map((told) => fates.get(told) ?? "");
  }

  /** The payments of a set by the claim they are for: by our number, else by the payer's (M1, M3). */
  #byClaim(tolds: readonly ClaimTold[]): Map<string, ClaimTold[]> {
    const groups = new Map<string, ClaimTold[]>();
    for (const told of tolds) {
      const owner = this.#ownerOf(told) ?? `stranger ${told.number}`;
      const group = groups.get(owner) ?? [];
      groups.set(owner, [...group, told]);
    }
    return groups;
  }

  #ownerOf(told: ClaimTold): string | undefined {
    if (this.#claim(told.number) !== undefined) return told.number;
    return this.claims.find(({ number }) =>
      this.#entered.get(number)?.some((each) => told.icn !== "" && each.told.icn === told.icn),
    )?.number;
  }

  #claim(number: string): ClaimSent | undefined {
    return this.claims.find((claim) => claim.number === number);
  }

  #release(): void {
    for (let again = true; again; ) {
      again = false;
      for (const waiting of this.#waiting) {
        if (!GO_BY_THEMSELVES.includes(waiting.reason)) continue;
        const owner = this.#ownerOf(waiting.told);
        if (owner === undefined) continue;
        const entered = this.#entered.get(owner) ?? [];
        const claim = this.#claim(owner);
        const after = judge(waiting.told, waiting.payer, claim, entered, waiting.split);
        if (after.fate !== "posted" && after.fate !== "noted") continue;
        this.#entered.set(owner, after.entered);
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
        again = true;
      }
      if (!again) again = this.#crossOut();
    }
  }

  /** R4: of what waits, a payment with its own reversal. */
  #crossOut(): boolean {
    const mayGo = this.#waiting.filter(({ reason }) => GO_BY_THEMSELVES.includes(reason));
    for (const paid of mayGo) {
      const owner = this.#ownerOf(paid.told);
      if (owner === undefined) continue;
      for (const back of mayGo) {
        if (this.#ownerOf(back.told) !== owner) continue;
        const entered = this.#entered.get(owner) ?? [];
        const after = crossOut(paid, back, this.#claim(owner), entered);
        if (after === undefined) continue;
        this.#entered.set(owner, after);
        this.#waiting = this.#waiting.filter((each) => each !== paid && each !== back);
        return true;
      }
    }
    return false;
  }

  /** What waits, `A1 unmatched 8000` each, in alphabetical order. */
  waiting(): string[] {
    return this.#waiting.map(({ told, reason }) => `${told.number} ${reason} ${told.paid}`).sort();
  }

  /** The payments of a claim that are in force. */
  inForce(number: string): readonly Entered[] {
    return (this.#entered.get(number) ?? []).filter(({ live }) => live);
  }

  /** The cards of a claim: its lines, then the claim as a whole. */
  cards(claim: ClaimSent): Card[] {
    return cardsOf(claim, this.#entered.get(claim.number) ?? []);
  }

  /** The accounts that are not zero: a debit is positive. */
  balances(): Record<string, number> {
    const sums: Record<string, number> = {};
    const enter = (account: string, cents: number) => {
      sums[account] = (sums[account] ?? 0) + cents;
    };
    for (const { set, posted } of this.#kept) {
      if (!posted) continue;
      enter("cash-in-transit", set.payment);
      for (const { reason, cents } of set.plbs) {
        enter(PLB_ACCOUNTS[reason] ?? "provider-adjustment-suspense", cents);
      }
    }
    for (const { told } of this.#waiting) enter("unapplied-insurance", -told.paid);
    for (const claim of this.claims) {
      const cards = this.cards(claim);
      const open = total(cards, openOn);
      const contra = claim.voided ? Math.max(0, open) : 0;
      enter("ar-insurance", open - contra);
      enter("revenue", contra - total(cards, ({ charge }) => charge));
      enter(
        "ar-patient",
        total(cards, ({ patient }) => patient),
      );
      enter(
        "contractual",
        total(cards, ({ writtenOff }) => writtenOff),
      );
      enter(
        "sequestration",
        total(cards, ({ sequestered }) => sequestered),
      );
      enter(
        "other-adjustment",
        total(cards, ({ other }) => other),
      );
    }
    return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0));
  }
}

/** E7, E5, B9, B3. */
function refusal(set: SetTold): string | undefined {
  if (!set.counted) return "transaction-damaged";
  if (set.handling === "P") return "prenote";
  if (set.payment < 0) return "payment-negative";
  if ((set.handling === "H" || set.method === "NON") && set.payment !== 0) return "payment-kind";
  return set.payment === balanced(set.claims, set.plbs) ? undefined : "transaction-unbalanced";
}

/** E4: BPR02, BPR16, CLP01 to 05 and 07, every CAS and PLB, in any order of claims. */
function moneyOf({ payment, date, claims, plbs }: SetTold): string {
  const claimTexts = claims.map(({ number, status, charge, paid, share, icn, ...rest }) =>
    JSON.stringify([
      [number, status, charge, paid, share ?? "none", icn],
      [rest.adjustments, ...rest.services.map(({ adjustments }) => adjustments)],
    ]),
  );
  const plbTexts = plbs.map((plb: PlbTold) => JSON.stringify(plb));
  return JSON.stringify([payment, date, claimTexts.sort(), plbTexts.sort()]);
}

function isZeroPay({ payment, method, handling }: SetTold): boolean {
  return payment === 0 && (method === "NON" || handling === "H" || handling === "I");
}

/** M7: several payments of the set, reversals aside, answer the claim number. */
function isSplit({ claims }: SetTold, { number }: ClaimTold): boolean {
  return claims.filter((each) => each.number === number && each.status !== "22").length > 1;
}

interface Outcome {
  readonly entered: readonly Entered[];
  readonly fates: ReadonlyMap<ClaimTold, string>;
  readonly posted: number;
}

/**
 * R4: inside one set the order does not matter. So the clerk tries every order, reversals before the
 * rest to begin with, and keeps the first in which the most of it posts.
 */
function bestOrder(
  group: readonly ClaimTold[],
  set: SetTold,
  claim: ClaimSent | undefined,
  entered: readonly Entered[],
): Outcome {
  let best: Outcome | undefined;
  const reversal = ({ status }: ClaimTold) => status === "22";
  const usual = [...group.filter(reversal), ...group.filter((told) => !reversal(told))];
  for (const order of orders(usual)) {
    const outcome = inOrder(order, set, claim, entered);
    if (best === undefined || outcome.posted > best.posted) best = outcome;
    if (best.posted === group.length) break;
  }
  return best ?? { entered, fates: new Map(), posted: 0 };
}

function inOrder(
  order: readonly ClaimTold[],
  set: SetTold,
  claim: ClaimSent | undefined,
  entered: readonly Entered[],
): Outcome {
  const fates = new Map<ClaimTold, string>();
  let now: Judgement = { fate: "", entered };
  let posted = 0;
  for (const told of order) {
    now = judge(told, set.payer, claim, now.entered, isSplit(set, told));
    fates.set(told, now.fate);
    if (now.fate === "posted" || now.fate === "noted") posted += 1;
  }
  for (const paid of order) {
    for (const back of order) {
      const both = [paid, back].map((told) => ({
        told,
        payer: set.payer,
        split: isSplit(set, told),
      })) as [ToldBy, ToldBy];
      const isLeft = both.every(({ told }) => fates.get(told)?.match(/^(posted|noted)$/) === null);
      const entered = isLeft ? crossOut(...both, claim, now.entered) : undefined;
      if (entered === undefined) continue;
      now = { fate: "posted", entered };
      for (const { told } of both) fates.set(told, "posted");
      posted += 2;
    }
  }
  // Why a payment waits is told at the end, when all that could post has posted.
  for (const told of order) {
    const fate = fates.get(told);
    if (fate === "posted" || fate === "noted") continue;
    const last = judge(told, set.payer, claim, now.entered, isSplit(set, told));
    fates.set(told, last.fate === "posted" ? (fate ?? "") : last.fate);
  }
  return { entered: now.entered, fates, posted };
}

function* orders<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length <= 1) {
    yield list;
    return;
  }
  for (const [index, first] of list.entries()) {
    for (const rest of orders(list.toSpliced(index, 1))) yield [first, ...rest];
  }
}
