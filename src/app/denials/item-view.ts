import { daysLeft, priorityOf, reasonWords, type WorkItem } from "../../billing/denials/index.ts";

/** A work item as the queue shows it; `today` counts the days that are left. */
export function itemRow(item: WorkItem, today: string) {
  return {
    id: item.id,
    patientControlNumber: item.patientControlNumber ?? "",
    traceNumber: item.traceNumber ?? null,
    payer: item.payer.name,
    payerId: item.payer.id,
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
    daysLeft: daysLeft(item.deadline, today),
    priority: item.priority ?? priorityOf(item, today),
    status: item.status,
    assignee: item.assignee ?? null,
    waitingUntil: item.waitingUntil ?? null,
    nextActionDate: item.nextActionDate ?? null,
    outcome: item.outcome ?? null,
    createdAt: item.createdAt,
    resolvedAt: item.resolvedAt ?? null,
    version: item.version,
  };
}

/** A work item with its lines and what was done about it. */
export function itemView(item: WorkItem, today: string) {
  return {
    ...itemRow(item, today),
    lines: item.lines ?? [],
    correction: item.correction ?? null,
    deadlineSource: item.deadline.source,
    notes: item.notes,
    calls: item.calls ?? [],
    nextActionText: item.nextActionText ?? null,
  };
}

/** A work item as `itemView` gives it. */
export type ItemView = ReturnType<typeof itemView>;
