import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import type { DenialRate } from "../../http/use-cases.ts";
import { denialRateQuery, trialBalanceQuery } from "../server/records.ts";
import { useSession } from "../server/session.ts";
import { useWords } from "../server/words.ts";
import { Empty, Failure, Waiting } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, dollars, percent, title, words } from "../words.ts";
import { MonthChart } from "./month-chart.tsx";

/** What a practice manager watches: the denial rate by month and by what makes it, and the books. */
export default function FiguresPage() {
  useTitle("Figures");
  const session = useSession();
  const { denialRateBreakdowns } = useWords();
  const [address, setAddress] = useSearchParams();
  const by = address.get("by") ?? "reason";
  const { data: rate, error, refetch } = useQuery(denialRateQuery(by));
  const { data: months } = useQuery(denialRateQuery("month"));
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (rate === undefined) return <Waiting what="The denial rate" />;
  return (
    <>
      <h1>Figures</h1>
      <div className="two">
        <section className="card" aria-label="Denial rate">
          <h2>Denial rate</h2>
          <p className="figure">{percent(rate.rate)}</p>
          <p>
            {rate.numerator} of {counted(rate.denominator, "claim")} denied whole; {rate.partial}{" "}
            more in part.
          </p>
          <details>
            <summary>What is counted</summary>
            <p>{rate.definition}</p>
          </details>
        </section>
        {months !== undefined && months.rows.length > 0 && <MonthChart rows={months.rows} />}
      </div>
      <form
        className="filter"
        aria-label="Break the rate down"
        onSubmit={(event) => event.preventDefault()}
      >
        <label>
          By{" "}
          <select
            value={by}
            onChange={({ target }) => setAddress({ by: target.value }, { replace: true })}
          >
            {denialRateBreakdowns.map((each) => (
              <option key={each} value={each}>
                {title(each)}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Breakdown rate={rate} by={by} />
      {session.may("ledger:read") && <TrialBalance />}
    </>
  );
}

type Row = DenialRate["rows"][number] & { readonly shareUpToHere: number };

/** The rows, what denies most first, with the share of all that they make together (Pareto). */
function Breakdown({ rate, by }: { readonly rate: DenialRate; readonly by: string }) {
  if (rate.rows.length === 0)
    return <Empty meaning="No payer has decided on a claim in this time." />;
  const most = Math.max(1, ...rate.rows.map(({ numerator }) => numerator));
  const all = rate.rows.reduce((sum, { numerator }) => sum + numerator, 0);
  let upToHere = 0;
  const rows = rate.rows.map((row): Row => {
    upToHere += row.numerator;
    return { ...row, shareUpToHere: all === 0 ? 0 : upToHere / all };
  });
  const columns: readonly Column<Row>[] = [
    {
      head: title(by),
      cell: ({ key, label }) => (
        <>
          <span className="code">{key}</span> {label !== key && label}
        </>
      ),
    },
    { head: "Denied", isNumber: true, cell: ({ numerator }) => numerator },
    {
      head: "Share",
      cell: ({ numerator, label, key }) => (
        <meter min={0} max={most} value={numerator} aria-label={label || key}>
          {numerator}
        </meter>
      ),
    },
    { head: "Together", isNumber: true, cell: ({ shareUpToHere }) => percent(shareUpToHere) },
    { head: "Of", isNumber: true, cell: ({ denominator }) => denominator },
    { head: "Rate", isNumber: true, cell: (row) => percent(row.rate) },
    { head: "Refused", isNumber: true, cell: (row) => dollars(row.dollars.deniedCents) },
  ];
  return (
    <Table
      caption={`Denied claims by ${by}`}
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
    />
  );
}

function TrialBalance() {
  const { data } = useQuery(trialBalanceQuery);
  if (data === undefined) return null;
  const rows = Object.entries(data.accounts);
  return (
    <>
      <h2>The books</h2>
      <Table
        caption={`Trial balance; all accounts together ${dollars(data.totalCents)}`}
        columns={[
          { head: "Account", cell: ([account]) => words(account) },
          { head: "Balance", isNumber: true, cell: ([, cents]) => dollars(cents) },
        ]}
        rows={rows}
        keyOf={([account]) => account}
      />
    </>
  );
}
