import type { Finding } from "../../../edi/x12/finding.ts";
import {
  type Encounter,
  type EncounterKind,
  type EncounterLine,
  fieldFinding,
  isoDate,
  kindOf,
  serviceDateOf,
  serviceOf,
} from "../../intake/index.ts";
import { capitals } from "../capitals.ts";

/** What the store already holds; each answers whether the key was used by another encounter. */
export interface SubmittedBefore {
  readonly externalId: (externalId: string) => boolean;
  readonly patientControlNumber: (patientControlNumber: string) => boolean;
  /** A key of `serviceKeys`. */
  readonly service: (serviceKey: string) => boolean;
}

/** Modifiers that say a service was truly done again (CPT 76, 77, 91). */
const REPEATED = new Set(["76", "77", "91"]);

/**
 * What a payer compares to find a duplicate: patient, date, procedure with modifiers, provider; of
 * an institutional claim its type and statement dates and the revenue code, of a dental one the
 * teeth; one key a service line. Holds patient data: for comparison only, never for a message or
 * log.
 */
export function serviceKeys(encounter: Encounter): readonly string[] {
  const patient = patientKey(encounter);
  return lineKeys(encounter).map((key) => `${patient}|${key}`);
}

function patientKey({ subscriber, dependent }: Encounter): string {
  const { lastName = "", firstName = "", dateOfBirth = "" } = dependent ?? subscriber;
  const birth = isoDate(dateOfBirth) ?? "";
  return `${subscriber.memberId ?? ""}|${lastName}|${firstName}|${birth}`.toUpperCase();
}

function lineKeys(encounter: Encounter): string[] {
  const { claimInformation, billing, rendering } = encounter;
  const kind = kindOf(encounter);
  return claimInformation.serviceLines.map((line) => {
    const { renderingProvider } = line;
    const { procedureCode = "", procedureModifiers } = serviceOf(line);
    const modifiers = procedureModifiers?.join(":") ?? "";
    const provider = renderingProvider?.npi ?? rendering?.npi ?? billing.npi ?? "";
    const date = dayOf(encounter, line);
    const more = moreOf(kind, encounter, line);
    return `${date}|${procedureCode}|${modifiers}|${provider}${more}`.toUpperCase();
  });
}

function dayOf(encounter: Encounter, line: EncounterLine): string {
  const written = serviceDateOf(encounter, line) ?? "";
  return isoDate(written) ?? written;
}

function moreOf(
  kind: EncounterKind,
  { claimInformation }: Encounter,
  { institutionalService, teethInformation }: EncounterLine,
): string {
  if (kind === "professional") return "";
  if (kind === "dental") {
    const teeth = (teethInformation ?? []).map(({ toothCode }) => toothCode).sort();
    return `|dental|${teeth.join(":")}`;
  }
  const { placeOfServiceCode, claimFrequencyCode, claimDateInformation: dates } = claimInformation;
  const until = isoDate(dates?.statementEndDate ?? "") ?? "";
  const revenue = institutionalService?.serviceLineRevenueCode ?? "";
  return `|${placeOfServiceCode}${claimFrequencyCode}|${until}|${revenue}`;
}

/**
 * Finds encounters that repeat one another, or what the store holds: call it with each encounter in
 * turn. Findings: `duplicate-external-id`, `duplicate-patient-control-number`, `duplicate-service`
 * (CARC 18).
 */
export function duplicateFinder(
  before: SubmittedBefore | undefined,
): (encounter: Encounter) => readonly Finding[] {
  const externalIds = new Set<string>();
  const controlNumbers = new Set<string>();
  const members: Members = new Map();
  return (encounter) => {
    const findings: Finding[] = [];
    const { claimInformation: claim, externalId } = encounter;
    const kind = kindOf(encounter);
    if (externalId !== undefined && used(externalIds, externalId, before?.externalId)) {
      findings.push(duplicate("external-id", "/externalId", "Send each encounter once.", kind));
    }
    const number = claim.patientControlNumber;
    if (number !== undefined && used(controlNumbers, number, before?.patientControlNumber)) {
      const fix = "Give each submission its own number, or none: then one is assigned.";
      const pointer = "/claimInformation/patientControlNumber";
      findings.push(duplicate("patient-control-number", pointer, fix, kind));
    }
    if (claim.claimFrequencyCode === "1") addServices(encounter, members, before, findings);
    return findings;
  };
}

/** The encounters of the batch by member id. */
type Members = Map<string, Encounter[]>;

/** Most members come once, or on another day, and then nothing needs to be compared. */
function addServices(
  encounter: Encounter,
  members: Members,
  before: SubmittedBefore | undefined,
  findings: Finding[],
): void {
  const memberId = capitals(encounter.subscriber.memberId ?? "");
  const known = members.get(memberId);
  const sameDay = known?.filter((other) => shareDay(encounter, other)) ?? NOBODY;
  if (known === undefined) members.set(memberId, [encounter]);
  else known.push(encounter);
  if (sameDay.length === 0 && before === undefined) return;
  const patient = patientKey(encounter);
  const keys = lineKeys(encounter);
  const earlier = sameDay.filter((other) => patientKey(other) === patient).flatMap(lineKeys);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? "";
    if (!earlier.includes(key) && before?.service(`${patient}|${key}`) !== true) continue;
    const line = encounter.claimInformation.serviceLines[index];
    const modifiers = line === undefined ? [] : (serviceOf(line).procedureModifiers ?? []);
    if (modifiers.some((modifier) => REPEATED.has(modifier))) continue;
    const fix = "Remove it, replace the earlier claim (frequency 7), or add modifier 76, 77 or 91.";
    const pointer = `/claimInformation/serviceLines/${index}`;
    findings.push(duplicate("service", pointer, fix, kindOf(encounter)));
  }
}

const NOBODY: readonly Encounter[] = [];

/** Whether a service of the one may be of a day of the other. */
function shareDay(one: Encounter, other: Encounter): boolean {
  return one.claimInformation.serviceLines.some((line) => {
    const date = serviceDateOf(one, line) ?? "";
    return other.claimInformation.serviceLines.some((its) => {
      const day = serviceDateOf(other, its) ?? "";
      return date === day || (date.length !== day.length && isoDate(date) === isoDate(day));
    });
  });
}

function used(
  batch: Set<string>,
  key: string,
  before: ((key: string) => boolean) | undefined,
): boolean {
  const size = batch.size;
  if (before === undefined) return batch.add(key).size === size;
  return batch.has(key) || before(key) || batch.add(key).size === size;
}

function duplicate(what: string, pointer: string, fix: string, kind: EncounterKind): Finding {
  return fieldFinding({
    severity: "error",
    code: `duplicate-${what}`,
    snip: 7,
    kind,
    pointer,
    says: what === "service" ? "was billed by another encounter" : "was used by another encounter",
    fix,
  });
}
