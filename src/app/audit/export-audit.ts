import { createPublicKey } from "node:crypto";
import { exportLines, fhirAuditEvent } from "../../trust/audit/index.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { auditHead, eventsUpTo, recordAudit, verifyAudit } from "./audit.ts";
import { keptCheckpoints, signHead } from "./sign-head.ts";

/** What was signed: the end of the chain, and the key by name. */
export interface CheckpointReport {
  readonly sequence: number;
  readonly hash: string;
  readonly at: string;
  readonly keyId: string;
  /** The file that it was added to. */
  readonly file: string;
}

/**
 * Checks the chain, signs its end and keeps that outside the database (45 CFR 164.312(c)(1)). `state` where the chain
 * does not hold: what is broken is not signed.
 */
export async function checkpointAudit(app: App, actor: Actor): Promise<CheckpointReport> {
  await recordAudit(app, actor, trailDraft("audit.checkpoint", actor));
  const { sequence, hash, at, keyId } = await signChecked(app, actor);
  return { sequence, hash, at, keyId, file: app.checkpoints.path };
}

async function signChecked(app: App, actor: Actor) {
  // What is signed is what the check has seen: the head is taken first.
  const head = await auditHead(app, actor);
  const report = await verifyAudit(app, actor);
  if (!report.ok) {
    throw new OperatingError("state", "The audit chain does not hold: see audit verify.");
  }
  return signHead(app, actor.practiceId, head);
}

/** A file of the audit trail: its lines, of which the first are there at once. */
export interface AuditExport {
  readonly events: number;
  readonly keyId: string;
  readonly lines: AsyncIterable<string>;
}

/** The chain with its checkpoints and the public key, as lines that `audit verify --file` checks without a store. */
export async function exportAudit(app: App, actor: Actor): Promise<AuditExport> {
  await recordAudit(app, actor, trailDraft("audit.export", actor));
  const head = await signChecked(app, actor);
  const { signed } = await keptCheckpoints(app, actor.practiceId);
  const earlier = signed.filter(({ sequence }) => sequence < head.sequence);
  const publicKey = createPublicKey(app.store.keys.ring.signingKey);
  const lines = exportLines(head, publicKey, earlier, eventsUpTo(app, actor, head));
  return { events: head.sequence, keyId: head.keyId, lines };
}

/** The events as FHIR R4 AuditEvent resources, a line each. */
export async function exportFhir(app: App, actor: Actor): Promise<AuditExport> {
  await recordAudit(app, actor, trailDraft("audit.export-fhir", actor));
  const head = await signChecked(app, actor);
  async function* lines() {
    for await (const event of eventsUpTo(app, actor, head)) {
      yield JSON.stringify(fhirAuditEvent(event));
    }
  }
  return { events: head.sequence, keyId: head.keyId, lines: lines() };
}

function trailDraft(action: string, { practiceId }: Actor) {
  const entity = { type: "audit-trail", id: practiceId };
  return { action, entity, purpose: "operations", outcome: "success" } as const;
}
