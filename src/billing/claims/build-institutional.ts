import { diagnosesOf, type Encounter, splitDateTime } from "../intake/index.ts";
import { capitals } from "./capitals.ts";
import type { InstitutionalFacts } from "./claim.ts";
import { dateOf } from "./date-of.ts";
import { plainCode } from "./edits/index.ts";
import { plainAmount } from "./loops/index.ts";

/** What an accepted institutional encounter tells besides its lines. */
export function institutionalFacts(encounter: Encounter): InstitutionalFacts {
  const { attending, operatingPhysician, claimInformation: claim } = encounter;
  const { claimDateInformation: dates, claimCodeInformation: codes } = claim;
  const admission = splitDateTime(dates?.admissionDateAndHour ?? "");
  return {
    statementFrom: optional(dates?.statementBeginDate),
    statementTo: optional(dates?.statementEndDate),
    admissionDate: admission.date === "" ? undefined : dateOf(admission.date),
    admissionHour: admission.time,
    dischargeHour: dates?.dischargeHour?.replace(":", ""),
    admissionTypeCode: codes?.admissionTypeCode ?? "",
    admissionSourceCode: codes?.admissionSourceCode ?? "",
    patientStatusCode: codes?.patientStatusCode ?? "",
    diagnosisRelatedGroup: claim.diagnosisRelatedGroupInformation?.drugRelatedGroupCode,
    attendingProviderNpi: attending?.npi,
    operatingProviderNpi: operatingPhysician?.npi,
    diagnoses: diagnosesOf(encounter).map(({ role, code, presentOnAdmission }) => ({
      role,
      code: plainCode(code),
      presentOnAdmission,
    })),
    procedures: proceduresOf(claim),
    spans: (claim.occurrenceSpanInformations ?? []).flat().map((span) => ({
      code: span.occurrenceSpanCode,
      from: dateOf(span.occurrenceSpanCodeStartDate),
      to: dateOf(span.occurrenceSpanCodeEndDate),
    })),
    occurrences: (claim.occurrenceInformationList ?? []).flat().map((each) => ({
      code: each.occurrenceSpanCode,
      date: dateOf(each.occurrenceSpanCodeDate),
    })),
    values: (claim.valueInformationList ?? []).flat().map(({ valueCode, valueCodeAmount }) => ({
      code: valueCode,
      amount: plainAmount(valueCodeAmount),
    })),
    conditions: (claim.conditionCodesList ?? []).flat().map(({ conditionCode }) => conditionCode),
  };
}

function proceduresOf(claim: Encounter["claimInformation"]): InstitutionalFacts["procedures"] {
  const principal = claim.principalProcedureInformation;
  const others = (claim.otherProcedureInformationList ?? []).flat();
  const first =
    principal === undefined
      ? []
      : [{ code: principal.principalProcedureCode, date: principal.principalProcedureDate }];
  const rest = others.map((other) => ({
    code: other.otherProcedureCode,
    date: other.otherProcedureDate,
  }));
  return [...first, ...rest].map(({ code, date }) => ({
    code: capitals(code),
    date: dateOf(date),
  }));
}

function optional(date: string | undefined): string | undefined {
  return date === undefined ? undefined : dateOf(date);
}
