import type { ClientSession } from "mongoose";
import {
  type ClaimBatch,
  type GeneratedBatch,
  generateBatch,
  type PreparedClaim,
} from "../../billing/claims/index.ts";
import { sumOf } from "../../billing/money/index.ts";
import type { BatchDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { placeClaims, type Ready } from "../claims/place-claims.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import { releaseParked } from "../posting/release-parked.ts";
import { keepFile } from "./keep-file.ts";

/** An 837 file that was generated. */
export interface GeneratedFile {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** What files of claims are called, by kind of claim. */
const FILE_KINDS = { professional: "837P", institutional: "837I", dental: "837D" } as const;

/**
 * Writes, keeps and stores one batch: its 837 file, claims, charges, encounters and audit events. `alongside` is stored
 * with it or not at all.
 */
export async function sendBatch(
  app: App,
  actor: Actor,
  batch: ClaimBatch,
  tell: Tell,
  alongside: (session: ClientSession) => Promise<void> = async () => undefined,
): Promise<{ file: GeneratedFile; sets: number }> {
  const claims = batch.claims as readonly Ready[];
  const numbers = await controlNumbers(app, actor, claims.length);
  const generated = writeBatch(app, batch, numbers);
  if (generated.text === "") {
    throw new Error("a repaired encounter still holds a delimiter: nothing was sent");
  }
  const name = `${FILE_KINDS[batch.kind]}-${numbers.interchange}.edi`;
  const open = async function* () {
    yield Buffer.from(generated.text, "utf8");
  };
  const fileId = await keepFile(app, actor, "out", name, open);
  await app.store.transaction(async (session) => {
    await storeBatch(app, actor, { claims, generated, numbers, fileId }, session);
    await alongside(session);
  });
  for (const { claim } of claims) {
    tell({
      kind: "claim",
      patientControlNumber: claim.patientControlNumber,
      payer: claim.payer.name,
      payerSequence: claim.payer.sequence,
      frequencyCode: claim.frequencyCode,
      serviceDateFrom: claim.serviceDateFrom ?? null,
      chargeCents: claim.chargeCents,
      lines: claim.lines.length,
      outcome: "generated",
      file: name,
    });
  }
  tell({
    kind: "batch",
    file: name,
    payerId: batch.payerId,
    claims: claims.length,
    chargeCents: sumOf(claims, ({ claim }) => claim.chargeCents),
    interchangeControlNumber: numbers.interchange,
  });
  return { file: { id: fileId, name, text: generated.text }, sets: generated.sets.length };
}

interface ControlNumbers {
  readonly interchange: string;
  readonly group: string;
  readonly firstSet: number;
}

/** The next persistent control numbers; a number is never used twice, even when its batch fails. */
async function controlNumbers(app: App, actor: Actor, claims: number): Promise<ControlNumbers> {
  const { counters } = app.store.practice(actor.practiceId);
  const interchange = await counters.increment("interchange", 1);
  const group = await counters.increment("group", 1);
  const sets = Math.max(1, claims);
  const lastSet = await counters.increment("set", sets);
  return {
    interchange: String(interchange).padStart(9, "0"),
    group: String(group),
    firstSet: lastSet - sets + 1,
  };
}

/** How the two ends of an interchange are named. */
function partnersOf({ encounter, claim }: PreparedClaim) {
  const { submitter, receiver, billing } = encounter;
  return {
    senderId: submitter?.submitterIdentification ?? billing.npi ?? "CLAIMWRIGHT",
    receiverId: receiver?.receiverId ?? claim.payer.id,
  };
}

function writeBatch(app: App, batch: ClaimBatch, numbers: ControlNumbers): GeneratedBatch {
  const [first] = batch.claims;
  if (first === undefined) throw new Error("a batch holds at least one claim");
  const { submitter, receiver, billing } = first.encounter;
  const { senderId, receiverId } = partnersOf(first);
  const now = app.now().toISOString();
  return generateBatch(batch.claims, {
    submitter: {
      organizationName: submitter?.organizationName ?? first.claim.billingProvider.name,
      id: senderId,
      contact: submitter?.contactInformation ?? billing.contactInformation ?? {},
    },
    receiver: {
      organizationName: receiver?.organizationName ?? first.claim.payer.name,
      id: receiverId,
    },
    sender: { qualifier: "ZZ", id: senderId.slice(0, 15), code: senderId.slice(0, 15) },
    addressee: { qualifier: "ZZ", id: receiverId.slice(0, 15), code: receiverId.slice(0, 15) },
    usage: batch.usage,
    interchangeControlNumber: numbers.interchange,
    groupControlNumber: numbers.group,
    setControlNumber: (index) => String(numbers.firstSet + index).padStart(4, "0"),
    date: now.slice(0, 10),
    time: now.slice(11, 16).replace(":", ""),
    acknowledgmentRequested: true,
  });
}

interface SentBatch {
  readonly claims: readonly Ready[];
  readonly generated: GeneratedBatch;
  readonly numbers: ControlNumbers;
  readonly fileId: string;
}

/** Batches, claims, charges, encounters and audit events of one file, in one transaction. */
async function storeBatch(
  app: App,
  actor: Actor,
  sent: SentBatch,
  session: ClientSession,
): Promise<void> {
  const practice = app.store.practice(actor.practiceId);
  const byNumber = new Map(
    sent.claims.map((ready) => [ready.claim.patientControlNumber, ready] as const),
  );
  const stored: { readonly _id: string; readonly patientId: string }[] = [];
  for (const set of sent.generated.sets) {
    const claims = set.patientControlNumbers.flatMap((number) => byNumber.get(number) ?? []);
    const batch = batchDoc(app, sent, set.controlNumber, claims);
    await practice.batches.insert([batch], session);
    stored.push(...(await placeClaims(app, actor, claims, batch, session)));
  }
  await recordAudit(
    app,
    actor,
    stored.map(({ _id, patientId }) => ({
      action: "claim.generate",
      entity: { type: "claim", id: _id },
      patientId,
      purpose: "payment" as const,
      outcome: "success" as const,
      detail: { file: sent.fileId },
    })),
    session,
  );
  const claimIds = stored.map(({ _id }) => _id);
  await releaseParked(app, actor, claimIds, session, () => undefined);
}

function batchDoc(
  app: App,
  { numbers, fileId }: SentBatch,
  setControlNumber: string,
  claims: readonly Ready[],
): Omit<BatchDoc, "practiceId"> {
  const [first] = claims;
  if (first === undefined) throw new Error("a set holds at least one claim");
  const partners = partnersOf(first);
  return {
    _id: app.newId(),
    interchangeControlNumber: numbers.interchange,
    groupControlNumber: numbers.group,
    setControlNumber,
    senderId: partners.senderId.slice(0, 15),
    receiverId: partners.receiverId.slice(0, 15),
    payerName: first.claim.payer.name,
    claims: claims.length,
    chargeCents: sumOf(claims, ({ claim }) => claim.chargeCents),
    fileId,
    source: "generated",
    status: "sent",
    at: app.now(),
  };
}
