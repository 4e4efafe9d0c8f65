import { addDays } from "../../billing/denials/index.ts";
import type { QueueViewDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";
import type { QueueFilter } from "./list-queue.ts";

/** A list of the queue under a name. */
export interface QueueView {
  readonly name: string;
  readonly filter: QueueFilter;
  readonly sort: string;
  readonly shared: boolean;
  /** Shipped with the program: nobody changes it. */
  readonly builtIn: boolean;
  /** Whose it is; null where it is built in. */
  readonly owner: string | null;
  /** Whether it belongs to who asks. */
  readonly own: boolean;
}

/** The lists that everybody begins with. */
function builtIn(now: string): readonly Pick<QueueView, "name" | "filter" | "sort">[] {
  return [
    { name: "Mine", filter: { assignee: "me" }, sort: "priority" },
    { name: "Team", filter: {}, sort: "priority" },
    { name: "Unassigned", filter: { assignee: "none" }, sort: "priority" },
    { name: "Overdue", filter: { dueBefore: now }, sort: "deadline" },
    { name: "High dollars", filter: { minCents: 100_000 }, sort: "amount" },
    { name: "Rejections", filter: { kind: "rejection" }, sort: "priority" },
    {
      name: "Waiting due",
      filter: { status: "waiting", waitingBefore: addDays(now, 1) },
      sort: "deadline",
    },
  ];
}

const MOST_VIEWS = 100;

/** The built-in views, one's own, and those that others share. */
export async function listQueueViews(
  app: App,
  actor: Actor,
): Promise<{ readonly items: readonly QueueView[] }> {
  const stored = await app.store
    .practice(actor.practiceId)
    .queueViews.find({ $or: [{ owner: actor.id }, { shared: true }] }, { sort: { name: 1 } });
  const shipped = builtIn(today(app)).map((view) => ({
    ...view,
    shared: true,
    builtIn: true,
    owner: null,
    own: false,
  }));
  return { items: [...shipped, ...stored.map((view) => viewOf(actor, view))] };
}

function viewOf(actor: Actor, { name, filter, sort, shared, owner }: QueueViewDoc): QueueView {
  return { name, filter, sort, shared, builtIn: false, owner, own: owner === actor.id };
}

/** What a view is to be. */
export interface QueueViewInput {
  readonly filter: QueueFilter;
  readonly sort: string;
  readonly shared: boolean;
}

/** Keeps a view of one's own under a name, in place of the one that had it. */
export async function saveQueueView(
  app: App,
  actor: Actor,
  name: string,
  { filter, sort, shared }: QueueViewInput,
): Promise<QueueView> {
  if (builtIn(today(app)).some((view) => view.name === name)) {
    throw new OperatingError("state", "A built-in view cannot be changed; take another name.");
  }
  return app.store.transaction(async (session) => {
    const { queueViews } = app.store.practice(actor.practiceId);
    const own = await queueViews.find({ owner: actor.id }, { session });
    const known = own.find((view) => view.name === name);
    if (known === undefined && own.length >= MOST_VIEWS) {
      throw new OperatingError("state", `A person keeps ${MOST_VIEWS} views.`);
    }
    const view = {
      _id: known?._id ?? app.newId(),
      owner: actor.id,
      name,
      filter: filter as QueueViewDoc["filter"],
      sort,
      shared,
      at: app.now(),
    };
    await queueViews.put(view, session);
    await recordAudit(app, actor, auditOf("view.save", view._id), session);
    return viewOf(actor, { ...view, practiceId: actor.practiceId });
  });
}

/** Removes a view of one's own. */
export async function removeQueueView(app: App, actor: Actor, name: string): Promise<void> {
  await app.store.transaction(async (session) => {
    const { queueViews } = app.store.practice(actor.practiceId);
    const view = await queueViews.findOne({ owner: actor.id, name }, { session });
    if (view === undefined) throw new OperatingError("not-found");
    await queueViews.remove({ _id: view._id }, session);
    await recordAudit(app, actor, auditOf("view.remove", view._id), session);
  });
}

function auditOf(action: string, id: string) {
  const entity = { type: "queue-view", id };
  return { action, entity, purpose: "operations", outcome: "success" } as const;
}
