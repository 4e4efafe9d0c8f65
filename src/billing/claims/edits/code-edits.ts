import type { EncounterKind, Service } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import {
  type CodeAnswer,
  type Edit,
  eachLine,
  eachService,
  lineAt,
  type Report,
  serviceAt,
} from "./edit.ts";

const ICD10 = /^[A-Z]\d[0-9A-Z]{1,5}$/;
/** CPT category I, II, III and proprietary laboratory analyses. */
const CPT = /^\d{4}[0-9FTUM]$/;
const HCPCS = /^[A-V]\d{4}$/;
const MODIFIER = /^[0-9A-Z]{2}$/;
const NDC = /^\d{11}$/;
const PLACE = /^\d{2}$/;
/** A code whose form is wrong is not looked up. */
const NO_PLACE = { status: "malformed" } as const;

/** An ICD-10-CM code as X12 carries it: capitals, no dot. */
export function plainCode(code: string): string {
  return capitals(code.includes(".") ? code.replaceAll(".", "") : code);
}

/** What is wrong with diagnoses, procedures, modifiers and other codes. */
export const CODE_EDITS: readonly Edit[] = [
  {
    id: "principal-diagnosis",
    snip: 2,
    source: "005010X222A1 2300 HI01-1 = ABK, HI02 on = ABF",
    kinds: ["professional", "dental"],
    check({ claimInformation: { healthCareCodeInformation: diagnoses = [] } }, report) {
      for (let index = 0; index < diagnoses.length; index += 1) {
        const wanted = index === 0 ? "ABK" : "ABF";
        if (diagnoses[index]?.diagnosisTypeCode === wanted) continue;
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
    check(_encounter, report, _context, { diagnoses }) {
      if (diagnoses.length < 2) return;
      const seen: string[] = [];
      for (const { role, code: written, pointer } of diagnoses) {
        // The reason to come or to be admitted may well be what was found.
        if (role === "admitting" || role === "reason") continue;
        const code = plainCode(written);
        if (seen.includes(code)) {
          report(pointer, "repeats an earlier diagnosis", "Remove it, mend pointers.");
        }
        seen.push(code);
      }
    },
  },
  {
    id: "diagnosis-format",
    snip: 5,
    source: "45 CFR 162.1002 (c)(2): ICD-10-CM",
    check(_encounter, report, _context, { diagnoses }) {
      for (const { code, pointer } of diagnoses) {
        if (ICD10.test(plainCode(code))) continue;
        report(pointer, "has not the form of an ICD-10-CM code", "Look the code up.");
      }
    },
  },
  {
    id: "diagnosis-code",
    snip: 5,
    source: "45 CFR 162.1002: valid on the date of service",
    check(_encounter, report, { codeSets }, { first: onDate, diagnoses }) {
      if (onDate === undefined) return;
      for (const { code: written, pointer } of diagnoses) {
        const code = plainCode(written);
        if (!ICD10.test(code)) continue;
        const answer = codeSets.lookup("icd10cm", code, onDate);
        if (isDoubtful(answer)) tell(report, pointer, answer);
      }
    },
  },
  {
    id: "procedure-format",
    snip: 5,
    source: "45 CFR 162.1002: CPT and HCPCS under qualifier HC",
    check(encounter, report, _context, { kind }) {
      eachService(encounter, (service, number) => {
        const code = hcpcsOf(kind, service);
        if (code === undefined || CPT.test(code) || HCPCS.test(code)) return;
        const pointer = serviceAt(kind, number, "/procedureCode");
        report(pointer, "has not the form of a CPT or HCPCS code", "Look the code up.");
      });
    },
  },
  {
    id: "procedure-code",
    snip: 5,
    source: "45 CFR 162.1002: valid on the date of service",
    check(encounter, report, { codeSets }, { kind, ofLine }) {
      eachService(encounter, (service, number) => {
        const onDate = ofLine[number];
        const code = hcpcsOf(kind, service);
        if (code === undefined || onDate === undefined) return;
        const answer = codeSets.lookup(HCPCS.test(code) ? "hcpcs" : "cpt", code, onDate);
        if (!isDoubtful(answer)) return;
        tell(report, serviceAt(kind, number, "/procedureCode"), answer);
      });
    },
  },
  {
    id: "modifier",
    snip: 5,
    source: "005010X222A1 2400 SV101-3 to -6: HCPCS and CPT modifiers, each once",
    check(encounter, report, { codeSets }, { kind, ofLine }) {
      eachService(encounter, (service, number) => {
        if (service.procedureModifiers === undefined) return;
        const modifiers = service.procedureModifiers.map(capitals);
        const onDate = ofLine[number];
        for (let index = 0; index < modifiers.length; index += 1) {
          const modifier = modifiers[index] ?? "";
          if (!MODIFIER.test(modifier)) {
            const pointer = modifierAt(kind, number, index);
            report(pointer, "is not two letters or digits", "Look the modifier up.");
          } else if (modifiers.indexOf(modifier) < index) {
            const pointer = modifierAt(kind, number, index);
            report(pointer, "repeats an earlier modifier", "Remove it.");
          } else if (onDate !== undefined) {
            const answer = codeSets.lookup("modifier", modifier, onDate);
            if (isDoubtful(answer)) tell(report, modifierAt(kind, number, index), answer);
          }
        }
      });
    },
  },
  {
    id: "place-of-service",
    snip: 5,
    source: "CMS place of service codes; 005010X222A1 2300 CLM05-1, 2400 SV105",
    kinds: ["professional", "dental"],
    check(encounter, report, { codeSets, today }, { kind, first: onDate = today }) {
      const { placeOfServiceCode: place } = encounter.claimInformation;
      const answer = PLACE.test(place) ? codeSets.lookup("pos", place, onDate) : NO_PLACE;
      if (isDoubtful(answer)) tell(report, "/claimInformation/placeOfServiceCode", answer);
      eachService(encounter, ({ placeOfServiceCode: own }, number) => {
        if (own === undefined) return;
        const ofLine = PLACE.test(own) ? codeSets.lookup("pos", own, onDate) : NO_PLACE;
        if (!isDoubtful(ofLine)) return;
        tell(report, serviceAt(kind, number, "/placeOfServiceCode"), ofLine);
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

/** The CPT or HCPCS code of a service; undefined where it has none, or one of another list. */
function hcpcsOf(kind: EncounterKind, service: Service): string | undefined {
  const { procedureIdentifier: list = "HC", procedureCode: code } = service;
  return kind === "dental" || list !== "HC" || code === undefined ? undefined : capitals(code);
}

function modifierAt(kind: EncounterKind, number: number, index: number): string {
  return serviceAt(kind, number, `/procedureModifiers/${index}`);
}

type Answer = CodeAnswer | typeof NO_PLACE;

/** Whether there is something to tell: asked before the place of a finding is worked out. */
function isDoubtful(answer: Answer | undefined): answer is Answer {
  return answer !== undefined && answer.status !== "valid";
}

/** Tells what is wrong with a code, which is not "valid". */
function tell(report: Report, pointer: string, answer: Answer): void {
  switch (answer.status) {
    case "malformed":
      report(pointer, "is not two digits", "Use a code such as 11.");
      break;
    case "not-billable":
      report(pointer, "is a heading, not a billable code", "Use a more specific code.");
      break;
    case "not-yet-effective":
      report(pointer, "was not yet valid on the date of service", "Check code and date.");
      break;
    case "expired":
      report(pointer, "was no longer valid on the date of service", "Use its successor.");
      break;
    default: {
      const fix = answer.complete
        ? "Look the code up in the official release."
        : "Import the official release so that it can be checked.";
      const severity = answer.complete ? "error" : "warning";
      report(pointer, "is not in the code set held", fix, severity);
    }
  }
}
