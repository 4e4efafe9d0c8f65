import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Waiting } from "./states.tsx";

interface Props<Row> {
  readonly what: string;
  readonly answer: UseInfiniteQueryResult<{ pages: { items: readonly Row[] }[] }>;
  readonly empty: ReactNode;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A list that is fetched page by page, in each state that it can be in. */
export function Pages<Row>({ what, answer, empty, children }: Props<Row>) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = answer;
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting what={what} />;
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return empty;
  return (
    <>
      {children(rows)}
      {hasNextPage && (
        <p>
          <button
            type="button"
            className="quiet"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show more
          </button>
        </p>
      )}
    </>
  );
}
