import {
  dateNumber,
  type Encounter,
  encounterField,
  type Field,
  kindOf,
  splitDateTime,
} from "../../intake/index.ts";

/**
 * Tokens of a JSON pointer on the way down; `pointerTo` makes the pointer while a date is visited.
 */
export type Path = readonly (string | number)[];

/** Called with a date as written, the way to its structure, and its field's name. */
type VisitDate = (date: string, path: Path, name: string) => void;

/** JSON pointer of a field in the structure at the end of the path. */
export function pointerTo(path: Path, name: string): string {
  return `/${[...path, name].join("/")}`;
}

/** The fields of a structure that are dates or hold some, found once. */
type DatedFields = readonly (readonly [name: string, field: Field])[];

const dated = new Map<Field, DatedFields>();

/** Dates that say what is to come. */
const MAY_BE_AHEAD: ReadonlySet<string> = new Set([
  "authorizedReturnToWorkDate",
  "disabilityEndDate",
  "assumedAndRelinquishedCareEndDate",
  "treatmentCompletionDate",
]);

/** Whether a date field says what is to come, and so may lie ahead. */
export function mayBeAhead(name: string): boolean {
  return MAY_BE_AHEAD.has(name);
}

/**
 * The latest date of an encounter that may not lie ahead, as `dateNumber` has it; NaN when any date
 * is none. It tells that no date is amiss without remembering the way to each.
 */
export function latestDate(encounter: Encounter): number {
  return latest(encounter, encounterField(kindOf(encounter)));
}

function latest(value: unknown, field: Field): number {
  let best = 0;
  if (field.item !== undefined) {
    if (!Array.isArray(value)) return best;
    for (let index = 0; index < value.length; index += 1) {
      best = Math.max(best, latest(value[index], field.item));
    }
    return best;
  }
  if (value === null || typeof value !== "object") return best;
  for (const [name, within] of datedFields(field)) {
    const child: unknown = (value as Record<string, unknown>)[name];
    if (child === undefined) continue;
    if (!isDate(within) || typeof child !== "string") {
      best = Math.max(best, latest(child, within));
      continue;
    }
    const date = dateNumber(dayOf(child, within));
    if (Number.isNaN(date) || !mayBeAhead(name)) best = Math.max(best, date);
  }
  return best;
}

/** Calls back for every date of an encounter, found by the fields of its schema. */
export function eachDate(encounter: Encounter, visit: VisitDate): void {
  walk(encounter, encounterField(kindOf(encounter)), [], visit);
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
    if (isDate(within) && typeof child === "string") {
      visit(dayOf(child, within), path, name);
      continue;
    }
    path.push(name);
    walk(child, within, path, visit);
    path.pop();
  }
}

function isDate({ kind }: Field): boolean {
  return kind === "date" || kind === "dateTime";
}

/** The day of a date, or of a date with the time of day. */
function dayOf(text: string, { kind }: Field): string {
  return kind === "dateTime" ? splitDateTime(text).date : text;
}

function datedFields(field: Field): DatedFields {
  const known = dated.get(field);
  if (known !== undefined) return known;
  const found = [...(field.fields ?? [])].filter(([, within]) => holdsDate(within));
  dated.set(field, found);
  return found;
}

function holdsDate(field: Field): boolean {
  if (isDate(field)) return true;
  return datedFields(field.item ?? field).length > 0;
}
