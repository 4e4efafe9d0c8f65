import type { Claim } from "../claims/claim.ts";
import type { ClaimPayment } from "./remittance.ts";

/** A claim that a payment without a match may belong to, and what speaks for it. */
export interface Suggestion<C> {
  readonly claim: C;
  readonly score: number;
  readonly reasons: readonly string[];
}

type Likeness = (payment: ClaimPayment, claim: Claim, numbers: readonly string[]) => boolean;

/** What may speak for a claim, and how much. A near claim number alone is weak: payers mangle them alike. */
const LIKENESSES: readonly (readonly [words: string, points: number, holds: Likeness])[] = [
  [
    "the same member id",
    4,
    ({ patient, subscriber }, { patient: { memberId } }) =>
      memberId !== undefined &&
      memberId !== "" &&
      (patient?.memberId === memberId || subscriber?.memberId === memberId),
  ],
  ["the same charge", 3, (payment, claim) => payment.chargeCents === claim.chargeCents],
  [
    "the same day of service",
    3,
    (payment, claim) =>
      payment.serviceDateFrom !== undefined && payment.serviceDateFrom === claim.serviceDateFrom,
  ],
  ["the same procedures", 3, (payment, claim) => proceduresOf(payment) === procedures(claim)],
  [
    "a claim number that differs in case, zeros or marks only",
    3,
    (payment, _claim, numbers) => numbers.some((number) => isNear(payment, number)),
  ],
  [
    "the same last name",
    2,
    ({ patient }, claim) =>
      patient !== undefined &&
      patient.lastName.toUpperCase() === claim.patient.lastName.toUpperCase(),
  ],
];

/** Below this too little speaks for a claim to show it. */
const SCORE_MIN = 5;
const SUGGESTIONS_MAX = 5;

/**
 * The claims that a payment most likely belongs to, the likeliest first, each with its reasons. A person decides:
 * no score posts anything.
 */
export function suggestClaims<C extends { readonly claim: Claim }>(
  payment: ClaimPayment,
  candidates: readonly (C & { readonly patientControlNumbers: readonly string[] })[],
): Suggestion<C>[] {
  return candidates
    .map((candidate) => {
      const held = LIKENESSES.filter(([, , holds]) =>
        holds(payment, candidate.claim, candidate.patientControlNumbers),
      );
      const score = held.reduce((sum, [, points]) => sum + points, 0);
      return { claim: candidate as C, score, reasons: held.map(([words]) => words) };
    })
    .filter(({ score }) => score >= SCORE_MIN)
    .sort((a, b) => b.score - a.score)
    .slice(0, SUGGESTIONS_MAX);
}

/** The same number but for case, leading zeros, and what is neither letter nor digit. */
function isNear(payment: ClaimPayment, number: string): boolean {
  const told = plain(payment.patientControlNumber);
  return told !== "" && told === plain(number);
}

function plain(number: string): string {
  return number
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .replace(/^0+/, "");
}

function proceduresOf({ services }: ClaimPayment): string {
  return services
    .map((service) => (service.submittedProcedure ?? service.procedure).code)
    .sort()
    .join(" ");
}

function procedures({ lines }: Claim): string {
  return lines
    .map((line) => line.procedureCode)
    .sort()
    .join(" ");
}
