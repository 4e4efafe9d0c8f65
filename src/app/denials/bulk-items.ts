import type { ClientSession } from "mongoose";
import {
  type Act,
  assign,
  note,
  type Outcome,
  planNext,
  release,
  resolve,
  type Transition,
  type WorkItem,
  type WorkItemRefusal,
  wait,
} from "../../billing/denials/index.ts";
import type { WorkItemDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type QueueFilter, queueFilter } from "./list-queue.ts";
import { type Replacing, replaceItems } from "./store-items.ts";

/** What can be done to many items at once. */
export const BULK_ACTIONS = ["assign", "take", "note", "wait", "next-action", "resolve"] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Items of one call at most. */
export const BULK_MOST = 500;

/** Which items, what is to be done to each, and whether only to say what would come of it. */
export interface BulkInput {
  /** These, or the first of those that a filter finds, the nearest deadline first. */
  readonly ids?: readonly string[];
  readonly filter?: QueueFilter;
  readonly action: BulkAction;
  /** Of `assign`; null gives the items back to their teams. */
  readonly assignee?: string | null;
  /** Of `note`, `wait` and `next-action`; of `resolve` its note. */
  readonly text?: string;
  /** Of `wait` and `next-action`, ISO calendar date. */
  readonly date?: string;
  /** Of `resolve`. */
  readonly outcome?: string;
  readonly dryRun?: boolean;
}

/** What came of one item. */
export interface BulkRow {
  readonly id: string;
  readonly ok: boolean;
  /** Why it was left as it is; null where it was not. */
  readonly reason: WorkItemRefusal | "not-found" | null;
}

/** What came of all of them. */
export interface BulkAnswer {
  readonly dryRun: boolean;
  readonly done: number;
  readonly refused: number;
  /** The filter finds more than one call changes. */
  readonly more: boolean;
  readonly items: readonly BulkRow[];
}

type Move = (item: WorkItem, act: Act) => Transition;

/** What each action does to an item. */
const MOVES: Readonly<Record<BulkAction, (input: BulkInput, actor: Actor) => Move>> = {
  assign: ({ assignee = null }) =>
    assignee === null ? release : (item, act) => assign(item, { ...act, assignee }),
  take:
    (_input, { id }) =>
    (item, act) =>
      assign(item, { ...act, assignee: id }),
  note:
    ({ text = "" }) =>
    (item, act) =>
      note(item, { ...act, text }),
  wait:
    ({ date = "", text }) =>
    (item, act) =>
      wait(item, { ...act, until: date, text }),
  "next-action":
    ({ date = "", text = "" }) =>
    (item, act) =>
      planNext(item, { ...act, date, text }),
  resolve:
    ({ outcome, text }) =>
    (item, act) =>
      outcome === "written-off"
        ? { refusal: "one-by-one" }
        : resolve(item, { ...act, outcome: outcome as Outcome, text }),
};

/**
 * Does one thing to many items in one transaction, each with its audit event; an item that refuses stays as it is and
 * says why. A dry run changes nothing and says the same.
 */
export async function changeManyItems(
  app: App,
  actor: Actor,
  input: BulkInput,
): Promise<BulkAnswer> {
  if ((input.ids === undefined) === (input.filter === undefined)) {
    throw new OperatingError("invalid", "Give ids or a filter.");
  }
  const { dryRun = false } = input;
  return app.store.transaction(async (session) => {
    const found = await findMany(app, actor, input, session);
    const items = found.slice(0, BULK_MOST);
    const moved = movedOf(app, actor, items, input);
    const changes = moved.flatMap(({ change }) => change ?? []);
    if (!dryRun && changes.length > 0) {
      await replaceItems(app, actor, changes, session);
      await recordAudit(app, actor, await auditsOf(app, actor, input, changes, session), session);
    }
    const known = new Set(items.map(({ id }) => id));
    const missing = (input.ids ?? []).filter((id) => !known.has(id));
    const rows = [
      ...moved.map(({ row }) => row),
      ...missing.map((id): BulkRow => ({ id, ok: false, reason: "not-found" })),
    ];
    const done = changes.length;
    const more = found.length > BULK_MOST;
    return { dryRun, done, refused: rows.length - done, more, items: rows };
  });
}

async function findMany(
  app: App,
  actor: Actor,
  { ids, filter }: BulkInput,
  session: ClientSession,
): Promise<WorkItemDoc[]> {
  const { workItems } = app.store.practice(actor.practiceId);
  if (ids !== undefined) return workItems.find({ _id: { $in: [...new Set(ids)] } }, { session });
  return workItems.find(queueFilter(actor, filter ?? {}), {
    session,
    sort: { "deadline.date": 1, _id: 1 },
    limit: BULK_MOST + 1,
  });
}

function movedOf(
  app: App,
  actor: Actor,
  items: readonly WorkItemDoc[],
  input: BulkInput,
): { readonly row: BulkRow; readonly change?: Replacing }[] {
  const move = MOVES[input.action](input, actor);
  const at = app.now().toISOString();
  return items.map((before) => {
    const { id, version } = before;
    const moved = move(before, { version, by: actor.id, at });
    if ("refusal" in moved) return { row: { id, ok: false, reason: moved.refusal } };
    return { row: { id, ok: true, reason: null }, change: { before, next: moved.item } };
  });
}

/** One event an item, as if it had been changed alone. */
async function auditsOf(
  app: App,
  actor: Actor,
  { action }: BulkInput,
  changes: readonly Replacing[],
  session: ClientSession,
) {
  const claimIds = changes.flatMap(({ before }) => before.claimId ?? []);
  const claims = await app.store
    .practice(actor.practiceId)
    .claims.find(
      { _id: { $in: [...new Set(claimIds)] } },
      { session, projection: { patientId: 1 } },
    );
  const patients = new Map(claims.map(({ _id, patientId }) => [_id, patientId]));
  return changes.map(({ before }) => {
    const patientId = patients.get(before.claimId ?? "");
    return {
      action: `work-item.${action === "next-action" ? "plan" : action}`,
      entity: { type: "work-item", id: before.id },
      ...(patientId === undefined ? {} : { patientId }),
      purpose: "payment" as const,
      outcome: "success" as const,
      detail: { bulk: true },
    };
  });
}
