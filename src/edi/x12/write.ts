import assert from "node:assert/strict";
import { type Delimiters, STANDARD_DELIMITERS } from "./delimiters.ts";
import { ISA_WIDTHS } from "./interchange-header.ts";
import type { ElementValue, SegmentValue } from "./value.ts";

/** Takes the number of an element whose value holds a delimiter or control character. */
export type CollisionListener = (element: number, component: number, repetition: number) => void;

/** Writes segments with one set of delimiters. */
export class SegmentWriter {
  readonly delimiters: Delimiters;
  /** By character code below 256: may not stand in a value. */
  readonly #forbidden = new Uint8Array(256);

  constructor(delimiters: Delimiters) {
    this.delimiters = delimiters;
    this.#forbidden.fill(1, 0, 32);
    const { element, component, repetition, segment } = delimiters;
    for (const delimiter of [element, component, repetition ?? element, segment]) {
      const code = delimiter.charCodeAt(0);
      assert(delimiter.length === 1 && code < 256, "a delimiter is one character of Latin-1");
      this.#forbidden[code] = 1;
    }
  }

  /** The segment without its terminator; trailing empty elements and components are left out. */
  write(segment: SegmentValue, collision: CollisionListener): string {
    let text: string = segment[0];
    let gap = "";
    for (let number = 1; number < segment.length; number += 1) {
      const value = segment[number];
      gap += this.delimiters.element;
      if (value === undefined || value === "") continue;
      const written =
        typeof value === "string" && !this.#collides(value)
          ? value
          : this.#element(value, number, collision);
      if (written === "") continue;
      text += gap + written;
      gap = "";
    }
    return text;
  }

  #element(value: ElementValue, number: number, collision: CollisionListener): string {
    if (typeof value === "string" || isComposite(value)) {
      return this.#repetition(value, number, 1, collision);
    }
    const { repetition } = this.delimiters;
    const texts = value.repeat.map((one, index) =>
      this.#repetition(one, number, index + 1, collision),
    );
    assert(repetition !== undefined || texts.length < 2, "these delimiters repeat nothing");
    return withoutTrailingEmpty(texts).join(repetition ?? "");
  }

  #repetition(
    value: string | readonly string[],
    number: number,
    repetition: number,
    collision: CollisionListener,
  ): string {
    if (typeof value === "string") {
      if (this.#collides(value)) collision(number, 0, repetition);
      return value;
    }
    value.forEach((part, index) => {
      if (this.#collides(part)) collision(number, index + 1, repetition);
    });
    return withoutTrailingEmpty(value).join(this.delimiters.component);
  }

  #collides(value: string): boolean {
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code < 256 && this.#forbidden[code] === 1) return true;
    }
    return false;
  }
}

function isComposite(value: ElementValue): value is readonly string[] {
  return Array.isArray(value);
}

function withoutTrailingEmpty(values: readonly string[]): readonly string[] {
  let length = values.length;
  while (length > 0 && values[length - 1] === "") length -= 1;
  return length === values.length ? values : values.slice(0, length);
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
 * The interchange as text: a fixed-width ISA, its groups, and trailers with the right counts. Header
 * values that cannot stand in an ISA or GS are a programmer's error and are asserted.
 */
export function writeInterchange(interchange: InterchangeValue): string {
  const delimiters = interchange.delimiters ?? STANDARD_DELIMITERS;
  const writer = new SegmentWriter(delimiters);
  const end = delimiters.segment + delimiters.lineBreak;
  const line = (segment: SegmentValue): string =>
    writer.write(segment, (element) =>
      assert.fail(`${segment[0]}${String(element).padStart(2, "0")} holds a delimiter`),
    ) + end;
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
  writer.write(["ISA", ...values], (element) =>
    assert.fail(`ISA${String(element).padStart(2, "0")} holds a delimiter`),
  );
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

function digits(number: string, element: string): string {
  assert(/^[0-9]{1,9}$/.test(number), `${element} is a number of 1 to 9 digits`);
  return number;
}
