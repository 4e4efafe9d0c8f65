import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical.ts";
import type { AuditEvent, AuditHead, UnsealedEvent } from "./event.ts";

/** The SHA-256, hexadecimal, of an event's canonical form: everything but its own hash. */
export function hashEvent(event: Omit<AuditEvent, "hash">): string {
  return sha256(canonicalJson({ ...event, hash: undefined }));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The events sealed into the chain after `head`, all at the instant `at` (ISO, UTC), and the new head
 * (45 CFR 164.312(c)(1), integrity). The caller keeps events and head in one transaction.
 */
export function appendEvents(
  head: AuditHead,
  drafts: readonly UnsealedEvent[],
  at: string,
): { events: AuditEvent[]; head: AuditHead } {
  let { sequence, hash } = head;
  const events = drafts.map((draft) => {
    sequence += 1;
    const content = { ...draft, sequence, at, previousHash: hash };
    hash = sha256(canonicalJson(content));
    return { ...content, hash };
  });
  return { events, head: { sequence, hash } };
}
