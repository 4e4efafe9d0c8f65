import { remarkWords } from "../../app/words.ts";
import type { WorkItemView } from "../http/use-cases.ts";
import { date, dollars, title } from "./format.ts";
import { type Html, html, type Part } from "./html.ts";
import { csrfField, emptyState, layout, type Viewer } from "./layout.ts";
import { assigneeName, type Colleague, claimLink, deadlineOf, reasonOf } from "./queue-page.ts";

/** What the page of one work item shows. */
export interface WorkItemPageView {
  readonly item: WorkItemView;
  readonly colleagues: readonly Colleague[];
  readonly outcomes: readonly string[];
  /** Whether the viewer may change it. */
  readonly mayWork: boolean;
  readonly now: Date;
}

/** One work item: what happened, what to do, what was done; and the forms to do it. */
export function workItemPage(viewer: Viewer, view: WorkItemPageView): string {
  const { item, mayWork } = view;
  const heading = `${title(item.kind)}: ${title(item.category)}`;
  return layout(
    { title: heading, viewer },
    html`<p><a href="/queue">Back to the queue</a></p>
${facts(view)}
<h2>Notes</h2>
${notes(view)}
${mayWork && item.status !== "resolved" && forms(viewer, view)}`,
  );
}

function facts({ item, colleagues, now }: WorkItemPageView): Html {
  const rows: readonly (readonly [string, Part])[] = [
    ["What happened", item.words],
    ["Suggested action", html`<b>${item.suggestedAction}</b>`],
    ["At stake", dollars(item.amountCents)],
    ["Deadline", html`${deadlineOf(item, now)} ${deadlineRule(item)}`],
    ["Reason", reasonOf(item)],
    ["Remarks", item.remarkCodes.map(remark)],
    ["Payer", item.payer],
    ["Claim", claimLink(item.patientControlNumber)],
    ["Status", title(item.status)],
    ["Outcome", item.outcome && title(item.outcome)],
    ["Assignee", assigneeName(item, colleagues)],
    ["Since", date(item.createdAt)],
  ];
  return html`<dl class="facts">${rows.map(
    ([name, value]) => !isBlank(value) && html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

function isBlank(value: Part): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function remark(code: string): Html {
  return html`<div><b class="code">${code}</b> ${remarkWords(code)}</div>`;
}

function deadlineRule(item: WorkItemView): Part {
  return item.deadlineRule && html`<span class="hint">${item.deadlineRule}</span>`;
}

function notes({ item, colleagues }: WorkItemPageView): Html {
  if (item.notes === undefined || item.notes.length === 0) return emptyState("No notes yet.");
  const nameOf = (id: string) => colleagues.find((person) => person.id === id)?.name ?? id;
  return html`<ol class="notes">${item.notes.map(
    (note) =>
      html`<li><p class="hint">${date(note.at)}, ${nameOf(note.by)}</p><p>${note.text}</p></li>`,
  )}</ol>`;
}

function forms(viewer: Viewer, { item, colleagues, outcomes }: WorkItemPageView): Html {
  const action = `/queue/${encodeURIComponent(item.id)}`;
  const hidden = html`${csrfField(viewer)}${
    item.version !== undefined && html`<input type="hidden" name="version" value="${item.version}">`
  }`;
  return html`<div class="forms">
<form class="card" method="post" action="${action}/note"><h2>Add a note</h2>${csrfField(viewer)}
<label for="text">What was done or learned</label>
<textarea id="text" name="text" rows="4" maxlength="4000" required></textarea>
<button>Add the note</button></form>
<form class="card" method="post" action="${action}/assign"><h2>Assign</h2>${hidden}
<label for="assignee">Who does it</label>
<select id="assignee" name="assignee"><option value="">Nobody</option>${colleagues.map((person) =>
    person.id === item.assignee
      ? html`<option value="${person.id}" selected>${person.name}</option>`
      : html`<option value="${person.id}">${person.name}</option>`,
  )}</select>
<button>Assign</button></form>
<form class="card" method="post" action="${action}/resolve"><h2>Resolve</h2>${hidden}
<label for="outcome">How it ended</label>
<select id="outcome" name="outcome" required><option value="">Choose</option>${outcomes.map(
    (outcome) => html`<option value="${outcome}">${title(outcome)}</option>`,
  )}</select>
<label for="note">Note</label>
<textarea id="note" name="note" rows="2" maxlength="4000"></textarea>
<p class="hint">Money moves only by postings, never by an outcome.</p>
<button>Resolve</button></form></div>`;
}
