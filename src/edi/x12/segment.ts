import type { Delimiters } from "./delimiters.ts";

/** Segment ids met so far, one string object each, so that comparing ids compares pointers. */
const knownIds = new Map<number, string>();
const KNOWN_IDS_MAX = 2000;

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
  /** The element found last and where it starts, so that reading on does not begin again. */
  declare private lastNumber: number;
  declare private lastStart: number;

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
    this.lastNumber = 0;
    this.lastStart = start;
  }

  /** The segment id: `CLP`. */
  get id(): string {
    if (this.knownId === "") {
      const separator = this.delimiters.element.charCodeAt(0);
      this.knownId = segmentId(this.around, this.start, this.end, separator);
    }
    return this.knownId;
  }

  /** How many elements stand behind the segment id. */
  get elementCount(): number {
    return count(this.around, this.start, this.end, this.delimiters.element.charCodeAt(0));
  }

  /** Element `number` whole, "" where absent. */
  element(number: number): string {
    const start = this.find(number);
    if (start < 0) return "";
    const separator = this.delimiters.element.charCodeAt(0);
    const { around, end } = this;
    let at = start;
    while (at < end && around.charCodeAt(at) !== separator) at += 1;
    return at === start ? "" : around.slice(start, at);
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

  /** Where element `number` starts in the text around, -1 where absent. */
  private find(number: number): number {
    const separator = this.delimiters.element.charCodeAt(0);
    const { around, end } = this;
    let found = this.lastNumber;
    let at = this.lastStart;
    if (found > number) {
      found = 0;
      at = this.start;
    }
    while (found < number) {
      while (at < end && around.charCodeAt(at) !== separator) at += 1;
      if (at >= end) return -1;
      at += 1;
      found += 1;
    }
    this.lastNumber = found;
    this.lastStart = at;
    return at;
  }
}

/**
 * The id of the segment that stands in `text` from `start` to `end`: what precedes its first
 * separator.
 */
export function segmentId(text: string, start: number, end: number, separator: number): string {
  let at = start;
  let key = 0;
  while (at < end) {
    const character = text.charCodeAt(at);
    if (character === separator) break;
    key = (key << 8) | (character & 0xff);
    at += 1;
  }
  // Two or three ASCII characters make a key of their own; anything else is no segment id.
  if (at - start > 3 || key > 0x7f7f7f) return text.slice(start, at);
  const known = knownIds.get(key);
  return known ?? remember(key, text.slice(start, at));
}

function remember(key: number, id: string): string {
  // A property key is one string object in the whole program, which a slice is not.
  const [one = id] = Object.keys({ [id]: true });
  if (/^[A-Z][A-Z0-9]{1,2}$/.test(one) && knownIds.size < KNOWN_IDS_MAX) knownIds.set(key, one);
  return one;
}

function count(text: string, start: number, end: number, character: number): number {
  let found = 0;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === character) found += 1;
  return found;
}
