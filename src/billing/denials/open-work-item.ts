import { priorityOf } from "./priority.ts";
import type { Chance, WorkItem, WorkItemDraft } from "./work-item.ts";

/** The work item that a draft becomes when it is stored; `chance` where the practice knows one of its own. */
export function openWorkItem(
  draft: WorkItemDraft,
  birth: {
    readonly id: string;
    readonly practiceId: string;
    readonly at: string;
    readonly chance?: Chance | undefined;
  },
): WorkItem {
  return {
    ...draft,
    id: birth.id,
    practiceId: birth.practiceId,
    status: "open",
    priority: priorityOf(draft, birth.at.slice(0, 10), birth.chance),
    notes: [],
    createdAt: birth.at,
    version: 1,
  };
}
