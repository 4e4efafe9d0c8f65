/** Rules of claims of more than one kind. */
import type { Loop } from "../loop.ts";
import { centsIn } from "./amount.ts";
import {
  CLAIMS,
  chargeElement,
  codesOf,
  isCausedBy,
  PROFESSIONAL_AND_DENTAL,
  serviceOf,
} from "./claim.ts";
import { type Breach, type LoopRule, missing, missingElement, NONE, off, wrong } from "./rule.ts";

const REPLACEMENT_OR_VOID: readonly string[] = ["7", "8"];
/** CLM11: an accident as such; EM may be an illness. */
const ACCIDENTS: readonly string[] = ["AA", "OA"];
/** PWK02: what is not at the provider's has a number by which it is found. */
const SENT: readonly string[] = ["BM", "EL", "EM", "FT", "FX"];
/** HI01-1 of the principal diagnosis, TQ on dental claims. */
const PRINCIPAL: readonly string[] = ["ABK", "BK", "TQ"];
const POINTERS_MAX = 4;
const ICD10: readonly string[] = ["ABF", "ABJ", "ABK", "ABN", "APR", "BBQ", "BBR"];
const ICD9: readonly string[] = ["BF", "BJ", "BK", "BN", "PR", "BQ", "BR"];

/** Rules about the claim as a whole and its lines. */
const claims: readonly LoopRule[] = [
  {
    name: "claim-charge-unbalanced",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "The charge of the claim (CLM02) is the sum of the charges of its lines.",
    fix: "Make CLM02 the sum of the line charges.",
    source: "005010X222A1 2300 CLM02; likewise X223A2, X224A2",
    snip: 3,
    severity: "error",
    breaches: chargeBreaches,
  },
  {
    name: "original-reference-missing",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "A replacement or void (CLM05-3 is 7 or 8) names the payer's claim number (REF*F8).",
    fix: "Add REF*F8 with the number that the payer gave the first claim.",
    source: "005010X222A1 2300 REF*F8; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const frequency = claim.segment("CLM")?.component(5, 3) ?? "";
      const isNamed = claim.segment("REF", "F8") !== undefined;
      return REPLACEMENT_OR_VOID.includes(frequency) && !isNamed ? [missing("REF")] : NONE;
    },
  },
  {
    name: "accident-date-missing",
    guides: PROFESSIONAL_AND_DENTAL,
    loops: ["2300"],
    demands: "A claim after an accident (CLM11 holds AA or OA) tells its date in DTP*439.",
    fix: "Add DTP*439 with the date of the accident.",
    source: "005010X222A1 2300 DTP*439; likewise X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const clm = claim.segment("CLM");
      if (clm === undefined || !isCausedBy(clm, ACCIDENTS)) return NONE;
      return claim.segment("DTP", "439") === undefined ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "accident-place-missing",
    guides: PROFESSIONAL_AND_DENTAL,
    loops: ["2300"],
    demands: "A claim after an automobile accident (CLM11 holds AA) tells its state or country.",
    fix: "Write the state into CLM11-4, or the country into CLM11-5.",
    source: "005010X222A1 2300 CLM11-4, CLM11-5; likewise X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const clm = claim.segment("CLM");
      if (clm === undefined || !isCausedBy(clm, ["AA"])) return NONE;
      const place = clm.component(11, 4) + clm.component(11, 5);
      return place === "" ? [missingElement(clm, 11, 4)] : NONE;
    },
  },
  {
    name: "attachment-number-missing",
    guides: CLAIMS,
    loops: ["2300", "2400"],
    demands: "An attachment that is sent (PWK02 is BM, EL, EM, FT or FX) has a control number.",
    fix: "Write the number under which it is sent into PWK06, and AC into PWK05.",
    source: "005010X222A1 2300 PWK05, PWK06; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (loop) => {
      if (loop.segment("PWK") === undefined) return NONE;
      const unnumbered = loop
        .segmentsOf("PWK")
        .filter((pwk) => SENT.includes(pwk.element(2)) && pwk.element(6) === "");
      return unnumbered.map((pwk) => missingElement(pwk, 6));
    },
  },
  {
    name: "service-line-number-wrong",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "The lines of a claim are numbered from 1, one by one (LX01).",
    fix: "Number the lines of each claim anew from 1.",
    source: "005010X222A1 2400 LX01; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const wrongs: Breach[] = [];
      let number = 0;
      for (const line of claim.loops) {
        if (line.id !== "2400") continue;
        number += 1;
        const lx = line.segment("LX");
        if (lx !== undefined && Number(lx.element(1)) !== number) wrongs.push(wrong(lx, 1));
      }
      return wrongs;
    },
  },
  {
    name: "first-referral-not-dn",
    guides: PROFESSIONAL_AND_DENTAL,
    loops: ["2300", "2400"],
    demands: "The only or first referring provider is DN; P3 is the second one.",
    fix: "Write DN into NM101 of the first referring provider.",
    source: "005010X222A1 2310A, 2420F NM101; likewise X224A2 2310A",
    snip: 4,
    severity: "error",
    breaches: (loop) => {
      const first = loop.loop("2310A") ?? loop.loop("2420F");
      const nm1 = first?.segment("NM1");
      return nm1?.element(1) === "P3" ? [wrong(nm1, 1)] : NONE;
    },
  },
  {
    name: "screening-answer-contradictory",
    guides: ["837P", "837I"],
    loops: ["2300"],
    demands:
      "A screening without referral (CRC02 is N) has the condition NU, one with a referral not.",
    fix: "Write NU into CRC03 when nothing came of the screening, else what did.",
    source: "005010X222A1 2300 CRC*ZZ; likewise X223A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const crc = claim.segment("CRC", "ZZ");
      if (crc === undefined) return NONE;
      const isNone = crc.element(3) === "NU";
      return isNone !== (crc.element(2) === "N") ? [wrong(crc, 3)] : NONE;
    },
  },
];

/** Rules about the codes of HI. */
const codes: readonly LoopRule[] = [
  {
    name: "diagnosis-pointer-dangling",
    guides: PROFESSIONAL_AND_DENTAL,
    loops: ["2300"],
    demands: "A diagnosis pointer of a line points to a diagnosis that the claim has.",
    fix: "Correct the pointer, or add the diagnosis to HI.",
    source: "005010X222A1 2400 SV107; likewise X224A2 SV311",
    snip: 4,
    severity: "error",
    breaches: danglingPointers,
  },
  {
    name: "codes-with-gaps",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "The codes of an HI stand one behind the other, without an empty place.",
    fix: "Move the codes forward so that none before them is empty.",
    source: "005010X222A1 2300 HI02 to HI12; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) =>
      claim.segments
        .filter(({ id }) => id === "HI")
        .flatMap((hi) => {
          for (let element = 2; element <= hi.elementCount; element += 1) {
            if (!hi.holds(element)) return [missingElement(hi, element)];
          }
          return [];
        }),
  },
  {
    name: "diagnosis-versions-mixed",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "All diagnoses and procedures of a claim are of one version, ICD-9 or ICD-10.",
    fix: "Split the claim, or code all of it in the version of its dates.",
    source: "005010X222A1 2300 HI; CMS MLN SE1408",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const [older] = codesOf(claim, ICD9);
      if (older === undefined || codesOf(claim, ICD10).length === 0) return NONE;
      return [wrong(older.segment, older.element, 1)];
    },
  },
];

export const claimRules: readonly LoopRule[] = [...claims, ...codes];

function chargeBreaches(claim: Loop): readonly Breach[] {
  const clm = claim.segment("CLM");
  if (clm === undefined || claim.loop("2400") === undefined) return NONE;
  let rest = centsIn(clm, 2);
  for (const line of claim.loops) {
    if (line.id !== "2400") continue;
    const service = serviceOf(line);
    const charge = service && centsIn(service, chargeElement(service));
    if (rest === undefined || charge === undefined) return NONE;
    rest -= charge;
  }
  return rest === undefined || rest === 0 ? NONE : [off(clm, 2, rest)];
}

function danglingPointers(claim: Loop): readonly Breach[] {
  const count = diagnosisCount(claim);
  const dangling: Breach[] = [];
  for (const line of claim.loops) {
    const service = line.id === "2400" ? serviceOf(line) : undefined;
    const element = service?.id === "SV1" ? 7 : 11;
    if (service === undefined || !service.holds(element)) continue;
    for (let pointer = 1; pointer <= POINTERS_MAX; pointer += 1) {
      const pointed = Number(service.component(element, pointer));
      if (pointed > count) dangling.push({ ...wrong(service, element, pointer), loop: "2400" });
    }
  }
  return dangling.length === 0 ? NONE : dangling;
}

/** How many diagnoses lines may point to: those of the HI with the principal one. */
function diagnosisCount(claim: Loop): number {
  for (const segment of claim.segments) {
    if (segment.id === "HI" && PRINCIPAL.includes(segment.component(1, 1))) {
      return segment.elementCount;
    }
  }
  return 0;
}
