/** A syntax note that a segment breaks, and the element that is missing or too many. */
export interface BrokenNote {
  readonly note: string;
  readonly element: number;
}

interface Note {
  readonly text: string;
  readonly kind: string;
  readonly elements: readonly number[];
}

/** A note ready to be held against which elements are present, bit n for element n. */
export interface NoteMask {
  readonly kind: string;
  readonly first: number;
  readonly all: number;
}

/** The notes of a segment as masks; no segment has more than thirty elements. */
export function noteMasks(notes: readonly string[]): readonly NoteMask[] {
  return notes.map((text) => {
    const { kind, elements } = parsed.get(text) ?? parse(text);
    let all = 0;
    for (const element of elements) all |= 1 << element;
    return { kind, first: 1 << (elements[0] ?? 0), all };
  });
}

/** Whether the elements that are present break none of the notes. */
export function obeysNotes(notes: readonly NoteMask[], present: number): boolean {
  for (const { kind, first, all } of notes) {
    const some = present & all;
    if (some === 0) {
      if (kind === "R") return false;
    } else if (some !== all) {
      if (kind === "P") return false;
      if ((some & first) !== 0 && (kind === "C" || (kind === "L" && some === first))) return false;
    }
    if (kind === "E" && (some & (some - 1)) !== 0) return false;
  }
  return true;
}

const parsed = new Map<string, Note>();

/**
 * The syntax notes (X12.6: P paired, R at least one, E at most one, C if the first, L if the first
 * then one of the others) that the values break; `values[1]` is element 1.
 */
export function brokenNotes(notes: readonly string[], values: readonly string[]): BrokenNote[] {
  const broken: BrokenNote[] = [];
  for (const text of notes) {
    const note = parsed.get(text) ?? parse(text);
    for (const element of offenders(note, values)) broken.push({ note: text, element });
  }
  return broken;
}

function parse(text: string): Note {
  const elements = (text.slice(1).match(/[0-9]{2}/g) ?? []).map(Number);
  const note = { text, kind: text.slice(0, 1), elements };
  parsed.set(text, note);
  return note;
}

function offenders(note: Note, values: readonly string[]): readonly number[] {
  const { kind, elements } = note;
  const [first = 0] = elements;
  const count = countPresent(elements, values);
  const isFirst = isPresent(values, first);
  // Most segments break no note; only those that do are looked at element by element.
  if (kind === "P") return count === 0 || count === elements.length ? NONE : missing(note, values);
  if (kind === "R") return count > 0 ? NONE : [first];
  if (kind === "C") return !isFirst || count === elements.length ? NONE : missing(note, values);
  if (kind === "L") return !isFirst || count > 1 ? NONE : elements.slice(1, 2);
  if (kind === "E" && count > 1) {
    return elements.filter((element) => isPresent(values, element)).slice(1);
  }
  return NONE;
}

const NONE: readonly number[] = [];

function missing({ elements }: Note, values: readonly string[]): readonly number[] {
  return elements.filter((element) => !isPresent(values, element));
}

function countPresent(elements: readonly number[], values: readonly string[]): number {
  let count = 0;
  for (const element of elements) if (isPresent(values, element)) count += 1;
  return count;
}

function isPresent(values: readonly string[], element: number): boolean {
  return (values[element] ?? "") !== "";
}
