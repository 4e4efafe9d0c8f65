/**
 * Encounters to test with: one plain, and one for each thing an 837P can say besides. All data is
 * invented.
 */
import { readFileSync } from "node:fs";
import type { CodeSets } from "../../../src/billing/claims/index.ts";
import type { Encounter } from "../../../src/billing/intake/index.ts";

export const TODAY = "2026-03-20";

/** Code sets that know every code. */
export const ALL_CODES: CodeSets = { lookup: () => ({ status: "valid", complete: true }) };

/** The schema as users meet it. */
export function encounterSchema(): object {
  const path = new URL("../../../schemas/encounter.schema.json", import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")) as object;
}

type Line = Encounter["claimInformation"]["serviceLines"][number];
type Other = NonNullable<Encounter["claimInformation"]["otherSubscriberInformation"]>[number];

export function plainLine(code: string, charge: string, more: Partial<Line> = {}): Line {
  return { serviceDate: "2026-03-02", professionalService: plainService(code, charge), ...more };
}

export function plainService(
  procedureCode: string,
  lineItemChargeAmount: string,
): NonNullable<Line["professionalService"]> {
  return {
    procedureIdentifier: "HC",
    procedureCode,
    lineItemChargeAmount,
    measurementUnit: "UN",
    serviceUnitCount: "1",
    compositeDiagnosisCodePointers: { diagnosisCodePointers: ["1"] },
  };
}

/** An office visit, patient = subscriber. */
export function plainEncounter(): Encounter {
  return {
    externalId: "V-1",
    usageIndicator: "T",
    tradingPartnerServiceId: "60054",
    tradingPartnerName: "Example Health Plan",
    subscriber: {
      memberId: "XYZ123456789",
      paymentResponsibilityLevelCode: "P",
      firstName: "Ann",
      lastName: "Ample",
      gender: "F",
      dateOfBirth: "1980-02-29",
      groupNumber: "GRP-1",
      address: { address1: "1 Elm St", city: "Springfield", state: "IL", postalCode: "62701" },
    },
    billing: {
      npi: "1234567893",
      employerId: "12-3456789",
      taxonomyCode: "207Q00000X",
      organizationName: "Elm Street Family Medicine",
      address: {
        address1: "100 Main St",
        address2: "Suite 2",
        city: "Springfield",
        state: "IL",
        postalCode: "62701-1234",
      },
    },
    rendering: {
      npi: "1467560003",
      firstName: "Robin",
      lastName: "Root",
      taxonomyCode: "207Q00000X",
    },
    claimInformation: {
      claimFilingCode: "CI",
      claimChargeAmount: "145.50",
      placeOfServiceCode: "11",
      claimFrequencyCode: "1",
      signatureIndicator: "Y",
      planParticipationCode: "A",
      benefitsAssignmentCertificationIndicator: "Y",
      releaseInformationCode: "Y",
      healthCareCodeInformation: [
        { diagnosisTypeCode: "ABK", diagnosisCode: "E11.9" },
        { diagnosisTypeCode: "ABF", diagnosisCode: "I10" },
      ],
      serviceLines: [plainLine("99213", "125.50"), plainLine("36415", "20")],
    },
  };
}

/** The plain encounter with other claim information and other parties. */
export function encounterWith(
  claim: Partial<Encounter["claimInformation"]>,
  more: Partial<Encounter> = {},
): Encounter {
  const plain = plainEncounter();
  return { ...plain, ...more, claimInformation: { ...plain.claimInformation, ...claim } };
}

const DIAGNOSES = "E119 I10 J449 N183 M545 F329 K219 G4733 E785 Z7984 R0602 L309".split(" ");

function primaryPayer(): Other {
  return {
    paymentResponsibilityLevelCode: "P",
    individualRelationshipCode: "18",
    insuranceGroupOrPolicyNumber: "PGRP",
    claimFilingIndicatorCode: "MB",
    payerPaidAmount: "80.40",
    remainingPatientLiability: "20.10",
    benefitsAssignmentCertificationIndicator: "Y",
    releaseOfInformationCode: "Y",
    otherSubscriberName: {
      otherInsuredQualifier: "1",
      otherInsuredLastName: "Ample",
      otherInsuredFirstName: "Ann",
      otherInsuredIdentifierTypeCode: "MI",
      otherInsuredIdentifier: "1EG4TE5MK73",
      otherInsuredAddress: {
        address1: "1 Elm St",
        city: "Springfield",
        state: "IL",
        postalCode: "62701",
      },
    },
    otherPayerName: {
      otherPayerOrganizationName: "Medicare Part B",
      otherPayerIdentifierTypeCode: "PI",
      otherPayerIdentifier: "00952",
      otherPayerClaimControlNumber: "2226062000001",
    },
  };
}

function secondaryEncounter(): Encounter {
  const decision = (code: string, paid: string, co: string, pr: string) => ({
    otherPayerPrimaryIdentifier: "00952",
    serviceLinePaidAmount: paid,
    serviceIdQualifier: "HC" as const,
    procedureCode: code,
    paidServiceUnitCount: "1",
    adjudicationOrPaymentDate: "20260310",
    claimAdjustmentInformation: [
      {
        adjustmentGroupCode: "CO" as const,
        adjustmentDetails: [
          { adjustmentReasonCode: "45", adjustmentAmount: co },
          { adjustmentReasonCode: "253", adjustmentAmount: "1" },
        ],
      },
      {
        adjustmentGroupCode: "PR" as const,
        adjustmentDetails: [{ adjustmentReasonCode: "2", adjustmentAmount: pr }],
      },
    ],
  });
  return encounterWith(
    {
      otherSubscriberInformation: [primaryPayer()],
      serviceLines: [
        plainLine("99213", "125.50", {
          lineAdjudicationInformation: [decision("99213", "70.40", "37.00", "17.10")],
        }),
        plainLine("36415", "20", {
          lineAdjudicationInformation: [decision("36415", "10.00", "6.00", "3")],
        }),
      ],
    },
    {
      subscriber: { ...plainEncounter().subscriber, paymentResponsibilityLevelCode: "S" },
    },
  );
}

/** Valid encounters, each with its name: together they use most of what the 837P offers. */
export function sampleEncounters(): Record<string, Encounter> {
  const plain = plainEncounter();
  const person = { npi: "1679576722", firstName: "Lee", lastName: "Bright" };
  const address = { address1: "9 Oak Ave", city: "Peoria", state: "IL", postalCode: "616021234" };
  return {
    plain,
    "patient is not the subscriber": encounterWith(
      {},
      {
        dependent: {
          relationshipToSubscriberCode: "19",
          firstName: "Bea",
          lastName: "Ample",
          gender: "F",
          dateOfBirth: "20150601",
          address,
        },
      },
    ),
    "secondary with line decisions": secondaryEncounter(),
    "secondary with claim decisions": encounterWith(
      {
        otherSubscriberInformation: [
          {
            ...primaryPayer(),
            payerPaidAmount: "100.50",
            claimLevelAdjustments: [
              {
                adjustmentGroupCode: "CO",
                adjustmentDetails: Array.from({ length: 8 }, (_, index) => ({
                  adjustmentReasonCode: String(45 + index),
                  adjustmentAmount: index === 0 ? "38.00" : "1.00",
                  adjustmentQuantity: "1",
                })),
              },
            ],
            medicareOutpatientAdjudication: {
              reimbursementRate: "0.8",
              claimPaymentRemarkCode: ["MA01"],
            },
            otherPayerName: {
              ...primaryPayer().otherPayerName,
              otherPayerAdjudicationOrPaymentDate: "2026-03-10",
            },
          },
        ],
      },
      { subscriber: { ...plain.subscriber, paymentResponsibilityLevelCode: "S" } },
    ),
    "fifty lines": encounterWith({
      claimChargeAmount: "500",
      serviceLines: Array.from({ length: 50 }, (_, index) => {
        return plainLine(String(90801 + index), "10.00", { providerControlNumber: `L${index}` });
      }),
    }),
    "twelve diagnoses": encounterWith({
      healthCareCodeInformation: DIAGNOSES.map((diagnosisCode, index) => ({
        diagnosisTypeCode: index === 0 ? "ABK" : "ABF",
        diagnosisCode,
      })),
    }),
    drug: encounterWith({
      serviceLines: [
        plainLine("J1885", "145.50", {
          serviceDateEnd: "20260303",
          drugIdentification: {
            serviceIdQualifier: "N4",
            nationalDrugCode: "00026-0635-12",
            nationalDrugUnitCount: "10.50",
            measurementUnitCode: "ML",
            pharmacyPrescriptionNumber: "RX1",
          },
          salesTaxAmount: "3.37",
        }),
      ],
    }),
    references: encounterWith({
      claimSupplementalInformation: {
        priorAuthorizationNumber: "PA-77",
        referralNumber: "RF-8",
        cliaNumber: "12D4567890",
        claimNumber: "CH-1",
        medicalRecordNumber: "MRN-5",
        reportInformations: [
          {
            attachmentReportTypeCode: "OZ",
            attachmentTransmissionCode: "EL",
            attachmentControlNumber: "ATT-1",
          },
        ],
      },
      claimNote: { additionalInformation: "Seen again on request" },
      claimDateInformation: {
        symptomDate: "2026-02-20",
        disabilityBeginDate: "2026-02-21",
        disabilityEndDate: "2026-04-01",
        accidentDate: "2026-02-20",
      },
      relatedCausesCode: ["AA", "EM"],
      autoAccidentStateCode: "IL",
      patientAmountPaid: "20.00",
      delayReasonCode: "7",
      conditionInformation: [{ conditionCodes: ["17"] }],
      homeboundIndicator: true,
    }),
    replacement: encounterWith({
      claimFrequencyCode: "7",
      claimSupplementalInformation: { claimControlNumber: "2226062000009" },
    }),
    void: encounterWith({
      claimFrequencyCode: "8",
      claimSupplementalInformation: { claimControlNumber: "2226062000010" },
    }),
    "referring, supervising, ordering": encounterWith(
      { serviceFacilityLocation: { organizationName: "Elm Clinic", npi: "1679576722", address } },
      { referring: person, supervising: person, ordering: person, payToAddress: address },
    ),
    anesthesia: encounterWith({
      claimChargeAmount: "900",
      serviceLines: [
        {
          serviceDate: "20260302",
          professionalService: {
            procedureIdentifier: "HC",
            procedureCode: "00790",
            procedureModifiers: ["AA", "P2"],
            lineItemChargeAmount: "900.00",
            measurementUnit: "MJ",
            serviceUnitCount: "95",
            compositeDiagnosisCodePointers: { diagnosisCodePointers: ["1", "2"] },
          },
          obstetricAnesthesiaAdditionalUnits: 1,
        },
      ],
      anesthesiaRelatedSurgicalProcedure: ["47562"],
    }),
    "line providers": encounterWith({
      serviceLines: [
        plainLine("99213", "145.50", {
          renderingProvider: { ...person, taxonomyCode: "207R00000X" },
          referringProvider: person,
          orderingProvider: {
            ...person,
            address,
            contactInformation: { phoneNumber: "217-555-0100" },
          },
          serviceFacilityLocation: { organizationName: "Oak Laboratory", address },
          serviceLineReferenceInformation: {
            priorAuthorization: [{ priorAuthorizationOrReferralNumber: "PA-1" }],
            clinicalLaboratoryImprovementAmendmentNumber: "12D4567890",
          },
          testResults: [
            {
              measurementReferenceIdentificationCode: "TR",
              measurementQualifier: "R1",
              testResults: "11.5",
            },
          ],
          additionalNotes: "First note",
        }),
      ],
    }),
    ambulance: encounterWith({
      placeOfServiceCode: "41",
      ambulanceTransportInformation: {
        patientWeightInPounds: "140",
        ambulanceTransportReasonCode: "A",
        transportDistanceInMiles: "12.5",
      },
      ambulanceCertification: [
        { certificationConditionIndicator: "Y", conditionCodes: ["01", "09"] },
      ],
      ambulancePickUpLocation: address,
      ambulanceDropOffLocation: address,
      serviceLines: [plainLine("A0427", "145.50", { ambulancePatientCount: 1 })],
    }),
    "encounter report": encounterWith({}, { claimIdentifier: "RP" }),
  };
}
