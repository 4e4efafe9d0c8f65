import type { LoopValue, SegmentValue } from "../../../edi/x12/index.ts";
import type { Encounter } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import {
  addressSegments,
  amt,
  casSegments,
  digitsOnly,
  dtp,
  NONE,
  nm1,
  plainAmount,
  plainDecimal,
  ref,
} from "./segments.ts";

type ClaimInformation = Encounter["claimInformation"];
type OtherPayer = NonNullable<ClaimInformation["otherSubscriberInformation"]>[number];

/** Loop 2320 of another payer with its 2330A (insured) and 2330B (payer). */
export function otherPayerLoop(
  other: OtherPayer,
  lines: ClaimInformation["serviceLines"],
): LoopValue {
  const signed = other.patientSignatureGeneratedForPatient === true ? "P" : "";
  const segments: SegmentValue[] = [
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
    ...casSegments(other.claimLevelAdjustments),
    ...amt("D", other.payerPaidAmount),
    ...amt("A8", other.nonCoveredChargeAmount),
    ...amt("EAF", other.remainingPatientLiability),
    [
      "OI",
      "",
      "",
      other.benefitsAssignmentCertificationIndicator,
      signed,
      "",
      other.releaseOfInformationCode,
    ],
    ...moaSegments(other.medicareOutpatientAdjudication),
  ];
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
  const segments = [
    nm1("IL", name, qualifier, number),
    ...addressSegments(insured.otherInsuredAddress),
    ...ref("SY", socialSecurity === undefined ? undefined : digitsOnly(socialSecurity)),
  ];
  return { id: "2330A", segments, loops: [] };
}

/** The payer's date stands here only when no line carries it (2430 DTP*573). */
function payerLoop({ otherPayerName: payer }: OtherPayer, byLine: boolean): LoopValue {
  const name = { organizationName: payer.otherPayerOrganizationName };
  const segments = [
    nm1("PR", name, payer.otherPayerIdentifierTypeCode, payer.otherPayerIdentifier),
    ...addressSegments(payer.otherPayerAddress),
    ...(byLine ? [] : dtp("573", payer.otherPayerAdjudicationOrPaymentDate)),
    ...ref("G1", payer.otherPayerPriorAuthorizationNumber),
    ...ref("9F", payer.otherPayerPriorAuthorizationOrReferralNumber),
    ...ref("T4", payer.otherPayerClaimAdjustmentIndicator === true ? "Y" : undefined),
    ...ref("F8", payer.otherPayerClaimControlNumber),
  ];
  return { id: "2330B", segments, loops: [] };
}

function moaSegments(
  decision: OtherPayer["medicareOutpatientAdjudication"],
): readonly SegmentValue[] {
  if (decision === undefined) return NONE;
  const remarks = decision.claimPaymentRemarkCode ?? [];
  const amount = (text: string | undefined): string =>
    text === undefined ? "" : plainAmount(text);
  const { reimbursementRate: rate } = decision;
  return [
    [
      "MOA",
      rate === undefined ? "" : plainDecimal(rate),
      amount(decision.hcpcsPayableAmount),
      ...Array.from({ length: 5 }, (_, index) => remarks[index] ?? ""),
      amount(decision.endStageRenalDiseasePaymentAmount),
      amount(decision.nonPayableProfessionalComponentBilledAmount),
    ],
  ];
}
