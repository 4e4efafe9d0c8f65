import { type Finding, isSegmentId, keep, namedSegment, type Segment } from "../x12/index.ts";
import { checkSegment } from "./check.ts";
import type { CodeCheck } from "./check-codes.ts";
import type { CompiledGuide, CompiledLoop, Position } from "./compile.ts";
import { obeys } from "./form.ts";
import type { GuideSegment } from "./guide.ts";
import { Loop } from "./loop.ts";
import { checkPatterns } from "./patterns.ts";
import { Judge } from "./rules/index.ts";
import { isInSet, isKnownCode, isMandatory } from "./standard.ts";

const NO_FINDINGS: readonly Finding[] = [];

/** A loop that is open, and what the guide calls it. */
export interface OpenLoop {
  readonly loop: Loop;
  readonly name: string;
}

/** Where the segment read last has its place. */
export interface Place {
  /** The open loops, the transaction set first. */
  readonly loops: readonly OpenLoop[];
  /** What the guide says of it; undefined where the guide does not know it. */
  readonly guide: GuideSegment | undefined;
}

/** An open loop: what was read of it, how often each child occurred, and how far it has come. */
class Frame {
  readonly counts: number[];
  loop: Loop;
  rank = 0;
  /** Index behind the last child that occurred. */
  counted = 0;
  /** Whether a unit loop was handed out from within. */
  gaveUnits = false;

  constructor(positions: number, loop: Loop) {
    this.counts = new Array<number>(positions).fill(0);
    this.loop = loop;
  }

  reopen(loop: Loop): void {
    // Most loops use few of their places: only those are cleared.
    for (let index = 0; index < this.counted; index += 1) this.counts[index] = 0;
    this.counts[0] = 1;
    this.counted = 1;
    this.loop = loop;
    this.rank = 0;
    this.gaveUnits = false;
  }

  count(position: Position): void {
    const { index, rank } = position;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    if (index >= this.counted) this.counted = index + 1;
    if (rank > this.rank) this.rank = rank;
  }
}

/**
 * Reads one transaction set by its guide: gives each segment its loop, tells what the guide does
 * not
 * expect, and loses nothing: a segment without a place goes to the loop that is open.
 */
export class Walker {
  /** All that is not in a unit loop; id "ST". */
  root = new Loop("ST", undefined);

  /** What was found since it was taken last. */
  #findings: Finding[] = [];
  /** How many of them stand before the segment that ended a unit loop; the others are of the next. */
  #settled: number | undefined;
  readonly #guide: CompiledGuide;
  readonly #check: boolean;
  readonly #codes: CodeCheck | undefined;
  readonly #judge: Judge | undefined;
  /** One frame for each loop of the guide: no loop is open twice at once. */
  readonly #frames: (Frame | undefined)[];
  #current: CompiledLoop;
  #finished: Loop | undefined;
  /** The position accepted last, when it tells which loop is open. */
  #last: Position | undefined;
  /** What the guide says of the segment read last. */
  #accepted: GuideSegment | undefined;

  /** `check` looks at elements too; `codes` looks up those of external sets besides. */
  constructor(guide: CompiledGuide, check: boolean, codes?: CodeCheck) {
    this.#guide = guide;
    this.#check = check;
    this.#codes = codes;
    if (check) this.#judge = new Judge(guide.setRules);
    this.#frames = new Array<Frame | undefined>(guide.loopCount).fill(undefined);
    this.#current = guide.root;
  }

  /** Begins a transaction set with its ST. */
  begin(st: Segment): void {
    this.root = new Loop("ST", undefined);
    this.#findings = [];
    this.#settled = undefined;
    this.#finished = undefined;
    this.#last = undefined;
    this.#current = this.#guide.root;
    this.#judge?.begin();
    this.#open(this.#guide.root, this.root, st);
    const opener = this.#guide.root.positions[0];
    this.#accepted = opener?.segment;
    if (this.#check && opener?.segment.id === "ST") this.#checkElements(opener, st);
  }

  /**
   * What was found since this was asked last; behind a unit loop, without what is wrong with the
   * segment that ended it.
   */
  takeFindings(): readonly Finding[] {
    const findings = this.#findings;
    const settled = this.#settled ?? findings.length;
    this.#settled = undefined;
    if (settled === 0) return NO_FINDINGS;
    if (settled < findings.length) return findings.splice(0, settled);
    this.#findings = [];
    return findings;
  }

  /** Where the segment read last has its place. */
  place(): Place {
    const loops: OpenLoop[] = [];
    for (let at: CompiledLoop | undefined = this.#current; at !== undefined; at = at.parent) {
      loops.unshift({ loop: this.#frame(at).loop, name: at.guide.name });
    }
    return { loops, guide: this.#accepted };
  }

  /** Takes the next segment; answers the unit loop that it ended, if it did. */
  segment(segment: Segment): Loop | undefined {
    this.#finished = undefined;
    const position = this.#place(segment);
    if (position === undefined) this.#placeElsewhere(segment);
    else this.#accept(position, segment);
    this.#last = position;
    return this.#finished;
  }

  /** Ends the transaction set; answers the unit loop that was still open. */
  end(position: number): Loop | undefined {
    this.#finished = undefined;
    this.#closeTo(this.#guide.root, position);
    this.#tellMissing(this.#guide.root, position);
    this.#codes?.settle(this.#findings);
    this.#judge?.ended(this.#guide.root.judged, this.root, position, this.#findings);
    return this.#finished;
  }

  /** The first place from here on, in guide order, that takes the segment. */
  #place(segment: Segment): Position | undefined {
    const candidates = this.#candidates(segment.id);
    if (candidates === undefined) return undefined;
    for (const position of candidates) {
      const frame = this.#frames[position.owner.ordinal];
      if (frame === undefined || position.rank < frame.rank) continue;
      if ((frame.counts[position.index] ?? 0) >= position.limit) continue;
      if (position.when === undefined || matches(segment, position.when)) return position;
    }
    return undefined;
  }

  #candidates(id: string): readonly Position[] | undefined {
    const follower = this.#last?.follower;
    if (follower === undefined) return this.#current.candidates.get(id);
    if (follower.id !== id) {
      follower.id = id;
      follower.candidates = this.#current.candidates.get(id);
    }
    return follower.candidates;
  }

  #accept(position: Position, segment: Segment): void {
    const { owner } = position;
    this.#accepted = position.segment;
    if (owner !== this.#current) this.#closeTo(owner, segment.position);
    const frame = this.#frame(owner);
    frame.count(position);
    if (position.opens !== undefined) {
      const loop = new Loop(position.opens.id, frame.loop);
      frame.loop.add(loop);
      this.#open(position.opens, loop, segment);
    } else frame.loop.segments.push(segment);
    if (position.segment.usage === "N" || (position.opens?.guide.usage ?? "S") === "N") {
      this.#tell("segment-not-used", "I4", "The guide does not use this segment here.", segment);
    }
    if (this.#check) this.#checkElements(position, segment);
  }

  #checkElements(position: Position, segment: Segment): void {
    const loop = position.opens ?? position.owner;
    if (!obeys(segment, position.form)) {
      checkSegment(segment, position.segment, loop.id, this.#findings);
    }
    if (position.patterns.length > 0) {
      checkPatterns(segment, position.patterns, loop.id, this.#findings);
    }
    if (this.#codes !== undefined && position.references.length > 0) {
      this.#codes.take(segment, position.references, this.#frame(loop).loop);
    }
    if (position.opens?.guide.hierarchy !== undefined) this.#checkLevel(position.opens, segment);
  }

  #checkLevel(level: CompiledLoop, hl: Segment): void {
    this.#checkParent(hl);
    if (level.judged === undefined) return;
    this.#judge?.opened(level.judged, this.#frame(level).loop, this.#findings);
  }

  /** HL02 names the HL01 of the level around. */
  #checkParent(hl: Segment): void {
    const around = this.#current.parent;
    if (around === undefined) return;
    const parent = this.#frame(around).loop.segment("HL");
    if (hl.element(2) === (parent?.element(1) ?? "")) return;
    keep(this.#findings, {
      severity: "error",
      code: "hierarchical-parent-mismatch",
      snip: 1,
      acknowledgement: { in: "IK403", code: "7" },
      loop: this.#current.id,
      segment: "HL",
      position: hl.position,
      element: 2,
      message: "HL02 does not name the hierarchical level that this one stands in.",
    });
  }

  #open(compiled: CompiledLoop, loop: Loop, segment: Segment): void {
    loop.segments.push(segment);
    const frame = this.#frames[compiled.ordinal] ?? new Frame(compiled.positions.length, loop);
    this.#frames[compiled.ordinal] = frame;
    frame.reopen(loop);
    this.#current = compiled;
  }

  #frame(compiled: CompiledLoop): Frame {
    const frame = this.#frames[compiled.ordinal];
    if (frame === undefined) throw new Error(`loop ${compiled.id} is not open`);
    return frame;
  }

  /** Closes loops from the innermost outwards until `target` is the innermost open one. */
  #closeTo(target: CompiledLoop, position: number): void {
    let loop = this.#current;
    while (loop !== target) {
      const { parent } = loop;
      if (parent === undefined) throw new Error(`loop ${target.id} is not open`);
      if (loop.required.length > 0) this.#tellMissing(loop, position);
      if (loop.judged !== undefined) {
        this.#judge?.closed(loop.judged, this.#frame(loop).loop, position, this.#findings);
      }
      if (loop.isUnit) this.#handOut(loop, parent);
      else if (loop.holdsUnits) this.#release(loop, parent);
      loop = parent;
    }
    this.#current = target;
    if (this.#finished !== undefined) this.#settled ??= this.#findings.length;
  }

  #handOut(unit: CompiledLoop, parent: CompiledLoop): void {
    this.#finished = this.#frame(unit).loop;
    this.#codes?.settle(this.#findings);
    const around = this.#frame(parent);
    around.loop.removeLast();
    around.gaveUnits = true;
  }

  /**
   * A loop whose unit loops were handed out is reached from them through `parent`; only what no
   * unit
   * loop leads to stays in the tree, so that memory does not grow with the file.
   */
  #release(loop: CompiledLoop, parent: CompiledLoop): void {
    const frame = this.#frame(loop);
    if (!frame.gaveUnits) return;
    const around = this.#frame(parent);
    around.gaveUnits = true;
    const stays = frame.loop.loops.some((inner) =>
      loop.positions.some((child) => child.opens?.id === inner.id && child.opens.holdsUnits),
    );
    if (!stays) around.loop.removeLast();
  }

  #tellMissing(loop: CompiledLoop, position: number): void {
    const frame = this.#frame(loop);
    for (const required of loop.required) {
      if ((frame.counts[required.index] ?? 0) > 0) continue;
      const { id } = required.segment;
      const lacksLoop = required.opens !== undefined;
      const inStandard = isMandatory(this.#guide.guide.transactionSet, id);
      keep(this.#findings, {
        severity: "error",
        code: lacksLoop ? "required-loop-missing" : "required-segment-missing",
        snip: 2,
        acknowledgement: { in: "IK304", code: lacksLoop ? "I7" : inStandard ? "3" : "I8" },
        loop: required.opens?.id ?? loop.id,
        segment: id,
        position,
        message: lacksLoop
          ? `Loop ${required.opens?.id} is required in loop ${loop.id}.`
          : `${id} (${required.segment.name}) is required in loop ${loop.id}.`,
      });
    }
  }

  /** The segment fits nowhere from here on: finds the least bad place for it and says so. */
  #placeElsewhere(segment: Segment): void {
    this.#accepted = undefined;
    const candidates = this.#current.candidates.get(segment.id) ?? [];
    const named = candidates.filter(({ when }) => when === undefined || matches(segment, when));
    const full = named.find((position) => position.rank >= this.#frame(position.owner).rank);
    const late = full ?? named[0];
    if (late !== undefined) {
      this.#accept(late, segment);
      if (full === undefined) {
        const message = "The segment stands after segments that it must precede.";
        this.#tell("segment-out-of-sequence", "7", message, segment);
      } else if (full.opens !== undefined) {
        const message = `The loop occurs more than ${full.limit} times.`;
        this.#tell("loop-repeats-too-often", "4", message, segment);
      } else {
        const message = `The segment occurs more than ${full.limit} times.`;
        this.#tell("segment-repeats-too-often", "5", message, segment);
      }
      return;
    }
    if (this.#descend(segment)) return;
    this.#frame(this.#current).loop.segments.push(segment);
    this.#tellUnplaced(segment, candidates);
  }

  #tellUnplaced(segment: Segment, candidates: readonly Position[]): void {
    const when = candidates.find((position) => position.when !== undefined)?.when;
    if (when !== undefined) {
      const { element, component = 0 } = when;
      const known = isKnownCode(segment.id, element, component, codeIn(segment, when));
      keep(this.#findings, {
        severity: "error",
        code: "qualifier-unexpected",
        snip: 2,
        acknowledgement: { in: "IK403", code: known ? "I6" : "7" },
        loop: this.#current.id,
        segment: segment.id,
        position: segment.position,
        element,
        ...(component === 0 ? {} : { component }),
        message: "No segment of this kind with this qualifier is expected here.",
      });
    } else if (!isSegmentId(segment.id)) {
      this.#tell("segment-unrecognized", "1", "This is no segment that is known here.", segment);
    } else if (this.#guide.segmentIds.has(segment.id)) {
      this.#tell("segment-unexpected", "2", "The segment is not expected here.", segment);
    } else if (isInSet(this.#guide.guide.transactionSet, segment.id)) {
      this.#tell("segment-not-used", "I4", "The guide does not use this segment.", segment);
    } else {
      this.#tell("segment-not-in-set", "6", "The set has no such segment.", segment);
    }
  }

  /** Opens loops whose first segment is missing, when the segment opens a loop within them. */
  #descend(segment: Segment): boolean {
    for (let at: CompiledLoop | undefined = this.#current; at !== undefined; at = at.parent) {
      const path = pathTo(segment, at);
      if (path === undefined) continue;
      this.#closeTo(at, segment.position);
      for (const step of path.slice(0, -1)) this.#openWithout(step, segment.position);
      const last = path.at(-1);
      if (last !== undefined) this.#accept(last, segment);
      return true;
    }
    return false;
  }

  #openWithout(step: Position, position: number): void {
    const { opens, owner } = step;
    if (opens === undefined) return;
    const around = this.#frame(owner);
    around.count(step);
    const loop = new Loop(opens.id, around.loop);
    around.loop.add(loop);
    const frame = this.#frames[opens.ordinal] ?? new Frame(opens.positions.length, loop);
    this.#frames[opens.ordinal] = frame;
    frame.reopen(loop);
    this.#current = opens;
    keep(this.#findings, {
      severity: "error",
      code: "loop-opener-missing",
      snip: 1,
      acknowledgement: { in: "IK304", code: "3" },
      loop: opens.id,
      segment: step.segment.id,
      position,
      message: `Loop ${opens.id} begins without its ${step.segment.id} segment.`,
    });
  }

  #tell(code: string, ik304: string, message: string, segment: Segment): void {
    keep(this.#findings, {
      severity: "error",
      code,
      snip: 1,
      acknowledgement: { in: "IK304", code: ik304 },
      loop: this.#current.id,
      ...namedSegment(segment.id),
      position: segment.position,
      message,
    });
  }
}

function matches(segment: Segment, when: NonNullable<Position["when"]>): boolean {
  const value = codeIn(segment, when);
  for (const code of when.codes) if (code === value) return true;
  return false;
}

function codeIn(segment: Segment, when: NonNullable<Position["when"]>): string {
  const { element, component } = when;
  return component === undefined ? segment.element(element) : segment.component(element, component);
}

/**
 * The shortest way down from `loop` to a loop that the segment opens, each step a loop's opening.
 */
function pathTo(segment: Segment, loop: CompiledLoop): readonly Position[] | undefined {
  let level: (readonly Position[])[] = [[]];
  while (level.length > 0) {
    const next: (readonly Position[])[] = [];
    for (const path of level) {
      for (const position of (path.at(-1)?.opens ?? loop).positions) {
        if (position.opens === undefined) continue;
        const when = position.when ?? firstElement(position);
        const takes = position.segment.id === segment.id && path.length > 0;
        if (takes && (when === undefined || matches(segment, when))) return [...path, position];
        // A claim without its CLM is no claim: a unit loop is never opened by what follows.
        if (!position.opens.isUnit) next.push([...path, position]);
      }
    }
    level = next;
  }
  return undefined;
}

/** The codes of element 1, by which even the only segment of its id is known. */
function firstElement({ segment }: Position): Position["when"] {
  const codes = segment.elements[0]?.codes;
  return codes === undefined ? undefined : { element: 1, codes };
}
