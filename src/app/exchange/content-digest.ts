import { createHash } from "node:crypto";
import type { Loop } from "../../edi/guides/index.ts";
import { type Delimiters, type Segment, STANDARD_DELIMITERS } from "../../edi/x12/index.ts";

/** Segments that belong to the envelope of a set: the same content may travel under other control numbers. */
const ENVELOPE: ReadonlySet<string> = new Set(["ST", "SE"]);

/** A SHA-256 over the segments of a transaction set, whatever its delimiters and envelope (POSTING E4). */
export class ContentDigest {
  readonly #hash = createHash("sha256");

  /** Adds a loop with all that is within it, in file order. */
  add(loop: Loop): void {
    let text = "";
    const gather = (each: Loop) => {
      for (const segment of each.segments) {
        if (!ENVELOPE.has(segment.id)) text += `${canonical(segment)}~`;
      }
      for (const inner of each.loops) gather(inner);
    };
    gather(loop);
    this.#hash.update(text);
  }

  /** The digest, hexadecimal; nothing can be added after. */
  value(): string {
    return this.#hash.digest("hex");
  }
}

function canonical(segment: Segment): string {
  const text = segment.toString();
  return isStandard(segment.delimiters) ? text : translate(text, segment.delimiters);
}

function isStandard({ element, component }: Delimiters): boolean {
  return element === STANDARD_DELIMITERS.element && component === STANDARD_DELIMITERS.component;
}

function translate(text: string, delimiters: Delimiters): string {
  return text
    .split(delimiters.element)
    .map((element) => element.split(delimiters.component).join(STANDARD_DELIMITERS.component))
    .join(STANDARD_DELIMITERS.element);
}
