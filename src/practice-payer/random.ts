/**
 * A source of choices: gives a whole number from 0 to `below` − 1, the same ones for the same seed.
 */
export type Random = (below: number) => number;

/** The choices that follow from a seed (mulberry32 over a 32-bit hash). */
export function randomFrom(seed: string): Random {
  let state = hashText(seed);
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + random(most - least + 1);
}

/** True in `percent` of 100 cases. */
export function happens(random: Random, percent: number): boolean {
  return random(100) < percent;
}

/** One of the items; asserts that there is one. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random(Math.max(items.length, 1))];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/** One of the items, as often as its weight says; asserts that a weight is positive. */
export function pickWeighted<T>(
  random: Random,
  items: readonly T[],
  weight: (item: T) => number,
): T {
  let rest = random(
    Math.max(
      items.reduce((total, item) => total + weight(item), 0),
      1,
    ),
  );
  for (const item of items) {
    rest -= weight(item);
    if (rest < 0) return item;
  }
  throw new RangeError("nothing to pick from");
}

/** The same items in another order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const keyed = items.map((item, index) => ({ item, index, key: random(0x40000000) }));
  keyed.sort((a, b) => a.key - b.key || a.index - b.index);
  return keyed.map(({ item }) => item);
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A 32-bit hash of a text (FNV-1a, then mixed); not for secrets. */
function hashText(text: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return finish(hash);
}

/** A 32-bit hash of bytes (FNV-1a, then mixed); not for secrets. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = FNV_OFFSET;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return finish(hash);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const LETTERS = "0123456789BCDFGHJKLMNPQRSTVWXYZ";

/**
 * A text as a short code of `length` letters and digits, without vowels so that it spells nothing.
 */
export function shortCode(text: string, length: number): string {
  const random = randomFrom(text);
  return Array.from({ length }, () => LETTERS[random(LETTERS.length)]).join("");
}
