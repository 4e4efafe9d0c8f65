import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import { compactDate, type Encounter } from "../../intake/index.ts";
import { formatAmount } from "../../money/index.ts";
import { capitals } from "../capitals.ts";
import type { ClaimLine } from "../claim.ts";
import { facilityLoop, providerLoop } from "./provider-loops.ts";
import {
  addressSegments,
  amt,
  casSegments,
  digitsOnly,
  dtp,
  NONE,
  per,
  plainAmount,
  plainDecimal,
  ref,
} from "./segments.ts";
import { ambulanceLoops, ambulanceSegments, attachmentSegments } from "./supplement.ts";

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
  const segments: SegmentValue[] = [
    ["LX", String(line.lineNumber)],
    sv1(encounter, source, line),
    ...attachmentSegments(source.serviceLineSupplementalInformation),
    ...ambulanceSegments(source.ambulanceTransportInformation, source.ambulanceCertification),
    serviceDate(line),
    ...dateSegments(source.serviceLineDateInformation),
    ...measurements(source),
    ...referenceSegments(source.serviceLineReferenceInformation, line.lineControlNumber),
    ...amt("T", source.salesTaxAmount),
    ...amt("F4", source.postageTaxAmount),
    ...(source.fileInformation?.map((text): SegmentValue => ["K3", capitals(text)]) ?? NONE),
    ...note("ADD", source.additionalNotes),
    ...note("DCP", source.goalRehabOrDischargePlans),
    ...note("TPO", source.thirdPartyOrganizationNotes),
  ];
  const loops: LoopValue[] = [
    ...drugLoops(source.drugIdentification),
    ...providerLoops(encounter, source),
    ...ambulanceLoops(
      ["2420G", "2420H"],
      source.ambulancePickUpLocation,
      source.ambulanceDropOffLocation,
    ),
    ...(source.lineAdjudicationInformation ?? []).map(decisionLoop),
  ];
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

function dateSegments(dates: Line["serviceLineDateInformation"]): readonly SegmentValue[] {
  if (dates === undefined) return NONE;
  return DATES.flatMap(([name, qualifier]) => dtp(qualifier, dates[name]));
}

function measurements(source: Line): readonly SegmentValue[] {
  const segments: SegmentValue[] = [];
  const { ambulancePatientCount: patients, obstetricAnesthesiaAdditionalUnits: units } = source;
  if (patients !== undefined) segments.push(["QTY", "PT", String(patients)]);
  if (units !== undefined) segments.push(["QTY", "FL", String(units)]);
  for (const test of source.testResults ?? []) {
    const { measurementReferenceIdentificationCode: reference, measurementQualifier: kind } = test;
    segments.push(["MEA", reference, kind, plainDecimal(test.testResults)]);
  }
  return segments;
}

/** REF*6R is always sent: the payer must return it, and payments are matched by it (POSTING L1). */
function referenceSegments(
  references: Line["serviceLineReferenceInformation"],
  lineControlNumber: string,
): readonly SegmentValue[] {
  const own: SegmentValue = ["REF", "6R", lineControlNumber];
  if (references === undefined) return [own];
  const authorizations = (references.priorAuthorization ?? []).map((each): SegmentValue => {
    const { priorAuthorizationOrReferralNumber: number, otherPayerPrimaryIdentifier: payer } = each;
    return payer === undefined ? ["REF", "G1", number] : ["REF", "G1", number, "", ["2U", payer]];
  });
  return [
    ...ref("9B", references.repricedLineItemReferenceNumber),
    ...ref("9D", references.adjustedRepricedLineItemReferenceNumber),
    ...authorizations,
    own,
    ...ref("EW", references.mammographyCertificationNumber),
    ...ref("X4", references.clinicalLaboratoryImprovementAmendmentNumber),
    ...ref("F4", references.referringCliaNumber),
    ...ref("BT", references.immunizationBatchNumber),
    ...(references.referralNumber ?? []).flatMap((number) => ref("9F", number)),
  ];
}

function note(kind: string, text: string | undefined): readonly SegmentValue[] {
  return text === undefined ? NONE : [["NTE", kind, capitals(text)]];
}

function drugLoops(drug: Line["drugIdentification"]): LoopValue[] {
  if (drug === undefined) return [];
  const segments: SegmentValue[] = [
    ["LIN", "", drug.serviceIdQualifier, digitsOnly(drug.nationalDrugCode)],
    ["CTP", "", "", "", plainDecimal(drug.nationalDrugUnitCount), [drug.measurementUnitCode]],
    ...(drug.pharmacyPrescriptionNumber === undefined
      ? ref("VY", drug.linkSequenceNumber)
      : ref("XZ", drug.pharmacyPrescriptionNumber)),
  ];
  return [{ id: "2410", segments, loops: [] }];
}

function providerLoops(encounter: Encounter, source: Line): LoopValue[] {
  const { renderingProvider, supervisingProvider, referringProvider } = source;
  const { serviceFacilityLocation: facility } = source;
  const ordering = source.orderingProvider ?? encounter.ordering;
  const named = encounter.rendering?.npi ?? encounter.billing.npi;
  const loops: LoopValue[] = [];
  if (renderingProvider !== undefined && renderingProvider.npi !== named) {
    loops.push(providerLoop("2420A", "82", renderingProvider));
  }
  if (facility !== undefined) loops.push(facilityLoop("2420C", facility));
  if (supervisingProvider !== undefined) {
    loops.push(providerLoop("2420D", "DQ", supervisingProvider));
  }
  if (ordering !== undefined) {
    const loop = providerLoop("2420E", "DK", ordering);
    const contact = per(ordering.contactInformation);
    const segments = [...loop.segments, ...addressSegments(ordering.address), ...contact];
    loops.push({ ...loop, segments });
  }
  if (referringProvider !== undefined) loops.push(providerLoop("2420F", "DN", referringProvider));
  return loops;
}

/** Loop 2430: what another payer decided of the line. */
function decisionLoop(decision: Decision): LoopValue {
  const [one = "", two = "", three = "", four = ""] = (decision.procedureModifier ?? []).map(
    capitals,
  );
  const description = capitals(decision.procedureCodeDescription ?? "");
  const code = capitals(decision.procedureCode);
  const segments: SegmentValue[] = [
    [
      "SVD",
      decision.otherPayerPrimaryIdentifier,
      plainAmount(decision.serviceLinePaidAmount),
      [decision.serviceIdQualifier, code, one, two, three, four, description],
      "",
      plainDecimal(decision.paidServiceUnitCount),
      decision.bundledOrUnbundledLineNumber ?? "",
    ],
    ...casSegments(decision.claimAdjustmentInformation),
    ...dtp("573", decision.adjudicationOrPaymentDate),
    ...amt("EAF", decision.remainingPatientLiability),
  ];
  return { id: "2430", segments, loops: [] };
}
