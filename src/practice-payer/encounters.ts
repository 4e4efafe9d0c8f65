import type { Encounter } from "../billing/intake/encounter.ts";
import { formatAmount, sumOf } from "../billing/money/index.ts";
import { compactDate } from "./calendar.ts";
import { FAULTS, type FaultName, withFault } from "./faults.ts";
import { inventPatient, type Patient } from "./patients.ts";
import { practiceProfile, referringProvider, renderingProvider } from "./practice.ts";
import { happens, pick, type Random, randomFrom, shortCode } from "./random.ts";
import { inventVisits, type Visit, type VisitLine } from "./visits.ts";

/** What a run of synthetic encounters follows from: the same order gives the same encounters. */
export interface EncounterOrder {
  readonly count: number;
  readonly seed: string;
  /** ISO calendar date; every service lies in the 90 days before it. */
  readonly today: string;
}

/**
 * Encounters of the sample practice, of invented patients, about 3 % of them faulty and marked
 * nowhere. Encounter n is the same whatever the count.
 */
export function syntheticEncounters(order: EncounterOrder): Encounter[] {
  return Array.from({ length: order.count }, (_, index) => encounterAt(order, index));
}

/**
 * Which encounters of the run are faulty, and how, by externalId: what the edits are tested
 * against.
 */
export function syntheticFaults(order: EncounterOrder): ReadonlyMap<string, FaultName> {
  const faults = new Map<string, FaultName>();
  for (let index = 0; index < order.count; index += 1) {
    const fault = faultAt(order, index);
    if (fault !== undefined) faults.set(identifiersAt(order, index).externalId, fault);
  }
  return faults;
}

/** One in this many encounters is faulty, never two in a row. */
const FAULT_EVERY = 33;
/** So many encounters in a row share their patients. */
const HOUSEHOLD = 4;
/** How the encounters of a household fall to patients. */
const SHARES: readonly (readonly number[])[] = [[4], [2, 2], [1, 3], [1, 1, 2], [1, 1, 1, 1]];

function encounterAt(order: EncounterOrder, index: number): Encounter {
  const fault = faultAt(order, index);
  if (fault === undefined) return soundEncounter(order, index);
  if (fault === "duplicate") {
    return renamed(soundEncounter(order, index - 1), identifiersAt(order, index));
  }
  return withFault(soundEncounter(order, index), fault, order.today);
}

function faultAt(order: EncounterOrder, index: number): FaultName | undefined {
  const block = Math.floor(index / FAULT_EVERY);
  const chosen = 1 + randomFrom(`${order.seed}|fault|${block}`)(FAULT_EVERY - 1);
  return index % FAULT_EVERY === chosen ? FAULTS[block % FAULTS.length] : undefined;
}

interface Identifiers {
  readonly externalId: string;
  readonly patientControlNumber: string;
}

/** Unique within a run by the index, and between runs by a code of the seed and the day. */
function identifiersAt(order: EncounterOrder, index: number): Identifiers {
  const run = shortCode(`${order.seed}|${order.today}`, 6);
  const number = String(index + 1).padStart(6, "0");
  return { externalId: `ENC-${run}-${number}`, patientControlNumber: `${run}${number}` };
}

function renamed(encounter: Encounter, identifiers: Identifiers): Encounter {
  const { externalId, patientControlNumber } = identifiers;
  return {
    ...encounter,
    externalId,
    claimInformation: {
      ...encounter.claimInformation,
      patientControlNumber,
      serviceLines: encounter.claimInformation.serviceLines.map((line, index) => ({
        ...line,
        providerControlNumber: `${patientControlNumber}L${index + 1}`,
      })),
    },
  };
}

function soundEncounter(order: EncounterOrder, index: number): Encounter {
  const household = Math.floor(index / HOUSEHOLD);
  const shares = pick(randomFrom(`${order.seed}|household|${household}`), SHARES);
  let member = 0;
  let visit = index % HOUSEHOLD;
  while (visit >= (shares[member] ?? HOUSEHOLD)) {
    visit -= shares[member] ?? HOUSEHOLD;
    member += 1;
  }
  const random = randomFrom(`${order.seed}|patient|${household}|${member}`);
  const patient = inventPatient(random, order.today, `${order.seed}|${household}|${member}`);
  const found = inventVisits(random, patient, order.today, shares[member] ?? 1)[visit];
  if (found === undefined) throw new RangeError("a household has no more visits than its shares");
  const own = randomFrom(`${order.seed}|encounter|${index}`);
  return encounterOf(own, patient, found, identifiersAt(order, index));
}

function encounterOf(
  random: Random,
  patient: Patient,
  visit: Visit,
  identifiers: Identifiers,
): Encounter {
  const { submitter, receiver, billing } = practiceProfile();
  return {
    externalId: identifiers.externalId,
    usageIndicator: "P",
    tradingPartnerServiceId: patient.payer.id,
    tradingPartnerName: patient.payer.name,
    submitter,
    receiver,
    ...insuredOf(patient),
    billing,
    rendering: renderingProvider(random, visit.care.specialty),
    ...(visit.care.referred ? { referring: referringProvider(random) } : {}),
    claimInformation: claimInformation(random, patient, visit, identifiers.patientControlNumber),
  };
}

function insuredOf(patient: Patient): Pick<Encounter, "subscriber" | "dependent"> {
  const insured = patient.subscriber?.person ?? patient.person;
  const subscriber: Encounter["subscriber"] = {
    memberId: patient.memberId,
    paymentResponsibilityLevelCode: "P",
    ...nameOf(insured),
    ...(patient.groupNumber === undefined ? {} : { groupNumber: patient.groupNumber }),
    address: patient.address,
  };
  if (patient.subscriber === undefined) return { subscriber };
  const dependent: Encounter["dependent"] = {
    relationshipToSubscriberCode: patient.subscriber.relationship,
    ...nameOf(patient.person),
    address: patient.address,
  };
  return { subscriber, dependent };
}

function nameOf(person: Patient["person"]) {
  const { firstName, lastName, gender, dateOfBirth } = person;
  return { firstName, lastName, gender, dateOfBirth: compactDate(dateOfBirth) };
}

function claimInformation(
  random: Random,
  patient: Patient,
  visit: Visit,
  patientControlNumber: string,
): Encounter["claimInformation"] {
  const supplement = supplementOf(random, visit);
  return {
    claimFilingCode: patient.payer.filingIndicatorCode as FilingCode,
    patientControlNumber,
    claimChargeAmount: formatAmount(sumOf(visit.lines, ({ chargeCents }) => chargeCents)),
    placeOfServiceCode: visit.placeOfServiceCode,
    claimFrequencyCode: "1",
    signatureIndicator: "Y",
    planParticipationCode: "A",
    benefitsAssignmentCertificationIndicator: "Y",
    releaseInformationCode: "Y",
    ...(supplement === undefined ? {} : { claimSupplementalInformation: supplement }),
    healthCareCodeInformation: visit.diagnoses.map((diagnosisCode, index) => ({
      diagnosisTypeCode: index === 0 ? "ABK" : "ABF",
      diagnosisCode,
    })),
    ...(patient.secondary === undefined
      ? {}
      : { otherSubscriberInformation: [otherSubscriber(patient, patient.secondary)] }),
    serviceLines: visit.lines.map((line, index) =>
      serviceLine(line, index + 1, visit.serviceDate, patientControlNumber),
    ),
  };
}

type FilingCode = Encounter["claimInformation"]["claimFilingCode"];
type Supplement = NonNullable<Encounter["claimInformation"]["claimSupplementalInformation"]>;
type OtherSubscriber = NonNullable<
  Encounter["claimInformation"]["otherSubscriberInformation"]
>[number];

function supplementOf(random: Random, visit: Visit): Supplement | undefined {
  const authorized = happens(random, visit.care.authorizedPercent ?? 0);
  const number = 100_000 + random(900_000);
  const supplement: Supplement = {
    ...(authorized ? { priorAuthorizationNumber: `AUTH${number}` } : {}),
    ...(visit.care.laboratory ? { cliaNumber: practiceProfile().cliaNumber } : {}),
  };
  return Object.keys(supplement).length === 0 ? undefined : supplement;
}

function otherSubscriber(
  patient: Patient,
  secondary: NonNullable<Patient["secondary"]>,
): OtherSubscriber {
  return {
    paymentResponsibilityLevelCode: "S",
    individualRelationshipCode: "18",
    ...(secondary.group === undefined ? {} : { insuranceGroupOrPolicyNumber: secondary.group }),
    claimFilingIndicatorCode: secondary.payer.filingIndicatorCode as FilingCode,
    benefitsAssignmentCertificationIndicator: "Y",
    releaseOfInformationCode: "Y",
    otherSubscriberName: {
      otherInsuredQualifier: "1",
      otherInsuredLastName: patient.person.lastName,
      otherInsuredFirstName: patient.person.firstName,
      otherInsuredIdentifierTypeCode: "MI",
      otherInsuredIdentifier: secondary.memberId,
    },
    otherPayerName: {
      otherPayerOrganizationName: secondary.payer.name,
      otherPayerIdentifierTypeCode: "PI",
      otherPayerIdentifier: secondary.payer.id,
    },
  };
}

function serviceLine(
  line: VisitLine,
  number: number,
  serviceDate: string,
  patientControlNumber: string,
): Encounter["claimInformation"]["serviceLines"][number] {
  return {
    assignedNumber: String(number),
    providerControlNumber: `${patientControlNumber}L${number}`,
    serviceDate: compactDate(serviceDate),
    professionalService: {
      procedureIdentifier: "HC",
      procedureCode: line.procedureCode,
      ...(line.modifiers.length === 0 ? {} : { procedureModifiers: [...line.modifiers] }),
      lineItemChargeAmount: formatAmount(line.chargeCents),
      measurementUnit: "UN",
      serviceUnitCount: String(line.units),
      compositeDiagnosisCodePointers: { diagnosisCodePointers: line.pointers.map(String) },
    },
  };
}
