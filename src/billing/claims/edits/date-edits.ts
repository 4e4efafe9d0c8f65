import {
  dateNumber,
  daysBetween,
  type Encounter,
  isoDate,
  serviceDateOf,
} from "../../intake/index.ts";
import { eachDate, mayBeAhead, pointerTo } from "./each-date.ts";
import { type Edit, eachLine, lineAt } from "./edit.ts";

const PERIODS = [
  ["disabilityBeginDate", "disabilityEndDate"],
  ["admissionDate", "dischargeDate"],
  ["assumedAndRelinquishedCareBeginDate", "assumedAndRelinquishedCareEndDate"],
  ["lastWorkedDate", "authorizedReturnToWorkDate"],
] as const;

/** Countries whose states or provinces the guide wants (CLM11-4). */
const WITH_STATES: readonly string[] = ["US", "CA"];

/** 42 CFR 424.44: Medicare takes a claim for one calendar year; commercial payers for less. */
const TIMELY_DAYS = 365;

/** What is wrong with dates. */
export const DATE_EDITS: readonly Edit[] = [
  {
    id: "calendar-date",
    snip: 1,
    source: "X12 data type DT",
    check(encounter, report, _context, { latest }) {
      if (!Number.isNaN(latest)) return;
      eachDate(encounter, (date, path, name) => {
        if (isoDate(date) !== undefined) return;
        report(pointerTo(path, name), "is no day of the calendar", "Write the date as YYYY-MM-DD.");
      });
    },
  },
  {
    id: "future-date",
    snip: 4,
    source: "A claim reports what was done",
    check(encounter, report, { today }, { latest }) {
      const now = dateNumber(today);
      if (latest <= now) return;
      eachDate(encounter, (date, path, name) => {
        if (!(dateNumber(date) > now) || mayBeAhead(name)) return;
        report(pointerTo(path, name), "is in the future", "Check the date.");
      });
    },
  },
  {
    id: "service-date-order",
    snip: 4,
    source: "005010X222A1 2400 DTP*472 RD8",
    check(encounter, report) {
      eachLine(encounter, ({ serviceDate, serviceDateEnd }, number) => {
        if (serviceDate === undefined || serviceDateEnd === undefined) return;
        const from = isoDate(serviceDate);
        const to = isoDate(serviceDateEnd);
        if (from === undefined || to === undefined || from <= to) return;
        report(
          lineAt(number, "/serviceDateEnd"),
          "is before the service date",
          "Check both dates.",
        );
      });
    },
  },
  {
    id: "before-birth",
    snip: 4,
    source: "A service cannot come before the patient's birth",
    check(encounter, report, _context, { ofLine }) {
      const patient = encounter.dependent ?? encounter.subscriber;
      const birth = isoDate(patient.dateOfBirth ?? "");
      if (birth === undefined) return;
      for (let number = 0; number < ofLine.length; number += 1) {
        const date = ofLine[number];
        if (date === undefined || date >= birth) continue;
        const pointer = lineAt(number, "/serviceDate");
        report(pointer, "is before the patient's birth date", "Check both dates.");
      }
    },
  },
  {
    id: "timely-filing",
    snip: 7,
    source: "42 CFR 424.44 and payer contracts",
    check(encounter, report, { today, timelyFilingDays = TIMELY_DAYS }, { first, ofLine }) {
      // Of a stay the last day counts (42 CFR 424.44 (b)).
      const end = encounter.claimInformation.claimDateInformation?.statementEndDate;
      const counted = end === undefined ? first : isoDate(end);
      if (counted === undefined || daysBetween(counted, today) <= timelyFilingDays) return;
      report(
        end === undefined
          ? lineAt(ofLine.indexOf(counted), "/serviceDate")
          : "/claimInformation/claimDateInformation/statementEndDate",
        `is more than ${timelyFilingDays} days ago, the payer's time for filing`,
        "Add a delay reason code or proof of timely filing, or expect CO-29.",
        "warning",
      );
    },
  },
  {
    id: "claim-date-order",
    snip: 4,
    source: "005010X222A1 2300 DTP: the end of a period is not before its begin",
    kinds: ["professional"],
    check({ claimInformation: { claimDateInformation: dates } }, report) {
      if (dates === undefined) return;
      for (const [begin, end] of PERIODS) {
        const from = isoDate(dates[begin] ?? "");
        const to = isoDate(dates[end] ?? "");
        if (from === undefined || to === undefined || from <= to) continue;
        const pointer = `/claimInformation/claimDateInformation/${end}`;
        report(pointer, "is before the date that it follows", "Check both dates.");
      }
    },
  },
  {
    id: "accident",
    snip: 4,
    source: "005010X222A1 2300 CLM11-4, -5, DTP*439: required when CLM11 is AA or OA",
    kinds: ["professional", "dental"],
    check({ claimInformation: claim }, report) {
      const causes = claim.relatedCausesCode ?? [];
      const { autoAccidentCountryCode: country = "US", autoAccidentStateCode: state } = claim;
      if (causes.includes("AA") && state === undefined && WITH_STATES.includes(country)) {
        const fix = "Add the state of the accident, or its country when it was abroad.";
        report("/claimInformation/autoAccidentStateCode", "is missing", fix);
      }
      const accident = causes.includes("AA") || causes.includes("OA");
      if (accident && claim.claimDateInformation?.accidentDate === undefined) {
        const pointer = "/claimInformation/claimDateInformation/accidentDate";
        report(pointer, "is missing", "Add the date of the accident.");
      }
    },
  },
  {
    id: "onset-date",
    snip: 4,
    source: "005010X222A1 2300 DTP: what came before the service",
    kinds: ["professional", "dental"],
    check(encounter: Encounter, report) {
      const dates = encounter.claimInformation.claimDateInformation;
      if (dates === undefined) return;
      const last = lastServiceDate(encounter);
      if (last === undefined) return;
      for (const name of ["symptomDate", "accidentDate", "lastMenstrualPeriodDate"] as const) {
        const date = isoDate(dates[name] ?? "");
        if (date === undefined || date <= last) continue;
        const pointer = `/claimInformation/claimDateInformation/${name}`;
        report(pointer, "is after the last service", "Check both dates.", "warning");
      }
    },
  },
];

function lastServiceDate(encounter: Encounter): string | undefined {
  let last: string | undefined;
  for (const line of encounter.claimInformation.serviceLines) {
    const date = isoDate(line.serviceDateEnd ?? serviceDateOf(encounter, line) ?? "");
    if (date !== undefined && (last === undefined || date > last)) last = date;
  }
  return last;
}
