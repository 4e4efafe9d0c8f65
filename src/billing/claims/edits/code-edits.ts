import type { Encounter } from "../../intake/index.ts";
import { isoDate } from "../../intake/index.ts";
import { type CodeAnswer, type Edit, eachLine, lineAt, type Report } from "./edit.ts";

const ICD10 = /^[A-Z]\d[0-9A-Z]{1,5}$/;
/** CPT category I, II, III and proprietary laboratory analyses. */
const CPT = /^\d{4}[0-9FTUM]$/;
const HCPCS = /^[A-V]\d{4}$/;
const MODIFIER = /^[0-9A-Z]{2}$/;
const NDC = /^\d{11}$/;
const PLACE = /^\d{2}$/;
const NO_PLACE = ["is not two digits", "Use a code such as 11."] as const;
const CLAIM_PLACE = "/claimInformation/placeOfServiceCode";

/** An ICD-10-CM code as X12 carries it: capitals, no dot. */
export function plainCode(code: string): string {
  return (code.includes(".") ? code.replaceAll(".", "") : code).toUpperCase();
}

/** Earliest service date of an encounter, ISO; undefined when none is a date. */
export function firstServiceDate(encounter: Encounter): string | undefined {
  let first: string | undefined;
  for (const line of encounter.claimInformation.serviceLines) {
    const date = isoDate(line.serviceDate);
    if (date !== undefined && (first === undefined || date < first)) first = date;
  }
  return first;
}

/** What is wrong with diagnoses, procedures, modifiers and other codes. */
export const CODE_EDITS: readonly Edit[] = [
  {
    id: "principal-diagnosis",
    snip: 2,
    source: "005010X222A1 2300 HI01-1 = ABK, HI02 on = ABF",
    check({ claimInformation }, report) {
      for (const [index, each] of claimInformation.healthCareCodeInformation.entries()) {
        const wanted = index === 0 ? "ABK" : "ABF";
        if (each.diagnosisTypeCode === wanted) continue;
        report(
          `/claimInformation/healthCareCodeInformation/${index}/diagnosisTypeCode`,
          index === 0 ? "must be ABK: the first is the principal" : "must be ABF: one is principal",
          `Write ${wanted}, or put the principal diagnosis first.`,
        );
      }
    },
  },
  {
    id: "diagnosis-duplicate",
    snip: 2,
    source: "ICD-10-CM guidelines I.B.12: report each code once",
    check({ claimInformation }, report) {
      const seen = new Set<string>();
      for (const [index, each] of claimInformation.healthCareCodeInformation.entries()) {
        const code = plainCode(each.diagnosisCode);
        if (seen.has(code)) {
          report(diagnosisAt(index), "repeats an earlier diagnosis", "Remove it, mend pointers.");
        }
        seen.add(code);
      }
    },
  },
  {
    id: "diagnosis-format",
    snip: 5,
    source: "45 CFR 162.1002 (c)(2): ICD-10-CM",
    check({ claimInformation }, report) {
      for (const [index, each] of claimInformation.healthCareCodeInformation.entries()) {
        if (ICD10.test(plainCode(each.diagnosisCode))) continue;
        report(diagnosisAt(index), "has not the form of an ICD-10-CM code", "Look the code up.");
      }
    },
  },
  {
    id: "diagnosis-code",
    snip: 5,
    source: "45 CFR 162.1002: valid on the date of service",
    check(encounter, report, { codeSets }) {
      const onDate = firstServiceDate(encounter);
      if (onDate === undefined) return;
      const diagnoses = encounter.claimInformation.healthCareCodeInformation;
      for (const [index, each] of diagnoses.entries()) {
        const code = plainCode(each.diagnosisCode);
        if (!ICD10.test(code)) continue;
        tell(report, () => diagnosisAt(index), codeSets.lookup("icd10cm", code, onDate));
      }
    },
  },
  {
    id: "procedure-format",
    snip: 5,
    source: "45 CFR 162.1002: CPT and HCPCS under qualifier HC",
    check(encounter, report) {
      eachLine(encounter, ({ professionalService: service }, number) => {
        if (service.procedureIdentifier !== "HC") return;
        const code = service.procedureCode.toUpperCase();
        if (CPT.test(code) || HCPCS.test(code)) return;
        const pointer = lineAt(number, "/professionalService/procedureCode");
        report(pointer, "has not the form of a CPT or HCPCS code", "Look the code up.");
      });
    },
  },
  {
    id: "procedure-code",
    snip: 5,
    source: "45 CFR 162.1002: valid on the date of service",
    check(encounter, report, { codeSets }) {
      eachLine(encounter, ({ professionalService: service, serviceDate }, number) => {
        const onDate = isoDate(serviceDate);
        if (service.procedureIdentifier !== "HC" || onDate === undefined) return;
        const code = service.procedureCode.toUpperCase();
        const set = HCPCS.test(code) ? "hcpcs" : "cpt";
        const answer = codeSets.lookup(set, code, onDate);
        tell(report, () => lineAt(number, "/professionalService/procedureCode"), answer);
      });
    },
  },
  {
    id: "modifier",
    snip: 5,
    source: "005010X222A1 2400 SV101-3 to -6: HCPCS and CPT modifiers, each once",
    check(encounter, report, { codeSets }) {
      eachLine(encounter, ({ professionalService: service, serviceDate }, number) => {
        const { procedureModifiers: modifiers } = service;
        if (modifiers === undefined) return;
        const onDate = isoDate(serviceDate);
        for (const [index, written] of modifiers.entries()) {
          const pointer = () => lineAt(number, `/professionalService/procedureModifiers/${index}`);
          const modifier = written.toUpperCase();
          if (!MODIFIER.test(modifier)) {
            report(pointer(), "is not two letters or digits", "Look the modifier up.");
          } else if (modifiers.findIndex((other) => other.toUpperCase() === modifier) < index) {
            report(pointer(), "repeats an earlier modifier", "Remove it.");
          } else if (onDate !== undefined) {
            tell(report, pointer, codeSets.lookup("modifier", modifier, onDate));
          }
        }
      });
    },
  },
  {
    id: "place-of-service",
    snip: 5,
    source: "CMS place of service codes; 005010X222A1 2300 CLM05-1, 2400 SV105",
    check(encounter, report, { codeSets, today }) {
      const onDate = firstServiceDate(encounter) ?? today;
      const { placeOfServiceCode: place } = encounter.claimInformation;
      if (!PLACE.test(place)) report(CLAIM_PLACE, ...NO_PLACE);
      else tell(report, () => CLAIM_PLACE, codeSets.lookup("pos", place, onDate));
      eachLine(encounter, ({ professionalService: { placeOfServiceCode } }, number) => {
        if (placeOfServiceCode === undefined) return;
        const pointer = lineAt(number, "/professionalService/placeOfServiceCode");
        if (!PLACE.test(placeOfServiceCode)) report(pointer, ...NO_PLACE);
        else tell(report, () => pointer, codeSets.lookup("pos", placeOfServiceCode, onDate));
      });
    },
  },
  {
    id: "drug-code",
    snip: 2,
    source: "005010X222A1 2410 LIN03: N4 is an NDC of 11 digits, 5-4-2",
    check(encounter, report) {
      eachLine(encounter, ({ drugIdentification: drug }, number) => {
        if (drug?.serviceIdQualifier !== "N4") return;
        if (NDC.test(drug.nationalDrugCode.replaceAll("-", ""))) return;
        const fix = "Write 11 digits, 5-4-2, with a zero before the short part.";
        report(lineAt(number, "/drugIdentification/nationalDrugCode"), "is not 11 digits", fix);
      });
    },
  },
];

function diagnosisAt(index: number): string {
  return `/claimInformation/healthCareCodeInformation/${index}/diagnosisCode`;
}

/** Tells what the code set says of a code, when that is not "valid". */
function tell(report: Report, pointer: () => string, answer: CodeAnswer | undefined): void {
  if (answer === undefined || answer.status === "valid") return;
  const severity = answer.complete ? "error" : "warning";
  switch (answer.status) {
    case "not-billable":
      report(pointer(), "is a heading, not a billable code", "Use a more specific code.");
      break;
    case "not-yet-effective":
      report(pointer(), "was not yet valid on the date of service", "Check code and date.");
      break;
    case "expired":
      report(pointer(), "was no longer valid on the date of service", "Use its successor.");
      break;
    default: {
      const fix = answer.complete
        ? "Look the code up in the official release."
        : "Import the official release so that it can be checked.";
      report(pointer(), "is not in the code set held", fix, severity);
    }
  }
}
