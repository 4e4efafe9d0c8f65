import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type BalanceReason, balanceQuery } from "../server/records.ts";
import { Failure, Waiting } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { date, dollars, title, words } from "../words.ts";

const COLUMNS: readonly Column<BalanceReason>[] = [
  { head: "Day", cell: ({ effectiveDate }) => date(effectiveDate) },
  { head: "Entry", cell: ({ entry }) => title(entry) },
  {
    head: "Accounts",
    cell: ({ lines }) =>
      lines.map(({ account, lineControlNumber, amountCents }) => (
        <div key={`${account} ${lineControlNumber}`}>
          {words(account)} {dollars(amountCents)}
        </div>
      )),
  },
  {
    head: "Says",
    cell: ({ place, traceNumber, segments }) => (
      <>
        {place !== null && (
          <span className="hint">
            {place} {traceNumber !== null && `of ${traceNumber}`}
          </span>
        )}
        {segments.map(({ position, text }) => (
          <div className="code" key={position}>
            {text}
          </div>
        ))}
      </>
    ),
  },
];

/** Every entry that moved the claim's balances, with the segments that say so; fetched when somebody asks. */
export function WhyThisCent({ patientControlNumber }: { readonly patientControlNumber: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <details onToggle={(event) => setAsked(event.currentTarget.open)}>
      <summary>Why this cent: every entry, with the segments it was made from</summary>
      {asked && <Reasons patientControlNumber={patientControlNumber} />}
    </details>
  );
}

function Reasons({ patientControlNumber }: { readonly patientControlNumber: string }) {
  const { data, error, refetch } = useQuery(balanceQuery(patientControlNumber));
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting what="The journal" />;
  return <Table caption="Journal" columns={COLUMNS} rows={data.reasons} keyOf={({ id }) => id} />;
}
