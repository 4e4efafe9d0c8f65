import type { ClientSession } from "mongoose";
import {
  assign,
  note,
  type Outcome,
  reasonWords,
  release,
  resolve,
  type Transition,
  type WorkItem,
  type WorkItemRefusal,
} from "../../billing/denials/index.ts";
import type { WorkItemDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { type ErrorCode, OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { patientOf, shownOf } from "../shown.ts";

/** What the queue can be narrowed by. */
export interface WorkItemFilter extends Paging {
  readonly status?: string | undefined;
  readonly assignee?: string | undefined;
  readonly kind?: string | undefined;
  readonly category?: string | undefined;
}

/** A work item as the queue shows it. */
function itemRow(item: WorkItem) {
  return {
    id: item.id,
    patientControlNumber: item.patientControlNumber ?? "",
    traceNumber: item.traceNumber ?? null,
    payer: item.payer.name,
    kind: item.kind,
    category: item.category,
    groupCode: item.groupCode ?? null,
    reasonCode: item.reasonCode ?? null,
    reasonText: item.groupCode === undefined ? null : reasonWords(item.reasonCode ?? ""),
    remarkCodes: item.remarkCodes,
    amountCents: item.amountCents,
    words: item.words,
    suggestedAction: item.suggestedAction,
    owner: item.owner,
    correctable: item.correctable,
    appealable: item.appealable,
    deadline: item.deadline.date,
    deadlineRule: item.deadline.rule,
    status: item.status,
    assignee: item.assignee ?? null,
    outcome: item.outcome ?? null,
    createdAt: item.createdAt,
    resolvedAt: item.resolvedAt ?? null,
    version: item.version,
  };
}

function itemView(item: WorkItem) {
  return {
    ...itemRow(item),
    lines: item.lines ?? [],
    correction: item.correction ?? null,
    deadlineSource: item.deadline.source,
    notes: item.notes,
  };
}

/** The queue, the nearest deadline first; everything that is not resolved unless a status is asked for. */
export async function listWorkItems(
  app: App,
  actor: Actor,
  filter: WorkItemFilter,
): Promise<Page<ReturnType<typeof itemRow>>> {
  const limit = pageSize(filter);
  const { status, assignee, kind, category, cursor } = filter;
  const items = await app.store.practice(actor.practiceId).workItems.find(
    {
      status: status === undefined ? { $in: ["open", "in-progress", "waiting"] } : status,
      ...(assignee === undefined ? {} : { assignee }),
      ...(kind === undefined ? {} : { kind }),
      ...(category === undefined ? {} : { category }),
      ...(cursor === undefined ? {} : after(cursor)),
    },
    { sort: { "deadline.date": 1, _id: 1 }, limit: limit + 1 },
  );
  const page = pageOf(items, limit, (item) => `${item.deadline.date}~${item._id}`);
  await recordAudit(app, actor, {
    action: "work-item.list",
    entity: { type: "work-items", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(page.items),
  });
  return { items: page.items.map(itemRow), next: page.next };
}

function after(cursor: string) {
  const [date = "", id = ""] = cursor.split("~");
  return {
    $or: [{ "deadline.date": { $gt: date } }, { "deadline.date": date, _id: { $gt: id } }],
  };
}

/** One work item with its lines and notes. */
export async function showWorkItem(app: App, actor: Actor, id: string) {
  const item = await findItem(app, actor, id);
  await recordAudit(app, actor, await auditOf(app, actor, "work-item.read", item));
  return itemView(item);
}

/** Gives the item to a person, or back to its team when `assignee` is null. */
export function assignWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { assignee, version }: { readonly assignee: string | null; readonly version?: number },
) {
  return change(app, actor, id, version, "work-item.assign", (item, act) =>
    assignee === null ? release(item, act) : assign(item, { ...act, assignee }),
  );
}

/** Adds a note. */
export function noteWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { text }: { readonly text: string },
) {
  return change(app, actor, id, undefined, "work-item.note", (item, act) =>
    note(item, { ...act, text }),
  );
}

/** Ends the item with an outcome; money moves by postings, never by an outcome. */
export function resolveWorkItem(
  app: App,
  actor: Actor,
  id: string,
  input: { readonly outcome: string; readonly note?: string; readonly version?: number },
) {
  return change(app, actor, id, input.version, "work-item.resolve", (item, act) =>
    resolve(item, { ...act, outcome: input.outcome as Outcome, text: input.note }),
  );
}

const REFUSALS: Readonly<Record<WorkItemRefusal, readonly [ErrorCode, string?]>> = {
  "stale-version": ["stale"],
  "wrong-status": ["state", "The item is not in a state for that."],
  "text-missing": ["invalid", "A text is required."],
  "text-too-long": ["invalid", "The text is too long."],
  "unknown-outcome": ["invalid", "There is no such outcome."],
  "bad-date": ["invalid", "That is no calendar date."],
  "not-the-patients": ["state", "A contractual obligation may not go to the patient."],
};

interface Acting {
  readonly version: number;
  readonly by: string;
  readonly at: string;
}

async function change(
  app: App,
  actor: Actor,
  id: string,
  version: number | undefined,
  action: string,
  move: (item: WorkItem, act: Acting) => Transition,
) {
  return app.store.transaction(async (session) => {
    const { workItems } = app.store.practice(actor.practiceId);
    const item = await workItems.findOne({ _id: id }, { session });
    if (item === undefined) throw new OperatingError("not-found");
    const at = app.now().toISOString();
    const moved = move(item, { version: version ?? item.version, by: actor.id, at });
    if ("refusal" in moved) throw new OperatingError(...REFUSALS[moved.refusal]);
    await replaceItem(app, actor, item, moved.item, session);
    await recordAudit(app, actor, await auditOf(app, actor, action, item), session);
    return itemView(moved.item);
  });
}

/** Stores an item as a transition left it; where somebody was first, the transaction begins anew. */
export async function replaceItem(
  app: App,
  actor: Actor,
  item: WorkItemDoc,
  next: WorkItem,
  session: ClientSession,
): Promise<void> {
  const document = { ...item, ...next };
  await app.store
    .practice(actor.practiceId)
    .workItems.replace([{ document, version: item.version }], session);
}

async function findItem(app: App, actor: Actor, id: string): Promise<WorkItemDoc> {
  const item = await app.store.practice(actor.practiceId).workItems.findOne({ _id: id });
  if (item === undefined) throw new OperatingError("not-found");
  return item;
}

async function auditOf(app: App, actor: Actor, action: string, item: WorkItem) {
  return {
    action,
    entity: { type: "work-item", id: item.id },
    ...(await patientOf(app.store.practice(actor.practiceId), item.claimId)),
    purpose: "payment" as const,
    outcome: "success" as const,
  };
}
