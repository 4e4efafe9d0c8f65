import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { Certificate, RemittanceView } from "../../http/use-cases.ts";
import { remittanceQuery } from "../server/records.ts";
import { useWords } from "../server/words.ts";
import { Flags } from "../shell/chips.tsx";
import { Empty, Failure, Waiting } from "../shell/states.tsx";
import { Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars, title } from "../words.ts";

/** One remittance with the proof that every cent of it went somewhere. */
export default function RemittancePage() {
  useTitle("Remittance");
  const { trace = "" } = useParams();
  const { data, error, refetch } = useQuery(remittanceQuery(trace));
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting what="The remittance" />;
  return (
    <>
      <h1>
        Remittance <span className="code">{data.traceNumber}</span>
      </h1>
      <p>
        {data.payer}, paid {date(data.paymentDate)}: {dollars(data.bprCents)} for{" "}
        {counted(data.claimPayments, "claim payment")}, {data.posted} posted.
      </p>
      <p>
        <Flags flags={data.flags} />
      </p>
      <h2>Balance certificate</h2>
      {data.certificate ? (
        <Proof certificate={data.certificate} />
      ) : (
        <Empty meaning="It has not posted, so it has no certificate." />
      )}
      <h2>Parked</h2>
      <Parked parked={data.parked} />
    </>
  );
}

interface Equation {
  readonly what: string;
  readonly numbers: string;
  readonly wrong: string | undefined;
}

function Proof({ certificate }: { readonly certificate: Certificate }) {
  return (
    <Table
      caption="The three equations and the ledger"
      columns={[
        { head: "What must hold", cell: ({ what }) => what },
        { head: "Numbers", cell: ({ numbers }) => numbers },
        {
          head: "Result",
          cell: ({ wrong }) =>
            wrong === undefined ? (
              <span className="good">Proved</span>
            ) : (
              <span className="warn">{wrong}</span>
            ),
        },
      ]}
      rows={equationsOf(certificate)}
      keyOf={({ what }) => what}
    />
  );
}

function equationsOf({ transaction, claims, services, ledger }: Certificate): readonly Equation[] {
  const kept = (failed: number) => (failed === 0 ? undefined : `${failed} parked`);
  const off = (cents: number) => (cents === 0 ? undefined : `Off by ${dollars(cents)}`);
  return [
    {
      what: "Line: charge − adjustments = paid",
      numbers: `${counted(services.proved, "line")} hold, ${services.failed} do not`,
      wrong: kept(services.failed),
    },
    {
      what: "Claim: charge − adjustments = paid",
      numbers: `${counted(claims.proved, "claim")} hold, ${claims.failed} do not`,
      wrong: kept(claims.failed),
    },
    {
      what: "Payment = claims paid − provider adjustments",
      numbers: `${dollars(transaction.paymentCents)} = ${dollars(transaction.claimPaidCents)} − ${dollars(transaction.providerAdjustmentCents)}`,
      wrong: off(transaction.residualCents),
    },
    {
      what: "Ledger: posted + unapplied − provider adjustments = payment",
      numbers: `${dollars(ledger.postedCents)} + ${dollars(ledger.unappliedCents)} − ${dollars(ledger.providerAdjustmentCents)} = ${dollars(ledger.cashCents)}`,
      wrong: off(ledger.residualCents),
    },
  ];
}

function Parked({ parked }: Pick<RemittanceView, "parked">) {
  const { parkReasons } = useWords();
  if (parked.length === 0) return <Empty meaning="Nothing is parked: all of it is posted." />;
  return (
    <>
      <Table
        caption={`${counted(parked.length, "claim payment")} parked`}
        columns={[
          {
            head: "Claim",
            cell: ({ patientControlNumber: number }) => <span className="code">{number}</span>,
          },
          {
            head: "Why",
            cell: ({ reason }) => (
              <>
                <b>{title(reason)}</b> {parkReasons[reason]}
              </>
            ),
          },
          { head: "Residual", isNumber: true, cell: ({ residualCents }) => dollars(residualCents) },
        ]}
        rows={parked}
        keyOf={({ patientControlNumber, reason }, place) =>
          `${patientControlNumber} ${reason} ${place}`
        }
      />
      <p>
        Work them at the <Link to="/desk">exceptions desk</Link>.
      </p>
    </>
  );
}
