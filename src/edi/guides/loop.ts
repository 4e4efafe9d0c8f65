import type { Segment } from "../x12/segment.ts";

/**
 * Lists begin as copies of an empty one. V8 watches how long what a literal makes lives, and may
 * come to make it among the old objects; then every segment of the file would stay in memory until
 * the next collection of everything.
 */
const NO_SEGMENTS: Segment[] = [];

/** Stands for the loops of those that have none, which are most; nothing is added to it. */
const NONE: Loop[] = [];

/**
 * A loop as read: its segments in file order and the loops within it, named as the implementation
 * guide names them.
 */
export class Loop {
  // Declared, not defined: a defined field is written twice, and a file has millions of loops.
  declare readonly id: string;
  declare readonly parent: Loop | undefined;
  declare readonly segments: Segment[];
  declare private inner: Loop[];

  constructor(id: string, parent: Loop | undefined) {
    this.id = id;
    this.parent = parent;
    this.segments = NO_SEGMENTS.slice();
    this.inner = NONE;
  }

  /** The loops within it, in file order. */
  get loops(): readonly Loop[] {
    return this.inner;
  }

  /** Adds a loop behind those within. */
  add(loop: Loop): void {
    if (this.inner === NONE) this.inner = NONE.slice();
    this.inner.push(loop);
  }

  /** Takes away the last loop within. */
  removeLast(): void {
    this.inner.pop();
  }

  /** The first segment `id` of this loop, whose element 1 is `qualifier` when one is given. */
  segment(id: string, qualifier?: string): Segment | undefined {
    for (const segment of this.segments) if (matches(segment, id, qualifier)) return segment;
    return undefined;
  }

  /**
   * All segments `id` of this loop, in file order, whose element 1 is `qualifier` when one is
   * given.
   */
  segmentsOf(id: string, qualifier?: string): Segment[] {
    const found: Segment[] = [];
    for (const segment of this.segments) if (matches(segment, id, qualifier)) found.push(segment);
    return found;
  }

  /** The first loop `id` directly within this one. */
  loop(id: string): Loop | undefined {
    for (const loop of this.inner) if (loop.id === id) return loop;
    return undefined;
  }

  /** All loops `id` directly within this one, in file order. */
  loopsOf(id: string): Loop[] {
    return this.inner.filter((loop) => loop.id === id);
  }

  /** The nearest enclosing loop `id`, this one included. */
  within(id: string): Loop | undefined {
    return this.id === id ? this : this.parent?.within(id);
  }
}

function matches(segment: Segment, id: string, qualifier: string | undefined): boolean {
  return segment.id === id && (qualifier === undefined || segment.element(1) === qualifier);
}
