import type { Appeal, AppealDecision } from "./appeal.ts";
import { isCalendarDate } from "./calendar.ts";
import type { Deadline } from "./deadline.ts";
import {
  OUTCOMES,
  type Outcome,
  type WorkItem,
  type WorkItemCall,
  type WorkItemCategory,
  type WorkItemStatus,
} from "./work-item.ts";

/** What a person can do with an item. */
export type WorkItemAction =
  | "assign"
  | "release"
  | "note"
  | "wait"
  | "plan"
  | "call"
  | "resume"
  | "resolve"
  | "reopen";

/** Why an action was refused; the item is then unchanged. */
export type WorkItemRefusal =
  /** Someone else changed the item meanwhile. */
  | "stale-version"
  /** The action does not fit the item's status. */
  | "wrong-status"
  /** Note, reason or assignee is blank. */
  | "text-missing"
  | "text-too-long"
  | "unknown-outcome"
  | "bad-date"
  /** Group CO may not go to the patient (POSTING §8). */
  | "not-the-patients"
  /** A write-off moves money, above a limit by two people: one item at a time. */
  | "one-by-one";

/** The item after an action, or why there is none. */
export type Transition = { readonly item: WorkItem } | { readonly refusal: WorkItemRefusal };

/** Who acts, when, and on which version of the item. */
export interface Act {
  readonly version: number;
  readonly by: string;
  /** UTC instant. */
  readonly at: string;
}

/** The status an action leads to, by action and status before; what is not here is refused. */
export const TRANSITIONS: Readonly<
  Record<WorkItemAction, Readonly<Partial<Record<WorkItemStatus, WorkItemStatus>>>>
> = {
  assign: { open: "in-progress", "in-progress": "in-progress", waiting: "waiting" },
  release: { "in-progress": "open", waiting: "open" },
  note: { open: "open", "in-progress": "in-progress", waiting: "waiting", resolved: "resolved" },
  plan: { open: "open", "in-progress": "in-progress", waiting: "waiting" },
  call: { open: "open", "in-progress": "in-progress", waiting: "waiting", resolved: "resolved" },
  wait: { open: "waiting", "in-progress": "waiting", waiting: "waiting" },
  resume: { waiting: "in-progress" },
  resolve: { open: "resolved", "in-progress": "resolved", waiting: "resolved" },
  reopen: { resolved: "open" },
};

const TEXT_LIMIT = 4000;

/**
 * Categories in which the payer denies being the payer at all, so that its contract shields nobody.
 */
const NOT_THIS_PAYERS_PATIENT: ReadonlySet<WorkItemCategory> = new Set([
  "incorrect-patient-info",
  "no-active-coverage",
  "incorrect-payer",
  "third-party-liability",
] as const);

/** Gives the item to a person. */
export function assign(item: WorkItem, act: Act & { readonly assignee: string }): Transition {
  if (act.assignee.trim() === "") return { refusal: "text-missing" };
  return step(item, "assign", act, { assignee: act.assignee });
}

/** Gives the item to another person with a word about what is to be done. */
export function handOver(
  item: WorkItem,
  act: Act & { readonly assignee: string; readonly text: string },
): Transition {
  if (act.assignee.trim() === "") return { refusal: "text-missing" };
  const change = { assignee: act.assignee };
  return textRefusal(act.text) ?? step(item, "assign", act, change, act.text);
}

/** Puts the item back into its team's queue. */
export function release(item: WorkItem, act: Act): Transition {
  return step(item, "release", act, { assignee: undefined, waitingUntil: undefined });
}

/** Adds a note; resolved items take notes too. */
export function note(item: WorkItem, act: Act & { readonly text: string }): Transition {
  return textRefusal(act.text) ?? step(item, "note", act, {}, act.text);
}

/** Writes down a call; resolved items take calls too. `at` of the call is that of the act unless it says another. */
export function logCall(
  item: WorkItem,
  act: Act & { readonly call: Omit<WorkItemCall, "at" | "by"> & { readonly at?: string } },
): Transition {
  const { call } = act;
  const refusal = textRefusal(call.text) ?? textRefusal(call.who);
  const entry = { ...call, at: call.at ?? act.at, by: act.by };
  return refusal ?? step(item, "call", act, { calls: [...(item.calls ?? []), entry] });
}

/** Says when the item is to be looked at next, and what for. */
export function planNext(
  item: WorkItem,
  act: Act & { readonly date: string; readonly text: string },
): Transition {
  if (!isCalendarDate(act.date)) return { refusal: "bad-date" };
  const change = { nextActionDate: act.date, nextActionText: act.text };
  return textRefusal(act.text) ?? step(item, "plan", act, change);
}

/** Sets the item aside until a date, as after an appeal was sent. */
export function wait(
  item: WorkItem,
  act: Act & { readonly until: string; readonly text?: string | undefined },
): Transition {
  if (!isCalendarDate(act.until)) return { refusal: "bad-date" };
  return step(item, "wait", act, { waitingUntil: act.until }, act.text);
}

/** Records an appeal that was sent; the item waits until its answer is due. */
export function appeal(
  item: WorkItem,
  act: Act & { readonly until: string; readonly sent: Appeal },
): Transition {
  if (!isCalendarDate(act.until)) return { refusal: "bad-date" };
  const appeals = [...(item.appeals ?? []), act.sent];
  const { level, name, how } = act.sent;
  const text = `Appealed, level ${level} (${name}), by ${how}.`;
  return step(item, "wait", act, { waitingUntil: act.until, appeals }, text);
}

/**
 * Records what the payer answered to the last appeal; somebody goes on with the item, until the deadline of the next
 * level where there is one.
 */
export function appealAnswered(
  item: WorkItem,
  act: Act & {
    readonly decision: AppealDecision;
    readonly text?: string | undefined;
    readonly deadline?: Deadline | undefined;
  },
): Transition {
  const last = item.appeals?.at(-1);
  if (last === undefined || last.decision !== undefined) return { refusal: "wrong-status" };
  const appeals = [...(item.appeals ?? []).slice(0, -1), { ...last, decision: act.decision }];
  const { deadline = item.deadline } = act;
  const change = { assignee: item.assignee ?? act.by, waitingUntil: undefined, appeals, deadline };
  return step(item, "resume", act, change, act.text ?? `Answered: ${act.decision}.`);
}

/** Takes up an item that waited; whoever resumes an item that nobody holds, holds it. */
export function resume(item: WorkItem, act: Act): Transition {
  const change = { assignee: item.assignee ?? act.by, waitingUntil: undefined };
  return step(item, "resume", act, change);
}

/**
 * Ends the item with an outcome. A denial of group CO cannot end with the patient, unless the payer
 * denies that the patient is its member or the case its own.
 */
export function resolve(
  item: WorkItem,
  act: Act & { readonly outcome: Outcome; readonly text?: string | undefined },
): Transition {
  if (!OUTCOMES.includes(act.outcome)) return { refusal: "unknown-outcome" };
  if (act.outcome === "transferred-to-patient" && !mayGoToPatient(item)) {
    return { refusal: "not-the-patients" };
  }
  const change = { outcome: act.outcome, resolvedAt: act.at, waitingUntil: undefined };
  return step(item, "resolve", act, change, act.text);
}

/** Opens a resolved item again and says why; it returns to the queue of its team. */
export function reopen(item: WorkItem, act: Act & { readonly text: string }): Transition {
  const change = { outcome: undefined, resolvedAt: undefined, assignee: undefined };
  return textRefusal(act.text) ?? step(item, "reopen", act, change, act.text);
}

function mayGoToPatient(item: WorkItem): boolean {
  return item.groupCode !== "CO" || NOT_THIS_PAYERS_PATIENT.has(item.category);
}

function textRefusal(text: string): { readonly refusal: WorkItemRefusal } | undefined {
  if (text.trim() === "") return { refusal: "text-missing" };
  return text.length > TEXT_LIMIT ? { refusal: "text-too-long" } : undefined;
}

type Change = Partial<
  Pick<
    WorkItem,
    | "assignee"
    | "waitingUntil"
    | "outcome"
    | "resolvedAt"
    | "calls"
    | "nextActionDate"
    | "nextActionText"
    | "appeals"
    | "deadline"
  >
>;

function step(
  item: WorkItem,
  action: WorkItemAction,
  act: Act,
  change: Change,
  text?: string | undefined,
): Transition {
  if (act.version !== item.version) return { refusal: "stale-version" };
  const status = TRANSITIONS[action][item.status];
  if (status === undefined) return { refusal: "wrong-status" };
  if (text !== undefined && text.length > TEXT_LIMIT) return { refusal: "text-too-long" };
  const said = text !== undefined && text.trim() !== "";
  const notes = said ? [...item.notes, { at: act.at, by: act.by, text }] : item.notes;
  return { item: { ...item, ...change, status, notes, version: item.version + 1 } };
}
