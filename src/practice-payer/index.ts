/**
 * A payer to practise against, and encounters to practise with. All of it is invented, follows from
 * a seed, and touches no clock.
 *
 * Terminology
 * - sample payer: an invented payer of the sample world; `practiceProfile` is the practice that
 *   bills it.
 * - synthetic encounter: an invented visit as encounter JSON; about 3 % carry a fault and are
 *   marked nowhere.
 * - fault: a deliberate mistake of a synthetic encounter that the edits must find.
 * - outcome: what becomes of a claim: paid, partial, denied-197, rejected-a7, reversed … A member
 *   id that begins with its name in capitals (`DENIED_197_…`) forces it.
 * - refusal: an outcome's CAS group, reason and remarks; rejection: its 277CA status.
 * - decision: what the payer says of one claim, one CLP; scheduled: with the payday on which it
 *   says so.
 * - payment: one ST of an 835; round: its payday, counted from 0.
 * - irregularity: what a payer should not do and does: a remittance that does not balance, a file
 *   twice …
 */
export { type AnswerFile, answerClaims } from "./answer-claims.ts";
export { syntheticEncounters, syntheticFaults } from "./encounters.ts";
export { IRREGULARITIES } from "./irregular.ts";
export { OUTCOMES } from "./outcomes.ts";
export { practiceProfile } from "./practice.ts";
