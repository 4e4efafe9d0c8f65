import type { Finding, Severity, SnipType } from "../../edi/x12/finding.ts";
import { byKind, type EncounterKind } from "./encounter-kind.ts";
import { FIELD_ROWS } from "./fields.ts";

/** What a field of an encounter is: how it travels in X12, or `none` when it does not. */
export type FieldKind =
  | "text"
  | "identifier"
  | "code"
  | "date"
  | "dateTime"
  | "amount"
  | "quantity"
  | "integer"
  | "boolean"
  | "none"
  | "object"
  | "array";

/** One field of an encounter: its name for people and its place in the 837 and on paper. */
export interface Field {
  readonly kind: FieldKind;
  readonly label: string;
  readonly loop: string | undefined;
  readonly segment: string | undefined;
  readonly element: number | undefined;
  readonly component: number | undefined;
  /** Element 1 that tells the segment from others with its id: `6R` of REF*6R. */
  readonly qualifier: string | undefined;
  /** Box of the CMS-1500, locator of the UB-04, box of the ADA form: `24D`. */
  readonly box: string | undefined;
  /** The fields within, by name, when this is a structure. */
  readonly fields: ReadonlyMap<string, Field> | undefined;
  /** What each item is, when this is a list. */
  readonly item: Field | undefined;
}

/** NM109, REF02:6R, SV101-2. */
const ELEMENT = /^([A-Z][A-Z0-9]{1,2})(\d\d)(?:-(\d))?(?::(\w+))?$/;

/** Structures that only group fields; a label says nothing of them. */
const GROUPS: ReadonlySet<string> = new Set([
  "encounter",
  "claim",
  "service",
  "address",
  "contact",
  "diagnosis pointers",
  "claim dates",
  "claim references",
  "admission information",
  "claim note",
  "line dates",
  "line references",
  "extension",
]);

/** Where a billing provider's fields stand that are not of loop 2010AA. */
const BILLING_LOOPS: Readonly<Record<string, string>> = {
  PRV03: "2000A",
  "REF02:G2": "2010BB",
  "REF02:LU": "2010BB",
};

/** The encounter as a tree of fields, by kind of claim. */
const ENCOUNTER_FIELDS = byKind((kind) =>
  structure(kind, "encounter", "encounter", { loop: undefined, x12: "", box: undefined }),
);

/** The encounter of a kind as a tree of fields. */
export function encounterField(kind: EncounterKind): Field {
  return ENCOUNTER_FIELDS[kind];
}

/**
 * The deepest known field at or above a JSON pointer, with the labels on the way ("service line 2
 * units").
 */
export function fieldAt(
  pointer: string,
  kind: EncounterKind,
): { readonly field: Field; readonly label: string } {
  let field = ENCOUNTER_FIELDS[kind];
  let labels: string[] = [];
  const tokens = pointer.split("/").slice(1);
  for (const [depth, token] of tokens.entries()) {
    const within: Field | undefined = field.fields?.get(token) ?? field.item;
    if (within === undefined) break;
    if (field.item !== undefined) labels = [...labels.slice(0, -1), `${field.label} ${+token + 1}`];
    else if (depth === tokens.length - 1 || !GROUPS.has(within.label))
      labels = appended(labels, within.label);
    field = within;
  }
  return { field, label: labels.length === 0 ? field.label : labels.join(" ") };
}

/**
 * What a finding about an encounter says; the place in X12 and on paper is added from the pointer.
 */
export interface FieldFinding {
  readonly severity: Severity;
  readonly code: string;
  readonly snip: SnipType;
  /** JSON pointer into the encounter. */
  readonly pointer: string;
  /** The kind of the encounter. */
  readonly kind: EncounterKind;
  /** The sentence that follows the field's name: "is missing". No value of the data. */
  readonly says: string;
  readonly fix?: string;
}

/** A finding about a field, with loop, segment, element and the box on paper (INTAKE 3). */
export function fieldFinding(about: FieldFinding): Finding {
  const { field, label } = fieldAt(about.pointer, about.kind);
  const place = placeOf(field, about.kind);
  const where = place === "" ? "" : ` (${place})`;
  return {
    severity: about.severity,
    code: about.code,
    snip: about.snip,
    ...(field.loop === undefined ? {} : { loop: field.loop }),
    ...(field.segment === undefined ? {} : { segment: field.segment }),
    ...(field.element === undefined ? {} : { element: field.element }),
    ...(field.component === undefined ? {} : { component: field.component }),
    pointer: about.pointer,
    message: `${label.charAt(0).toUpperCase()}${label.slice(1)} ${about.says}${where}.`,
    ...(about.fix === undefined ? {} : { fix: about.fix }),
  };
}

/** How people name the boxes of the form of each kind of claim. */
const FORMS: Readonly<Record<EncounterKind, string>> = {
  professional: "CMS-1500 box",
  institutional: "UB-04 FL",
  dental: "ADA box",
};

function placeOf(field: Field, kind: EncounterKind): string {
  const parts: string[] = [];
  if (field.loop !== undefined) parts.push(`loop ${field.loop}`);
  if (field.segment !== undefined && field.element !== undefined) {
    const qualifier = field.qualifier === undefined ? "" : `*${field.qualifier}`;
    const element = String(field.element).padStart(2, "0");
    const component = field.component === undefined ? "" : `-${field.component}`;
    parts.push(
      qualifier === "" ? `${field.segment}${element}${component}` : `${field.segment}${qualifier}`,
    );
  }
  if (field.box !== undefined) parts.push(`${FORMS[kind]} ${field.box}`);
  return parts.join(", ");
}

/** "other payer" within "other payer 1" is not said twice. */
function appended(labels: readonly string[], label: string): string[] {
  const last = labels.at(-1);
  return last !== undefined && label.startsWith(last)
    ? [...labels.slice(0, -1), label]
    : [...labels, label];
}

function structure(kind: EncounterKind, name: string, label: string, at: Place): Field {
  const fields = new Map<string, Field>();
  for (const row of FIELD_ROWS[name] ?? []) {
    const [fieldName = "", fieldKind = "", ...cells] = row.split("|");
    const kinds = cells[4] ?? "";
    if (kinds !== "" && !kinds.split(" ").includes(kind)) continue;
    const own = labelled(kind, cells);
    const place = { loop: own.loop || at.loop, x12: own.x12, box: own.box || at.box };
    if (at.loop === "2010AA") place.loop = BILLING_LOOPS[own.x12] ?? place.loop;
    fields.set(fieldName, fieldOf(kind, fieldKind, own.label, place));
  }
  return { ...nowhere("object", label), loop: at.loop, box: at.box, fields };
}

interface Labelled {
  readonly loop: string;
  readonly x12: string;
  readonly box: string;
  readonly label: string;
}

/**
 * What the cells of a row, from the third on, say for a kind of claim: loop, element and label of
 * the 837P where another kind has none of its own; the box is its own.
 */
function labelled(kind: EncounterKind, cells: readonly string[]): Labelled {
  const [loop = "", x12 = "", professionalBox = "", label = ""] = cells;
  if (kind === "professional") return { loop, x12, box: professionalBox, label };
  const from = kind === "institutional" ? 5 : 9;
  const [ownLoop = "", ownX12 = "", ownLabel = "", box = ""] = cells.slice(from, from + 4);
  return { loop: ownLoop || loop, x12: ownX12 || x12, box, label: ownLabel || label };
}

interface Place {
  readonly loop: string | undefined;
  readonly x12: string;
  readonly box: string | undefined;
}

function fieldOf(kind: EncounterKind, fieldKind: string, label: string, place: Place): Field {
  if (fieldKind.startsWith("array:")) {
    const item = fieldOf(kind, fieldKind.slice("array:".length), label, place);
    return { ...item, kind: "array", fields: undefined, item };
  }
  if (fieldKind.startsWith("object:")) {
    return structure(kind, fieldKind.slice("object:".length), label, place);
  }
  const [, segment, element, component, qualifier] = ELEMENT.exec(place.x12) ?? [];
  return {
    ...nowhere(fieldKind as FieldKind, label),
    loop: segment === "ISA" || segment === "BHT" ? undefined : place.loop,
    segment,
    element: element === undefined ? undefined : Number(element),
    component: component === undefined ? undefined : Number(component),
    qualifier,
    box: place.box,
  };
}

function nowhere(kind: FieldKind, label: string): Field {
  return {
    kind,
    label,
    loop: undefined,
    segment: undefined,
    element: undefined,
    component: undefined,
    qualifier: undefined,
    box: undefined,
    fields: undefined,
    item: undefined,
  };
}
