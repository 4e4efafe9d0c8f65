import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import type { ClaimRow } from "../../http/use-cases.ts";
import { claimsQuery, type PatientQuery } from "../server/records.ts";
import { Axes } from "../shell/chips.tsx";
import { Pages } from "../shell/pages.tsx";
import { Empty } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars } from "../words.ts";

const COLUMNS: readonly Column<ClaimRow>[] = [
  {
    head: "Claim",
    cell: ({ patientControlNumber: number }) => (
      <Link className="code" to={`/claims/${encodeURIComponent(number)}`}>
        {number}
      </Link>
    ),
  },
  { head: "Payer", cell: ({ payer }) => payer },
  { head: "Service date", cell: ({ serviceDateFrom }) => date(serviceDateFrom) },
  { head: "Status", cell: ({ status }) => <Axes status={status} /> },
  { head: "Charge", isNumber: true, cell: ({ chargeCents }) => dollars(chargeCents) },
  { head: "Paid", isNumber: true, cell: ({ paidCents }) => dollars(paidCents) },
  { head: "Open", isNumber: true, cell: ({ openInsuranceCents }) => dollars(openInsuranceCents) },
];

/** The claims; one by its number, or those of a patient by what is known of him or her. */
export default function ClaimsPage() {
  useTitle("Claims");
  const [patient, setPatient] = useState<PatientQuery>();
  const answer = useInfiniteQuery(claimsQuery(patient));
  return (
    <>
      <h1>Claims</h1>
      <FindClaim />
      <FindPatient onFind={setPatient} />
      <Pages
        what="The claims"
        answer={answer}
        empty={
          <Empty meaning={patient ? "No claim of such a patient." : "There are no claims yet."}>
            <p>
              Take a file in under <Link to="/exchange">Exchange</Link>.
            </p>
          </Empty>
        }
      >
        {(rows) => (
          <Table
            caption={counted(rows.length, "claim")}
            columns={COLUMNS}
            rows={rows}
            keyOf={({ patientControlNumber }) => patientControlNumber}
          />
        )}
      </Pages>
    </>
  );
}

function FindClaim() {
  const [number, setNumber] = useState("");
  const navigate = useNavigate();
  const find = (event: FormEvent) => {
    event.preventDefault();
    void navigate(`/claims/${encodeURIComponent(number.trim())}`);
  };
  return (
    <form className="filter" aria-label="Find a claim" onSubmit={find}>
      <label>
        Claim number{" "}
        <input
          required
          maxLength={80}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}

const KNOWN = [
  ["memberId", "Member id", "text"],
  ["name", "Family name", "text"],
  ["birthDate", "Birth date", "date"],
] as const;

interface FindPatientProps {
  readonly onFind: (patient: PatientQuery | undefined) => void;
}

function FindPatient({ onFind }: FindPatientProps) {
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].filter(([, value]) => value !== "");
    onFind(given.length === 0 ? undefined : (Object.fromEntries(given) as PatientQuery));
  };
  return (
    <form className="filter" aria-label="Find a patient's claims" onSubmit={find}>
      {KNOWN.map(([name, label, type]) => (
        <label key={name}>
          {label} <input name={name} type={type} maxLength={80} autoComplete="off" />
        </label>
      ))}
      <button type="submit" className="quiet">
        Find
      </button>
    </form>
  );
}
