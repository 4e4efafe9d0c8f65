import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import { compactDate, type Encounter } from "../../intake/index.ts";
import { formatAmount } from "../../money/index.ts";
import { capitals } from "../capitals.ts";
import type { ClaimLine } from "../claim.ts";
import { facilityLoop, providerLoop } from "./provider-loops.ts";
import {
  addAddress,
  addAmt,
  addCas,
  addDtp,
  addFileInformation,
  addNote,
  addPer,
  addRef,
  digitsOnly,
  plainAmount,
  plainDecimal,
  type Segments,
} from "./segments.ts";
import { addAmbulance, addAmbulanceLoops, addAttachments } from "./supplement.ts";

type Line = Encounter["claimInformation"]["serviceLines"][number];
type Decision = NonNullable<Line["lineAdjudicationInformation"]>[number];

/** Line dates and their DTP qualifiers, in the order of the guide. */
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
] as const;

/** Loop 2400 of a service line with its drug, providers and other payers' decisions. */
export function lineLoop(encounter: Encounter, line: ClaimLine, index: number): LoopValue {
  const source = encounter.claimInformation.serviceLines[index];
  if (source === undefined) throw new RangeError("no such line");
  const segments: Segments = [["LX", String(line.lineNumber)], sv1(encounter, source, line)];
  addAttachments(segments, source.serviceLineSupplementalInformation);
  addAmbulance(segments, source.ambulanceTransportInformation, source.ambulanceCertification);
  segments.push(serviceDate(line));
  addDates(segments, source.serviceLineDateInformation);
  addMeasurements(segments, source);
  addReferences(segments, source.serviceLineReferenceInformation, line.lineControlNumber);
  addAmt(segments, "T", source.salesTaxAmount);
  addAmt(segments, "F4", source.postageTaxAmount);
  addFileInformation(segments, source.fileInformation);
  addNote(segments, "ADD", source.additionalNotes);
  addNote(segments, "DCP", source.goalRehabOrDischargePlans);
  addNote(segments, "TPO", source.thirdPartyOrganizationNotes);
  const loops: LoopValue[] = [];
  if (source.drugIdentification !== undefined) loops.push(drugLoop(source.drugIdentification));
  addProviderLoops(loops, encounter, source);
  const { ambulancePickUpLocation: pickUp, ambulanceDropOffLocation: dropOff } = source;
  addAmbulanceLoops(loops, ["2420G", "2420H"], pickUp, dropOff);
  for (const decision of source.lineAdjudicationInformation ?? []) {
    loops.push(decisionLoop(decision));
  }
  return { id: "2400", segments, loops };
}

function sv1(encounter: Encounter, source: Line, line: ClaimLine): SegmentValue {
  const { professionalService: service } = source;
  const [one = "", two = "", three = "", four = ""] = line.modifiers;
  const description = capitals(service.description ?? "");
  const place = service.placeOfServiceCode ?? "";
  return [
    "SV1",
    [line.procedureQualifier, line.procedureCode, one, two, three, four, description],
    formatAmount(line.chargeCents),
    service.measurementUnit,
    line.units,
    place === encounter.claimInformation.placeOfServiceCode ? "" : place,
    "",
    line.diagnosisPointers.map(String),
    "",
    service.emergencyIndicator ?? "",
    "",
    service.epsdtIndicator ?? "",
    service.familyPlanningIndicator ?? "",
    "",
    "",
    service.copayStatusCode ?? "",
  ];
}

function serviceDate({
  serviceDateFrom: from = "",
  serviceDateTo: to = from,
}: ClaimLine): SegmentValue {
  if (from === to) return ["DTP", "472", "D8", compactDate(from)];
  return ["DTP", "472", "RD8", `${compactDate(from)}-${compactDate(to)}`];
}

function addDates(segments: Segments, dates: Line["serviceLineDateInformation"]): void {
  if (dates === undefined) return;
  for (const [name, qualifier] of DATES) addDtp(segments, qualifier, dates[name]);
}

function addMeasurements(segments: Segments, source: Line): void {
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
  references: Line["serviceLineReferenceInformation"],
  lineControlNumber: string,
): void {
  const own: SegmentValue = ["REF", "6R", lineControlNumber];
  if (references === undefined) {
    segments.push(own);
    return;
  }
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

function drugLoop(drug: NonNullable<Line["drugIdentification"]>): LoopValue {
  const segments: Segments = [
    ["LIN", "", drug.serviceIdQualifier, digitsOnly(drug.nationalDrugCode)],
    ["CTP", "", "", "", plainDecimal(drug.nationalDrugUnitCount), [drug.measurementUnitCode]],
  ];
  if (drug.pharmacyPrescriptionNumber === undefined)
    addRef(segments, "VY", drug.linkSequenceNumber);
  else addRef(segments, "XZ", drug.pharmacyPrescriptionNumber);
  return { id: "2410", segments, loops: [] };
}

function addProviderLoops(loops: LoopValue[], encounter: Encounter, source: Line): void {
  const { renderingProvider, supervisingProvider, referringProvider } = source;
  const { serviceFacilityLocation: facility } = source;
  const ordering = source.orderingProvider ?? encounter.ordering;
  const named = encounter.rendering?.npi ?? encounter.billing.npi;
  if (renderingProvider !== undefined && renderingProvider.npi !== named) {
    loops.push(providerLoop("2420A", "82", renderingProvider));
  }
  if (facility !== undefined) loops.push(facilityLoop("2420C", facility));
  if (supervisingProvider !== undefined) {
    loops.push(providerLoop("2420D", "DQ", supervisingProvider));
  }
  if (ordering !== undefined) {
    const loop = providerLoop("2420E", "DK", ordering);
    const segments = [...loop.segments];
    addAddress(segments, ordering.address);
    addPer(segments, ordering.contactInformation);
    loops.push({ ...loop, segments });
  }
  if (referringProvider !== undefined) loops.push(providerLoop("2420F", "DN", referringProvider));
}

/** Loop 2430: what another payer decided of the line. */
function decisionLoop(decision: Decision): LoopValue {
  const [one = "", two = "", three = "", four = ""] = (decision.procedureModifier ?? []).map(
    capitals,
  );
  const description = capitals(decision.procedureCodeDescription ?? "");
  const code = capitals(decision.procedureCode);
  const segments: Segments = [
    [
      "SVD",
      decision.otherPayerPrimaryIdentifier,
      plainAmount(decision.serviceLinePaidAmount),
      [decision.serviceIdQualifier, code, one, two, three, four, description],
      "",
      plainDecimal(decision.paidServiceUnitCount),
      decision.bundledOrUnbundledLineNumber ?? "",
    ],
  ];
  addCas(segments, decision.claimAdjustmentInformation);
  addDtp(segments, "573", decision.adjudicationOrPaymentDate);
  addAmt(segments, "EAF", decision.remainingPatientLiability);
  return { id: "2430", segments, loops: [] };
}
