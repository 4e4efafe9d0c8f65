import type { ClientSession } from "mongoose";
import { priorityOf, type WorkItem } from "../../billing/denials/index.ts";
import type { WorkItemDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { today } from "../today.ts";
import { countChanges } from "./queue-counts.ts";

/** Stores new items. With `replaceItem` the only way into the queue, for both keep its counts. */
export async function insertItems(
  app: App,
  actor: Actor,
  items: readonly WorkItem[],
  session: ClientSession,
): Promise<void> {
  const { workItems } = app.store.practice(actor.practiceId);
  await workItems.insert(
    items.map((item) => ({ ...item, _id: item.id })),
    session,
  );
  const changes = items.map((after) => ({ after }));
  await countChanges(app, actor, changes, session);
}

/** An item as it was read, and as it is to be. */
export interface Replacing {
  readonly before: WorkItemDoc;
  readonly next: WorkItem;
}

/**
 * Stores items as they are to be, ranked anew; where somebody was first, the transaction begins anew. Gives them as
 * they are stored.
 */
export async function replaceItems(
  app: App,
  actor: Actor,
  changes: readonly Replacing[],
  session: ClientSession,
): Promise<readonly WorkItem[]> {
  const now = today(app);
  const stored = changes.map(({ before, next }) => {
    return { before, after: { ...next, priority: priorityOf(next, now, next.priority) } };
  });
  await app.store.practice(actor.practiceId).workItems.replace(
    stored.map(({ before, after }) => ({
      document: { ...before, ...after },
      version: before.version,
    })),
    session,
  );
  await countChanges(app, actor, stored, session);
  return stored.map(({ after }) => after);
}

/** `replaceItems` of one. */
export async function replaceItem(
  app: App,
  actor: Actor,
  before: WorkItemDoc,
  next: WorkItem,
  session: ClientSession,
): Promise<WorkItem> {
  const [stored] = await replaceItems(app, actor, [{ before, next }], session);
  return stored ?? next;
}
