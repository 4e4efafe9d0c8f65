/** The records of a BAI2 file with those that continue them, and how their fields are read. */
import { isoDate } from "../intake/index.ts";
import { type Cents, cents } from "../money/index.ts";
import type { DepositDefect } from "./deposit.ts";

/** A record with the records 88 that continue it. */
export interface Logical {
  readonly place: string;
  readonly code: string;
  /** Fields from the second on, the record code left out. */
  readonly fields: readonly string[];
  /** The lines as they stand, for texts that a bank breaks anywhere. */
  readonly lines: readonly string[];
}

/** The records of a file, each with its continuations; one that continues nothing is a defect. */
export function logicalRecords(content: string, defects: DepositDefect[]): Logical[] {
  const records: { place: string; lines: string[] }[] = [];
  for (const [index, raw] of content.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trimEnd();
    if (line === "") continue;
    const place = `line ${index + 1}`;
    const last = records.at(-1);
    if (!line.startsWith("88,")) records.push({ place, lines: [line] });
    else if (last !== undefined) last.lines.push(line.slice("88,".length));
    else {
      const message = "A continuation (88) has nothing before it.";
      defects.push({ code: "record-misplaced", place, message });
    }
  }
  return records.map(({ place, lines }) => {
    const [code = "", ...fields] = joined(lines).split(",");
    return { place, code, fields, lines: lines.map((line) => line.replace(/\/$/, "")) };
  });
}

/** Lines as one: a slash ends a field, without one the field itself goes on. */
function joined(lines: readonly string[]): string {
  let text = "";
  for (const [index, line] of lines.entries()) {
    const ended = line.endsWith("/");
    text += ended ? line.slice(0, -1) : line;
    if (ended && index < lines.length - 1) text += ",";
  }
  return text;
}

const WHOLE = /^[+-]?\d{1,15}$/;

/** A whole number of cents, signed or not; undefined where it is none. */
export function centsOf(text: string): Cents | undefined {
  return WHOLE.test(text.trim()) ? cents(Number(text)) : undefined;
}

/** `YYMMDD` as a calendar date; undefined where it is none. */
export function dateOf(text: string | undefined): string | undefined {
  return /^\d{6}$/.test(text ?? "") ? isoDate(`20${text}`) : undefined;
}

/** How many fields follow a funds type at this place; undefined where it is none. */
export function fundsFields(fields: readonly string[], at: number): number | undefined {
  const type = fields[at] ?? "";
  if (["", "0", "1", "2", "Z"].includes(type)) return 0;
  if (type === "V") return 2;
  if (type === "S") return 3;
  if (type !== "D") return undefined;
  const count = Number(fields[at + 1]);
  return Number.isInteger(count) && count >= 0 ? 1 + 2 * count : undefined;
}
