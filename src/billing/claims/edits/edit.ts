import type { Severity, SnipType } from "../../../edi/x12/finding.ts";
import {
  type Diagnosis,
  diagnosesOf,
  type Encounter,
  type EncounterKind,
  type EncounterLine,
  isoDate,
  kindOf,
  SERVICE_FIELD,
  type Service,
  serviceDateOf,
  serviceOf,
} from "../../intake/index.ts";
import { latestDate } from "./each-date.ts";

/** A code set that edits ask about. */
export type EditCodeSet = "icd10cm" | "cpt" | "hcpcs" | "modifier" | "pos";

/** What a code set says of a code on a day. */
export interface CodeAnswer {
  readonly status: "valid" | "unknown" | "not-billable" | "not-yet-effective" | "expired";
  /**
   * False for a starter set or a day outside of the imported releases: an unknown code may yet be
   * right.
   */
  readonly complete: boolean;
}

/** The dated code sets as edits see them. */
export interface CodeSets {
  /**
   * `code` in capitals and without dots, `onDate` an ISO calendar date; undefined when the set is
   * not held.
   */
  lookup(set: EditCodeSet, code: string, onDate: string): CodeAnswer | undefined;
}

/** What an edit needs to know besides the encounter. */
export interface EditContext {
  /** ISO calendar date of today where the practice is. */
  readonly today: string;
  readonly codeSets: CodeSets;
  /** Days after the service within which the payer takes a claim; 365 when absent. */
  readonly timelyFilingDays?: number;
}

/** Tells a finding of the edit that is running: the place, the rest of the sentence, what to do. */
export type Report = (pointer: string, says: string, fix: string, severity?: Severity) => void;

/** One named rule about an encounter. Its id is the code of its findings. */
export interface Edit {
  readonly id: string;
  readonly snip: SnipType;
  /** Where the rule comes from: implementation guide (TR3), CFR, RFI, or our own practice. */
  readonly source: string;
  /** The kinds of claim that it is about; all when absent. */
  readonly kinds?: readonly EncounterKind[];
  readonly check: (
    encounter: Encounter,
    report: Report,
    context: EditContext,
    facts: EncounterFacts,
  ) => void;
}

/** What many edits ask of an encounter, read once for all of them. */
export interface EncounterFacts {
  readonly kind: EncounterKind;
  /** By index of the line: its date (see `serviceDateOf`), ISO; undefined when it is none. */
  readonly ofLine: readonly (string | undefined)[];
  /** The earliest of them; undefined when none is a date. */
  readonly first: string | undefined;
  /** See `latestDate`. */
  readonly latest: number;
  readonly diagnoses: readonly Diagnosis[];
}

/** The facts that edits ask for. */
export function factsOf(encounter: Encounter): EncounterFacts {
  const ofLine: (string | undefined)[] = [];
  let first: string | undefined;
  let written = "";
  let date: string | undefined;
  for (const line of encounter.claimInformation.serviceLines) {
    const serviceDate = serviceDateOf(encounter, line) ?? "";
    // Most visits are of one day.
    if (serviceDate !== written) {
      written = serviceDate;
      date = isoDate(serviceDate);
    }
    ofLine.push(date);
    if (date !== undefined && (first === undefined || date < first)) first = date;
  }
  const kind = kindOf(encounter);
  return { kind, ofLine, first, latest: latestDate(encounter), diagnoses: diagnosesOf(encounter) };
}

/** Calls back for each service line with its index. */
export function eachLine(
  encounter: Encounter,
  visit: (line: EncounterLine, number: number) => void,
): void {
  const lines = encounter.claimInformation.serviceLines;
  for (let number = 0; number < lines.length; number += 1) {
    const line = lines[number];
    if (line !== undefined) visit(line, number);
  }
}

/** Calls back for the service of each line with the index of the line. */
export function eachService(
  encounter: Encounter,
  visit: (service: Service, number: number, line: EncounterLine) => void,
): void {
  eachLine(encounter, (line, number) => visit(serviceOf(line), number, line));
}

/** JSON pointer into the service line of that index; built only where a finding is told. */
export function lineAt(number: number, path: string): string {
  return `/claimInformation/serviceLines/${number}${path}`;
}

/** JSON pointer into the service of the line of that index. */
export function serviceAt(kind: EncounterKind, number: number, path: string): string {
  return lineAt(number, `/${SERVICE_FIELD[kind]}${path}`);
}
