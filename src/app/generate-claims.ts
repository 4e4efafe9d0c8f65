import { createHash } from "node:crypto";
import type { ClientSession } from "mongoose";
import {
  batchClaims,
  buildClaim,
  type ClaimBatch,
  checkClaims,
  type EditedEncounter,
  type GeneratedBatch,
  generateBatch,
  type PreparedClaim,
  type SubmittedBefore,
  serviceKeys,
} from "../billing/claims/index.ts";
import {
  compileEncounterCheck,
  type Encounter,
  type EncounterCheck,
  parseEncounters,
} from "../billing/intake/index.ts";
import { sumOf } from "../billing/money/index.ts";
import type { Finding } from "../edi/x12/index.ts";
import { readSchema } from "../platform/config/index.ts";
import type { BatchDoc, EncounterDoc } from "../platform/store/index.ts";
import { recordAudit } from "./audit.ts";
import { newClaim } from "./claim-record.ts";
import { codeSetsFor } from "./code-sets.ts";
import type { Actor, App } from "./context.ts";
import type { Tell } from "./events.ts";
import { journalDoc } from "./journal-entry.ts";
import { keepFile } from "./keep-file.ts";
import { releaseParked } from "./post-payments.ts";
import { today } from "./today.ts";

/** What `generate` came to; the last line of `generate --json` (docs/cli.md). */
export interface GenerateSummary {
  readonly kind: "summary";
  readonly encounters: number;
  readonly claims: number;
  readonly held: number;
  readonly batches: number;
  readonly transactionSets: number;
  readonly findings: number;
  readonly chargeCents: number;
}

/** An 837 file that was generated. */
export interface GeneratedFile {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

let encounterCheck: EncounterCheck | undefined;

/**
 * Turns encounters (JSON text: one, an array, or one a line) into claims and 837P files, one a payer. What an
 * edit holds is stored as held, with its findings in words, and nothing of it is sent.
 */
export async function generateClaims(
  app: App,
  actor: Actor,
  text: string,
  tell: Tell,
): Promise<{ summary: GenerateSummary; files: readonly GeneratedFile[] }> {
  encounterCheck ??= compileEncounterCheck(readSchema("encounter"));
  const parsed = parseEncounters(text);
  const findings: Finding[] = [];
  const report = (finding: Finding, pointer: string, externalId?: string) => {
    if (finding.severity === "error" || finding.severity === "warning") findings.push(finding);
    tell({ kind: "finding", ...finding, encounter: pointer, externalId: externalId ?? null });
  };
  for (const finding of parsed.findings) report(finding, "");
  const shaped: { encounter: Encounter; pointer: string }[] = [];
  let held = 0;
  for (const { value, pointer } of parsed.encounters) {
    const checked = encounterCheck(value);
    for (const finding of checked.findings) report(finding, pointer);
    if (checked.encounter === undefined) held += 1;
    else shaped.push({ encounter: checked.encounter, pointer });
  }
  const encounters = shaped.map(({ encounter }) => encounter);
  const edited = checkClaims(encounters, {
    today: today(app),
    codeSets: await codeSetsFor(app, encounters),
    before: await submittedBefore(app, actor, encounters),
  });
  for (const [index, { encounter, findings: own }] of edited.entries()) {
    for (const finding of own) {
      report(finding, shaped[index]?.pointer ?? "", encounter.externalId);
    }
  }
  const refused = edited.filter((each) => each.held);
  await holdEncounters(app, actor, refused);
  held += refused.length;
  const accepted = edited.filter((each) => !each.held);
  const prepared = await prepare(app, actor, accepted);
  const files: GeneratedFile[] = [];
  let sets = 0;
  for (const batch of batchClaims(prepared)) {
    const sent = await sendBatch(app, actor, batch, tell);
    files.push(sent.file);
    sets += sent.sets;
  }
  const summary: GenerateSummary = {
    kind: "summary",
    encounters: parsed.encounters.length,
    claims: prepared.length,
    held,
    batches: files.length,
    transactionSets: sets,
    findings: findings.length,
    chargeCents: sumOf(prepared, ({ claim }) => claim.chargeCents),
  };
  return { summary, files };
}

/** What the store holds of these encounters' ids, claim numbers and services. */
async function submittedBefore(
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
async function holdEncounters(
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

/** An accepted encounter with its claim; both are stored when its batch goes out. */
interface Ready extends PreparedClaim {
  readonly edited: EditedEncounter;
}

/** Claims from accepted encounters; a claim number that is missing comes from the practice's counter. */
async function prepare(
  app: App,
  actor: Actor,
  accepted: readonly EditedEncounter[],
): Promise<Ready[]> {
  const { counters } = app.store.practice(actor.practiceId);
  const nameless = accepted.filter(
    ({ encounter }) => encounter.claimInformation.patientControlNumber === undefined,
  ).length;
  let next = nameless === 0 ? 0 : (await counters.increment("claim", nameless)) - nameless;
  return accepted.map((edited) => {
    const { encounter } = edited;
    const given = encounter.claimInformation.patientControlNumber;
    if (given === undefined) next += 1;
    const claim = buildClaim(encounter, {
      patientControlNumber: given ?? `CW${String(next).padStart(9, "0")}`,
      lineControlNumber: (index) => String(index + 1),
    });
    return { encounter, claim, edited };
  });
}

async function sendBatch(
  app: App,
  actor: Actor,
  batch: ClaimBatch,
  tell: Tell,
): Promise<{ file: GeneratedFile; sets: number }> {
  const claims = batch.claims as readonly Ready[];
  const numbers = await controlNumbers(app, actor, claims.length);
  const generated = writeBatch(app, batch, numbers);
  if (generated.text === "") {
    throw new Error("a repaired encounter still holds a delimiter: nothing was sent");
  }
  const name = `837P-${numbers.interchange}.edi`;
  const open = async function* () {
    yield Buffer.from(generated.text, "utf8");
  };
  const fileId = await keepFile(app, actor, "out", name, open);
  await app.store.transaction((session) =>
    storeBatch(app, actor, { claims, generated, numbers, fileId }, session),
  );
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

function writeBatch(app: App, batch: ClaimBatch, numbers: ControlNumbers): GeneratedBatch {
  const [first] = batch.claims;
  if (first === undefined) throw new Error("a batch holds at least one claim");
  const { submitter, receiver, billing } = first.encounter;
  const senderId = submitter?.submitterIdentification ?? billing.npi ?? "CLAIMWRIGHT";
  const receiverId = receiver?.receiverId ?? batch.payerId;
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
  const claimIds: string[] = [];
  for (const set of sent.generated.sets) {
    const claims = set.patientControlNumbers.flatMap((number) => byNumber.get(number) ?? []);
    const batch = batchDoc(app, sent, set.controlNumber, claims);
    const made = claims.map((ready) => ({ ready, ...newClaim(app, ready.claim, batch) }));
    await practice.batches.insert([batch], session);
    await practice.claims.insert(
      made.map(({ doc }) => doc),
      session,
    );
    await practice.journal.insert(
      made
        .filter(({ journal }) => journal.length > 0)
        .map(({ doc, journal }) =>
          journalDoc(app, "charge", journal, { claimId: doc._id, effectiveDate: today(app) }),
        ),
      session,
    );
    for (const { ready, doc } of made) await claimEncounter(app, actor, ready, doc._id, session);
    claimIds.push(...made.map(({ doc }) => doc._id));
  }
  await recordAudit(
    app,
    actor,
    claimIds.map((id) => ({
      action: "claim.generate",
      entity: { type: "claim", id },
      patientId: id,
      purpose: "payment" as const,
      outcome: "success" as const,
      detail: { file: sent.fileId },
    })),
    session,
  );
  await releaseParked(app, actor, claimIds, session, () => undefined);
}

/** The encounter becomes claimed; a held self of the same external id is replaced. */
async function claimEncounter(
  app: App,
  actor: Actor,
  ready: Ready,
  claimId: string,
  session: ClientSession,
): Promise<void> {
  const { encounters } = app.store.practice(actor.practiceId);
  const { _id, ...set } = encounterDoc(app, ready.edited, "claimed", claimId);
  const filter = { externalId: set.externalId, status: "held" };
  const replaced = await encounters.update(filter, { $set: set }, session);
  if (!replaced) await encounters.insert([{ _id, ...set }], session);
}

function batchDoc(
  app: App,
  { numbers, fileId }: SentBatch,
  setControlNumber: string,
  claims: readonly Ready[],
): Omit<BatchDoc, "practiceId"> {
  const [first] = claims;
  return {
    _id: app.newId(),
    interchangeControlNumber: numbers.interchange,
    groupControlNumber: numbers.group,
    setControlNumber,
    senderId: first?.encounter.submitter?.submitterIdentification ?? "",
    receiverId: first?.encounter.receiver?.receiverId ?? "",
    payerName: first?.claim.payer.name ?? "",
    claims: claims.length,
    chargeCents: sumOf(claims, ({ claim }) => claim.chargeCents),
    fileId,
    source: "generated",
    status: "sent",
    at: app.now(),
  };
}
