import type { Finding } from "../../../edi/x12/finding.ts";
import {
  byKind,
  type Encounter,
  type EncounterKind,
  encounterField,
  type Field,
  fieldFinding,
  kindOf,
} from "../../intake/index.ts";

/** Letters that no decomposition takes apart, as they are written without their sign. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ß: "ss",
  ẞ: "SS",
  Æ: "AE",
  æ: "ae",
  Œ: "OE",
  œ: "oe",
  Ø: "O",
  ø: "o",
  Ł: "L",
  ł: "l",
  Đ: "D",
  đ: "d",
  Ð: "D",
  ð: "d",
  Þ: "TH",
  þ: "th",
  ı: "i",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "–": "-",
  "—": "-",
  "‐": "-",
  "‑": "-",
  "−": "-",
  "…": "...",
};

/** The characters that end elements, components, repetitions and segments. */
const STANDARD = "*:^~";

/**
 * By character code: may travel as it is. Printable ASCII (X12 basic and extended sets) without
 * delimiters.
 */
type Allowed = Uint8Array;

const NONE: readonly Finding[] = [];
const SPACE = 32;
const tables = new Map<string, Allowed>();

function allowedBut(delimiters: string): Allowed {
  const known = tables.get(delimiters);
  if (known !== undefined) return known;
  const table = new Uint8Array(128).fill(1, SPACE, 127);
  for (const delimiter of delimiters) table[delimiter.charCodeAt(0)] = 0;
  tables.set(delimiters, table);
  return table;
}

/**
 * Whether a text may travel as it is: allowed characters only, some, and no blank at either end.
 */
function isCleanText(text: string, allowed: Allowed): boolean {
  const { length } = text;
  for (let at = 0; at < length; at += 1) {
    if (allowed[text.charCodeAt(at)] !== 1) return false;
  }
  return length > 0 && text.charCodeAt(0) !== SPACE && text.charCodeAt(length - 1) !== SPACE;
}

/** An encounter whose text may travel in X12, and what was done to it. */
export interface RepairedEncounter {
  /** The same value when nothing was repaired, else a copy of what changed. */
  readonly encounter: Encounter;
  readonly findings: readonly Finding[];
}

/**
 * Repairs what X12 cannot carry: in names, addresses and notes, accents are dropped (é → e) and
 * delimiters and other signs become spaces (`characters-repaired`). An identifier, or a letter
 * without a Latin spelling, would lose its meaning and is refused (`characters-refused`). X12.5
 * B.1.1.2: basic and extended character sets.
 */
export function repairText(encounter: Encounter, delimiters: string = STANDARD): RepairedEncounter {
  const allowed = allowedBut(delimiters);
  const kind = kindOf(encounter);
  if (isClean(encounter, SENT_ENCOUNTER[kind], allowed)) return { encounter, findings: NONE };
  const walk: Walk = { kind, allowed, path: [], findings: [] };
  return { encounter: repaired(encounter, encounterField(kind), walk), findings: walk.findings };
}

/** What of a structure or list is sent as text: the fields that the usual case must look at. */
interface SentField {
  readonly fields: ReadonlyMap<string, SentField>;
  readonly item: SentField | undefined;
}

const SENT_ENCOUNTER = byKind((kind) => sentField(encounterField(kind)));

function sentField(field: Field): SentField {
  const fields = new Map<string, SentField>();
  for (const [name, within] of field.fields ?? []) {
    if (isSent(within)) fields.set(name, sentField(within));
  }
  const { item } = field;
  return { fields, item: item !== undefined && isSent(item) ? sentField(item) : undefined };
}

/**
 * Whether nothing in the value needs repair: the usual case, decided without remembering the way.
 */
function isClean(value: unknown, field: SentField, allowed: Allowed): boolean {
  if (typeof value === "string") return isCleanText(value, allowed);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) {
    if (field.item === undefined) return true;
    for (let index = 0; index < value.length; index += 1) {
      if (!isClean(value[index], field.item, allowed)) return false;
    }
    return true;
  }
  const { fields } = field;
  for (const name in value) {
    const within = fields.get(name);
    if (within === undefined) continue;
    const child: unknown = (value as Record<string, unknown>)[name];
    const clean =
      typeof child === "string" ? isCleanText(child, allowed) : isClean(child, within, allowed);
    if (!clean) return false;
  }
  return true;
}

interface Walk {
  readonly kind: EncounterKind;
  readonly allowed: Allowed;
  /** Tokens of the JSON pointer to the present value. */
  readonly path: (string | number)[];
  readonly findings: Finding[];
}

/** The value itself when nothing in it needs repair; a copy along the way to what does. */
function repaired<T>(value: T, field: Field, walk: Walk): T {
  if (typeof value === "string") {
    if (isCleanText(value, walk.allowed)) return value;
    if (field.kind === "text") return repairedText(value, walk) as T & string;
    if (field.kind === "identifier") return repairedIdentifier(value, walk) as T & string;
    return value;
  }
  if (typeof value !== "object" || value === null) return value;
  let copy: T | undefined;
  const source = value as Record<string, unknown>;
  for (const name in source) {
    const within = field.item ?? field.fields?.get(name);
    if (within === undefined || !isSent(within)) continue;
    walk.path.push(name);
    const child = repaired(source[name], within, walk);
    walk.path.pop();
    if (child === source[name]) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as T;
    (copy as Record<string, unknown>)[name] = child;
  }
  return copy ?? value;
}

/** Kinds whose characters the schema has already decided need no walk. */
function isSent({ kind }: Field): boolean {
  return kind === "text" || kind === "identifier" || kind === "object" || kind === "array";
}

function repairedText(text: string, walk: Walk): string {
  let result = "";
  for (const character of text.normalize("NFC")) {
    const latin = isCleanText(character, walk.allowed)
      ? character
      : latinOf(character, walk.allowed);
    if (latin === undefined) {
      tellRefused(walk, "holds letters that X12 cannot carry", "Write it in Latin letters.");
      return text;
    }
    result += latin;
  }
  const squeezed = result.replace(/ {2,}/g, " ").trim();
  if (squeezed === "") {
    tellRefused(walk, "holds no letter or digit", "Fill it in, or leave it out.");
    return text;
  }
  walk.findings.push(
    fieldFinding({
      severity: "repair",
      code: "characters-repaired",
      snip: 1,
      kind: walk.kind,
      pointer: pointerOf(walk),
      says: "held characters that X12 cannot carry; they were replaced",
      fix: "Check how it reads now.",
    }),
  );
  return squeezed;
}

/** An identifier is only freed of blanks around it. */
function repairedIdentifier(text: string, walk: Walk): string {
  const trimmed = text.trim();
  if (trimmed !== text && isCleanText(trimmed, walk.allowed)) {
    walk.findings.push(
      fieldFinding({
        severity: "repair",
        code: "characters-repaired",
        snip: 1,
        kind: walk.kind,
        pointer: pointerOf(walk),
        says: "had blanks around it; they were removed",
      }),
    );
    return trimmed;
  }
  tellRefused(
    walk,
    "holds characters that X12 cannot carry",
    "Write letters, digits and signs only.",
  );
  return text;
}

/** A character as X12 may carry it; undefined for a letter or digit that has no Latin spelling. */
function latinOf(character: string, allowed: Allowed): string | undefined {
  const spelling = SPELLINGS[character];
  if (spelling !== undefined) return spelling;
  const base = character.normalize("NFKD").replace(/\p{M}/gu, "");
  if (base !== "" && [...base].every((each) => isCleanText(each, allowed))) return base;
  return /[\p{L}\p{N}]/u.test(base) ? undefined : " ";
}

function tellRefused(walk: Walk, says: string, fix: string): void {
  const pointer = pointerOf(walk);
  const about = {
    severity: "error",
    code: "characters-refused",
    snip: 1,
    kind: walk.kind,
    pointer,
    says,
    fix,
  } as const;
  walk.findings.push(fieldFinding(about));
}

function pointerOf(walk: Walk): string {
  return `/${walk.path.join("/")}`;
}
