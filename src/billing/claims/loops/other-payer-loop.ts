import type { LoopValue } from "../../../edi/x12/index.ts";
import type { Encounter } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import {
  addAddress,
  addAmt,
  addCas,
  addDtp,
  addRef,
  digitsOnly,
  nm1,
  plainAmount,
  plainDecimal,
  type Segments,
} from "./segments.ts";

type ClaimInformation = Encounter["claimInformation"];
type OtherPayer = NonNullable<ClaimInformation["otherSubscriberInformation"]>[number];

/** Loop 2320 of another payer with its 2330A (insured) and 2330B (payer). */
export function otherPayerLoop(
  other: OtherPayer,
  lines: ClaimInformation["serviceLines"],
): LoopValue {
  const signed = other.patientSignatureGeneratedForPatient === true ? "P" : "";
  const segments: Segments = [
    [
      "SBR",
      other.paymentResponsibilityLevelCode,
      other.individualRelationshipCode,
      other.insuranceGroupOrPolicyNumber ?? "",
      capitals(other.otherInsuredGroupName ?? ""),
      other.insuranceTypeCode ?? "",
      "",
      "",
      "",
      other.claimFilingIndicatorCode,
    ],
  ];
  addCas(segments, other.claimLevelAdjustments);
  addAmt(segments, "D", other.payerPaidAmount);
  addAmt(segments, "A8", other.nonCoveredChargeAmount);
  addAmt(segments, "EAF", other.remainingPatientLiability);
  const assigned = other.benefitsAssignmentCertificationIndicator;
  segments.push(["OI", "", "", assigned, signed, "", other.releaseOfInformationCode]);
  addMia(segments, other.medicareInpatientAdjudication);
  addMoa(segments, other.medicareOutpatientAdjudication);
  const payer = other.otherPayerName.otherPayerIdentifier;
  const byLine = lines.some((line) =>
    line.lineAdjudicationInformation?.some((each) => each.otherPayerPrimaryIdentifier === payer),
  );
  return { id: "2320", segments, loops: [insuredLoop(other), payerLoop(other, byLine)] };
}

function insuredLoop({ otherSubscriberName: insured }: OtherPayer): LoopValue {
  const name =
    insured.otherInsuredQualifier === "2"
      ? { organizationName: insured.otherInsuredLastName }
      : {
          lastName: insured.otherInsuredLastName,
          firstName: insured.otherInsuredFirstName ?? "",
          middleName: insured.otherInsuredMiddleName ?? "",
          suffix: insured.otherInsuredNameSuffix ?? "",
        };
  const { otherInsuredIdentifierTypeCode: qualifier, otherInsuredIdentifier: number } = insured;
  const { otherInsuredAdditionalIdentifier: socialSecurity } = insured;
  const segments: Segments = [nm1("IL", name, qualifier, number)];
  addAddress(segments, insured.otherInsuredAddress);
  addRef(segments, "SY", socialSecurity === undefined ? undefined : digitsOnly(socialSecurity));
  return { id: "2330A", segments, loops: [] };
}

/** The payer's date stands here only when no line carries it (2430 DTP*573). */
function payerLoop({ otherPayerName: payer }: OtherPayer, byLine: boolean): LoopValue {
  const name = { organizationName: payer.otherPayerOrganizationName };
  const segments: Segments = [
    nm1("PR", name, payer.otherPayerIdentifierTypeCode, payer.otherPayerIdentifier),
  ];
  addAddress(segments, payer.otherPayerAddress);
  if (!byLine) addDtp(segments, "573", payer.otherPayerAdjudicationOrPaymentDate);
  addRef(segments, "G1", payer.otherPayerPriorAuthorizationNumber);
  addRef(segments, "9F", payer.otherPayerPriorAuthorizationOrReferralNumber);
  addRef(segments, "T4", payer.otherPayerClaimAdjustmentIndicator === true ? "Y" : undefined);
  addRef(segments, "F8", payer.otherPayerClaimControlNumber);
  return { id: "2330B", segments, loops: [] };
}

/** Adds MIA: what Medicare decided of a stay. */
function addMia(segments: Segments, decision: OtherPayer["medicareInpatientAdjudication"]): void {
  if (decision === undefined) return;
  const [first = "", ...others] = decision.claimPaymentRemarkCode ?? [];
  segments.push([
    "MIA",
    quantity(decision.coveredDaysOrVisitsCount),
    "",
    quantity(decision.lifetimePsychiatricDaysCount),
    amount(decision.claimDRGAmount),
    first,
    amount(decision.claimDisproportionateShareAmount),
    amount(decision.claimMspPassThroughAmount),
    amount(decision.claimPpsCapitalAmount),
    ...Array.from({ length: 7 }, () => ""),
    amount(decision.ppsOperatingFederalSpecificDrgAmount),
    amount(decision.claimPpsCapitalOutlierAmmount),
    amount(decision.claimIndirectTeachingAmount),
    amount(decision.nonPayableProfessionalComponentBilledAmount),
    ...Array.from({ length: 4 }, (_, index) => others[index] ?? ""),
    amount(decision.capitalExceptionAmount),
  ]);
}

function amount(text: string | undefined): string {
  return text === undefined ? "" : plainAmount(text);
}

function quantity(text: string | undefined): string {
  return text === undefined ? "" : plainDecimal(text);
}

function addMoa(segments: Segments, decision: OtherPayer["medicareOutpatientAdjudication"]): void {
  if (decision === undefined) return;
  const remarks = decision.claimPaymentRemarkCode ?? [];
  segments.push([
    "MOA",
    quantity(decision.reimbursementRate),
    amount(decision.hcpcsPayableAmount),
    ...Array.from({ length: 5 }, (_, index) => remarks[index] ?? ""),
    amount(decision.endStageRenalDiseasePaymentAmount),
    amount(decision.nonPayableProfessionalComponentBilledAmount),
  ]);
}
