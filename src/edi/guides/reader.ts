import {
  type EnvelopeSink,
  Envelopes,
  type Finding,
  type FunctionalGroup,
  type Interchange,
  SEGMENT_BYTES_MAX,
  type Segment,
  type SegmentSink,
  Tokenizer,
  type TransactionSetHeader,
  type TransactionSetVerdict,
} from "../x12/index.ts";
import { checkSegment } from "./check.ts";
import { CodeCheck, type HeldCodeSets } from "./check-codes.ts";
import { compileGuide } from "./compile.ts";
import type { EdiEvent, ReadOptions } from "./event.ts";
import type { Guide } from "./guide.ts";
import { GUIDES } from "./guides.ts";
import { Loop } from "./loop.ts";
import {
  groupSupport,
  guideFor,
  receiverUnknown,
  setSupport,
  type TransactionSet,
} from "./support.ts";
import { guideTa1 } from "./ta1.ts";
import { type Place, Walker } from "./walk.ts";

/** Lists of events begin as copies of it, for the same reason as the lists of a loop. */
const NO_EVENTS: EdiEvent[] = [];
const NO_FINDINGS: readonly Finding[] = [];

/** A unit loop to hand out; no literal, for the same reason. */
class LoopEvent {
  readonly kind = "loop";
  readonly set: TransactionSet;
  readonly loop: Loop;
  readonly findings: readonly Finding[];

  constructor(set: TransactionSet, loop: Loop, findings: readonly Finding[]) {
    this.set = set;
    this.loop = loop;
    this.findings = findings;
  }
}

/** Who watches each segment go by, besides the events. */
export interface Trace {
  /** A segment was read; `place` says where it belongs in its set. */
  segment(segment: Segment, place: Place | undefined): void;
  /** What is wrong with the envelopes, as soon as it is known; events tell it again. */
  told(finding: Finding): void;
}

/** Tokenizer, envelopes and walker in a row; the events of one window at a time. */
export class Reader implements EnvelopeSink {
  readonly #guides: readonly Guide[];
  readonly #check: boolean;
  readonly #codeSets: HeldCodeSets | undefined;
  readonly #receivers: readonly string[] | undefined;
  readonly #envelopes: Envelopes;
  readonly #tokenizer: Tokenizer;
  readonly #trace: Trace | undefined;
  readonly #walkers = new Map<Guide, Walker>();
  #events = NO_EVENTS.slice();
  #set: TransactionSet | undefined;
  #walker: Walker | undefined;
  #unreadRoot: Loop | undefined;
  /** What the guides have to say of the interchange, group and set that are open. */
  #interchangeFindings: Finding[] = [];
  #groupFindings: Finding[] = [];
  #setFindings: Finding[] = [];

  constructor(options: ReadOptions, trace?: Trace) {
    this.#guides = options.guides ?? GUIDES;
    this.#check = options.check ?? false;
    this.#codeSets = options.codeSets;
    this.#receivers = options.receivers;
    this.#envelopes = new Envelopes(this);
    const segmentMax = options.maxSegmentBytes ?? SEGMENT_BYTES_MAX;
    this.#trace = trace;
    const sink = trace === undefined ? this.#envelopes : this.#traced(trace);
    this.#tokenizer = new Tokenizer(sink, segmentMax);
  }

  get refused(): boolean {
    return this.#tokenizer.refused;
  }

  take(bytes: Uint8Array): readonly EdiEvent[] {
    this.#tokenizer.push(bytes);
    return this.drain();
  }

  end(): readonly EdiEvent[] {
    this.#tokenizer.end();
    this.#envelopes.end();
    return this.drain();
  }

  /** The events since this was asked last. */
  drain(): readonly EdiEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = NO_EVENTS.slice();
    return events;
  }

  told(finding: Finding): void {
    this.#trace?.told(finding);
  }

  interchange(interchange: Interchange): void {
    this.#interchangeFindings = [];
    if (this.#receivers?.includes(interchange.receiverId) === false) {
      this.#tellInterchange(receiverUnknown());
    }
    this.#events.push({ kind: "interchange", interchange });
  }

  interchangeEnd(interchange: Interchange, told: readonly Finding[]): void {
    const findings = [...told, ...this.#interchangeFindings];
    this.#events.push({ kind: "interchangeEnd", interchange, findings });
  }

  interchangeRefused(interchange: Interchange, findings: readonly Finding[]): void {
    this.#events.push({ kind: "interchangeRefused", interchange, findings });
  }

  interchangeAcknowledgement(interchange: Interchange, segment: Segment): void {
    if (this.#check) {
      for (const finding of checkTa1(segment)) this.#tellInterchange(finding);
    }
    this.#events.push({ kind: "interchangeAcknowledgement", interchange, segment });
  }

  functionalGroup(group: FunctionalGroup, gs: Segment): void {
    this.#groupFindings = groupSupport(this.#guides, group, gs);
    for (const finding of this.#groupFindings) this.told(finding);
    this.#events.push({ kind: "functionalGroup", group });
  }

  functionalGroupEnd(
    group: FunctionalGroup,
    told: readonly Finding[],
    declaredSets: number | undefined,
  ): void {
    const findings = [...this.#groupFindings, ...told];
    this.#events.push({ kind: "functionalGroupEnd", group, findings, declaredSets });
  }

  transactionSet(header: TransactionSetHeader, st: Segment): void {
    const guide = guideFor(this.#guides, header);
    const set: TransactionSet = { ...header, guide };
    this.#set = set;
    this.#setFindings = setSupport(this.#guides, set, st);
    this.#walker = guide === undefined ? undefined : this.#walkerBy(guide);
    this.#walker?.begin(st);
    // With what the envelope has to say of ST and SE it is told at the end of the set.
    this.#setFindings.push(...(this.#walker?.takeFindings() ?? NO_FINDINGS));
    for (const finding of this.#setFindings) this.told(finding);
    if (guide === undefined) {
      this.#unreadRoot = new Loop("ST", undefined);
      this.#unreadRoot.segments.push(st);
    }
    this.#events.push({ kind: "transactionSet", set });
  }

  segment(segment: Segment): void {
    if (this.#walker === undefined) return;
    const loop = this.#walker.segment(segment);
    if (loop !== undefined) this.#handOut(loop, this.#walker);
  }

  transactionSetEnd(verdict: TransactionSetVerdict): void {
    const walker = this.#walker;
    const set = this.#set;
    if (set === undefined) return;
    if (walker !== undefined) {
      const loop = walker.end(verdict.end);
      if (loop !== undefined) this.#handOut(loop, walker);
    }
    const told = walker?.takeFindings() ?? NO_FINDINGS;
    const findings = [...this.#setFindings, ...told, ...verdict.findings];
    this.#events.push({
      kind: "transactionSetEnd",
      set,
      root: walker?.root ?? this.#unreadRoot ?? new Loop("ST", undefined),
      findings,
      intact: verdict.intact,
      segmentCount: verdict.segmentCount,
    });
    this.#set = undefined;
    this.#walker = undefined;
    this.#unreadRoot = undefined;
  }

  finding(finding: Finding): void {
    this.#events.push({ kind: "finding", finding });
  }

  #handOut(loop: Loop, walker: Walker): void {
    if (this.#set === undefined) return;
    this.#events.push(new LoopEvent(this.#set, loop, walker.takeFindings()));
  }

  #traced(trace: Trace): SegmentSink {
    const envelopes = this.#envelopes;
    return {
      segment: (segment) => {
        const before = this.#walker;
        envelopes.segment(segment);
        // SE has its place in the set that it ends.
        const walker = this.#walker ?? (segment.id === "SE" ? before : undefined);
        trace.segment(segment, walker?.place());
      },
      finding: (finding, outside) => envelopes.finding(finding, outside),
      refusedHeader: (isa, finding) => envelopes.refusedHeader(isa, finding),
    };
  }

  #tellInterchange(finding: Finding): void {
    this.#interchangeFindings.push(finding);
    this.told(finding);
  }

  #walkerBy(guide: Guide): Walker {
    let walker = this.#walkers.get(guide);
    if (walker === undefined) {
      const codes = this.#codeSets && new CodeCheck(this.#codeSets);
      walker = new Walker(compileGuide(guide), this.#check, this.#check ? codes : undefined);
      this.#walkers.set(guide, walker);
    }
    return walker;
  }
}

/** A TA1 has a guide of its own, though it stands in no set. */
function checkTa1(segment: Segment): readonly Finding[] {
  const findings: Finding[] = [];
  const [ta1] = guideTa1.root.children;
  if (ta1?.kind === "segment") checkSegment(segment, ta1, guideTa1.root.id, findings);
  return findings;
}
