import type { Finding, Severity } from "../x12/index.ts";

/** What weighs more is told, if need be alone: a file with an error is never shown with a warning only. */
const SEVERITIES: readonly Severity[] = ["error", "warning", "repair", "information"];

/** Of an element that is not there nothing else can be said. */
const ABSENT = "required-element-missing";

/**
 * What a value is written with and how long it is: said last, each behind those before it, because
 * it follows from nearly every other fault. `segment-missing` is said by the typed readers of a
 * segment that the guide requires.
 */
const SAY_LITTLE: readonly string[] = [
  "syntax-note-broken",
  "segment-missing",
  "character-invalid",
  "element-too-short",
  "element-too-long",
];

/** About the columns in which an ISA is laid out, not about the value that stands in them. */
const OF_LAYOUT = "interchange-header-width";

/**
 * One fault may break several rules: a code of the wrong list is too long besides. Of what is found
 * about the same value of the same segment this keeps what tells most, in file order: by severity,
 * then that it is missing, then by SNIP type (a rule about the situation tells more than one about
 * the list of codes, and that more than one about characters). Where none tells more than another,
 * all stay. It is for those who read findings; a 999 answers every one of them.
 */
export function mostTelling(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const best = new Map<string, Finding>();
  for (const finding of findings) {
    const place = placeOf(finding);
    const other = best.get(place);
    if (other === undefined || compare(finding, other) < 0) best.set(place, finding);
  }
  return findings.filter((finding) => {
    const winner = best.get(placeOf(finding));
    return winner === undefined || compare(finding, winner) <= 0;
  });
}

/**
 * Findings with the same words here are about the same thing. Of a whole segment much can be said
 * that has nothing to do with one another, but that it is missing.
 */
function placeOf(finding: Finding): string {
  const { loop, segment, position, element, component, repetition, code } = finding;
  const aspect = element === undefined ? aspectOf(code) : code === OF_LAYOUT ? code : "";
  const value = [element, component, repetition, aspect].join("-");
  // Envelopes have no loops, and the typed readers name none.
  return `${position} ${segment} ${value} ${element === undefined ? (loop ?? "ST") : ""}`;
}

function aspectOf(code: string): string {
  return code === "segment-missing" || code === "required-segment-missing" ? "missing" : code;
}

/** Below zero where the one tells more, zero where neither does. */
function compare(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    Number(other.code === ABSENT) - Number(one.code === ABSENT) ||
    SAY_LITTLE.indexOf(one.code) - SAY_LITTLE.indexOf(other.code) ||
    (other.snip ?? 0) - (one.snip ?? 0)
  );
}
