import type { Delimiters } from "./delimiters.ts";
import { idOf, sharedTextOf, textOf } from "./shared-text.ts";

/** What a passage has separators of: most elements have more than four characters. */
const CHARACTERS_PER_MARK = 4;
/** Stands for a character beyond Latin-1 among the bytes: no separator, and part of no code. */
const BEYOND_LATIN = "a".charCodeAt(0);

/** A piece of one interchange's text, in which segments stand. */
export class Passage {
  readonly text: string;
  readonly delimiters: Delimiters;
  /** Character codes of its separators; NaN where it has none for repetitions. */
  readonly separator: number;
  readonly component: number;
  readonly repetition: number;
  /** Byte offset of its first character in the file it was read from; 0 when it was not read. */
  readonly offset: number;
  /** Where the separators of its segments stand, of each segment that was asked for an element. */
  marks = NO_MARKS;
  #marked = 0;
  readonly #isLatin: boolean;
  #bytes: Uint8Array | undefined;

  /** `isLatin` says that the text is known to have no character beyond Latin-1. */
  constructor(text: string, delimiters: Delimiters, offset = 0, isLatin = false) {
    this.text = text;
    this.#isLatin = isLatin;
    this.delimiters = delimiters;
    this.separator = delimiters.element.charCodeAt(0);
    this.component = delimiters.component.charCodeAt(0);
    this.repetition = (delimiters.repetition ?? "").charCodeAt(0);
    this.offset = offset;
  }

  /** One for each character of the text, because bytes are looked through faster. */
  get bytes(): Uint8Array {
    this.#bytes ??= this.#isLatin ? latinBytes(this.text) : bytesOf(this.text);
    return this.#bytes;
  }

  /**
   * Marks the separators from `start` on, and `end` behind them; answers where the first mark is.
   */
  mark(start: number, end: number): number {
    const { bytes, separator } = this;
    const first = this.#marked;
    const room = first + end - start + 1;
    if (room > this.marks.length) this.#grow(room);
    const { marks } = this;
    let next = first;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] === separator) {
        marks[next] = at;
        next += 1;
      }
    }
    marks[next] = end;
    this.#marked = next + 1;
    return first;
  }

  /** How many marks there are. */
  get marked(): number {
    return this.#marked;
  }

  #grow(room: number): void {
    const usual = Math.ceil(this.text.length / CHARACTERS_PER_MARK);
    const marks = new Int32Array(Math.max(room, usual, 2 * this.marks.length));
    marks.set(this.marks);
    this.marks = marks;
  }
}

const NO_MARKS = new Int32Array(0);

function latinBytes(text: string): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(text, "latin1");
  return new Uint8Array(buffer, byteOffset, length);
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bytes[at] = code > 0xff ? BEYOND_LATIN : code;
  }
  return bytes;
}

/**
 * One segment as it stands in the file: a lazy view of the text around it, searched only when an
 * element is asked for. Element numbers are the standard's, 1-based: `clp.element(2)` is CLP02.
 * What is absent reads as "".
 */
export class Segment {
  // Declared, not defined: a defined field is written twice, and a file has millions of segments.
  /** Position in its transaction set, ST = 1; in its interchange for envelope segments, ISA = 1. */
  declare readonly position: number;
  /** The text that it stands in. */
  declare readonly passage: Passage;
  declare private readonly start: number;
  declare private readonly end: number;
  declare private knownId: string;
  /**
   * Which mark of the passage ends its id, once `elementCount` was asked for; element n ends at the
   * n-th behind it.
   */
  declare firstMark: number;
  /** How many elements it has; -1 before it was looked through. */
  declare private count: number;

  constructor(around: Passage, position: number, start = 0, end = around.text.length) {
    this.position = position;
    this.passage = around;
    this.start = start;
    this.end = end;
    this.knownId = "";
    this.firstMark = 0;
    this.count = -1;
  }

  get delimiters(): Delimiters {
    return this.passage.delimiters;
  }

  /** Byte offset of its first character in the file it was read from. */
  get offset(): number {
    return this.passage.offset + this.start;
  }

  /** The segment id: `CLP`. */
  get id(): string {
    if (this.knownId === "") this.knownId = idOf(this.passage, this.start, this.end);
    return this.knownId;
  }

  /** How many elements stand behind the segment id. */
  get elementCount(): number {
    if (this.count < 0) this.mark();
    return this.count;
  }

  /** Whether the segment reaches as far as element `number`, be it empty. */
  reaches(number: number): boolean {
    return number <= this.elementCount;
  }

  /** Whether anything stands in element `number`. */
  holds(number: number): boolean {
    return this.reaches(number) && this.endOf(number) > this.startOf(number);
  }

  /** Element `number` whole, "" where absent. */
  element(number: number): string {
    if (!this.reaches(number)) return "";
    return textOf(this.passage, this.startOf(number), this.endOf(number));
  }

  /** The same, of an element whose text a file is likely to repeat: it is not copied each time. */
  sharedElement(number: number): string {
    if (!this.reaches(number)) return "";
    return sharedTextOf(this.passage, this.startOf(number), this.endOf(number));
  }

  /**
   * What `reader` makes of element `number` where it stands, from `start` to `end` of a text, so
   * that numbers and dates are read without a copy; `start` is `end` where it is absent.
   */
  read<T>(number: number, reader: (text: string, start: number, end: number) => T): T {
    const { text } = this.passage;
    if (!this.reaches(number)) return reader(text, this.end, this.end);
    return reader(text, this.startOf(number), this.endOf(number));
  }

  /** The components of element `number`, of its first repetition, in order; [""] where absent. */
  components(number: number): readonly string[] {
    return this.first(number).split(this.delimiters.component);
  }

  /** One component of the first repetition, 1-based, "" where absent. */
  component(number: number, component: number): string {
    const element = this.first(number);
    const separator = this.delimiters.component;
    let start = 0;
    for (let passed = 1; passed < component; passed += 1) {
      const at = element.indexOf(separator, start);
      if (at < 0) return "";
      start = at + 1;
    }
    const end = element.indexOf(separator, start);
    return end < 0 ? element.slice(start) : element.slice(start, end);
  }

  /** The repetitions of element `number`; each may hold components. */
  repetitions(number: number): readonly string[] {
    const { repetition } = this.delimiters;
    const element = this.element(number);
    return repetition === undefined ? [element] : element.split(repetition);
  }

  /** The segment as it stood in the file, without its terminator. */
  toString(): string {
    return this.passage.text.slice(this.start, this.end);
  }

  /** The first repetition of element `number`. */
  private first(number: number): string {
    const { repetition } = this.delimiters;
    const element = this.element(number);
    const end = repetition === undefined ? -1 : element.indexOf(repetition);
    return end < 0 ? element : element.slice(0, end);
  }

  /** Where element `number`, which the segment reaches, begins in its passage. */
  private startOf(number: number): number {
    return (this.passage.marks[this.firstMark + number - 1] ?? 0) + 1;
  }

  /** Where it ends. */
  private endOf(number: number): number {
    return this.passage.marks[this.firstMark + number] ?? 0;
  }

  private mark(): void {
    this.firstMark = this.passage.mark(this.start, this.end);
    this.count = this.passage.marked - this.firstMark - 1;
  }
}
