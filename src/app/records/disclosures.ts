import { isCalendarDate } from "../../billing/denials/index.ts";
import type { AuditEventDoc, PracticeStore } from "../../platform/store/index.ts";
import { peopleModels } from "../../platform/store/people.ts";
import {
  accountingFrom,
  DISCLOSURE_PURPOSES,
  type DisclosurePurpose,
  RECORDED_PURPOSES,
} from "../../trust/audit/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";

/** A disclosure as a person records it (45 CFR 164.528(b)(2)). */
export interface DisclosureInput {
  /** The day it was made, ISO calendar date; today where nothing is said. */
  readonly date?: string | undefined;
  readonly recipient: string;
  readonly address?: string | undefined;
  /** What was disclosed, in brief. */
  readonly description: string;
  readonly purpose: string;
}

/** One line of an accounting. */
export interface Disclosure {
  readonly date: string;
  readonly source: "recorded" | "audit";
  readonly recipient: string;
  readonly address: string | null;
  readonly description: string;
  readonly purpose: DisclosurePurpose;
  readonly meaning: string;
  readonly citation: string;
  /** False for what the law leaves out of an accounting; shown on request only. */
  readonly counts: boolean;
}

/** An accounting of disclosures. */
export interface Accounting {
  readonly patientId: string;
  /** Six years back, both days included. */
  readonly from: string;
  readonly to: string;
  readonly items: readonly Disclosure[];
}

/** Records that something of a patient was disclosed. `not-found` for a patient without claims here; `invalid`. */
export async function recordDisclosure(
  app: App,
  actor: Actor,
  patientId: string,
  input: DisclosureInput,
): Promise<Disclosure> {
  const { date = today(app), recipient, address, description } = input;
  const purpose = RECORDED_PURPOSES.find((each) => each === input.purpose);
  if (purpose === undefined) {
    throw new OperatingError("invalid", `Purposes: ${RECORDED_PURPOSES.join(", ")}.`);
  }
  if (!isCalendarDate(date) || date > today(app)) {
    throw new OperatingError("invalid", "The date is a day until today.");
  }
  if (recipient.trim() === "" || description.trim() === "") {
    throw new OperatingError("invalid", "Say to whom, and what.");
  }
  const practice = app.store.practice(actor.practiceId);
  await refuseUnknown(practice, patientId);
  const doc = {
    _id: app.newId(),
    practiceId: actor.practiceId,
    patientId,
    date,
    purpose,
    recipient,
    address: address ?? null,
    description,
    by: actor.id,
    at: app.now(),
  };
  await app.store.transaction(async (session) => {
    await practice.disclosures.insert([doc], session);
    const detail = { purpose, date };
    await recordAudit(app, actor, draftOf("record", patientId, detail), session);
  });
  return line({ ...doc, source: "recorded" });
}

/**
 * What was disclosed of a patient in the last six years, to whom and for what (45 CFR 164.528): what people recorded, and
 * what was seen under emergency access. `all` adds what the law leaves out, marked so: copies that the patient was given,
 * for one. Treatment, payment and operations are never in it.
 */
export async function accountDisclosures(
  app: App,
  actor: Actor,
  patientId: string,
  { all = false }: { readonly all?: boolean } = {},
): Promise<Accounting> {
  const practice = app.store.practice(actor.practiceId);
  const claimIds = await refuseUnknown(practice, patientId);
  const to = today(app);
  const from = accountingFrom(to);
  const recorded = await practice.disclosures.find({ patientId }, { sort: { date: 1 } });
  const items = [
    ...recorded.map((doc) => line({ ...doc, source: "recorded" })),
    ...(await emergencies(app, practice, patientId, claimIds)),
    ...(await copies(practice, patientId)),
  ]
    .filter(({ date, counts }) => date >= from && date <= to && (all || counts))
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  await recordAudit(app, actor, draftOf("account", patientId, { shown: items.length }));
  return { patientId, from, to, items };
}

/** The ids of the patient's claims; `not-found` where there are none. */
async function refuseUnknown(
  practice: PracticeStore,
  patientId: string,
): Promise<ReadonlySet<string>> {
  const claims = await practice.claims.find({ patientId }, { projection: { patientId: 1 } });
  if (claims.length === 0) throw new OperatingError("not-found");
  return new Set(claims.map(({ _id }) => _id));
}

/** What was seen of the patient under emergency access, and by whom. */
async function emergencies(
  app: App,
  practice: PracticeStore,
  patientId: string,
  claimIds: ReadonlySet<string>,
): Promise<Disclosure[]> {
  const glasses = await practice.breakGlasses.find({});
  if (glasses.length === 0) return [];
  const ids = glasses.map(({ _id }) => _id);
  const events = await practice.auditEvents.find({ "detail.breakGlass": { $in: ids } });
  const concerned = events.filter((event) => isOf(event, patientId, claimIds));
  const names = await namesOf(app, practice.practiceId);
  return concerned.map((event) =>
    line({
      date: event.at.slice(0, 10),
      source: "audit",
      recipient: names.get(event.actor.id) ?? event.actor.id,
      address: null,
      description: `${event.action}: ${(event.fields ?? ["listed"]).join(", ")}`,
      purpose: "emergency-access",
    }),
  );
}

function isOf({ patientId, detail }: AuditEventDoc, whom: string, claimIds: ReadonlySet<string>) {
  if (patientId === whom) return true;
  const ids = detail?.ids;
  return Array.isArray(ids) && ids.some((id) => typeof id === "string" && claimIds.has(id));
}

async function namesOf(app: App, practiceId: string): Promise<ReadonlyMap<string, string>> {
  const { User } = peopleModels(app.store.connection);
  return new Map((await User.find({ practiceId }).lean()).map(({ _id, name }) => [_id, name]));
}

/** The copies that the patient was given (45 CFR 164.524). */
async function copies(practice: PracticeStore, patientId: string): Promise<Disclosure[]> {
  const purpose = "patient-request";
  const events = await practice.auditEvents.find({ purpose, patientId });
  return events
    .filter(({ action }) => action === "patient.export")
    .map(({ at, fields = [] }) =>
      line({
        date: at.slice(0, 10),
        source: "audit",
        recipient: "The individual",
        address: null,
        description: `A copy of what is held: ${fields.join(", ")}`,
        purpose: "individual",
      }),
    );
}

function line(
  said: Pick<Disclosure, "date" | "source" | "recipient" | "address" | "description" | "purpose">,
): Disclosure {
  const { date, source, recipient, address, description, purpose } = said;
  const row = DISCLOSURE_PURPOSES[purpose];
  return { date, source, recipient, address, description, purpose, ...row };
}

function draftOf(
  verb: "record" | "account",
  patientId: string,
  detail: Record<string, string | number>,
) {
  return {
    action: `disclosure.${verb}`,
    entity: { type: "patient", id: patientId },
    patientId,
    fields: ["disclosures"],
    purpose: verb === "account" ? "patient-request" : "operations",
    outcome: "success",
    detail,
  } as const;
}
