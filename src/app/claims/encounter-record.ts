import { createHash } from "node:crypto";
import type { ClientSession } from "mongoose";
import {
  type EditedEncounter,
  type SubmittedBefore,
  serviceKeys,
} from "../../billing/claims/index.ts";
import type { Encounter } from "../../billing/intake/index.ts";
import type { EncounterDoc } from "../../platform/store/index.ts";
import { blindIndex } from "../../trust/sealing/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";

/** What the store holds of these encounters' ids, claim numbers and services; a claim that is being mended apart. */
export async function submittedBefore(
  app: App,
  actor: Actor,
  encounters: readonly Encounter[],
  mends?: string,
): Promise<SubmittedBefore> {
  const practice = app.store.practice(actor.practiceId);
  const externalIds = encounters.flatMap(({ externalId }) => externalId ?? []);
  const numbers = encounters.flatMap(
    ({ claimInformation }) => claimInformation.patientControlNumber ?? [],
  );
  const keys = encounters.flatMap((encounter) => serviceDigests(app, actor, encounter));
  const [known, claims] = await Promise.all([
    practice.encounters.find(
      {
        status: "claimed",
        $or: [{ externalId: { $in: externalIds } }, { services: { $in: keys } }],
      },
      { projection: { externalId: 1, services: 1, claimId: 1 } },
    ),
    practice.claims.find(
      { patientControlNumbers: { $in: numbers } },
      { projection: { patientControlNumbers: 1 } },
    ),
  ]);
  const others = known.filter(({ claimId }) => mends === undefined || claimId !== mends);
  const usedIds = new Set(others.map(({ externalId }) => externalId));
  const usedServices = new Set(others.flatMap(({ services }) => services));
  const usedNumbers = new Set(
    claims
      .filter(({ _id }) => _id !== mends)
      .flatMap(({ patientControlNumbers }) => patientControlNumbers),
  );
  return {
    externalId: (id) => usedIds.has(id),
    patientControlNumber: (number) => usedNumbers.has(number),
    service: (key) => usedServices.has(serviceDigest(app, actor, key)),
  };
}

/** A service key holds patient data; its blind index compares as well and tells nothing. */
function serviceDigest({ store }: App, { practiceId }: Actor, key: string): string {
  return blindIndex(store.keys.ring, practiceId, "service", key);
}

function serviceDigests(app: App, actor: Actor, encounter: Encounter): string[] {
  return serviceKeys(encounter).map((key) => serviceDigest(app, actor, key));
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
      const doc = encounterDoc(app, actor, each, "held", null);
      const filter = { externalId: doc.externalId };
      const known = await practice.encounters.findOne(filter, { session });
      if (known?.status === "claimed") continue;
      if (known === undefined) await practice.encounters.insert([doc], session);
      else {
        const mended = { ...doc, _id: known._id };
        await practice.encounters.exchange(mended, { status: "held" }, session);
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
  actor: Actor,
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
    services: status === "claimed" ? serviceDigests(app, actor, encounter) : [],
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
  await retireEncounter(app, actor, claimId, session);
  const doc = encounterDoc(app, actor, edited, "claimed", claimId);
  const filter = { externalId: doc.externalId, status: "held" };
  const held = await encounters.findOne(filter, { session, projection: { _id: 1 } });
  if (held === undefined) await encounters.insert([doc], session);
  else await encounters.exchange({ ...doc, _id: held._id }, { status: "held" }, session);
}

/** The encounter of a claim that is mended stays readable, under an id that frees its own. */
async function retireEncounter(
  app: App,
  actor: Actor,
  claimId: string,
  session: ClientSession,
): Promise<void> {
  const { encounters } = app.store.practice(actor.practiceId);
  const current = await encounters.findOne({ claimId, status: "claimed" }, { session });
  if (current === undefined) return;
  const retired = {
    ...current,
    externalId: `${current.externalId}~${current._id}`,
    services: [],
    status: "replaced" as const,
  };
  await encounters.exchange(retired, { status: "claimed" }, session);
}
