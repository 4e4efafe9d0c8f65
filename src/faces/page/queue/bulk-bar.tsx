import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask, type Refusal } from "../server/ask.ts";
import { useWords } from "../server/words.ts";
import { counted, title } from "../words.ts";
import type { Colleague } from "./use-colleagues.ts";

interface Props {
  readonly ids: readonly string[];
  readonly colleagues: readonly Colleague[];
  readonly onDone: () => void;
}

/** What came of each item, or would. */
interface BulkAnswer {
  readonly dryRun: boolean;
  readonly done: number;
  readonly refused: number;
  readonly items: readonly { readonly id: string; readonly reason: string | null }[];
}

/** One thing done to all items that are selected: looked at first, then done. */
export function BulkBar({ ids, colleagues, onDone }: Props) {
  const { outcomes } = useWords();
  const [act, setAct] = useState("");
  const cache = useQueryClient();
  const bulk = useMutation<BulkAnswer, Refusal, boolean>({
    mutationFn: (dryRun) => ask("/denials/bulk", "POST", { ids, ...bodyOf(act), dryRun }),
    onSuccess: async ({ dryRun, refused }) => {
      if (dryRun) return;
      await cache.invalidateQueries({ queryKey: ["queue"] });
      if (refused === 0) onDone();
    },
  });
  const { data } = bulk;
  const reasons = [...new Set(data?.items.flatMap(({ reason }) => reason ?? []))];
  return (
    <form
      className="filter bulk"
      aria-label="All that are selected"
      onSubmit={(event) => {
        event.preventDefault();
        bulk.mutate(data === undefined || !data.dryRun);
      }}
    >
      <label>
        {counted(ids.length, "item")}:{" "}
        <select
          required
          value={act}
          onChange={({ target }) => {
            setAct(target.value);
            bulk.reset();
          }}
        >
          <option value="">What to do</option>
          <optgroup label="Give to">
            {colleagues.map(({ id, name }) => (
              <option key={id} value={`assign ${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Close as">
            {outcomes.map((outcome) => (
              <option key={outcome} value={`resolve ${outcome}`}>
                {title(outcome)}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <button type="submit" disabled={bulk.isPending}>
        {data?.dryRun ? "Do it" : "Look what would come of it"}
      </button>
      <span role="status">
        {data !== undefined &&
          `${data.dryRun ? "Would be done" : "Done"}: ${data.done}, refused: ${data.refused}. ${reasons.join(" ")}`}
      </span>
      {bulk.error !== null && (
        <span className="bad" role="alert">
          {bulk.error.message}
        </span>
      )}
    </form>
  );
}

function bodyOf(act: string) {
  const [action, value = ""] = act.split(" ");
  return action === "assign" ? { action, assignee: value } : { action, outcome: value };
}
