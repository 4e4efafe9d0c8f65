import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { Page, WorkItemRow } from "../../http/use-cases.ts";
import { CloseDialog, NoteDialog } from "../item/dialogs.tsx";
import { useSession } from "../server/session.ts";
import { FILTER_NAMES, type QueueFilter, queueQuery } from "../server/work.ts";
import { Empty, Failure, Waiting } from "../shell/states.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, dollars } from "../words.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { Filters } from "./filters.tsx";
import { QueueTable } from "./queue-table.tsx";
import { useColleagues } from "./use-colleagues.ts";
import { useQueueKeys } from "./use-queue-keys.ts";
import { Views } from "./views.tsx";

/** The work queue: what is open, what it is worth, until when; every key of the help works here. */
export default function QueuePage() {
  useTitle("Queue");
  const session = useSession();
  const [address, setAddress] = useSearchParams();
  const filter = useMemo(() => filterOf(address), [address]);
  const { colleagues, nameOf } = useColleagues();
  const answer = useInfiniteQuery(queueQuery(filter));
  const { items, more } = useRows(answer);
  const [current, setCurrent] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<"note" | "close">();
  const [trouble, setTrouble] = useState<string>();
  const item = items[Math.min(current, items.length - 1)];
  const choose = useCallback((id: string) => setChosen((before) => toggled(before, id)), []);
  const mayWork = session.may("denials:work");
  useQueueKeys({ item, count: items.length, mayWork, setCurrent, choose, setDialog, setTrouble });
  const categories = useMemo(
    () => [...new Set(items.map(({ category }) => category))].sort(),
    [items],
  );
  return (
    <>
      <h1>Queue</h1>
      <Views />
      <Filters
        filter={filter}
        categories={categories}
        colleagues={colleagues}
        onChange={(next) => {
          setCurrent(0);
          setAddress(addressOf(next), { replace: true });
        }}
      />
      {trouble !== undefined && (
        <p className="bad" role="alert">
          {trouble}
        </p>
      )}
      {answer.isPending && <Waiting what="The queue" />}
      {answer.error !== null && (
        <Failure error={answer.error} again={() => void answer.refetch()} />
      )}
      {answer.isSuccess && items.length === 0 && (
        <Empty meaning="No work item matches.">
          <p>When a payer denies, rejects or underpays, the work appears here.</p>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <p className="sum shown" role="status">
            {counted(items.length, "item")}
            {answer.hasNextPage ? " so far" : ""}, {dollars(sumOf(items))} at stake
            {chosen.size > 0 ? `; ${chosen.size} selected` : ""}
          </p>
          {chosen.size > 0 && mayWork && (
            <BulkBar
              ids={[...chosen]}
              colleagues={colleagues}
              onDone={() => setChosen(new Set())}
            />
          )}
          <QueueTable
            items={items}
            current={Math.min(current, items.length - 1)}
            chosen={chosen}
            nameOf={nameOf}
            onChoose={choose}
            onEnd={more}
          />
        </>
      )}
      {dialog === "note" && item && <NoteDialog item={item} onClose={() => setDialog(undefined)} />}
      {dialog === "close" && item && (
        <CloseDialog item={item} onClose={() => setDialog(undefined)} />
      )}
    </>
  );
}

type Answer = Pick<
  UseInfiniteQueryResult<{ readonly pages: readonly Page<WorkItemRow>[] }>,
  "data" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage"
>;

/** The rows that have come, and how to ask for more of them. */
function useRows({ data, hasNextPage, isFetchingNextPage, fetchNextPage }: Answer) {
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { items, more };
}

function sumOf(items: readonly { readonly amountCents: number }[]): number {
  return items.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

function filterOf(address: URLSearchParams): QueueFilter {
  const entries = FILTER_NAMES.map((name) => [name, address.get(name) ?? undefined]);
  return Object.fromEntries(entries) as QueueFilter;
}

function addressOf(filter: QueueFilter): URLSearchParams {
  const chosen = Object.entries(filter).filter((entry): entry is [string, string] => !!entry[1]);
  return new URLSearchParams(chosen);
}

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
