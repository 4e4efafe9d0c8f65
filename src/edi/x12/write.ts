import assert from "node:assert/strict";
import { type Delimiters, STANDARD_DELIMITERS } from "./delimiters.ts";
import type { Credentials } from "./envelope.ts";
import { ISA_WIDTHS } from "./interchange-header.ts";
import type { ElementValue, SegmentValue } from "./value.ts";

/** A value that holds a delimiter or control character: where it stands, 0 where not named. */
export interface Collision {
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
}

/** An element of several values. */
type Repeated = Exclude<ElementValue, string | readonly string[]>;

/** Bytes that a writer fills before it makes text of them. */
const CHUNK_BYTES = 1 << 16;

/**
 * Writes segments with one set of delimiters. Text goes to bytes in the same pass that looks for
 * delimiters in it; a value with letters beyond Latin-1 is kept as it is between the bytes.
 */
export class SegmentWriter {
  readonly delimiters: Delimiters;
  /** What collided in the segments written so far; who has told it empties the list. */
  readonly collisions: Collision[] = [];
  /** By character code below 256: may not stand in a value. */
  readonly #forbidden = new Uint8Array(256);
  readonly #element: number;
  readonly #component: number;
  /** Terminator and line break. */
  readonly #end: string;
  #bytes = Buffer.allocUnsafe(CHUNK_BYTES);
  #length = 0;
  /** What was written before the bytes. */
  #earlier: string[] = [];

  constructor(delimiters: Delimiters) {
    this.delimiters = delimiters;
    this.#forbidden.fill(1, 0, 32);
    const { element, component, repetition, segment, lineBreak } = delimiters;
    for (const delimiter of [element, component, repetition ?? element, segment]) {
      const code = delimiter.charCodeAt(0);
      assert(delimiter.length === 1 && code < 128, "a delimiter is one ASCII character");
      this.#forbidden[code] = 1;
    }
    this.#element = element.charCodeAt(0);
    this.#component = component.charCodeAt(0);
    this.#end = segment + lineBreak;
  }

  /** Appends the segment and its terminator, without trailing empty elements and components. */
  write(segment: SegmentValue): void {
    this.#put(segment[0], 0, 0);
    let gap = 0;
    for (let number = 1; number < segment.length; number += 1) {
      gap += 1;
      const value = segment[number];
      if (value === undefined || !isUsed(value)) continue;
      if (typeof value === "string") {
        if (!this.#put(value, this.#element, gap)) this.#collide(number, 0, 1);
      } else {
        this.#put("", this.#element, gap);
        if (isComposite(value)) this.#composite(value, number, 1);
        else this.#repeated(value, number);
      }
      gap = 0;
    }
    this.#put(this.#end, 0, 0);
  }

  /** What was written since the last time, terminators included. */
  take(): string {
    this.#settle();
    const text = this.#earlier.join("");
    this.#earlier = [];
    return text;
  }

  #repeated({ repeat }: Repeated, number: number): void {
    const { repetition } = this.delimiters;
    assert(repetition !== undefined || repeat.length < 2, "these delimiters repeat nothing");
    const separator = (repetition ?? "").charCodeAt(0);
    let gap = 0;
    for (let index = 0; index < repeat.length; index += 1) {
      const one = repeat[index] ?? "";
      if (lengthUsed(one) > 0) {
        const text = typeof one === "string" ? one : "";
        if (!this.#put(text, separator, gap)) this.#collide(number, 0, index + 1);
        gap = 0;
        if (typeof one !== "string") this.#composite(one, number, index + 1);
      }
      gap += 1;
    }
  }

  #composite(parts: readonly string[], number: number, repetition: number): void {
    let gap = 0;
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index] ?? "";
      if (part !== "") {
        if (!this.#put(part, this.#component, gap)) this.#collide(number, index + 1, repetition);
        gap = 0;
      }
      gap += 1;
    }
  }

  #collide(element: number, component: number, repetition: number): void {
    this.collisions.push({ element, component, repetition });
  }

  /** Appends separators and the text; false when the text holds what may not stand in a value. */
  #put(text: string, separator: number, gap: number): boolean {
    const { length } = text;
    if (this.#length + gap + length > this.#bytes.length) this.#makeRoom(gap + length);
    const bytes = this.#bytes;
    const forbidden = this.#forbidden;
    for (let at = 0; at < gap; at += 1) bytes[this.#length + at] = separator;
    this.#length += gap;
    const start = this.#length;
    let clean = true;
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 255) return this.#putWide(text);
      if (forbidden[code] === 1) clean = false;
      bytes[start + at] = code;
    }
    this.#length = start + length;
    return clean;
  }

  #putWide(text: string): boolean {
    this.#settle();
    this.#earlier.push(text);
    for (let at = 0; at < text.length; at += 1) {
      if (this.#forbidden[text.charCodeAt(at)] === 1) return false;
    }
    return true;
  }

  /** Makes text of the bytes. */
  #settle(): void {
    if (this.#length > 0) this.#earlier.push(this.#bytes.toString("latin1", 0, this.#length));
    this.#length = 0;
  }

  #makeRoom(count: number): void {
    this.#settle();
    if (count > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(count);
  }
}

function isComposite(value: ElementValue): value is readonly string[] {
  return Array.isArray(value);
}

function isUsed(value: ElementValue): boolean {
  if (typeof value === "string" || isComposite(value)) return lengthUsed(value) > 0;
  return value.repeat.some((one) => lengthUsed(one) > 0);
}

/** The length of a text, or of components up to the last that is not empty. */
function lengthUsed(value: string | readonly string[]): number {
  let { length } = value;
  if (typeof value === "string") return length;
  while (length > 0 && value[length - 1] === "") length -= 1;
  return length;
}

/** A functional group to write around transaction sets that are text already. */
export interface FunctionalGroupValue {
  /** GS01. */
  readonly functionalIdentifier: string;
  /** GS02, GS03. */
  readonly senderCode: string;
  readonly receiverCode: string;
  /** GS04 as CCYYMMDD and GS05 as HHMM. */
  readonly date: string;
  readonly time: string;
  /** GS06, 1 to 9 digits. */
  readonly controlNumber: string;
  /** GS08: `005010X222A1`. */
  readonly version: string;
  /** Each from ST to SE with the interchange's delimiters, as `writeTransactionSet` gives it. */
  readonly transactionSets: readonly string[];
}

/** An interchange to write. */
export interface InterchangeValue {
  /** ISA01 to ISA04; no authorization and no password when absent. */
  readonly credentials?: Credentials;
  /** ISA05, ISA06. */
  readonly senderQualifier: string;
  readonly senderId: string;
  /** ISA07, ISA08. */
  readonly receiverQualifier: string;
  readonly receiverId: string;
  /** ISA09 as YYMMDD and ISA10 as HHMM. */
  readonly date: string;
  readonly time: string;
  /** ISA13, 1 to 9 digits. */
  readonly controlNumber: string;
  /** ISA15. */
  readonly usage: "P" | "T";
  /** ISA12; 00501 when absent. */
  readonly version?: string;
  /** ISA14: asks for a TA1. */
  readonly acknowledgmentRequested?: boolean;
  /** `STANDARD_DELIMITERS` when absent. */
  readonly delimiters?: Delimiters;
  /** TA1 segments that answer earlier interchanges. */
  readonly acknowledgements?: readonly SegmentValue[];
  readonly groups: readonly FunctionalGroupValue[];
}

/**
 * The interchange as text: a fixed-width ISA, its groups, and trailers with the right counts.
 * Header values that cannot stand in an ISA or GS are a programmer's error and are asserted.
 */
export function writeInterchange(interchange: InterchangeValue): string {
  const delimiters = interchange.delimiters ?? STANDARD_DELIMITERS;
  const writer = new SegmentWriter(delimiters);
  const end = delimiters.segment + delimiters.lineBreak;
  const line = (segment: SegmentValue): string => strictly(writer, segment);
  const controlNumber = digits(interchange.controlNumber, "ISA13").padStart(9, "0");
  const parts = [interchangeHeader(interchange, controlNumber, delimiters, writer) + end];
  for (const segment of interchange.acknowledgements ?? []) parts.push(line(segment));
  for (const group of interchange.groups) {
    const { functionalIdentifier, senderCode, receiverCode, date, time, version } = group;
    const number = digits(group.controlNumber, "GS06");
    const parties = [functionalIdentifier, senderCode, receiverCode, date, time] as const;
    parts.push(line(["GS", ...parties, number, "X", version]));
    parts.push(...group.transactionSets);
    parts.push(line(["GE", String(group.transactionSets.length), number]));
  }
  parts.push(line(["IEA", String(interchange.groups.length), controlNumber]));
  return parts.join("");
}

function interchangeHeader(
  interchange: InterchangeValue,
  controlNumber: string,
  delimiters: Delimiters,
  writer: SegmentWriter,
): string {
  const values = [
    ...(interchange.credentials ?? ["00", "", "00", ""]),
    interchange.senderQualifier,
    interchange.senderId,
    interchange.receiverQualifier,
    interchange.receiverId,
    interchange.date,
    interchange.time,
  ];
  strictly(writer, ["ISA", ...values]);
  values.push(
    delimiters.repetition ?? "U",
    interchange.version ?? "00501",
    controlNumber,
    interchange.acknowledgmentRequested === true ? "1" : "0",
    interchange.usage,
    delimiters.component,
  );
  const fixed = values.map((value, index) => {
    const width = ISA_WIDTHS[index] ?? 0;
    assert(value.length <= width, `ISA${String(index + 1).padStart(2, "0")} is too long`);
    return value.padEnd(width);
  });
  return ["ISA", ...fixed].join(delimiters.element);
}

/** The segment as text with its terminator; asserts that nothing collides. */
function strictly(writer: SegmentWriter, segment: SegmentValue): string {
  writer.write(segment);
  const [collision] = writer.collisions;
  const place = `${segment[0]}${String(collision?.element ?? 0).padStart(2, "0")}`;
  assert(collision === undefined, `${place} holds a delimiter`);
  return writer.take();
}

function digits(number: string, element: string): string {
  assert(/^[0-9]{1,9}$/.test(number), `${element} is a number of 1 to 9 digits`);
  return number;
}
