import { type EncounterLine, type Service, serviceOf, unitsOf } from "../../intake/index.ts";
import { type Edit, eachLine, eachService, lineAt, serviceAt } from "./edit.ts";

/** Anesthesia procedures of CPT, whose units may be minutes. */
const ANESTHESIA = /^0(?:0[1-9]|1\d)\d{2}$/;

/** What is wrong with service lines, apart from codes, dates and money. */
export const LINE_EDITS: readonly Edit[] = [
  {
    id: "diagnosis-pointer",
    snip: 2,
    source: "005010X222A1 2400 SV107; CMS-1500 box 24E",
    kinds: ["professional", "dental"],
    check(encounter, report, _context, { kind, diagnoses }) {
      const count = diagnoses.length;
      eachService(encounter, (service, number) => {
        const pointers = service.compositeDiagnosisCodePointers?.diagnosisCodePointers ?? [];
        for (let index = 0; index < pointers.length; index += 1) {
          const diagnosis = Number(pointers[index]);
          const earlier =
            index === 0 ? 0 : pointers.findIndex((other) => Number(other) === diagnosis);
          if (diagnosis >= 1 && diagnosis <= count && earlier === index) continue;
          report(
            serviceAt(
              kind,
              number,
              `/compositeDiagnosisCodePointers/diagnosisCodePointers/${index}`,
            ),
            earlier < index ? "repeats an earlier pointer" : "points at no diagnosis",
            `Use each number from 1 to ${count} once at most.`,
          );
        }
      });
    },
  },
  {
    id: "units",
    snip: 2,
    source: "005010X222A1 2400 SV104: more than zero; RFI 2499: never negative",
    check(encounter, report, _context, { kind }) {
      eachService(encounter, (service, number, { drugIdentification: drug }) => {
        const fix = "Write how many were done, as a positive number.";
        if (!isPositive(unitsOf(service))) {
          report(serviceAt(kind, number, "/serviceUnitCount"), "is not more than zero", fix);
        }
        if (drug !== undefined && !isPositive(drug.nationalDrugUnitCount)) {
          report(
            lineAt(number, "/drugIdentification/nationalDrugUnitCount"),
            "is not more than zero",
            fix,
          );
        }
      });
    },
  },
  {
    id: "anesthesia-minutes",
    snip: 6,
    source: "005010X222A1 2400 SV103: MJ for anesthesia time",
    kinds: ["professional"],
    check(encounter, report, _context, { kind }) {
      eachService(encounter, ({ measurementUnit, procedureCode = "" }, number) => {
        if (measurementUnit !== "MJ" || ANESTHESIA.test(procedureCode)) return;
        report(
          serviceAt(kind, number, "/measurementUnit"),
          "is minutes, and the procedure is no anesthesia",
          "Use UN, or an anesthesia procedure.",
          "warning",
        );
      });
    },
  },
  {
    id: "line-control-number",
    snip: 2,
    source: "RFI 1917: REF*6R is unique within the claim",
    check(encounter, report) {
      const seen: string[] = [];
      eachLine(encounter, ({ providerControlNumber: control }, number) => {
        if (control === undefined) return;
        if (seen.includes(control)) {
          const fix = "Give each line its own, or none: then one is assigned.";
          report(lineAt(number, "/providerControlNumber"), "is used by an earlier line", fix);
        }
        seen.push(control);
      });
    },
  },
  {
    id: "line-duplicate",
    snip: 6,
    source: "Payers deny a second line of one procedure on one day (CARC 18)",
    kinds: ["professional"],
    check(encounter, report) {
      const lines = encounter.claimInformation.serviceLines;
      eachLine(encounter, (line, number) => {
        if (number === 0 || lines.findIndex((other) => isSameService(other, line)) === number)
          return;
        const fix = "Bill more units on one line, or tell the lines apart (76, 77, 91, 59).";
        report(lineAt(number, ""), "repeats the procedure of an earlier line", fix, "warning");
      });
    },
  },
  {
    id: "line-note",
    snip: 2,
    source: "005010X222A1 2400 NTE: one of ADD and DCP",
    kinds: ["professional"],
    check(encounter, report) {
      eachLine(encounter, ({ additionalNotes, goalRehabOrDischargePlans }, number) => {
        if (additionalNotes === undefined || goalRehabOrDischargePlans === undefined) return;
        const fix = "Keep one of the two notes.";
        report(lineAt(number, "/goalRehabOrDischargePlans"), "stands beside another note", fix);
      });
    },
  },
];

/** Whether two lines tell the same procedure on the same day, with the same modifiers. */
function isSameService(one: EncounterLine, other: EncounterLine): boolean {
  if (one.serviceDate !== other.serviceDate) return false;
  const [first, second] = [serviceOf(one), serviceOf(other)];
  if (first.procedureCode !== second.procedureCode) return false;
  return modifiersOf(first) === modifiersOf(second);
}

function modifiersOf({ procedureModifiers }: Service): string {
  return procedureModifiers?.join(" ") ?? "";
}

/** Digits with a point, more than zero; no float is made of it. */
function isPositive(quantity: string): boolean {
  return !quantity.startsWith("-") && /[1-9]/.test(quantity);
}
