import type { Claim } from "../billing/claims/claim.ts";
import { adjudicate, predetermine, reconsider } from "./adjudicate.ts";
import { coordinate, type RemainingShares, remainingAfter } from "./coordinate.ts";
import { type ClaimDecision, reversalOf } from "./decision.ts";
import type { Outcome } from "./outcomes.ts";
import { payerOf } from "./payers.ts";
import type { ScheduledDecision } from "./payments.ts";
import { patientTerms } from "./pricing.ts";
import { type Random, randomFrom } from "./random.ts";

/** A claim as it came in. */
export interface ReceivedClaim {
  readonly claim: Claim;
  /** What it says the earlier payers left; undefined for a primary claim. */
  readonly remaining: RemainingShares | undefined;
  /** Under which member id each of the patient's other payers knows the insured, by payer id. */
  readonly otherMemberIds: ReadonlyMap<string, string>;
}

/** Below so many claims everything is told on the first payday, unless it must come later. */
const SPREAD_FROM = 25;
const ROUND_OF_REVERSALS = 2;
const LAST_ROUND = 3;

/**
 * What is told of each claim, and on which payday. What is rejected, void or passed over is not
 * told.
 */
export function scheduleDecisions(
  received: readonly ReceivedClaim[],
  outcomes: ReadonlyMap<Claim, Outcome>,
  seed: string,
): ScheduledDecision[] {
  const spread = received.length >= SPREAD_FROM;
  return received.flatMap((entry) => {
    const outcome = outcomes.get(entry.claim);
    if (outcome === undefined || !isAnswered(entry.claim, outcome)) return [];
    const random = randomFrom(`${seed}|claim|${entry.claim.patientControlNumber}`);
    return scheduleClaim(entry, outcome, random, spread);
  });
}

/** Whether an 835 tells of the claim at all. */
function isAnswered(claim: Claim, outcome: Outcome): boolean {
  if (outcome.rejection !== undefined || outcome.name === "silent") return false;
  return !claim.encounterOnly && claim.frequencyCode !== "8";
}

function scheduleClaim(
  received: ReceivedClaim,
  outcome: Outcome,
  random: Random,
  spread: boolean,
): ScheduledDecision[] {
  const { claim, remaining } = received;
  const payer = payerOf(claim.payer);
  const round = spread ? roundOf(random, outcome) : 0;
  if (remaining !== undefined && outcome.refusal === undefined) {
    return [{ decision: coordinate(claim, payer, remaining), payer, round }];
  }
  const terms = patientTerms(random, payer);
  if (claim.dental?.predetermination === true) {
    return [{ decision: predetermine(claim, payer, terms), payer, round }];
  }
  const [first, second] = adjudicate(claim, payer, outcome, terms, random);
  if (first === undefined) return [];
  if (second !== undefined) {
    return [
      { decision: first, payer, round: 0 },
      { decision: second, payer, round: spread ? 1 : 0 },
    ];
  }
  if (outcome.name === "reversed") {
    return [
      { decision: first, payer, round: 0 },
      { decision: reversalOf(first), payer, round: ROUND_OF_REVERSALS },
      { decision: reconsider(claim, payer, terms, random), payer, round: ROUND_OF_REVERSALS },
    ];
  }
  if (outcome.name === "recovered") {
    const reversal = reversalOf(first);
    return [
      { decision: first, payer, round: 0 },
      { decision: reversal, payer, round: ROUND_OF_REVERSALS, recoveredLater: true },
    ];
  }
  return crossedOver({ decision: first, payer, round }, outcome, received.otherMemberIds);
}

/** Most on the first payday, a quarter on the second, the rest on the last. */
function roundOf(random: Random, outcome: Outcome): number {
  const share = random(20);
  if (outcome.name === "interest") return 1;
  if (share < 12) return 0;
  return share < 17 ? 1 : LAST_ROUND;
}

/**
 * The Medicare-like payer forwards what it has processed: status 19, and the secondary's own
 * decision.
 */
function crossedOver(
  entry: ScheduledDecision,
  outcome: Outcome,
  memberIds: ReadonlyMap<string, string>,
): ScheduledDecision[] {
  const { decision } = entry;
  const { claim } = decision;
  const secondary = claim.otherPayers.find(({ sequence }) => sequence === "S");
  const forwards = claim.payer.sequence === "P" && claim.payer.filingIndicatorCode === "MB";
  if (secondary === undefined || !forwards || outcome.refusal !== undefined) return [entry];
  const first: ClaimDecision = { ...decision, statusCode: "19", crossover: secondary };
  const memberId = memberIds.get(secondary.id) ?? claim.patient.memberId;
  const patient = { ...claim.patient, memberId };
  const forwarded: Claim = { ...claim, patient, payer: secondary, otherPayers: [claim.payer] };
  const payer = payerOf(secondary);
  return [
    { ...entry, decision: first, round: Math.min(entry.round, 1) },
    {
      decision: coordinate(forwarded, payer, remainingAfter(decision)),
      payer,
      round: LAST_ROUND,
    },
  ];
}
