import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { type ExceptionRow, exceptionsQuery } from "../server/records.ts";
import { Pages } from "../shell/pages.tsx";
import { Empty } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars, title } from "../words.ts";

const STATUSES = ["parked", "unapplied", "posted", "withdrawn"];

const COLUMNS: readonly Column<ExceptionRow>[] = [
  { head: "Payment date", cell: ({ paymentDate }) => date(paymentDate) },
  { head: "Payer", cell: ({ payer }) => payer },
  {
    head: "Claim",
    cell: ({ id, patientControlNumber, clp }) => (
      <Link className="code" to={`/desk/${encodeURIComponent(id)}`}>
        {patientControlNumber || `CLP ${clp}`}
      </Link>
    ),
  },
  { head: "Why it waits", cell: ({ message, residual }) => `${message} ${capital(residual)}.` },
  { head: "Paid", isNumber: true, cell: ({ paidCents }) => dollars(paidCents) },
  {
    head: "Best suggestion",
    cell: ({ suggestions: [best] }) =>
      best === undefined ? "–" : `${best.patientControlNumber} (${best.score})`,
  },
];

/** Payments that wait for a person: why, what explains the difference, and where each may belong. */
export default function DeskPage() {
  useTitle("Exceptions desk");
  const [address, setAddress] = useSearchParams();
  const status = address.get("status") ?? "parked";
  const answer = useInfiniteQuery(exceptionsQuery(status));
  return (
    <>
      <h1>Exceptions desk</h1>
      <form
        className="filter"
        aria-label="Which payments"
        onSubmit={(event) => event.preventDefault()}
      >
        <label>
          Show{" "}
          <select
            value={status}
            onChange={({ target }) => setAddress({ status: target.value }, { replace: true })}
          >
            {STATUSES.map((each) => (
              <option key={each} value={each}>
                {title(each)}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Pages
        what="The desk"
        answer={answer}
        empty={
          <Empty meaning="The desk is empty.">
            <p>
              What cannot post by itself, and why, appears here. Nothing is ever posted to force a
              balance.
            </p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption={counted(rows.length, "claim payment")}
            columns={COLUMNS}
            rows={rows}
            keyOf={({ id }) => id}
          />
        )}
      </Pages>
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
