import { isDateAt, isFormatted, isTime, type Passage, type Segment, textOf } from "../x12/index.ts";
import type { GuideElement, GuideSegment } from "./guide.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";
import { type NoteMask, noteMasks, obeysNotes } from "./syntax-note.ts";

/**
 * How a guide wants a segment written, ready to be held against its bytes. Nearly every segment of
 * nearly every file is as it should be: that is seen in one go over its bytes, and only of the
 * others is told, element by element, what is wrong (`checkSegment`).
 */
export interface Form {
  readonly elements: readonly ElementForm[];
  /** Elements that the segment must reach. */
  readonly reach: number;
  readonly notes: readonly NoteMask[];
}

/** What a value is made of. */
const [TEXT, DECIMAL, INTEGER, DATE, TIME, BINARY] = [0, 1, 2, 3, 4, 5];

const KINDS: Readonly<Record<GuideElement["type"], number>> = {
  AN: TEXT,
  ID: TEXT,
  R: DECIMAL,
  N0: INTEGER,
  N2: INTEGER,
  DT: DATE,
  TM: TIME,
  B: BINARY,
};

class ElementForm {
  readonly isRequired: boolean;
  readonly isUnused: boolean;
  readonly min: number;
  readonly max: number;
  readonly kind: number;
  readonly codes: ReadonlySet<string> | undefined;
  /** Whether it names the format of the element behind it. */
  readonly isFormat: boolean;
  /** The formats that the element before it may name for this one. */
  readonly formats: ReadonlySet<string> | undefined;
  readonly components: readonly ElementForm[] | undefined;

  constructor(element: GuideElement, before: GuideElement | undefined) {
    this.isRequired = element.usage === "R";
    this.isUnused = element.usage === "N";
    this.min = element.min;
    this.max = element.max;
    this.kind = KINDS[element.type];
    this.codes = element.codes && new Set(element.codes);
    this.isFormat = element.meanings === DATE_FORMAT;
    this.formats = before?.meanings === DATE_FORMAT ? new Set(before.codes) : undefined;
    this.components = element.components && formsOf(element.components);
  }
}

function formsOf(elements: readonly GuideElement[]): readonly ElementForm[] {
  return elements.map((element, index) => new ElementForm(element, elements[index - 1]));
}

/** The form of a segment of a guide. */
export function formOf({ elements, syntax = [] }: GuideSegment): Form {
  return {
    elements: formsOf(elements),
    reach: elements.findLastIndex(({ usage }) => usage === "R") + 1,
    notes: noteMasks(syntax),
  };
}

const [SPACE, DELETE, MINUS, POINT, ZERO, NINE] = [32, 127, 45, 46, 48, 57];

/**
 * Whether nothing at all can be found in the segment. False says only that it is to be looked at
 * more closely, which `checkSegment` does: repetitions, for one, are left to it.
 */
export function obeys(segment: Segment, form: Form): boolean {
  const { elements } = form;
  const count = segment.elementCount;
  if (count > elements.length || count < form.reach) return false;
  const { passage, firstMark } = segment;
  const { marks } = passage;
  let present = 0;
  let end = marks[firstMark] ?? 0;
  for (let number = 1; number <= count; number += 1) {
    const element = elements[number - 1];
    if (element === undefined) return false;
    const start = end + 1;
    end = marks[firstMark + number] ?? 0;
    if (start === end) {
      if (element.isRequired) return false;
    } else {
      if (element.isUnused) return false;
      present |= 1 << number;
      if (element.components !== undefined) {
        if (!composes(passage, element.components, start, end)) return false;
      } else {
        if (!fits(passage, element, start, end)) return false;
        const { formats } = element;
        if (formats !== undefined && !isAsNamed(segment, number, formats)) return false;
      }
    }
  }
  return form.notes.length === 0 || obeysNotes(form.notes, present);
}

/** A date or time is written as the element before it says. */
function isAsNamed(segment: Segment, number: number, formats: ReadonlySet<string>): boolean {
  const format = segment.element(number - 1);
  return !formats.has(format) || isFormatted(segment.element(number), format);
}

function composes(
  passage: Passage,
  components: readonly ElementForm[],
  start: number,
  end: number,
): boolean {
  const { bytes, component: separator } = passage;
  let from = start;
  let before = "";
  for (const component of components) {
    // Behind the last one there is nothing: what is required there is missing.
    let to = from;
    while (to < end && bytes[to] !== separator) to += 1;
    if (from >= to) {
      if (component.isRequired) return false;
      before = "";
    } else {
      if (component.isUnused || !fits(passage, component, from, to)) return false;
      if (component.formats !== undefined) {
        const format = before;
        const value = textOf(passage, from, to);
        if (component.formats.has(format) && !isFormatted(value, format)) return false;
      }
      before = component.isFormat ? textOf(passage, from, to) : "";
    }
    from = to + 1;
  }
  return from > end;
}

/** Whether a value that is there has the size, the characters and the code that are wanted. */
function fits(passage: Passage, form: ElementForm, start: number, end: number): boolean {
  const width = end - start;
  if (width > form.max || !isTyped(passage, form, start, end)) return false;
  return form.codes === undefined || form.codes.has(textOf(passage, start, end));
}

function isTyped(passage: Passage, form: ElementForm, start: number, end: number): boolean {
  const { kind, min } = form;
  if (kind === DECIMAL || kind === INTEGER) {
    const digits = digitsOf(passage.bytes, start, end, kind === DECIMAL);
    return digits >= min && digits > 0;
  }
  if (end - start < min) return false;
  if (kind === TEXT) return isPlainText(passage, start, end);
  if (kind === DATE) return isDateAt(passage.bytes, start, end);
  return kind === BINARY || isTime(textOf(passage, start, end));
}

function isPlainText({ bytes, repetition }: Passage, start: number, end: number): boolean {
  if (bytes[start] === SPACE) return false;
  for (let at = start; at < end; at += 1) {
    const character = bytes[at] ?? 0;
    if (character < SPACE || character === DELETE || character === repetition) return false;
  }
  return true;
}

/** How many digits a number has; 0 when it is none. */
function digitsOf(bytes: Uint8Array, start: number, end: number, isDecimal: boolean): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  let digits = end - at;
  let pointed = !isDecimal;
  for (; at < end; at += 1) {
    const character = bytes[at] ?? 0;
    if (character >= ZERO && character <= NINE) continue;
    if (character !== POINT || pointed) return 0;
    pointed = true;
    digits -= 1;
  }
  return digits;
}
