import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Page, WorkItemRow, WorkItemView } from "../../http/use-cases.ts";
import { ask, queryOf } from "./ask.ts";

/** What the queue is narrowed and sorted by, as the address of the page says it. */
export type QueueFilter = Readonly<Record<FilterName, string | undefined>>;
/** The names of the filters, as the programming interface has them. */
export const FILTER_NAMES = [
  "status",
  "kind",
  "category",
  "owner",
  "assignee",
  "payer",
  "reason",
  "minCents",
  "dueBefore",
  "waitingBefore",
  "sort",
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

const PAGE_SIZE = 200;
const COUNT_EVERY_MS = 15_000;

/** The queue page by page; the next page is asked for before the end of the list is reached. */
export function queueQuery(filter: QueueFilter) {
  return infiniteQueryOptions({
    queryKey: ["queue", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      ask<Page<WorkItemRow>>(`/denials${queryOf({ ...filter, limit: PAGE_SIZE, cursor })}`),
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: COUNT_EVERY_MS,
  });
}

/** How much is in the queue, under which headings. */
export interface QueueCounts {
  readonly open: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly overdue: number;
  readonly dueThisWeek: number;
  readonly amountCents: number;
}

/** The numbers over the queue, live. */
export const countsQuery = queryOptions({
  queryKey: ["queue", "counts"],
  queryFn: () => ask<QueueCounts>("/denials/counts"),
  refetchInterval: COUNT_EVERY_MS,
});

/** A list of the queue under a name. */
export interface QueueView {
  readonly name: string;
  readonly filter: Readonly<Record<string, string | number>>;
  readonly sort: string;
  readonly builtIn: boolean;
}

/** The views: built in, one's own, and those that others share. */
export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: async () => (await ask<{ items: readonly QueueView[] }>("/views")).items,
});

/** One item with its story. */
export function itemQuery(id: string) {
  return queryOptions({
    queryKey: ["item", id],
    queryFn: () => ask<WorkItemView>(`/denials/${encodeURIComponent(id)}`),
  });
}

/** Who can be given work. */
export const colleaguesQuery = queryOptions({
  queryKey: ["colleagues"],
  staleTime: 300_000,
  queryFn: async () =>
    (await ask<{ items: readonly { id: string; name: string }[] }>("/colleagues")).items,
});
