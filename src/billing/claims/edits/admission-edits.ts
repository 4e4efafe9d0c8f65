import { isoDate, serviceOf, splitDateTime } from "../../intake/index.ts";
import {
  isFacilityType,
  isFinalBill,
  isHospitalStay,
  isInpatient,
  isInterimBill,
  STILL_PATIENT,
} from "./bill-type.ts";
import { type Edit, eachLine, lineAt } from "./edit.ts";

const CLAIM = "/claimInformation";
const DATES = `${CLAIM}/claimDateInformation`;
const CODES = `${CLAIM}/claimCodeInformation`;
const TIME = /^(?:[01]\d|2[0-3])[0-5]\d$/;

/** Patients who are taken by ambulance only have nobody who attends them (054x). */
const AMBULANCE_REVENUE = /^0?54\d$/;
/** Types of admission that are not planned: emergency, urgent, trauma. */
const UNSCHEDULED: ReadonlySet<string> = new Set(["1", "2", "5"]);
/** Emergency room, urgent care, observation. */
const UNSCHEDULED_REVENUE = /^0?(?:45\d|516|526|762)$/;
/** Laboratory work for somebody who is no patient (014x). */
const NON_PATIENT = "14";

/** What is wrong with the type of bill, the days of a statement, and admission and discharge. */
export const ADMISSION_EDITS: readonly Edit[] = [
  {
    id: "type-of-bill",
    snip: 5,
    source: "NUBC type of bill; 005010X223A2 2300 CLM05-1",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      if (isFacilityType(claim.placeOfServiceCode)) return;
      const fix = "Write the two digits behind the zero of the type of bill: 11 for 0111.";
      report(`${CLAIM}/placeOfServiceCode`, "is no facility type of a type of bill", fix);
    },
  },
  {
    id: "statement-dates",
    snip: 4,
    source: "005010X223A2 2300 DTP*434",
    kinds: ["institutional"],
    check({ claimInformation: { claimDateInformation: dates } }, report) {
      const from = isoDate(dates?.statementBeginDate ?? "");
      const to = isoDate(dates?.statementEndDate ?? "");
      if (from === undefined || to === undefined || from <= to) return;
      const pointer = `${DATES}/statementEndDate`;
      report(pointer, "is before the day on which the statement begins", "Check both dates.");
    },
  },
  {
    id: "line-in-statement",
    snip: 4,
    source: "NUBC FL 6, FL 45: services lie within the statement",
    kinds: ["institutional"],
    check(encounter, report) {
      const dates = encounter.claimInformation.claimDateInformation;
      const from = isoDate(dates?.statementBeginDate ?? "");
      const to = isoDate(dates?.statementEndDate ?? "");
      if (from === undefined || to === undefined) return;
      eachLine(encounter, ({ serviceDate, serviceDateEnd }, number) => {
        for (const [name, written] of Object.entries({ serviceDate, serviceDateEnd })) {
          const date = isoDate(written ?? "");
          if (date === undefined || (date >= from && date <= to)) continue;
          const fix = "Widen the statement, or bill the service with its own.";
          report(lineAt(number, `/${name}`), "is outside of the statement", fix);
        }
      });
    },
  },
  {
    id: "outpatient-line-date",
    snip: 4,
    source: "005010X223A2 2400 DTP*472: outpatient lines of a statement of several days",
    kinds: ["institutional"],
    check(encounter, report) {
      const { claimInformation: claim } = encounter;
      const dates = claim.claimDateInformation;
      const from = isoDate(dates?.statementBeginDate ?? "");
      if (isInpatient(claim) || from === isoDate(dates?.statementEndDate ?? "")) return;
      eachLine(encounter, ({ serviceDate }, number) => {
        if (serviceDate !== undefined) return;
        report(lineAt(number, "/serviceDate"), "is missing", "Add the day of the service.");
      });
    },
  },
  {
    id: "admission-date",
    snip: 4,
    source: "005010X223A2 2300 DTP*435: required on inpatient claims; NUBC FL 12, FL 13",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      const pointer = `${DATES}/admissionDateAndHour`;
      const written = claim.claimDateInformation?.admissionDateAndHour;
      if (written === undefined) {
        if (isInpatient(claim)) report(pointer, "is missing", "Add the day of the admission.");
        return;
      }
      const { date, time } = splitDateTime(written);
      if (time !== undefined && !TIME.test(time)) {
        report(pointer, "has no time of day behind its date", "Write HHMM, from 0000 to 2359.");
      } else if (time === undefined && isHospitalStay(claim)) {
        report(pointer, "has no hour", "Add the hour of the admission.");
      }
      const admitted = isoDate(date);
      const end = isoDate(claim.claimDateInformation?.statementEndDate ?? "");
      if (admitted === undefined || end === undefined || admitted <= end) return;
      report(pointer, "is after the statement ends", "Check both dates.");
    },
  },
  {
    id: "admission-source",
    snip: 4,
    source: "005010X223A2 2300 CL102: required but for laboratory of non-patients (014x)",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      if (claim.placeOfServiceCode === NON_PATIENT) return;
      if (claim.claimCodeInformation?.admissionSourceCode !== undefined) return;
      const fix = "Add where the patient came from: 1 from home, 4 another hospital …";
      report(`${CODES}/admissionSourceCode`, "is missing", fix);
    },
  },
  {
    id: "discharge-hour",
    snip: 4,
    source: "005010X223A2 2300 DTP*096: required on final inpatient claims; NUBC FL 16",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      const pointer = `${DATES}/dischargeHour`;
      const hour = claim.claimDateInformation?.dischargeHour;
      if (hour === undefined) {
        const left = claim.claimCodeInformation?.patientStatusCode !== STILL_PATIENT;
        if (!isHospitalStay(claim) || !isFinalBill(claim) || !left) return;
        report(pointer, "is missing", "Add the hour at which the patient left.");
      } else if (!isInpatient(claim)) {
        report(pointer, "stands on a claim that is for no stay", "Remove it.", "warning");
      }
    },
  },
  {
    id: "patient-status",
    snip: 4,
    source: "NUBC FL 17: status 30 goes with interim bills, and only with them",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      if (!isInpatient(claim)) return;
      const still = claim.claimCodeInformation?.patientStatusCode === STILL_PATIENT;
      const pointer = `${CODES}/patientStatusCode`;
      if (still && isFinalBill(claim)) {
        const fix = "Write how the patient left, or bill it as interim (frequency 2 or 3).";
        report(pointer, "is still a patient, and the bill is final", fix);
      } else if (!still && isInterimBill(claim)) {
        const fix = "Write 30, or bill it as final (frequency 1 or 4).";
        report(pointer, "is discharged, and the bill is interim", fix);
      }
    },
  },
  {
    id: "attending-provider",
    snip: 4,
    source: "005010X223A2 2310A: required unless all services are scheduled transport",
    kinds: ["institutional"],
    check({ attending, claimInformation: claim }, report) {
      if (attending !== undefined) return;
      const revenue = claim.serviceLines.map((line) => serviceOf(line).serviceLineRevenueCode);
      if (revenue.every((code) => AMBULANCE_REVENUE.test(code ?? ""))) return;
      report("/attending", "is missing", "Name who had charge of the patient's care.");
    },
  },
  {
    id: "billing-organization",
    snip: 2,
    source: "005010X223A2 2010AA NM102 = 2",
    kinds: ["institutional"],
    check({ billing }, report) {
      if (billing.lastName === undefined) return;
      const fix = "Write the facility's name as organizationName.";
      report("/billing/lastName", "stands where an organization must", fix);
    },
  },
  {
    id: "billing-number",
    snip: 2,
    source: "005010X223A2 2010AA: no number but NPI and EIN",
    kinds: ["institutional"],
    check({ billing }, report) {
      for (const name of ["stateLicenseNumber", "providerUpinNumber"] as const) {
        if (billing[name] === undefined) continue;
        const says = "has no place on an institutional claim";
        report(`/billing/${name}`, says, "Remove it, or move it to commercialNumber.");
      }
    },
  },
  {
    id: "reason-for-visit",
    snip: 4,
    source: "NUBC FL 70; 005010X223A2 2300 HI*APR: unscheduled outpatient visits",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      const given = claim.patientReasonForVisits !== undefined;
      const pointer = `${CLAIM}/patientReasonForVisits`;
      if (given && isInpatient(claim)) {
        const fix = "Remove it; the admitting diagnosis tells why the patient came.";
        report(pointer, "stands on a claim for a stay", fix);
      }
      const { placeOfServiceCode: facility, claimCodeInformation: codes } = claim;
      if (given || (facility !== "13" && facility !== "85")) return;
      const lines = claim.serviceLines.map((line) => serviceOf(line).serviceLineRevenueCode ?? "");
      const unplanned = UNSCHEDULED.has(codes?.admissionTypeCode ?? "");
      if (!unplanned || !lines.some((code) => UNSCHEDULED_REVENUE.test(code))) return;
      report(pointer, "is missing", "Add what the patient came with, as a diagnosis code.");
    },
  },
  {
    id: "admitting-diagnosis",
    snip: 4,
    source: "005010X223A2 2300 HI*ABJ: required on inpatient claims; NUBC FL 69",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      if (!isInpatient(claim) || claim.admittingDiagnosis !== undefined) return;
      report(`${CLAIM}/admittingDiagnosis`, "is missing", "Add the diagnosis at admission.");
    },
  },
];
