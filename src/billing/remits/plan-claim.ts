import type { Account } from "../ledger/index.ts";
import {
  type Adjudication,
  CLAIM_LEVEL,
  type ClaimAccount,
  claimAccount,
  hasEffect,
  type JournalLine,
  journalBetween,
  type LineAmounts,
  liveAdjudications,
} from "../ledger/index.ts";
import { type Cents, cents, sumOf } from "../money/index.ts";
import { lineChargeDifference, patientShare, proveClaim } from "./balance.ts";
import { findOriginal } from "./find-original.ts";
import { type KnownClaim, receivableOf } from "./known-claim.ts";
import { allot, type DeniedAmount, triplesOf } from "./line-amounts.ts";
import { matchLines } from "./match-lines.ts";
import type { ParkReason } from "./park-reason.ts";
import type { ClaimPayment, Remittance } from "./remittance.ts";
import { isSamePayer, payerSequence } from "./sequence.ts";
import type { TreatmentRules } from "./treatment.ts";

/** What is noteworthy of a posted claim payment, for people to see. */
export type ClaimFlag =
  | "presumed-oa23"
  | "clp05-mismatch"
  | "corrected-insured"
  | "corrected-payer"
  | "crossover";

/**
 * A claim payment that posts: the adjudication, the journal lines it makes and the states on both
 * sides.
 */
export interface PostedClaim {
  readonly kind: "posted";
  readonly payment: ClaimPayment;
  readonly claimId: string;
  readonly adjudication: Adjudication;
  readonly journal: readonly JournalLine[];
  readonly after: ClaimAccount;
  readonly denied: readonly DeniedAmount[];
  readonly flags: readonly ClaimFlag[];
}

/** A claim payment that waits for a person; its money goes to unapplied insurance. */
export interface ParkedClaim {
  readonly kind: "parked";
  readonly payment: ClaimPayment;
  readonly claimId: string | undefined;
  readonly reason: ParkReason;
  readonly residualCents: Cents;
}

/**
 * A status that decides nothing: pended, forwarded, predetermined. Told in the claim's story, never
 * posted.
 */
export interface NotedClaim {
  readonly kind: "noted";
  readonly payment: ClaimPayment;
  readonly claimId: string;
}

/** What becomes of one claim payment. */
export type ClaimDecision = PostedClaim | ParkedClaim | NotedClaim;

/** What a decision needs besides the payment and the claim. */
export interface DecisionContext {
  readonly payer: Remittance["payer"];
  /** Several payments of this remittance answer the same claim (POSTING M7). */
  readonly split: boolean;
  readonly adjudicationId: string;
  /**
   * Where the paid amount comes from: cash in transit, or unapplied when a parked payment is
   * released.
   */
  readonly cash: Account;
  /** How reasons are treated; as is built in when it is left out. */
  readonly rules?: TreatmentRules;
  /** The reversal of this payment is at hand, so that it may decide on charges that are decided already. */
  readonly reversed?: boolean;
}

/** CLP02 of a reversal. */
export const REVERSAL = "22";

/** Statuses that post: processed (1–3, and forwarded 19–21) and denied (4). */
const POSTING_STATUSES: ReadonlySet<string> = new Set(["1", "2", "3", "4", "19", "20", "21"]);

/** Processed, and sent on to the next payer, whom NM1*TT names. */
const FORWARDED: ReadonlySet<string> = new Set(["19", "20", "21"]);

/** Statuses that decide nothing: pended (4010), forwarded without decision, predetermination. */
const NOTING_STATUSES: ReadonlySet<string> = new Set(["5", "23", "25"]);

/**
 * Decides what one claim payment does to the claim it belongs to; pure, and never plugs (POSTING
 * B8).
 */
export function decideClaim(
  payment: ClaimPayment,
  claim: KnownClaim | undefined,
  context: DecisionContext,
): ClaimDecision {
  const park = (reason: ParkReason, residual = 0): ParkedClaim => ({
    kind: "parked",
    payment,
    claimId: claim?.claimId,
    reason,
    residualCents: cents(residual),
  });
  if (payment.defects.some(({ severity }) => severity === "error")) return park("unreadable");
  const [imbalance] = proveClaim(payment);
  if (imbalance !== undefined) return park("claim-unbalanced", imbalance.residualCents);
  const { statusCode } = payment;
  if (NOTING_STATUSES.has(statusCode)) {
    if (payment.paidCents !== 0) return park("status-with-money", payment.paidCents);
    return claim === undefined
      ? park("unmatched")
      : { kind: "noted", payment, claimId: claim.claimId };
  }
  if (statusCode !== REVERSAL && !POSTING_STATUSES.has(statusCode)) return park("status-unknown");
  if (claim === undefined) return park("unmatched");
  return statusCode === REVERSAL
    ? decideReversal(payment, claim, context, park)
    : decidePayment(payment, claim, context, park);
}

/** A claim payment that waits, with what its decision needs. */
export interface Waiting {
  readonly payment: ClaimPayment;
  readonly context: DecisionContext;
}

/**
 * A payment that waits for a reversal, and the reversal of it, which waits because another decision stands meanwhile:
 * together they change nothing, so both post, whatever came first (POSTING R4). Undefined when they are no such pair.
 */
export function decidePair(
  claim: KnownClaim,
  paid: Waiting,
  reversal: Waiting,
): readonly [PostedClaim, PostedClaim] | undefined {
  if (paid.payment.statusCode === REVERSAL || reversal.payment.statusCode !== REVERSAL) {
    return undefined;
  }
  const first = decideClaim(paid.payment, claim, { ...paid.context, reversed: true });
  if (first.kind !== "posted") return undefined;
  const adjudications = [...claim.adjudications, first.adjudication];
  const second = decideClaim(reversal.payment, { ...claim, adjudications }, reversal.context);
  if (second.kind !== "posted") return undefined;
  return second.adjudication.reverses === first.adjudication.id ? [first, second] : undefined;
}

type Park = (reason: ParkReason, residual?: number) => ParkedClaim;

function decideReversal(
  payment: ClaimPayment,
  claim: KnownClaim,
  context: DecisionContext,
  park: Park,
): ClaimDecision {
  const lineOf = matchLines(payment.services, claim.lines, -1);
  const live = liveAdjudications(claim.adjudications);
  const found = findOriginal(
    payment,
    triplesOf(payment, lineOf),
    lineOf,
    live,
    context.payer.id ?? "",
    ownDecisions(claim, context.payer),
  );
  if ("reason" in found) return park(found.reason, found.residualCents);
  const { original } = found;
  return post(payment, claim, context, {
    adjudication: {
      ...original,
      id: context.adjudicationId,
      statusCode: payment.statusCode,
      payerClaimControlNumber: payment.payerClaimControlNumber,
      reverses: original.id,
    },
    denied: [],
  });
}

/** Which decisions on a claim are of this payer; all, where we know no such payer of the claim. */
export function ownDecisions(
  { payers }: Pick<KnownClaim, "payers">,
  payer: Remittance["payer"],
): (adjudication: Adjudication) => boolean {
  const turns = payers.filter((one) => isSamePayer(one, payer)).map(({ sequence }) => sequence);
  return ({ sequence }) => turns.length === 0 || turns.includes(sequence);
}

function decidePayment(
  payment: ClaimPayment,
  claim: KnownClaim,
  context: DecisionContext,
  park: Park,
): ClaimDecision {
  const billed = sumOf(claim.lines, (line) => line.chargeCents);
  if (payment.chargeCents > billed || payment.chargeCents < 0) {
    return park("charge-mismatch", payment.chargeCents - billed);
  }
  const lineOf = matchLines(payment.services, claim.lines, 1);
  if (lineOf.includes(undefined)) return park("line-not-billed");
  const sequence = payerSequence(payment, context.payer, claim.payers, claim.sentTo);
  const layer = liveAdjudications(claim.adjudications).filter((each) => each.sequence === sequence);
  const difference = lineChargeDifference(payment);
  if (difference !== 0 && !context.split && layer.length === 0) {
    return park("claim-unbalanced", difference);
  }
  const allotment = allot(payment, lineOf, context.rules);
  if (allotment === undefined) return park("adjustment-group-unknown");
  if (context.reversed !== true && overlaps(claim, layer, allotment.lines)) {
    return park("awaiting-reversal");
  }
  return post(payment, claim, context, {
    adjudication: {
      id: context.adjudicationId,
      sequence,
      payerId: context.payer.id ?? "",
      statusCode: payment.statusCode,
      payerClaimControlNumber: payment.payerClaimControlNumber,
      lines: allotment.lines,
      triples: allotment.triples,
      reverses: undefined,
    },
    denied: allotment.denied,
  });
}

/** The live decisions of a claim that decide anew on what another live one of the same payer has settled. */
export function decidedTwice(claim: KnownClaim): Adjudication[] {
  const live = liveAdjudications(claim.adjudications);
  return live.filter((each) => {
    const layer = live.filter(({ id, sequence }) => id !== each.id && sequence === each.sequence);
    return overlaps(claim, layer, each.lines);
  });
}

/**
 * Whether a payer decides anew on charges that its earlier, unreversed decision has settled. Pure
 * denials settle nothing. Split claims and split lines cover a charge piece by piece (RFI 137,
 * 958).
 */
function overlaps(
  claim: KnownClaim,
  layer: readonly Adjudication[],
  lines: readonly LineAmounts[],
): boolean {
  const effective = lines.filter(hasEffect);
  if (layer.length === 0 || effective.length === 0) return false;
  const earlier = layer.flatMap((adjudication) => adjudication.lines).filter(hasEffect);
  const charged = new Map(claim.lines.map((line) => [line.lineControlNumber, line.chargeCents]));
  const covered = (within: readonly LineAmounts[], key?: string) => {
    let total = 0;
    for (const line of within) {
      if (key === undefined || line.lineControlNumber === key) total += line.chargeCents;
    }
    return total;
  };
  const billed = sumOf(claim.lines, (line) => line.chargeCents);
  if (covered(earlier) + covered(effective) > billed) return true;
  return effective.some(
    ({ lineControlNumber: key }) =>
      key !== CLAIM_LEVEL &&
      earlier.some((line) => line.lineControlNumber === key) &&
      covered(earlier, key) + covered(effective, key) > (charged.get(key) ?? 0),
  );
}

/** The decision that an adjudication makes of a claim payment, with the way from the claim before to the claim after. */
export function post(
  payment: ClaimPayment,
  claim: KnownClaim,
  context: DecisionContext,
  decided: { adjudication: Adjudication; denied: readonly DeniedAmount[] },
): PostedClaim {
  const receivable = receivableOf(claim);
  const before = claimAccount(receivable, liveAdjudications(claim.adjudications));
  const after = claimAccount(
    receivable,
    liveAdjudications([...claim.adjudications, decided.adjudication]),
  );
  return {
    kind: "posted",
    payment,
    claimId: claim.claimId,
    adjudication: decided.adjudication,
    journal: journalBetween(before, after, context.cash),
    after,
    denied: decided.denied,
    flags: flagsOf(payment, after),
  };
}

/** An earlier payer that arrives late can bring a presumption about as well as a later one. */
function flagsOf(payment: ClaimPayment, after: ClaimAccount): ClaimFlag[] {
  const flags: ClaimFlag[] = [];
  if (after.lines.some((line) => line.presumedPriorCents > 0)) flags.push("presumed-oa23");
  const stated = payment.patientResponsibilityCents ?? 0;
  if (payment.statusCode !== REVERSAL && stated !== patientShare(payment)) {
    flags.push("clp05-mismatch");
  }
  if (payment.correctedInsured !== undefined) flags.push("corrected-insured");
  if (payment.correctedPayer !== undefined) flags.push("corrected-payer");
  if (payment.crossover !== undefined || FORWARDED.has(payment.statusCode)) flags.push("crossover");
  return flags;
}
