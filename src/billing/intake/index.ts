/**
 * Intake: what comes from the clinic.
 *
 * Terminology
 * - encounter: one visit or procedure to be billed to one payer, as JSON;
 *   schemas/encounter.schema.json is its shape.
 * - field: one property of an encounter, with its place in the 837P and on the CMS-1500.
 * - held: an encounter with an error is held; nothing of it is sent until the error is mended.
 */
export { compactDate, dateNumber, daysBetween, isoDate } from "./calendar-date.ts";
export { compileEncounterCheck, type EncounterCheck } from "./check-encounter.ts";
export type {
  Address,
  Adjustment,
  AmbulanceCertification,
  AmbulanceTransport,
  Attachment,
  Contact,
  Encounter,
  Facility,
  LineProvider,
  Provider,
} from "./encounter.ts";
export {
  ENCOUNTER_FIELD,
  type Field,
  type FieldFinding,
  type FieldKind,
  fieldAt,
  fieldFinding,
} from "./field.ts";
export { MAX_ENCOUNTERS, type ParsedEncounter, parseEncounters } from "./parse-encounters.ts";
