/** Random choices that can be repeated: every fuzz names its seed when it fails. */

/** Random choices from one seed. */
export interface Dice {
  readonly seed: number;
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

const ofThisRun = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

/** Returns the seed of FUZZ_SEED, or one of this run. */
export function freshSeed(): number {
  return ofThisRun;
}

/** Returns dice of a seed (mulberry32); tests of one run that should not roll alike differ in their stream. */
export function diceOf(seed: number, stream = 0): Dice {
  let state = (seed + stream * 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    seed,
    below: (n) => Math.floor(next() * n),
    pick: (list) => list[Math.floor(next() * list.length)] as never,
    chance: (probability) => next() < probability,
  };
}
