/**
 * Builders of element positions, so that a guide reads like a table. Sizes are those of the X12
 * 005010 data element dictionary; names are our own words.
 */
import type { ElementType, GuideElement, Usage } from "./guide.ts";
import { SERVICE_CODE } from "./meanings/claims.ts";
import { YES_NO } from "./meanings/parties.ts";
import type { Meanings } from "./meanings/table.ts";

/** Required. */
export const R = "R";
/** Situational. */
export const S = "S";

/** Code values written as words: `codes("11 12 ZZ")`. */
export function codes(words: string): readonly string[] {
  return words.split(" ");
}

/**
 * Code values that the guide names (an array), those of a whole table of meanings, or the external
 * set that owns them (its name).
 */
export type Values = readonly string[] | Meanings | string;

/** What the code values mean: a table of ours, or the external set that tells it (its name). */
type Explanation = Meanings | string;

type Builder = (
  name: string,
  usage: Usage,
  min: number,
  max: number,
  values?: Values,
  explanation?: Explanation,
) => GuideElement;

/** An alphanumeric element. */
export const an: Builder = builder("AN");
/** An identifier: a value out of a list of codes. */
export const id: Builder = builder("ID");
/** A whole number. */
export const n0: Builder = builder("N0");
/** A decimal number. */
export const r: Builder = builder("R");
/** A date. */
export const dt: Builder = builder("DT");
/** A time. */
export const tm: Builder = builder("TM");

/** A monetary amount (data element 782). */
export function money(name: string, usage: Usage): GuideElement {
  return r(name, usage, 1, 18);
}

/** A quantity (data element 380). */
export function quantity(name: string, usage: Usage): GuideElement {
  return r(name, usage, 1, 15);
}

/** A reference number (data element 127). */
export function reference(name: string, usage: Usage, values?: Values): GuideElement {
  return an(name, usage, 1, 50, values);
}

/** A date as CCYYMMDD (data element 373). */
export function date(name: string, usage: Usage): GuideElement {
  return dt(name, usage, 8, 8);
}

/** A yes or no (data element 1073), with the answers that the guide allows. */
export function yesNo(name: string, usage: Usage, answers: string): GuideElement {
  return id(name, usage, 1, 1, codes(answers), YES_NO);
}

/** An element made of components; its length is that of its components. */
export function composite(
  name: string,
  usage: Usage,
  components: readonly GuideElement[],
  repeat?: number,
): GuideElement {
  const max = components.reduce((sum, component) => sum + component.max + 1, -1);
  const element = { name, usage, type: "AN", min: 1, max, components } as const;
  return repeat === undefined ? element : { ...element, repeat };
}

/** Positions that the standard has and the guide does not use. */
export function unused(count: number): GuideElement[] {
  return Array.from({ length: count }, () => ({
    name: "Not used",
    usage: "N",
    type: "AN",
    min: 0,
    max: 256,
  }));
}

/** The same element several times over, each with its number in its name. */
export function times(
  count: number,
  build: (ordinal: number) => readonly GuideElement[],
): GuideElement[] {
  return Array.from({ length: count }, (_, index) => build(index + 1)).flat();
}

/** A procedure with up to four modifiers (composite C003), described where the guide says so. */
export function procedure(
  name: string,
  usage: Usage,
  qualifiers: string,
  description: Usage,
): GuideElement {
  return composite(name, usage, [
    id("Kind of service code", R, 2, 2, codes(qualifiers), SERVICE_CODE),
    an("Service code", R, 1, 48),
    ...times(4, (ordinal) => [an(`Modifier ${ordinal}`, S, 2, 2, "modifier")]),
    an("Description of the service", description, 1, 80),
    ...unused(1),
  ]);
}

function builder(type: ElementType): Builder {
  return (name, usage, min, max, values, explanation) => ({
    name,
    usage,
    type,
    min,
    max,
    ...allowed(values),
    ...(typeof explanation === "string" ? { codeSet: explanation } : {}),
    ...(typeof explanation === "object" ? { meanings: explanation } : {}),
  });
}

function allowed(values: Values | undefined): Pick<GuideElement, "codes" | "codeSet" | "meanings"> {
  if (values === undefined) return {};
  if (typeof values === "string") return { codeSet: values };
  return isList(values) ? { codes: values } : { codes: Object.keys(values), meanings: values };
}

function isList(values: readonly string[] | Meanings): values is readonly string[] {
  return Array.isArray(values);
}
