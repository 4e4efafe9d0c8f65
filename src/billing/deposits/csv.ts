/** Deposits from a CSV file with a header (RFC 4180); its columns are documented in docs/cli.md. */
import { type CsvRow, csvHeader, csvRows } from "../../edi/codes/index.ts";
import { isoDate } from "../intake/index.ts";
import { type Cents, negate, parseAmount } from "../money/index.ts";
import {
  type Deposit,
  type DepositDefect,
  type DepositFile,
  depositFile,
  type OtherItem,
} from "./deposit.ts";

/** The columns that are read, by their names in small letters; the first two are required. */
const CSV_COLUMNS = [
  "date",
  "amount",
  "trace",
  "originator",
  "payer",
  "reference",
  "description",
] as const;

type Column = (typeof CSV_COLUMNS)[number];

const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const GROUPED = /^(-?)\$?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d{1,2})?$/;
const IN_BRACKETS = /^\((.*)\)$/;

/**
 * Reads deposits from CSV. `date` is YYYY-MM-DD, YYYYMMDD or MM/DD/YYYY; `amount` is in dollars and may
 * have a dollar sign, groups of three and brackets for minus; a negative row is money that left, which is
 * counted and not taken. `trace` may hold several numbers, apart by spaces or semicolons. Other columns
 * pass unread.
 */
export function readCsv(content: string): DepositFile {
  const columns = columnsOf(content);
  const defects: DepositDefect[] = [];
  for (const name of CSV_COLUMNS.slice(0, 2)) {
    if (columns.has(name)) continue;
    const message = `The header has no column "${name}".`;
    defects.push({ code: "column-missing", place: "line 1", message });
  }
  if (content.split('"').length % 2 === 0) {
    const message = "A quote is never closed.";
    defects.push({ code: "file-cut-off", place: "end of file", message });
  }
  const deposits: Deposit[] = [];
  const others: OtherItem[] = [];
  if (defects.length === 0) {
    for (const row of csvRows(content)) readRow(row, columns, deposits, others, defects);
  }
  return depositFile("csv", deposits, others, defects);
}

/** The header's names as the file writes them, by their names in small letters. */
export function columnsOf(content: string): ReadonlyMap<string, string> {
  return new Map(csvHeader(content).map((name) => [name.trim().toLowerCase(), name]));
}

function readRow(
  row: CsvRow,
  columns: ReadonlyMap<string, string>,
  deposits: Deposit[],
  others: OtherItem[],
  defects: DepositDefect[],
): void {
  const place = `line ${row.line}`;
  const cell = (name: Column) => row.cells[columns.get(name) ?? ""]?.trim() ?? "";
  const refuse = (code: DepositDefect["code"], message: string) => {
    defects.push({ code, place, message });
  };
  if (!row.whole) {
    refuse("row-damaged", "The row has more or fewer cells than the header.");
    return;
  }
  const date = dateOf(cell("date"));
  if (date === undefined) {
    refuse("date-unreadable", "The date is no day of the calendar.");
    return;
  }
  const amountCents = dollarsOf(cell("amount"));
  if (amountCents === undefined || amountCents === 0) {
    refuse("amount-unreadable", "The amount is not an amount in dollars, or is zero.");
    return;
  }
  if (amountCents < 0) {
    others.push({ place, typeCode: "-", amountCents, date, isReturn: false });
    return;
  }
  const originatorId = cell("originator") || undefined;
  const numbers = cell("trace").split(/[\s;]+/);
  deposits.push({
    place,
    amountCents,
    date,
    traces: numbers
      .filter((number) => number !== "")
      .map((traceNumber) => ({ traceNumber, originatorId })),
    originatorId,
    payerName: cell("payer") || undefined,
    references: cell("reference") === "" ? [] : [cell("reference")],
    text: cell("description") || undefined,
    identity: ["csv", date, amountCents, ...CSV_COLUMNS.slice(2).map(cell)].join("|"),
  });
}

function dateOf(text: string): string | undefined {
  const us = US_DATE.exec(text);
  if (us === null) return isoDate(text);
  const [, month = "", day = "", year = ""] = us;
  return isoDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

function dollarsOf(text: string): Cents | undefined {
  const inner = IN_BRACKETS.exec(text)?.[1];
  const amount = inner ?? text;
  if (!GROUPED.test(amount)) return undefined;
  const cents = parseAmount(amount.replaceAll(/[$,]/g, ""));
  return inner === undefined || cents === undefined ? cents : negate(cents);
}
