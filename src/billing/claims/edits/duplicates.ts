import type { Finding } from "../../../edi/x12/finding.ts";
import { compactDate, type Encounter, fieldFinding, isoDate } from "../../intake/index.ts";
import { eachLine } from "./edit.ts";

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
 * What a payer compares to find a duplicate: patient, date, procedure with modifiers, provider; one key a
 * service line. Holds patient data: for comparison only, never for a message or log.
 */
export function serviceKeys(encounter: Encounter): readonly string[] {
  const { subscriber, dependent, billing, rendering } = encounter;
  const patient = dependent ?? subscriber;
  const birth = isoDate(patient.dateOfBirth ?? "") ?? "";
  const who = `${subscriber.memberId ?? ""}|${patient.lastName ?? ""}|${patient.firstName ?? ""}|${birth}`;
  const keys: string[] = [];
  eachLine(encounter, ({ professionalService: service, serviceDate, renderingProvider }) => {
    const modifiers = service.procedureModifiers?.join(":") ?? "";
    const provider = renderingProvider?.npi ?? rendering?.npi ?? billing.npi ?? "";
    const date = compactDate(isoDate(serviceDate) ?? serviceDate);
    keys.push(`${who}|${date}|${service.procedureCode}|${modifiers}|${provider}`.toUpperCase());
  });
  return keys;
}

/**
 * Finds encounters that repeat one another, or what the store holds: call it with each encounter in turn.
 * Findings: `duplicate-external-id`, `duplicate-patient-control-number`, `duplicate-service` (CARC 18).
 */
export function duplicateFinder(
  before: SubmittedBefore | undefined,
): (encounter: Encounter) => readonly Finding[] {
  const externalIds = new Set<string>();
  const controlNumbers = new Set<string>();
  const services = new Set<string>();
  return (encounter) => {
    const findings: Finding[] = [];
    const { claimInformation: claim, externalId } = encounter;
    if (externalId !== undefined && used(externalIds, externalId, before?.externalId)) {
      findings.push(duplicate("external-id", "/externalId", "Send each encounter once."));
    }
    const number = claim.patientControlNumber;
    if (number !== undefined && used(controlNumbers, number, before?.patientControlNumber)) {
      const fix = "Give each submission its own number, or none: then one is assigned.";
      const pointer = "/claimInformation/patientControlNumber";
      findings.push(duplicate("patient-control-number", pointer, fix));
    }
    if (claim.claimFrequencyCode !== "1") return findings;
    const own = new Set<string>();
    for (const [index, key] of serviceKeys(encounter).entries()) {
      const modifiers = claim.serviceLines[index]?.professionalService.procedureModifiers ?? [];
      const fresh = !own.has(key);
      own.add(key);
      if (!fresh || !used(services, key, before?.service)) continue;
      if (modifiers.some((modifier) => REPEATED.has(modifier))) continue;
      const fix =
        "Remove it, replace the earlier claim (frequency 7), or add modifier 76, 77 or 91.";
      findings.push(duplicate("service", `/claimInformation/serviceLines/${index}`, fix));
    }
    return findings;
  };
}

function used(
  batch: Set<string>,
  key: string,
  before: ((key: string) => boolean) | undefined,
): boolean {
  if (batch.has(key) || before?.(key) === true) return true;
  batch.add(key);
  return false;
}

function duplicate(what: string, pointer: string, fix: string): Finding {
  return fieldFinding({
    severity: "error",
    code: `duplicate-${what}`,
    snip: 7,
    pointer,
    says: "was already used by another encounter",
    fix,
  });
}
