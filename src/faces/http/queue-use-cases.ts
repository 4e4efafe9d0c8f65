/** The use cases of the work queue. */
import type { Act, Page, Paging, Question, UseCase } from "./use-case.ts";

/** A work item as `denials list` gives it. */
export interface WorkItemRow {
  readonly id: string;
  /** Absent where the item is about no claim. */
  readonly patientControlNumber?: string | null | undefined;
  readonly kind: string;
  readonly category: string;
  readonly groupCode?: string | null | undefined;
  readonly reasonCode?: string | null | undefined;
  /** The reason code in plain words. */
  readonly reasonText?: string | null | undefined;
  readonly remarkCodes: readonly string[];
  readonly amountCents: number;
  readonly suggestedAction: string;
  /** Whether a mended claim may win it; absent where that is not known. */
  readonly correctable?: boolean;
  /** Whether an appeal may win it. */
  readonly appealable?: boolean;
  /** ISO date, and the rule that makes it. */
  readonly deadline?: string | undefined;
  readonly deadlineRule?: string | undefined;
  readonly daysLeft?: number | undefined;
  readonly priority?: object | undefined;
  readonly payerId?: string | undefined;
  readonly status: string;
  readonly assignee?: string | null | undefined;
  readonly payer?: string | undefined;
  /** ISO instant of its birth. */
  readonly createdAt?: string | undefined;
  /** Rises with every change; a change that names an older one is refused. */
  readonly version?: number | undefined;
}

/** A work item with what was done about it. */
export interface WorkItemView extends WorkItemRow {
  readonly notes?: readonly { readonly at: string; readonly by: string; readonly text: string }[];
  /** The lines of the decision, with what is at stake on each. */
  readonly lines?: readonly {
    readonly lineControlNumber?: string | undefined;
    readonly procedureCode: string;
    readonly amountCents: number;
  }[];
  /** What happened, in one sentence. */
  readonly words?: string | undefined;
  readonly outcome?: string | null | undefined;
}

/** What the queue can be narrowed by. */
export interface WorkItemFilter extends Paging {
  readonly status?: string;
  readonly assignee?: string;
  readonly kind?: string;
  readonly category?: string;
  readonly payer?: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly minCents?: number;
  readonly dueBefore?: string;
  readonly waitingBefore?: string;
  readonly sort?: string;
}

/** How much is in the queue, under which headings. */
interface QueueCounts {
  readonly open: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly overdue: number;
  readonly dueThisWeek: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byOwner: Readonly<Record<string, number>>;
  readonly amountCents: number;
}

/** A list of the queue under a name. */
export interface QueueViewInput {
  readonly filter: Omit<WorkItemFilter, "sort" | keyof Paging>;
  readonly sort: string;
  readonly shared: boolean;
}

/** One thing that is to be done to many items. */
export interface BulkInput {
  readonly ids?: readonly string[];
  readonly filter?: QueueViewInput["filter"];
  readonly action: "assign" | "take" | "note" | "wait" | "next-action" | "resolve";
  readonly assignee?: string | null;
  readonly text?: string;
  readonly date?: string;
  readonly outcome?: string;
  readonly dryRun?: boolean;
}

interface Read {
  readonly version?: number;
}

type Change<Input> = Act<Input, WorkItemView>;

/** The work queue: its lists and counts, what is done with an item, and lists under a name. */
export interface QueueUseCases {
  readonly listWorkItems: UseCase<WorkItemFilter, Page<WorkItemRow>>;
  readonly countQueue: Question<QueueCounts>;
  readonly showWorkItem: UseCase<string, WorkItemView>;
  readonly assignWorkItem: Change<Read & { assignee: string | null }>;
  readonly takeWorkItem: Change<Read>;
  readonly handOverWorkItem: Change<Read & { assignee: string; text: string }>;
  readonly noteWorkItem: Change<{ text: string }>;
  readonly callWorkItem: Change<
    Read & { at?: string; who: string; number?: string; reference?: string; text: string }
  >;
  readonly waitWorkItem: Change<Read & { until: string; text?: string }>;
  readonly resumeWorkItem: Change<Read>;
  readonly planWorkItem: Change<Read & { date: string; text: string }>;
  readonly resolveWorkItem: Change<Read & { outcome: string; note?: string }>;
  readonly reopenWorkItem: Change<Read & { text: string }>;
  readonly changeManyItems: UseCase<
    BulkInput,
    { readonly done: number; readonly refused: number; readonly items: readonly object[] }
  >;
  readonly listQueueViews: Question<{ readonly items: readonly object[] }>;
  readonly saveQueueView: Act<QueueViewInput, object>;
  readonly removeQueueView: UseCase<string, void>;
}
