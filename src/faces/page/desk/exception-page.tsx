import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { type ExceptionView, exceptionQuery } from "../server/records.ts";
import { useSession } from "../server/session.ts";
import { Failure, Waiting } from "../shell/states.tsx";
import { Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars, title } from "../words.ts";
import { DeskActions } from "./desk-actions.tsx";

/** One payment of the desk: on the left why it waits and what explains it, on the right what can be done. */
export default function ExceptionPage() {
  useTitle("Waiting payment");
  const { id = "" } = useParams();
  const session = useSession();
  const { data, error, refetch } = useQuery(exceptionQuery(id));
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting what="The payment" />;
  return (
    <>
      <p>
        <Link to="/desk">Back to the desk</Link>
      </p>
      <h1>{data.message}</h1>
      <div className="item">
        <Why payment={data} />
        {session.may("exceptions:work") && <DeskActions payment={data} />}
      </div>
    </>
  );
}

function Why({ payment }: { readonly payment: ExceptionView }) {
  const { explanation, lines, desk } = payment;
  return (
    <section className="story" aria-label="Why it waits">
      <h2>Why it waits</h2>
      <p className="lead">
        {payment.payer} paid {dollars(payment.paidCents)} of {dollars(payment.chargeCents)} for{" "}
        <span className="code">{payment.patientControlNumber}</span> on {date(payment.paymentDate)},
        in{" "}
        <Link className="code" to={`/remittances/${encodeURIComponent(payment.traceNumber)}`}>
          {payment.traceNumber}
        </Link>
        , CLP {payment.clp}: {payment.residual}.
      </p>
      {explanation !== null && (
        <>
          <h2>What explains the difference</h2>
          <p>{explanation.because}</p>
          <ul>
            {explanation.amounts.map(({ place, amountCents }) => (
              <li key={place}>
                <span className="code">{place}</span> {dollars(amountCents)}
              </li>
            ))}
          </ul>
        </>
      )}
      {payment.selfReleasing && (
        <p className="hint">It posts by itself when the missing piece arrives.</p>
      )}
      <h2>Lines</h2>
      <Table
        caption={counted(lines.length, "service line")}
        columns={[
          {
            head: "Procedure",
            cell: ({ procedureCode }) => <span className="code">{procedureCode}</span>,
          },
          { head: "Charge", isNumber: true, cell: ({ chargeCents }) => dollars(chargeCents) },
          { head: "Paid", isNumber: true, cell: ({ paidCents }) => dollars(paidCents) },
          {
            head: "Adjustments",
            cell: ({ adjustments }) =>
              adjustments
                .map(
                  ({ groupCode, reasonCode, amountCents }) =>
                    `${groupCode}-${reasonCode} ${dollars(amountCents)}`,
                )
                .join(", "),
          },
        ]}
        rows={lines}
        keyOf={({ procedureCode }, place) => `${procedureCode} ${place}`}
      />
      {desk.length > 0 && (
        <>
          <h2>What was done</h2>
          <ol>
            {desk.map((each) => (
              <li key={`${each.action} ${String(each.at)}`}>
                {title(each.action)} <span className="hint">{date(each.at)}</span> {each.reason}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
