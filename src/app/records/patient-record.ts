import type { ClientSession } from "mongoose";
import { encounterPatient } from "../../billing/claims/index.ts";
import type { Encounter } from "../../billing/intake/index.ts";
import type { EncounterDoc, ParkedPaymentDoc } from "../../platform/store/index.ts";
import { patientIdOf } from "../claims/index-patient.ts";
import type { Actor, App } from "../context.ts";
import { isErased } from "./erased.ts";
import { type ClaimRecord, claimRecords } from "./kept-claim.ts";

/** Everything that is held of one patient. */
export interface PatientRecord {
  readonly claims: readonly ClaimRecord[];
  /** Encounters that are held and became no claim. */
  readonly held: readonly EncounterDoc[];
  /** Payments that went to no claim, and whose payer names exactly this patient: by name and member id. */
  readonly stray: readonly ParkedPaymentDoc[];
}

/** What is held of a patient; undefined where it is nothing. */
export async function patientRecord(
  app: App,
  actor: Actor,
  patientId: string,
  session?: ClientSession,
): Promise<PatientRecord | undefined> {
  const practice = app.store.practice(actor.practiceId);
  const docs = await practice.claims.find({ patientId }, { session, sort: { _id: 1 } });
  const whole = docs.filter((claim) => !isErased(claim));
  const claims = await claimRecords(practice, whole, session);
  const held: EncounterDoc[] = [];
  for (const doc of await practice.encounters.find({ claimId: null }, { session })) {
    if (isOf(app, actor, doc, patientId)) held.push(doc);
  }
  if (claims.length + held.length === 0) return undefined;
  const names = new Set(whole.map(({ claim }) => nameOf(claim.patient)));
  const unclaimed = await practice.parkedPayments.find({ claimId: null }, { session });
  const stray = unclaimed.filter(({ payment: { patient, subscriber } }) =>
    [patient, subscriber].some((person) => person?.memberId && names.has(nameOf(person))),
  );
  return { claims, held, stray };
}

/** A name alone is many people's, and a member id a whole family's. */
function nameOf(person: {
  readonly lastName: string;
  readonly firstName: string;
  readonly memberId: string | undefined;
}): string {
  return [person.lastName, person.firstName, person.memberId].join("|").toUpperCase();
}

/** A held encounter is not indexed by its patient: it may lack what tells who that is. */
function isOf(app: App, actor: Actor, { body }: EncounterDoc, patientId: string): boolean {
  const patient = encounterPatient(JSON.parse(body) as Encounter);
  return patientIdOf(app, actor, patient) === patientId;
}
