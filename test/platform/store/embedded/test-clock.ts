/** A clock that a test sets. */
import type { Clock } from "../../../../src/platform/store/embedded/clock.ts";

/** Time passes when it is told to; the wall clock may also be set, as people do. */
export class TestClock implements Clock {
  #wall: number;
  #elapsed = 1000;

  constructor(wall = Date.UTC(2026, 0, 1)) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** Lets time pass on both clocks. */
  pass(milliseconds: number): void {
    this.#wall += milliseconds;
    this.#elapsed += milliseconds;
  }

  /** Sets the wall clock, forwards or backwards; no time passes. */
  setWall(by: number): void {
    this.#wall += by;
  }
}
