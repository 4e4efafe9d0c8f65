import { type Encounter, isoDate } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { isHospitalStay, isInpatient } from "./bill-type.ts";
import { plainCode } from "./code-edits.ts";
import type { Edit } from "./edit.ts";

const CLAIM = "/claimInformation";
/** Seven characters, without the letters that look like digits. */
const ICD10PCS = /^[0-9A-HJ-NP-Z]{7}$/;
/** Chapter 20 of ICD-10-CM: how an injury came about. */
const EXTERNAL_CAUSE = /^[V-Y]/;

/** A procedure of a stay with the JSON pointer of its structure. */
interface Procedure {
  readonly code: string;
  readonly date: string;
  readonly pointer: string;
  /** The property of code and date: `principalProcedure`, `otherProcedure`. */
  readonly name: string;
}

/** What is wrong with present-on-admission indicators, ICD-10-PCS procedures and the DRG. */
export const INPATIENT_CODE_EDITS: readonly Edit[] = [
  {
    id: "present-on-admission",
    snip: 4,
    source: "005010X223A2 2300 HI C022-9; CMS POA reporting: hospital stays only",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report, _context, { diagnoses }) {
      for (const { role, presentOnAdmission: told, pointer } of diagnoses) {
        const at = `${pointer.slice(0, pointer.lastIndexOf("/"))}/presentOnAdmissionIndicator`;
        if (told !== undefined && !isInpatient(claim)) {
          report(at, "stands on a claim that is for no stay", "Remove it.");
        }
        const asked = role === "principal" || role === "other" || role === "external";
        if (told !== undefined || !asked || !isHospitalStay(claim)) continue;
        const fix = "Add Y, N, U or W, unless the diagnosis is exempt from reporting.";
        report(at, "is missing", fix, "warning");
      }
    },
  },
  {
    id: "external-cause",
    snip: 5,
    source: "ICD-10-CM guidelines I.C.20: V00-Y99 are external causes and never principal",
    kinds: ["institutional"],
    check(_encounter, report, _context, { diagnoses }) {
      for (const { role, code, pointer } of diagnoses) {
        const external = EXTERNAL_CAUSE.test(plainCode(code));
        if (external && (role === "principal" || role === "admitting")) {
          const fix = "Put the injury first and this among the external causes.";
          report(pointer, "is an external cause", fix);
        } else if (!external && role === "external") {
          report(pointer, "is no external cause", "Put it among the other diagnoses.");
        }
      }
    },
  },
  {
    id: "inpatient-procedure",
    snip: 5,
    source: "45 CFR 162.1002 (c)(3): ICD-10-PCS for procedures of hospital inpatients only",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      for (const { code, pointer, name } of proceduresOf(claim)) {
        if (!isInpatient(claim)) {
          const fix = "Bill the procedure by HCPCS on its line.";
          report(`${pointer}/${name}Code`, "stands on a claim that is for no stay", fix);
        } else if (!ICD10PCS.test(capitals(code))) {
          const says = "has not the form of an ICD-10-PCS code";
          report(`${pointer}/${name}Code`, says, "Look the code up.");
        }
      }
    },
  },
  {
    id: "procedure-date",
    snip: 4,
    source: "NUBC FL 74: the day on which it was done",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      const end = isoDate(claim.claimDateInformation?.statementEndDate ?? "");
      if (end === undefined) return;
      for (const { date, pointer, name } of proceduresOf(claim)) {
        const day = isoDate(date);
        if (day === undefined || day <= end) continue;
        report(`${pointer}/${name}Date`, "is after the statement ends", "Check both dates.");
      }
    },
  },
  {
    id: "principal-procedure",
    snip: 4,
    source: "005010X223A2 2300 HI*BBQ: only beside a principal procedure",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      const others = (claim.otherProcedureInformationList ?? []).flat();
      if (others.length === 0 || claim.principalProcedureInformation !== undefined) return;
      const fix = "Name the procedure that was done for the principal diagnosis.";
      report(`${CLAIM}/principalProcedureInformation`, "is missing", fix);
    },
  },
  {
    id: "operating-physician",
    snip: 4,
    source: "005010X223A2 2310B: required when a surgical procedure is on the claim",
    kinds: ["institutional"],
    check({ operatingPhysician, claimInformation: claim }, report) {
      if (operatingPhysician !== undefined || !proceduresOf(claim).some(isSurgical)) return;
      report("/operatingPhysician", "is missing", "Name who performed the procedure.");
    },
  },
  {
    id: "drg",
    snip: 4,
    source: "005010X223A2 2300 HI*DR: inpatient claims",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      if (claim.diagnosisRelatedGroupInformation === undefined || isInpatient(claim)) return;
      const pointer = `${CLAIM}/diagnosisRelatedGroupInformation/drugRelatedGroupCode`;
      report(pointer, "stands on a claim that is for no stay", "Remove it.");
    },
  },
];

/** Section 0 of ICD-10-PCS is medical and surgical. */
function isSurgical({ code }: Procedure): boolean {
  return code.startsWith("0");
}

function proceduresOf(claim: Encounter["claimInformation"]): Procedure[] {
  const procedures: Procedure[] = [];
  const principal = claim.principalProcedureInformation;
  if (principal !== undefined) {
    procedures.push({
      code: principal.principalProcedureCode,
      date: principal.principalProcedureDate,
      pointer: `${CLAIM}/principalProcedureInformation`,
      name: "principalProcedure",
    });
  }
  for (const [group, list] of (claim.otherProcedureInformationList ?? []).entries()) {
    for (const [index, other] of list.entries()) {
      const pointer = `${CLAIM}/otherProcedureInformationList/${group}/${index}`;
      const { otherProcedureCode: code, otherProcedureDate: date } = other;
      procedures.push({ code, date, pointer, name: "otherProcedure" });
    }
  }
  return procedures;
}
