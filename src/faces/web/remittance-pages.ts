import { PARK_REASONS } from "../../app/words.ts";
import type { Certificate, Page, RemittanceView } from "../http/use-cases.ts";
import { counted, date, dollars, title, words } from "./format.ts";
import { type Html, html, type Part } from "./html.ts";
import { emptyState, layout, nextPage, type Viewer } from "./layout.ts";
import { claimLink } from "./queue-page.ts";

/** The remittances of the practice. */
export function remittancesPage(viewer: Viewer, remittances: Page<RemittanceView>): string {
  const { items, next } = remittances;
  const list =
    items.length === 0
      ? emptyState(
          "No remittance has come in yet.",
          html`Take an 835 in under <a href="/exchange">Exchange</a>.`,
        )
      : remittancesTable(items);
  return layout(
    { title: "Remittances", viewer, path: "/remittances" },
    html`${list}${nextPage("/remittances", new URLSearchParams(), next)}`,
  );
}

function remittancesTable(items: readonly RemittanceView[]): Html {
  return html`<div class="wide"><table><caption>${counted(items.length, "remittance")} on this page</caption>
<thead><tr><th scope="col">Payment date</th><th scope="col">Payer</th><th scope="col">Trace number</th>
<th scope="col" class="money">Payment</th><th scope="col" class="money">Posted</th>
<th scope="col" class="money">Unapplied</th><th scope="col" class="money">Provider adjustments</th>
<th scope="col">Claim payments</th><th scope="col">Parked</th></tr></thead>
<tbody>${items.map(
    (item) => html`<tr><td>${date(item.paymentDate)}</td><td>${item.payer}</td>
<td class="code"><a href="/remittances/${encodeURIComponent(item.traceNumber)}">${item.traceNumber}</a></td>
<td class="money">${dollars(item.bprCents)}</td><td class="money">${dollars(item.postedCents)}</td>
<td class="money">${dollars(item.unappliedCents)}</td>
<td class="money">${dollars(item.providerAdjustmentCents)}</td><td>${item.claimPayments}</td>
<td>${item.parked.length > 0 ? html`<span class="warn">${item.parked.length}</span>` : "–"}</td></tr>`,
  )}</tbody></table></div>`;
}

/** One remittance with the proof that every cent of it went somewhere. */
export function remittancePage(viewer: Viewer, remittance: RemittanceView): string {
  const { certificate, parked } = remittance;
  return layout(
    { title: `Remittance ${remittance.traceNumber}`, viewer },
    html`<p>${remittance.payer}, paid ${date(remittance.paymentDate)}:
${dollars(remittance.bprCents)} for ${counted(remittance.claimPayments, "claim payment")},
${remittance.posted} posted.</p>
<p>${(remittance.flags ?? []).map((flag) => html`<span class="chip warn">${words(flag)}</span> `)}</p>
<h2>Balance certificate</h2>
${certificate ? proof(certificate) : emptyState("It has not posted, so it has no certificate.")}
<h2>Parked</h2>
${parkedTable(parked)}`,
  );
}

function proof({ transaction, claims, services, ledger }: Certificate): Html {
  return html`<div class="wide"><table><caption>The three equations and the ledger</caption>
<thead><tr><th scope="col">What must hold</th><th scope="col">Numbers</th><th scope="col">Result</th></tr></thead>
<tbody>
<tr><th scope="row">Line: charge − adjustments = paid</th>
<td>${counted(services.proved, "line")} hold, ${services.failed} do not</td><td>${holds(services.failed)}</td></tr>
<tr><th scope="row">Claim: charge − adjustments = paid</th>
<td>${counted(claims.proved, "claim")} hold, ${claims.failed} do not</td><td>${holds(claims.failed)}</td></tr>
<tr><th scope="row">Payment = claims paid − provider adjustments</th>
<td>${dollars(transaction.paymentCents)} = ${dollars(transaction.claimPaidCents)} −
${dollars(transaction.providerAdjustmentCents)}</td><td>${residual(transaction.residualCents)}</td></tr>
<tr><th scope="row">Ledger: posted + unapplied − provider adjustments = payment</th>
<td>${dollars(ledger.postedCents)} + ${dollars(ledger.unappliedCents)} −
${dollars(ledger.providerAdjustmentCents)} = ${dollars(ledger.cashCents)}
in ${counted(ledger.journalEntries, "journal entrie").replace(/entrie$/, "entry")}</td>
<td>${residual(ledger.residualCents)}</td></tr>
</tbody></table></div>`;
}

function holds(failed: number): Part {
  return failed === 0
    ? html`<span class="good">Proved</span>`
    : html`<span class="warn">${failed} parked</span>`;
}

function residual(cents: number): Part {
  return cents === 0
    ? html`<span class="good">Proved</span>`
    : html`<span class="bad">Off by ${dollars(cents)}</span>`;
}

function parkedTable(parked: RemittanceView["parked"]): Html {
  if (parked.length === 0) return emptyState("Nothing is parked: all of it is posted.");
  return html`<div class="wide"><table><caption>${counted(parked.length, "claim payment")} parked</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Why</th>
<th scope="col" class="money">Residual</th></tr></thead><tbody>${parked.map(
    (item) => html`<tr><td class="code">${claimLink(item.patientControlNumber)}</td>
<td>${whyParked(item.reason)}</td><td class="money">${dollars(item.residualCents)}</td></tr>`,
  )}</tbody></table></div>`;
}

function whyParked(reason: string): Part {
  const known: Readonly<Record<string, string>> = PARK_REASONS;
  const sentence = Object.hasOwn(known, reason) ? known[reason] : undefined;
  return html`<b>${title(reason)}</b> ${sentence}`;
}
