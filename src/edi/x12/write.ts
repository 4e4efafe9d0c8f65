import assert from "node:assert/strict";
import { type Delimiters, STANDARD_DELIMITERS } from "./delimiters.ts";
import { ISA_WIDTHS } from "./interchange-header.ts";
import type { ElementValue, SegmentValue } from "./value.ts";

/** A value that holds a delimiter or control character: where it stands, 0 where not named. */
export interface Collision {
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
}

/** Writes segments with one set of delimiters. */
export class SegmentWriter {
  readonly delimiters: Delimiters;
  /** What collided in the segments written so far; who has told it empties the list. */
  readonly collisions: Collision[] = [];
  /** By character code below 128: may not stand in a value. */
  readonly #forbidden = new Uint8Array(128);

  constructor(delimiters: Delimiters) {
    this.delimiters = delimiters;
    this.#forbidden.fill(1, 0, 32);
    const { element, component, repetition, segment } = delimiters;
    for (const delimiter of [element, component, repetition ?? element, segment]) {
      const code = delimiter.charCodeAt(0);
      assert(delimiter.length === 1 && code < 128, "a delimiter is one ASCII character");
      this.#forbidden[code] = 1;
    }
  }

  /** The segment without its terminator; trailing empty elements and components are left out. */
  write(segment: SegmentValue): string {
    // Joined, not concatenated: a rope of many pieces is flattened again at every later use.
    const parts: string[] = [segment[0]];
    let used = 1;
    for (let number = 1; number < segment.length; number += 1) {
      const value = segment[number];
      const written = value === undefined || value === "" ? "" : this.#element(value, number);
      parts.push(written);
      if (written !== "") used = number + 1;
    }
    parts.length = used;
    return parts.join(this.delimiters.element);
  }

  #element(value: ElementValue, number: number): string {
    if (typeof value === "string") return this.#plain(value, number, 0, 1);
    if (isComposite(value)) return this.#composite(value, number, 1);
    const { repetition } = this.delimiters;
    assert(repetition !== undefined || value.repeat.length < 2, "these delimiters repeat nothing");
    const texts = value.repeat.map((one, index) =>
      typeof one === "string"
        ? this.#plain(one, number, 0, index + 1)
        : this.#composite(one, number, index + 1),
    );
    return texts.slice(0, lengthUsed(texts)).join(repetition ?? "");
  }

  #composite(parts: readonly string[], number: number, repetition: number): string {
    const separator = this.delimiters.component;
    let text = "";
    let gap = "";
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index] ?? "";
      if (part !== "") {
        text += gap + this.#plain(part, number, index + 1, repetition);
        gap = "";
      }
      gap += separator;
    }
    return text;
  }

  #plain(value: string, element: number, component: number, repetition: number): string {
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code < 128 && this.#forbidden[code] === 1) {
        this.collisions.push({ element, component, repetition });
        break;
      }
    }
    return value;
  }
}

function isComposite(value: ElementValue): value is readonly string[] {
  return Array.isArray(value);
}

function lengthUsed(values: readonly string[]): number {
  let length = values.length;
  while (length > 0 && values[length - 1] === "") length -= 1;
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
 * Header
 * values that cannot stand in an ISA or GS are a programmer's error and are asserted.
 */
export function writeInterchange(interchange: InterchangeValue): string {
  const delimiters = interchange.delimiters ?? STANDARD_DELIMITERS;
  const writer = new SegmentWriter(delimiters);
  const end = delimiters.segment + delimiters.lineBreak;
  const line = (segment: SegmentValue): string => strictly(writer, segment) + end;
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
    "00",
    "",
    "00",
    "",
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

function strictly(writer: SegmentWriter, segment: SegmentValue): string {
  const text = writer.write(segment);
  const [collision] = writer.collisions;
  const place = `${segment[0]}${String(collision?.element ?? 0).padStart(2, "0")}`;
  assert(collision === undefined, `${place} holds a delimiter`);
  return text;
}

function digits(number: string, element: string): string {
  assert(/^[0-9]{1,9}$/.test(number), `${element} is a number of 1 to 9 digits`);
  return number;
}
