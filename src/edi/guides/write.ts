import assert from "node:assert/strict";
import {
  type Delimiters,
  type Finding,
  type LoopValue,
  type SegmentValue,
  SegmentWriter,
  STANDARD_DELIMITERS,
} from "../x12/index.ts";
import { type CompiledLoop, compileGuide, type Position } from "./compile.ts";
import type { Guide } from "./guide.ts";

/** How a transaction set is to be written. */
export interface WriteOptions {
  /** ST02 and SE02. */
  readonly controlNumber: string;
  /** ST03, where the guide uses it; the guide's first version when absent. */
  readonly implementation?: string;
  /** Those of the interchange it will stand in; `STANDARD_DELIMITERS` when absent. */
  readonly delimiters?: Delimiters;
}

/** A transaction set as text. */
export interface WrittenTransactionSet {
  /** From ST to SE, terminators included; "" when a finding of severity error forbids to write it. */
  readonly text: string;
  /** ST and SE included. */
  readonly segmentCount: number;
  /** A value that holds a delimiter or control character: IK403 code 6. */
  readonly findings: readonly Finding[];
}

/**
 * Writes loops by the guide. `root` is loop "ST" without ST and SE; segments and loops are put into the
 * guide's order. A segment or loop that has no place in the guide is a programmer's error: asserted.
 */
export function writeTransactionSet(
  guide: Guide,
  root: LoopValue,
  options: WriteOptions,
): WrittenTransactionSet {
  const compiled = compileGuide(guide);
  const delimiters = options.delimiters ?? STANDARD_DELIMITERS;
  const draft: Draft = { guide, writer: new SegmentWriter(delimiters), lines: [], findings: [] };
  const implementation = options.implementation ?? guide.versions[0] ?? "";
  const usesVersion = compiled.root.positions[0]?.segment.elements[2]?.usage !== "N";
  const version = usesVersion ? implementation : "";
  writeSegment(draft, ["ST", guide.transactionSet, options.controlNumber, version], "ST");
  writeLoop(draft, compiled.root, root);
  const segmentCount = draft.lines.length + 1;
  writeSegment(draft, ["SE", String(segmentCount), options.controlNumber], "ST");
  const end = delimiters.segment + delimiters.lineBreak;
  const text = draft.findings.length > 0 ? "" : draft.lines.join(end) + end;
  return { text, segmentCount, findings: draft.findings };
}

interface Draft {
  readonly guide: Guide;
  readonly writer: SegmentWriter;
  readonly lines: string[];
  readonly findings: Finding[];
}

function writeLoop(draft: Draft, compiled: CompiledLoop, loop: LoopValue): void {
  const segments = inOrder(loop.segments, (segment) => indexOfSegment(draft, compiled, segment));
  const loops = inOrder(loop.loops, (inner) => indexOfLoop(draft, compiled, inner));
  let next = 0;
  for (const { index, value } of segments) {
    for (let inner = loops[next]; inner !== undefined && inner.index < index; ) {
      writeInner(draft, compiled, inner);
      next += 1;
      inner = loops[next];
    }
    writeSegment(draft, value, compiled.id);
  }
  for (; next < loops.length; next += 1) writeInner(draft, compiled, loops[next]);
}

interface Placed<T> {
  readonly index: number;
  readonly value: T;
}

/** The values with their places among the loop's children, in that order; equals stay as they came. */
function inOrder<T>(values: readonly T[], indexOf: (value: T) => number): readonly Placed<T>[] {
  const placed: Placed<T>[] = [];
  let last = 0;
  let sorted = true;
  for (const value of values) {
    const index = indexOf(value);
    if (index < last) sorted = false;
    last = index;
    placed.push({ index, value });
  }
  return sorted ? placed : placed.sort((one, other) => one.index - other.index);
}

function writeInner(draft: Draft, compiled: CompiledLoop, inner: Placed<LoopValue> | undefined) {
  const opens = compiled.positions[inner?.index ?? 0]?.opens;
  if (inner !== undefined && opens !== undefined) writeLoop(draft, opens, inner.value);
}

function indexOfSegment(draft: Draft, compiled: CompiledLoop, segment: SegmentValue): number {
  const positions = compiled.own.get(segment[0]);
  const place = positions?.find(({ when }) => when === undefined || takes(when, segment));
  if (place !== undefined) return place.index;
  assert.fail(
    `segment ${segment[0]} with this qualifier has no place in loop ${compiled.id} of the ${draft.guide.name}`,
  );
}

function indexOfLoop(draft: Draft, compiled: CompiledLoop, loop: LoopValue): number {
  const place = compiled.ownLoops.get(loop.id);
  if (place !== undefined) return place.index;
  assert.fail(`loop ${loop.id} has no place in loop ${compiled.id} of the ${draft.guide.name}`);
}

function takes(when: NonNullable<Position["when"]>, segment: SegmentValue): boolean {
  const element = segment[when.element];
  const first = typeof element === "object" && "repeat" in element ? element.repeat[0] : element;
  const value = typeof first === "string" ? first : first?.[(when.component ?? 1) - 1];
  return value !== undefined && when.codes.includes(value);
}

function writeSegment(draft: Draft, segment: SegmentValue, loop: string): void {
  const { findings, lines } = draft;
  const line = draft.writer.write(segment, (element, component, repetition) => {
    findings.push({
      severity: "error",
      code: "delimiter-in-value",
      snip: 1,
      acknowledgement: { in: "IK403", code: "6" },
      loop,
      segment: segment[0],
      position: lines.length + 1,
      element,
      ...(component > 0 ? { component } : {}),
      ...(repetition > 1 ? { repetition } : {}),
      message: "The value holds a delimiter of the interchange or a control character.",
      fix: "Take the character out of the value, or agree on other delimiters with the partner.",
    });
  });
  lines.push(line);
}
