/** Rules of professional claims (837P). */
import type { Loop } from "../loop.ts";
import { type LoopRule, missing, NONE, unwanted, wrong } from "./rule.ts";

const PROFESSIONAL: readonly string[] = ["837P"];
/** CPT of anesthesia that is billed by time; 01953, 01967 … have rules of their own. */
const ANESTHESIA = /^0(?:0[1-9]|1[0-9])\d{2}$/;
const NOT_BY_TIME: readonly string[] = ["01953", "01996"];
const ACUTE: readonly string[] = ["A", "M"];
const MEDICARE = "MB";
const INPATIENT_HOSPITAL = "21";

export const professionalRules: readonly LoopRule[] = [
  {
    name: "anesthesia-not-in-minutes",
    guides: PROFESSIONAL,
    loops: ["2400"],
    demands: "Anesthesia that is billed by time is told in minutes (SV103 is MJ).",
    fix: "Write MJ into SV103 and the minutes into SV104.",
    source: "005010X222A1 2400 SV103",
    snip: 4,
    severity: "warning",
    breaches: (line) => {
      const sv1 = line.segment("SV1");
      const code = sv1?.component(1, 2) ?? "";
      if (sv1 === undefined || sv1.component(1, 1) !== "HC" || !ANESTHESIA.test(code)) return NONE;
      return !NOT_BY_TIME.includes(code) && sv1.element(3) !== "MJ" ? [wrong(sv1, 3)] : NONE;
    },
  },
  {
    name: "ambulance-places-missing",
    guides: PROFESSIONAL,
    loops: ["2300"],
    demands:
      "An ambulance transport (CR1) has a pick-up and a drop-off, of the claim or each line.",
    fix: "Add loops 2310E and 2310F with the two addresses.",
    source: "005010X222A1 2310E, 2310F, 2420G, 2420H",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      if (claim.segment("CR1") === undefined) return NONE;
      const places = [
        ["2310E", "2420G"],
        ["2310F", "2420H"],
      ] as const;
      return places
        .filter(([ofClaim, ofLine]) => !hasPlace(claim, ofClaim, ofLine))
        .map(([ofClaim]) => missing("NM1", ofClaim));
    },
  },
  {
    name: "acute-manifestation-missing",
    guides: PROFESSIONAL,
    loops: ["2300"],
    demands:
      "Spinal manipulation of an acute condition (CR208 is A or M), billed to Medicare, tells its day.",
    fix: "Add DTP*453 with the day on which the condition became acute.",
    source: "005010X222A1 2300 DTP*453",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const condition = claim.segment("CR2")?.element(8) ?? "";
      const payer = claim.within("2000B")?.segment("SBR")?.element(9);
      if (!ACUTE.includes(condition) || payer !== MEDICARE) return NONE;
      return claim.segment("DTP", "453") === undefined ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "hospital-visit-date-missing",
    guides: PROFESSIONAL,
    loops: ["2300"],
    demands: "A visit to an inpatient (place of service 21) tells the day of admission in DTP*435.",
    fix: "Add DTP*435 with the day on which the patient was admitted.",
    source: "005010X222A1 2300 DTP*435",
    snip: 4,
    severity: "warning",
    breaches: (claim) => {
      const isInpatient = claim.segment("CLM")?.component(5, 1) === INPATIENT_HOSPITAL;
      return isInpatient && !claim.segment("DTP", "435") ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "purchased-service-provider-missing",
    guides: PROFESSIONAL,
    loops: ["2400"],
    demands: "A purchased service (PS1) names who provided it (2420B).",
    fix: "Add loop 2420B with the provider from whom the service was purchased.",
    source: "005010X222A1 2400 PS1, 2420B",
    snip: 4,
    severity: "error",
    breaches: (line) =>
      line.segment("PS1") !== undefined && line.loop("2420B") === undefined
        ? [missing("NM1", "2420B")]
        : NONE,
  },
  {
    name: "screening-referral-missing",
    guides: PROFESSIONAL,
    loops: ["2300"],
    demands: "A claim with an early and periodic screening (SV111 is Y) tells what came of it.",
    fix: "Add CRC*ZZ with whether a referral was given.",
    source: "005010X222A1 2300 CRC*ZZ",
    snip: 4,
    severity: "warning",
    breaches: (claim) => {
      const isScreened = claim
        .loopsOf("2400")
        .some((line) => line.segment("SV1")?.element(11) === "Y");
      return isScreened && !claim.segment("CRC", "ZZ") ? [missing("CRC")] : NONE;
    },
  },
  {
    name: "certification-dates-missing",
    guides: PROFESSIONAL,
    loops: ["2400"],
    demands: "Certified equipment (CR3) tells when the therapy began, and when it was recertified.",
    fix: "Add DTP*463, and DTP*607 where CR301 is R or S.",
    source: "005010X222A1 2400 DTP*463, DTP*607",
    snip: 4,
    severity: "error",
    breaches: (line) => {
      const kind = line.segment("CR3")?.element(1);
      if (kind === undefined) return NONE;
      const wanted = kind === "R" || kind === "S" ? ["463", "607"] : ["463"];
      return wanted.filter((date) => !line.segment("DTP", date)).map(() => missing("DTP"));
    },
  },
  {
    name: "necessity-form-unannounced",
    guides: PROFESSIONAL,
    loops: ["2400"],
    demands: "A form on medical necessity (LQ*UT) has how it travels (PWK*CT) beside it.",
    fix: "Add PWK*CT to the line with the form.",
    source: "005010X222A1 2400 PWK*CT, 2440 LQ",
    snip: 4,
    severity: "error",
    breaches: (line) => {
      const hasForm = line.loopsOf("2440").some((form) => form.segment("LQ", "UT") !== undefined);
      return hasForm && !line.segment("PWK", "CT") ? [missing("PWK")] : NONE;
    },
  },
  {
    name: "patient-facts-misplaced",
    guides: PROFESSIONAL,
    loops: ["2000B"],
    demands: "Death, weight and pregnancy stand with the subscriber (PAT) who is the patient only.",
    fix: "Move them to PAT of the patient's level.",
    source: "005010X222A1 2000B PAT",
    snip: 4,
    severity: "error",
    breaches: (level) => {
      const pat = level.segment("PAT");
      if (pat === undefined || level.segment("SBR")?.element(2) === "18") return NONE;
      return [unwanted(pat)];
    },
  },
];

function hasPlace(claim: Loop, ofClaim: string, ofLine: string): boolean {
  if (claim.loop(ofClaim) !== undefined) return true;
  const lines = claim.loopsOf("2400");
  return lines.length > 0 && lines.every((line) => line.loop(ofLine) !== undefined);
}
