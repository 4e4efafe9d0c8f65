/** Reads a mutant as `validate` does and holds it to what is promised of every file, however broken. */
import { readClaims } from "../../../src/billing/claims/index.ts";
import { readClaimPayment, readRemittance } from "../../../src/billing/remits/index.ts";
import { starterCodeSets } from "../../../src/edi/codes/index.ts";
import {
  type EdiEvent,
  explainEdi,
  mostTelling,
  readEdiSync,
  verdictsOf,
  writeAcknowledgement,
} from "../../../src/edi/guides/index.ts";
import type { Finding } from "../../../src/edi/x12/index.ts";
import { tellsPatient } from "./seeds.ts";

/** A finding and the set in which it was told; 0 outside of all. */
interface Told {
  readonly finding: Finding;
  readonly set: number;
}

/** What a mutant was found to be. */
export interface Reading {
  /** Code, loop and segment of each finding: what the fuzz goes by. */
  readonly traits: readonly string[];
}

const STAMP = {
  interchangeControlNumber: "000000001",
  groupControlNumber: "1",
  date: "20250301",
  time: "1200",
};

/** For every byte of a file at most so many events and findings: a terminator alone is an empty segment, and told. */
const EVENTS_PER_BYTE = 1;
const EVENTS_OF_NOTHING = 50;

/**
 * Findings that say of a stretch of the file that it was not read: what is in it is not lost silently. All others cover
 * only the segment that they name.
 */
const COVERS_MORE =
  /^(file-is-|text-|interchange-header-|delimiter|segment-unterminated|segment-too-long|implementation-not-supported|transaction-set-not-supported|findings-cut-off|repetition-separator)/;

/** What is told of a file as a whole, or of text between its interchanges: no segment is near. */
const NOWHERE =
  /^(file-(?!ends-early)|text-|interchange-missing$|interchange-header-missing$|findings-cut-off$)/;

/** Reads the text and throws where a promise is broken. */
export function judged(text: string): Reading {
  const bytes = Buffer.from(text, "latin1");
  const told: Told[] = [];
  const found = new Map<string, number>();
  let events = 0;
  for (const event of readEdiSync(bytes, { check: true, codeSets: starterCodeSets })) {
    events += 1;
    for (const finding of findingsOf(event)) {
      told.push({ finding, set: "set" in event ? event.set.ordinal : 0 });
    }
    if (event.kind === "loop") {
      const [opener] = event.loop.segments;
      const number = `${opener?.id}*${opener?.element(1)}`;
      found.set(number, (found.get(number) ?? 0) + 1);
    }
  }
  const work = events + told.length;
  if (work > EVENTS_OF_NOTHING + EVENTS_PER_BYTE * bytes.length) {
    throw new Error(`${work} events and findings of ${bytes.length} bytes`);
  }
  for (const { finding } of told) {
    const words = JSON.stringify(finding);
    if (tellsPatient(words)) throw new Error(`a finding tells of a patient: ${words}`);
    if (finding.position === undefined && !NOWHERE.test(finding.code)) {
      throw new Error(`a finding has no place: ${words}`);
    }
  }
  mustFind(text, found, told);
  return {
    traits: told.map(({ finding: { code, loop, segment } }) => `${code} ${loop} ${segment}`),
  };
}

/** What our other readers make of an event: they must take whatever stands in it. */
function findingsOf(event: EdiEvent): readonly Finding[] {
  if (event.kind === "finding") return [event.finding];
  if (event.kind === "loop" && event.set.id === "835") {
    return [...event.findings, ...readClaimPayment(event.loop, 1).defects];
  }
  if (event.kind === "loop" && event.set.id === "837") {
    return [...event.findings, ...readClaims(event.loop, event.set).findings];
  }
  if (event.kind === "transactionSetEnd" && event.set.id === "835" && event.set.guide) {
    return [...event.findings, ...readRemittance(event.root, [], 1).defects];
  }
  return "findings" in event ? event.findings : [];
}

/**
 * Of every CLM and CLP that stands in the text, as many are handed out as claims as there are, or findings cover the
 * others. A file whose ISA was spoilt, or that has several, is only asked for any finding at all.
 */
export function mustFind(
  text: string,
  found: ReadonlyMap<string, number>,
  told: readonly Told[],
): void {
  const isUnread = told.some(({ finding }) => COVERS_MORE.test(finding.code));
  if (isUnread || (told.length > 0 && !isPlain(text))) return;
  const missing = new Map<string, Written[]>();
  for (const written of claimsIn(text)) {
    missing.set(written.name, [...(missing.get(written.name) ?? []), written]);
  }
  for (const [name, written] of missing) {
    const uncovered = written.filter(
      ({ set, position }) =>
        !told.some((one) => one.finding.position === position && one.set === set),
    );
    if (uncovered.length <= (found.get(name) ?? 0)) continue;
    const places = uncovered.map(({ set, position }) => `${position} of set ${set}`).join(", ");
    throw new Error(`claims at ${places}: one of them is lost without a finding`);
  }
}

/** A claim or claim payment as it stands in a text. */
interface Written {
  /** `CLM*` and its number. */
  readonly name: string;
  /** The set of the file, 0 outside of all. */
  readonly set: number;
  /** In its set, else in its interchange. */
  readonly position: number;
}

/** The claims of a text, as the plainest of readers finds them. */
function claimsIn(text: string): Written[] {
  const claims: Written[] = [];
  let set = 0;
  let inSet = 0;
  let inInterchange = 0;
  for (const written of text.split("~").slice(0, -1)) {
    const segment = written.trimStart();
    if (segment === "") continue;
    const [id = "", number = ""] = segment.split("*", 2);
    inInterchange += 1;
    if (id === "ST") [set, inSet] = [set + 1, 1];
    else if (id === "GS" || id === "GE" || id === "IEA") inSet = 0;
    else if (inSet > 0) inSet += 1;
    if (id === "CLM" || id === "CLP") {
      const place = inSet > 0 ? { set, position: inSet } : { set: 0, position: inInterchange };
      claims.push({ name: `${id}*${number}`, ...place });
    }
    if (id === "SE") inSet = 0;
  }
  return claims;
}

/** One interchange with the usual delimiters, and no line break within segments. */
function isPlain(text: string): boolean {
  return (
    text.startsWith("ISA*") &&
    text[104] === ":" &&
    text[105] === "~" &&
    text.indexOf("ISA", 3) < 0 &&
    !/[^\x20-\x7e]/.test(text)
  );
}

/** Answers the text: what is written is in order itself. */
export function answered(text: string): void {
  const events = readEdiSync(Buffer.from(text, "latin1"), { check: true });
  for (const verdict of verdictsOf(events)) {
    const answer = writeAcknowledgement(verdict, STAMP);
    if (answer === undefined) continue;
    for (const event of readEdiSync(Buffer.from(answer, "latin1"), { check: true })) {
      const wrong = findingsOf(event).find(({ severity }) => severity === "error");
      if (wrong !== undefined)
        throw new Error(`our answer has ${wrong.code}: ${JSON.stringify(answer)}`);
    }
  }
}

/** Explains the text: every finding is shown once, or what tells more of the same value is. */
export async function explained(text: string): Promise<void> {
  const bytes = Buffer.from(text, "latin1");
  const shown = new Map<string, number>();
  let count = 0;
  for await (const line of explainEdi([bytes], { codeSets: starterCodeSets })) {
    if (line.kind !== "finding") continue;
    count += 1;
    const place = placeOf(line.finding);
    shown.set(place, (shown.get(place) ?? 0) + 1);
  }
  let told = 0;
  for (const event of readEdiSync(bytes, { check: true, codeSets: starterCodeSets })) {
    const findings = findingsTold(event);
    told += findings.length;
    for (const finding of findings) {
      if (!shown.has(placeOf(finding))) throw new Error(`not shown: ${JSON.stringify(finding)}`);
    }
    for (const finding of mostTelling(findings)) {
      const place = placeOf(finding);
      shown.set(place, (shown.get(place) ?? 0) - 1);
    }
  }
  if (count > told) throw new Error(`${told} findings, and ${count} are shown`);
  for (const [place, left] of shown) {
    if (left < 0) throw new Error(`${-left} findings about ${place} are not shown`);
  }
}

function findingsTold(event: EdiEvent): readonly Finding[] {
  if (event.kind === "finding") return [event.finding];
  return "findings" in event ? event.findings : [];
}

function placeOf({ segment, position, element, component, repetition }: Finding): string {
  return `${segment} ${position} ${element} ${component} ${repetition}`;
}
