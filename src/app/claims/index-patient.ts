import type { Claim, ClaimPatient } from "../../billing/claims/claim.ts";
import type { ClaimDoc } from "../../platform/store/index.ts";
import { blindIndex, type SearchKind } from "../../trust/sealing/index.ts";
import type { Actor, App } from "../context.ts";

/** What somebody knows of a patient; each that is given must agree. */
export interface PatientQuery {
  readonly memberId?: string | undefined;
  /** `Last` or `Last, First`. */
  readonly name?: string | undefined;
  /** ISO calendar date. */
  readonly birthDate?: string | undefined;
}

/** A document with what its patient is found by: nothing of it tells who the patient is. */
export function indexPatient<D extends { readonly claim: Claim }>(
  { store }: App,
  { practiceId }: Actor,
  doc: D,
): D & Pick<ClaimDoc, "patientId" | "searchKeys"> {
  const { patient } = doc.claim;
  const { ring } = store.keys;
  const who = [patient.lastName, patient.firstName, patient.birthDate ?? patient.memberId];
  const keys = known(patient).map(([kind, value]) => blindIndex(ring, practiceId, kind, value));
  return {
    ...doc,
    patientId: blindIndex(ring, practiceId, "patient", who.join("|")),
    searchKeys: [...new Set(keys)],
  };
}

function known({ lastName, firstName, birthDate, memberId }: ClaimPatient): [SearchKind, string][] {
  const all: [SearchKind, string][] = [
    ["member-id", memberId],
    ["name", lastName],
    ["name", `${lastName}, ${firstName}`],
    ["birth-date", birthDate ?? ""],
  ];
  return all.filter(([, value]) => value !== "");
}

/** The keys under which claims of such a patient are stored. */
export function searchKeys({ store }: App, { practiceId }: Actor, query: PatientQuery): string[] {
  const asked: [SearchKind, string | undefined][] = [
    ["member-id", query.memberId],
    ["name", query.name],
    ["birth-date", query.birthDate],
  ];
  return asked.flatMap(([kind, value]) =>
    value === undefined ? [] : [blindIndex(store.keys.ring, practiceId, kind, value)],
  );
}
