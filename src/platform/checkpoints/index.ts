/**
 * Checkpoints: signed heads of audit chains, kept in a file outside the database, so that who holds the database alone
 * can neither cut a chain off nor write it anew unseen.
 *
 * Terminology
 * - line: one checkpoint as JSON; lines are only ever added.
 * - cut: a line that is no JSON, as a crash while it was written leaves it.
 */
export { CheckpointFile, type CheckpointLine } from "./checkpoint-file.ts";
