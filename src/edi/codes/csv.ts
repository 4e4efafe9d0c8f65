/** One row of a CSV file: its cells by the header's names, and the line on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** False when the row has more or fewer cells than the header. */
  readonly whole: boolean;
}

/**
 * The rows of a CSV file (RFC 4180: quotes doubled within quotes, line ends within quotes), by its
 * header. A quote that is never closed ends with the file.
 */
export function csvRows(content: string): CsvRow[] {
  const [header, ...rows] = csvCells(content);
  const names = header?.cells ?? [];
  return rows
    .filter(({ cells }) => cells.length > 1 || cells[0] !== "")
    .map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])),
      whole: cells.length === names.length,
    }));
}

/** The header's names of a CSV file of which these are the first bytes. */
export function csvHeader(content: string): readonly string[] {
  return csvCells(content.slice(0, content.search(/\r?\n|$/)))[0]?.cells ?? [];
}

function csvCells(content: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  const cell = /(?:"((?:[^"]|"")*)(?:"|$)|([^",\r\n]*))([^,\r\n]*)(,|\r?\n|\r|$)/y;
  cell.lastIndex = content.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  let row: { line: number; cells: string[] } = { line, cells: [] };
  while (cell.lastIndex < content.length || row.cells.length > 0) {
    const match = cell.exec(content);
    if (match === null) break;
    const [whole, quoted, plain = "", rest = "", end] = match;
    row.cells.push(quoted === undefined ? plain + rest : quoted.replaceAll('""', '"') + rest);
    line += whole.match(/\n/g)?.length ?? 0;
    if (end === ",") continue;
    rows.push(row);
    row = { line, cells: [] };
    if (cell.lastIndex >= content.length) break;
  }
  return rows;
}
