import type { Claim } from "../billing/claims/claim.ts";
import {
  OUTCOMES,
  type Outcome,
  type OutcomeName,
  outcomeNamed,
  outcomeOfMember,
} from "./outcomes.ts";
import { type Random, shuffled } from "./random.ts";

/** Which outcomes the claims shall have, beside what their member ids ask for. */
export interface OutcomeScript {
  /** In how many of 1,000 claims; what is not named does not happen, the rest is paid. */
  readonly mix?: Readonly<Record<OutcomeName, number>>;
  /** Forced outcomes by patient control number (CLM01). */
  readonly claims?: Readonly<Record<string, OutcomeName>>;
}

/** From so many claims on, each special outcome happens once at least. */
const SHOW_SPECIAL_FROM = 60;
/** From so many claims on, each outcome of the mix happens once at least. */
const SHOW_ALL_FROM = 200;
/** How many claims go unanswered: one from the first number of claims on, two from the second. */
const SILENT_FROM = [25, 100] as const;

/**
 * An outcome for each claim: what its member id or the script forces, else its share of the mix,
 * dealt in an order that follows from `random`. A special outcome goes to a claim that it suits.
 */
export function dealOutcomes(
  claims: readonly Claim[],
  random: Random,
  script: OutcomeScript,
  silence: boolean,
): ReadonlyMap<Claim, Outcome> {
  const dealt = new Map<Claim, Outcome>();
  const free: Claim[] = [];
  for (const claim of claims) {
    const outcome = forcedOutcome(claim, script);
    if (outcome === undefined) free.push(claim);
    else dealt.set(claim, outcome);
  }
  const waiting = shuffled(random, free);
  for (const [outcome, quota] of quotas(free.length, random, script, silence)) {
    let left = quota;
    for (const claim of waiting) {
      if (left === 0) break;
      if (dealt.has(claim) || !suits(outcome, claim)) continue;
      dealt.set(claim, outcome);
      left -= 1;
    }
  }
  const paid = mustName("paid");
  for (const claim of waiting) if (!dealt.has(claim)) dealt.set(claim, paid);
  return dealt;
}

function forcedOutcome(claim: Claim, script: OutcomeScript): Outcome | undefined {
  const name = script.claims?.[claim.patientControlNumber];
  return name === undefined ? outcomeOfMember(claim.patient.memberId) : mustName(name);
}

function mustName(name: OutcomeName): Outcome {
  const outcome = outcomeNamed(name);
  if (outcome === undefined) throw new RangeError("a script names an outcome that does not exist");
  return outcome;
}

/**
 * How often each outcome but `paid` happens among `count` claims; those that need a fitting claim
 * first.
 */
function quotas(
  count: number,
  random: Random,
  script: OutcomeScript,
  silence: boolean,
): [Outcome, number][] {
  if (script.mix !== undefined) for (const name of Object.keys(script.mix)) mustName(name);
  const special: [Outcome, number][] = [];
  const other: [Outcome, number][] = [];
  for (const outcome of OUTCOMES) {
    const permille = script.mix === undefined ? outcome.permille : script.mix[outcome.name];
    if (outcome.name === "paid" || permille === undefined) continue;
    const isSpecial = SPECIAL.has(outcome.name);
    const share = Math.floor((count * permille + random(1000)) / 1000);
    const shown = permille > 0 && count >= (isSpecial ? SHOW_SPECIAL_FROM : SHOW_ALL_FROM);
    (isSpecial ? special : other).push([outcome, Math.max(share, shown ? 1 : 0)]);
  }
  if (script.mix === undefined && silence) {
    special.push([mustName("silent"), SILENT_FROM.filter((from) => count >= from).length]);
  }
  return [...special, ...other];
}

const SPECIAL: ReadonlySet<string> = new Set([
  "bundled",
  "split",
  "capitated",
  "reversed",
  "recovered",
  "interest",
  "underpaid",
  "corrected-insured",
]);

/** Whether a claim can have this outcome and look like life. */
function suits({ name }: Outcome, claim: Claim): boolean {
  if (claim.frequencyCode !== "1") return false;
  if (!SPECIAL.has(name)) return name !== "denied-97" || claim.lines.length > 1;
  if (claim.payer.sequence !== "P" || claim.otherPayers.length > 0) return false;
  const { filingIndicatorCode } = claim.payer;
  if (name === "bundled" || name === "split") return claim.lines.length > 1;
  if (name === "capitated") return filingIndicatorCode !== "MB";
  return true;
}
