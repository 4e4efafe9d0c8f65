import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { ask, type Refusal } from "../server/ask.ts";
import { countsQuery, FILTER_NAMES, type QueueView, viewsQuery } from "../server/work.ts";
import { dollars } from "../words.ts";

/** The numbers over the queue, and its lists under names: built in, one's own, and what others share. */
export function Views() {
  const { data: counts } = useQuery(countsQuery);
  const { data: views = [], refetch } = useQuery(viewsQuery);
  const [address] = useSearchParams();
  return (
    <>
      {counts !== undefined && (
        <p className="sum">
          {counts.open} open ({dollars(counts.amountCents)}), {counts.mine} mine,{" "}
          {counts.unassigned} unassigned,{" "}
          <span className={counts.overdue > 0 ? "bad" : ""}>{counts.overdue} overdue</span>,{" "}
          {counts.dueThisWeek} due this week
        </p>
      )}
      <nav className="views" aria-label="Views">
        <ul>
          {views.map((view) => (
            <li key={view.name}>
              <Link to={{ search: searchOf(view) }} replace>
                {view.name}
              </Link>
            </li>
          ))}
          {address.size > 0 && (
            <li>
              <KeepView address={address} onKept={() => void refetch()} />
            </li>
          )}
        </ul>
      </nav>
    </>
  );
}

function searchOf({ filter, sort }: QueueView): string {
  const chosen = Object.entries({ ...filter, sort }).map(([name, value]) => [name, String(value)]);
  return `?${new URLSearchParams(chosen).toString()}`;
}

interface KeepProps {
  readonly address: URLSearchParams;
  readonly onKept: () => void;
}

/** Keeps what is shown now under a name of one's own. */
function KeepView({ address, onKept }: KeepProps) {
  const [name, setName] = useState("");
  const [trouble, setTrouble] = useState<string>();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const {
      sort = "deadline",
      minCents,
      ...filter
    } = Object.fromEntries(
      FILTER_NAMES.flatMap((each) => (address.has(each) ? [[each, address.get(each)]] : [])),
    ) as Record<string, string>;
    const least = minCents === undefined ? {} : { minCents: Number(minCents) };
    try {
      const view = { filter: { ...filter, ...least }, sort, shared: false };
      await ask(`/views/${encodeURIComponent(name)}`, "PUT", view);
      setName("");
      setTrouble(undefined);
      onKept();
    } catch (refusal) {
      setTrouble((refusal as Refusal).message);
    }
  };
  return (
    <form onSubmit={(event) => void keep(event)}>
      <label>
        <span className="unseen">Name of this view</span>
        <input
          required
          maxLength={80}
          placeholder="Keep this view as …"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>{" "}
      <button type="submit" className="quiet">
        Keep
      </button>
      {trouble !== undefined && (
        <span className="bad" role="alert">
          {trouble}
        </span>
      )}
    </form>
  );
}
