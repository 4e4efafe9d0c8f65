import { useQuery } from "@tanstack/react-query";
import type { OutboundFile } from "../../http/use-cases.ts";
import { outboundQuery } from "../server/records.ts";
import { useSession } from "../server/session.ts";
import { Empty, Failure, Waiting } from "../shell/states.tsx";
import { type Column, Table } from "../shell/table.tsx";
import { useTitle } from "../shell/use-title.ts";
import { counted, date, dollars } from "../words.ts";
import { TakeIn } from "./take-in.tsx";

const COLUMNS: readonly Column<OutboundFile>[] = [
  {
    head: "File",
    cell: ({ id, name }) => (
      <a href={`/api/v1/outbound-files/${encodeURIComponent(id)}`} download>
        {name}
      </a>
    ),
  },
  { head: "Payer", cell: ({ payer }) => payer ?? "–" },
  { head: "Made", cell: ({ createdAt }) => date(createdAt) },
  { head: "Claims", isNumber: true, cell: ({ claims }) => claims ?? "–" },
  { head: "Charges", isNumber: true, cell: ({ chargeCents }) => dollars(chargeCents) },
  { head: "Bytes", isNumber: true, cell: ({ bytes }) => bytes.toLocaleString("en-US") },
];

/** Files in and out. */
export default function ExchangePage() {
  useTitle("Exchange");
  const session = useSession();
  const { data: files, error, refetch } = useQuery(outboundQuery);
  return (
    <>
      <h1>Exchange</h1>
      {session.may("exchange:send") && <TakeIn />}
      <h2>Out</h2>
      {error !== null && <Failure error={error} again={() => void refetch()} />}
      {error === null && files === undefined && <Waiting what="The list of files" />}
      {files?.length === 0 && <Empty meaning="No file waits for a payer." />}
      {files !== undefined && files.length > 0 && (
        <Table
          caption={`${counted(files.length, "file")} for payers`}
          columns={COLUMNS}
          rows={files}
          keyOf={({ id }) => id}
        />
      )}
    </>
  );
}
