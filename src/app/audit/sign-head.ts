import { createPublicKey } from "node:crypto";
import type { AuditHead, Checkpoint } from "../../trust/audit/index.ts";
import { asCheckpoint, signCheckpoint, verifyCheckpoint } from "../../trust/audit/index.ts";
import type { App } from "../context.ts";

/** So many events a practice may have behind its last checkpoint before the next is written. */
const EVERY_EVENTS = 1000;

/** Signs a head with the key that the database does not hold, and keeps it outside the database, durably. */
export async function signHead(
  app: App,
  practiceId: string,
  { sequence, hash }: AuditHead,
): Promise<Checkpoint> {
  const content = { practiceId, sequence, hash, at: app.now().toISOString() };
  const checkpoint = signCheckpoint(content, app.store.keys.ring.signingKey);
  await app.checkpoints.append(checkpoint);
  return checkpoint;
}

/**
 * Has the head signed when a thousand events more are recorded: behind the transaction that records them, which does
 * not wait for it.
 */
export function signSoon(app: App, practiceId: string, before: AuditHead, after: AuditHead): void {
  const hasPassed =
    Math.floor(before.sequence / EVERY_EVENTS) < Math.floor(after.sequence / EVERY_EVENTS);
  if (!hasPassed) return;
  app.checkpoints.later(practiceId, async () => {
    try {
      const { auditHeads } = app.store.practice(practiceId);
      // Transactions run one after the other: this one sees what the one before it has committed, or not.
      const head = await app.store.transaction((session) =>
        auditHeads.findOne({ _id: practiceId }, { session }),
      );
      if (head !== undefined) await signHead(app, practiceId, head);
    } catch (error) {
      app.log.error("audit-checkpoint-failed", { practiceId, error });
    }
  });
}

/** The checkpoints of a practice, and which lines of the file cannot be relied on. */
export interface KeptCheckpoints {
  readonly signed: readonly Checkpoint[];
  /** Lines that a crash cut off. */
  readonly cut: readonly number[];
  /** Lines that the key did not sign; whose they were nobody can say. */
  readonly unsigned: readonly number[];
}

/** Reads what is kept outside the database, each line proved by its signature. */
export async function keptCheckpoints(app: App, practiceId: string): Promise<KeptCheckpoints> {
  const publicKey = createPublicKey(app.store.keys.ring.signingKey);
  const signed: Checkpoint[] = [];
  const cut: number[] = [];
  const unsigned: number[] = [];
  for (const { line, said } of await app.checkpoints.read()) {
    const checkpoint = asCheckpoint(said);
    if (said === undefined) cut.push(line);
    else if (checkpoint === undefined || !verifyCheckpoint(checkpoint, publicKey)) {
      unsigned.push(line);
    } else if (checkpoint.practiceId === practiceId) signed.push(checkpoint);
  }
  return { signed, cut, unsigned };
}
