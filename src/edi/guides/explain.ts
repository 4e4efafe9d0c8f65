import assert from "node:assert/strict";
import { type Finding, type Segment, WINDOW_BYTES } from "../x12/index.ts";
import type { HeldCodeSets } from "./check-codes.ts";
import { CodeDays } from "./code-days.ts";
import { envelopeSegment } from "./envelope-segments.ts";
import type { EdiEvent, ReadOptions } from "./event.ts";
import { type ExplainedElement, explainElements } from "./explain-segment.ts";
import type { Loop } from "./loop.ts";
import { mostTelling } from "./most-telling.ts";
import { Reader, type Trace } from "./reader.ts";
import type { OpenLoop, Place } from "./walk.ts";

/**
 * A line of a file in plain words, indented by `depth`. What it holds is what the file holds:
 * patients' names too. It is for the eyes of who opened the file, and never for a log.
 */
export type Explanation =
  | {
      readonly kind: "loop";
      readonly depth: number;
      /** The transaction set that it stands in, 1 for the first of the file. */
      readonly set: number;
      /** Loop id of the guide: `2300`. */
      readonly loop: string;
      readonly name: string;
    }
  | {
      readonly kind: "segment";
      readonly depth: number;
      readonly set?: number;
      readonly loop?: string;
      /** As in findings: ST = 1 within a set, ISA = 1 outside. */
      readonly position: number;
      /** Segment id: `CLP`. */
      readonly segment: string;
      /** What it is; undefined where the guide does not know it. */
      readonly name?: string;
      readonly elements: readonly ExplainedElement[];
    }
  | {
      readonly kind: "finding";
      readonly depth: number;
      readonly set?: number;
      readonly finding: Finding;
    };

/** How to explain; `codeSets` tell what codes mean, and are looked up on their day. */
export type ExplainOptions = Pick<ReadOptions, "guides" | "receivers" | "maxSegmentBytes"> & {
  readonly codeSets: HeldCodeSets;
};

/** Where the levels of the envelopes stand; the loop "ST" of a set stands below its group. */
const DEPTHS: Readonly<Record<string, number>> = { ISA: 0, IEA: 0, GS: 1, GE: 1, TA1: 1 };
const SET_DEPTH = 2;
/** Lines that wait for what is found about them; a claim has far fewer. */
const WAITING_MAX = 5000;

/** Told where the loop ends that lacks something: before the segment that ended it. */
const MISSING: readonly string[] = ["3", "I6", "I7", "I8"];

/** Bytes in chunks of any size → the file in plain words, with each finding where it stands. */
export async function* explainEdi(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ExplainOptions,
): AsyncGenerator<Explanation, void, undefined> {
  assert(!(source instanceof Uint8Array), "explainEdi takes chunks of a file");
  const explainer = new Explainer(options);
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && !explainer.refused; at += WINDOW_BYTES) {
      yield* explainer.take(chunk.subarray(at, at + WINDOW_BYTES));
    }
    if (explainer.refused) break;
  }
  yield* explainer.end();
}

/** A segment that waits until its loop is complete and all is known about it. */
interface Line {
  readonly segment: Segment;
  readonly place: Place | undefined;
  readonly set: number | undefined;
  readonly depth: number;
  /** Loops that begin with it, outermost first, and how many are open around them. */
  readonly opened: readonly OpenLoop[];
  readonly around: number;
  readonly before: Finding[];
  readonly after: Finding[];
}

/** Turns segments and events into explanations, a unit loop at a time. */
class Explainer implements Trace {
  readonly #codeSets: HeldCodeSets;
  readonly #reader: Reader;
  #waiting: Line[] = [];
  #ready: Explanation[] = [];
  /** What was told since the last segment. */
  #told: Finding[] = [];
  readonly #shown = new WeakSet<Finding>();
  readonly #days = new CodeDays();
  /** The waiting lines of sets, by set and position. */
  readonly #placed = new Map<string, Line>();
  #set: number | undefined;
  #open: readonly Loop[] = [];
  /** The loops around the line before. */
  #left: readonly OpenLoop[] = [];

  constructor(options: ExplainOptions) {
    this.#codeSets = options.codeSets;
    this.#reader = new Reader({ ...options, check: true }, this);
  }

  get refused(): boolean {
    return this.#reader.refused;
  }

  take(bytes: Uint8Array): readonly Explanation[] {
    for (const event of this.#reader.take(bytes)) this.#happened(event);
    return this.#taken();
  }

  end(): readonly Explanation[] {
    const events = this.#reader.end();
    for (const event of events) this.#happened(event);
    this.#flush(0);
    for (const finding of this.#told) if (!this.#shown.has(finding)) this.#tell(finding, 0);
    this.#told = [];
    return this.#taken();
  }

  told(finding: Finding): void {
    this.#told.push(finding);
  }

  segment(segment: Segment, place: Place | undefined): void {
    const events = this.#reader.drain();
    const own = this.#set;
    for (const event of events) if (event.kind === "transactionSet") this.#set = event.set.ordinal;
    const isOver = events.some(({ kind }) => kind === "transactionSetEnd");
    const isNew = segment.id === "ST";
    const set = isNew ? this.#set : segment.id === "SE" || !isOver ? own : undefined;
    this.#add(segment, place, set);
    for (const event of events) this.#happened(event);
    if (isOver && !isNew) this.#set = undefined;
    if (this.#waiting.length > WAITING_MAX) this.#flush(1);
  }

  #add(segment: Segment, place: Place | undefined, set: number | undefined): void {
    const loops = place?.loops ?? [];
    let around = 0;
    while (around < loops.length && loops[around]?.loop === this.#open[around]) around += 1;
    this.#open = loops.map(({ loop }) => loop);
    const opened = loops.slice(around);
    const inSet = set === undefined ? (DEPTHS[segment.id] ?? SET_DEPTH) : SET_DEPTH + 1;
    const depth = loops.length > 0 ? SET_DEPTH + loops.length : inSet;
    const line: Line = { segment, place, set, depth, opened, around, before: [], after: [] };
    const behind = this.#waiting.at(-1);
    for (const finding of this.#told) {
      // The widths of an ISA are told behind it.
      if (isAbout(finding, segment)) this.#put(line.after, finding);
      else if (behind && isAbout(finding, behind.segment)) this.#put(behind.after, finding);
      else this.#put(line.before, finding);
    }
    this.#told = [];
    this.#waiting.push(line);
    if (set !== undefined) this.#placed.set(placeOf(set, segment.position), line);
  }

  #happened(event: EdiEvent): void {
    switch (event.kind) {
      case "loop":
        for (const finding of event.findings) this.#attach(finding, event.set.ordinal);
        // The segment that ended the loop belongs to what follows.
        this.#flush(1);
        break;
      case "transactionSetEnd":
        for (const finding of event.findings) this.#attach(finding, event.set.ordinal);
        this.#flush(this.#waiting.at(-1)?.set === event.set.ordinal ? 0 : 1);
        break;
      case "finding":
        this.#attach(event.finding, undefined);
        break;
      case "interchangeRefused":
      case "functionalGroupEnd":
      case "interchangeEnd":
        for (const finding of event.findings) this.#attach(finding, undefined);
        break;
    }
  }

  /** Puts a finding to the line that it is about, or behind the last one. */
  #attach(finding: Finding, set: number | undefined): void {
    if (this.#shown.has(finding)) return;
    const { position } = finding;
    const lines = this.#waiting;
    const line = this.#placed.get(placeOf(set, position));
    if (line !== undefined) {
      this.#put(isOfBefore(finding, line.segment) ? line.before : line.after, finding);
      return;
    }
    const last = lines.findLast((each) => each.set === set) ?? lines.at(-1);
    if (last === undefined) this.#tell(finding, 0);
    else this.#put(last.after, finding);
  }

  #put(findings: Finding[], finding: Finding): void {
    if (this.#shown.has(finding)) return;
    this.#shown.add(finding);
    findings.push(finding);
  }

  /** Makes explanations of the lines that wait, but of the last `kept`. */
  #flush(kept: number): void {
    const count = this.#waiting.length - kept;
    if (count <= 0) return;
    for (const line of this.#waiting.splice(0, count)) {
      this.#placed.delete(placeOf(line.set, line.segment.position));
      this.#explain(line);
    }
    this.#days.forget();
  }

  #explain(line: Line): void {
    const { segment, place, set, depth, opened, around } = line;
    for (const finding of mostTelling(line.before)) {
      this.#tell(finding, this.#depthOf(finding, depth), set);
    }
    this.#left = place?.loops ?? [];
    opened.forEach(({ loop, name }, index) => {
      const at = SET_DEPTH + around + index;
      this.#ready.push({ kind: "loop", depth: at, set: set ?? 0, loop: loop.id, name });
    });
    const loop = place?.loops.at(-1)?.loop;
    const guide = place === undefined ? envelopeSegment(segment.id) : place.guide;
    const day = loop && (this.#days.service(loop) ?? this.#days.transaction(loop));
    this.#ready.push({
      kind: "segment",
      depth,
      ...(set === undefined ? {} : { set }),
      ...(loop === undefined ? {} : { loop: loop.id }),
      position: segment.position,
      segment: segment.id,
      ...(guide === undefined ? {} : { name: guide.name }),
      elements: explainElements(segment, guide, { codeSets: this.#codeSets, day }),
    });
    for (const finding of mostTelling(line.after)) this.#tell(finding, depth + 1, set);
  }

  /** What a loop lacks is told within it, at its end. */
  #depthOf({ loop: id }: Finding, otherwise: number): number {
    const index = this.#left.findLastIndex(({ loop }) => loop.id === id);
    return index < 0 ? otherwise : SET_DEPTH + 1 + index;
  }

  #tell(finding: Finding, depth: number, set?: number): void {
    this.#shown.add(finding);
    const inSet = set === undefined ? {} : { set };
    this.#ready.push({ kind: "finding", depth, ...inSet, finding });
  }

  #taken(): readonly Explanation[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

function isAbout({ position, segment }: Finding, own: Segment): boolean {
  return position === own.position && segment === own.id;
}

function placeOf(set: number | undefined, position: number | undefined): string {
  return `${set} ${position}`;
}

/** Whether a finding at the place of a segment is about what is missing before it. */
function isOfBefore({ acknowledgement, segment }: Finding, { id }: Segment): boolean {
  if (segment !== undefined && segment !== id) return true;
  return acknowledgement?.in === "IK304" && MISSING.includes(acknowledgement.code);
}
