import { reasonWords } from "../../app/words.ts";
import type { Page, WorkItemFilter, WorkItemRow } from "../http/use-cases.ts";
import { counted, date, daysSince, dollars, title } from "./format.ts";
import { type Html, html, type Part } from "./html.ts";
import { emptyState, layout, nextPage, type Viewer } from "./layout.ts";

/** A person to whom work can be given. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

const STATUSES = ["open", "in-progress", "waiting", "resolved"];
const URGENT_DAYS = 7;

/** What the queue page shows. */
export interface QueueView {
  readonly items: Page<WorkItemRow>;
  readonly filter: WorkItemFilter;
  readonly kinds: readonly string[];
  readonly colleagues: readonly Colleague[];
  readonly now: Date;
}

/** The work queue: what is open, what it is worth, until when, and what to do first. */
export function queuePage(viewer: Viewer, view: QueueView): string {
  const { items, filter } = view;
  const list =
    items.items.length === 0
      ? emptyState(
          "No work item matches.",
          html`When a payer denies, rejects or underpays, the work appears here.`,
        )
      : queueTable(view);
  return layout(
    { title: "Queue", viewer, path: "/queue" },
    html`${filterForm(view)}${list}${nextPage("/queue", queryOf(filter), items.next)}`,
  );
}

function filterForm({ filter, kinds, colleagues }: QueueView): Html {
  return html`<form class="filter" method="get" action="/queue" aria-label="Filter the queue">
${select("status", "Status", filter.status, STATUSES.map(named), "Not resolved")}
${select("kind", "Kind", filter.kind, kinds.map(named))}
${select("assignee", "Assignee", filter.assignee, colleagues)}
<label for="category">Category</label>
<input id="category" name="category" value="${filter.category}">
<button>Show</button>
</form>`;
}

function named(id: string): Colleague {
  return { id, name: title(id) };
}

function select(
  name: string,
  label: string,
  chosen: string | undefined,
  options: readonly Colleague[],
  unchosen = "All",
): Html {
  return html`<label for="${name}">${label}</label>
<select id="${name}" name="${name}"><option value="">${unchosen}</option>${options.map((option) =>
    option.id === chosen
      ? html`<option value="${option.id}" selected>${option.name}</option>`
      : html`<option value="${option.id}">${option.name}</option>`,
  )}</select>`;
}

function queueTable(view: QueueView): Html {
  const { items } = view.items;
  const atStake = items.reduce((sum, item) => sum + item.amountCents, 0);
  return html`<div class="wide"><table>
<caption>${counted(items.length, "work item")} on this page, ${dollars(atStake)} at stake</caption>
<thead><tr><th scope="col">Age</th><th scope="col">Payer</th><th scope="col">Claim</th>
<th scope="col">Kind</th><th scope="col">Category</th><th scope="col">Reason</th>
<th scope="col" class="money">At stake</th><th scope="col">Deadline</th>
<th scope="col">Suggested action</th><th scope="col">Assignee</th></tr></thead>
<tbody>${items.map((item) => queueRow(item, view))}</tbody></table></div>`;
}

function queueRow(item: WorkItemRow, { now, colleagues }: QueueView): Html {
  const age = daysSince(item.createdAt, now);
  return html`<tr>
<td>${age === undefined ? "–" : `${age} d`}</td>
<td>${item.payer || "–"}</td>
<td class="code">${claimLink(item.patientControlNumber)}</td>
<td><a href="/queue/${encodeURIComponent(item.id)}">${title(item.kind)}</a></td>
<td>${title(item.category)}</td>
<td>${reasonOf(item)}</td>
<td class="money">${dollars(item.amountCents)}</td>
<td>${deadlineOf(item, now)}</td>
<td>${item.suggestedAction}</td>
<td>${assigneeName(item, colleagues)}</td></tr>`;
}

/** Group and reason code with the reason in plain words; a rejection's status code is of another list. */
export function reasonOf(item: WorkItemRow): Part {
  const { groupCode, reasonCode } = item;
  if (!reasonCode) return "–";
  if (!groupCode) return html`<b class="code">${reasonCode}</b>`;
  return html`<b class="code">${groupCode}-${reasonCode}</b> ${item.reasonText ?? reasonWords(reasonCode)}`;
}

/** The deadline, and in words where it is near or over, so that colour is not all that tells. */
export function deadlineOf(item: WorkItemRow, now: Date): Part {
  const due = item.deadline;
  const passed = daysSince(due, now);
  if (passed === undefined) return "–";
  if (passed > 0 && item.status !== "resolved") {
    return html`<span class="bad">${date(due)} – ${counted(passed, "day")} over</span>`;
  }
  if (passed > -URGENT_DAYS && item.status !== "resolved") {
    return html`<span class="warn">${date(due)} – ${counted(-passed, "day")} left</span>`;
  }
  return date(due);
}

/** A link to the claim; a dash where the item is about none. */
export function claimLink(patientControlNumber: string | undefined | null): Part {
  if (!patientControlNumber) return "–";
  const path = `/claims/${encodeURIComponent(patientControlNumber)}`;
  return html`<a href="${path}">${patientControlNumber}</a>`;
}

/** Who has the item; "Nobody" is a state that someone should end. */
export function assigneeName(item: WorkItemRow, colleagues: readonly Colleague[]): string {
  if (!item.assignee) return "Nobody";
  return colleagues.find(({ id }) => id === item.assignee)?.name ?? item.assignee;
}

function queryOf(filter: WorkItemFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query;
}
