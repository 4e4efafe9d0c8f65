import { type Cents, cents, sumOf } from "../money/index.ts";
import { proveClaim } from "./balance.ts";
import type { ClaimPayment, ProviderAdjustment } from "./remittance.ts";

/** An amount of a remittance and how people find it: `CAS*CO*45 of SVC[2]`, `CLP[3]`, `PLB[1] WO`. */
export interface NamedAmount {
  readonly place: string;
  readonly amountCents: Cents;
}

/** The fewest amounts that account for a residual, and what must be wrong with them. */
export interface ResidualExplanation {
  readonly amounts: readonly NamedAmount[];
  /** In words: these do not prove by themselves, are counted twice or left out, or have the wrong sign. */
  readonly because: string;
}

const OFF_BY_THEMSELVES = "the line does not prove by itself: charge less adjustments is not paid";
const LEFT_OUT = "counted once too often, or left out once, they account for the difference";
const WRONG_SIGN = "with the opposite sign, the equation would hold";
/** More would explain anything. */
const AMOUNTS_MAX = 3;
/** Threes are sought among so many amounts only: their number grows with the third power. */
const CANDIDATES_MAX = 300;

/**
 * Why charge less adjustments is not paid: the lines that do not prove by themselves when they account for all of
 * it, else the fewest amounts that do. Undefined when nothing that small does. It suggests, and never decides.
 */
export function explainPayment(payment: ClaimPayment): ResidualExplanation | undefined {
  const imbalances = proveClaim(payment);
  const ofClaim = imbalances.find(({ level }) => level === "claim");
  const ofLines = imbalances.filter(({ level }) => level === "service");
  const residual = ofClaim?.residualCents ?? cents(0);
  if (ofLines.length > 0 && sumOf(ofLines, (each) => each.residualCents) === residual) {
    const amounts = ofLines.map(({ place, residualCents }) => ({
      place,
      amountCents: residualCents,
    }));
    return { amounts, because: OFF_BY_THEMSELVES };
  }
  return explain(amountsOf(payment), residual);
}

/** The same of a whole remittance: BPR02 against the claims and the provider adjustments. */
export function explainTransaction(
  payments: readonly Pick<ClaimPayment, "ordinal" | "paidCents">[],
  adjustments: readonly ProviderAdjustment[],
  residualCents: Cents,
): ResidualExplanation | undefined {
  const amounts = [
    ...payments.map(({ ordinal, paidCents }) => ({
      place: `CLP[${ordinal}]`,
      amountCents: paidCents,
    })),
    ...adjustments.map(({ reasonCode, reference, amountCents }) => ({
      place: `PLB ${reasonCode} ${reference}`.trim(),
      amountCents,
    })),
  ];
  return explain(amounts, residualCents);
}

function amountsOf(payment: ClaimPayment): NamedAmount[] {
  const adjustments = (of: string, list: ClaimPayment["adjustments"]): NamedAmount[] =>
    list.map(({ groupCode, reasonCode, amountCents }) => ({
      place: `CAS*${groupCode}*${reasonCode} of ${of}`,
      amountCents,
    }));
  const clp = `CLP[${payment.ordinal}]`;
  return [
    ...adjustments(clp, payment.adjustments),
    ...payment.services.flatMap((service, index) =>
      adjustments(`SVC[${index + 1}]`, service.adjustments),
    ),
  ];
}

function explain(all: readonly NamedAmount[], residual: Cents): ResidualExplanation | undefined {
  if (residual === 0) return undefined;
  const amounts = all.filter(({ amountCents }) => amountCents !== 0);
  const once = fewest(amounts, Math.abs(residual));
  if (once !== undefined) return { amounts: once, because: LEFT_OUT };
  const turned = residual % 2 === 0 ? fewest(amounts, Math.abs(residual) / 2) : undefined;
  return turned && { amounts: turned, because: WRONG_SIGN };
}

/** The fewest amounts whose sum is `total` or its negation, three at most; of equals the first. */
function fewest(
  amounts: readonly NamedAmount[],
  total: number,
): readonly NamedAmount[] | undefined {
  for (let size = 1; size <= AMOUNTS_MAX; size += 1) {
    if (size === AMOUNTS_MAX && amounts.length > CANDIDATES_MAX) return undefined;
    const found = subset(amounts, total, size) ?? subset(amounts, -total, size);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `size` of the amounts whose sum is `total`; the last one is looked up, not sought. */
function subset(
  amounts: readonly NamedAmount[],
  total: number,
  size: number,
  from = 0,
): readonly NamedAmount[] | undefined {
  if (size === 1) {
    const one = amounts.findIndex(
      ({ amountCents }, index) => index >= from && amountCents === total,
    );
    return one < 0 ? undefined : amounts.slice(one, one + 1);
  }
  if (size === 2) return pair(amounts, total, from);
  for (let index = from; index < amounts.length; index += 1) {
    const [one] = amounts.slice(index, index + 1);
    if (one === undefined) return undefined;
    const rest = subset(amounts, total - one.amountCents, size - 1, index + 1);
    if (rest !== undefined) return [one, ...rest];
  }
  return undefined;
}

function pair(
  amounts: readonly NamedAmount[],
  total: number,
  from: number,
): readonly NamedAmount[] | undefined {
  const passed = new Map<number, NamedAmount>();
  for (let index = from; index < amounts.length; index += 1) {
    const [one] = amounts.slice(index, index + 1);
    if (one === undefined) return undefined;
    const other = passed.get(total - one.amountCents);
    if (other !== undefined) return [other, one];
    if (!passed.has(one.amountCents)) passed.set(one.amountCents, one);
  }
  return undefined;
}
