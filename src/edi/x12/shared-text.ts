/**
 * Texts that a file repeats many thousand times, one string object each: nothing is copied to read
 * them again, and comparing them compares pointers.
 */

/** Longest code that has a place of its own. */
const CODE_LENGTH_MAX = 3;
/** The digits and capitals a code is made of, and one for "no character". */
const ALPHABET = 37;
/** 1 to 36 for the bytes of codes, 0 for any other. */
const ordinals = codeOrdinals();
/** Codes met so far, at the number that their characters make. */
const codes = new Array<string | undefined>(ALPHABET ** CODE_LENGTH_MAX).fill(undefined);

/** Longer texts, each at the place that its hash names; the newest of a place is kept. */
const PLACES = 1024;
/** What is longer is not copied by a slice, and would keep alive all the text that it came from. */
const LENGTH_MAX = 12;
const texts = new Array<string>(PLACES).fill("");

/** A text, and its characters as bytes. */
interface Passage {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Character code of the element separator. */
  readonly separator: number;
}

/**
 * What stands in a text from `start` to `end`. A code of up to three digits and capitals is the
 * same string object each time.
 */
export function textOf(around: Passage, start: number, end: number): string {
  if (end - start > CODE_LENGTH_MAX) return around.text.slice(start, end);
  const { bytes } = around;
  let place = 0;
  for (let at = start; at < end; at += 1) {
    const ordinal = ordinals[bytes[at] ?? 0] ?? 0;
    if (ordinal === 0) return around.text.slice(start, end);
    place = place * ALPHABET + ordinal;
  }
  return place === 0 ? "" : (codes[place] ?? rememberCode(place, around.text.slice(start, end)));
}

/**
 * What precedes the first separator of a segment that stands in a text from `start` to `end`: its
 * id, which is such a code.
 */
export function idOf(around: Passage, start: number, end: number): string {
  const { bytes, separator } = around;
  let place = 0;
  let at = start;
  while (at < end) {
    const character = bytes[at] ?? 0;
    if (character === separator) break;
    const ordinal = ordinals[character] ?? 0;
    // What is no code has no place, however it goes on.
    place =
      ordinal === 0 || place < 0 || at - start >= CODE_LENGTH_MAX ? -1 : place * ALPHABET + ordinal;
    at += 1;
  }
  if (place < 0) return around.text.slice(start, at);
  return place === 0 ? "" : (codes[place] ?? rememberCode(place, around.text.slice(start, at)));
}

/**
 * The same, for a text that is likely to come again: a procedure, the identifier of a provider.
 * While it is remembered it is the same string object each time.
 */
export function sharedTextOf(around: Passage, start: number, end: number): string {
  const length = end - start;
  if (length <= CODE_LENGTH_MAX || length > LENGTH_MAX) return textOf(around, start, end);
  const { bytes } = around;
  let hash = length;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  const place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
  const known = texts[place] ?? "";
  if (known.length === length && standsAt(known, around.text, start)) return known;
  const one = around.text.slice(start, end);
  texts[place] = one;
  return one;
}

function standsAt(known: string, text: string, start: number): boolean {
  // From the end, where identifiers differ first.
  for (let at = known.length - 1; at >= 0; at -= 1) {
    if (known.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}

function rememberCode(place: number, code: string): string {
  // A property key is one string object in the whole program, which a slice is not.
  const [one = code] = Object.keys({ [code]: true });
  codes[place] = one;
  return one;
}

function codeOrdinals(): Uint8Array {
  const ordinal = new Uint8Array(0x100);
  const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (const [index, character] of [...characters].entries()) {
    ordinal[character.charCodeAt(0)] = index + 1;
  }
  return ordinal;
}
