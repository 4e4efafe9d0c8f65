/** What the edits of institutional claims fault, and what they let pass. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import type { EditRow } from "./edit-row.ts";
import {
  emergencyVisit,
  hospitalStay,
  institutionalSamples,
  revenueLine,
  stayWith,
  visitWith,
} from "./institutional-encounters.ts";

type Claim = Encounter["claimInformation"];
type Dates = NonNullable<Claim["claimDateInformation"]>;
type Codes = NonNullable<Claim["claimCodeInformation"]>;
type Institutional = NonNullable<Claim["serviceLines"][number]["institutionalService"]>;

const CLAIM = "/claimInformation";
const DATES = `${CLAIM}/claimDateInformation`;
const CODES = `${CLAIM}/claimCodeInformation`;
const LINE = `${CLAIM}/serviceLines/0`;
const SERVICE = `${LINE}/institutionalService`;

const stay = hospitalStay();
const visit = emergencyVisit();
const samples = institutionalSamples();
const everyCode = samples["stay with every kind of code"] ?? stay;
const secondary = samples["stay of which another payer paid"] ?? stay;

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _left, ...rest } = value;
  return rest;
}

function withDates(of: Encounter, change: Partial<Dates>, ...left: (keyof Dates)[]): Encounter {
  const { claimInformation } = of;
  const dates: Dates = { ...claimInformation.claimDateInformation, ...change };
  for (const name of left) delete dates[name];
  return { ...of, claimInformation: { ...claimInformation, claimDateInformation: dates } };
}

function withCodes(of: Encounter, change: Partial<Codes>, ...left: (keyof Codes)[]): Encounter {
  const { claimInformation } = of;
  const codes = { ...claimInformation.claimCodeInformation, ...change } as Codes;
  for (const name of left) delete codes[name];
  return { ...of, claimInformation: { ...claimInformation, claimCodeInformation: codes } };
}

function withoutOf(of: Encounter, name: keyof Claim): Encounter {
  return { ...of, claimInformation: without(of.claimInformation, name) as Claim };
}

/** The visit with one line of $965.50. */
function visitOf(revenue: string, more: Partial<Institutional> = {}, date = "20260302"): Encounter {
  const line = revenueLine(revenue, "965.50", more, { serviceDate: date });
  return visitWith({ serviceLines: [line] });
}

/** The stay with one line of $9212.15. */
function stayOf(revenue: string, more: Partial<Institutional> = {}): Encounter {
  return stayWith({ serviceLines: [revenueLine(revenue, "9212.15", more)] });
}

const longVisit = { statementBeginDate: "20260302", statementEndDate: "20260303" };

export const INSTITUTIONAL_EDIT_ROWS: readonly EditRow[] = [
  ["type-of-bill", `${CLAIM}/placeOfServiceCode`, stayWith({ placeOfServiceCode: "99" }), stay],
  [
    "statement-dates",
    `${DATES}/statementEndDate`,
    withDates(stay, { statementEndDate: "2026-03-01" }),
    withDates(stay, { statementEndDate: "2026-03-02" }),
  ],
  ["line-in-statement", `${LINE}/serviceDate`, visitOf("0450", {}, "20260301"), visitOf("0450")],
  [
    "outpatient-line-date",
    `${LINE}/serviceDate`,
    visitWith({ claimDateInformation: longVisit, serviceLines: [revenueLine("0450", "965.50")] }),
    visitWith({ serviceLines: [revenueLine("0450", "965.50")] }),
  ],
  [
    "admission-date",
    `${DATES}/admissionDateAndHour`,
    withDates(stay, {}, "admissionDateAndHour"),
    visit,
  ],
  [
    "admission-date",
    `${DATES}/admissionDateAndHour`,
    withDates(stay, { admissionDateAndHour: "20260302" }),
    withDates(stayWith({ placeOfServiceCode: "21" }), { admissionDateAndHour: "20260302" }),
  ],
  [
    "admission-date",
    `${DATES}/admissionDateAndHour`,
    withDates(stay, { admissionDateAndHour: "202603022460" }),
    withDates(stay, { admissionDateAndHour: "2026-03-02T23:59" }),
  ],
  [
    "admission-date",
    `${DATES}/admissionDateAndHour`,
    withDates(stay, { admissionDateAndHour: "202603061000" }),
    withDates(stay, { admissionDateAndHour: "202602281000" }),
  ],
  [
    "admission-source",
    `${CODES}/admissionSourceCode`,
    withCodes(stay, {}, "admissionSourceCode"),
    withCodes(visitWith({ placeOfServiceCode: "14" }), {}, "admissionSourceCode"),
  ],
  [
    "discharge-hour",
    `${DATES}/dischargeHour`,
    withDates(stay, {}, "dischargeHour"),
    samples["first bill of a stay"] ?? stay,
  ],
  [
    "discharge-hour",
    `${DATES}/dischargeHour`,
    withDates(visit, { dischargeHour: "0900" }),
    visit,
    "warning",
  ],
  [
    "patient-status",
    `${CODES}/patientStatusCode`,
    withCodes(stay, { patientStatusCode: "30" }),
    samples["first bill of a stay"] ?? stay,
  ],
  [
    "patient-status",
    `${CODES}/patientStatusCode`,
    stayWith({ claimFrequencyCode: "3" }),
    stayWith({ claimFrequencyCode: "4" }),
  ],
  ["attending-provider", "/attending", without(stay, "attending"), stay],
  [
    "attending-provider",
    "/attending",
    without(visit, "attending"),
    without(visitOf("0540", { procedureCode: "A0428" }), "attending"),
  ],
  [
    "billing-organization",
    "/billing/lastName",
    { ...stay, billing: { ...without(stay.billing, "organizationName"), lastName: "Root" } },
    stay,
  ],
  [
    "billing-number",
    "/billing/stateLicenseNumber",
    { ...stay, billing: { ...stay.billing, stateLicenseNumber: "IL-1" } },
    { ...stay, billing: { ...stay.billing, commercialNumber: "IL-1" } },
  ],
  [
    "reason-for-visit",
    `${CLAIM}/patientReasonForVisits`,
    withoutOf(visit, "patientReasonForVisits"),
    withCodes(withoutOf(visit, "patientReasonForVisits"), { admissionTypeCode: "3" }),
  ],
  [
    "reason-for-visit",
    `${CLAIM}/patientReasonForVisits`,
    stayWith({ patientReasonForVisits: [{ patientReasonForVisitCode: "R1031" }] }),
    stay,
  ],
  [
    "admitting-diagnosis",
    `${CLAIM}/admittingDiagnosis`,
    withoutOf(stay, "admittingDiagnosis"),
    visit,
  ],
  [
    "present-on-admission",
    `${CLAIM}/principalDiagnosis/presentOnAdmissionIndicator`,
    visitWith({
      principalDiagnosis: { principalDiagnosisCode: "K3580", presentOnAdmissionIndicator: "Y" },
    }),
    visit,
  ],
  [
    "present-on-admission",
    `${CLAIM}/principalDiagnosis/presentOnAdmissionIndicator`,
    stayWith({ principalDiagnosis: { principalDiagnosisCode: "K3580" } }),
    stay,
    "warning",
  ],
  [
    "external-cause",
    `${CLAIM}/principalDiagnosis/principalDiagnosisCode`,
    visitWith({ principalDiagnosis: { principalDiagnosisCode: "W01.0XXA" } }),
    visit,
  ],
  [
    "external-cause",
    `${CLAIM}/externalCauseOfInjuries/0/externalCauseOfInjury`,
    visitWith({ externalCauseOfInjuries: [{ externalCauseOfInjury: "S52501A" }] }),
    visit,
  ],
  [
    "inpatient-procedure",
    `${CLAIM}/principalProcedureInformation/principalProcedureCode`,
    stayWith({
      principalProcedureInformation: {
        principalProcedureCode: "47562",
        principalProcedureDate: "20260303",
      },
    }),
    stay,
  ],
  [
    "inpatient-procedure",
    `${CLAIM}/otherProcedureInformationList/0/0/otherProcedureCode`,
    visitWith({
      otherProcedureInformationList: [
        [{ otherProcedureCode: "0DTJ4ZZ", otherProcedureDate: "20260302" }],
      ],
    }),
    stay,
  ],
  [
    "procedure-date",
    `${CLAIM}/principalProcedureInformation/principalProcedureDate`,
    stayWith({
      principalProcedureInformation: {
        principalProcedureCode: "0DTJ4ZZ",
        principalProcedureDate: "20260306",
      },
    }),
    stay,
  ],
  [
    "principal-procedure",
    `${CLAIM}/principalProcedureInformation`,
    withoutOf(
      stayWith({
        otherProcedureInformationList: [
          [{ otherProcedureCode: "0DTJ4ZZ", otherProcedureDate: "20260303" }],
        ],
      }),
      "principalProcedureInformation",
    ),
    stay,
  ],
  [
    "operating-physician",
    "/operatingPhysician",
    without(stay, "operatingPhysician"),
    withoutOf(without(stay, "operatingPhysician") as Encounter, "principalProcedureInformation"),
  ],
  [
    "drg",
    `${CLAIM}/diagnosisRelatedGroupInformation/drugRelatedGroupCode`,
    visitWith({ diagnosisRelatedGroupInformation: { drugRelatedGroupCode: "343" } }),
    stay,
  ],
  [
    "billing-code-duplicate",
    `${CLAIM}/conditionCodesList/0/1/conditionCode`,
    stayWith({ conditionCodesList: [[{ conditionCode: "09" }, { conditionCode: "09" }]] }),
    everyCode,
  ],
  [
    "billing-code-duplicate",
    `${CLAIM}/valueInformationList/1/0/valueCode`,
    stayWith({
      valueInformationList: [
        [{ valueCode: "80", valueCodeAmount: "3" }],
        [{ valueCode: "80", valueCodeAmount: "2" }],
      ],
    }),
    everyCode,
  ],
  [
    "occurrence-span",
    `${CLAIM}/occurrenceSpanInformations/0/0/occurrenceSpanCodeEndDate`,
    stayWith({
      occurrenceSpanInformations: [
        [
          {
            occurrenceSpanCode: "74",
            occurrenceSpanCodeStartDate: "20260304",
            occurrenceSpanCodeEndDate: "20260303",
          },
        ],
      ],
    }),
    everyCode,
  ],
  [
    "medicare-secondary-value",
    `${CLAIM}/valueInformationList`,
    {
      ...secondary,
      claimInformation: { ...secondary.claimInformation, claimFilingCode: "MA" },
    },
    {
      ...secondary,
      claimInformation: {
        ...secondary.claimInformation,
        claimFilingCode: "MA",
        valueInformationList: [[{ valueCode: "12", valueCodeAmount: "3000.00" }]],
      },
    },
  ],
  [
    "value-amount",
    `${CLAIM}/valueInformationList/0/0/valueCodeAmount`,
    stayWith({ valueInformationList: [[{ valueCode: "80", valueCodeAmount: "2.50" }]] }),
    everyCode,
  ],
  [
    "value-amount",
    `${CLAIM}/valueInformationList/0/0/valueCodeAmount`,
    stayWith({ valueInformationList: [[{ valueCode: "01", valueCodeAmount: "-1" }]] }),
    everyCode,
  ],
  ["revenue-code", `${SERVICE}/serviceLineRevenueCode`, stayOf("0001"), stayOf("0360")],
  ["revenue-code", `${SERVICE}/serviceLineRevenueCode`, stayOf("360"), stay],
  ["revenue-procedure", `${SERVICE}/procedureCode`, visitOf("0300"), visitOf("0270"), "warning"],
  [
    "revenue-modifier",
    `${SERVICE}/procedureCode`,
    visitOf("0300", { procedureModifiers: ["25"] }),
    visitOf("0300", { procedureModifiers: ["25"], procedureCode: "99284" }),
  ],
  [
    "room-days",
    `${SERVICE}/serviceUnitCount`,
    stayOf("0120", { measurementUnit: "DA", serviceUnitCount: "4" }),
    stayOf("0120", { measurementUnit: "DA", serviceUnitCount: "3" }),
    "warning",
  ],
  [
    "room-unit",
    `${SERVICE}/measurementUnit`,
    stayOf("0120", { serviceUnitCount: "3" }),
    stayOf("0250"),
    "warning",
  ],
  [
    "non-covered-charge",
    `${SERVICE}/nonCoveredChargeAmount`,
    stayOf("0250", { nonCoveredChargeAmount: "9212.16" }),
    stayOf("0250", { nonCoveredChargeAmount: "9212.15" }),
  ],
];
