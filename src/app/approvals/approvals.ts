import type { ClientSession } from "mongoose";
import type { ApprovalDoc } from "../../platform/store/index.ts";
import { mayJudge } from "../../trust/access/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { shownOf } from "../shown.ts";
import type { Act } from "./act.ts";
import { ACTS, type ActName } from "./acts.ts";
import { approvalAudit, approvalView, groundOf, statusOf } from "./approval-record.ts";

/** Where a request may stand. */
export const APPROVAL_STATUSES = ["pending", "expired", "approved", "refused"] as const;

/** What the list of requests can be narrowed by. */
export interface ApprovalFilter extends Paging {
  readonly status?: string | undefined;
}

type View = ReturnType<typeof approvalView>;

/** Requests, newest first: those that wait, unless another status is asked for. */
export async function listApprovals(
  app: App,
  actor: Actor,
  options: ApprovalFilter,
): Promise<Page<View>> {
  const limit = pageSize(options);
  const { approvals } = app.store.practice(actor.practiceId);
  const docs = await approvals.find(
    {
      ...stored(options.status ?? "pending", app.now()),
      ...(options.cursor === undefined ? {} : { _id: { $lt: options.cursor } }),
    },
    { sort: { _id: -1 }, limit: limit + 1 },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  await recordAudit(app, actor, {
    action: "approval.list",
    entity: { type: "approvals", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: shownOf(page.items),
  });
  return { items: page.items.map((doc) => approvalView(app, doc)), next: page.next };
}

/** How a status is stored: what has expired still says that it waits. */
function stored(status: string, now: Date) {
  if (status === "pending") return { status, expiresAt: { $gt: now } };
  if (status === "expired") return { status: "pending", expiresAt: { $lte: now } };
  return { status };
}

/**
 * Approves a request, and carries the act out in the same transaction. By a person who did not ask for it (`forbidden`);
 * `state` where it is decided or has expired, `stale` where it would do something else now than what was asked for.
 */
export async function approve(
  app: App,
  actor: Actor,
  id: string,
  { note }: { readonly note?: string | undefined } = {},
): Promise<{ readonly approval: View; readonly done: unknown }> {
  return app.store.transaction(async (session) => {
    const doc = await toDecide(app, actor, id, session);
    const act: Act<never, unknown> = ACTS[doc.act as ActName];
    const input = doc.input as never;
    const effect = await act.effect(app, actor, input, session);
    if (groundOf(effect) !== doc.ground) {
      throw new OperatingError("stale", "It would do something else now: ask for it anew.");
    }
    const authority = { requestedBy: doc.requestedBy, approvalId: doc._id };
    const done = await act.carryOut(app, actor, input, authority, session);
    const decided = await decide(app, actor, doc, { status: "approved", answer: note }, session);
    return { approval: decided, done };
  });
}

/** Refuses a request with a reason; nothing is carried out. As `approve` refuses; `invalid` without a reason. */
export async function refuse(
  app: App,
  actor: Actor,
  id: string,
  { reason }: { readonly reason: string },
): Promise<View> {
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  return app.store.transaction(async (session) => {
    const doc = await toDecide(app, actor, id, session);
    return decide(app, actor, doc, { status: "refused", answer: reason }, session);
  });
}

async function toDecide(app: App, actor: Actor, id: string, session: ClientSession) {
  const { approvals } = app.store.practice(actor.practiceId);
  const doc = await approvals.findOne({ _id: id }, { session });
  if (doc === undefined) throw new OperatingError("not-found");
  if (!mayJudge(actor, [doc.requestedBy])) {
    throw new OperatingError("forbidden", "Another person decides, and never the one who asked.");
  }
  const status = statusOf(doc, app.now());
  if (status !== "pending") throw new OperatingError("state", `It is ${status}.`);
  return doc;
}

async function decide(
  app: App,
  actor: Actor,
  doc: ApprovalDoc,
  { status, answer = null }: { status: "approved" | "refused"; answer?: string | null | undefined },
  session: ClientSession,
): Promise<View> {
  const decided = { at: app.now().toISOString(), by: actor.id };
  const next: ApprovalDoc = { ...doc, status, decided, answer };
  const { approvals } = app.store.practice(actor.practiceId);
  await approvals.replace([{ document: next, version: doc.version }], session);
  const verb = status === "approved" ? "approve" : "refuse";
  await recordAudit(app, actor, approvalAudit(verb, next), session);
  return approvalView(app, next);
}
