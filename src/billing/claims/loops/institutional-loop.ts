import type { ElementValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Encounter } from "../../intake/index.ts";
import { formatAmount } from "../../money/index.ts";
import { capitals } from "../capitals.ts";
import type { Claim, InstitutionalFacts } from "../claim.ts";
import {
  addAmt,
  addDtp,
  addEpsdtReferral,
  addFileInformation,
  addNote,
  addReferences,
  dayRange,
  type Segments,
} from "./segments.ts";
import { addAttachments, addContract } from "./supplement.ts";

type ClaimInformation = Encounter["claimInformation"];

/** Claim references and their REF qualifiers, in the order of the guide. */
const REFERENCES = [
  ["serviceAuthorizationExceptionCode", "4N"],
  ["referralNumber", "9F"],
  ["priorAuthorizationNumber", "G1"],
  ["claimControlNumber", "F8"],
  ["repricedClaimNumber", "9A"],
  ["adjustedRepricedClaimNumber", "9C"],
  ["investigationalDeviceExemptionNumber", "LX"],
  ["claimNumber", "D9"],
  ["autoAccidentState", "LU"],
  ["medicalRecordNumber", "EA"],
  ["demoProjectIdentifier", "P4"],
  ["peerReviewAuthorizationNumber", "G4"],
] as const;

/** Claim notes and their NTE qualifiers. */
const NOTES = [
  ["allergies", "ALG"],
  ["goalRehabOrDischargePlans", "DCP"],
  ["diagnosisDescription", "DGN"],
  ["dme", "DME"],
  ["medications", "MED"],
  ["nutritionalRequirments", "NTR"],
  ["ordersForDiscipLinesAndTreatments", "ODT"],
  ["functionalLimitsOrReasonHomebound", "RHB"],
  ["reasonsPatientLeavesHome", "RLH"],
  ["timesAndReasonsPatientNotAtHome", "RNH"],
  ["unusualHomeOrSocialEnv", "SET"],
  ["safetyMeasures", "SFM"],
  ["supplementalPlanOfTreatment", "SPT"],
  ["updatedInformation", "UPI"],
] as const;

/** HI qualifiers of diagnoses. */
const DIAGNOSES = {
  principal: "ABK",
  admitting: "ABJ",
  reason: "APR",
  external: "ABN",
  other: "ABF",
} as const;

/** Codes that one HI holds. */
const IN_SEGMENT = 12;

/** The segments of loop 2300 itself of an institutional claim (005010X223A2). */
export function institutionalSegments(
  { claimInformation: information }: Encounter,
  claim: Claim,
): readonly SegmentValue[] {
  const { institutional: facts } = claim;
  if (facts === undefined) throw new RangeError("an institutional claim tells of its statement");
  const references = information.claimSupplementalInformation;
  const segments: Segments = [clm(information, claim)];
  addStay(segments, facts);
  addDtp(segments, "050", information.claimDateInformation?.repricerReceivedDate);
  const { admissionTypeCode, admissionSourceCode, patientStatusCode } = facts;
  segments.push(["CL1", admissionTypeCode, admissionSourceCode, patientStatusCode]);
  if (references?.reportInformation !== undefined) {
    addAttachments(segments, [references.reportInformation]);
  }
  addAttachments(segments, references?.reportInformations);
  addContract(segments, information.contractInformation);
  addAmt(segments, "F3", information.patientEstimatedAmountDue);
  addReferences(segments, references, REFERENCES);
  addFileInformation(segments, information.fileInformationList);
  for (const [name, kind] of NOTES) {
    for (const note of information.claimNotes?.[name] ?? []) addNote(segments, kind, note);
  }
  addNote(segments, "ADD", information.billingNote);
  addEpsdtReferral(segments, information.epsdtReferral);
  addDiagnoses(segments, facts);
  addProcedures(segments, facts);
  addBillingCodes(segments, facts, information);
  return segments;
}

function clm(information: ClaimInformation, claim: Claim): SegmentValue {
  return [
    "CLM",
    claim.patientControlNumber,
    formatAmount(claim.chargeCents),
    "",
    "",
    [claim.placeOfServiceCode, "A", claim.frequencyCode],
    "",
    information.planParticipationCode,
    information.benefitsAssignmentCertificationIndicator,
    information.releaseInformationCode,
    ...Array.from({ length: 10 }, () => ""),
    information.delayReasonCode ?? "",
  ];
}

function addStay(segments: Segments, facts: InstitutionalFacts): void {
  const { statementFrom = "", statementTo = statementFrom } = facts;
  if (facts.dischargeHour !== undefined) segments.push(["DTP", "096", "TM", facts.dischargeHour]);
  segments.push(["DTP", "434", "RD8", dayRange(statementFrom, statementTo)]);
  const { admissionDate, admissionHour } = facts;
  if (admissionDate === undefined) return;
  const day = admissionDate.replaceAll("-", "");
  if (admissionHour === undefined) segments.push(["DTP", "435", "D8", day]);
  else segments.push(["DTP", "435", "DT", `${day}${admissionHour}`]);
}

function addDiagnoses(segments: Segments, { diagnoses, ...facts }: InstitutionalFacts): void {
  for (const role of ["principal", "admitting", "reason", "external"] as const) {
    addCodes(segments, diagnosisCodes(diagnoses, role));
  }
  const { diagnosisRelatedGroup } = facts;
  if (diagnosisRelatedGroup !== undefined) addCodes(segments, [["DR", diagnosisRelatedGroup]]);
  addCodes(segments, diagnosisCodes(diagnoses, "other"));
}

function diagnosisCodes(
  diagnoses: InstitutionalFacts["diagnoses"],
  role: keyof typeof DIAGNOSES,
): string[][] {
  return diagnoses
    .filter((each) => each.role === role)
    .map(({ code, presentOnAdmission }) => {
      const composite = [DIAGNOSES[role], code];
      if (presentOnAdmission === undefined) return composite;
      return [...composite, "", "", "", "", "", "", presentOnAdmission];
    });
}

function addProcedures(segments: Segments, { procedures }: InstitutionalFacts): void {
  const codes = procedures.map(({ code, date = "" }, index) => {
    return [index === 0 ? "BBR" : "BBQ", code, "D8", date.replaceAll("-", "")];
  });
  addCodes(segments, codes.slice(0, 1));
  addCodes(segments, codes.slice(1));
}

function addBillingCodes(
  segments: Segments,
  facts: InstitutionalFacts,
  { treatmentCodeInformationList: treatments = [] }: ClaimInformation,
): void {
  const { spans, occurrences, values, conditions } = facts;
  addCodes(
    segments,
    spans.map(({ code, from = "", to = "" }) => ["BI", code, "RD8", dayRange(from, to)]),
  );
  addCodes(
    segments,
    occurrences.map(({ code, date = "" }) => ["BH", code, "D8", date.replaceAll("-", "")]),
  );
  addCodes(
    segments,
    values.map(({ code, amount }) => ["BE", code, "", "", amount]),
  );
  addCodes(
    segments,
    conditions.map((code) => ["BG", code]),
  );
  addCodes(
    segments,
    treatments.flat().map((code) => ["TC", capitals(code)]),
  );
}

/** Adds HI segments of twelve codes at most. */
function addCodes(segments: Segments, codes: readonly ElementValue[]): void {
  for (let at = 0; at < codes.length; at += IN_SEGMENT) {
    segments.push(["HI", ...codes.slice(at, at + IN_SEGMENT)]);
  }
}
