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

function offenders({ kind, elements }: Note, values: readonly string[]): readonly number[] {
  const isPresent = (element: number) => (values[element] ?? "") !== "";
  const [first = 0, ...others] = elements;
  const present = elements.filter(isPresent);
  switch (kind) {
    case "P":
      return present.length === 0 ? [] : elements.filter((element) => !isPresent(element));
    case "R":
      return present.length > 0 ? [] : [first];
    case "E":
      return present.slice(1);
    case "C":
      return isPresent(first) ? others.filter((element) => !isPresent(element)) : [];
    case "L":
      return isPresent(first) && !others.some(isPresent) ? others.slice(0, 1) : [];
    default:
      return [];
  }
}
