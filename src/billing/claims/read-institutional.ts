import type { Loop } from "../../edi/guides/index.ts";
import type { Segment } from "../../edi/x12/index.ts";
import { type DiagnosisRole, splitDateTime } from "../intake/index.ts";
import type { ClaimDiagnosis, InstitutionalFacts } from "./claim.ts";
import { type Note, type Period, periodOf } from "./read-period.ts";

/** HI qualifiers of diagnoses, those of ICD-9-CM too. */
const ROLES: Readonly<Record<string, DiagnosisRole>> = {
  ABK: "principal",
  BK: "principal",
  ABJ: "admitting",
  BJ: "admitting",
  APR: "reason",
  PR: "reason",
  ABN: "external",
  BN: "external",
  ABF: "other",
  BF: "other",
};

/** HI qualifiers of procedures, the principal ones first. */
const PRINCIPAL_PROCEDURES = ["BBR", "BR", "CAH"];
const OTHER_PROCEDURES = ["BBQ", "BQ"];

/** One composite of an HI segment. */
interface Code {
  readonly segment: Segment;
  readonly element: number;
  readonly components: readonly string[];
}

/** What the segments of an institutional claim tell besides its lines. */
export function readInstitutionalFacts(
  loop2300: Loop,
  statement: Period,
  note: Note,
): InstitutionalFacts {
  const codes = codesOf(loop2300);
  const cl1 = loop2300.segment("CL1");
  const dated = (code: Code): Period =>
    periodOf(code.components[3] ?? "", code.segment, code.element, note);
  const of = (...qualifiers: string[]): Code[] =>
    codes.filter(({ components }) => qualifiers.includes(components[0] ?? ""));
  const name = ({ components }: Code): string => components[1] ?? "";
  return {
    statementFrom: statement.from,
    statementTo: statement.to,
    ...admissionOf(loop2300, note),
    admissionTypeCode: cl1?.element(1) ?? "",
    admissionSourceCode: cl1?.element(2) ?? "",
    patientStatusCode: cl1?.element(3) ?? "",
    diagnosisRelatedGroup: of("DR").map(name)[0],
    attendingProviderNpi: npiOf(loop2300.loop("2310A")),
    operatingProviderNpi: npiOf(loop2300.loop("2310B")),
    diagnoses: readDiagnoses(loop2300),
    procedures: [...of(...PRINCIPAL_PROCEDURES), ...of(...OTHER_PROCEDURES)].map((code) => ({
      code: name(code),
      date: dated(code).from,
    })),
    spans: of("BI").map((code) => ({ code: name(code), ...dated(code) })),
    occurrences: of("BH").map((code) => ({ code: name(code), date: dated(code).from })),
    values: of("BE").map((code) => ({ code: name(code), amount: code.components[4] ?? "" })),
    conditions: of("BG").map(name),
  };
}

/** The diagnoses of all HI segments, in the order of their roles. */
export function readDiagnoses(loop2300: Loop): ClaimDiagnosis[] {
  const codes = codesOf(loop2300);
  return (["principal", "admitting", "reason", "external", "other"] as const).flatMap((role) =>
    codes
      .filter(({ components }) => ROLES[components[0] ?? ""] === role)
      .map(({ components }) => ({
        role,
        code: components[1] ?? "",
        presentOnAdmission: components[8] || undefined,
      })),
  );
}

function codesOf(loop2300: Loop): Code[] {
  const codes: Code[] = [];
  for (const segment of loop2300.segmentsOf("HI")) {
    for (let element = 1; element <= segment.elementCount; element += 1) {
      const components = segment.components(element);
      if ((components[1] ?? "") !== "") codes.push({ segment, element, components });
    }
  }
  return codes;
}

function admissionOf(
  loop2300: Loop,
  note: Note,
): Pick<InstitutionalFacts, "admissionDate" | "admissionHour" | "dischargeHour"> {
  const admission = loop2300.segment("DTP", "435");
  const { date, time } = splitDateTime(admission?.element(3) ?? "");
  return {
    admissionDate: admission === undefined ? undefined : periodOf(date, admission, 3, note).from,
    admissionHour: time,
    dischargeHour: loop2300.segment("DTP", "096")?.element(3) || undefined,
  };
}

function npiOf(provider: Loop | undefined): string | undefined {
  const nm1 = provider?.segment("NM1");
  return nm1?.element(8) === "XX" ? nm1.element(9) || undefined : undefined;
}
