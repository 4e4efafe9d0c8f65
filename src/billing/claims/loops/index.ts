/**
 * Loops: what an encounter says, as loops of the 837P (005010X222A1), 837I (X223A2) or 837D (X224A2).
 *
 * Terminology
 * - claim set: the claims of one transaction set, under billing provider, subscriber and patient
 *   levels (HL).
 * - submitter, receiver: who sends the file and who takes it (1000A, 1000B); not provider and
 *   payer.
 */
export { casSegments, digitsOnly, plainAmount, plainDecimal } from "./segments.ts";
export { type ClaimSetHeader, claimSetLoops, type Receiver, type Submitter } from "./set-loops.ts";
