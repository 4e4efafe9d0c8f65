import { reasonWords, remarkWords } from "../../app/words.ts";
import type {
  AdjudicationView,
  ClaimLineView,
  ClaimRow,
  ClaimView,
  Page,
} from "../http/use-cases.ts";
import { counted, date, dollars, title, words } from "./format.ts";
import { type Html, html, type Part } from "./html.ts";
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
<h2>Adjudications</h2>${adjudicationsTable(claim.adjudications)}
<h2>Timeline</h2>${story(claim.timeline)}`,
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

const TURNS: Readonly<Record<string, string>> = { P: "primary", S: "secondary", T: "tertiary" };

function adjudicationsTable(adjudications: readonly AdjudicationView[]): Html {
  if (adjudications.length === 0) return emptyState("No payer has decided yet.");
  return html`<div class="wide"><table><caption>What payers decided</caption>
<thead><tr><th scope="col">Payment date</th><th scope="col">Payer</th><th scope="col">Remittance</th>
<th scope="col">Decision</th><th scope="col" class="money">Charge</th>
<th scope="col" class="money">Paid</th><th scope="col">Adjustments</th></tr></thead>
<tbody>${adjudications.map(adjudicationRow)}</tbody></table></div>`;
}

function adjudicationRow(decision: AdjudicationView): Html {
  const path = `/remittances/${encodeURIComponent(decision.traceNumber)}`;
  const turn = TURNS[decision.payerSequence] ?? decision.payerSequence;
  return html`<tr><td>${date(decision.paymentDate)}</td>
<td>${decision.payer} <span class="hint">${turn}</span></td>
<td class="code"><a href="${path}">${decision.traceNumber}</a></td>
<td>${decision.reverses === null ? "Status" : "Reversal, status"} ${decision.statusCode}</td>
<td class="money">${dollars(decision.chargeCents)}</td><td class="money">${dollars(decision.paidCents)}</td>
<td>${decision.adjustments.map(adjustment)}${decision.remarkCodes.map(remark)}</td></tr>`;
}

function adjustment(item: AdjudicationView["adjustments"][number]): Html {
  const line = item.lineControlNumber === "" ? "claim" : `line ${item.lineControlNumber}`;
  return html`<div><b class="code">${item.groupCode}-${item.reasonCode}</b> ${dollars(item.amountCents)}
${reasonWords(item.reasonCode)} <span class="hint">${line}</span></div>`;
}

function remark(code: string): Html {
  return html`<div><b class="code">${code}</b> ${remarkWords(code)}</div>`;
}

function story(timeline: ClaimView["timeline"]): Html {
  if (timeline.length === 0) return emptyState("Nothing has happened yet.");
  return html`<ol class="notes">${timeline.map(
    ({ at, event, detail }) =>
      html`<li><b>${title(event)}</b> ${detail} <span class="hint">${date(at)}</span></li>`,
  )}</ol>`;
}
