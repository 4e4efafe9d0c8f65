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
  app: App,
  actor: Actor,
  doc: D,
): D & Pick<ClaimDoc, "patientId" | "searchKeys"> {
  const { store } = app;
  const { practiceId } = actor;
  const { patient } = doc.claim;
  const { ring } = store.keys;
  const keys = known(patient).map(([kind, value]) => blindIndex(ring, practiceId, kind, value));
  return {
    ...doc,
    patientId: patientIdOf(app, actor, patient),
    searchKeys: [...new Set(keys)],
  };
}

/** The opaque id of a patient: a blind index of name and day of birth, else of the member id. */
export function patientIdOf(
  { store }: App,
  { practiceId }: Actor,
  { lastName, firstName, birthDate, memberId }: ClaimPatient,
): string {
  const who = [lastName, firstName, birthDate ?? memberId];
  return blindIndex(store.keys.ring, practiceId, "patient", who.join("|"));
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
