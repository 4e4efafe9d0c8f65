import { type Encounter, isoDate, type Provider } from "../intake/index.ts";
import { type Cents, parseAmount } from "../money/index.ts";
import { capitals } from "./capitals.ts";
import type { Claim, ClaimLine, ClaimPatient, ClaimPayer } from "./claim.ts";
import { plainCode } from "./edits/index.ts";
import { digitsOnly, plainDecimal } from "./loops/index.ts";

type EncounterLine = Encounter["claimInformation"]["serviceLines"][number];

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
 * The claim that an accepted encounter becomes, as its 837P will say it: names in capitals, codes
 * without dots. An encounter that an edit holds must not come here: an amount or date that is none
 * is asserted.
 */
export function buildClaim(encounter: Encounter, numbers: ClaimNumbers): Claim {
  const { claimInformation: information, billing } = encounter;
  const lines = information.serviceLines.map((line, index) => {
    return lineOf(line, index, line.providerControlNumber ?? unused(encounter, index, numbers));
  });
  return {
    patientControlNumber: numbers.patientControlNumber,
    kind: "professional",
    payer: {
      sequence: encounter.subscriber.paymentResponsibilityLevelCode ?? "P",
      id: encounter.tradingPartnerServiceId,
      name: payerName(encounter),
      filingIndicatorCode: information.claimFilingCode,
    },
    otherPayers: otherPayersOf(encounter),
    frequencyCode: information.claimFrequencyCode,
    originalReference: information.claimSupplementalInformation?.claimControlNumber,
    patient: patientOf(encounter),
    billingProvider: {
      npi: billing.npi ?? "",
      taxId: digitsOnly(billing.employerId ?? billing.ssn ?? ""),
      name: providerName(billing),
    },
    renderingProviderNpi: renderingOf(encounter)?.npi,
    placeOfServiceCode: information.placeOfServiceCode,
    serviceDateFrom: extreme(lines, "serviceDateFrom", (date, best) => date < best),
    serviceDateTo: extreme(lines, "serviceDateTo", (date, best) => date > best),
    chargeCents: centsOf(information.claimChargeAmount),
    diagnoses: information.healthCareCodeInformation.map((each) => plainCode(each.diagnosisCode)),
    lines,
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

/** The ISO calendar date; asserts what the edits have proved. */
export function dateOf(date: string): string {
  const iso = isoDate(date);
  if (iso === undefined) throw new RangeError("an accepted encounter holds a bad date");
  return iso;
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

function lineOf(line: EncounterLine, index: number, lineControlNumber: string): ClaimLine {
  const { professionalService: service } = line;
  const from = dateOf(line.serviceDate);
  return {
    lineNumber: index + 1,
    lineControlNumber,
    procedureQualifier: service.procedureIdentifier,
    procedureCode: capitals(service.procedureCode),
    modifiers: service.procedureModifiers?.map(capitals) ?? [],
    revenueCode: undefined,
    chargeCents: centsOf(service.lineItemChargeAmount),
    units: plainDecimal(service.serviceUnitCount),
    serviceDateFrom: from,
    serviceDateTo: line.serviceDateEnd === undefined ? from : dateOf(line.serviceDateEnd),
    diagnosisPointers: service.compositeDiagnosisCodePointers.diagnosisCodePointers.map(Number),
  };
}

function patientOf({ subscriber, dependent }: Encounter): ClaimPatient {
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
