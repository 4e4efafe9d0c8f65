import type { Delimiters } from "./delimiters.ts";

/**
 * One segment as it stands in the file: a lazy view, split only when an element is asked for.
 * Element numbers are the standard's, 1-based: `clp.element(2)` is CLP02. What is absent reads as "".
 */
export class Segment {
  readonly id: string;
  /** Position in its transaction set, ST = 1 (in the interchange for envelope segments). */
  readonly position: number;
  readonly delimiters: Delimiters;
  readonly #text: string;
  #elements: string[] | undefined;

  constructor(text: string, position: number, delimiters: Delimiters) {
    const end = text.indexOf(delimiters.element);
    this.id = end < 0 ? text : text.slice(0, end);
    this.position = position;
    this.delimiters = delimiters;
    this.#text = text;
  }

  /** How many elements stand behind the segment id. */
  get elementCount(): number {
    return this.#split().length - 1;
  }

  /** Element `number` whole, "" where absent. */
  element(number: number): string {
    return this.#split()[number] ?? "";
  }

  /** The components of element `number`, in order; [""] where absent. */
  components(number: number): readonly string[] {
    return this.element(number).split(this.delimiters.component);
  }

  /** One component, 1-based, "" where absent. */
  component(number: number, component: number): string {
    return this.components(number)[component - 1] ?? "";
  }

  /** The repetitions of element `number`; each may hold components. */
  repetitions(number: number): readonly string[] {
    const { repetition } = this.delimiters;
    return repetition === undefined ? [this.element(number)] : this.element(number).split(repetition);
  }

  /** The segment as it stood in the file, without its terminator. */
  toString(): string {
    return this.#text;
  }

  #split(): string[] {
    this.#elements ??= this.#text.split(this.delimiters.element);
    return this.#elements;
  }
}
