import type { Segment } from "../x12/segment.ts";

/**
 * A loop as read: its segments in file order and the loops within it, named as the implementation
 * guide names them.
 */
export class Loop {
  readonly id: string;
  readonly parent: Loop | undefined;
  readonly segments: Segment[] = [];
  readonly loops: Loop[] = [];

  constructor(id: string, parent: Loop | undefined) {
    this.id = id;
    this.parent = parent;
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
    for (const loop of this.loops) if (loop.id === id) return loop;
    return undefined;
  }

  /** All loops `id` directly within this one, in file order. */
  loopsOf(id: string): Loop[] {
    return this.loops.filter((loop) => loop.id === id);
  }

  /** The nearest enclosing loop `id`, this one included. */
  within(id: string): Loop | undefined {
    return this.id === id ? this : this.parent?.within(id);
  }
}

function matches(segment: Segment, id: string, qualifier: string | undefined): boolean {
  return segment.id === id && (qualifier === undefined || segment.element(1) === qualifier);
}
