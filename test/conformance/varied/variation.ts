import type { Encounter } from "../../../src/billing/intake/index.ts";
import { serviceOf } from "../../../src/billing/intake/index.ts";
import { cents, formatAmount, parseAmount, sumOf, ZERO } from "../../../src/billing/money/index.ts";
import { between, type Random } from "../../../src/practice-payer/random.ts";

export type Claim = Encounter["claimInformation"];
export type Line = Claim["serviceLines"][number];
export type Other = NonNullable<Claim["otherSubscriberInformation"]>[number];

/** One thing that a claim may say besides the plain ones. */
export interface Variation {
  readonly name: string;
  /** Variations of one group exclude one another; each is a group of its own when absent. */
  readonly group?: string;
  readonly apply: (encounter: Encounter, random: Random) => Encounter;
}

/** The encounter with other claim information. */
export function withClaim(encounter: Encounter, change: Partial<Claim>): Encounter {
  return { ...encounter, claimInformation: { ...encounter.claimInformation, ...change } };
}

/** The encounter with other service lines, and the claim charge that they make. */
export function withLines(encounter: Encounter, serviceLines: Line[]): Encounter {
  return withClaim(encounter, {
    serviceLines,
    claimChargeAmount: formatAmount(chargeOf(serviceLines)),
  });
}

/** The encounter with each of its lines changed. */
export function withEachLine(
  encounter: Encounter,
  change: (line: Line, index: number) => Line,
): Encounter {
  return withLines(encounter, encounter.claimInformation.serviceLines.map(change));
}

/** Σ of the line charges, in cents. */
export function chargeOf(lines: readonly Line[]) {
  return sumOf(lines, (line) => parseAmount(serviceOf(line).lineItemChargeAmount) ?? ZERO);
}

/** The encounter with other references of the claim. */
export function withReferences(
  encounter: Encounter,
  change: NonNullable<Claim["claimSupplementalInformation"]>,
): Encounter {
  const references = encounter.claimInformation.claimSupplementalInformation;
  return withClaim(encounter, { claimSupplementalInformation: { ...references, ...change } });
}

/** The encounter with other dates of the claim. */
export function withDates(
  encounter: Encounter,
  change: NonNullable<Claim["claimDateInformation"]>,
): Encounter {
  const dates = encounter.claimInformation.claimDateInformation;
  return withClaim(encounter, { claimDateInformation: { ...dates, ...change } });
}

/** An amount of up to `most` dollars and some cents, as text. */
export function inventAmount(random: Random, most: number): string {
  return formatAmount(cents(between(random, 500, most * 100)));
}

/** The encounter with more on its first line. */
export function onFirstLine(encounter: Encounter, more: (line: Line) => Partial<Line>): Encounter {
  return withEachLine(encounter, (line, index) => (index > 0 ? line : { ...line, ...more(line) }));
}
