import type { Delimiters } from "./delimiters.ts";
import { idOf, sharedTextOf, textOf } from "./shared-text.ts";

/** A piece of one interchange's text, in which segments stand. */
export class Passage {
  readonly text: string;
  readonly delimiters: Delimiters;
  /** Character code of the element separator. */
  readonly separator: number;
  /** Byte offset of its first character in the file it was read from; 0 when it was not read. */
  readonly offset: number;

  constructor(text: string, delimiters: Delimiters, offset = 0) {
    this.text = text;
    this.delimiters = delimiters;
    this.separator = delimiters.element.charCodeAt(0);
    this.offset = offset;
  }
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
  declare private readonly around: Passage;
  declare private readonly start: number;
  declare private readonly end: number;
  declare private knownId: string;
  /**
   * The element found last and where it stands, so that reading on does not begin again. The id is
   * element 0; before it, nothing was looked for yet.
   */
  declare private lastNumber: number;
  declare private lastStart: number;
  declare private lastEnd: number;

  constructor(around: Passage, position: number, start = 0, end = around.text.length) {
    this.position = position;
    this.around = around;
    this.start = start;
    this.end = end;
    this.knownId = "";
    this.lastNumber = -1;
    this.lastStart = start;
    this.lastEnd = start - 1;
  }

  get delimiters(): Delimiters {
    return this.around.delimiters;
  }

  /** Byte offset of its first character in the file it was read from. */
  get offset(): number {
    return this.around.offset + this.start;
  }

  /** The segment id: `CLP`. */
  get id(): string {
    if (this.knownId === "") {
      const { text, separator } = this.around;
      const id = idOf(text, this.start, this.end, separator);
      this.knownId = id;
      if (this.lastNumber < 0) {
        this.lastNumber = 0;
        this.lastEnd = this.start + id.length;
      }
    }
    return this.knownId;
  }

  /** How many elements stand behind the segment id. */
  get elementCount(): number {
    return count(this.around.text, this.start, this.end, this.around.separator);
  }

  /** Whether the segment reaches as far as element `number`, be it empty. */
  reaches(number: number): boolean {
    return this.find(number);
  }

  /** Whether anything stands in element `number`. */
  holds(number: number): boolean {
    return this.find(number) && this.lastEnd > this.lastStart;
  }

  /** Element `number` whole, "" where absent. */
  element(number: number): string {
    return this.find(number) ? textOf(this.around.text, this.lastStart, this.lastEnd) : "";
  }

  /** The same, of an element whose text a file is likely to repeat: it is not copied each time. */
  sharedElement(number: number): string {
    return this.find(number) ? sharedTextOf(this.around.text, this.lastStart, this.lastEnd) : "";
  }

  /**
   * What `reader` makes of element `number` where it stands, from `start` to `end` of a text, so
   * that numbers and dates are read without a copy; `start` is `end` where it is absent.
   */
  read<T>(number: number, reader: (text: string, start: number, end: number) => T): T {
    if (this.find(number)) return reader(this.around.text, this.lastStart, this.lastEnd);
    return reader(this.around.text, this.end, this.end);
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
    return this.around.text.slice(this.start, this.end);
  }

  /** The first repetition of element `number`. */
  private first(number: number): string {
    const { repetition } = this.delimiters;
    const element = this.element(number);
    const end = repetition === undefined ? -1 : element.indexOf(repetition);
    return end < 0 ? element : element.slice(0, end);
  }

  /** Looks for element `number`; false where it is absent. */
  private find(number: number): boolean {
    let found = this.lastNumber;
    if (found === number) return true;
    const { text, separator } = this.around;
    const { end } = this;
    let at = this.lastEnd;
    if (found > number) {
      found = -1;
      at = this.start - 1;
    }
    let start = at;
    while (found < number) {
      if (at >= end) return false;
      at += 1;
      start = at;
      while (at < end && text.charCodeAt(at) !== separator) at += 1;
      found += 1;
    }
    this.lastNumber = found;
    this.lastStart = start;
    this.lastEnd = at;
    return true;
  }
}

function count(text: string, start: number, end: number, character: number): number {
  let found = 0;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === character) found += 1;
  return found;
}
