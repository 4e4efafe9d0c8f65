import { type Encounter, type EncounterLine, isoDate, serviceDateOf } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { type DentalRule, dentalRule, isFrontTooth, isTooth } from "./dental-rules.ts";
import { type Edit, eachLine, lineAt, type Report, serviceAt } from "./edit.ts";

const KIND = "dental";
const CDT = /^D\d{4}$/;
const ORTHODONTIC = /^D8\d{3}$/;
const QUADRANTS: ReadonlySet<string> = new Set(["10", "20", "30", "40"]);
const ORTHODONTICS = "/claimInformation/orthodonticTotalMonthsOfTreatment";
const DATES = "/claimInformation/claimDateInformation";

/** What is wrong with dental claims (005010X224A2). */
export const DENTAL_EDITS: readonly Edit[] = [
  {
    id: "dental-procedure",
    snip: 5,
    source: "45 CFR 162.1002: CDT under qualifier AD",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      for (const [number, line] of serviceLines.entries()) {
        if (CDT.test(codeOf(line))) continue;
        const pointer = serviceAt(KIND, number, "/procedureCode");
        report(pointer, "has not the form of a CDT code", "Write D and four digits.");
      }
    },
  },
  {
    id: "tooth-code",
    snip: 5,
    source: "ADA universal numbering system; 005010X224A2 2400 TOO02",
    kinds: [KIND],
    check(encounter, report) {
      const fix = "Write 1 to 32 or A to T; 51 to 82 or AS to TS of a supernumerary tooth.";
      eachTooth(encounter.claimInformation.serviceLines, ({ toothCode }, pointer) => {
        if (!isTooth(toothCode)) report(`${pointer}/toothCode`, "is no tooth", fix);
      });
      for (const [index, each] of (encounter.claimInformation.toothStatus ?? []).entries()) {
        if (isTooth(each.toothNumber)) continue;
        report(`/claimInformation/toothStatus/${index}/toothNumber`, "is no tooth", fix);
      }
    },
  },
  {
    id: "tooth-surface",
    snip: 6,
    source: "ADA form 28: incisal edge of front teeth, occlusal surface of the others, each once",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      eachTooth(serviceLines, ({ toothCode, toothSurfaceCodes = [] }, pointer) => {
        const front = isFrontTooth(toothCode);
        for (const [index, surface] of toothSurfaceCodes.entries()) {
          const at = `${pointer}/toothSurfaceCodes/${index}`;
          if (toothSurfaceCodes.indexOf(surface) < index) {
            report(at, "repeats an earlier surface", "Remove it.");
          } else if (surface === (front ? "O" : "I")) {
            const says = front ? "is occlusal, of a front tooth" : "is incisal, of a back tooth";
            report(at, says, "Check tooth and surface.");
          }
        }
      });
    },
  },
  {
    id: "tooth-count",
    snip: 4,
    source: "005010X224A2 2400 TOO: several teeth only where SV306 is one",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      for (const [number, { dentalService, teethInformation = [] }] of serviceLines.entries()) {
        if (teethInformation.length < 2 || (dentalService?.procedureCount ?? 1) === 1) continue;
        const fix = "Bill each tooth on a line of its own.";
        report(serviceAt(KIND, number, "/procedureCount"), "is for several teeth", fix);
      }
    },
  },
  {
    id: "dental-tooth",
    snip: 6,
    source: "CDT descriptors; ADA form 27 and 28",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      eachRule(serviceLines, ({ tooth, surfaces, orMore }, line, number) => {
        const [first, ...others] = line.teethInformation ?? [];
        const pointer = lineAt(number, "/teethInformation");
        if (first === undefined) {
          if (tooth) report(pointer, "is missing", "Name the tooth that was treated.");
          return;
        }
        if (surfaces === undefined) return;
        for (const [index, each] of [first, ...others].entries()) {
          const told = each.toothSurfaceCodes?.length ?? 0;
          if (told === surfaces || (orMore && told > surfaces)) continue;
          const says = "does not name as many surfaces as the procedure has";
          report(`${pointer}/${index}/toothSurfaceCodes`, says, "Check procedure and surfaces.");
        }
      });
    },
  },
  {
    id: "dental-quadrant",
    snip: 6,
    source: "CDT descriptors: per quadrant; ADA form 25",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      eachRule(serviceLines, ({ quadrant }, { dentalService }, number) => {
        const areas = dentalService?.oralCavityDesignation ?? [];
        if (!quadrant || areas.some((area) => QUADRANTS.has(area))) return;
        const fix = "Add 10, 20, 30 or 40.";
        report(serviceAt(KIND, number, "/oralCavityDesignation"), "names no quadrant", fix);
      });
    },
  },
  {
    id: "prosthesis-placement",
    snip: 4,
    source: "005010X224A2 2400 SV305; ADA form 43",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      eachRule(serviceLines, ({ placement }, { dentalService }, number) => {
        if (!placement || dentalService?.prosthesisCrownOrInlayCode !== undefined) return;
        const pointer = serviceAt(KIND, number, "/prosthesisCrownOrInlayCode");
        report(pointer, "is missing", "Add I for the first placement or R.", "warning");
      });
    },
  },
  {
    id: "prior-placement",
    snip: 4,
    source: "005010X224A2 2400 DTP*441: required when SV305 is R; ADA form 44",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      for (const [number, line] of serviceLines.entries()) {
        if (line.dentalService?.prosthesisCrownOrInlayCode !== "R") continue;
        if (line.serviceLineDateInformation?.priorPlacementDate !== undefined) continue;
        const pointer = lineAt(number, "/serviceLineDateInformation/priorPlacementDate");
        report(pointer, "is missing", "Add when the replaced one was placed.");
      }
    },
  },
  {
    id: "dental-service-date",
    snip: 4,
    source: "005010X224A2 2300, 2400 DTP*472: required of services that were done",
    kinds: [KIND],
    check(encounter, report) {
      if (encounter.claimInformation.predeterminationOfBenefits === true) return;
      eachLine(encounter, (line, number) => {
        if (serviceDateOf(encounter, line) !== undefined) return;
        const fix = "Add the day, or ask for a predetermination.";
        report(lineAt(number, "/serviceDate"), "is missing", fix);
      });
    },
  },
  {
    id: "dental-claim-dates",
    snip: 4,
    source: "005010X224A2 2300 DTP*472 RD8",
    kinds: [KIND],
    check({ claimInformation: { claimDateInformation: dates } }, report) {
      if (dates?.serviceDateEnd === undefined) return;
      const pointer = `${DATES}/serviceDateEnd`;
      const from = isoDate(dates.serviceDate ?? "");
      const to = isoDate(dates.serviceDateEnd);
      if (dates.serviceDate === undefined) {
        report(pointer, "stands without the service date", "Add the first day.");
      } else if (from !== undefined && to !== undefined && to < from) {
        report(pointer, "is before the service date", "Check both dates.");
      }
    },
  },
  {
    id: "orthodontics",
    snip: 4,
    source: "005010X224A2 2300 DN1, DTP*452: required of orthodontic claims; ADA form 40 to 42",
    kinds: [KIND],
    check({ claimInformation: claim }, report) {
      const months = claim.orthodonticTotalMonthsOfTreatment;
      const lines = claim.serviceLines.filter((line) => ORTHODONTIC.test(codeOf(line)));
      if (months !== undefined) checkMonths(months, report);
      if (lines.length === 0) return;
      if (months === undefined) {
        report(ORTHODONTICS, "is missing", "Add the months of treatment.");
      }
      const placed = claim.claimDateInformation?.appliancePlacementDate;
      const dated = lines.some((line) => line.serviceLineDateInformation?.applianceDate);
      if (placed !== undefined || dated || claim.predeterminationOfBenefits === true) return;
      const pointer = `${DATES}/appliancePlacementDate`;
      const fix = "Add the day of banding, unless nothing was placed yet.";
      report(pointer, "is missing", fix, "warning");
    },
  },
];

type Months = NonNullable<Encounter["claimInformation"]["orthodonticTotalMonthsOfTreatment"]>;

function checkMonths(
  { monthsCount: total, monthsRemaining: left, treatmentIndicator }: Months,
  report: Report,
): void {
  if (total !== undefined && left !== undefined && left > total) {
    const says = "are more than the months of the treatment";
    report(`${ORTHODONTICS}/monthsRemaining`, says, "Check both numbers.");
  }
  const counted = total !== undefined || left !== undefined;
  if (treatmentIndicator !== undefined && counted) {
    const fix = "Write the months or the indicator, not both.";
    report(`${ORTHODONTICS}/treatmentIndicator`, "stands beside the months", fix);
  } else if (treatmentIndicator === undefined && !counted) {
    report(ORTHODONTICS, "says nothing", "Add the months of treatment, or leave it out.");
  }
}

function codeOf({ dentalService }: EncounterLine): string {
  return capitals(dentalService?.procedureCode ?? "");
}

type Tooth = NonNullable<EncounterLine["teethInformation"]>[number];

function eachTooth(
  lines: readonly EncounterLine[],
  visit: (tooth: Tooth, pointer: string) => void,
): void {
  for (const [number, { teethInformation = [] }] of lines.entries()) {
    for (const [index, tooth] of teethInformation.entries()) {
      visit(tooth, lineAt(number, `/teethInformation/${index}`));
    }
  }
}

/** Calls back for each line whose procedure must tell more than its code. */
function eachRule(
  lines: readonly EncounterLine[],
  visit: (rule: DentalRule, line: EncounterLine, number: number) => void,
): void {
  for (const [number, line] of lines.entries()) {
    const rule = dentalRule(codeOf(line));
    if (rule !== undefined) visit(rule, line, number);
  }
}
