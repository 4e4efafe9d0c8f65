import type { ClaimLineView, ClaimRow, ClaimView, Page } from "../http/use-cases.ts";
import { counted, date, dollars, title, words } from "./format.ts";
import { Html, html, type Part } from "./html.ts";
import { emptyState, layout, nextPage, type Viewer } from "./layout.ts";
import { claimLink } from "./queue-page.ts";

/** The claims of the practice, with a field to go to one by its number. */
export function claimsPage(viewer: Viewer, claims: Page<ClaimRow>): string {
  const list =
    claims.items.length === 0
      ? emptyState(
          "There are no claims yet.",
          html`Take a file in under <a href="/exchange">Exchange</a>.`,
        )
      : claimsTable(claims.items);
  return layout(
    { title: "Claims", viewer, path: "/claims" },
    html`<form class="filter" method="get" action="/claims" aria-label="Find a claim">
<label for="find">Claim number</label><input id="find" name="find" maxlength="80">
<button>Find</button></form>
${list}${nextPage("/claims", new URLSearchParams(), claims.next)}`,
  );
}

function claimsTable(claims: readonly ClaimRow[]): Html {
  return html`<div class="wide"><table><caption>${counted(claims.length, "claim")} on this page</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Payer</th><th scope="col">Service date</th>
<th scope="col">Status</th><th scope="col" class="money">Charge</th>
<th scope="col" class="money">Paid</th><th scope="col" class="money">Open</th></tr></thead>
<tbody>${claims.map(
    (claim) => html`<tr><td class="code">${claimLink(claim.patientControlNumber)}</td>
<td>${claim.payer}</td><td>${date(claim.serviceDateFrom)}</td><td>${axes(claim.status)}</td>
<td class="money">${dollars(claim.chargeCents)}</td><td class="money">${dollars(claim.paidCents)}</td>
<td class="money">${dollars(claim.openInsuranceCents)}</td></tr>`,
  )}</tbody></table></div>`;
}

function axes(status: ClaimRow["status"]): Part {
  if (typeof status === "string") return html`<span class="chip">${title(status)}</span>`;
  return Object.entries(status).map(
    ([axis, state]) =>
      html`<span class="chip"><span class="hint">${words(axis)}</span> ${words(state)}</span> `,
  );
}

/** One claim: where it stands, its money, its lines, what payers decided, and its story. */
export function claimPage(viewer: Viewer, claim: ClaimView): string {
  return layout(
    { title: `Claim ${claim.patientControlNumber}`, viewer },
    html`<p>${claim.payer}, service date ${date(claim.serviceDateFrom)}</p>
<p>${axes(claim.status)}${(claim.flags ?? []).map(
      (flag) => html`<span class="chip warn">${words(flag)}</span> `,
    )}</p>
<h2>Money</h2>${equation(claim)}
<h2>Lines</h2>${linesTable(claim.lines)}
<h2>Adjudications</h2>${anyTable("What payers decided", claim.adjudications, "No payer has decided yet.")}
<h2>Timeline</h2>${anyTable("What happened to the claim", claim.timeline, "Nothing has happened yet.")}`,
  );
}

/** charge = paid + contractual + other + patient + open − credit. */
function equation(claim: ClaimView): Html {
  const terms: readonly (readonly [string, string, number])[] = [
    ["", "Charge", claim.chargeCents],
    ["=", "Paid", claim.paidCents],
    ["+", "Contractual", claim.contractualCents],
    ["+", "Other", claim.otherAdjustmentCents],
    ["+", "Patient", claim.patientResponsibilityCents],
    ["+", "Open", claim.openInsuranceCents],
    ["−", "Credit", claim.creditCents],
  ];
  return html`<dl class="equation">${terms.map(
    ([sign, name, cents]) =>
      html`<div><dt>${sign} ${name}</dt><dd class="money">${dollars(cents)}</dd></div>`,
  )}</dl>`;
}

function linesTable(lines: readonly ClaimLineView[]): Html {
  if (lines.length === 0) return emptyState("The claim has no lines.");
  return html`<div class="wide"><table><caption>${counted(lines.length, "service line")}</caption>
<thead><tr><th scope="col">Line</th><th scope="col">Procedure</th><th scope="col" class="money">Charge</th>
<th scope="col" class="money">Paid</th><th scope="col" class="money">Contractual</th>
<th scope="col" class="money">Patient</th><th scope="col" class="money">Open</th></tr></thead>
<tbody>${lines.map(
    (line) => html`<tr><td class="code">${line.lineControlNumber}</td>
<td class="code">${[line.procedureCode, ...line.modifiers].join(" ") || "Whole claim"}</td>
<td class="money">${dollars(line.chargeCents)}</td><td class="money">${dollars(line.paidCents)}</td>
<td class="money">${dollars(line.contractualCents)}</td>
<td class="money">${dollars(line.patientResponsibilityCents)}</td>
<td class="money">${dollars(line.openInsuranceCents)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** A table of rows whose columns are whatever plain values they hold; lists and objects are left out. */
export function anyTable(caption: string, rows: readonly object[], empty: string): Html {
  if (rows.length === 0) return emptyState(empty);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) =>
    rows.some((row) => cell(column, field(row, column)) !== undefined),
  );
  return html`<div class="wide"><table><caption>${caption}</caption><thead><tr>${columns.map(
    (column) => html`<th scope="col"${isMoney(column) && MONEY}>${title(column)}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map(
        (column) =>
          html`<td${isMoney(column) && MONEY}>${cell(column, field(row, column)) ?? "–"}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

const MONEY = new Html(' class="money"');

function isMoney(column: string): boolean {
  return column.endsWith("Cents");
}

function field(row: object, column: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[column];
}

function cell(column: string, value: unknown): string | undefined {
  if (isMoney(column)) return typeof value === "number" ? dollars(value) : undefined;
  if (value instanceof Date || /(^at|At|Date)$/.test(column)) {
    const shown = date(value);
    return shown === "–" ? undefined : shown;
  }
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" ? String(value) : undefined;
}
