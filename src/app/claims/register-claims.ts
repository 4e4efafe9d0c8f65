import type { ClientSession } from "mongoose";
import { type Claim, readClaims } from "../../billing/claims/index.ts";
import type { JournalKind, JournalLine } from "../../billing/ledger/index.ts";
import { sumOf } from "../../billing/money/index.ts";
import type { EdiEvent, TransactionSet } from "../../edi/guides/index.ts";
import type { BatchDoc, ClaimDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import type { Happening, Tell } from "../events.ts";
import type { IngestDesk } from "../exchange/ingest-desk.ts";
import { tellFinding } from "../exchange/ingest-summary.ts";
import { journalDoc } from "../posting/journal-entry.ts";
import { releaseParked } from "../posting/release-parked.ts";
import { today } from "../today.ts";
import {
  chargesOf,
  type NewClaim,
  newClaim,
  resend,
  supersede,
  takesPlace,
} from "./claim-record.ts";
import { indexPatient } from "./index-patient.ts";

/** Claims stored in one transaction. */
const CHUNK = 500;

/** Takes the 837s out of a file: their claims were sent elsewhere, and remittances can be posted to them. */
export class RegisterClaims {
  readonly #desk: IngestDesk;
  #claims: Claim[] = [];

  constructor(desk: IngestDesk) {
    this.#desk = desk;
  }

  /** Takes the next event of the file; everything that is not of an 837 passes by. */
  async take(event: EdiEvent): Promise<void> {
    if (event.kind === "transactionSet" && event.set.id === "837") {
      this.#claims = [];
    } else if (event.kind === "loop" && event.set.id === "837") {
      const { claim, findings } = readClaims(event.loop, event.set);
      this.#desk.counts.claims += 1;
      for (const finding of findings) tellFinding(finding, this.#desk.counts, this.#desk.tell);
      if (claim !== undefined) this.#claims.push(claim);
    } else if (event.kind === "transactionSetEnd" && event.set.id === "837") {
      if (!event.intact) return;
      await this.#register(event.set);
      this.#claims = [];
    }
  }

  async #register(set: TransactionSet): Promise<void> {
    const batch = batchOf(this.#desk.app, set, this.#claims, this.#desk.fileId);
    let stored = 0;
    for (let from = 0; from < this.#claims.length; from += CHUNK) {
      const chunk = this.#claims.slice(from, from + CHUNK);
      const told: Parameters<Tell>[0][] = [];
      const done = await this.#desk.app.store.transaction(async (session) => {
        told.length = 0;
        return registerChunk(this.#desk.app, this.#desk.actor, chunk, batch, session, (one) =>
          told.push(one),
        );
      });
      for (const one of told) {
        if (one.kind === "finding" && one.severity !== "information")
          this.#desk.counts.findings += 1;
        this.#desk.tell(one);
      }
      stored += done.stored;
      this.#desk.counts.released += done.released;
    }
    if (stored === 0 && this.#claims.length > 0) this.#desk.counts.duplicates += 1;
  }
}

function batchOf(
  app: App,
  set: TransactionSet,
  claims: readonly Claim[],
  fileId: string,
): Omit<BatchDoc, "practiceId"> {
  return {
    _id: app.newId(),
    interchangeControlNumber: set.interchange.controlNumber,
    groupControlNumber: set.group.controlNumber,
    setControlNumber: set.controlNumber,
    senderId: set.interchange.senderId,
    receiverId: set.interchange.receiverId,
    payerName: claims[0]?.payer.name ?? "",
    claims: claims.length,
    chargeCents: sumOf(claims, (claim) => claim.chargeCents),
    fileId,
    source: "registered",
    status: "sent",
    at: app.now(),
  };
}

/** What a chunk of claims changes, gathered before it is written. */
interface Registry {
  readonly added: Map<string, NewClaim>;
  readonly changed: Map<string, { doc: ClaimDoc; version: number }>;
  readonly journal: ReturnType<typeof journalDoc>[];
}

async function registerChunk(
  app: App,
  actor: Actor,
  claims: readonly Claim[],
  batch: Omit<BatchDoc, "practiceId">,
  session: ClientSession,
  tell: Tell,
): Promise<{ stored: number; released: number }> {
  const practice = app.store.practice(actor.practiceId);
  const known = await findKnown(app, actor, claims, session);
  const registry: Registry = { added: new Map(), changed: new Map(), journal: [] };
  for (const claim of claims) tell(registerOne(app, claim, batch, known, registry));
  const added = [...registry.added.values()].map((doc) => indexPatient(app, actor, doc));
  const changed = [...registry.changed.values()].map(({ doc, version }) => ({
    doc: indexPatient(app, actor, doc),
    version,
  }));
  if (
    added.length + changed.length > 0 &&
    !(await practice.batches.findOne({ _id: batch._id }, { session }))
  ) {
    await practice.batches.insert([batch], session);
  }
  await practice.claims.insert(added, session);
  await practice.claims.replace(
    changed.map(({ doc, version }) => ({ document: doc, version })),
    session,
  );
  await practice.journal.insert(registry.journal, session);
  await recordAudit(
    app,
    actor,
    [...added, ...changed.map(({ doc }) => doc)].map((doc) => ({
      action: "claim.register",
      entity: { type: "claim", id: doc._id },
      patientId: doc.patientId,
      purpose: "payment" as const,
      outcome: "success" as const,
      detail: { batch: batch._id },
    })),
    session,
  );
  const ids = [...added, ...changed.map(({ doc }) => doc)].map(({ _id }) => _id);
  const released = ids.length > 0 ? await releaseParked(app, actor, ids, session, tell) : 0;
  return { stored: ids.length, released };
}

interface Known {
  readonly byControlNumber: Map<string, ClaimDoc>;
  readonly byPayerNumber: Map<string, ClaimDoc>;
}

async function findKnown(
  app: App,
  actor: Actor,
  claims: readonly Claim[],
  session: ClientSession,
): Promise<Known> {
  const practice = app.store.practice(actor.practiceId);
  const numbers = claims.map((claim) => claim.patientControlNumber);
  const docs = await practice.claims.find({ patientControlNumbers: { $in: numbers } }, { session });
  const originals = claims.flatMap(({ originalReference }) => originalReference ?? []);
  const replaced =
    originals.length === 0
      ? []
      : await practice.claims.find({ payerClaimControlNumbers: { $in: originals } }, { session });
  return {
    byControlNumber: new Map(
      docs.flatMap((doc) => doc.patientControlNumbers.map((number) => [number, doc] as const)),
    ),
    byPayerNumber: new Map(
      replaced.flatMap((doc) =>
        doc.payerClaimControlNumbers.map((number) => [number, doc] as const),
      ),
    ),
  };
}

function registerOne(
  app: App,
  claim: Claim,
  batch: Omit<BatchDoc, "practiceId">,
  known: Known,
  registry: Registry,
): Happening {
  const number = claim.patientControlNumber;
  if (number === "" || /^0+$/.test(number)) {
    return refused("control-number-missing", "names no claim number (CLM01)");
  }
  const added = registry.added.get(number);
  if (added !== undefined) return registerRepeated(app, added, claim, batch, registry);
  const found = known.byControlNumber.get(number);
  const earlier = found && (registry.changed.get(found._id)?.doc ?? found);
  if (earlier !== undefined) return registerAgain(app, earlier, claim, batch, registry);
  const original = known.byPayerNumber.get(claim.originalReference ?? "");
  if (original !== undefined && claim.frequencyCode !== "1") {
    const step = supersede(app, registry.changed.get(original._id)?.doc ?? original, claim);
    change(app, registry, original.version, step, "superseded");
  }
  const { doc, journal } = newClaim(app, claim, batch);
  registry.added.set(number, doc);
  if (journal.length > 0) registry.journal.push(chargeEntry(app, doc._id, journal, "charge"));
  return claimEvent(claim, "registered");
}

/** A claim number that stands twice in one file: for its next payer, replaced at once, or a mistake. */
function registerRepeated(
  app: App,
  added: NewClaim,
  claim: Claim,
  batch: Omit<BatchDoc, "practiceId">,
  registry: Registry,
): Happening {
  const nextPayer =
    chargesOf(added.claim) === chargesOf(claim) &&
    !added.submissions.some(({ sequence }) => sequence === claim.payer.sequence);
  if (!nextPayer && !takesPlace(added, claim)) {
    return refused("control-number-repeated", "repeats a claim number of this file");
  }
  const { doc, journal } = resend(app, added, claim, batch);
  registry.added.set(claim.patientControlNumber, doc);
  if (journal.length > 0) registry.journal.push(chargeEntry(app, doc._id, journal, "superseded"));
  return claimEvent(claim, "resent");
}

/** A claim number that is known already: the same sending, a further payer, a replacement, or a misuse. */
function registerAgain(
  app: App,
  earlier: ClaimDoc,
  claim: Claim,
  batch: Omit<BatchDoc, "practiceId">,
  registry: Registry,
): Happening {
  const charges = chargesOf(claim);
  const sent = earlier.submissions.some(
    (submission) =>
      submission.sequence === claim.payer.sequence &&
      submission.frequencyCode === claim.frequencyCode &&
      submission.charges === charges,
  );
  if (sent) return claimEvent(claim, "duplicate");
  const replacement = takesPlace(earlier, claim);
  if (!replacement && chargesOf(earlier.claim) !== charges) {
    return refused("control-number-reused", "has a claim number that another claim carries");
  }
  const step = resend(app, earlier, claim, batch);
  change(app, registry, earlier.version, step, replacement ? "superseded" : "charge");
  return claimEvent(claim, "resent");
}

function change(
  app: App,
  registry: Registry,
  version: number,
  step: { doc: ClaimDoc; journal: readonly JournalLine[] },
  kind: JournalKind,
): void {
  registry.changed.set(step.doc._id, { doc: step.doc, version });
  if (step.journal.length > 0) {
    registry.journal.push(chargeEntry(app, step.doc._id, step.journal, kind));
  }
}

function chargeEntry(app: App, claimId: string, lines: readonly JournalLine[], kind: JournalKind) {
  return journalDoc(app, kind, lines, { claimId, effectiveDate: today(app) });
}

function claimEvent(claim: Claim, outcome: string) {
  return {
    kind: "claim",
    patientControlNumber: claim.patientControlNumber,
    payer: claim.payer.name,
    payerSequence: claim.payer.sequence,
    frequencyCode: claim.frequencyCode,
    serviceDateFrom: claim.serviceDateFrom ?? null,
    chargeCents: claim.chargeCents,
    lines: claim.lines.length,
    outcome,
  };
}

function refused(code: string, problem: string): Happening {
  return {
    kind: "finding",
    severity: "error",
    code,
    snip: 4,
    loop: "2300",
    segment: "CLM",
    element: 1,
    message: `A claim ${problem}; it was not registered.`,
    fix: "Give every claim a number of its own.",
  };
}
