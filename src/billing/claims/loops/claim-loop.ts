import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Encounter } from "../../intake/index.ts";
import { formatAmount } from "../../money/index.ts";
import { capitals } from "../capitals.ts";
import type { Claim } from "../claim.ts";
import { dentalSegments } from "./dental-loop.ts";
import { institutionalSegments } from "./institutional-loop.ts";
import { lineLoop } from "./line-loop.ts";
import { otherPayerLoop } from "./other-payer-loop.ts";
import { claimProviderLoops } from "./provider-loops.ts";
import {
  addAmt,
  addDtp,
  addEpsdtReferral,
  addFileInformation,
  addNote,
  addReferences,
  plainDate,
  relatedCauses,
  type Segments,
} from "./segments.ts";
import {
  addAmbulance,
  addAmbulanceLoops,
  addAttachments,
  addContract,
  addSpinalManipulation,
} from "./supplement.ts";

type ClaimInformation = Encounter["claimInformation"];

/** Claim dates and their DTP qualifiers, in the order of the guide; disability is told apart. */
const DATES = [
  ["symptomDate", "431"],
  ["initialTreatmentDate", "454"],
  ["lastSeenDate", "304"],
  ["acuteManifestationDate", "453"],
  ["accidentDate", "439"],
  ["lastMenstrualPeriodDate", "484"],
  ["lastXRayDate", "455"],
  ["hearingAndVisionPrescriptionDate", "471"],
  ["lastWorkedDate", "297"],
  ["authorizedReturnToWorkDate", "296"],
  ["admissionDate", "435"],
  ["dischargeDate", "096"],
  ["assumedAndRelinquishedCareBeginDate", "090"],
  ["assumedAndRelinquishedCareEndDate", "091"],
  ["firstContactDate", "444"],
  ["repricerReceivedDate", "050"],
] as const;

/** Claim references and their REF qualifiers, in the order of the guide. */
const REFERENCES = [
  ["serviceAuthorizationExceptionCode", "4N"],
  ["medicareCrossoverReferenceId", "F5"],
  ["mammographyCertificationNumber", "EW"],
  ["referralNumber", "9F"],
  ["priorAuthorizationNumber", "G1"],
  ["claimControlNumber", "F8"],
  ["cliaNumber", "X4"],
  ["repricedClaimNumber", "9A"],
  ["adjustedRepricedClaimNumber", "9C"],
  ["investigationalDeviceExemptionNumber", "LX"],
  ["claimNumber", "D9"],
  ["medicalRecordNumber", "EA"],
  ["demoProjectIdentifier", "P4"],
  ["carePlanOversightNumber", "1J"],
] as const;

const NOTES = [
  ["additionalInformation", "ADD"],
  ["certificationNarrative", "CER"],
  ["goalRehabOrDischargePlans", "DCP"],
  ["diagnosisDescription", "DGN"],
  ["thirdPartOrgNotes", "TPO"],
] as const;

/** The segments of loop 2300 itself, by kind of claim. */
const SEGMENTS = {
  professional: professionalSegments,
  institutional: institutionalSegments,
  dental: dentalSegments,
} as const;

/** The segments of loop 2300 itself. */
export function claimSegments(encounter: Encounter, claim: Claim): readonly SegmentValue[] {
  return SEGMENTS[claim.kind](encounter, claim);
}

/** The segments of loop 2300 itself of a professional claim (005010X222A1). */
function professionalSegments(encounter: Encounter, claim: Claim): readonly SegmentValue[] {
  const information = encounter.claimInformation;
  const references = information.claimSupplementalInformation;
  const { ambulanceTransportInformation: transport, ambulanceCertification } = information;
  const segments: Segments = [clm(information, claim)];
  addDates(segments, information.claimDateInformation);
  if (references?.reportInformation !== undefined) {
    addAttachments(segments, [references.reportInformation]);
  }
  addAttachments(segments, references?.reportInformations);
  addContract(segments, information.contractInformation);
  addAmt(segments, "F5", information.patientAmountPaid);
  addReferences(segments, references, REFERENCES);
  addFileInformation(segments, information.fileInformationList);
  const note = information.claimNote;
  if (note !== undefined) for (const [name, kind] of NOTES) addNote(segments, kind, note[name]);
  addAmbulance(segments, transport, ambulanceCertification);
  addSpinalManipulation(segments, information.spinalManipulation);
  addConditions(segments, information);
  addCodes(segments, information, claim);
  return segments;
}

/** The loops under loop 2300: providers and places, other payers, service lines. */
export function claimLoops(encounter: Encounter, claim: Claim): LoopValue[] {
  const information = encounter.claimInformation;
  const rendering = claim.renderingProviderNpi === undefined ? undefined : encounter.rendering;
  const loops = claimProviderLoops(encounter, claim.kind, rendering ?? unnumbered(encounter));
  const { ambulancePickUpLocation: pickUp, ambulanceDropOffLocation: dropOff } = information;
  addAmbulanceLoops(loops, ["2310E", "2310F"], pickUp, dropOff);
  for (const other of information.otherSubscriberInformation ?? []) {
    loops.push(otherPayerLoop(other, information.serviceLines));
  }
  for (let index = 0; index < claim.lines.length; index += 1) {
    const line = claim.lines[index];
    if (line !== undefined) loops.push(lineLoop(encounter, claim.kind, line, index));
  }
  return loops;
}

/** A rendering provider without an NPI is still named. */
function unnumbered({ rendering }: Encounter): Encounter["rendering"] {
  return rendering !== undefined && rendering.npi === undefined ? rendering : undefined;
}

function clm(information: ClaimInformation, claim: Claim): SegmentValue {
  return [
    "CLM",
    claim.patientControlNumber,
    formatAmount(claim.chargeCents),
    "",
    "",
    [claim.placeOfServiceCode, "B", claim.frequencyCode],
    information.signatureIndicator ?? "",
    information.planParticipationCode,
    information.benefitsAssignmentCertificationIndicator,
    information.releaseInformationCode,
    information.patientSignatureSourceCode === true ? "P" : "",
    relatedCauses(information),
    information.specialProgramCode ?? "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    information.delayReasonCode ?? "",
  ];
}

function addDates(segments: Segments, dates: ClaimInformation["claimDateInformation"]): void {
  if (dates === undefined) return;
  for (const [name, qualifier] of DATES) addDtp(segments, qualifier, dates[name]);
  const { disabilityBeginDate: begin, disabilityEndDate: end } = dates;
  if (begin !== undefined && end !== undefined) {
    segments.push(["DTP", "314", "RD8", `${plainDate(begin)}-${plainDate(end)}`]);
  } else {
    addDtp(segments, "360", begin);
    addDtp(segments, "361", end);
  }
}

function addConditions(segments: Segments, information: ClaimInformation): void {
  if (information.homeboundIndicator === true) segments.push(["CRC", "75", "Y", "IH"]);
  addEpsdtReferral(segments, information.epsdtReferral);
}

function addCodes(segments: Segments, information: ClaimInformation, claim: Claim): void {
  const diagnoses = claim.diagnoses.map((code, index) => [index === 0 ? "ABK" : "ABF", code]);
  segments.push(["HI", ...diagnoses]);
  const surgery = information.anesthesiaRelatedSurgicalProcedure ?? [];
  if (surgery.length > 0) {
    const codes = surgery.map((code, index) => [index === 0 ? "BP" : "BO", capitals(code)]);
    segments.push(["HI", ...codes]);
  }
  for (const { conditionCodes } of information.conditionInformation ?? []) {
    segments.push(["HI", ...conditionCodes.map((code) => ["BG", code])]);
  }
}
