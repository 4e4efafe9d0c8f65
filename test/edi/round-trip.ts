/** What was read, made into values that the writer takes: the way back of a file. */
import {
  type EdiEvent,
  type Guide,
  type Loop,
  readEdiSync,
  type TransactionSet,
  writeTransactionSet,
} from "../../src/edi/guides/index.ts";
import {
  type ElementValue,
  type FunctionalGroup,
  type LoopValue,
  type Segment,
  type SegmentSink,
  type SegmentValue,
  SegmentWriter,
  Tokenizer,
  writeInterchange,
} from "../../src/edi/x12/index.ts";

/** A set as read: loop "ST" with the loops that were handed out put back to where they stood. */
export interface ReadSet {
  readonly set: TransactionSet;
  readonly guide: Guide;
  readonly root: LoopValue;
}

/** A segment as a value: composites and repetitions taken apart. */
export function valueOfSegment(segment: Segment): SegmentValue {
  const elements: ElementValue[] = [];
  for (let number = 1; number <= segment.elementCount; number += 1) {
    const repetitions = segment.repetitions(number);
    const [only = ""] = repetitions;
    elements.push(
      repetitions.length === 1
        ? partsOf(only, segment)
        : { repeat: repetitions.map((one) => partsOf(one, segment)) },
    );
  }
  return [segment.id, ...elements];
}

function partsOf(text: string, { delimiters }: Segment): string | string[] {
  return text.includes(delimiters.component) ? text.split(delimiters.component) : text;
}

/** All sets of the events; a set without a guide has no place here. */
export function setsOf(events: Iterable<EdiEvent>): ReadSet[] {
  const sets: ReadSet[] = [];
  let inner = new Map<Loop, Set<Loop>>();
  for (const event of events) {
    if (event.kind === "transactionSet") inner = new Map();
    if (event.kind === "loop") {
      for (let loop = event.loop; loop.parent !== undefined; loop = loop.parent) {
        const known = inner.get(loop.parent) ?? new Set(loop.parent.loops);
        known.add(loop);
        inner.set(loop.parent, known);
      }
    }
    if (event.kind === "transactionSetEnd" && event.set.guide !== undefined) {
      const root = valueOfLoop(event.root, inner);
      const segments = root.segments.filter(([id]) => id !== "ST" && id !== "SE");
      sets.push({ set: event.set, guide: event.set.guide, root: { ...root, segments } });
    }
  }
  return sets;
}

function valueOfLoop(loop: Loop, inner: ReadonlyMap<Loop, ReadonlySet<Loop>>): LoopValue {
  const loops = [...(inner.get(loop) ?? loop.loops)].sort(
    (one, other) => first(one) - first(other),
  );
  return {
    id: loop.id,
    segments: loop.segments.map(valueOfSegment),
    loops: loops.map((each) => valueOfLoop(each, inner)),
  };
}

function first(loop: Loop): number {
  return loop.segments[0]?.position ?? 0;
}

/** What the bytes hold, written again from what was read of them. */
export function writtenAgain(bytes: Uint8Array): string {
  const events = [...readEdiSync(bytes)];
  const sets = setsOf(events);
  let written = "";
  let groups: { group: FunctionalGroup; texts: string[] }[] = [];
  let acknowledgements: SegmentValue[] = [];
  for (const event of events) {
    switch (event.kind) {
      case "interchangeAcknowledgement":
        acknowledgements.push(valueOfSegment(event.segment));
        break;
      case "functionalGroup":
        groups.push({ group: event.group, texts: [] });
        break;
      case "transactionSetEnd": {
        const read = sets.shift();
        if (read === undefined) throw new Error("a set has no guide");
        groups.at(-1)?.texts.push(textOf(read, event));
        break;
      }
      case "interchangeEnd": {
        const { interchange } = event;
        written += writeInterchange({
          ...interchange,
          usage: interchange.usage === "P" ? "P" : "T",
          acknowledgements,
          groups: groups.map(({ group, texts }) => ({ ...group, transactionSets: texts })),
        });
        groups = [];
        acknowledgements = [];
        break;
      }
    }
  }
  return written;
}

function textOf(
  { set, guide, root }: ReadSet,
  { root: read }: Extract<EdiEvent, { kind: "transactionSetEnd" }>,
): string {
  return writeTransactionSet(guide, root, {
    controlNumber: set.controlNumber,
    implementation: read.segment("ST")?.element(3) ?? "",
    delimiters: set.interchange.delimiters,
    keepNeighbours: true,
  }).text;
}

/** The segments of the bytes, written again one by one: no guide and no envelope is asked. */
export function segmentsWrittenAgain(bytes: Uint8Array): string {
  const written: string[] = [];
  let writer: SegmentWriter | undefined;
  const sink: SegmentSink = {
    segment(segment) {
      if (segment.id === "ISA") {
        if (writer !== undefined) written.push(writer.take());
        writer = new SegmentWriter(segment.delimiters);
        // ISA11 and ISA16 are delimiters, and no value of an ISA has parts.
        const numbers = Array.from({ length: segment.elementCount }, (_, index) => index + 1);
        writer.write(["ISA", ...numbers.map((number) => segment.element(number))]);
      } else writer?.write(valueOfSegment(segment));
    },
    // What is wrong with the bytes shows in what comes back.
    finding: () => undefined,
    refusedHeader: () => undefined,
  };
  const tokenizer = new Tokenizer(sink);
  tokenizer.push(bytes);
  tokenizer.end();
  if (writer !== undefined) written.push(writer.take());
  return written.join("");
}
