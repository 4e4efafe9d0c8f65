import type { SegmentValue } from "../../../edi/x12/index.ts";
import type { Encounter } from "../../intake/index.ts";
import { formatAmount } from "../../money/index.ts";
import type { Claim, DentalFacts } from "../claim.ts";
import {
  addAmt,
  addDtp,
  addFileInformation,
  addNote,
  addReferences,
  plainDate,
  relatedCauses,
  type Segments,
} from "./segments.ts";
import { addAttachments, addContract } from "./supplement.ts";

type ClaimInformation = Encounter["claimInformation"];

/** Claim references and their REF qualifiers, in the order of the guide. */
const REFERENCES = [
  ["predeterminationOfBenefitsIdentifier", "G3"],
  ["serviceAuthorizationExceptionCode", "4N"],
  ["claimControlNumber", "F8"],
  ["referralNumber", "9F"],
  ["priorAuthorizationNumber", "G1"],
  ["repricedClaimNumber", "9A"],
  ["adjustedRepricedClaimNumber", "9C"],
  ["claimNumber", "D9"],
] as const;

/** The segments of loop 2300 itself of a dental claim (005010X224A2). */
export function dentalSegments(
  { claimInformation: information }: Encounter,
  claim: Claim,
): readonly SegmentValue[] {
  const { dental: facts } = claim;
  if (facts === undefined) throw new RangeError("a dental claim tells of its teeth");
  const references = information.claimSupplementalInformation;
  const dates = information.claimDateInformation;
  const segments: Segments = [clm(information, claim, facts)];
  addDtp(segments, "439", dates?.accidentDate);
  addDtp(segments, "452", dates?.appliancePlacementDate);
  if (dates?.serviceDateEnd === undefined) addDtp(segments, "472", dates?.serviceDate);
  else {
    const { serviceDate = "", serviceDateEnd } = dates;
    const days = `${plainDate(serviceDate)}-${plainDate(serviceDateEnd)}`;
    segments.push(["DTP", "472", "RD8", days]);
  }
  addDtp(segments, "050", dates?.repricerReceivedDate);
  addTeeth(segments, information, facts);
  if (references?.reportInformation !== undefined) {
    addAttachments(segments, [references.reportInformation]);
  }
  addAttachments(segments, references?.reportInformations);
  addContract(segments, information.contractInformation);
  addAmt(segments, "F5", information.patientAmountPaid);
  addReferences(segments, references, REFERENCES);
  addFileInformation(segments, information.fileInformationList);
  addNote(segments, "ADD", information.claimNote?.additionalInformation);
  if (claim.diagnoses.length > 0) {
    const codes = claim.diagnoses.map((code, index) => [index === 0 ? "ABK" : "ABF", code]);
    segments.push(["HI", ...codes]);
  }
  return segments;
}

function clm(information: ClaimInformation, claim: Claim, facts: DentalFacts): SegmentValue {
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
    "",
    relatedCauses(information),
    information.specialProgramCode ?? "",
    ...Array.from({ length: 6 }, () => ""),
    facts.predetermination ? "PB" : "",
    information.delayReasonCode ?? "",
  ];
}

/** Adds DN1 and DN2. */
function addTeeth(
  segments: Segments,
  { orthodonticTotalMonthsOfTreatment: months }: ClaimInformation,
  { toothStatuses }: DentalFacts,
): void {
  if (months !== undefined) {
    const { monthsCount, monthsRemaining, treatmentIndicator = "" } = months;
    const total = monthsCount === undefined ? "" : String(monthsCount);
    const left = monthsRemaining === undefined ? "" : String(monthsRemaining);
    segments.push(["DN1", total, left, "", treatmentIndicator]);
  }
  for (const { tooth, status } of toothStatuses) {
    segments.push(["DN2", tooth, status, "", "", "", "JP"]);
  }
}
