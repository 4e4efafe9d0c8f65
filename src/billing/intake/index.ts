/**
 * Intake: what comes from the clinic.
 *
 * Terminology
 * - encounter: one visit, stay or procedure to be billed to one payer, as JSON;
 *   schemas/encounter.schema.json is its shape.
 * - kind: professional, institutional or dental: which 837 and which paper form it would be.
 * - service: what a service line tells of procedure, charge and units, whatever its kind.
 * - field: one property of an encounter, with its place in the 837 and on paper.
 * - held: an encounter with an error is held; nothing of it is sent until the error is mended.
 */
export { compactDate, dateNumber, daysBetween, isoDate, splitDateTime } from "./calendar-date.ts";
export { applyChanges, type FieldChange, valueAt } from "./change-encounter.ts";
export { compileEncounterCheck, type EncounterCheck } from "./check-encounter.ts";
export { type Diagnosis, type DiagnosisRole, diagnosesOf } from "./diagnoses.ts";
export type {
  Address,
  Adjustment,
  AmbulanceCertification,
  AmbulanceTransport,
  Attachment,
  Contact,
  Contract,
  Encounter,
  Facility,
  LineProvider,
  Provider,
} from "./encounter.ts";
export { byKind, type EncounterKind, kindOf } from "./encounter-kind.ts";
export {
  encounterField,
  type Field,
  type FieldFinding,
  type FieldKind,
  fieldAt,
  fieldFinding,
} from "./field.ts";
export { MAX_ENCOUNTERS, type ParsedEncounter, parseEncounters } from "./parse-encounters.ts";
export {
  type EncounterLine,
  SERVICE_FIELD,
  type Service,
  serviceDateOf,
  serviceOf,
  unitsOf,
} from "./service.ts";
