import assert from "node:assert/strict";
import {
  type EnvelopeSink,
  Envelopes,
  type Finding,
  type FunctionalGroup,
  type Interchange,
  SEGMENT_BYTES_MAX,
  type Segment,
  Tokenizer,
  type TransactionSetHeader,
  type TransactionSetVerdict,
  WINDOW_BYTES,
} from "../x12/index.ts";
import { checkSegment } from "./check.ts";
import { CodeCheck, type HeldCodeSets } from "./check-codes.ts";
import { compileGuide } from "./compile.ts";
import type { Guide } from "./guide.ts";
import { GUIDES } from "./guides.ts";
import { Loop } from "./loop.ts";
import {
  groupSupport,
  guideFor,
  RECEIVER_UNKNOWN,
  setSupport,
  type TransactionSet,
} from "./support.ts";
import { guideTa1 } from "./ta1.ts";
import { Walker } from "./walk.ts";

export type { TransactionSet } from "./support.ts";

/** What a reader meets, in file order. */
export type EdiEvent =
  | { readonly kind: "interchange"; readonly interchange: Interchange }
  | {
      /** A TA1 of the interchange; its fields by `readTa1`. */
      readonly kind: "interchangeAcknowledgement";
      readonly interchange: Interchange;
      readonly segment: Segment;
    }
  | {
      /** Its ISA cannot be worked with: what could be read of it, and why it is refused. */
      readonly kind: "interchangeRefused";
      readonly interchange: Interchange;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: "functionalGroup"; readonly group: FunctionalGroup }
  | { readonly kind: "transactionSet"; readonly set: TransactionSet }
  | {
      /** A unit loop of the guide, whole: 2300 of an 837P, 2100 of an 835. */
      readonly kind: "loop";
      readonly set: TransactionSet;
      readonly loop: Loop;
      /** What was found in the set since the unit loop before. */
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: "transactionSetEnd";
      readonly set: TransactionSet;
      /** Loop "ST": all that is in no unit loop and around none, ST, PLB and SE included. */
      readonly root: Loop;
      /** What was found since the last unit loop, and of the set as a whole. */
      readonly findings: readonly Finding[];
      /** False when SE is missing or disagrees with what was read. */
      readonly intact: boolean;
      /** Segments read, ST and SE included. */
      readonly segmentCount: number;
    }
  | {
      readonly kind: "functionalGroupEnd";
      readonly group: FunctionalGroup;
      readonly findings: readonly Finding[];
      /** GE01, undefined where it is missing or no number. */
      readonly declaredSets: number | undefined;
    }
  | {
      readonly kind: "interchangeEnd";
      readonly interchange: Interchange;
      readonly findings: readonly Finding[];
    }
  /** Something outside of any interchange. */
  | { readonly kind: "finding"; readonly finding: Finding };

/** How to read. */
export interface ReadOptions {
  /** The guides to read by; those of the house when absent. */
  readonly guides?: readonly Guide[];
  /** Whether elements are checked too: sizes, codes, dates, syntax notes. */
  readonly check?: boolean;
  /** Where `check` looks up codes of external sets (SNIP 5); they are not checked when absent. */
  readonly codeSets?: HeldCodeSets;
  /** Who may be addressed in ISA08; anybody when absent. */
  readonly receivers?: readonly string[];
  /** The longest segment accepted, in bytes; the file is refused at a longer one. */
  readonly maxSegmentBytes?: number;
}

/** Bytes in chunks of any size → events in file order. Memory does not grow with the file. */
export async function* readEdi(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<EdiEvent, void, undefined> {
  assert(!(source instanceof Uint8Array), "readEdi takes chunks; readEdiSync takes one buffer");
  const reader = new Reader(options);
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && !reader.refused; at += WINDOW_BYTES) {
      for (const event of reader.take(chunk.subarray(at, at + WINDOW_BYTES))) yield event;
    }
    if (reader.refused) break;
  }
  for (const event of reader.end()) yield event;
}

/** The same for bytes that are all in memory. */
export function* readEdiSync(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Generator<EdiEvent, void, undefined> {
  const reader = new Reader(options);
  for (let at = 0; at < bytes.length && !reader.refused; at += WINDOW_BYTES) {
    for (const event of reader.take(bytes.subarray(at, at + WINDOW_BYTES))) yield event;
  }
  for (const event of reader.end()) yield event;
}

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

/** Tokenizer, envelopes and walker in a row; the events of one window at a time. */
class Reader implements EnvelopeSink {
  readonly #guides: readonly Guide[];
  readonly #check: boolean;
  readonly #codeSets: HeldCodeSets | undefined;
  readonly #receivers: readonly string[] | undefined;
  readonly #envelopes: Envelopes;
  readonly #tokenizer: Tokenizer;
  readonly #walkers = new Map<Guide, Walker>();
  #events = NO_EVENTS.slice();
  #set: TransactionSet | undefined;
  #walker: Walker | undefined;
  #unreadRoot: Loop | undefined;
  /** What the guides have to say of the interchange, group and set that are open. */
  #interchangeFindings: Finding[] = [];
  #groupFindings: Finding[] = [];
  #setFindings: Finding[] = [];

  constructor(options: ReadOptions) {
    this.#guides = options.guides ?? GUIDES;
    this.#check = options.check ?? false;
    this.#codeSets = options.codeSets;
    this.#receivers = options.receivers;
    this.#envelopes = new Envelopes(this);
    const segmentMax = options.maxSegmentBytes ?? SEGMENT_BYTES_MAX;
    this.#tokenizer = new Tokenizer(this.#envelopes, segmentMax);
  }

  get refused(): boolean {
    return this.#tokenizer.refused;
  }

  take(bytes: Uint8Array): readonly EdiEvent[] {
    this.#tokenizer.push(bytes);
    return this.#drain();
  }

  end(): readonly EdiEvent[] {
    this.#tokenizer.end();
    this.#envelopes.end();
    return this.#drain();
  }

  interchange(interchange: Interchange): void {
    this.#interchangeFindings = [];
    if (this.#receivers?.includes(interchange.receiverId) === false) {
      this.#interchangeFindings.push(RECEIVER_UNKNOWN);
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
    if (this.#check) checkTa1(segment, this.#interchangeFindings);
    this.#events.push({ kind: "interchangeAcknowledgement", interchange, segment });
  }

  functionalGroup(group: FunctionalGroup): void {
    this.#groupFindings = groupSupport(this.#guides, group);
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
      const loop = walker.end(verdict.segmentCount);
      if (loop !== undefined) this.#handOut(loop, walker);
    }
    const findings = [...this.#takeFindings(walker), ...verdict.findings];
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
    this.#events.push(new LoopEvent(this.#set, loop, this.#takeFindings(walker)));
  }

  /** What was found in the set since this was asked last. */
  #takeFindings(walker: Walker | undefined): readonly Finding[] {
    const told = walker?.takeFindings() ?? NO_FINDINGS;
    if (this.#setFindings.length === 0) return told;
    const findings = [...this.#setFindings, ...told];
    this.#setFindings = [];
    return findings;
  }

  #drain(): readonly EdiEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = NO_EVENTS.slice();
    return events;
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
function checkTa1(segment: Segment, findings: Finding[]): void {
  const [ta1] = guideTa1.root.children;
  if (ta1?.kind === "segment") checkSegment(segment, ta1, guideTa1.root.id, findings);
}
