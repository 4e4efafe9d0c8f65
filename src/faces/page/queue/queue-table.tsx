import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { WorkItemRow } from "../../http/use-cases.ts";
import { title } from "../words.ts";
import { columns, features } from "./columns.tsx";

const ROW_PX = 34;
const OVERSCAN = 12;

interface Props {
  readonly items: readonly WorkItemRow[];
  readonly current: number;
  readonly chosen: ReadonlySet<string>;
  readonly nameOf: (assignee: string | null | undefined) => string;
  readonly onChoose: (id: string) => void;
  readonly onEnd: () => void;
}

/**
 * The rows of the queue: only those in sight stand in the document, so that a hundred thousand scroll like ten. The row
 * of the keyboard is marked by `aria-current`, and its link has the focus.
 */
export function QueueTable({ items, current, chosen, nameOf, onChoose, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns, data: items as WorkItemRow[] });
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 2 * OVERSCAN) onEnd();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    if (current < rows.length) virtual.scrollToIndex(current);
  }, [current, rows.length, virtual]);
  const above = seen[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <section className="rows" ref={scroller} aria-label="Work items" tabIndex={-1}>
      <table aria-rowcount={rows.length + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              <th scope="col">
                <span className="unseen">Selected</span>
              </th>
              {group.headers.map((header) => (
                <th scope="col" key={header.id} className={header.id}>
                  <table.FlexRender header={header} />
                </th>
              ))}
              <th scope="col">Assignee</th>
            </tr>
          ))}
        </thead>
        <tbody>
          <Gap height={above} />
          {seen.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const { original: item } = row;
            return (
              <tr
                key={item.id}
                aria-rowindex={index + 2}
                aria-current={index === current ? "true" : undefined}
              >
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Select ${title(item.kind)} ${index + 1}`}
                    checked={chosen.has(item.id)}
                    onChange={() => onChoose(item.id)}
                  />
                </td>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className={cell.column.id}>
                    {cell.column.id === "kind" ? (
                      <Link to={`/queue/${encodeURIComponent(item.id)}`}>
                        <table.FlexRender cell={cell} />
                      </Link>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                ))}
                <td>{nameOf(item.assignee)}</td>
              </tr>
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </section>
  );
}

/** The room of the rows that are not in the document. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td className="gap" style={{ height }} />
    </tr>
  );
}
