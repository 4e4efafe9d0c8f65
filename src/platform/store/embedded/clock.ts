/** Time, from one place: a test gives its own. */

/** Two clocks, for two questions. */
export interface Clock {
  /** Milliseconds since 1970, for what is stored or compared with what is stored; people may set it back. */
  now(): number;
  /** Milliseconds that only grow, for how long something may last. */
  elapsed(): number;
}

/** The machine's own. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
};
