import type { ClientSession } from "mongoose";
import { journalBetween, spreadWriteOff } from "../../billing/ledger/index.ts";
import { cents, formatDollars } from "../../billing/money/index.ts";
import type { ClaimDoc } from "../../platform/store/index.ts";
import type { Act, Asked, Authority } from "../approvals/act.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { closeItem, reopenItem } from "../denials/close-work-item.ts";
import { OperatingError } from "../errors.ts";
import { journalDoc } from "../posting/journal-entry.ts";
import { today } from "../today.ts";
import { accountsOf, projectClaim, receivableOf } from "./claim-projection.ts";

/** What is to be written off of what payers owe for a claim. */
export interface WriteOffInput extends Asked {
  readonly patientControlNumber: string;
  /** More than zero; no more than is open. */
  readonly amountCents: number;
  /** One service line; without it the lines in their order. */
  readonly line?: string | undefined;
  /** The work item that ends with it, whatever is left open. */
  readonly item?: string | undefined;
}

/** A claim with what was written off. */
interface WrittenOffClaim {
  readonly id: string;
  readonly patientControlNumber: string;
  readonly amountCents: number;
  readonly openInsuranceCents: number;
  readonly takenBack: boolean;
}

/**
 * Writes off what payers owe for a claim: ar-insurance against write-off, line by line. The claim's open work items end
 * with it when nothing is open any more. `not-found`; `invalid`; `state` where less is open.
 */
export const WRITE_OFF: Act<WriteOffInput, WrittenOffClaim> = {
  async effect(app, actor, input, session) {
    const doc = await named(app, actor, input.patientControlNumber, session);
    const lines = movement(doc, writtenOff(app, doc, input));
    const open = accountsOf(doc).map(({ lineControlNumber, openCents }) => [
      lineControlNumber,
      openCents,
    ]);
    return {
      subject: { type: "claim", id: doc._id },
      patientId: doc.patientId,
      amountCents: input.amountCents,
      lines,
      ground: { open, superseded: doc.superseded },
    };
  },
  async carryOut(app, actor, input, authority, session) {
    const doc = await named(app, actor, input.patientControlNumber, session);
    const changed = writtenOff(app, doc, input, authority);
    const { claims, journal } = app.store.practice(actor.practiceId);
    const id = changed.writeOffs?.at(-1)?.id ?? "";
    const place = { claimId: doc._id, effectiveDate: today(app) };
    const entry = journalDoc(app, "write-off", movement(doc, changed), place);
    await journal.insert([{ ...entry, _id: id }], session);
    await claims.replace([{ document: changed, version: doc.version }], session);
    await endItems(app, actor, changed, { writeOffId: id, item: input.item }, session);
    const { amountCents } = input;
    const detail = { amountCents, ...authority };
    await recordAudit(app, actor, draftOf("claim.write-off", changed, detail), session);
    return viewOf(changed, id);
  },
};

/** Takes a write-off back: the money is open again, and so are the work items that ended with it. `not-found`; `state`. */
export async function takeWriteOffBack(
  app: App,
  actor: Actor,
  id: string,
  { reason }: Asked,
): Promise<WrittenOffClaim> {
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  return app.store.transaction(async (session) => {
    const { claims, journal } = app.store.practice(actor.practiceId);
    const entry = await journal.findOne({ _id: id, kind: "write-off" }, { session });
    const doc = await claims.findOne({ _id: entry?.claimId ?? "" }, { session });
    const writeOff = doc?.writeOffs?.find((each) => each.id === id);
    if (doc === undefined || writeOff === undefined) throw new OperatingError("not-found");
    if (writeOff.takenBack !== null) throw new OperatingError("state", "It was taken back.");
    const takenBack = { at: app.now().toISOString(), by: actor.id, reason };
    const writeOffs = (doc.writeOffs ?? []).map((each) =>
      each.id === id ? { ...each, takenBack } : each,
    );
    const changed = withWriteOffs(app, doc, writeOffs, "write-off-taken-back", reason);
    const place = { claimId: doc._id, effectiveDate: today(app), undoes: { entryId: id, reason } };
    const contra = journalDoc(app, "write-off-reversal", movement(doc, changed), place);
    await journal.insert([contra], session);
    await claims.replace([{ document: changed, version: doc.version }], session);
    await reopenItems(app, actor, doc, id, session);
    await recordAudit(app, actor, draftOf("claim.take-write-off-back", doc, {}), session);
    return viewOf(changed, id);
  });
}

async function named(app: App, actor: Actor, patientControlNumber: string, session: ClientSession) {
  const { claims } = app.store.practice(actor.practiceId);
  const doc = await claims.findOne({ patientControlNumbers: patientControlNumber }, { session });
  if (doc === undefined) throw new OperatingError("not-found");
  return doc;
}

const NOBODY: Authority = { requestedBy: "", approvalId: null };

/** The claim with this much less open. */
function writtenOff(
  app: App,
  doc: ClaimDoc,
  { amountCents, line, reason }: WriteOffInput,
  { requestedBy, approvalId }: Authority = NOBODY,
): ClaimDoc {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) {
    throw new OperatingError("invalid", "The amount is more than zero.");
  }
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  const lines = spreadWriteOff(accountsOf(doc), amountCents, line);
  if (lines === undefined) throw new OperatingError("state", "Less than that is open.");
  const at = app.now().toISOString();
  const own = { id: app.newId(), lines, reason, by: requestedBy, at, approvalId, takenBack: null };
  const detail = `${formatDollars(cents(amountCents))}: ${reason}`;
  return withWriteOffs(app, doc, [...(doc.writeOffs ?? []), own], "written-off", detail);
}

function withWriteOffs(
  app: App,
  doc: ClaimDoc,
  writeOffs: NonNullable<ClaimDoc["writeOffs"]>,
  event: string,
  detail: string,
): ClaimDoc {
  const changed = { ...doc, writeOffs };
  return {
    ...changed,
    ...projectClaim(receivableOf(changed), doc.adjudications, doc.submissions),
    timeline: [...doc.timeline, { at: app.now().toISOString(), event, detail }],
  };
}

function movement(before: ClaimDoc, after: ClaimDoc) {
  return journalBetween({ lines: accountsOf(before) }, { lines: accountsOf(after) });
}

async function endItems(
  app: App,
  actor: Actor,
  doc: ClaimDoc,
  { writeOffId, item: asked }: { readonly writeOffId: string; readonly item: string | undefined },
  session: ClientSession,
): Promise<void> {
  const nothingOpen = doc.totals.openInsuranceCents === 0;
  if (!nothingOpen && asked === undefined) return;
  const { workItems } = app.store.practice(actor.practiceId);
  const open = { claimId: doc._id, status: { $ne: "resolved" } };
  const text = "What was open is written off.";
  for (const item of await workItems.find(open, { session })) {
    if (!nothingOpen && item._id !== asked) continue;
    await closeItem(app, actor, item, "written-off", text, session, writeOffId);
  }
}

async function reopenItems(
  app: App,
  actor: Actor,
  doc: ClaimDoc,
  writeOffId: string,
  session: ClientSession,
): Promise<void> {
  const { workItems } = app.store.practice(actor.practiceId);
  for (const item of await workItems.find({ claimId: doc._id }, { session })) {
    if (item.settledBy !== writeOffId) continue;
    await reopenItem(app, actor, item, "The write-off that ended it was taken back.", session);
  }
}

function draftOf(action: string, doc: ClaimDoc, detail: Record<string, string | number | null>) {
  return {
    action,
    entity: { type: "claim", id: doc._id },
    patientId: doc.patientId,
    fields: ["writeOffs", "totals", "status"],
    purpose: "payment",
    outcome: "success",
    detail,
  } as const;
}

function viewOf(doc: ClaimDoc, id: string): WrittenOffClaim {
  const writeOff = doc.writeOffs?.find((each) => each.id === id);
  return {
    id,
    patientControlNumber: doc.claim.patientControlNumber,
    amountCents: (writeOff?.lines ?? []).reduce((sum, line) => sum + line.amountCents, 0),
    openInsuranceCents: doc.totals.openInsuranceCents,
    takenBack: writeOff?.takenBack != null,
  };
}
