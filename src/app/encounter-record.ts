import { createHash } from "node:crypto";
import type { ClientSession } from "mongoose";
import {
  type EditedEncounter,
  type SubmittedBefore,
  serviceKeys,
} from "../billing/claims/index.ts";
import type { Encounter } from "../billing/intake/index.ts";
import type { EncounterDoc } from "../platform/store/index.ts";
import { recordAudit } from "./audit.ts";
import type { Actor, App } from "./context.ts";

/** What the store holds of these encounters' ids, claim numbers and services. */
export async function submittedBefore(
  app: App,
  actor: Actor,
  encounters: readonly Encounter[],
): Promise<SubmittedBefore> {
  const practice = app.store.practice(actor.practiceId);
  const externalIds = encounters.flatMap(({ externalId }) => externalId ?? []);
  const numbers = encounters.flatMap(
    ({ claimInformation }) => claimInformation.patientControlNumber ?? [],
  );
  const keys = encounters.flatMap((encounter) => serviceKeys(encounter).map(serviceDigest));
  const [known, claims] = await Promise.all([
    practice.encounters.find(
      {
        status: "claimed",
        $or: [{ externalId: { $in: externalIds } }, { services: { $in: keys } }],
      },
      { projection: { externalId: 1, services: 1 } },
    ),
    practice.claims.find(
      { patientControlNumbers: { $in: numbers } },
      { projection: { patientControlNumbers: 1 } },
    ),
  ]);
  const usedIds = new Set(known.map(({ externalId }) => externalId));
  const usedServices = new Set(known.flatMap(({ services }) => services));
  const usedNumbers = new Set(claims.flatMap(({ patientControlNumbers }) => patientControlNumbers));
  return {
    externalId: (id) => usedIds.has(id),
    patientControlNumber: (number) => usedNumbers.has(number),
    service: (key) => usedServices.has(serviceDigest(key)),
  };
}

/** A service key holds patient data; its digest compares as well and tells nothing. */
function serviceDigest(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

/** Held encounters are kept with their findings; one that was mended and sent again takes the place of its held self. */
export async function holdEncounters(
  app: App,
  actor: Actor,
  refused: readonly EditedEncounter[],
): Promise<void> {
  if (refused.length === 0) return;
  const practice = app.store.practice(actor.practiceId);
  await app.store.transaction(async (session) => {
    for (const each of refused) {
      const doc = encounterDoc(app, each, "held", null);
      const filter = { externalId: doc.externalId };
      const known = await practice.encounters.findOne(filter, { session });
      if (known?.status === "claimed") continue;
      if (known === undefined) await practice.encounters.insert([doc], session);
      else {
        const { _id, ...set } = doc;
        await practice.encounters.update({ _id: known._id }, { $set: set }, session);
      }
    }
    await recordAudit(
      app,
      actor,
      {
        action: "encounter.hold",
        entity: { type: "encounters", id: String(refused.length) },
        purpose: "payment",
        outcome: "success",
      },
      session,
    );
  });
}

function encounterDoc(
  app: App,
  { encounter, findings }: EditedEncounter,
  status: EncounterDoc["status"],
  claimId: string | null,
): Omit<EncounterDoc, "practiceId"> {
  const body = JSON.stringify(encounter);
  const digest = createHash("sha256").update(body).digest("hex");
  return {
    _id: app.newId(),
    externalId: encounter.externalId ?? `digest:${digest}`,
    digest,
    services: status === "claimed" ? serviceKeys(encounter).map(serviceDigest) : [],
    status,
    body,
    findings,
    claimId,
    at: app.now(),
  };
}

/** The encounter becomes claimed; a held self of the same external id is replaced. */
export async function claimEncounter(
  app: App,
  actor: Actor,
  edited: EditedEncounter,
  claimId: string,
  session: ClientSession,
): Promise<void> {
  const { encounters } = app.store.practice(actor.practiceId);
  const { _id, ...set } = encounterDoc(app, edited, "claimed", claimId);
  const filter = { externalId: set.externalId, status: "held" };
  const replaced = await encounters.update(filter, { $set: set }, session);
  if (!replaced) await encounters.insert([{ _id, ...set }], session);
}
