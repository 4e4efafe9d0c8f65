import { daysBetween, type Encounter, isoDate, serviceOf } from "../../intake/index.ts";
import { parseAmount, ZERO } from "../../money/index.ts";
import { isHospitalStay, isInpatient, STILL_PATIENT } from "./bill-type.ts";
import { type Edit, eachService, serviceAt } from "./edit.ts";

const KIND = "institutional";
/** The line of totals on paper, which no 837 carries. */
const TOTAL = "0001";
/** Room and board: charged by the day. */
const ROOM = /^0(?:1[0-9]\d|2[01]\d)$/;
/** Supplies, pharmacy, anesthesia, recovery and cast rooms …, which have no HCPCS of their own. */
const WITHOUT_PROCEDURE = /^0(?:2[5-7]\d|37\d|62[1-3]|63[0-2]|7[0-2]\d|81\d|94[2-9])$/;
/** Facilities whose outpatient lines are paid by HCPCS. */
const BY_PROCEDURE: ReadonlySet<string> = new Set(["13", "14", "83", "85"]);

/** What is wrong with revenue code lines (UB-04 FL 42 to 48). */
export const REVENUE_EDITS: readonly Edit[] = [
  {
    id: "revenue-code",
    snip: 5,
    source: "NUBC revenue codes: four digits; 0001 is for paper only",
    kinds: [KIND],
    check(encounter, report) {
      eachService(encounter, ({ serviceLineRevenueCode: code = "" }, number) => {
        const pointer = serviceAt(KIND, number, "/serviceLineRevenueCode");
        if (code === TOTAL) {
          report(pointer, "is the line of totals", "Remove the line: the claim has the total.");
        } else if (code.length !== TOTAL.length) {
          report(pointer, "is not four digits", "Write the zero in front: 0300 for 300.");
        }
      });
    },
  },
  {
    id: "revenue-procedure",
    snip: 4,
    source: "005010X223A2 2400 SV202: outpatient services that have a HCPCS code",
    kinds: [KIND],
    check(encounter, report) {
      if (!BY_PROCEDURE.has(encounter.claimInformation.placeOfServiceCode)) return;
      eachService(encounter, (service, number) => {
        const { serviceLineRevenueCode: code = "", procedureCode } = service;
        if (procedureCode !== undefined || WITHOUT_PROCEDURE.test(code)) return;
        const fix = "Add the HCPCS code, or expect the line to be denied (CARC 16).";
        report(serviceAt(KIND, number, "/procedureCode"), "is missing", fix, "warning");
      });
    },
  },
  {
    id: "revenue-modifier",
    snip: 2,
    source: "005010X223A2 2400 SV202: modifiers belong to a procedure",
    kinds: [KIND],
    check(encounter, report) {
      eachService(encounter, (service, number) => {
        const { procedureCode, procedureModifiers = [], procedureIdentifier } = service;
        if (procedureCode !== undefined) return;
        if (procedureModifiers.length === 0 && procedureIdentifier === undefined) return;
        const fix = "Add the procedure, or remove its modifiers and qualifier.";
        report(serviceAt(KIND, number, "/procedureCode"), "is missing", fix);
      });
    },
  },
  {
    id: "room-days",
    snip: 6,
    source: "NUBC FL 46: days of room and board are those of the statement",
    kinds: [KIND],
    check(encounter, report) {
      const days = statementDays(encounter);
      if (days === undefined || !isHospitalStay(encounter.claimInformation)) return;
      let billed = 0;
      let last: number | undefined;
      eachService(encounter, (service, number) => {
        if (!ROOM.test(service.serviceLineRevenueCode ?? "")) return;
        billed += Number(service.serviceUnitCount);
        last = number;
      });
      if (last === undefined || billed === days) return;
      const says = "does not make the days of room and board those of the statement";
      const fix = "Count each night; the day of discharge is none.";
      report(serviceAt(KIND, last, "/serviceUnitCount"), says, fix, "warning");
    },
  },
  {
    id: "room-unit",
    snip: 2,
    source: "005010X223A2 2400 SV204: DA for days of room and board",
    kinds: [KIND],
    check(encounter, report) {
      if (!isInpatient(encounter.claimInformation)) return;
      eachService(encounter, (service, number) => {
        const { serviceLineRevenueCode: code = "", measurementUnit } = service;
        if (!ROOM.test(code) || measurementUnit === "DA") return;
        const says = "is not days, and the line is room and board";
        report(serviceAt(KIND, number, "/measurementUnit"), says, "Write DA.", "warning");
      });
    },
  },
  {
    id: "non-covered-charge",
    snip: 3,
    source: "005010X223A2 2400 SV207: a part of SV203",
    kinds: [KIND],
    check({ claimInformation: { serviceLines } }, report) {
      for (const [number, line] of serviceLines.entries()) {
        const { lineItemChargeAmount: charge, nonCoveredChargeAmount: amount } = serviceOf(line);
        if (amount === undefined) continue;
        if ((parseAmount(amount) ?? ZERO) <= (parseAmount(charge) ?? ZERO)) continue;
        const pointer = serviceAt(KIND, number, "/nonCoveredChargeAmount");
        report(pointer, "is more than the charge of the line", "Check both amounts.");
      }
    },
  },
];

/** Nights of the statement; the last day counts only while the patient is still there. */
function statementDays({ claimInformation: claim }: Encounter): number | undefined {
  const from = isoDate(claim.claimDateInformation?.statementBeginDate ?? "");
  const to = isoDate(claim.claimDateInformation?.statementEndDate ?? "");
  if (from === undefined || to === undefined) return undefined;
  const still = claim.claimCodeInformation?.patientStatusCode === STILL_PATIENT;
  const nights = daysBetween(from, to) + (still ? 1 : 0);
  return Math.max(nights, 1);
}
