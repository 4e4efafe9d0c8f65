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
  /**
   * Whether neighbours of one segment id stay as they come, as in a set that was read: the standard
   * has no order for them, the guide lists them in one.
   */
  readonly keepNeighbours?: boolean;
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
 * Writes loops by the guide. `root` is loop "ST" without ST and SE; segments and loops are put into
 * the guide's order. A segment or loop that has no place in the guide is a programmer's error:
 * asserted.
 */
export function writeTransactionSet(
  guide: Guide,
  root: LoopValue,
  options: WriteOptions,
): WrittenTransactionSet {
  const compiled = compileGuide(guide);
  const delimiters = options.delimiters ?? STANDARD_DELIMITERS;
  const draft: Draft = {
    guide,
    writer: new SegmentWriter(delimiters),
    order: options.keepNeighbours === true ? byRank : byIndex,
    count: 0,
    findings: [],
  };
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
  /** What a place is ordered by. */
  readonly order: (place: Position) => number;
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
    const order = draft.order(placeOfSegment(draft, compiled, segment));
    if (order < last) return false;
    last = order;
  }
  for (const inner of loops) {
    const order = draft.order(placeOfLoop(draft, compiled, inner));
    if (order < last) return false;
    last = order;
  }
  return true;
}

function byIndex({ index }: Position): number {
  return index;
}

function byRank({ rank }: Position): number {
  return rank;
}

function writeInGuideOrder(draft: Draft, compiled: CompiledLoop, loop: LoopValue): void {
  const keys: number[] = [];
  for (const segment of loop.segments) {
    keys.push(draft.order(placeOfSegment(draft, compiled, segment)));
  }
  const places: Position[] = [];
  for (const inner of loop.loops) places.push(placeOfLoop(draft, compiled, inner));
  const loopKeys = places.map(draft.order);
  const order = inOrder(keys);
  const loopOrder = inOrder(loopKeys);
  let next = 0;
  for (const at of order) {
    const key = keys[at] ?? 0;
    while (next < loopOrder.length && (loopKeys[loopOrder[next] ?? 0] ?? 0) < key) {
      writeInner(draft, loop, places, loopOrder[next] ?? 0);
      next += 1;
    }
    const segment = loop.segments[at];
    if (segment !== undefined) writeSegment(draft, segment, compiled.id);
  }
  for (; next < loopOrder.length; next += 1) {
    writeInner(draft, loop, places, loopOrder[next] ?? 0);
  }
}

/** The numbers of the keys in rising order; equals stay as they came. */
function inOrder(keys: readonly number[]): readonly number[] {
  const order: number[] = [];
  let sorted = true;
  for (let at = 0; at < keys.length; at += 1) {
    if ((keys[at] ?? 0) < (keys[at - 1] ?? 0)) sorted = false;
    order.push(at);
  }
  return sorted ? order : order.sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0));
}

function writeInner(draft: Draft, loop: LoopValue, places: readonly Position[], at: number): void {
  const opens = places[at]?.opens;
  const inner = loop.loops[at];
  if (inner !== undefined && opens !== undefined) writeLoop(draft, opens, inner);
}

function placeOfSegment(draft: Draft, compiled: CompiledLoop, segment: SegmentValue): Position {
  for (const place of compiled.own.get(segment[0]) ?? []) {
    if (place.when === undefined || takes(place.when, segment)) return place;
  }
  const place = `loop ${compiled.id} of the ${draft.guide.name}`;
  assert.fail(`segment ${segment[0]} with this qualifier has no place in ${place}`);
}

function placeOfLoop(draft: Draft, compiled: CompiledLoop, loop: LoopValue): Position {
  const place = compiled.ownLoops.get(loop.id);
  if (place !== undefined) return place;
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
