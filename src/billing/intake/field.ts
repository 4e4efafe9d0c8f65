import type { Finding, Severity, SnipType } from "../../edi/x12/finding.ts";
import { FIELD_ROWS } from "./fields.ts";

/** What a field of an encounter is: how it travels in X12, or `none` when it does not. */
export type FieldKind =
  | "text"
  | "identifier"
  | "code"
  | "date"
  | "amount"
  | "quantity"
  | "integer"
  | "boolean"
  | "none"
  | "object"
  | "array";

/** One field of an encounter: its name for people and its place in the 837P and on the CMS-1500. */
export interface Field {
  readonly kind: FieldKind;
  readonly label: string;
  readonly loop: string | undefined;
  readonly segment: string | undefined;
  readonly element: number | undefined;
  readonly component: number | undefined;
  /** Element 1 that tells the segment from others with its id: `6R` of REF*6R. */
  readonly qualifier: string | undefined;
  /** CMS-1500 box: `24D`. */
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

/** The encounter as a tree of fields. */
export const ENCOUNTER_FIELD: Field = structure("encounter", "encounter", undefined, undefined);

/**
 * The deepest known field at or above a JSON pointer, with the labels on the way ("service line 2
 * units").
 */
export function fieldAt(pointer: string): { readonly field: Field; readonly label: string } {
  let field = ENCOUNTER_FIELD;
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
  /** The sentence that follows the field's name: "is missing". No value of the data. */
  readonly says: string;
  readonly fix?: string;
}

/** A finding about a field, with loop, segment, element and CMS-1500 box (INTAKE 3). */
export function fieldFinding(about: FieldFinding): Finding {
  const { field, label } = fieldAt(about.pointer);
  const place = placeOf(field);
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

function placeOf(field: Field): string {
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
  if (field.box !== undefined) parts.push(`CMS-1500 box ${field.box}`);
  return parts.join(", ");
}

/** "other payer" within "other payer 1" is not said twice. */
function appended(labels: readonly string[], label: string): string[] {
  const last = labels.at(-1);
  return last !== undefined && label.startsWith(last)
    ? [...labels.slice(0, -1), label]
    : [...labels, label];
}

function structure(
  name: string,
  label: string,
  loop: string | undefined,
  box: string | undefined,
): Field {
  const fields = new Map<string, Field>();
  for (const row of FIELD_ROWS[name] ?? []) {
    const [fieldName = "", kind = "", ownLoop = "", x12 = "", ownBox = "", ownLabel = ""] =
      row.split("|");
    const place = { loop: ownLoop || loop, x12, box: ownBox || box };
    if (loop === "2010AA") place.loop = BILLING_LOOPS[x12] ?? place.loop;
    fields.set(fieldName, fieldOf(kind, ownLabel, place));
  }
  return { ...nowhere("object", label), loop, box, fields };
}

interface Place {
  readonly loop: string | undefined;
  readonly x12: string;
  readonly box: string | undefined;
}

function fieldOf(kind: string, label: string, place: Place): Field {
  if (kind.startsWith("array:")) {
    const item = fieldOf(kind.slice("array:".length), label, place);
    return { ...item, kind: "array", fields: undefined, item };
  }
  if (kind.startsWith("object:")) {
    return structure(kind.slice("object:".length), label, place.loop, place.box);
  }
  const [, segment, element, component, qualifier] = ELEMENT.exec(place.x12) ?? [];
  return {
    ...nowhere(kind as FieldKind, label),
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
