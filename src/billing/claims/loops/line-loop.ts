import type { ElementValue, LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import { compactDate, type Encounter, type EncounterLine, serviceOf } from "../../intake/index.ts";
import { formatAmount } from "../../money/index.ts";
import { capitals } from "../capitals.ts";
import type { Claim, ClaimLine } from "../claim.ts";
import { lineProviderLoops } from "./provider-loops.ts";
import {
  addAmt,
  addCas,
  addDtp,
  addFileInformation,
  addNote,
  addRef,
  dayRange,
  digitsOnly,
  plainAmount,
  plainDecimal,
  type Segments,
} from "./segments.ts";
import { addAmbulance, addAmbulanceLoops, addAttachments, addContract } from "./supplement.ts";

type Decision = NonNullable<EncounterLine["lineAdjudicationInformation"]>[number];

/** Line dates and their DTP qualifiers, in the order of the guides. */
const DATES = [
  ["prescriptionDate", "471"],
  ["certificationRevisionOrRecertificationDate", "607"],
  ["beginTherapyDate", "463"],
  ["lastCertificationDate", "461"],
  ["treatmentOrTherapyDate", "304"],
  ["hemoglobinTestDate", "738"],
  ["serumCreatineTestDate", "739"],
  ["shippedDate", "011"],
  ["lastXRayDate", "455"],
  ["initialTreatmentDate", "454"],
  ["priorPlacementDate", "441"],
  ["applianceDate", "452"],
  ["replacementDate", "446"],
  ["treatmentStartDate", "196"],
  ["treatmentCompletionDate", "198"],
] as const;

/** What was done and charged, by kind of claim: SV1; SV2; SV3 and TOO. */
const SERVICE_SEGMENTS = {
  professional: (encounter: Encounter, source: EncounterLine, line: ClaimLine) => [
    sv1(encounter, source, line),
  ],
  institutional: (_encounter: Encounter, source: EncounterLine, line: ClaimLine) => [
    sv2(source, line),
  ],
  dental: (encounter: Encounter, source: EncounterLine, line: ClaimLine) => [
    sv3(encounter, source, line),
    ...(line.dental?.teeth ?? []).map(
      ({ code, surfaces }): SegmentValue => ["TOO", "JP", code, surfaces],
    ),
  ],
} as const;

/** Loop 2400 of a service line with its drug, providers and other payers' decisions. */
export function lineLoop(
  encounter: Encounter,
  kind: Claim["kind"],
  line: ClaimLine,
  index: number,
): LoopValue {
  const source = encounter.claimInformation.serviceLines[index];
  if (source === undefined) throw new RangeError("no such line");
  const segments: Segments = [
    ["LX", String(line.lineNumber)],
    ...SERVICE_SEGMENTS[kind](encounter, source, line),
  ];
  addAttachments(segments, source.serviceLineSupplementalInformation);
  addAmbulance(segments, source.ambulanceTransportInformation, source.ambulanceCertification);
  if (source.serviceDate !== undefined) segments.push(serviceDate(line));
  addDates(segments, source.serviceLineDateInformation);
  addMeasurements(segments, source);
  addContract(segments, source.contractInformation);
  addReferences(segments, source.serviceLineReferenceInformation, line.lineControlNumber);
  addAmt(segments, "T", source.salesTaxAmount);
  addAmt(segments, "F4", source.postageTaxAmount);
  addAmt(segments, "GT", source.serviceTaxAmount);
  addAmt(segments, "N8", source.facilityTaxAmount);
  addFileInformation(segments, source.fileInformation);
  addNote(segments, "ADD", source.additionalNotes);
  addNote(segments, "DCP", source.goalRehabOrDischargePlans);
  addNote(segments, "TPO", source.thirdPartyOrganizationNotes);
  const loops: LoopValue[] = [];
  if (source.drugIdentification !== undefined) loops.push(drugLoop(source.drugIdentification));
  loops.push(...lineProviderLoops(encounter, kind, source));
  const { ambulancePickUpLocation: pickUp, ambulanceDropOffLocation: dropOff } = source;
  addAmbulanceLoops(loops, ["2420G", "2420H"], pickUp, dropOff);
  for (const decision of source.lineAdjudicationInformation ?? []) {
    loops.push(decisionLoop(decision));
  }
  return { id: "2400", segments, loops };
}

/** SV101, SV202 or SV301: qualifier, code, four modifiers, description. */
function procedureOf(source: EncounterLine, line: ClaimLine): ElementValue {
  const [one = "", two = "", three = "", four = ""] = line.modifiers;
  const description = capitals(serviceOf(source).description ?? "");
  return [line.procedureQualifier, line.procedureCode, one, two, three, four, description];
}

/** The place of a line, where it is not that of the claim. */
function ownPlace({ claimInformation }: Encounter, source: EncounterLine): string {
  const { placeOfServiceCode: place = "" } = serviceOf(source);
  return place === claimInformation.placeOfServiceCode ? "" : place;
}

function sv1(encounter: Encounter, source: EncounterLine, line: ClaimLine): SegmentValue {
  const { professionalService: service } = source;
  return [
    "SV1",
    procedureOf(source, line),
    formatAmount(line.chargeCents),
    service?.measurementUnit ?? "",
    line.units,
    ownPlace(encounter, source),
    "",
    line.diagnosisPointers.map(String),
    "",
    service?.emergencyIndicator ?? "",
    "",
    service?.epsdtIndicator ?? "",
    service?.familyPlanningIndicator ?? "",
    "",
    "",
    service?.copayStatusCode ?? "",
  ];
}

function sv2(source: EncounterLine, line: ClaimLine): SegmentValue {
  const { institutionalService: service } = source;
  const notCovered = service?.nonCoveredChargeAmount;
  return [
    "SV2",
    line.revenueCode ?? "",
    line.procedureCode === "" ? "" : procedureOf(source, line),
    formatAmount(line.chargeCents),
    service?.measurementUnit ?? "",
    line.units,
    "",
    notCovered === undefined ? "" : plainAmount(notCovered),
  ];
}

function sv3(encounter: Encounter, source: EncounterLine, line: ClaimLine): SegmentValue {
  return [
    "SV3",
    procedureOf(source, line),
    formatAmount(line.chargeCents),
    ownPlace(encounter, source),
    line.dental?.areas ?? [],
    line.dental?.placement ?? "",
    line.units,
    "",
    "",
    "",
    "",
    line.diagnosisPointers.map(String),
  ];
}

function serviceDate({
  serviceDateFrom: from = "",
  serviceDateTo: to = from,
}: ClaimLine): SegmentValue {
  if (from === to) return ["DTP", "472", "D8", compactDate(from)];
  return ["DTP", "472", "RD8", dayRange(from, to)];
}

function addDates(segments: Segments, dates: EncounterLine["serviceLineDateInformation"]): void {
  if (dates === undefined) return;
  for (const [name, qualifier] of DATES) addDtp(segments, qualifier, dates[name]);
}

function addMeasurements(segments: Segments, source: EncounterLine): void {
  const { ambulancePatientCount: patients, obstetricAnesthesiaAdditionalUnits: units } = source;
  if (patients !== undefined) segments.push(["QTY", "PT", String(patients)]);
  if (units !== undefined) segments.push(["QTY", "FL", String(units)]);
  for (const test of source.testResults ?? []) {
    const { measurementReferenceIdentificationCode: reference, measurementQualifier: kind } = test;
    segments.push(["MEA", reference, kind, plainDecimal(test.testResults)]);
  }
}

/** REF*6R is always sent: the payer must return it, and payments are matched by it (POSTING L1). */
function addReferences(
  segments: Segments,
  references: EncounterLine["serviceLineReferenceInformation"],
  lineControlNumber: string,
): void {
  const own: SegmentValue = ["REF", "6R", lineControlNumber];
  if (references === undefined) {
    segments.push(own);
    return;
  }
  for (const number of references.predeterminationOfBenefits ?? []) addRef(segments, "G3", number);
  addRef(segments, "9B", references.repricedLineItemReferenceNumber);
  addRef(segments, "9D", references.adjustedRepricedLineItemReferenceNumber);
  for (const each of references.priorAuthorization ?? []) {
    const { priorAuthorizationOrReferralNumber: number, otherPayerPrimaryIdentifier: payer } = each;
    if (payer === undefined) segments.push(["REF", "G1", number]);
    else segments.push(["REF", "G1", number, "", ["2U", payer]]);
  }
  segments.push(own);
  addRef(segments, "EW", references.mammographyCertificationNumber);
  addRef(segments, "X4", references.clinicalLaboratoryImprovementAmendmentNumber);
  addRef(segments, "F4", references.referringCliaNumber);
  addRef(segments, "BT", references.immunizationBatchNumber);
  for (const number of references.referralNumber ?? []) addRef(segments, "9F", number);
}

function drugLoop(drug: NonNullable<EncounterLine["drugIdentification"]>): LoopValue {
  const segments: Segments = [
    ["LIN", "", drug.serviceIdQualifier, digitsOnly(drug.nationalDrugCode)],
    ["CTP", "", "", "", plainDecimal(drug.nationalDrugUnitCount), [drug.measurementUnitCode]],
  ];
  if (drug.pharmacyPrescriptionNumber === undefined)
    addRef(segments, "VY", drug.linkSequenceNumber);
  else addRef(segments, "XZ", drug.pharmacyPrescriptionNumber);
  return { id: "2410", segments, loops: [] };
}

/** Loop 2430: what another payer decided of the line. */
function decisionLoop(decision: Decision): LoopValue {
  const segments: Segments = [
    [
      "SVD",
      decision.otherPayerPrimaryIdentifier,
      plainAmount(decision.serviceLinePaidAmount),
      decidedProcedure(decision),
      decision.serviceLineRevenueCode ?? "",
      plainDecimal(decision.paidServiceUnitCount),
      decision.bundledOrUnbundledLineNumber ?? "",
    ],
  ];
  addCas(segments, decision.claimAdjustmentInformation);
  addDtp(segments, "573", decision.adjudicationOrPaymentDate);
  addAmt(segments, "EAF", decision.remainingPatientLiability);
  return { id: "2430", segments, loops: [] };
}

/** SVD03; empty of an institutional line that was decided by its revenue code. */
function decidedProcedure(decision: Decision): ElementValue {
  const { serviceIdQualifier: qualifier = "HC", procedureCode, procedureModifier = [] } = decision;
  if (procedureCode === undefined) return "";
  const [one = "", two = "", three = "", four = ""] = procedureModifier.map(capitals);
  const description = capitals(decision.procedureCodeDescription ?? "");
  return [qualifier, capitals(procedureCode), one, two, three, four, description];
}
