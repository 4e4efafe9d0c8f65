/** The records of a NACHA file as text: 94 characters each, whatever became of their line ends. */
import { type Cents, cents } from "../money/index.ts";
import type { DepositDefect } from "./deposit.ts";

const RECORD = 94;

/** A record, padded to its full length. */
export interface Line {
  readonly place: string;
  readonly text: string;
}

/** Records by line, or by length where the file has no line ends; cut trailing blanks are put back. */
export function linesOf(content: string, defects: DepositDefect[]): Line[] {
  const whole = content.trimEnd();
  const texts = /[\r\n]/.test(whole)
    ? whole.split(/\r\n|\n|\r/)
    : (whole.match(new RegExp(`.{1,${RECORD}}`, "gs")) ?? []);
  return texts.map((raw, index) => {
    const place = `record ${index + 1}`;
    if (raw.length > RECORD) {
      const message = `The record is longer than ${RECORD} characters.`;
      defects.push({ code: "record-damaged", place, message });
    }
    return { place, text: raw.padEnd(RECORD) };
  });
}

/** Characters `from` to `to` of a record, counted from 0. */
export function field({ text }: Line, from: number, to: number): string {
  return text.slice(from, to);
}

/** An amount of digits alone, in cents; undefined where it is none. */
export function centsOf(text: string): Cents | undefined {
  return /^\d+$/.test(text) ? cents(Number(text)) : undefined;
}
