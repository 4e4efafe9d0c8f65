import { isAscii } from "node:buffer";
import type { Delimiters } from "./delimiters.ts";
import type { Finding } from "./finding.ts";
import { foreignFormat, hasByteOrderMark, isForeign } from "./foreign-format.ts";
import { readInterchangeHeader } from "./interchange-header.ts";
import { Segment, segmentId } from "./segment.ts";

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
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const LETTER_I = 73;
const BEYOND_ASCII = /[\x80-\xff]/;

/**
 * Bytes → segments, at whatever places the chunks are cut. The delimiters are read from each ISA; text
 * outside the interchanges is told and skipped. Bytes become text as ASCII, else UTF-8, else Latin-1.
 */
export class Tokenizer {
  /** True once the file was refused; what is pushed then is ignored. */
  refused = false;

  readonly #sink: SegmentSink;
  readonly #segmentMax: number;
  #delimiters: Delimiters | undefined;
  /** Text read and not yet understood, one character a byte; its first byte's offset in the file. */
  #rest = "";
  #offset = 0;
  #ascii = true;
  #first = "";
  #interchanges = 0;
  /** Offset of the first text outside of any interchange since the last IEA. */
  #strayAt: number | undefined;
  /** The character before the text at hand. */
  #before = "";
  /** True between a header that was refused and the next ISA: what stands there was told already. */
  #skips = false;
  #position = 0;
  #setPosition = 0;
  #wrapped = false;

  constructor(sink: SegmentSink, segmentMax = SEGMENT_BYTES_MAX) {
    this.#sink = sink;
    this.#segmentMax = segmentMax;
  }

  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void {
    const { buffer, byteOffset, length } = bytes;
    for (let at = 0; at < length && !this.refused; at += WINDOW_BYTES) {
      const size = Math.min(WINDOW_BYTES, length - at);
      const window = Buffer.from(buffer, byteOffset + at, size);
      this.#take(window.toString("latin1"), isAscii(window));
    }
  }

  /** Says that the file has ended. */
  end(): void {
    if (this.refused) return;
    this.#scan(this.#rest, true);
    if (this.refused) return;
    if (this.#interchanges === 0) {
      this.#outside(foreignFormat(this.#first, this.#strayAt !== undefined));
    } else if (this.#strayAt !== undefined) this.#tellStray("text-after-interchange");
  }

  #take(text: string, ascii: boolean): void {
    if (this.#first.length < 16) this.#begin(text);
    if (this.refused) return;
    if (this.#rest === "") {
      this.#ascii = ascii;
      this.#scan(text, false);
      return;
    }
    this.#ascii = ascii && (this.#ascii || !BEYOND_ASCII.test(this.#rest));
    const terminator = this.#delimiters?.segment;
    const waits = terminator !== undefined && this.#rest.length > 3 && !text.includes(terminator);
    if (waits && !this.#rest.startsWith("ISA")) this.#keep(this.#rest + text);
    else this.#scan(this.#rest + text, false);
  }

  /** Looks at the first bytes of the file: some tell at once that it is something else. */
  #begin(text: string): void {
    this.#first = (this.#first + text).slice(0, 16);
    if (isForeign(this.#first)) {
      this.refused = true;
      this.#outside(foreignFormat(this.#first, true));
    }
  }

  #scan(text: string, ended: boolean): void {
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
    this.#keep(at === 0 ? text : text.slice(at));
  }

  #keep(rest: string): void {
    this.#rest = rest;
    if (rest.length <= this.#segmentMax) return;
    this.refused = true;
    this.#rest = "";
    const message = `A segment is longer than ${this.#segmentMax} bytes; the file is refused there.`;
    this.#tell({ severity: "error", code: "segment-too-long", snip: 1, message });
  }

  /** From `at` on looks for an ISA; answers where reading goes on, `at` itself when text is missing. */
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
      this.#outside(reading.finding);
      return isa + 3;
    }
    this.#delimiters = reading.delimiters;
    this.#position = 1;
    this.#setPosition = 0;
    this.#wrapped = false;
    this.#sink.segment(new Segment(reading.text, 1, reading.delimiters, this.#offset + isa));
    for (const finding of reading.findings) this.#tell(finding);
    return reading.next;
  }

  /** Hands out the segments from `at` on; answers where the first unfinished one begins. */
  #segments(text: string, from: number, delimiters: Delimiters, ended: boolean): number {
    const terminator = delimiters.segment;
    const terminatorCode = terminator.charCodeAt(0);
    const separator = delimiters.element.charCodeAt(0);
    const breaksLines = terminatorCode === LF || terminatorCode === CR;
    let lineBreak = breaksLines ? text.length : -1;
    let at = from;
    while (at < text.length) {
      const character = text.charCodeAt(at);
      if (character <= SPACE && (breaksLines || character !== terminatorCode)) {
        at += 1;
        continue;
      }
      if (character === LETTER_I && opensInterchange(text, at, "")) {
        this.#delimiters = undefined;
        return this.#seek(text, at, ended);
      }
      let end = text.indexOf(terminator, at);
      if (end < 0) {
        if (!ended) return at;
        if (!this.#unterminated(text, at, separator)) return text.length;
        end = text.length;
      }
      if (end === at) this.#empty();
      else {
        if (!breaksLines && lineBreak < at) lineBreak = orEnd(text.indexOf("\n", at), text.length);
        const plain = lineBreak >= end && (!breaksLines || text.charCodeAt(end - 1) !== CR);
        if (plain && this.#ascii) this.#emit(text, at, end, delimiters, separator, 0);
        else this.#emitMended(text, at, end, delimiters, separator);
        if (this.#delimiters === undefined) return Math.min(end + 1, text.length);
      }
      at = end + 1;
    }
    return text.length;
  }

  #emit(
    text: string,
    start: number,
    end: number,
    delimiters: Delimiters,
    separator: number,
    shift: number,
  ): void {
    const id = segmentId(text, start, end, separator);
    this.#position += 1;
    let position = this.#position;
    if (id === "ST") {
      this.#setPosition = 1;
      position = 1;
    } else if (this.#setPosition > 0) {
      if (id === "GE" || id === "IEA" || id === "GS") this.#setPosition = 0;
      else {
        this.#setPosition += 1;
        position = this.#setPosition;
        if (id === "SE") this.#setPosition = 0;
      }
    }
    if (id === "IEA") this.#delimiters = undefined;
    const offset = this.#offset + start + shift;
    this.#sink.segment(new Segment(text, position, delimiters, offset, start, end, id));
  }

  /** A segment whose bytes are not its text: letters beyond ASCII, or line breaks within. */
  #emitMended(
    text: string,
    start: number,
    end: number,
    delimiters: Delimiters,
    separator: number,
  ): void {
    let own = decoded(text.slice(start, end));
    if (delimiters.segment === "\n" && own.endsWith("\r")) own = own.slice(0, -1);
    else if (own.includes("\n")) {
      own = own.replace(/[\r\n]+/g, "");
      if (!this.#wrapped) this.#tellWrapped();
    }
    if (own !== "") this.#emit(own, 0, own.length, delimiters, separator, start);
  }

  #tellWrapped(): void {
    this.#wrapped = true;
    this.#tell({
      severity: "repair",
      code: "line-break-inside-segment",
      snip: 1,
      position: this.#position + 1,
      message: "Line breaks stand inside segments of this interchange; they were taken out.",
    });
  }

  #empty(): void {
    this.#tell({
      severity: "warning",
      code: "empty-segment",
      snip: 1,
      position: this.#position + 1,
      message: "Two segment terminators follow one another; the empty segment is left out.",
    });
  }

  /** The file ends without a terminator; only a trailer is whole enough to be read all the same. */
  #unterminated(text: string, at: number, separator: number): boolean {
    const id = segmentId(text, at, text.length, separator);
    const trailer = id === "SE" || id === "GE" || id === "IEA";
    this.#tell({
      severity: trailer ? "warning" : "error",
      code: "segment-unterminated",
      snip: 1,
      acknowledgement: { in: "TA105", code: "023" },
      segment: id.slice(0, 3),
      position: this.#position + 1,
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

function orEnd(index: number, end: number): number {
  return index < 0 ? end : index;
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
