/** A column of a table for people: its heading, and whether its cells are numbers. */
export interface Column {
  readonly heading: string;
  readonly numeric?: boolean;
}

/** Rows under headings, aligned with spaces; numbers to the right. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, index) =>
    rows.reduce((width, row) => Math.max(width, (row[index] ?? "").length), heading.length),
  );
  const lineOf = (cells: readonly string[]) =>
    columns
      .map(({ numeric }, index) => {
        const width = widths[index] ?? 0;
        const cell = cells[index] ?? "";
        return numeric ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [lineOf(columns.map(({ heading }) => heading)), rule, ...rows.map(lineOf)].join("\n");
}

/** Cents as people read them: $1,234.56. */
export function dollars(cents: number): string {
  const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const fraction = String(Math.abs(cents) % 100).padStart(2, "0");
  return `${cents < 0 ? "-" : ""}$${whole}.${fraction}`;
}

/** A share as people read it: 12.3 %. */
export function percent(rate: number | null): string {
  return rate === null ? "–" : `${Math.round(rate * 1000) / 10} %`;
}
