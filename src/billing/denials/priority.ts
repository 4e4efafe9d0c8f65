import type { Cents } from "../money/index.ts";
import { addDays, type CalendarDate, daysBetween } from "./calendar.ts";
import type { Chance, Priority, WorkItemDraft, WorkItemKind } from "./work-item.ts";

/** What an item must tell to be ranked. */
export type Ranked = Pick<
  WorkItemDraft,
  "kind" | "amountCents" | "correctable" | "appealable" | "deadline"
>;

/** Below this an item would stand last whatever its deadline. */
const MINIMUM_CENTS = 100;

/**
 * The chance by what can be done, until a practice has outcomes of its own. Nobody publishes these: they say no
 * more than that a corrected claim wins more often than an appeal, and an appeal more often than neither.
 */
const CHANCES = {
  correctable: { chance: 0.7, chanceFrom: "house practice: a claim that can be corrected" },
  appealable: { chance: 0.5, chanceFrom: "house practice: a decision that can be appealed" },
  neither: { chance: 0.2, chanceFrom: "house practice: neither to be corrected nor appealed" },
} as const satisfies Record<string, Chance>;

/** Kinds whose money is in the house, or is owed to somebody: nothing has to be won. */
const CERTAIN: Readonly<Partial<Record<WorkItemKind, Chance>>> = {
  "posting-exception": { chance: 1, chanceFrom: "house practice: the money has come already" },
  credit: { chance: 1, chanceFrom: "house practice: the money is owed back" },
};

/** Urgency by the days that are left, the fewest first; more days than these are of urgency 1. */
const URGENCY: readonly { readonly daysLeft: number; readonly urgency: number }[] = [
  // What is overdue stays on top until somebody decides: nothing expires in silence.
  { daysLeft: -1, urgency: 5 },
  { daysLeft: 3, urgency: 4 },
  { daysLeft: 7, urgency: 3 },
  { daysLeft: 14, urgency: 2 },
  { daysLeft: 30, urgency: 1.5 },
];

/** The chance that house practice gives an item. */
export function houseChance(item: Ranked): Chance {
  const certain = CERTAIN[item.kind];
  if (certain !== undefined) return certain;
  if (item.correctable) return CHANCES.correctable;
  return item.appealable ? CHANCES.appealable : CHANCES.neither;
}

/** The priority of an item as of a day; `chance` is house practice unless the practice knows better. */
export function priorityOf(
  item: Ranked,
  today: CalendarDate,
  { chance, chanceFrom }: Chance = houseChance(item),
): Priority {
  const amountCents = recoverable(item.amountCents);
  const { urgency, until } = urgencyOf(item.deadline.date, today);
  const score = Math.round(amountCents * chance * urgency);
  return { score, amountCents, chance, chanceFrom, urgency, until };
}

/** A take-back or a credit is worth the work that its amount is, whatever its sign. */
function recoverable(amountCents: Cents): number {
  return Math.max(MINIMUM_CENTS, Math.abs(amountCents));
}

function urgencyOf(due: CalendarDate, today: CalendarDate) {
  const left = daysBetween(today, due);
  const at = URGENCY.findIndex(({ daysLeft }) => left <= daysLeft);
  const step = URGENCY[at];
  const next = at === -1 ? URGENCY.at(-1) : URGENCY[at - 1];
  const until = next === undefined ? null : addDays(due, -next.daysLeft);
  return { urgency: step?.urgency ?? 1, until };
}
