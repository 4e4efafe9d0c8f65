import type { ClientSession } from "mongoose";
import { addDays, OPEN_STATUSES, type WorkItem } from "../../billing/denials/index.ts";
import type { QueueCountDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { today } from "../today.ts";

/** What of an item the counts are made of. */
type Counted = Pick<
  WorkItem,
  "status" | "kind" | "category" | "owner" | "assignee" | "amountCents"
>;

/** An item before and after a change; a new one has no before. */
export interface ItemChange {
  readonly before?: Counted;
  readonly after: Counted;
}

interface Sum {
  items: number;
  cents: number;
}

/** Says that the counts were made of all items once, and have been kept since. */
const KEPT = "kept";

/** How many days ahead "this week" looks, today included. */
const WEEK_DAYS = 7;

/** Keeps the counts of the queue in the transaction that changes items. */
export async function countChanges(
  app: App,
  actor: Actor,
  changes: readonly ItemChange[],
  session: ClientSession,
): Promise<void> {
  const sums = new Map<string, Sum>();
  for (const { before, after } of changes) {
    if (before !== undefined) addTo(sums, before, -1);
    addTo(sums, after, 1);
  }
  const moved = [...sums].filter(([, { items, cents }]) => items !== 0 || cents !== 0);
  await app.store.practice(actor.practiceId).queueCounts.add(
    moved.map(([id, sum]) => ({ id, add: { ...sum } })),
    session,
  );
}

function addTo(sums: Map<string, Sum>, item: Counted, sign: 1 | -1): void {
  for (const key of keysOf(item)) {
    const sum = sums.get(key) ?? { items: 0, cents: 0 };
    sum.items += sign;
    sum.cents += sign * item.amountCents;
    sums.set(key, sum);
  }
}

/** What an item is counted under; a resolved one under nothing. */
function keysOf({ status, kind, category, owner, assignee }: Counted): string[] {
  if (status === "resolved") return [];
  const keys = ["all", `kind:${kind}`, `category:${category}`, `owner:${owner}`];
  return assignee === undefined || assignee === null ? keys : [...keys, `assignee:${assignee}`];
}

/** How much is in the queue, by kind, category and team, and how much of it is due; live, whatever its size. */
export async function countQueue(app: App, actor: Actor) {
  const { workItems } = app.store.practice(actor.practiceId);
  const sums = await keptSums(app, actor);
  const now = today(app);
  const isOpen = { status: { $in: [...OPEN_STATUSES] } };
  const [overdue, dueThisWeek] = await Promise.all([
    workItems.count({ ...isOpen, "deadline.date": { $lt: now } }),
    workItems.count({ ...isOpen, "deadline.date": { $gte: now, $lt: addDays(now, WEEK_DAYS) } }),
  ]);
  const all = sums.get("all");
  const open = all?.items ?? 0;
  const assigned = Object.values(under(sums, "assignee")).reduce((sum, items) => sum + items, 0);
  return {
    open,
    mine: sums.get(`assignee:${actor.id}`)?.items ?? 0,
    unassigned: open - assigned,
    overdue,
    dueThisWeek,
    byKind: under(sums, "kind"),
    byCategory: under(sums, "category"),
    byOwner: under(sums, "owner"),
    amountCents: all?.cents ?? 0,
  };
}

function under(sums: ReadonlyMap<string, Sum>, by: string): Record<string, number> {
  const rows = [...sums]
    .filter(([key, { items }]) => key.startsWith(`${by}:`) && items !== 0)
    .map(([key, { items }]): [string, number] => [key.slice(by.length + 1), items]);
  return Object.fromEntries(rows.sort(([, a], [, b]) => b - a));
}

/** The counts by their keys; made of all items where a store from before has none. */
async function keptSums(app: App, actor: Actor): Promise<ReadonlyMap<string, Sum>> {
  const { queueCounts } = app.store.practice(actor.practiceId);
  const kept = await queueCounts.find({});
  const isKept = kept.some(({ _id }) => _id === idOf(actor, KEPT));
  const documents = isKept ? kept : await recountQueue(app, actor);
  const start = idOf(actor, "").length;
  return new Map(documents.map(({ _id, items, cents }) => [_id.slice(start), { items, cents }]));
}

function idOf({ practiceId }: Actor, key: string): string {
  return `${practiceId}:${key}`;
}

/** Makes the counts of all items anew, in place of those that were kept. */
export async function recountQueue(
  app: App,
  actor: Actor,
): Promise<readonly Omit<QueueCountDoc, "practiceId">[]> {
  return app.store.transaction(async (session) => {
    const { workItems, queueCounts } = app.store.practice(actor.practiceId);
    const items = await workItems.find(
      { status: { $in: [...OPEN_STATUSES] } },
      { session, projection: { packed: 0 } },
    );
    const sums = new Map<string, Sum>([[KEPT, { items: 0, cents: 0 }]]);
    for (const item of items) addTo(sums, item, 1);
    await queueCounts.remove({}, session);
    const documents = [...sums].map(([key, sum]) => ({ _id: idOf(actor, key), ...sum }));
    await queueCounts.insert(documents, session);
    return documents;
  });
}
