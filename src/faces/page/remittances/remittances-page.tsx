import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { RemittanceView } from "../../http/use-cases.ts";
import { remittancesQuery } from "../server/records.ts";
import { Pages } from "../shell/pages.tsx";
import { Empty } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars } from "../words.ts";

const COLUMNS: readonly Column<RemittanceView>[] = [
  { head: "Payment date", cell: ({ paymentDate }) => date(paymentDate) },
  { head: "Payer", cell: ({ payer }) => payer },
  {
    head: "Trace number",
    cell: ({ traceNumber }) => (
      <Link className="code" to={`/remittances/${encodeURIComponent(traceNumber)}`}>
        {traceNumber}
      </Link>
    ),
  },
  { head: "Payment", isNumber: true, cell: ({ bprCents }) => dollars(bprCents) },
  { head: "Posted", isNumber: true, cell: ({ postedCents }) => dollars(postedCents) },
  { head: "Unapplied", isNumber: true, cell: ({ unappliedCents }) => dollars(unappliedCents) },
  {
    head: "Provider adjustments",
    isNumber: true,
    cell: ({ providerAdjustmentCents }) => dollars(providerAdjustmentCents),
  },
  { head: "Claim payments", isNumber: true, cell: ({ claimPayments }) => claimPayments },
  {
    head: "Parked",
    isNumber: true,
    cell: ({ parked }) =>
      parked.length === 0 ? "–" : <span className="warn">{parked.length}</span>,
  },
];

/** The remittances of the practice, the newest first. */
export default function RemittancesPage() {
  useTitle("Remittances");
  const answer = useInfiniteQuery(remittancesQuery);
  return (
    <>
      <h1>Remittances</h1>
      <Pages
        what="The remittances"
        answer={answer}
        empty={
          <Empty meaning="No remittance has come in yet.">
            <p>
              Take an 835 in under <Link to="/exchange">Exchange</Link>.
            </p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption={counted(rows.length, "remittance")}
            columns={COLUMNS}
            rows={rows}
            keyOf={({ traceNumber }, place) => `${traceNumber} ${place}`}
          />
        )}
      </Pages>
    </>
  );
}
