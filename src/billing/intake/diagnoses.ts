import type { Encounter } from "./encounter.ts";

/** What a diagnosis is on its claim. */
export type DiagnosisRole = "principal" | "admitting" | "reason" | "external" | "other";

/** A diagnosis of an encounter, wherever its kind of claim keeps it. */
export interface Diagnosis {
  readonly role: DiagnosisRole;
  /** As written. */
  readonly code: string;
  /** JSON pointer of the code. */
  readonly pointer: string;
  readonly presentOnAdmission: "Y" | "N" | "U" | "W" | undefined;
}

const CLAIM = "/claimInformation";

/** The diagnoses of an encounter: principal, admitting, reasons for visit, external causes, others. */
export function diagnosesOf({ claimInformation: claim }: Encounter): readonly Diagnosis[] {
  const { healthCareCodeInformation: listed, principalDiagnosis: principal } = claim;
  if (principal === undefined) return (listed ?? []).map(listedDiagnosis);
  const found: Diagnosis[] = [];
  const add = (
    role: DiagnosisRole,
    code: string,
    pointer: string,
    presentOnAdmission?: Diagnosis["presentOnAdmission"],
  ): void => {
    found.push({ role, code, pointer: `${CLAIM}/${pointer}`, presentOnAdmission });
  };
  const at = "principalDiagnosis/principalDiagnosisCode";
  add("principal", principal.principalDiagnosisCode, at, principal.presentOnAdmissionIndicator);
  const admitting = claim.admittingDiagnosis?.admittingDiagnosisCode;
  if (admitting !== undefined) {
    add("admitting", admitting, "admittingDiagnosis/admittingDiagnosisCode");
  }
  for (const [index, each] of (claim.patientReasonForVisits ?? []).entries()) {
    const pointer = `patientReasonForVisits/${index}/patientReasonForVisitCode`;
    add("reason", each.patientReasonForVisitCode, pointer);
  }
  for (const [index, each] of (claim.externalCauseOfInjuries ?? []).entries()) {
    const pointer = `externalCauseOfInjuries/${index}/externalCauseOfInjury`;
    add("external", each.externalCauseOfInjury, pointer, each.presentOnAdmissionIndicator);
  }
  for (const [group, list] of (claim.otherDiagnosisInformationList ?? []).entries()) {
    for (const [index, each] of list.entries()) {
      const pointer = `otherDiagnosisInformationList/${group}/${index}/otherDiagnosisCode`;
      add("other", each.otherDiagnosisCode, pointer, each.presentOnAdmissionIndicator);
    }
  }
  return found;
}

type Listed = NonNullable<Encounter["claimInformation"]["healthCareCodeInformation"]>[number];

function listedDiagnosis({ diagnosisCode: code }: Listed, index: number): Diagnosis {
  return {
    role: index === 0 ? "principal" : "other",
    code,
    pointer: `${CLAIM}/healthCareCodeInformation/${index}/diagnosisCode`,
    presentOnAdmission: undefined,
  };
}
