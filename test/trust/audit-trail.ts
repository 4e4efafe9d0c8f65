/** An audit trail of some size, exported, with its keys: what the tamper tests spoil. */
import { generateKeyPairSync } from "node:crypto";
import {
  type AuditEvent,
  appendEvents,
  type Checkpoint,
  ExportReader,
  type ExportReport,
  exportLines,
  GENESIS,
  signCheckpoint,
  type UnsealedEvent,
} from "../../src/trust/audit/index.ts";

const AT = "2026-03-02T10:00:00.000Z";
export const KEYS = generateKeyPairSync("ed25519");

/** Event `n` of a made-up practice. */
export function draft(n: number): UnsealedEvent {
  return {
    practiceId: "p1",
    actor: { id: `user-${n % 7}`, kind: "person", roles: ["biller"] },
    action: n % 3 === 0 ? "claim.read" : "claim.post",
    entity: { type: "claim", id: `claim-${n}` },
    patientId: `patient-${n % 11}`,
    purpose: "payment",
    outcome: "success",
    requestId: `request-${n}`,
    source: "http",
    fields: ["status", "übrige"],
    detail: { n, name: 'quoted "é\n' },
  };
}

/** `count` events in their chain. */
export function chainOf(count: number, change: (n: number) => UnsealedEvent = draft) {
  const drafts = Array.from({ length: count }, (_, index) => change(index + 1));
  return appendEvents(GENESIS, drafts, AT);
}

/** A checkpoint at the event, signed by the key. */
export function checkpointAt(
  events: readonly AuditEvent[],
  sequence: number,
  privateKey = KEYS.privateKey,
): Checkpoint {
  const { hash } = events[sequence - 1] ?? GENESIS;
  return signCheckpoint({ practiceId: "p1", sequence, hash, at: AT }, privateKey);
}

/** The lines of an export of these events with checkpoints at every `step`. */
export async function exported(
  events: readonly AuditEvent[],
  step: number,
  keys = KEYS,
): Promise<Buffer[]> {
  const checkpoints: Checkpoint[] = [];
  for (let at = step; at < events.length; at += step) {
    checkpoints.push(checkpointAt(events, at, keys.privateKey));
  }
  const head = checkpointAt(events, events.length, keys.privateKey);
  const lines: Buffer[] = [];
  for await (const line of exportLines(head, keys.publicKey, checkpoints, events)) {
    lines.push(Buffer.from(line));
  }
  return lines;
}

/** What the reader says of these lines, from where it stands. */
export function judge(
  lines: readonly Uint8Array[],
  reader = new ExportReader(),
): ExportReport | undefined {
  for (const line of lines) if (!reader.take(line)) break;
  return reader.end();
}
