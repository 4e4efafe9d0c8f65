import { ENCOUNTER_FIELD, type Encounter, type Field } from "../../intake/index.ts";

/** Called with a date as written, its JSON pointer (built when asked for) and its field's name. */
type VisitDate = (date: string, pointer: () => string, name: string) => void;

/** Structures of the encounter that hold no date at all; their fields are not walked. */
const DATELESS = new WeakMap<Field, boolean>();

/** Calls back for every date of an encounter, found by the fields of its schema. */
export function eachDate(encounter: Encounter, visit: VisitDate): void {
  walk(encounter, ENCOUNTER_FIELD, [], visit);
}

function walk(value: unknown, field: Field, path: (string | number)[], visit: VisitDate): void {
  if (field.item !== undefined) {
    if (!Array.isArray(value) || !holdsDate(field.item)) return;
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      walk(value[index], field.item, path, visit);
      path.pop();
    }
    return;
  }
  if (field.fields === undefined || value === null || typeof value !== "object") return;
  for (const name in value) {
    const within = field.fields.get(name);
    if (within === undefined || !holdsDate(within)) continue;
    const child: unknown = (value as Record<string, unknown>)[name];
    if (within.kind === "date" && typeof child === "string") {
      visit(child, () => `/${[...path, name].join("/")}`, name);
      continue;
    }
    path.push(name);
    walk(child, within, path, visit);
    path.pop();
  }
}

function holdsDate(field: Field): boolean {
  const known = DATELESS.get(field);
  if (known !== undefined) return !known;
  const within = field.item === undefined ? [...(field.fields?.values() ?? [])] : [field.item];
  const holds = field.kind === "date" || within.some(holdsDate);
  DATELESS.set(field, !holds);
  return holds;
}
