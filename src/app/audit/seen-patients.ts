import type { PracticeStore } from "../../platform/store/index.ts";
import { peopleModels } from "../../platform/store/people.ts";
import type { AuditEvent } from "../../trust/audit/index.ts";
import { blindIndex } from "../../trust/sealing/index.ts";
import type { App } from "../context.ts";

/** A claim as far as it tells, without telling, whose it is. */
interface Whose {
  readonly patientId: string;
  readonly searchKeys: readonly string[];
}

/** An event with the patients that it showed, and those of them with the reader's family name. */
interface Seen {
  readonly event: AuditEvent;
  readonly patients: readonly string[];
  readonly namesakes: readonly string[];
}

/** Records that belong to a claim, by the noun of the action that shows them. */
const OF_CLAIMS = { "work-item": "workItems", exception: "parkedPayments" } as const;

/** What opens a record, or asks for a patient; a row of a list shows no name. */
const BY_NAME = /\.(read|read-balance|search)$/;

/** The blind index of each person's family name: the name itself is compared nowhere. */
export async function familyKeys(
  app: App,
  practiceId: string,
): Promise<ReadonlyMap<string, string>> {
  const { User } = peopleModels(app.store.connection);
  const users = await User.find({ practiceId }).lean();
  const { ring } = app.store.keys;
  return new Map(
    users.map(({ _id, name }) => [_id, blindIndex(ring, practiceId, "name", familyName(name))]),
  );
}

/** `Last, First`, or the last word. */
function familyName(name: string): string {
  const [before = "", after] = name.split(",");
  return after === undefined ? (before.trim().split(/\s+/).at(-1) ?? "") : before;
}

/** The events of people who looked at something, with whom they saw. */
export async function seenPatients(
  practice: PracticeStore,
  events: readonly AuditEvent[],
  families: ReadonlyMap<string, string>,
): Promise<Seen[]> {
  const claimOf = await claimsOfRecords(practice, events);
  const claimIds = events.flatMap((event) => claimsOf(event, claimOf));
  const claims = await practice.claims.find(
    { _id: { $in: [...new Set(claimIds)] } },
    { projection: { patientId: 1, searchKeys: 1 } },
  );
  const whose = new Map<string, Whose>(claims.map((claim) => [claim._id, claim]));
  return events.map((event) => {
    const shown = claimsOf(event, claimOf);
    const known = shown.flatMap((id) => whose.get(id) ?? []);
    const unknown = shown.filter((id) => !whose.has(id));
    const own = event.patientId === undefined ? [] : [event.patientId];
    const family = families.get(event.actor.id);
    const kin = BY_NAME.test(event.action) && family !== undefined ? known : [];
    return {
      event,
      patients: [...new Set([...own, ...known.map(({ patientId }) => patientId), ...unknown])],
      namesakes: [
        ...new Set(
          kin
            .filter(({ searchKeys }) => searchKeys.includes(family ?? ""))
            .map(({ patientId }) => patientId),
        ),
      ],
    };
  });
}

/** The records that an event names: those that a list has shown, or the one it is about. */
function recordsOf({ detail, entity }: AuditEvent): readonly string[] {
  const ids = detail?.ids;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [entity.id];
}

function nounOf({ action }: AuditEvent): string {
  return action.split(".")[0] ?? "";
}

/** The claims that an event showed, those of other records by the claims that they belong to. */
function claimsOf(event: AuditEvent, claimOf: ReadonlyMap<string, string>): readonly string[] {
  const noun = nounOf(event);
  if (noun === "claim") return recordsOf(event);
  if (!Object.hasOwn(OF_CLAIMS, noun)) return [];
  return recordsOf(event).map((id) => claimOf.get(id) ?? id);
}

async function claimsOfRecords(
  practice: PracticeStore,
  events: readonly AuditEvent[],
): Promise<ReadonlyMap<string, string>> {
  const claimOf = new Map<string, string>();
  for (const [noun, name] of Object.entries(OF_CLAIMS) as [string, "workItems"][]) {
    const ids = events.filter((event) => nounOf(event) === noun).flatMap(recordsOf);
    if (ids.length === 0) continue;
    const records = await practice[name].find(
      { _id: { $in: [...new Set(ids)] } },
      { projection: { claimId: 1 } },
    );
    for (const { _id, claimId } of records) if (claimId) claimOf.set(_id, claimId);
  }
  return claimOf;
}
