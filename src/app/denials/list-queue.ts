import { OPEN_STATUSES } from "../../billing/denials/index.ts";
import type { Filter, WorkItemDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { shownOf } from "../shown.ts";
import { today } from "../today.ts";
import { itemRow } from "./item-view.ts";

/** In which order the queue is listed. */
export const QUEUE_SORTS = ["priority", "deadline", "amount", "age"] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

/** What the queue can be narrowed by; everything that is given must hold. */
export interface QueueFilter {
  readonly status?: string | undefined;
  readonly kind?: string | undefined;
  readonly category?: string | undefined;
  /** The payer's id. */
  readonly payer?: string | undefined;
  /** The team. */
  readonly owner?: string | undefined;
  /** A person's id, `me`, or `none`. */
  readonly assignee?: string | undefined;
  /** `CO-197`, or `197` of any group. */
  readonly reason?: string | undefined;
  readonly minCents?: number | undefined;
  /** ISO calendar date; the deadline lies before it. */
  readonly dueBefore?: string | undefined;
  /** ISO calendar date; what the item waits for lies before it. */
  readonly waitingBefore?: string | undefined;
}

/** What the queue is asked. */
export interface WorkItemFilter extends QueueFilter, Paging {
  readonly sort?: string | undefined;
}

/** How each order reads its value of an item, and which way it goes. */
const ORDERS: Readonly<
  Record<
    QueueSort,
    { readonly field: string; readonly way: 1 | -1; placeOf(item: WorkItemDoc): unknown }
  >
> = {
  priority: { field: "priority.score", way: -1, placeOf: ({ priority }) => priority?.score ?? 0 },
  deadline: { field: "deadline.date", way: 1, placeOf: ({ deadline }) => deadline.date },
  amount: { field: "amountCents", way: -1, placeOf: ({ amountCents }) => amountCents },
  age: { field: "_id", way: 1, placeOf: ({ _id }) => _id },
};

/** The queue, the nearest deadline first unless another order is asked for; without a status, what is not resolved. */
export async function listWorkItems(
  app: App,
  actor: Actor,
  filter: WorkItemFilter,
): Promise<Page<ReturnType<typeof itemRow>>> {
  const limit = pageSize(filter);
  const sort = sortOf(filter.sort);
  const { field, way, placeOf } = ORDERS[sort];
  const items = await app.store.practice(actor.practiceId).workItems.find(
    { ...queueFilter(actor, filter), ...after(sort, filter.cursor) },
    {
      sort: field === "_id" ? { _id: way } : { [field]: way, _id: 1 },
      limit: limit + 1,
      projection: { packed: 0 },
    },
  );
  const page = pageOf(items, limit, (item) => `${String(placeOf(item))}~${item._id}`);
  await recordAudit(app, actor, {
    action: "work-item.list",
    entity: { type: "work-items", id: actor.practiceId },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(page.items),
  });
  const now = today(app);
  return { items: page.items.map((item) => itemRow(item, now)), next: page.next };
}

function sortOf(sort: string = "deadline"): QueueSort {
  const known = QUEUE_SORTS.find((each) => each === sort);
  if (known === undefined) throw new OperatingError("usage", `Sort by ${QUEUE_SORTS.join(", ")}.`);
  return known;
}

/** The filter in the store's words. */
export function queueFilter(actor: Actor, filter: QueueFilter): Filter {
  const { status, assignee, kind, category, owner, payer, reason } = filter;
  const { minCents, dueBefore, waitingBefore } = filter;
  const [, groupCode, reasonCode] = /^(?:([A-Z]{2})-)?(.+)$/.exec(reason ?? "") ?? [];
  const asked: Record<string, unknown> = {
    status: status ?? { $in: [...OPEN_STATUSES] },
    assignee: assigneeOf(actor, assignee),
    reasonCode,
    groupCode,
    "payer.id": payer,
    category,
    kind,
    owner,
    amountCents: minCents === undefined ? undefined : { $gte: minCents },
    "deadline.date": dueBefore === undefined ? undefined : { $lt: dueBefore },
    waitingUntil: waitingBefore === undefined ? undefined : { $lt: waitingBefore },
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function assigneeOf(actor: Actor, assignee: string | undefined): string | null | undefined {
  if (assignee === "none") return null;
  return assignee === "me" ? actor.id : assignee;
}

/** What comes behind a place in the order; the first condition lets an index begin there. */
function after(sort: QueueSort, cursor: string | undefined): Filter {
  if (cursor === undefined) return {};
  const { field, way } = ORDERS[sort];
  const [text = "", id = ""] = cursor.split("~");
  if (field === "_id") return { _id: { $gt: id } };
  const value = way === -1 ? Number(text) : text;
  if (Number.isNaN(value))
    throw new OperatingError("invalid", "The cursor is not one of this list.");
  const [to, beyond] = way === -1 ? ["$lte", "$lt"] : ["$gte", "$gt"];
  const ties = [{ [field]: { [String(beyond)]: value } }, { _id: { $gt: id } }];
  return { $and: [{ [field]: { [String(to)]: value } }, { $or: ties }] };
}
