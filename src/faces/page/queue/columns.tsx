import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import type { WorkItemRow } from "../../http/use-cases.ts";
import { daysSince, dollars, title } from "../words.ts";
import { Deadline } from "./deadline.tsx";

/** The service sorts and filters, so the table needs none of the library's own features. */
export const features = tableFeatures({});

const helper = createColumnHelper<typeof features, WorkItemRow>();

/** The columns of the queue. */
export const columns = helper.columns([
  helper.display({
    id: "age",
    header: "Age",
    cell: ({ row }) => `${daysSince(row.original.createdAt, new Date()) ?? "–"} d`,
  }),
  helper.accessor("payer", { header: "Payer", cell: ({ getValue }) => getValue() || "–" }),
  helper.accessor("patientControlNumber", {
    header: "Claim",
    cell: ({ getValue }) => <span className="code">{getValue() || "–"}</span>,
  }),
  helper.accessor("kind", { header: "Kind", cell: ({ getValue }) => title(getValue()) }),
  helper.accessor("category", { header: "Category", cell: ({ getValue }) => title(getValue()) }),
  helper.display({
    id: "reason",
    header: "Reason",
    cell: ({ row: { original } }) => <span className="code">{reasonCodeOf(original)}</span>,
  }),
  helper.accessor("amountCents", {
    header: "At stake",
    cell: ({ getValue }) => <span className="money">{dollars(getValue())}</span>,
  }),
  helper.accessor("deadline", {
    header: "Deadline",
    cell: ({ row: { original } }) => <Deadline due={original.deadline} status={original.status} />,
  }),
  helper.accessor("suggestedAction", { header: "Do first" }),
]);

/** Group and reason code as the remittance has them; a rejection has no group. */
export function reasonCodeOf({ groupCode, reasonCode }: WorkItemRow): string {
  if (!reasonCode) return "–";
  return groupCode ? `${groupCode}-${reasonCode}` : reasonCode;
}
