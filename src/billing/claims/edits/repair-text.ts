import type { Finding } from "../../../edi/x12/finding.ts";
import { ENCOUNTER_FIELD, type Encounter, type Field, fieldFinding } from "../../intake/index.ts";

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

const checks = new Map<string, RegExp>();

/** Matches text that may travel as it is: printable ASCII (X12 basic and extended sets), no delimiter, trimmed. */
function cleanText(delimiters: string): RegExp {
  const known = checks.get(delimiters);
  if (known !== undefined) return known;
  const allowed = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
    .filter((character) => !delimiters.includes(character))
    .map((character) => (/\w/.test(character) ? character : `\\${character}`))
    .join("");
  const check = new RegExp(`^[${allowed}](?:[${allowed} ]*[${allowed}])?$`);
  checks.set(delimiters, check);
  return check;
}

/** An encounter whose text may travel in X12, and what was done to it. */
export interface RepairedEncounter {
  /** The same value when nothing was repaired, else a copy of what changed. */
  readonly encounter: Encounter;
  readonly findings: readonly Finding[];
}

/**
 * Repairs what X12 cannot carry: in names, addresses and notes, accents are dropped (é → e) and delimiters and
 * other signs become spaces (`characters-repaired`). An identifier, or a letter without a Latin spelling, would
 * lose its meaning and is refused (`characters-refused`). X12.5 B.1.1.2: basic and extended character sets.
 */
export function repairText(encounter: Encounter, delimiters: string = STANDARD): RepairedEncounter {
  const clean = cleanText(delimiters);
  if (isClean(encounter, ENCOUNTER_FIELD, clean)) return { encounter, findings: [] };
  const walk: Walk = { clean, path: [], findings: [] };
  return { encounter: repaired(encounter, ENCOUNTER_FIELD, walk), findings: walk.findings };
}

/** Whether nothing in the value needs repair: the usual case, decided without remembering the way. */
function isClean(value: unknown, field: Field, clean: RegExp): boolean {
  if (typeof value === "string") return clean.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) {
    const { item } = field;
    if (item === undefined || !isSent(item)) return true;
    for (let index = 0; index < value.length; index += 1) {
      if (!isClean(value[index], item, clean)) return false;
    }
    return true;
  }
  for (const name in value) {
    const within = field.fields?.get(name);
    if (within === undefined || !isSent(within)) continue;
    if (!isClean((value as Record<string, unknown>)[name], within, clean)) return false;
  }
  return true;
}

interface Walk {
  readonly clean: RegExp;
  /** Tokens of the JSON pointer to the present value. */
  readonly path: (string | number)[];
  readonly findings: Finding[];
}

/** The value itself when nothing in it needs repair; a copy along the way to what does. */
function repaired<T>(value: T, field: Field, walk: Walk): T {
  if (typeof value === "string") {
    if (walk.clean.test(value)) return value;
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
    const latin = walk.clean.test(character) ? character : latinOf(character, walk.clean);
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
  if (trimmed !== text && walk.clean.test(trimmed)) {
    walk.findings.push(
      fieldFinding({
        severity: "repair",
        code: "characters-repaired",
        snip: 1,
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
function latinOf(character: string, clean: RegExp): string | undefined {
  const spelling = SPELLINGS[character];
  if (spelling !== undefined) return spelling;
  const base = character.normalize("NFKD").replace(/\p{M}/gu, "");
  if (base !== "" && [...base].every((each) => clean.test(each))) return base;
  return /[\p{L}\p{N}]/u.test(base) ? undefined : " ";
}

function tellRefused(walk: Walk, says: string, fix: string): void {
  const pointer = pointerOf(walk);
  const about = {
    severity: "error",
    code: "characters-refused",
    snip: 1,
    pointer,
    says,
    fix,
  } as const;
  walk.findings.push(fieldFinding(about));
}

function pointerOf(walk: Walk): string {
  return `/${walk.path.join("/")}`;
}
