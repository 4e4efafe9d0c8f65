import { type Cents, cents } from "../billing/money/index.ts";
import { addDays, workday } from "./calendar.ts";
import { CARE, type Care, type CareLine } from "./care.ts";
import { unitCharge } from "./fees.ts";
import type { Patient } from "./patients.ts";
import { between, happens, pick, pickWeighted, type Random } from "./random.ts";

/** A service that was done. */
export interface VisitLine {
  readonly procedureCode: string;
  readonly modifiers: readonly string[];
  readonly units: number;
  readonly chargeCents: Cents;
  /** 1-based pointers to the diagnoses. */
  readonly pointers: readonly number[];
}

/** One visit of a patient. */
export interface Visit {
  readonly care: Care;
  readonly serviceDate: string;
  readonly placeOfServiceCode: string;
  /** ICD-10-CM without the dot, principal first. */
  readonly diagnoses: readonly string[];
  readonly lines: readonly VisitLine[];
}

const AGAIN_PERCENT = 75;
const WINDOW_DAYS = 22;
/**
 * Leaves room for the Friday before a weekend, so that two visits of one patient never fall on one
 * day.
 */
const SPREAD_DAYS = 19;

/**
 * The visits of one patient, at most four: each in a window of its own within the 90 days before
 * `today`.
 */
export function inventVisits(
  random: Random,
  patient: Patient,
  today: string,
  count: number,
): Visit[] {
  const visits: Visit[] = [];
  let care = careFor(random, patient);
  for (let index = 0; index < count; index += 1) {
    const again = care.series === true && happens(random, AGAIN_PERCENT);
    if (index > 0 && !again) care = careFor(random, patient);
    const daysAgo = 1 + index * WINDOW_DAYS + random(SPREAD_DAYS);
    visits.push(inventVisit(random, care, workday(addDays(today, -daysAgo))));
  }
  return visits;
}

function careFor(random: Random, patient: Patient): Care {
  const { age, gender } = patient.person;
  const fitting = CARE.filter(
    ({ ages, gender: only, coveredBy }) =>
      age >= ages[0] &&
      age <= ages[1] &&
      (only === undefined || only === gender) &&
      (coveredBy?.includes(patient.payer.filingIndicatorCode) ?? true),
  );
  return pickWeighted(random, fitting, ({ weight }) => weight);
}

function inventVisit(random: Random, care: Care, serviceDate: string): Visit {
  const side = random(2);
  const diagnoses = pick(random, care.diagnoses).map((code) => onSide(code, side));
  const place = pick(random, care.places);
  const done = care.lines.filter(({ percent }) => happens(random, percent ?? 100));
  const lines = done.map((line) => inventLine(random, line, diagnoses.length, side));
  return {
    care,
    serviceDate,
    placeOfServiceCode: place,
    diagnoses,
    lines: lines.map((line) => withVisitModifiers(line, lines.length, place)),
  };
}

function inventLine(random: Random, line: CareLine, diagnoses: number, side: number): VisitLine {
  const units = between(random, line.units?.[0] ?? 1, line.units?.[1] ?? 1);
  const pointers = (line.pointers ?? [1]).filter((pointer) => pointer <= diagnoses);
  return {
    procedureCode: line.code,
    modifiers: (line.modifiers ?? []).map((modifier) => onSide(modifier, side)),
    units,
    chargeCents: cents(unitCharge(line.code) * units),
    pointers: pointers.length > 0 ? pointers : [1],
  };
}

/** Modifier 25 stands only beside another service; a visit by video carries 95. */
function withVisitModifiers(line: VisitLine, lineCount: number, place: string): VisitLine {
  const kept = line.modifiers.filter((modifier) => modifier !== "25" || lineCount > 1);
  const video = place === "10" || place === "02";
  return { ...line, modifiers: video ? [...kept, "95"] : kept };
}

/** "RIGHT|LEFT" on its side; a value without sides as it is. */
function onSide(value: string, side: number): string {
  return value.split("|")[side] ?? value;
}
