import type { Finding } from "../../edi/x12/finding.ts";
import { locateJsonError } from "./json-error.ts";

/** One encounter of a file as parsed, not yet checked. */
export interface ParsedEncounter {
  readonly value: unknown;
  /**
   * JSON pointer of the encounter in its file: "" alone, `/3` the fourth of an array or of NDJSON
   * lines.
   */
  readonly pointer: string;
}

/** The most encounters that one file may hold. */
export const MAX_ENCOUNTERS = 100_000;

/**
 * The encounters of a text that holds one JSON encounter, a JSON array of them, or one a line
 * (NDJSON). A byte order mark is ignored. Findings: `encounter-file-empty`,
 * `encounter-json-invalid` with line and column, `encounter-file-too-long`; the other lines of an
 * NDJSON file are read all the same.
 */
export function parseEncounters(text: string): {
  readonly encounters: readonly ParsedEncounter[];
  readonly findings: readonly Finding[];
} {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (json.trim() === "") {
    const message = "The file is empty: no encounter was found.";
    return { encounters: [], findings: [fileFinding("encounter-file-empty", message)] };
  }
  const whole = parseJson(json);
  if (whole !== undefined) {
    const values = Array.isArray(whole.value) ? whole.value : undefined;
    if (values === undefined)
      return { encounters: [{ value: whole.value, pointer: "" }], findings: [] };
    return bounded(values.map((value: unknown, index) => ({ value, pointer: `/${index}` })));
  }
  const lines = json.split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  if (filled.length > 1 && filled.every((line) => line.startsWith("{"))) return parseLines(lines);
  const { line, column } = locateJsonError(json);
  return { encounters: [], findings: [invalidJson(line, column)] };
}

function parseLines(lines: readonly string[]): ReturnType<typeof parseEncounters> {
  const encounters: ParsedEncounter[] = [];
  const findings: Finding[] = [];
  let ordinal = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const parsed = parseJson(line);
    if (parsed === undefined) findings.push(invalidJson(index + 1, locateJsonError(line).column));
    else encounters.push({ value: parsed.value, pointer: `/${ordinal}` });
    ordinal += 1;
  }
  const kept = bounded(encounters);
  return { encounters: kept.encounters, findings: [...findings, ...kept.findings] };
}

function bounded(encounters: ParsedEncounter[]): ReturnType<typeof parseEncounters> {
  if (encounters.length <= MAX_ENCOUNTERS) return { encounters, findings: [] };
  const message = `The file holds more than ${MAX_ENCOUNTERS} encounters; none was read.`;
  const finding = fileFinding("encounter-file-too-long", message, "Split the file.");
  return { encounters: [], findings: [finding] };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function invalidJson(line: number, column: number): Finding {
  return fileFinding(
    "encounter-json-invalid",
    `The text is not JSON: the first error is at line ${line}, column ${column}.`,
    "Mend the JSON there: a missing comma, quote or bracket is the usual cause.",
  );
}

function fileFinding(code: string, message: string, fix?: string): Finding {
  const finding = { severity: "error", code, snip: 1, message } as const;
  return fix === undefined ? finding : { ...finding, fix };
}
