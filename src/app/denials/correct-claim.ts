import type { ClientSession } from "mongoose";
import { batchClaims, buildClaim, checkClaims } from "../../billing/claims/index.ts";
import {
  addDays,
  fieldsToCorrect,
  type Resubmission,
  resubmissionOf,
  type WorkItem,
  wait,
} from "../../billing/denials/index.ts";
import {
  applyChanges,
  type Encounter,
  type FieldChange,
  valueAt,
} from "../../billing/intake/index.ts";
import type { Finding } from "../../edi/x12/index.ts";
import type { ClaimDoc, WorkItemDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { codeSetsFor } from "../claims/code-sets.ts";
import { encounterCheck } from "../claims/encounter-check.ts";
import { submittedBefore } from "../claims/encounter-record.ts";
import type { Ready } from "../claims/place-claims.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { sendBatch } from "../exchange/send-batch.ts";
import { withContact } from "../exchange/submitter-contact.ts";
import { today } from "../today.ts";
import { replaceItem } from "./store-items.ts";

/** How long a payer has to answer a mended claim before somebody looks again. */
const ANSWER_DAYS = 30;

/** The fields of a claim to look at first, as they are, and how the mended claim will go out. */
export interface Correction extends Resubmission {
  readonly patientControlNumber: string;
  readonly fields: readonly {
    readonly pointer: string;
    readonly label: string;
    readonly value: unknown;
  }[];
  readonly encounter: Encounter;
}

/** What to change, and whether only to look what would come of it. */
export interface ResubmitInput {
  readonly changes: readonly FieldChange[];
  readonly dryRun?: boolean;
  readonly version?: number;
}

/** What a resubmission came to, or would: findings hold it, and then nothing is sent. */
export interface Resubmitted extends Resubmission {
  readonly difference: readonly {
    readonly pointer: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
  readonly findings: readonly Finding[];
  readonly held: boolean;
  /** The 837 that it went out in; null where nothing was sent. */
  readonly file: { readonly id: string; readonly name: string } | null;
}

/** Where the claim of an item is to be mended: the fields to look at first with their values. */
export async function showCorrection(app: App, actor: Actor, itemId: string): Promise<Correction> {
  const { item, claim, encounter } = await load(app, actor, itemId);
  await recordAudit(app, actor, {
    action: "claim.read-encounter",
    entity: { type: "claim", id: claim._id },
    patientId: claim.patientId,
    fields: ["encounter"],
    purpose: "payment",
    outcome: "success",
  });
  const fields = fieldsToCorrect(item.category, linesOf(item, claim)).map((field) => ({
    ...field,
    value: valueAt(encounter, field.pointer) ?? null,
  }));
  const { patientControlNumber } = claim.claim;
  return { patientControlNumber, ...planOf(item, claim), fields, encounter };
}

/**
 * Mends the claim of an item and sends it again: as new where no payer has decided, else as a replacement of the payer's
 * claim. It is checked by every edit first; a finding that is an error holds it and nothing changes. The claim keeps its
 * number and its history; the item waits for the answer. `stale` where somebody changed the item meanwhile.
 */
export async function resubmitClaim(
  app: App,
  actor: Actor,
  itemId: string,
  input: ResubmitInput,
): Promise<Resubmitted> {
  const { item, claim, encounter } = await load(app, actor, itemId);
  if (input.version !== undefined && input.version !== item.version) {
    throw new OperatingError("stale");
  }
  const plan = planOf(item, claim);
  if (plan.frequencyCode === undefined) throw new OperatingError("state", plan.because);
  const mended = mendedEncounter(encounter, claim, plan.frequencyCode, input.changes);
  const difference = input.changes.map(({ pointer, value }) => ({
    pointer,
    before: valueAt(encounter, pointer) ?? null,
    after: value,
  }));
  const { ready, findings } = await check(app, actor, mended, claim);
  const told = { ...plan, difference, findings, held: ready === undefined };
  if (ready === undefined || input.dryRun) return { ...told, file: null };
  const [batch] = batchClaims([ready]);
  if (batch === undefined) throw new Error("one claim makes one batch");
  const { file } = await sendBatch(
    app,
    actor,
    batch,
    () => undefined,
    (session) => awaitAnswer(app, actor, item, plan.frequencyCode ?? "1", session),
  );
  return { ...told, file: { id: file.id, name: file.name } };
}

async function load(app: App, actor: Actor, itemId: string) {
  const practice = app.store.practice(actor.practiceId);
  const item = await practice.workItems.findOne({ _id: itemId });
  if (item === undefined) throw new OperatingError("not-found");
  if (item.status === "resolved") throw new OperatingError("state", "The item is closed.");
  if (item.claimId === undefined) throw new OperatingError("state", "The item is about no claim.");
  const [claim, kept] = await Promise.all([
    practice.claims.findOne({ _id: item.claimId }),
    practice.encounters.findOne({ claimId: item.claimId, status: "claimed" }),
  ]);
  if (claim === undefined) throw new OperatingError("not-found");
  if (kept === undefined) {
    const detail = "The claim came from another system: correct it there and take its 837 in.";
    throw new OperatingError("state", detail);
  }
  return { item, claim, encounter: JSON.parse(kept.body) as Encounter };
}

function planOf(item: WorkItem, claim: ClaimDoc): Resubmission {
  return resubmissionOf({
    adjudicated: claim.adjudications.length > 0,
    unprocessable: item.remarkCodes.includes("MA130"),
    payerClaimControlNumber: claim.payerClaimControlNumbers.at(-1),
  });
}

/** The places of the lines that the item is about; of all lines where it is about the claim as a whole. */
function linesOf(item: WorkItem, claim: ClaimDoc): readonly number[] {
  const numbers = new Set(item.lines?.map(({ lineControlNumber }) => lineControlNumber));
  const all = claim.claim.lines.map((_, index) => index);
  const named = all.filter((index) => numbers.has(claim.claim.lines[index]?.lineControlNumber));
  return named.length === 0 ? all : named;
}

function mendedEncounter(
  encounter: Encounter,
  claim: ClaimDoc,
  frequencyCode: "1" | "7",
  changes: readonly FieldChange[],
): Encounter {
  const original = claim.payerClaimControlNumbers.at(-1);
  const mended = applyChanges(encounter, [
    ...changes,
    {
      pointer: "/claimInformation/patientControlNumber",
      value: claim.claim.patientControlNumber,
    },
    { pointer: "/claimInformation/claimFrequencyCode", value: frequencyCode },
    {
      pointer: "/claimInformation/claimSupplementalInformation/claimControlNumber",
      value: frequencyCode === "7" ? original : undefined,
    },
  ]);
  if (mended === undefined) {
    throw new OperatingError("invalid", "A change points to a place that the claim does not have.");
  }
  return mended;
}

/** The claim as it would go out, or why it is held. */
async function check(
  app: App,
  actor: Actor,
  mended: Encounter,
  claim: ClaimDoc,
): Promise<{ ready: Ready | undefined; findings: readonly Finding[] }> {
  const shaped = encounterCheck()(mended);
  if (shaped.encounter === undefined) return { ready: undefined, findings: shaped.findings };
  const [edited] = checkClaims([shaped.encounter], {
    today: today(app),
    codeSets: await codeSetsFor(app, [shaped.encounter]),
    before: await submittedBefore(app, actor, [shaped.encounter], claim._id),
  }).map(withContact);
  if (edited === undefined) throw new Error("one encounter has one verdict");
  const findings = [...shaped.findings, ...edited.findings];
  if (edited.held) return { ready: undefined, findings };
  const built = buildClaim(edited.encounter, {
    patientControlNumber: claim.claim.patientControlNumber,
    lineControlNumber: (index) => String(index + 1),
  });
  const ready = { encounter: edited.encounter, claim: built, edited, mends: claim._id };
  return { ready, findings };
}

/** The item waits for the payer's answer; who was first at it makes the whole resubmission begin anew or fail. */
async function awaitAnswer(
  app: App,
  actor: Actor,
  item: WorkItemDoc,
  frequencyCode: string,
  session: ClientSession,
): Promise<void> {
  const moved = wait(item, {
    version: item.version,
    by: actor.id,
    at: app.now().toISOString(),
    until: addDays(today(app), ANSWER_DAYS),
    text: `Corrected and sent again, frequency ${frequencyCode}.`,
  });
  if ("refusal" in moved) throw new OperatingError("state", "The item cannot wait now.");
  await replaceItem(app, actor, item, moved.item, session);
  await recordAudit(
    app,
    actor,
    {
      action: "work-item.resubmit",
      entity: { type: "work-item", id: item.id },
      purpose: "payment",
      outcome: "success",
    },
    session,
  );
}
