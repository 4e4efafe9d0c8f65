import { ENCOUNTER_FIELD, type Encounter, type Field } from "../../intake/index.ts";

/**
 * Tokens of a JSON pointer on the way down; `pointerTo` makes the pointer while a date is visited.
 */
export type Path = readonly (string | number)[];

/** Called with a date as written and its field's name; false ends the walk. */
type TestDate = (date: string, name: string) => boolean;

/** Called with a date as written, the way to its structure, and its field's name. */
type VisitDate = (date: string, path: Path, name: string) => void;

/** JSON pointer of a field in the structure at the end of the path. */
export function pointerTo(path: Path, name: string): string {
  return `/${[...path, name].join("/")}`;
}

/** The fields of a structure that are dates or hold some, found once. */
type DatedFields = readonly (readonly [name: string, field: Field])[];

const dated = new Map<Field, DatedFields>();

/** Whether every date of an encounter passes the test: asked first, for no way is remembered. */
export function everyDate(encounter: Encounter, test: TestDate): boolean {
  return passes(encounter, ENCOUNTER_FIELD, test);
}

function passes(value: unknown, field: Field, test: TestDate): boolean {
  if (field.item !== undefined) {
    if (!Array.isArray(value)) return true;
    for (let index = 0; index < value.length; index += 1) {
      if (!passes(value[index], field.item, test)) return false;
    }
    return true;
  }
  if (value === null || typeof value !== "object") return true;
  const fields = datedFields(field);
  for (let index = 0; index < fields.length; index += 1) {
    const [name, within] = fields[index] as DatedFields[number];
    const child: unknown = (value as Record<string, unknown>)[name];
    if (child === undefined) continue;
    const date = within.kind === "date" && typeof child === "string";
    if (!(date ? test(child, name) : passes(child, within, test))) return false;
  }
  return true;
}

/** Calls back for every date of an encounter, found by the fields of its schema. */
export function eachDate(encounter: Encounter, visit: VisitDate): void {
  walk(encounter, ENCOUNTER_FIELD, [], visit);
}

function walk(value: unknown, field: Field, path: (string | number)[], visit: VisitDate): void {
  if (field.item !== undefined) {
    if (!Array.isArray(value)) return;
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      walk(value[index], field.item, path, visit);
      path.pop();
    }
    return;
  }
  if (value === null || typeof value !== "object") return;
  for (const [name, within] of datedFields(field)) {
    const child: unknown = (value as Record<string, unknown>)[name];
    if (child === undefined) continue;
    if (within.kind === "date" && typeof child === "string") {
      visit(child, path, name);
      continue;
    }
    path.push(name);
    walk(child, within, path, visit);
    path.pop();
  }
}

function datedFields(field: Field): DatedFields {
  const known = dated.get(field);
  if (known !== undefined) return known;
  const found = [...(field.fields ?? [])].filter(([, within]) => holdsDate(within));
  dated.set(field, found);
  return found;
}

function holdsDate(field: Field): boolean {
  if (field.kind === "date") return true;
  return datedFields(field.item ?? field).length > 0;
}
