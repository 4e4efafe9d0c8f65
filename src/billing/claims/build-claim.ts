import {
  diagnosesOf,
  type Encounter,
  type EncounterKind,
  type EncounterLine,
  kindOf,
  type Provider,
  type Service,
  serviceDateOf,
  serviceOf,
  unitsOf,
} from "../intake/index.ts";
import { type Cents, parseAmount } from "../money/index.ts";
import { dentalFacts, dentalPlace } from "./build-dental.ts";
import { institutionalFacts } from "./build-institutional.ts";
import { capitals } from "./capitals.ts";
import type { Claim, ClaimLine, ClaimPatient, ClaimPayer } from "./claim.ts";
import { dateOf } from "./date-of.ts";
import { plainCode } from "./edits/index.ts";
import { digitsOnly, plainDecimal } from "./loops/index.ts";

/**
 * The numbers by which a payer will name the claim and its lines; unique per submission (POSTING
 * M2, L1).
 */
export interface ClaimNumbers {
  /** CLM01, at most 20 characters. */
  readonly patientControlNumber: string;
  /** REF*6R of the line at `index`, from 0; used where the encounter brings none. */
  readonly lineControlNumber: (index: number) => string;
}

/**
 * The claim that an accepted encounter becomes, as its 837 will say it: names in capitals, codes
 * without dots. An encounter that an edit holds must not come here: an amount or date that is none
 * is asserted.
 */
export function buildClaim(encounter: Encounter, numbers: ClaimNumbers): Claim {
  const { claimInformation: information, billing } = encounter;
  const lines = information.serviceLines.map((line, index) => {
    const number = line.providerControlNumber ?? unused(encounter, index, numbers);
    return lineOf(encounter, line, index, number);
  });
  const kind = kindOf(encounter);
  const institutional = kind === "institutional" ? institutionalFacts(encounter) : undefined;
  return {
    patientControlNumber: numbers.patientControlNumber,
    kind,
    payer: {
      sequence: encounter.subscriber.paymentResponsibilityLevelCode ?? "P",
      id: encounter.tradingPartnerServiceId,
      name: payerName(encounter),
      filingIndicatorCode: information.claimFilingCode,
    },
    otherPayers: otherPayersOf(encounter),
    frequencyCode: information.claimFrequencyCode,
    originalReference: information.claimSupplementalInformation?.claimControlNumber,
    patient: encounterPatient(encounter),
    billingProvider: {
      npi: billing.npi ?? "",
      taxId: digitsOnly(billing.employerId ?? billing.ssn ?? ""),
      name: providerName(billing),
    },
    renderingProviderNpi: renderingOf(encounter)?.npi,
    placeOfServiceCode: information.placeOfServiceCode,
    serviceDateFrom:
      institutional?.statementFrom ??
      extreme(lines, "serviceDateFrom", (date, best) => date < best),
    serviceDateTo:
      institutional?.statementTo ?? extreme(lines, "serviceDateTo", (date, best) => date > best),
    chargeCents: centsOf(information.claimChargeAmount),
    diagnoses: diagnosesOf(encounter)
      .filter(({ role }) => role === "principal" || role === "other")
      .map(({ code }) => plainCode(code)),
    lines,
    ...(institutional === undefined ? {} : { institutional }),
    ...(kind === "dental" ? { dental: dentalFacts(encounter) } : {}),
    encounterOnly: encounter.claimIdentifier === "RP",
  };
}

/**
 * The rendering provider to name in 2310B; undefined when the billing provider did the work (TR3:
 * do not repeat).
 */
export function renderingOf(encounter: Encounter): Provider | undefined {
  const { rendering, billing } = encounter;
  return rendering?.npi !== undefined && rendering.npi === billing.npi ? undefined : rendering;
}

/** NM103 of 2010BB: the payer's name, or its id where no name was given. */
export function payerName(encounter: Encounter): string {
  return capitals(encounter.tradingPartnerName ?? encounter.tradingPartnerServiceId);
}

/** The amount in cents; asserts what the edits have proved. */
export function centsOf(amount: string): Cents {
  const cents = parseAmount(amount);
  if (cents === undefined) throw new RangeError("an accepted encounter holds a bad amount");
  return cents;
}

function providerName(provider: Provider): string {
  const { organizationName, lastName = "", firstName = "" } = provider;
  return capitals(organizationName ?? `${lastName} ${firstName}`.trim());
}

/** The number for a line that brings none; never one that another line brought (RFI 1917). */
function unused(encounter: Encounter, index: number, numbers: ClaimNumbers): string {
  const { serviceLines } = encounter.claimInformation;
  let number = numbers.lineControlNumber(index);
  while (serviceLines.some((line) => line.providerControlNumber === number)) number += "X";
  return number;
}

function lineOf(
  encounter: Encounter,
  line: EncounterLine,
  index: number,
  lineControlNumber: string,
): ClaimLine {
  const kind = kindOf(encounter);
  const service = serviceOf(line);
  const { procedureCode = "", serviceLineRevenueCode, procedureModifiers } = service;
  const pointers = service.compositeDiagnosisCodePointers?.diagnosisCodePointers ?? [];
  const place = dentalPlace(line);
  const { from, to } = daysOf(encounter, line);
  return {
    lineNumber: index + 1,
    lineControlNumber,
    procedureQualifier: qualifierOf(kind, service),
    procedureCode: capitals(procedureCode),
    modifiers: procedureModifiers?.map(capitals) ?? [],
    revenueCode: serviceLineRevenueCode,
    chargeCents: centsOf(service.lineItemChargeAmount),
    units: plainDecimal(unitsOf(service)),
    serviceDateFrom: from,
    serviceDateTo: to,
    diagnosisPointers: pointers.map(Number),
    ...(place === undefined ? {} : { dental: place }),
  };
}

/** NU of an institutional line that has a revenue code only. */
function qualifierOf(kind: EncounterKind, service: Service): string {
  if (kind === "dental") return "AD";
  if (service.procedureCode === undefined) return "NU";
  return service.procedureIdentifier ?? "HC";
}

/** The days of a line; those of its claim where it has none of its own. */
function daysOf(
  encounter: Encounter,
  line: EncounterLine,
): { readonly from: string | undefined; readonly to: string | undefined } {
  const written = serviceDateOf(encounter, line);
  if (written === undefined) return { from: undefined, to: undefined };
  const from = dateOf(written);
  const dates = encounter.claimInformation.claimDateInformation;
  const own = line.serviceDate !== undefined;
  const end = own ? line.serviceDateEnd : (dates?.serviceDateEnd ?? dates?.statementEndDate);
  return { from, to: end === undefined ? from : dateOf(end) };
}

/** The patient of an encounter as its claim names him or her, in capitals; whole or not. */
export function encounterPatient({ subscriber, dependent }: Encounter): ClaimPatient {
  const person = dependent ?? subscriber;
  const birth = person.dateOfBirth;
  return {
    lastName: capitals(person.lastName ?? ""),
    firstName: capitals(person.firstName ?? ""),
    birthDate: birth === undefined ? undefined : dateOf(birth),
    gender: person.gender,
    memberId: subscriber.memberId ?? "",
    groupNumber: subscriber.groupNumber ?? subscriber.policyNumber,
  };
}

function otherPayersOf(encounter: Encounter): ClaimPayer[] {
  const others = encounter.claimInformation.otherSubscriberInformation ?? [];
  return others.map((other) => ({
    sequence: other.paymentResponsibilityLevelCode,
    id: other.otherPayerName.otherPayerIdentifier,
    name: capitals(other.otherPayerName.otherPayerOrganizationName),
    filingIndicatorCode: other.claimFilingIndicatorCode,
  }));
}

function extreme(
  lines: readonly ClaimLine[],
  field: "serviceDateFrom" | "serviceDateTo",
  isBetter: (date: string, best: string) => boolean,
): string | undefined {
  let best: string | undefined;
  for (const line of lines) {
    const date = line[field];
    if (date !== undefined && (best === undefined || isBetter(date, best))) best = date;
  }
  return best;
}
