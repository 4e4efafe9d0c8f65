import {
  assign,
  handOver,
  logCall,
  note,
  type Outcome,
  planNext,
  release,
  reopen,
  resolve,
  resume,
  type Transition,
  type WorkItem,
  type WorkItemRefusal,
  wait,
} from "../../billing/denials/index.ts";
import type { WorkItemDoc } from "../../platform/store/index.ts";
import { writeOffClaim } from "../approvals/ask.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { type ErrorCode, OperatingError } from "../errors.ts";
import { patientOf } from "../shown.ts";
import { today } from "../today.ts";
import { type ItemView, itemView } from "./item-view.ts";
import { RefusedChange } from "./refused-change.ts";
import { replaceItem } from "./store-items.ts";

/** One work item with its lines and notes. */
export async function showWorkItem(app: App, actor: Actor, id: string): Promise<ItemView> {
  const item = await findItem(app, actor, id);
  await recordAudit(app, actor, await auditOf(app, actor, "work-item.read", item));
  return itemView(item, today(app));
}

async function findItem(app: App, actor: Actor, id: string): Promise<WorkItemDoc> {
  const item = await app.store.practice(actor.practiceId).workItems.findOne({ _id: id });
  if (item === undefined) throw new OperatingError("not-found");
  return item;
}

/** The version that was read; where it is given, a change of a newer one is refused. */
interface Read {
  readonly version?: number | undefined;
}

/** Gives the item to a person, or back to its team when `assignee` is null. */
export function assignWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { assignee, version }: Read & { readonly assignee: string | null },
) {
  return change(app, actor, id, version, "work-item.assign", (item, act) =>
    assignee === null ? release(item, act) : assign(item, { ...act, assignee }),
  );
}

/** Gives the item to who asks. */
export function takeWorkItem(app: App, actor: Actor, id: string, { version }: Read) {
  return change(app, actor, id, version, "work-item.take", (item, act) =>
    assign(item, { ...act, assignee: actor.id }),
  );
}

/** Gives the item to somebody else with a word about what is to be done. */
export function handOverWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { assignee, text, version }: Read & { readonly assignee: string; readonly text: string },
) {
  return change(app, actor, id, version, "work-item.hand-over", (item, act) =>
    handOver(item, { ...act, assignee, text }),
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

/** A telephone call as it is written down; `at` is now unless it says another UTC instant. */
export interface CallInput extends Read {
  readonly at?: string;
  readonly who: string;
  readonly number?: string;
  readonly reference?: string;
  readonly text: string;
}

/** Writes a telephone call down. */
export function callWorkItem(app: App, actor: Actor, id: string, { version, ...call }: CallInput) {
  return change(app, actor, id, version, "work-item.call", (item, act) =>
    logCall(item, { ...act, call }),
  );
}

/** Sets the item aside until a date. */
export function waitWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { until, text, version }: Read & { readonly until: string; readonly text?: string },
) {
  return change(app, actor, id, version, "work-item.wait", (item, act) =>
    wait(item, { ...act, until, text }),
  );
}

/** Takes up an item that waited. */
export function resumeWorkItem(app: App, actor: Actor, id: string, { version }: Read) {
  return change(app, actor, id, version, "work-item.resume", resume);
}

/** Says when the item is to be looked at next, and what for. */
export function planWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { date, text, version }: Read & { readonly date: string; readonly text: string },
) {
  return change(app, actor, id, version, "work-item.plan", (item, act) =>
    planNext(item, { ...act, date, text }),
  );
}

/** How a work item ended. */
interface Resolution extends Read {
  readonly outcome: string;
  readonly note?: string;
}

/**
 * Ends the item with an outcome. `written-off` writes off what is still open of it, so that the books say what the queue
 * says; above the limit the item stays, and the `approval` that a second person decides on comes with it.
 */
export async function resolveWorkItem(app: App, actor: Actor, id: string, input: Resolution) {
  const { approval, done } = await writeItemOff(app, actor, id, input);
  if (approval === undefined && done === undefined) {
    return { ...(await end(app, actor, id, input)), approval };
  }
  return { ...itemView(await findItem(app, actor, id), today(app)), approval };
}

/** Writes off what is open of an item that ends so, or asks for it; neither where nothing is. */
async function writeItemOff(
  app: App,
  actor: Actor,
  id: string,
  { outcome, note: reason = "", version }: Resolution,
): Promise<Partial<Awaited<ReturnType<typeof writeOffClaim>>>> {
  if (outcome !== "written-off") return {};
  const item = await findItem(app, actor, id);
  const isStale = version !== undefined && version !== item.version;
  if (isStale || item.status === "resolved") {
    const [code, detail] = REFUSALS[isStale ? "stale-version" : "wrong-status"];
    throw new RefusedChange(code, detail, itemView(item, today(app)));
  }
  const { claims } = app.store.practice(actor.practiceId);
  const claim = item.claimId && (await claims.findOne({ _id: item.claimId }));
  if (!claim) return {};
  const amountCents = Math.min(item.amountCents, claim.totals.openInsuranceCents);
  if (amountCents <= 0) return {};
  const { patientControlNumber } = claim.claim;
  return writeOffClaim(app, actor, { patientControlNumber, amountCents, reason, item: id });
}

function end(app: App, actor: Actor, id: string, input: Resolution) {
  return change(app, actor, id, input.version, "work-item.resolve", (item, act) =>
    resolve(item, { ...act, outcome: input.outcome as Outcome, text: input.note }),
  );
}

/** Opens a resolved item again and says why. */
export function reopenWorkItem(
  app: App,
  actor: Actor,
  id: string,
  { text, version }: Read & { readonly text: string },
) {
  return change(app, actor, id, version, "work-item.reopen", (item, act) =>
    reopen(item, { ...act, text }),
  );
}

const REFUSALS: Readonly<Record<WorkItemRefusal, readonly [ErrorCode, string?]>> = {
  "stale-version": ["stale"],
  "wrong-status": ["state", "The item is not in a state for that."],
  "text-missing": ["invalid", "A text is required."],
  "text-too-long": ["invalid", "The text is too long."],
  "unknown-outcome": ["invalid", "There is no such outcome."],
  "bad-date": ["invalid", "That is no calendar date."],
  "one-by-one": ["state", "A write-off moves money: it is decided item by item."],
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
): Promise<ItemView> {
  return app.store.transaction(async (session) => {
    const { workItems } = app.store.practice(actor.practiceId);
    const item = await workItems.findOne({ _id: id }, { session });
    if (item === undefined) throw new OperatingError("not-found");
    const at = app.now().toISOString();
    const moved = move(item, { version: version ?? item.version, by: actor.id, at });
    if ("refusal" in moved) {
      const [code, detail] = REFUSALS[moved.refusal];
      throw new RefusedChange(code, detail, itemView(item, today(app)));
    }
    const stored = await replaceItem(app, actor, item, moved.item, session);
    await recordAudit(app, actor, await auditOf(app, actor, action, item), session);
    return itemView(stored, today(app));
  });
}

async function auditOf(app: App, actor: Actor, action: string, item: WorkItemDoc) {
  return {
    action,
    entity: { type: "work-item", id: item.id },
    ...(await patientOf(app.store.practice(actor.practiceId), item.claimId)),
    purpose: "payment" as const,
    outcome: "success" as const,
  };
}
