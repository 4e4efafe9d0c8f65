import type { Delimiters } from "./delimiters.ts";
import { idOf, sharedTextOf, textOf } from "./shared-text.ts";

/**
 * One segment as it stands in the file: a lazy view of the text around it, searched only when an
 * element is asked for. Element numbers are the standard's, 1-based: `clp.element(2)` is CLP02.
 * What is absent reads as "".
 */
export class Segment {
  // Declared, not defined: a defined field is written twice, and a file has millions of segments.
  /** Position in its transaction set, ST = 1; in its interchange for envelope segments, ISA = 1. */
  declare readonly position: number;
  declare readonly delimiters: Delimiters;
  /** Byte offset of its first character in the file it was read from; 0 when it was not read. */
  declare readonly offset: number;
  /** The text that holds the segment; it is often larger than the segment. */
  declare private readonly around: string;
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

  constructor(
    text: string,
    position: number,
    delimiters: Delimiters,
    offset = 0,
    start = 0,
    end = text.length,
  ) {
    this.position = position;
    this.delimiters = delimiters;
    this.offset = offset;
    this.around = text;
    this.start = start;
    this.end = end;
    this.knownId = "";
    this.lastNumber = -1;
    this.lastStart = start;
    this.lastEnd = start - 1;
  }

  /** The segment id: `CLP`. */
  get id(): string {
    if (this.knownId === "") {
      const separator = this.delimiters.element.charCodeAt(0);
      const id = idOf(this.around, this.start, this.end, separator);
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
    return count(this.around, this.start, this.end, this.delimiters.element.charCodeAt(0));
  }

  /** Whether the segment reaches as far as element `number`, be it empty. */
  reaches(number: number): boolean {
    return this.find(number);
  }

  /** Element `number` whole, "" where absent. */
  element(number: number): string {
    return this.find(number) ? textOf(this.around, this.lastStart, this.lastEnd) : "";
  }

  /** The same, of an element whose text a file is likely to repeat: it is not copied each time. */
  sharedElement(number: number): string {
    return this.find(number) ? sharedTextOf(this.around, this.lastStart, this.lastEnd) : "";
  }

  /**
   * What `reader` makes of element `number` where it stands, from `start` to `end` of a text, so
   * that numbers and dates are read without a copy; `start` is `end` where it is absent.
   */
  read<T>(number: number, reader: (text: string, start: number, end: number) => T): T {
    if (this.find(number)) return reader(this.around, this.lastStart, this.lastEnd);
    return reader(this.around, this.end, this.end);
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
    return this.around.slice(this.start, this.end);
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
    const separator = this.delimiters.element.charCodeAt(0);
    const { around, end } = this;
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
      while (at < end && around.charCodeAt(at) !== separator) at += 1;
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
