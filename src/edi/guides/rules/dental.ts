/** Rules of dental claims (837D). */
import type { Loop } from "../loop.ts";
import { type LoopRule, missing, missingElement, NONE, unwanted } from "./rule.ts";

const DENTAL: readonly string[] = ["837D"];
/** CLM19: benefits are asked for before treatment. */
const PREDETERMINATION = "PB";
/** SV305: the prosthesis, crown or inlay replaces an earlier one. */
const REPLACEMENT = "R";
/** Dates that tell when a line was done: service, appliance placement, start and end of treatment. */
const LINE_DATES: readonly string[] = ["472", "452", "196", "198"];

export const dentalRules: readonly LoopRule[] = [
  {
    name: "dental-service-date-missing",
    guides: DENTAL,
    loops: ["2400"],
    demands: "Treatment that is billed has a date, of the line or of the claim (DTP*472, 452 …).",
    fix: "Add DTP*472, or write PB into CLM19 when benefits are asked for before treatment.",
    source: "005010X224A2 2300 DTP*472, 2400 DTP*472",
    snip: 4,
    severity: "error",
    breaches: (line) => {
      const claim = line.within("2300");
      if (claim === undefined || isPredetermination(claim)) return NONE;
      return !isDated(line) && !isDated(claim) ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "predetermination-dated",
    guides: DENTAL,
    loops: ["2300", "2400"],
    demands: "A request for benefits before treatment (CLM19 is PB) has no date of service.",
    fix: "Take DTP*472 out, or take PB out of CLM19.",
    source: "005010X224A2 2300 CLM19, DTP*472",
    snip: 4,
    severity: "error",
    breaches: (loop) => {
      const claim = loop.within("2300");
      const date = loop.segment("DTP", "472");
      if (claim === undefined || date === undefined || !isPredetermination(claim)) return NONE;
      return [unwanted(date)];
    },
  },
  {
    name: "prior-placement-missing",
    guides: DENTAL,
    loops: ["2400"],
    demands:
      "A replacement of a prosthesis, crown or inlay (SV305 is R) tells the prior placement.",
    fix: "Add DTP*441 with the day on which the earlier one was placed.",
    source: "005010X224A2 2400 SV305, DTP*441",
    snip: 4,
    severity: "error",
    breaches: (line) => {
      const isReplacement = line.segment("SV3")?.element(5) === REPLACEMENT;
      return isReplacement && !line.segment("DTP", "441") ? [missing("DTP")] : NONE;
    },
  },
  {
    name: "orthodontic-treatment-empty",
    guides: DENTAL,
    loops: ["2300"],
    demands: "Orthodontic treatment (DN1) tells its months, those that remain, or why neither.",
    fix: "Write the months of treatment into DN101.",
    source: "005010X224A2 2300 DN1",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const dn1 = claim.segment("DN1");
      if (dn1 === undefined || dn1.holds(1) || dn1.holds(2) || dn1.holds(4)) return NONE;
      return [missingElement(dn1, 1)];
    },
  },
];

function isPredetermination(claim: Loop): boolean {
  return claim.segment("CLM")?.element(19) === PREDETERMINATION;
}

function isDated(loop: Loop): boolean {
  return LINE_DATES.some((date) => loop.segment("DTP", date) !== undefined);
}
