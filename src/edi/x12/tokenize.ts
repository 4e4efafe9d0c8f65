import { isAscii } from "node:buffer";
import { type Delimiters, STANDARD_DELIMITERS } from "./delimiters.ts";
import type { Finding } from "./finding.ts";
import { foreignFormat, hasByteOrderMark, isForeign } from "./foreign-format.ts";
import { readInterchangeHeader, trustedHeader } from "./interchange-header.ts";
import { Passage, Segment } from "./segment.ts";
import { namedSegment } from "./segment-ids.ts";
import { idOf } from "./shared-text.ts";

/** How many bytes are looked at at once. A kept segment keeps the window it stands in, no more. */
export const WINDOW_BYTES = 64 * 1024;

/** A segment longer than this is refused; the longest of a real claim has a few hundred bytes. */
export const SEGMENT_BYTES_MAX = 1024 * 1024;

/** Who takes what the tokenizer finds. */
export interface SegmentSink {
  /** Each segment in file order; an ISA brings its interchange's delimiters. */
  segment(segment: Segment): void;
  /** What is wrong with the bytes; `outside` says that no interchange is open. */
  finding(finding: Finding, outside: boolean): void;
  /** An ISA that cannot be worked with: what can be trusted of it, and why it is refused. */
  refusedHeader(isa: Segment, finding: Finding): void;
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const LETTER_G = 71;
const LETTER_I = 73;
const LETTER_S = 83;
const BEYOND_ASCII = /[\x80-\xff]/;

/** How many bytes tell a file's format. */
const FIRST_BYTES = 16;

/**
 * Bytes → segments, at whatever places the chunks are cut. The delimiters are read from each ISA;
 * text
 * outside the interchanges is told and skipped. Bytes become text as ASCII, else UTF-8, else
 * Latin-1.
 */
export class Tokenizer {
  /** True once the file was refused; what is pushed then is ignored. */
  refused = false;

  readonly #sink: SegmentSink;
  readonly #segmentMax: number;
  #delimiters: Delimiters | undefined;
  /** Whether the text at hand is all ASCII. */
  #ascii = true;
  /** The bytes of a segment that a chunk cut in two. */
  #pending = Buffer.alloc(0);
  #pendingLength = 0;
  /** Offset in the file of the text at hand, and the character before it. */
  #offset = 0;
  #before = "";
  #first = "";
  #interchanges = 0;
  /** Offset of the first text outside of any interchange since the last IEA. */
  #strayAt: number | undefined;
  /**
   * True between a header that was refused and the next ISA: what stands there was told already.
   */
  #skips = false;
  #position = 0;
  #setPosition = 0;
  #wrapped = false;

  constructor(sink: SegmentSink, segmentMax = SEGMENT_BYTES_MAX) {
    this.#sink = sink;
    this.#segmentMax = segmentMax;
  }

  /** Takes the next bytes of the file. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    if (this.#first.length < FIRST_BYTES) this.#begin(bytes);
    let at = 0;
    let size = WINDOW_BYTES;
    while (at < bytes.length && !this.refused) {
      const end = Math.min(at + size, bytes.length);
      if (this.#pendingLength > 0) {
        at = end - this.#takePending(bytes.subarray(at, end), end < bytes.length);
        continue;
      }
      const taken = this.#take(bytes.subarray(at, end), false);
      at += taken;
      // A segment that does not fit is tried again with a larger window, up to the limit.
      size = taken > 0 ? WINDOW_BYTES : size * 2;
      if (end === bytes.length) {
        this.#append(bytes.subarray(at, end));
        return;
      }
      if (size > 2 * this.#segmentMax) this.#refuse();
    }
  }

  /** Says that the file has ended. */
  end(): void {
    if (this.refused) return;
    this.#take(this.#pending.subarray(0, this.#pendingLength), true);
    if (this.refused) return;
    if (this.#interchanges === 0) {
      this.#outside(foreignFormat(this.#first, this.#strayAt !== undefined));
    } else if (this.#strayAt !== undefined) this.#tellStray("text-after-interchange");
  }

  /** Looks at the first bytes of the file: some tell at once that it is something else. */
  #begin(bytes: Buffer): void {
    const first = bytes.toString("latin1", 0, FIRST_BYTES);
    this.#first = (this.#first + first).slice(0, FIRST_BYTES);
    if (isForeign(this.#first)) {
      this.refused = true;
      this.#outside(foreignFormat(this.#first, true));
    }
  }

  /** Takes bytes behind the pending ones; answers how many of them are left for the next window. */
  #takePending(bytes: Buffer, moreFollows: boolean): number {
    const length = this.#pendingLength;
    this.#append(bytes);
    const terminator = this.#delimiters?.segment;
    const waits =
      terminator !== undefined && length > 3 && !bytes.includes(terminator, 0, "latin1");
    if (waits && this.#pending.toString("latin1", 0, 3) !== "ISA") return 0;
    const taken = this.#take(this.#pending.subarray(0, this.#pendingLength), false);
    const left = this.#pendingLength - taken;
    if (moreFollows && left < bytes.length) {
      this.#pendingLength = 0;
      return left;
    }
    this.#pending.copyWithin(0, taken, this.#pendingLength);
    this.#pendingLength = left;
    return 0;
  }

  #append(bytes: Buffer): void {
    const length = this.#pendingLength + bytes.length;
    if (length > this.#segmentMax + WINDOW_BYTES) {
      this.#refuse();
      return;
    }
    if (length > this.#pending.length) {
      const larger = Buffer.alloc(Math.max(length, 2 * this.#pending.length));
      this.#pending.copy(larger, 0, 0, this.#pendingLength);
      this.#pending = larger;
    }
    bytes.copy(this.#pending, this.#pendingLength);
    this.#pendingLength = length;
  }

  #refuse(): void {
    this.refused = true;
    this.#pending = Buffer.alloc(0);
    this.#pendingLength = 0;
    const message = `A segment is longer than ${this.#segmentMax} bytes; reading ends there.`;
    const at = this.#delimiters === undefined ? {} : { position: this.#nextPosition() };
    this.#tell({ severity: "error", code: "segment-too-long", snip: 1, ...at, message });
  }

  /** Reads what is whole in these bytes; answers how many were read. */
  #take(bytes: Buffer, ended: boolean): number {
    const text = bytes.toString("latin1");
    this.#ascii = isAscii(bytes);
    let at = 0;
    while (at < text.length && !this.refused) {
      const next =
        this.#delimiters === undefined
          ? this.#seek(text, at, ended)
          : this.#segments(text, at, this.#delimiters, ended);
      const waits = next === at;
      at = next;
      if (waits) break;
    }
    this.#offset += at;
    if (at > 0) this.#before = text[at - 1] ?? "";
    return at;
  }

  /**
   * From `at` on looks for an ISA; answers where reading goes on, `at` itself when text is
   * missing.
   */
  #seek(text: string, at: number, ended: boolean): number {
    let isa = text.indexOf("ISA", at);
    while (isa >= 0 && !opensInterchange(text, isa, this.#before))
      isa = text.indexOf("ISA", isa + 1);
    const known = isa >= 0 ? isa : ended ? text.length : Math.max(at, text.length - 4);
    this.#stray(text, at, known);
    if (isa < 0 || (isa + 3 >= text.length && !ended)) return known;
    const reading = readInterchangeHeader(text, isa, ended);
    if (reading.kind === "incomplete") return isa;
    if (this.#strayAt !== undefined) {
      this.#tellStray(
        this.#interchanges === 0 ? "text-before-interchange" : "text-between-interchanges",
      );
    }
    this.#interchanges += 1;
    this.#skips = reading.kind === "refusal";
    if (reading.kind === "refusal") {
      const header = trustedHeader(text, isa);
      const delimiters = { ...STANDARD_DELIMITERS, element: text[isa + 3] ?? "" };
      const passage = new Passage(header, delimiters, this.#offset + isa);
      this.#sink.refusedHeader(new Segment(passage, 1), reading.finding);
      return isa + 3;
    }
    this.#delimiters = reading.delimiters;
    this.#position = 1;
    this.#setPosition = 0;
    this.#wrapped = false;
    const passage = new Passage(reading.text, reading.delimiters, this.#offset + isa);
    this.#sink.segment(new Segment(passage, 1));
    for (const finding of reading.findings) this.#tell(finding);
    return reading.next;
  }

  /** Hands out the segments from `at` on; answers where the first unfinished one begins. */
  #segments(text: string, from: number, delimiters: Delimiters, ended: boolean): number {
    const passage = new Passage(text, delimiters, this.#offset, true);
    const terminator = delimiters.segment;
    const terminatorCode = terminator.charCodeAt(0);
    const breaksLines = terminatorCode === LF || terminatorCode === CR;
    const { length } = text;
    // Where the next line break stands that may be inside a segment.
    let lineBreak = breaksLines ? length : -1;
    let at = from;
    while (at < length) {
      const first = text.charCodeAt(at);
      if (first <= SPACE && (breaksLines || first !== terminatorCode)) {
        at += 1;
        continue;
      }
      if (first === LETTER_I && opensInterchange(text, at, "")) {
        this.#delimiters = undefined;
        return this.#seek(text, at, ended);
      }
      let end = text.indexOf(terminator, at);
      if ((end < 0 ? length : end) - at > this.#segmentMax) {
        this.#refuse();
        return length;
      }
      if (end < 0) {
        end = length;
        if (!this.#unterminated(passage, at, ended)) return ended ? length : at;
      }
      if (lineBreak < at) {
        lineBreak = text.indexOf("\n", at);
        if (lineBreak < 0) lineBreak = length;
      }
      if (end === at) this.#empty();
      else if (
        lineBreak < end ||
        !this.#ascii ||
        (breaksLines && text.charCodeAt(end - 1) === CR)
      ) {
        this.#emitMended(text, at, end, delimiters);
      } else if (first === LETTER_S || first === LETTER_G || first === LETTER_I) {
        this.#emitEnvelope(passage, at, end);
      } else this.#emit(passage, at, end);
      at = end + 1;
      if (this.#delimiters === undefined) break;
    }
    return Math.min(at, length);
  }

  #emit(passage: Passage, start: number, end: number): void {
    this.#position += 1;
    let position = this.#position;
    if (this.#setPosition > 0) {
      this.#setPosition += 1;
      position = this.#setPosition;
    }
    this.#sink.segment(new Segment(passage, position, start, end));
  }

  /** Segments of the envelopes begin and end the count of positions; they begin with G, I or S. */
  #emitEnvelope(passage: Passage, start: number, end: number): void {
    const id = idOf(passage, start, end);
    if (id === "GE" || id === "IEA" || id === "GS" || id === "ST") this.#setPosition = 0;
    if (id === "IEA") this.#delimiters = undefined;
    if (id === "ST") {
      this.#position += 1;
      this.#setPosition = 1;
      this.#sink.segment(new Segment(passage, 1, start, end));
    } else this.#emit(passage, start, end);
    if (id === "SE") this.#setPosition = 0;
  }

  /** A segment whose bytes are not its text: letters beyond ASCII, or line breaks within. */
  #emitMended(text: string, start: number, end: number, delimiters: Delimiters): void {
    let own = decoded(text.slice(start, end));
    if (delimiters.segment === "\n" && own.endsWith("\r")) own = own.slice(0, -1);
    else if (own.includes("\n")) {
      own = own.replace(/[\r\n]+/g, "");
      if (!this.#wrapped) this.#tellWrapped();
    }
    if (own === "") return;
    this.#emitEnvelope(new Passage(own, delimiters, this.#offset + start), 0, own.length);
  }

  /** Where the segment stands that is looked at: in its set, else in its interchange. */
  #nextPosition(): number {
    return (this.#setPosition > 0 ? this.#setPosition : this.#position) + 1;
  }

  #tellWrapped(): void {
    this.#wrapped = true;
    this.#tell({
      severity: "repair",
      code: "line-break-inside-segment",
      snip: 1,
      position: this.#nextPosition(),
      message: "Line breaks stand inside segments of this interchange; they were taken out.",
    });
  }

  #empty(): void {
    this.#tell({
      severity: "warning",
      code: "empty-segment",
      snip: 1,
      position: this.#nextPosition(),
      message: "Two segment terminators follow one another; the empty segment is left out.",
    });
  }

  /** No terminator follows: only a trailer at the end of the file is read all the same. */
  #unterminated(passage: Passage, at: number, ended: boolean): boolean {
    if (!ended) return false;
    const id = idOf(passage, at, passage.text.length);
    const trailer = id === "SE" || id === "GE" || id === "IEA";
    this.#tell({
      severity: trailer ? "warning" : "error",
      code: "segment-unterminated",
      snip: 1,
      acknowledgement: { in: "TA105", code: "023" },
      ...namedSegment(id),
      position: this.#nextPosition(),
      message: trailer
        ? "The last segment of the file has no terminator."
        : "The file ends inside a segment; that segment is left out.",
    });
    return trailer;
  }

  #stray(text: string, from: number, to: number): void {
    if (this.#strayAt !== undefined || this.#skips) return;
    const textAt = hasByteOrderMark(this.#first) ? 3 : 0;
    for (let at = from; at < to; at += 1) {
      const character = text.charCodeAt(at);
      // Space, line breaks, NUL and the end-of-file mark of old systems are no text.
      if (character > SPACE && this.#offset + at >= textAt) {
        this.#strayAt = this.#offset + at;
        return;
      }
    }
  }

  #tellStray(code: string): void {
    const message = `Text outside of any interchange, from byte ${this.#strayAt} on, is left out.`;
    this.#strayAt = undefined;
    this.#outside({ severity: "warning", code, snip: 1, message });
  }

  #tell(finding: Finding): void {
    this.#sink.finding(finding, this.#delimiters === undefined);
  }

  #outside(finding: Finding): void {
    this.#sink.finding(finding, true);
  }
}

/** Whether an ISA with a separator stands at `at`, and not the middle of a word. */
function opensInterchange(text: string, at: number, before: string): boolean {
  if (!text.startsWith("ISA", at)) return false;
  const after = text[at + 3];
  if (after !== undefined && /[A-Za-z0-9\s]/.test(after)) return false;
  return !/[A-Za-z0-9]/.test(at === 0 ? before : (text[at - 1] ?? ""));
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One character a byte → text: UTF-8 where the bytes are, Latin-1 where they are not. */
function decoded(bytes: string): string {
  if (!BEYOND_ASCII.test(bytes)) return bytes;
  try {
    return utf8.decode(Buffer.from(bytes, "latin1"));
  } catch {
    return bytes;
  }
}
