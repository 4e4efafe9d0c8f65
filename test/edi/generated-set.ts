/** Transaction sets made up by a guide's own data: whatever the guide allows may come out. */
import type { Guide, GuideElement, GuideLoop, GuideSegment } from "../../src/edi/guides/index.ts";
import { brokenNotes } from "../../src/edi/guides/syntax-note.ts";
import type { ElementValue, LoopValue, SegmentValue } from "../../src/edi/x12/index.ts";
import type { Dice } from "../platform/store/embedded/dice.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/** How often something situational stands there, by how deep its loop is. */
const CHANCES = [0.6, 0.5, 0.4, 0.3, 0.3, 0.25];
/** Only so many of what may repeat more often. */
const REPEATS_MAX = 3;

/** Loop "ST" of a set without ST and SE, valid by everything but rules between segments. */
export function generatedSet(guide: Guide, dice: Dice): LoopValue {
  return new Generator(dice).loop(guide.root, 0);
}

class Generator {
  readonly #dice: Dice;
  #levels = 0;
  /** HL01 of the levels that are open. */
  readonly #parents: number[] = [];

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  loop(loop: GuideLoop, depth: number): LoopValue {
    const segments: SegmentValue[] = [];
    const loops: LoopValue[] = [];
    const isLevel = loop.hierarchy !== undefined;
    if (isLevel) this.#levels += 1;
    const number = this.#levels;
    if (isLevel) this.#parents.push(number);
    for (const child of loop.children) {
      if (child.id === "ST" || child.id === "SE") continue;
      for (let times = this.#times(child, depth); times > 0; times -= 1) {
        if (child.kind === "loop") loops.push(this.loop(child, depth + 1));
        else segments.push(this.#segment(child));
      }
    }
    if (isLevel) {
      this.#parents.pop();
      const hasChildren = this.#levels > number;
      segments[0] = this.#level(loop, segments[0], number, hasChildren);
    }
    return { id: loop.id, segments, loops };
  }

  #times({ usage, repeat }: GuideLoop | GuideSegment, depth: number): number {
    if (usage === "N") return 0;
    const chance = CHANCES[Math.min(depth, CHANCES.length - 1)] ?? 0;
    if (usage === "S" && !this.#dice.chance(chance)) return 0;
    const most = this.#dice.chance(0.2) ? Math.min(repeat, REPEATS_MAX) : 1;
    return 1 + this.#dice.below(most);
  }

  /** HL with its own number, that of the level around, and whether levels stand below. */
  #level(
    loop: GuideLoop,
    hl: SegmentValue | undefined,
    number: number,
    hasChildren: boolean,
  ): SegmentValue {
    const [, , , , child] = hl ?? ["HL"];
    const parent = this.#parents.at(-1);
    const level = loop.hierarchy?.levelCode ?? "";
    const below = child === undefined ? [] : [hasChildren ? "1" : "0"];
    return ["HL", String(number), parent === undefined ? "" : String(parent), level, ...below];
  }

  #segment(segment: GuideSegment): SegmentValue {
    const { elements, syntax = [] } = segment;
    const chosen = elements.map((element) => this.#isThere(element));
    // The notes of the standard take elements in or throw them out until none is broken.
    for (let round = 0; round < elements.length; round += 1) {
      const present = ["", ...chosen.map((there) => (there ? "x" : ""))];
      const broken = brokenNotes(syntax, present).filter(({ element }) =>
        isFree(elements, element),
      );
      if (broken.length === 0) break;
      for (const { note, element } of broken) chosen[element - 1] = !note.startsWith("E");
    }
    const values: ElementValue[] = [];
    elements.forEach((element, index) => {
      const format = formatOf(elements[index - 1], values[index - 1]);
      values.push(chosen[index] === true ? this.#element(segment, element, index + 1, format) : "");
    });
    while (values.length > 0 && values.at(-1) === "") values.pop();
    return [segment.id, ...values];
  }

  #element(
    segment: GuideSegment,
    element: GuideElement,
    number: number,
    format: string,
  ): ElementValue {
    const { when } = segment;
    const key = when?.element === number ? when : undefined;
    const most = this.#dice.chance(0.3) ? Math.min(element.repeat ?? 1, REPEATS_MAX) : 1;
    const count = key === undefined ? 1 + this.#dice.below(most) : 1;
    const values = Array.from({ length: count }, () => {
      if (element.components !== undefined) return this.#composite(element.components, key?.codes);
      return this.#value(element, format, key?.codes);
    });
    return values.length === 1 ? (values[0] ?? "") : { repeat: values };
  }

  #composite(components: readonly GuideElement[], keys: readonly string[] | undefined) {
    const parts: string[] = [];
    components.forEach((component, index) => {
      const there = this.#isThere(component);
      const codes = index === 0 ? keys : undefined;
      const format = formatOf(components[index - 1], parts[index - 1]);
      parts.push(there ? this.#value(component, format, codes) : "");
    });
    while (parts.length > 0 && parts.at(-1) === "") parts.pop();
    // One component alone is written as an element without separators.
    return parts.length > 1 ? parts : (parts[0] ?? "");
  }

  #value(element: GuideElement, format: string, keys: readonly string[] | undefined): string {
    const codes = keys ?? element.codes;
    if (codes !== undefined) return this.#dice.pick(codes);
    const { type, min, max } = element;
    switch (type) {
      case "DT":
        return this.#day().slice(max === 6 ? 2 : 0);
      case "TM":
        return this.#time() + (max >= 6 && this.#dice.chance(0.3) ? "30" : "");
      case "N0":
      case "N2":
        return this.#digits(min, Math.min(max, 6));
      case "R":
        return this.#decimal(Math.min(max, 8));
      default:
        return this.#formatted(format) ?? this.#text(min, Math.min(max, min + 11));
    }
  }

  #formatted(format: string): string | undefined {
    switch (format) {
      case "D8":
        return this.#day();
      case "RD8": {
        const [from = "", to = ""] = [this.#day(), this.#day()].sort();
        return `${from}-${to}`;
      }
      case "DT":
        return this.#day() + this.#time();
      case "TM":
        return this.#time();
      default:
        return undefined;
    }
  }

  #isThere({ usage }: GuideElement): boolean {
    return usage === "R" || (usage === "S" && this.#dice.chance(0.4));
  }

  #day(): string {
    const year = 1990 + this.#dice.below(40);
    return `${year}${two(1 + this.#dice.below(12))}${two(1 + this.#dice.below(28))}`;
  }

  #time(): string {
    return two(this.#dice.below(24)) + two(this.#dice.below(60));
  }

  #digits(min: number, max: number): string {
    const length = min + this.#dice.below(max - min + 1);
    return Array.from({ length }, () => String(this.#dice.below(10))).join("");
  }

  #decimal(max: number): string {
    const whole = String(this.#dice.below(10 ** Math.min(max, 5)));
    const cents = max - whole.length >= 2 && this.#dice.chance(0.5) ? `.${this.#digits(1, 2)}` : "";
    return `${this.#dice.chance(0.1) ? "-" : ""}${whole}${cents}`;
  }

  #text(min: number, max: number): string {
    const length = min + this.#dice.below(max - min + 1);
    const letters = Array.from({ length }, () => this.#dice.pick([...LETTERS]));
    if (length > 4 && this.#dice.chance(0.3)) letters[2] = " ";
    return letters.join("");
  }
}

/** How the value behind is written, when what stands before is a qualifier that says it. */
function formatOf(qualifier: GuideElement | undefined, value: ElementValue | undefined): string {
  const isFormat = typeof value === "string" && qualifier?.codes?.includes(value) === true;
  return isFormat ? value : "";
}

/** Whether a note may take the element in or throw it out. */
function isFree(elements: readonly GuideElement[], number: number): boolean {
  return elements[number - 1]?.usage === "S";
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
