import { useWords } from "../server/words.ts";
import type { FilterName, QueueFilter } from "../server/work.ts";
import { title } from "../words.ts";
import type { Colleague } from "./use-colleagues.ts";

/** What is chosen by hand; a view may hold more. */
const CHOSEN = ["status", "kind", "category", "assignee", "sort"] as const;
const UNCHOSEN: Readonly<Partial<Record<FilterName, string>>> = {
  status: "Not resolved",
  sort: "By deadline",
};
const SORTS = ["priority", "deadline", "amount", "age"];
const STATUSES = ["open", "in-progress", "waiting", "resolved"];

interface Props {
  readonly filter: QueueFilter;
  readonly categories: readonly string[];
  readonly colleagues: readonly Colleague[];
  readonly onChange: (filter: QueueFilter) => void;
}

/** What the queue is narrowed by. The choices stand in the address, so that a view can be kept as a bookmark. */
export function Filters({ filter, categories, colleagues, onChange }: Props) {
  const { workItemKinds } = useWords();
  const choices: Readonly<Partial<Record<FilterName, readonly Colleague[]>>> = {
    status: STATUSES.map(named),
    kind: workItemKinds.map(named),
    category: categories.map(named),
    assignee: [{ id: "me", name: "Me" }, { id: "none", name: "Nobody" }, ...colleagues],
    sort: SORTS.map(named),
  };
  return (
    <form
      className="filter"
      aria-label="Filter the queue"
      onSubmit={(event) => event.preventDefault()}
    >
      {CHOSEN.map((name) => (
        <label key={name}>
          {title(name)}{" "}
          <select
            value={filter[name] ?? ""}
            onChange={({ target }) => onChange({ ...filter, [name]: target.value || undefined })}
          >
            <option value="">{UNCHOSEN[name] ?? "All"}</option>
            {choices[name]?.map(({ id, name: shown }) => (
              <option key={id} value={id}>
                {shown}
              </option>
            ))}
          </select>
        </label>
      ))}
    </form>
  );
}

function named(id: string): Colleague {
  return { id, name: title(id) };
}
