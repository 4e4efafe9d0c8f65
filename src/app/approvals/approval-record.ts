import { createHash } from "node:crypto";
import type { ApprovalDoc } from "../../platform/store/index.ts";
import { APPROVAL_DAYS } from "../../trust/access/index.ts";
import { canonicalJson } from "../../trust/audit/index.ts";
import type { Actor, App } from "../context.ts";
import { byAccount, type Effect } from "./act.ts";

const DAY_MS = 86_400_000;

/** A request as it is stored first. */
export function newApproval(
  app: App,
  actor: Actor,
  asked: { readonly act: string; readonly input: unknown; readonly reason: string },
  effect: Effect,
): ApprovalDoc {
  const requestedAt = app.now();
  return {
    _id: app.newId(),
    practiceId: actor.practiceId,
    act: asked.act,
    subject: effect.subject,
    patientId: effect.patientId,
    amountCents: effect.amountCents as ApprovalDoc["amountCents"],
    accounts: byAccount(effect.lines),
    ground: groundOf(effect),
    requestedBy: actor.id,
    requestedAt,
    expiresAt: new Date(requestedAt.getTime() + APPROVAL_DAYS * DAY_MS),
    status: "pending",
    decided: null,
    input: asked.input,
    reason: asked.reason,
    answer: null,
    version: 1,
  };
}

/** A digest of all that an effect stands on, and of the effect. */
export function groundOf({ ground, lines, amountCents }: Effect): string {
  // Through JSON, so that what is absent and what is undefined are the same.
  const plain = JSON.parse(JSON.stringify({ ground, lines, amountCents })) as never;
  return createHash("sha256").update(canonicalJson(plain)).digest("hex");
}

/** Where a request stands: one that nobody decided on in time has expired by itself. */
export function statusOf({ status, expiresAt }: ApprovalDoc, now: Date) {
  return status === "pending" && expiresAt <= now ? "expired" : status;
}

/** A request as those see it who may decide on it. */
export function approvalView(app: App, doc: ApprovalDoc) {
  const { patientControlNumber } = doc.input as { readonly patientControlNumber?: string };
  return {
    id: doc._id,
    act: doc.act,
    subject: doc.subject,
    patientControlNumber: patientControlNumber ?? null,
    amountCents: doc.amountCents,
    accounts: doc.accounts,
    reason: doc.reason,
    requestedBy: doc.requestedBy,
    requestedAt: doc.requestedAt.toISOString(),
    expiresAt: doc.expiresAt.toISOString(),
    status: statusOf(doc, app.now()),
    decidedBy: doc.decided?.by ?? null,
    decidedAt: doc.decided?.at ?? null,
    answer: doc.answer,
  };
}

/** The audit event of what became of a request. */
export function approvalAudit(verb: "request" | "approve" | "refuse", doc: ApprovalDoc) {
  const { _id: id, act, amountCents, accounts, patientId, requestedBy } = doc;
  return {
    action: `approval.${verb}`,
    entity: { type: "approval", id },
    ...(patientId === undefined ? {} : { patientId }),
    purpose: "payment",
    outcome: "success",
    detail: { act, amountCents, accounts, requestedBy },
  } as const;
}
