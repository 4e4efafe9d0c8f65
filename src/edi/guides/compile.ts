import assert from "node:assert/strict";
import { type CodeReference, codeReferencesOf } from "./code-reference.ts";
import { type Form, formOf } from "./form.ts";
import type { Guide, GuideLoop, GuideSegment } from "./guide.ts";
import { type Pattern, patternsOf } from "./patterns.ts";
import { type Judged, judgedBy, type SetRule, setRulesOf } from "./rules/index.ts";

/** What tells a position from others with the same segment id. */
type When = NonNullable<GuideSegment["when"]>;

/** One place in a loop where a segment may stand, ready to be looked up. */
export interface Position {
  readonly segment: GuideSegment;
  /** The loop among whose children it is. */
  readonly owner: CompiledLoop;
  /** Its index among the owner's children. */
  readonly index: number;
  /** Places of one rank may come in any order: neighbours with the same segment id. */
  readonly rank: number;
  /** Most often it may occur within one occurrence of the owner. */
  readonly limit: number;
  readonly when: When | undefined;
  /** How the segment is to be written. */
  readonly form: Form;
  readonly patterns: readonly Pattern[];
  /** Where codes of external sets stand. */
  readonly references: readonly CodeReference[];
  /** The loop that the segment opens, when it stands first in one. */
  readonly opens: CompiledLoop | undefined;
  /** What came behind it last, when it was last looked up. */
  readonly follower: Follower;
}

/** The places of a segment id behind a position: mostly the same one comes behind it again. */
export interface Follower {
  id: string;
  candidates: readonly Position[] | undefined;
}

/** A loop of a guide with its lookup tables. */
export interface CompiledLoop {
  readonly id: string;
  readonly guide: GuideLoop;
  readonly parent: CompiledLoop | undefined;
  /** Its number among all loops of the guide. */
  readonly ordinal: number;
  /** Its children in the guide's order; index 0 is the segment that opens it. */
  readonly positions: readonly Position[];
  /** Children that must be there, besides the one that opens the loop. */
  readonly required: readonly Position[];
  /** By segment id: the places a segment may go from here, in this loop first, then outwards. */
  readonly candidates: ReadonlyMap<string, readonly Position[]>;
  /** By segment id: its own segments, the opening one included. */
  readonly own: ReadonlyMap<string, readonly Position[]>;
  /** By loop id: its own loops. */
  readonly ownLoops: ReadonlyMap<string, Position>;
  /** What the rules between segments say of it; undefined for a loop without such rules. */
  readonly judged: Judged | undefined;
  readonly isUnit: boolean;
  /** Whether unit loops may stand within. */
  readonly holdsUnits: boolean;
}

/** A guide ready for reading and writing. */
export interface CompiledGuide {
  readonly guide: Guide;
  readonly root: CompiledLoop;
  readonly loopCount: number;
  /** Every segment id that the guide knows. */
  readonly segmentIds: ReadonlySet<string>;
  readonly setRules: readonly SetRule[];
}

const compiled = new WeakMap<Guide, CompiledGuide>();

/** The guide's lookup tables, built once. */
export function compileGuide(guide: Guide): CompiledGuide {
  let result = compiled.get(guide);
  if (result === undefined) {
    result = compile(guide);
    compiled.set(guide, result);
  }
  return result;
}

interface Draft extends CompiledLoop {
  readonly parent: Draft | undefined;
  readonly positions: Position[];
  readonly required: Position[];
  readonly candidates: Map<string, readonly Position[]>;
  readonly own: Map<string, readonly Position[]>;
  readonly ownLoops: Map<string, Position>;
  holdsUnits: boolean;
}

function compile(guide: Guide): CompiledGuide {
  const loops: Draft[] = [];
  const root = draft(guide, guide.root, undefined, loops);
  assert(root.positions[0]?.segment.id === "ST", `guide ${guide.name} does not begin with ST`);
  for (const loop of loops) fillCandidates(loop);
  const segmentIds = new Set(loops.flatMap((loop) => loop.positions.map((p) => p.segment.id)));
  return { guide, root, loopCount: loops.length, segmentIds, setRules: setRulesOf(guide.name) };
}

function draft(guide: Guide, loop: GuideLoop, parent: Draft | undefined, loops: Draft[]): Draft {
  const self: Draft = {
    id: loop.id,
    guide: loop,
    parent,
    ordinal: loops.length,
    positions: [],
    required: [],
    candidates: new Map(),
    own: new Map(),
    ownLoops: new Map(),
    judged: judgedBy(guide.name, loop.id),
    isUnit: guide.unitLoops.includes(loop.id),
    holdsUnits: false,
  };
  loops.push(self);
  if (self.isUnit) {
    for (let up = parent; up !== undefined; up = up.parent) up.holdsUnits = true;
  }
  let rank = 0;
  loop.children.forEach((child, index) => {
    const segment = opener(child);
    const previous = self.positions[index - 1];
    if (previous !== undefined && previous.segment.id !== segment.id) rank += 1;
    const opens = child.kind === "loop" ? draft(guide, child, self, loops) : undefined;
    const position: Position = {
      segment,
      owner: self,
      index,
      rank,
      limit: child.repeat,
      when: whenOf(child, segment),
      form: formOf(segment),
      patterns: patternsOf(segment, opens?.id ?? loop.id),
      references: codeReferencesOf(segment),
      opens,
      follower: { id: "", candidates: undefined },
    };
    self.positions.push(position);
    if (opens !== undefined) self.ownLoops.set(opens.id, position);
    else self.own.set(segment.id, [...(self.own.get(segment.id) ?? []), position]);
    // Whether SE is there is the envelope's question (IK502 code 2).
    const isRequired = child.usage === "R" && index > 0 && segment.id !== "SE";
    if (isRequired) self.required.push(position);
  });
  return self;
}

function opener(child: GuideSegment | GuideLoop): GuideSegment {
  if (child.kind === "segment") return child;
  const [first] = child.children;
  assert(first !== undefined, `loop ${child.id} has no children`);
  return opener(first);
}

function whenOf(child: GuideSegment | GuideLoop, segment: GuideSegment): When | undefined {
  if (child.kind === "loop" && child.hierarchy !== undefined) {
    return { element: 3, codes: [child.hierarchy.levelCode] };
  }
  return segment.when;
}

/** From here a segment may go on in this loop, or in one that is open around it. */
function fillCandidates(loop: Draft): void {
  for (let up: CompiledLoop | undefined = loop; up !== undefined; up = up.parent) {
    for (const position of up.positions) {
      // The segment that opened a loop does not come again within it: it opens the next one.
      if (position.index === 0) continue;
      const list = loop.candidates.get(position.segment.id) ?? [];
      loop.candidates.set(position.segment.id, [...list, position]);
    }
  }
}
