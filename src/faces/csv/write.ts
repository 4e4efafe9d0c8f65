/** One value of a record; null is an empty cell. */
export type Cell = string | number | null | undefined;

/** A column: its heading, and what stands in it of each row. */
export interface CsvColumn<Row> {
  readonly heading: string;
  readonly of: (row: Row) => Cell;
}

/** The media type of what `csvLines` writes. */
export const CSV_TYPE = "text/csv; charset=utf-8; header=present";

/**
 * What makes a spreadsheet take a text for a formula (OWASP, CSV Injection; ASVS 5.0 1.2.10): = + - @, their wide forms,
 * tab, line ends and NUL, also behind blanks that some programs leave out.
 */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\0]|^[\t\r\n]/u;

/** The records, headings first. Each ends in CR; whoever writes them adds the LF (RFC 4180 2.1). */
export async function* csvLines<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<string> {
  yield record(columns.map(({ heading }) => heading));
  for await (const row of rows) yield record(columns.map(({ of }) => of(row)));
}

function record(cells: readonly Cell[]): string {
  return `${cells.map(written).join(",")}\r`;
}

/** Every text is quoted, so that none ends its cell early; a quote is doubled (RFC 4180 2.5 to 2.7). */
function written(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
