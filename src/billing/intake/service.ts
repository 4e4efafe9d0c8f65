import type { Encounter } from "./encounter.ts";
import type { EncounterKind } from "./encounter-kind.ts";

/** A service line of an encounter. */
export type EncounterLine = Encounter["claimInformation"]["serviceLines"][number];

/** What the services of all kinds of lines say: professionalService, institutionalService, dentalService. */
export interface Service {
  readonly procedureIdentifier?: string;
  /** Absent on an institutional line that tells its revenue code only. */
  readonly procedureCode?: string;
  readonly procedureModifiers?: readonly string[];
  readonly description?: string;
  readonly lineItemChargeAmount: string;
  readonly measurementUnit?: string;
  /** Units of a professional or institutional service; see `unitsOf`. */
  readonly serviceUnitCount?: string;
  readonly placeOfServiceCode?: string;
  readonly compositeDiagnosisCodePointers?: { readonly diagnosisCodePointers: readonly string[] };
  readonly serviceLineRevenueCode?: string;
  readonly nonCoveredChargeAmount?: string;
  readonly procedureCount?: number;
}

/** The property of a service line that holds its service, by kind of claim. */
export const SERVICE_FIELD = {
  professional: "professionalService",
  institutional: "institutionalService",
  dental: "dentalService",
} as const satisfies Readonly<Record<EncounterKind, keyof EncounterLine>>;

/** The service of a line, whatever its kind; asserts what the schema requires. */
export function serviceOf(line: EncounterLine): Service {
  const service = line.professionalService ?? line.institutionalService ?? line.dentalService;
  if (service === undefined) throw new RangeError("a checked service line holds a service");
  return service;
}

/** The units of a service as written; dental services are counted, once when they are not. */
export function unitsOf({ serviceUnitCount, procedureCount = 1 }: Service): string {
  return serviceUnitCount ?? String(procedureCount);
}

/**
 * The day of a service as written: the line's own; where it has none, the day on which the
 * statement of an institutional claim begins, or the service date of a dental claim. Undefined of a
 * predetermination, and where the edits must tell that it is missing.
 */
export function serviceDateOf(
  { claimInformation: { claimDateInformation: dates } }: Encounter,
  { serviceDate }: EncounterLine,
): string | undefined {
  return serviceDate ?? dates?.serviceDate ?? dates?.statementBeginDate;
}
