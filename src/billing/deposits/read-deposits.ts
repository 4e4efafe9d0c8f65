import { readBai2 } from "./bai2.ts";
import { columnsOf, readCsv } from "./csv.ts";
import type { DepositFile, DepositFormat } from "./deposit.ts";
import { readNacha } from "./nacha.ts";

const READERS: Readonly<Record<DepositFormat, (content: string) => DepositFile>> = {
  csv: readCsv,
  bai2: readBai2,
  nacha: readNacha,
};

/** Reads a deposit file of whichever kind its first characters say; a file with any defect gives nothing else. */
export function readDeposits(content: string): DepositFile {
  const text = content.startsWith("\uFEFF") ? content.slice(1) : content;
  const format = formatOf(text);
  if (format !== undefined) return READERS[format](text);
  const message = "The file begins neither as CSV with a column amount, nor as BAI2, nor as NACHA.";
  const defects = [{ code: "format-unknown", place: "line 1", message } as const];
  return { format: undefined, deposits: [], others: [], defects };
}

function formatOf(text: string): DepositFormat | undefined {
  if (text.startsWith("01,")) return "bai2";
  if (/^101[ \d]/.test(text)) return "nacha";
  const columns = columnsOf(text);
  return columns.has("amount") || columns.has("date") ? "csv" : undefined;
}
