import type { ClaimDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { type PatientQuery, searchKeys } from "../claims/index-patient.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";

/** Claims looked at for one search; who is asked for by a name alone may be many. */
const MOST = 1000;

/** A patient that claims tell of. */
export interface FoundPatient {
  readonly patientId: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly birthDate: string | null;
  /** Of the claims that were found. */
  readonly claims: number;
  readonly firstServiceDate: string | null;
  readonly lastServiceDate: string | null;
}

/**
 * Patients by member id, name or day of birth, all that are given, of the latest thousand claims that agree: each with
 * the id by which holds, exports and erasures name them. `usage` where nothing is given.
 */
export async function findPatients(
  app: App,
  actor: Actor,
  query: PatientQuery,
): Promise<FoundPatient[]> {
  const keys = searchKeys(app, actor, query);
  if (keys.length === 0)
    throw new OperatingError("usage", "Say whom: name, birth date, member id.");
  const claims = await app.store
    .practice(actor.practiceId)
    .claims.find({ searchKeys: { $all: keys } }, { sort: { _id: -1 }, limit: MOST });
  const groups = new Map<string, ClaimDoc[]>();
  for (const claim of claims) {
    const group = groups.get(claim.patientId);
    if (group === undefined) groups.set(claim.patientId, [claim]);
    else group.push(claim);
  }
  const found = [...groups].map(([patientId, group]) => foundPatient(patientId, group));
  await recordAudit(app, actor, {
    action: "patient.search",
    entity: { type: "patients", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { shown: found.length, patients: found.map(({ patientId }) => patientId) },
  });
  return found;
}

function foundPatient(patientId: string, claims: readonly ClaimDoc[]): FoundPatient {
  const { patient } = (claims[0] as ClaimDoc).claim;
  const dates = claims.flatMap(({ claim }) => claim.serviceDateFrom ?? []).sort();
  return {
    patientId,
    lastName: patient.lastName,
    firstName: patient.firstName,
    birthDate: patient.birthDate ?? null,
    claims: claims.length,
    firstServiceDate: dates[0] ?? null,
    lastServiceDate: dates.at(-1) ?? null,
  };
}
