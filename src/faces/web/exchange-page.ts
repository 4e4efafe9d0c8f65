import type { OutboundFile, Outcome } from "../http/use-cases.ts";
import { counted, date, dollars, title } from "./format.ts";
import { type Html, html, type Part } from "./html.ts";
import { csrfField, emptyState, layout, type Viewer } from "./layout.ts";

/** What the exchange page shows. */
export interface ExchangeView {
  readonly files: readonly OutboundFile[];
  readonly maySend: boolean;
  /** What the file just taken in came to. */
  readonly outcome?: Outcome;
  readonly error?: string;
}

/** Files in and out. */
export function exchangePage(viewer: Viewer, view: ExchangeView): string {
  return layout(
    { title: "Exchange", viewer, path: "/exchange" },
    html`${view.error !== undefined && html`<p class="notice bad" role="alert">${view.error}</p>`}
${view.outcome && outcome(view.outcome)}
${view.maySend && uploadForm(viewer)}
<h2>Out</h2>${filesTable(view.files)}`,
  );
}

function uploadForm(viewer: Viewer): Html {
  return html`<h2>In</h2>
<form class="card" method="post" action="/exchange" enctype="multipart/form-data">${csrfField(viewer)}
<label for="file">An 835, 999, TA1, 277CA or 837</label>
<input id="file" name="file" type="file" required>
<p class="hint">Taking the same file in again changes nothing. Its name is not kept.</p>
<button>Take it in</button></form>`;
}

function outcome({ summary, events }: Outcome): Html {
  const findings = events.filter((event) => "kind" in event && event.kind === "finding");
  return html`<section class="notice" role="status" aria-label="What the file came to">
<h2>Taken in</h2><dl class="facts">${Object.entries(summary).map(([name, value]) => fact(name, value))}</dl>
${
  findings.length > 0 &&
  html`<p>${counted(findings.length, "finding")}</p><ul>${findings
    .slice(0, 50)
    .map((finding) => html`<li>${"message" in finding && String(finding.message)}</li>`)}</ul>`
}</section>`;
}

function fact(name: string, value: unknown): Part {
  if (typeof value !== "number" || value === 0) return undefined;
  const shown = name.endsWith("Cents") ? dollars(value) : value.toLocaleString("en-US");
  return html`<div><dt>${title(name)}</dt><dd>${shown}</dd></div>`;
}

function filesTable(files: readonly OutboundFile[]): Html {
  if (files.length === 0) return emptyState("No file waits for a payer.");
  return html`<div class="wide"><table><caption>${counted(files.length, "file")} for payers</caption>
<thead><tr><th scope="col">File</th><th scope="col">Payer</th><th scope="col">Made</th>
<th scope="col" class="money">Claims</th><th scope="col" class="money">Charges</th>
<th scope="col" class="money">Bytes</th></tr></thead><tbody>${files.map(
    (file) => html`<tr><td><a href="/exchange/${encodeURIComponent(file.id)}">${file.name}</a></td>
<td>${file.payer ?? "–"}</td><td>${date(file.createdAt)}</td><td class="money">${file.claims ?? "–"}</td>
<td class="money">${dollars(file.chargeCents)}</td>
<td class="money">${file.bytes.toLocaleString("en-US")}</td></tr>`,
  )}</tbody></table></div>`;
}
