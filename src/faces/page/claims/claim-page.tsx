import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import type { ClaimView } from "../../http/use-cases.ts";
import { claimQuery } from "../server/records.ts";
import { Axes, Flags } from "../shell/chips.tsx";
import { Failure, Waiting } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars, title } from "../words.ts";
import { Adjudications } from "./adjudications.tsx";
import { WhyThisCent } from "./why-this-cent.tsx";

/** One claim: where it stands, its money, its lines, what payers decided, and its story. */
export default function ClaimPage() {
  useTitle("Claim");
  const { number = "" } = useParams();
  const { data: claim, error, refetch } = useQuery(claimQuery(number));
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (claim === undefined) return <Waiting what="The claim" />;
  return (
    <>
      <h1>
        Claim <span className="code">{claim.patientControlNumber}</span>
      </h1>
      <p>
        {claim.payer}, service date {date(claim.serviceDateFrom)}
      </p>
      <p>
        <Axes status={claim.status} />
        <Flags flags={claim.flags} />
      </p>
      <h2>Money</h2>
      <Equation claim={claim} />
      <WhyThisCent patientControlNumber={claim.patientControlNumber} />
      <h2>Lines</h2>
      <Table
        caption={counted(claim.lines.length, "service line")}
        columns={LINES}
        rows={claim.lines}
        keyOf={({ lineControlNumber }) => lineControlNumber}
      />
      <h2>Decisions</h2>
      <Adjudications adjudications={claim.adjudications} />
      <h2>History</h2>
      <ol className="timeline">
        {claim.timeline.map(({ at, event, detail }) => (
          <li key={`${String(at)} ${event} ${detail}`}>
            <b>{title(event)}</b> {detail} <span className="hint">{date(at)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

type Line = ClaimView["lines"][number];

const LINES: readonly Column<Line>[] = [
  {
    head: "Line",
    cell: ({ lineControlNumber }) => <span className="code">{lineControlNumber}</span>,
  },
  {
    head: "Procedure",
    cell: ({ procedureCode, modifiers }) => (
      <span className="code">{[procedureCode, ...modifiers].join(" ") || "Whole claim"}</span>
    ),
  },
  { head: "Charge", isNumber: true, cell: ({ chargeCents }) => dollars(chargeCents) },
  { head: "Paid", isNumber: true, cell: ({ paidCents }) => dollars(paidCents) },
  {
    head: "Contractual",
    isNumber: true,
    cell: ({ contractualCents }) => dollars(contractualCents),
  },
  {
    head: "Patient",
    isNumber: true,
    cell: ({ patientResponsibilityCents }) => dollars(patientResponsibilityCents),
  },
  { head: "Open", isNumber: true, cell: ({ openInsuranceCents }) => dollars(openInsuranceCents) },
];

/** charge = paid + contractual + other + patient + open − credit. */
function Equation({ claim }: { readonly claim: ClaimView }) {
  const terms = [
    ["", "Charge", claim.chargeCents],
    ["=", "Paid", claim.paidCents],
    ["+", "Contractual", claim.contractualCents],
    ["+", "Other", claim.otherAdjustmentCents],
    ["+", "Patient", claim.patientResponsibilityCents],
    ["+", "Open", claim.openInsuranceCents],
    ["−", "Credit", claim.creditCents],
  ] as const;
  return (
    <dl className="equation">
      {terms.map(([sign, name, cents]) => (
        <div key={name}>
          <dt>
            {sign} {name}
          </dt>
          <dd className="money">{dollars(cents)}</dd>
        </div>
      ))}
    </dl>
  );
}
