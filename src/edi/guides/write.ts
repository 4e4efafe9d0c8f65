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
  /**
   * From ST to SE, terminators included; "" when a finding of severity error forbids to write it.
   */
  readonly text: string;
  /** ST and SE included. */
  readonly segmentCount: number;
  /** A value that holds a delimiter or control character: IK403 code 6. */
  readonly findings: readonly Finding[];
}

/**
 * Writes loops by the guide. `root` is loop "ST" without ST and SE; segments and loops are put
 * into the
 * guide's order. A segment or loop that has no place in the guide is a programmer's error:
 * asserted.
 */
export function writeTransactionSet(
  guide: Guide,
  root: LoopValue,
  options: WriteOptions,
): WrittenTransactionSet {
  const compiled = compileGuide(guide);
  const delimiters = options.delimiters ?? STANDARD_DELIMITERS;
  const draft: Draft = { guide, writer: new SegmentWriter(delimiters), count: 0, findings: [] };
  const implementation = options.implementation ?? guide.versions[0] ?? "";
  const usesVersion = compiled.root.positions[0]?.segment.elements[2]?.usage !== "N";
  const version = usesVersion ? implementation : "";
  writeSegment(draft, ["ST", guide.transactionSet, options.controlNumber, version], "ST");
  writeLoop(draft, compiled.root, root);
  const segmentCount = draft.count + 1;
  writeSegment(draft, ["SE", String(segmentCount), options.controlNumber], "ST");
  const text = draft.findings.length > 0 ? "" : draft.writer.take();
  return { text, segmentCount, findings: draft.findings };
}

interface Draft {
  readonly guide: Guide;
  readonly writer: SegmentWriter;
  /** Segments written so far. */
  count: number;
  readonly findings: Finding[];
}

function writeLoop(draft: Draft, compiled: CompiledLoop, loop: LoopValue): void {
  const { segments, loops } = loop;
  if (!standInOrder(draft, compiled, segments, loops)) {
    writeInGuideOrder(draft, compiled, { id: loop.id, segments, loops });
    return;
  }
  for (const segment of segments) writeSegment(draft, segment, compiled.id);
  for (const inner of loops) {
    const opens = compiled.ownLoops.get(inner.id)?.opens;
    if (opens !== undefined) writeLoop(draft, opens, inner);
  }
}

/**
 * Whether the guide wants the segments as they come and the loops as they come behind them: the
 * usual case.
 */
function standInOrder(
  draft: Draft,
  compiled: CompiledLoop,
  segments: readonly SegmentValue[],
  loops: readonly LoopValue[],
): boolean {
  let last = -1;
  for (const segment of segments) {
    const index = indexOfSegment(draft, compiled, segment);
    if (index < last) return false;
    last = index;
  }
  for (const inner of loops) {
    const index = indexOfLoop(draft, compiled, inner);
    if (index < last) return false;
    last = index;
  }
  return true;
}

function writeInGuideOrder(draft: Draft, compiled: CompiledLoop, loop: LoopValue): void {
  const places: number[] = [];
  for (const segment of loop.segments) places.push(indexOfSegment(draft, compiled, segment));
  const loopPlaces: number[] = [];
  for (const inner of loop.loops) loopPlaces.push(indexOfLoop(draft, compiled, inner));
  const order = inOrder(places);
  const loopOrder = inOrder(loopPlaces);
  let next = 0;
  for (const at of order) {
    const place = places[at] ?? 0;
    while (next < loopOrder.length && (loopPlaces[loopOrder[next] ?? 0] ?? 0) < place) {
      writeInner(draft, compiled, loop, loopPlaces, loopOrder[next] ?? 0);
      next += 1;
    }
    const segment = loop.segments[at];
    if (segment !== undefined) writeSegment(draft, segment, compiled.id);
  }
  for (; next < loopOrder.length; next += 1) {
    writeInner(draft, compiled, loop, loopPlaces, loopOrder[next] ?? 0);
  }
}

/** The numbers of the places in rising order of place; equals stay as they came. */
function inOrder(places: readonly number[]): readonly number[] {
  const order: number[] = [];
  let sorted = true;
  for (let at = 0; at < places.length; at += 1) {
    if ((places[at] ?? 0) < (places[at - 1] ?? 0)) sorted = false;
    order.push(at);
  }
  return sorted ? order : order.sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0));
}

function writeInner(
  draft: Draft,
  compiled: CompiledLoop,
  loop: LoopValue,
  places: readonly number[],
  at: number,
): void {
  const opens = compiled.positions[places[at] ?? 0]?.opens;
  const inner = loop.loops[at];
  if (inner !== undefined && opens !== undefined) writeLoop(draft, opens, inner);
}

function indexOfSegment(draft: Draft, compiled: CompiledLoop, segment: SegmentValue): number {
  for (const { when, index } of compiled.own.get(segment[0]) ?? []) {
    if (when === undefined || takes(when, segment)) return index;
  }
  const place = `loop ${compiled.id} of the ${draft.guide.name}`;
  assert.fail(`segment ${segment[0]} with this qualifier has no place in ${place}`);
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
  const { writer } = draft;
  writer.write(segment);
  draft.count += 1;
  if (writer.collisions.length > 0) tellCollisions(draft, segment, loop);
}

function tellCollisions(draft: Draft, segment: SegmentValue, loop: string): void {
  const { count, findings, writer } = draft;
  for (const { element, component, repetition } of writer.collisions) {
    findings.push({
      severity: "error",
      code: "delimiter-in-value",
      snip: 1,
      acknowledgement: { in: "IK403", code: "6" },
      loop,
      segment: segment[0],
      position: count,
      element,
      ...(component > 0 ? { component } : {}),
      ...(repetition > 1 ? { repetition } : {}),
      message: "The value holds a delimiter of the interchange or a control character.",
      fix: "Take the character out of the value, or agree on other delimiters with the partner.",
    });
  }
  writer.collisions.length = 0;
}
