import { Link } from "react-router";
import type { AdjudicationView } from "../../http/use-cases.ts";
import { useWords } from "../server/words.ts";
import { Empty } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { date, dollars } from "../words.ts";

const TURNS: Readonly<Record<string, string>> = { P: "primary", S: "secondary", T: "tertiary" };

const COLUMNS: readonly Column<AdjudicationView>[] = [
  { head: "Payment date", cell: ({ paymentDate }) => date(paymentDate) },
  {
    head: "Payer",
    cell: ({ payer, payerSequence }) => (
      <>
        {payer} <span className="hint">{TURNS[payerSequence] ?? payerSequence}</span>
      </>
    ),
  },
  {
    head: "Remittance",
    cell: ({ traceNumber }) => (
      <Link className="code" to={`/remittances/${encodeURIComponent(traceNumber)}`}>
        {traceNumber}
      </Link>
    ),
  },
  {
    head: "Decision",
    cell: ({ reverses, statusCode }) =>
      `${reverses === null ? "Status" : "Reversal, status"} ${statusCode}`,
  },
  { head: "Charge", isNumber: true, cell: ({ chargeCents }) => dollars(chargeCents) },
  { head: "Paid", isNumber: true, cell: ({ paidCents }) => dollars(paidCents) },
  { head: "Adjustments", cell: (decision) => <Adjustments decision={decision} /> },
];

interface Props {
  readonly adjudications: readonly AdjudicationView[];
}

/** What payers decided, each adjustment in plain words. */
export function Adjudications({ adjudications }: Props) {
  if (adjudications.length === 0) return <Empty meaning="No payer has decided yet." />;
  return (
    <Table
      caption="What payers decided"
      columns={COLUMNS}
      rows={adjudications}
      keyOf={({ traceNumber, statusCode }, place) => `${traceNumber} ${statusCode} ${place}`}
    />
  );
}

function Adjustments({ decision }: { readonly decision: AdjudicationView }) {
  const { reasons, remarks } = useWords();
  return (
    <>
      {decision.adjustments.map(({ lineControlNumber, groupCode, reasonCode, amountCents }) => (
        <div key={`${lineControlNumber} ${groupCode} ${reasonCode}`}>
          <b className="code">{`${groupCode}-${reasonCode}`}</b> {dollars(amountCents)}{" "}
          {reasons[reasonCode] ?? "see the reason code list"}{" "}
          <span className="hint">
            {lineControlNumber === "" ? "claim" : `line ${lineControlNumber}`}
          </span>
        </div>
      ))}
      {decision.remarkCodes.map((code) => (
        <div key={code}>
          <b className="code">{code}</b> {remarks[code] ?? "see the remark code list"}
        </div>
      ))}
    </>
  );
}
