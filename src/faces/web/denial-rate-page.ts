import type { DenialRate } from "../http/use-cases.ts";
import { counted, dollars, percent, title } from "./format.ts";
import { type Html, html } from "./html.ts";
import { emptyState, layout, type Viewer } from "./layout.ts";

/** The denial rate, and who and what makes it. */
export function denialRatePage(
  viewer: Viewer,
  view: { rate: DenialRate; by: string; bys: readonly string[] },
): string {
  const { rate, by, bys } = view;
  return layout(
    { title: "Denial rate", viewer, path: "/denial-rate" },
    html`<p class="figure">${percent(rate.rate)}</p>
<p>${rate.numerator} of ${counted(rate.denominator, "claim")} denied whole;
${rate.partial} more in part.</p>
<details><summary>What is counted</summary><p>${rate.definition}</p></details>
<form class="filter" method="get" action="/denial-rate" aria-label="Break the rate down">
<label for="by">By</label><select id="by" name="by">${bys.map((name) =>
      name === by
        ? html`<option value="${name}" selected>${title(name)}</option>`
        : html`<option value="${name}">${title(name)}</option>`,
    )}</select> <button>Show</button></form>
${rate.rows.length === 0 ? emptyState("No payer has decided on a claim in this time.") : rows(view)}`,
  );
}

function rows({ rate, by }: { rate: DenialRate; by: string }): Html {
  const most = Math.max(1, ...rate.rows.map((row) => row.numerator));
  return html`<div class="wide"><table><caption>Denied claims by ${by}</caption>
<thead><tr><th scope="col">${title(by)}</th><th scope="col" class="money">Denied</th>
<th scope="col">Share</th><th scope="col" class="money">Of</th><th scope="col" class="money">Rate</th>
<th scope="col" class="money">Refused</th></tr></thead><tbody>${rate.rows.map((row) => {
    const name = row.label || row.key;
    return html`<tr><th scope="row"><span class="code">${row.key}</span> ${row.label !== row.key && row.label}</th><td class="money">${row.numerator}</td>
<td><meter min="0" max="${most}" value="${row.numerator}" aria-label="${name}">${row.numerator}</meter></td>
<td class="money">${row.denominator}</td><td class="money">${percent(row.rate)}</td>
<td class="money">${dollars(row.dollars.deniedCents)}</td></tr>`;
  })}</tbody></table></div>`;
}
