/** Dental encounters to test with: a filling, and one for each thing an 837D can say besides. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { plainEncounter } from "./sample-encounters.ts";

type Claim = Encounter["claimInformation"];
type Line = Claim["serviceLines"][number];
type Dental = NonNullable<Line["dentalService"]>;
type Surface = "B" | "D" | "F" | "I" | "L" | "M" | "O";

/** A dental line. */
export function dentalLine(
  procedureCode: string,
  lineItemChargeAmount: string,
  more: Partial<Dental> = {},
  rest: Partial<Line> = {},
): Line {
  const dentalService: Dental = { procedureCode, lineItemChargeAmount, ...more };
  return { serviceDate: "2026-03-02", dentalService, ...rest };
}

/** One tooth with its surfaces. */
export function tooth(toothCode: string, ...surfaces: Surface[]): Pick<Line, "teethInformation"> {
  if (surfaces.length === 0) return { teethInformation: [{ toothCode }] };
  return { teethInformation: [{ toothCode, toothSurfaceCodes: surfaces }] };
}

const filling = dentalLine("D2392", "210.00", {}, tooth("3", "M", "O"));

/** An exam and a filling of two surfaces. */
export function fillingVisit(): Encounter {
  const plain = plainEncounter();
  const { healthCareCodeInformation: _none, ...claim } = plain.claimInformation;
  return {
    kind: "dental",
    ...plain,
    billing: {
      ...plain.billing,
      organizationName: "Elm Street Dental",
      taxonomyCode: "1223G0001X",
    },
    rendering: { ...plain.rendering, lastName: "Root", taxonomyCode: "1223G0001X" },
    claimInformation: {
      ...claim,
      claimChargeAmount: "265.00",
      serviceLines: [dentalLine("D0140", "55"), filling],
    },
  };
}

/** The visit with other claim information and other parties. */
export function dentalWith(claim: Partial<Claim>, more: Partial<Encounter> = {}): Encounter {
  const visit = fillingVisit();
  return { ...visit, ...more, claimInformation: { ...visit.claimInformation, ...claim } };
}

/** One line of its whole charge. */
export function dentalOf(line: Line, claim: Partial<Claim> = {}): Encounter {
  const claimChargeAmount = line.dentalService?.lineItemChargeAmount ?? "";
  return dentalWith({ ...claim, claimChargeAmount, serviceLines: [line] });
}

const { serviceDate: _day, ...undated } = dentalLine("D8080", "4800", {
  oralCavityDesignation: ["01", "02"],
});

/** Valid dental encounters: together they use most of what the 837D offers. */
export function dentalSamples(): Record<string, Encounter> {
  const person = { npi: "1679576722", firstName: "Lee", lastName: "Bright" };
  return {
    filling: fillingVisit(),
    "crown that replaces another": dentalOf(
      dentalLine(
        "D2740",
        "1350.50",
        { prosthesisCrownOrInlayCode: "R", description: "Crown, porcelain" },
        {
          ...tooth("14"),
          serviceLineDateInformation: {
            priorPlacementDate: "2015-05-01",
            treatmentStartDate: "20260210",
            treatmentCompletionDate: "20260302",
          },
          serviceLineReferenceInformation: { predeterminationOfBenefits: ["PD-9"] },
          renderingProvider: person,
          assistantSurgeon: person,
        },
      ),
    ),
    "quadrants with diagnoses": dentalOf(
      dentalLine("D4341", "260", {
        oralCavityDesignation: ["10"],
        compositeDiagnosisCodePointers: { diagnosisCodePointers: ["1", "2"] },
      }),
      {
        healthCareCodeInformation: [
          { diagnosisTypeCode: "ABK", diagnosisCode: "K05.30" },
          { diagnosisTypeCode: "ABF", diagnosisCode: "E11.9" },
        ],
      },
    ),
    orthodontics: dentalOf(undated, {
      claimDateInformation: {
        serviceDate: "20260302",
        serviceDateEnd: "20260303",
        appliancePlacementDate: "20260303",
      },
      orthodonticTotalMonthsOfTreatment: { monthsCount: 24, monthsRemaining: 23 },
      toothStatus: [
        { toothNumber: "1", toothStatusCode: "M" },
        { toothNumber: "16", toothStatusCode: "E" },
      ],
      claimNote: { additionalInformation: "Class II division 1" },
    }),
    predetermination: dentalOf(undated, {
      predeterminationOfBenefits: true,
      orthodonticTotalMonthsOfTreatment: { treatmentIndicator: "Y" },
      claimSupplementalInformation: {
        reportInformation: {
          attachmentReportTypeCode: "RB",
          attachmentTransmissionCode: "EL",
          attachmentControlNumber: "XRAY-1",
        },
      },
    }),
    "several teeth after an accident": dentalOf(
      dentalLine(
        "D7140",
        "180",
        { procedureCount: 1, placeOfServiceCode: "22" },
        {
          teethInformation: [{ toothCode: "8" }, { toothCode: "9" }],
          salesTaxAmount: "1.80",
        },
      ),
      {
        relatedCausesCode: ["OA"],
        claimDateInformation: { accidentDate: "20260228" },
        patientAmountPaid: "20",
        specialProgramCode: "01",
      },
    ),
  };
}
