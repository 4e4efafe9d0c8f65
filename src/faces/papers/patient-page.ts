import type { PatientBundle } from "../../app/records/export-patient.ts";
import { reasonWords, remarkWords } from "../../app/words.ts";
import { date, dollars, title, words } from "../page/words.ts";
import { Html, html, type Part } from "../web/html.ts";

/** Stands in the file itself, which leaves the program. */
const STYLE = new Html(`<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; width: 100%; }
caption, th, td { text-align: left; padding: 0.25rem 0.5rem; vertical-align: top; }
th, td { border-bottom: 1px solid #bbb; }
.money { text-align: right; font-variant-numeric: tabular-nums; }
section { border-top: 2px solid #333; margin-top: 2rem; }
</style>`);

/** A patient's copy of what is held of him or her, for people to read; the bundle beside it says more. */
export function patientPage(bundle: PatientBundle): string {
  const { index, claims, people } = bundle;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Your records</title>
${STYLE}
</head>
<body>
<h1>Your records</h1>
<p>Everything that the practice ${index.practiceId} held of you on ${date(index.at)} (45 CFR 164.524). The file of the
same name that ends in <code>.json</code> holds the same in full, for programs.</p>
${contents(bundle)}
<h2 id="people">Who you are here</h2>
${people.map(facts)}
<h2 id="claims">Claims</h2>
${claims.map((claim) => claimSection(bundle, claim))}
<h2>What is not here</h2>
<ul>${index.notIncluded.map((what) => html`<li>${what}.</li>`)}</ul>
</body>
</html>
`;
  return page.toString();
}

function contents({ index }: PatientBundle): Html {
  return html`<table><caption>Contents</caption>
<thead><tr><th scope="col">Section</th><th scope="col">What it holds</th><th scope="col" class="money">Number</th></tr></thead>
<tbody>${index.sections.map(
    ({ section, meaning, count }) =>
      html`<tr><td>${title(section)}</td><td>${meaning}</td><td class="money">${count}</td></tr>`,
  )}</tbody></table>`;
}

/** The members of a plain object, those that say nothing left out. */
function facts(said: object): Html {
  const rows = Object.entries(said).filter(([, value]) => value !== null && value !== "");
  return html`<table><tbody>${rows.map(
    ([name, value]) => html`<tr><th scope="row">${title(name)}</th><td>${String(value)}</td></tr>`,
  )}</tbody></table>`;
}

type Claim = PatientBundle["claims"][number];

function claimSection(
  { decisions, workItems }: PatientBundle,
  { id, claim, totals, timeline }: Claim,
): Html {
  const isOwn = ({ claimId }: { readonly claimId?: string | null | undefined }) => claimId === id;
  return html`<section>
<h3>Claim ${claim.patientControlNumber}, ${claim.payer.name}</h3>
<p>Service ${date(claim.serviceDateFrom)} to ${date(claim.serviceDateTo)}. Diagnoses: ${claim.diagnoses.join(", ") || "none told"}.</p>
<table><caption>Services</caption>
<thead><tr><th scope="col">Date</th><th scope="col">Procedure</th><th scope="col">Units</th><th scope="col" class="money">Charge</th></tr></thead>
<tbody>${claim.lines.map(
    (line) => html`<tr><td>${date(line.serviceDateFrom)}</td>
<td>${[line.revenueCode, line.procedureCode, ...line.modifiers].filter(Boolean).join(" ")}</td><td>${line.units}</td>
<td class="money">${dollars(line.chargeCents)}</td></tr>`,
  )}</tbody></table>
<table><caption>Money</caption><tbody>${Object.entries(totals).map(
    ([name, cents]) =>
      html`<tr><th scope="row">${title(name)}</th><td class="money">${dollars(cents)}</td></tr>`,
  )}</tbody></table>
${decisions.filter(isOwn).map(decisionTable)}
${workItems.filter(isOwn).map(workItem)}
<h4>What happened</h4>
<ul>${timeline.map(({ at, event, detail }) => html`<li>${date(at)} ${words(event)}: ${detail}</li>`)}</ul>
</section>`;
}

function decisionTable(decision: PatientBundle["decisions"][number]): Html {
  const { payer, paymentDate, traceNumber, payment } = decision;
  const said = [payment, ...payment.services].flatMap(({ adjustments }) => adjustments);
  return html`<table><caption>${payer.name} decided, ${date(paymentDate)}, payment ${traceNumber}</caption>
<tbody><tr><th scope="row">Charged</th><td class="money">${dollars(payment.chargeCents)}</td></tr>
<tr><th scope="row">Paid</th><td class="money">${dollars(payment.paidCents)}</td></tr>
${said.map(
  ({ groupCode, reasonCode, amountCents }) => html`<tr><th scope="row">${groupCode}-${reasonCode}
${reasonWords(reasonCode)}</th><td class="money">${dollars(amountCents)}</td></tr>`,
)}
${payment.remarkCodes.map(remark)}</tbody></table>`;
}

function remark(code: string): Part {
  return html`<tr><th scope="row">${code}</th><td>${remarkWords(code)}</td></tr>`;
}

function workItem({ words: what, status, notes }: PatientBundle["workItems"][number]): Html {
  return html`<h4>${what} (${status})</h4>
<ul>${notes.map(({ at, by, text }) => html`<li>${date(at)} ${by}: ${text}</li>`)}</ul>`;
}
