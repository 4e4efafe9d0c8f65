/** Rules of institutional claims (837I), most of which depend on the type of bill. */
import type { Segment } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";
import { codesOf } from "./claim.ts";
import { type LoopRule, missing, missingElement, NONE, wrong } from "./rule.ts";

const INSTITUTIONAL: readonly string[] = ["837I"];

// Types of bill by their first two digits (CLM05-1), as the National Uniform Billing Committee has
// them: 11 hospital inpatient, 12 hospital inpatient part B, 18 swing bed, 21 and 22 skilled nursing,
// 41 religious nonmedical institution; 13, 14, 78 and 85 hospital and clinic outpatient.
const WITH_ADMISSION: readonly string[] = ["11", "12", "18", "21", "22", "41"];
const ADMITTED: readonly string[] = ["11", "18", "21", "41"];
const HOSPITAL_INPATIENT = "11";
const LABORATORY_ONLY = "14";
const OUTPATIENT_BY_LINE: readonly string[] = ["13", "14", "85"];
const UNSCHEDULED_VISIT: readonly string[] = ["13", "78", "85"];

/** Claim frequencies of a stay that is over: admission to discharge, last claim of a series. */
const FINAL: readonly string[] = ["1", "4"];
const STILL_PATIENT = "30";
/** CL101: emergency, urgent, trauma. */
const UNSCHEDULED: readonly string[] = ["1", "2", "5"];
/** Revenue codes of emergency room, urgent care, treatment and observation; of ambulance; drugs. */
const VISIT_REVENUE = /^0?(?:45\d|516|526|762)$/;
const AMBULANCE_REVENUE = /^0?54\d$/;
const DRUG_REVENUE = /^0?(?:25|63)\d$/;

export const institutionalRules: readonly LoopRule[] = [
  {
    name: "admission-date-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands:
      "An inpatient claim (type of bill 11, 12, 18, 21, 22, 41) tells its admission (DTP*435).",
    fix: "Add DTP*435 with the day and hour of admission.",
    source: "005010X223A2 2300 DTP*435; NUBC form locator 12",
    snip: 4,
    severity: "error",
    breaches: (claim) =>
      WITH_ADMISSION.includes(typeOfBill(claim)) && !claim.segment("DTP", "435")
        ? [missing("DTP")]
        : NONE,
  },
  {
    name: "discharge-hour-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands:
      "The final claim of a hospital stay (type of bill 111, 114) tells the hour of discharge.",
    fix: "Add DTP*096 with the hour, or write 30 into CL103 while the patient is still there.",
    source: "005010X223A2 2300 DTP*096; NUBC form locator 16",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const frequency = claim.segment("CLM")?.component(5, 3) ?? "";
      if (typeOfBill(claim) !== HOSPITAL_INPATIENT || !FINAL.includes(frequency)) return NONE;
      if (claim.segment("CL1")?.element(3) === STILL_PATIENT) return NONE;
      return claim.segment("DTP", "096") === undefined ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "admission-type-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands: "An inpatient claim tells the type of admission (CL101).",
    fix: "Write the type of admission into CL101, such as 1 for an emergency or 3 for elective.",
    source: "005010X223A2 2300 CL101; NUBC form locator 14",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const cl1 = claim.segment("CL1");
      if (cl1 === undefined || !WITH_ADMISSION.includes(typeOfBill(claim))) return NONE;
      return cl1.element(1) === "" ? [missingElement(cl1, 1)] : NONE;
    },
  },
  {
    name: "point-of-origin-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands:
      "A claim tells where the patient came from (CL102), unless it is of a laboratory alone.",
    fix: "Write the point of origin into CL102.",
    source: "005010X223A2 2300 CL102; NUBC form locator 15",
    snip: 4,
    severity: "warning",
    breaches: (claim) => {
      const cl1 = claim.segment("CL1");
      if (cl1 === undefined || typeOfBill(claim) === LABORATORY_ONLY) return NONE;
      return cl1.element(2) === "" ? [missingElement(cl1, 2)] : NONE;
    },
  },
  {
    name: "admitting-diagnosis-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands: "A claim with an inpatient admission has the admitting diagnosis (HI*ABJ).",
    fix: "Add HI*ABJ with the diagnosis at admission.",
    source: "005010X223A2 2300 HI*ABJ; NUBC form locator 69",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      if (!ADMITTED.includes(typeOfBill(claim))) return NONE;
      return codesOf(claim, ["ABJ", "BJ"]).length === 0 ? [missing("HI")] : NONE;
    },
  },
  {
    name: "visit-reason-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands:
      "An unscheduled outpatient visit (emergency room, observation) has its reason (HI*APR).",
    fix: "Add HI*APR with the patient's reason for the visit.",
    source: "005010X223A2 2300 HI*APR; NUBC form locator 70",
    snip: 4,
    severity: "warning",
    breaches: (claim) => {
      const type = claim.segment("CL1")?.element(1) ?? "";
      if (!UNSCHEDULED_VISIT.includes(typeOfBill(claim)) || !UNSCHEDULED.includes(type))
        return NONE;
      if (!revenueCodes(claim).some((code) => VISIT_REVENUE.test(code))) return NONE;
      return codesOf(claim, ["APR", "PR"]).length === 0 ? [missing("HI")] : NONE;
    },
  },
  {
    name: "attending-provider-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands: "A claim with more than ambulance transports names the attending provider (2310A).",
    fix: "Add loop 2310A with the attending provider.",
    source: "005010X223A2 2310A; NUBC form locator 76",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const revenue = revenueCodes(claim);
      if (revenue.every((code) => AMBULANCE_REVENUE.test(code))) return NONE;
      return claim.loop("2310A") === undefined ? [missing("NM1", "2310A")] : NONE;
    },
  },
  {
    name: "other-operating-alone",
    guides: INSTITUTIONAL,
    loops: ["2300", "2400"],
    demands: "Another operating physician stands beside an operating physician only.",
    fix: "Add the operating physician (NM1*72), or name the other one as such.",
    source: "005010X223A2 2310B, 2310C, 2420A, 2420B",
    snip: 4,
    severity: "error",
    breaches: (loop) => {
      const isOfClaim = loop.id === "2300";
      const other = loop.loop(isOfClaim ? "2310C" : "2420B");
      const operating = isOfClaim ? "2310B" : "2420A";
      return other !== undefined && !loop.loop(operating) ? [missing("NM1", operating)] : NONE;
    },
  },
  {
    name: "operating-physician-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands: "A claim with a surgical procedure (HI*BBR) names the operating physician (2310B).",
    fix: "Add loop 2310B with who performed the procedure.",
    source: "005010X223A2 2310B; NUBC form locator 77",
    snip: 4,
    severity: "warning",
    breaches: (claim) =>
      codesOf(claim, ["BBR", "BR"]).length > 0 && !claim.loop("2310B")
        ? [missing("NM1", "2310B")]
        : NONE,
  },
  {
    name: "principal-procedure-missing",
    guides: INSTITUTIONAL,
    loops: ["2300"],
    demands: "Other procedures (HI*BBQ) stand behind a principal one (HI*BBR).",
    fix: "Move the most important procedure to HI*BBR.",
    source: "005010X223A2 2300 HI*BBR, HI*BBQ",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const [other] = codesOf(claim, ["BBQ", "BQ"]);
      if (other === undefined) return NONE;
      return codesOf(claim, ["BBR", "BR", "CAH"]).length === 0 ? [missing("HI")] : NONE;
    },
  },
  {
    name: "line-date-missing",
    guides: INSTITUTIONAL,
    loops: ["2400"],
    demands: "A line of an outpatient claim over several days tells its own day (DTP*472).",
    fix: "Add DTP*472 to the line, or split the claim by days.",
    source: "005010X223A2 2400 DTP*472",
    snip: 4,
    severity: "error",
    breaches: (line) => {
      const claim = line.within("2300");
      const revenue = line.segment("SV2")?.element(1) ?? "";
      if (claim === undefined || !OUTPATIENT_BY_LINE.includes(typeOfBill(claim))) return NONE;
      if (DRUG_REVENUE.test(revenue) || line.loop("2410") !== undefined) return NONE;
      const [from, to] = statementDays(claim);
      return from !== to && !line.segment("DTP", "472") ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "line-date-outside-statement",
    guides: INSTITUTIONAL,
    loops: ["2400"],
    demands: "The day of a line (DTP*472) is one of those that the statement covers (DTP*434).",
    fix: "Correct the day of the line, or the dates of the statement.",
    source: "005010X223A2 2300 DTP*434, 2400 DTP*472; NUBC form locators 6 and 45",
    snip: 4,
    severity: "warning",
    breaches: (line) => {
      const dtp = line.segment("DTP", "472");
      const [from = "", to = ""] = statementDays(line.within("2300"));
      if (dtp === undefined || from.length !== 8 || to.length !== 8) return NONE;
      const [first = "", last = first] = daysOf(dtp);
      return first < from || last > to ? [wrong(dtp, 3)] : NONE;
    },
  },
];

/** First two digits of the type of bill. */
function typeOfBill(claim: Loop): string {
  return claim.segment("CLM")?.component(5, 1) ?? "";
}

function revenueCodes(claim: Loop): readonly string[] {
  return claim.loopsOf("2400").map((line) => line.segment("SV2")?.element(1) ?? "");
}

/** First and last day of the statement. */
function statementDays(claim: Loop | undefined): readonly string[] {
  const dtp = claim?.segment("DTP", "434");
  return dtp === undefined ? [] : daysOf(dtp);
}

function daysOf(dtp: Segment): readonly string[] {
  return dtp.element(3).split("-");
}
