/** Institutional encounters to test with: a hospital stay, and one for each thing an 837I can say besides. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { plainEncounter } from "./sample-encounters.ts";

type Claim = Encounter["claimInformation"];
type Line = Claim["serviceLines"][number];
type Institutional = NonNullable<Line["institutionalService"]>;

const SURGEON = { npi: "1679576722", firstName: "Lee", lastName: "Bright" } as const;
const ATTENDING = {
  npi: "1467560003",
  firstName: "Robin",
  lastName: "Root",
  taxonomyCode: "207R00000X",
} as const;
const address = { address1: "9 Oak Ave", city: "Peoria", state: "IL", postalCode: "616021234" };

/** A revenue code line without a procedure. */
export function revenueLine(
  serviceLineRevenueCode: string,
  lineItemChargeAmount: string,
  more: Partial<Institutional> = {},
  rest: Partial<Line> = {},
): Line {
  const institutionalService: Institutional = {
    serviceLineRevenueCode,
    lineItemChargeAmount,
    measurementUnit: "UN",
    serviceUnitCount: "1",
    ...more,
  };
  return { institutionalService, ...rest };
}

const room = revenueLine("0120", "3600.00", { measurementUnit: "DA", serviceUnitCount: "3" });
const pharmacy = revenueLine("0250", "412.15", { serviceUnitCount: "12" });
const theatre = revenueLine("0360", "5200");

/** A hospital stay of three nights, admit through discharge (type of bill 0111). */
export function hospitalStay(): Encounter {
  const { rendering: _none, ...plain } = plainEncounter();
  const {
    healthCareCodeInformation: _listed,
    signatureIndicator: _signed,
    ...claim
  } = {
    ...plain.claimInformation,
  };
  return {
    kind: "institutional",
    ...plain,
    billing: {
      ...plain.billing,
      organizationName: "Elm Street Hospital",
      taxonomyCode: "282N00000X",
    },
    attending: ATTENDING,
    operatingPhysician: SURGEON,
    claimInformation: {
      ...claim,
      placeOfServiceCode: "11",
      claimChargeAmount: "9212.15",
      claimDateInformation: {
        statementBeginDate: "2026-03-02",
        statementEndDate: "2026-03-05",
        admissionDateAndHour: "202603021430",
        dischargeHour: "1100",
      },
      claimCodeInformation: {
        admissionTypeCode: "1",
        admissionSourceCode: "1",
        patientStatusCode: "01",
      },
      principalDiagnosis: {
        qualifierCode: "ABK",
        principalDiagnosisCode: "K35.80",
        presentOnAdmissionIndicator: "Y",
      },
      admittingDiagnosis: { qualifierCode: "ABJ", admittingDiagnosisCode: "R10.31" },
      otherDiagnosisInformationList: [
        [{ otherDiagnosisCode: "E11.9", presentOnAdmissionIndicator: "Y" }],
      ],
      diagnosisRelatedGroupInformation: { drugRelatedGroupCode: "343" },
      principalProcedureInformation: {
        qualifierCode: "BBR",
        principalProcedureCode: "0DTJ4ZZ",
        principalProcedureDate: "20260303",
      },
      serviceLines: [room, pharmacy, theatre],
    },
  };
}

/** The hospital stay with other claim information and other parties. */
export function stayWith(claim: Partial<Claim>, more: Partial<Encounter> = {}): Encounter {
  const stay = hospitalStay();
  return { ...stay, ...more, claimInformation: { ...stay.claimInformation, ...claim } };
}

const emergency = revenueLine(
  "0450",
  "845.50",
  { procedureIdentifier: "HC", procedureCode: "99284", procedureModifiers: ["25"] },
  { serviceDate: "2026-03-02" },
);
const laboratory = revenueLine(
  "0300",
  "120",
  { procedureIdentifier: "HC", procedureCode: "85025" },
  { serviceDate: "20260302" },
);

/** A visit to the emergency room (type of bill 0131). */
export function emergencyVisit(): Encounter {
  const { operatingPhysician: _none, ...stay } = hospitalStay();
  const {
    diagnosisRelatedGroupInformation: _drg,
    principalProcedureInformation: _procedure,
    admittingDiagnosis: _admitting,
    ...claim
  } = stay.claimInformation;
  return {
    ...stay,
    claimInformation: {
      ...claim,
      placeOfServiceCode: "13",
      claimChargeAmount: "965.50",
      claimDateInformation: { statementBeginDate: "20260302", statementEndDate: "20260302" },
      principalDiagnosis: { principalDiagnosisCode: "S52.501A" },
      otherDiagnosisInformationList: [[{ otherDiagnosisCode: "E11.9" }]],
      patientReasonForVisits: [{ qualifierCode: "APR", patientReasonForVisitCode: "M79.601" }],
      externalCauseOfInjuries: [{ qualifierCode: "ABN", externalCauseOfInjury: "W01.0XXA" }],
      serviceLines: [emergency, laboratory],
    },
  };
}

/** The emergency visit with other claim information and other parties. */
export function visitWith(claim: Partial<Claim>, more: Partial<Encounter> = {}): Encounter {
  const visit = emergencyVisit();
  return { ...visit, ...more, claimInformation: { ...visit.claimInformation, ...claim } };
}

function codesOfBill(): Partial<Claim> {
  return {
    occurrenceSpanInformations: [
      [
        {
          occurrenceSpanCode: "70",
          occurrenceSpanCodeStartDate: "20260220",
          occurrenceSpanCodeEndDate: "20260225",
        },
      ],
    ],
    occurrenceInformationList: [
      [
        { occurrenceSpanCode: "11", occurrenceSpanCodeDate: "20260228" },
        { occurrenceSpanCode: "18", occurrenceSpanCodeDate: "2026-01-31" },
      ],
    ],
    valueInformationList: [
      [
        { valueCode: "80", valueCodeAmount: "3" },
        { valueCode: "01", valueCodeAmount: "1200.00" },
      ],
    ],
    conditionCodesList: [[{ conditionCode: "09" }, { conditionCode: "C1" }]],
    treatmentCodeInformationList: [["A1"]],
  };
}

function secondaryStay(): Encounter {
  return stayWith(
    {
      claimFilingCode: "CI",
      serviceLines: [
        {
          ...room,
          lineAdjudicationInformation: [
            {
              otherPayerPrimaryIdentifier: "00450",
              serviceLinePaidAmount: "3000",
              serviceLineRevenueCode: "0120",
              paidServiceUnitCount: "3",
              adjudicationOrPaymentDate: "20260315",
              claimAdjustmentInformation: [
                {
                  adjustmentGroupCode: "CO",
                  adjustmentDetails: [{ adjustmentReasonCode: "45", adjustmentAmount: "600" }],
                },
              ],
            },
          ],
        },
        pharmacy,
        theatre,
      ],
      otherSubscriberInformation: [
        {
          paymentResponsibilityLevelCode: "P",
          individualRelationshipCode: "18",
          claimFilingIndicatorCode: "MA",
          payerPaidAmount: "3000",
          benefitsAssignmentCertificationIndicator: "Y",
          releaseOfInformationCode: "Y",
          medicareInpatientAdjudication: {
            coveredDaysOrVisitsCount: "3",
            claimDRGAmount: "2800.00",
            claimPaymentRemarkCode: ["MA01", "N522"],
            capitalExceptionAmount: "10",
          },
          otherSubscriberName: {
            otherInsuredQualifier: "1",
            otherInsuredLastName: "Ample",
            otherInsuredFirstName: "Ann",
            otherInsuredIdentifierTypeCode: "MI",
            otherInsuredIdentifier: "1EG4TE5MK73",
          },
          otherPayerName: {
            otherPayerOrganizationName: "Medicare Part A",
            otherPayerIdentifierTypeCode: "PI",
            otherPayerIdentifier: "00450",
          },
        },
      ],
    },
    { subscriber: { ...plainEncounter().subscriber, paymentResponsibilityLevelCode: "S" } },
  );
}

/** Valid institutional encounters: together they use most of what the 837I offers. */
export function institutionalSamples(): Record<string, Encounter> {
  return {
    "hospital stay": hospitalStay(),
    "emergency visit": emergencyVisit(),
    "stay with every kind of code": stayWith(codesOfBill()),
    "stay of which another payer paid": secondaryStay(),
    "first bill of a stay": stayWith({
      claimFrequencyCode: "2",
      claimCodeInformation: {
        admissionTypeCode: "3",
        admissionSourceCode: "4",
        patientStatusCode: "30",
      },
      claimDateInformation: {
        statementBeginDate: "20260302",
        statementEndDate: "20260304",
        admissionDateAndHour: "2026-03-02T09:00",
      },
    }),
    "replacement of a visit": visitWith({
      claimFrequencyCode: "7",
      claimSupplementalInformation: {
        claimControlNumber: "ICN-1",
        medicalRecordNumber: "MRN-5",
        peerReviewAuthorizationNumber: "PR-1",
        autoAccidentState: "IL",
        priorAuthorizationNumber: "PA-77",
        reportInformations: [
          {
            attachmentReportTypeCode: "DS",
            attachmentTransmissionCode: "EL",
            attachmentControlNumber: "ATT-1",
          },
        ],
      },
      patientEstimatedAmountDue: "150.00",
      billingNote: "Bill of the emergency room",
      claimNotes: { medications: ["Metformin", "Ibuprofen"], safetyMeasures: ["Walker"] },
    }),
    "visit of a dependent with many providers": visitWith(
      {
        serviceFacilityLocation: { organizationName: "Oak Annex", npi: "1679576722", address },
        serviceLines: [
          {
            ...emergency,
            renderingProvider: SURGEON,
            operatingPhysician: SURGEON,
            referringProvider: SURGEON,
            thirdPartyOrganizationNotes: "For the reviewer",
            serviceTaxAmount: "1.00",
          },
          {
            ...laboratory,
            drugIdentification: {
              serviceIdQualifier: "N4",
              nationalDrugCode: "00026-0635-12",
              nationalDrugUnitCount: "2",
              measurementUnitCode: "ML",
            },
          },
        ],
      },
      {
        dependent: {
          relationshipToSubscriberCode: "19",
          firstName: "Bea",
          lastName: "Ample",
          gender: "F",
          dateOfBirth: "20150601",
          address,
        },
        operatingPhysician: SURGEON,
        otherOperatingPhysician: ATTENDING,
        rendering: SURGEON,
        referring: SURGEON,
        payToAddress: address,
      },
    ),
  };
}
