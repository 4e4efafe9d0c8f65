import { createHash } from "node:crypto";
import type { ClientSession } from "mongoose";
import { draftRejection, type WorkItemDraft } from "../../billing/denials/index.ts";
import {
  type ClaimAcknowledgement,
  type EdiEvent,
  type Loop,
  read277ca,
  readGroupAcknowledgement,
  readTa1,
} from "../../edi/guides/index.ts";
import type { BatchDoc, ClaimDoc, Submission } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { projectClaim, receivableOf } from "../claims/claim-projection.ts";
import type { App } from "../context.ts";
import { openItems } from "../denials/open-work-items.ts";
import type { Tell } from "../events.ts";
import { today } from "../today.ts";
import type { IngestDesk } from "./ingest-desk.ts";

/** How an acknowledgement leaves a sending. */
type SubmissionStatus = Submission["status"];

/** IK501 and AK901, TA104: what each status does to a sending. */
const SET_STATUS: Readonly<Record<string, SubmissionStatus>> = {
  A: "received",
  E: "received",
  P: "received",
  R: "rejected",
  M: "rejected",
  W: "rejected",
  X: "rejected",
};

/** 277CA status categories (DENIALS 5). A0 and A1 are receipts, A2 and A5 accept, the others reject. */
const CATEGORY_STATUS: Readonly<Record<string, SubmissionStatus>> = {
  A0: "received",
  A1: "received",
  A2: "accepted",
  A5: "accepted",
  A3: "rejected",
  A4: "rejected",
  A6: "rejected",
  A7: "rejected",
  A8: "rejected",
};

/** Follows the answers to our 837s: TA1 to the interchange, 999 or 997 to the set, 277CA to the claim. */
export class TakeAcknowledgements {
  readonly #desk: IngestDesk;
  #claims: ClaimAcknowledgement[] = [];

  constructor(desk: IngestDesk) {
    this.#desk = desk;
  }

  /** Takes the next event of the file; everything that acknowledges nothing passes by. */
  async take(event: EdiEvent): Promise<void> {
    if (event.kind === "interchangeAcknowledgement") {
      const ta1 = readTa1(event.segment);
      const digest = digestOf("TA1", event.segment.toString());
      const { interchangeControlNumber } = ta1;
      await this.#batches("TA1", digest, ta1.status, event.interchange.receiverId, {
        interchangeControlNumber,
      });
    } else if (event.kind === "loop" && event.set.guide?.name === "277CA") {
      this.#claims.push(read277ca(event.loop));
    } else if (event.kind === "transactionSetEnd" && event.intact) {
      const { id, guide, interchange } = event.set;
      if (id === "999" || id === "997")
        await this.#takeGroup(id, event.root, interchange.receiverId);
      if (guide?.name === "277CA") await this.#take277(event.root);
    }
  }

  async #takeGroup(kind: "999" | "997", root: Loop, receiverId: string): Promise<void> {
    const answer = readGroupAcknowledgement(root);
    const digest = digestOf(kind, `${receiverId}\n${textOf(root)}`);
    const { groupControlNumber } = answer;
    if (answer.sets.length === 0) {
      await this.#batches(kind, digest, answer.status, receiverId, { groupControlNumber });
      return;
    }
    for (const set of answer.sets) {
      await this.#batches(kind, `${digest}:${set.controlNumber}`, set.status, receiverId, {
        groupControlNumber,
        setControlNumber: set.controlNumber,
      });
    }
  }

  /** An answer to whole sets: every claim of each takes its status. */
  async #batches(
    kind: "TA1" | "999" | "997",
    digest: string,
    code: string,
    receiverId: string,
    filter: Record<string, string>,
  ): Promise<void> {
    const status = SET_STATUS[code];
    const app = this.#desk.app;
    const practice = app.store.practice(this.#desk.actor.practiceId);
    this.#desk.counts.acknowledgements += 1;
    const told: Parameters<Tell>[0][] = [];
    const duplicate = await app.store.transaction(async (session) => {
      told.length = 0;
      if (await practice.acknowledgements.findOne({ digest }, { session })) return true;
      const batches = sentBy(receiverId, await practice.batches.find(filter, { session }));
      for (const batch of batches) {
        if (status !== undefined) await this.#takeBatch(batch, status, kind, session, told);
      }
      told.push({
        kind: "acknowledgement",
        acknowledgement: kind,
        status: code,
        batches: batches.length,
        ...filter,
      });
      await practice.acknowledgements.insert(
        [{ _id: app.newId(), digest, kind, status: code, at: app.now() }],
        session,
      );
      return false;
    });
    if (duplicate) this.#desk.counts.duplicates += 1;
    for (const one of told) this.#desk.tell(one);
  }

  async #takeBatch(
    batch: BatchDoc,
    status: SubmissionStatus,
    kind: "TA1" | "999" | "997",
    session: ClientSession,
    told: Parameters<Tell>[0][],
  ): Promise<void> {
    const practice = this.#desk.app.store.practice(this.#desk.actor.practiceId);
    await practice.batches.update({ _id: batch._id }, { $set: { status } }, session);
    const claims = await practice.claims.find({ "submissions.batchId": batch._id }, { session });
    const drafts: WorkItemDraft[] = [];
    const changes = claims.map((claim) => {
      const draft =
        status === "rejected"
          ? rejection(this.#desk.app, claim, { acknowledgement: kind })
          : undefined;
      if (draft !== undefined) drafts.push(draft);
      const of = (submission: Submission) => submission.batchId === batch._id;
      const document = withStatus(this.#desk.app, claim, of, status, `${kind} ${status}`);
      return { document, version: claim.version };
    });
    await practice.claims.replace(changes, session);
    await openItems(this.#desk.app, this.#desk.actor, drafts, session, (one) => told.push(one));
    await this.#audit(claims, session);
  }

  async #take277(root: Loop): Promise<void> {
    const acknowledged = this.#claims;
    this.#claims = [];
    const app = this.#desk.app;
    const practice = app.store.practice(this.#desk.actor.practiceId);
    const digest = digestOf("277CA", `${textOf(root)}${JSON.stringify(acknowledged)}`);
    const told: Parameters<Tell>[0][] = [];
    const duplicate = await app.store.transaction(async (session) => {
      told.length = 0;
      if (await practice.acknowledgements.findOne({ digest }, { session })) return true;
      await this.#takeClaims(acknowledged, session, told);
      await practice.acknowledgements.insert(
        [{ _id: app.newId(), digest, kind: "277CA", status: "", at: app.now() }],
        session,
      );
      return false;
    });
    this.#desk.counts.acknowledgements += acknowledged.length;
    if (duplicate) this.#desk.counts.duplicates += 1;
    for (const one of told) this.#desk.tell(one);
  }

  async #takeClaims(
    acknowledged: readonly ClaimAcknowledgement[],
    session: ClientSession,
    told: Parameters<Tell>[0][],
  ): Promise<void> {
    const practice = this.#desk.app.store.practice(this.#desk.actor.practiceId);
    const numbers = acknowledged.map((each) => each.patientControlNumber);
    const docs = await practice.claims.find(
      { patientControlNumbers: { $in: numbers } },
      { session },
    );
    const byNumber = new Map(
      docs.flatMap((doc) => doc.patientControlNumbers.map((number) => [number, doc] as const)),
    );
    const drafts: WorkItemDraft[] = [];
    const changed = new Map<string, { document: ClaimDoc; version: number }>();
    for (const answer of acknowledged) {
      const stored = byNumber.get(answer.patientControlNumber);
      const claim = stored && (changed.get(stored._id)?.document ?? stored);
      told.push(claimAnswer(answer, claim !== undefined));
      const status = CATEGORY_STATUS[answer.category];
      if (claim === undefined || status === undefined) continue;
      const draft = rejection(this.#desk.app, claim, { acknowledgement: "277CA", answer });
      if (draft !== undefined) drafts.push(draft);
      const of = (submission: Submission) =>
        submission.patientControlNumber === answer.patientControlNumber;
      const doc = withStatus(this.#desk.app, claim, of, status, `277CA ${answer.category}`);
      const payerClaimControlNumbers = withNumber(doc, answer.payerClaimControlNumber);
      const { version } = claim;
      changed.set(doc._id, { document: { ...doc, payerClaimControlNumbers }, version });
    }
    await practice.claims.replace([...changed.values()], session);
    await openItems(this.#desk.app, this.#desk.actor, drafts, session, (one) => told.push(one));
    await this.#audit(docs, session);
  }

  async #audit(claims: readonly ClaimDoc[], session: ClientSession): Promise<void> {
    const drafts = claims.map((claim) => ({
      action: "claim.acknowledge",
      entity: { type: "claim", id: claim._id },
      patientId: claim.patientId,
      purpose: "payment" as const,
      outcome: "success" as const,
    }));
    await recordAudit(this.#desk.app, this.#desk.actor, drafts, session);
  }
}

function claimAnswer(answer: ClaimAcknowledgement, matched: boolean) {
  return {
    kind: "acknowledgement",
    acknowledgement: "277CA",
    patientControlNumber: answer.patientControlNumber,
    category: answer.category,
    status: answer.status,
    entity: answer.entity,
    payerClaimControlNumber: answer.payerClaimControlNumber,
    matched,
  };
}

/** The claim with the sending's new status, its projection and its story. */
function withStatus(
  app: App,
  claim: ClaimDoc,
  of: (submission: Submission) => boolean,
  status: SubmissionStatus,
  detail: string,
): ClaimDoc {
  const submissions = claim.submissions.map((each) =>
    of(each) ? { ...each, status: laterOf(each.status, status) } : each,
  );
  const projection = projectClaim(receivableOf(claim), claim.adjudications, submissions);
  const timeline = [...claim.timeline, { at: app.now().toISOString(), event: status, detail }];
  return { ...claim, submissions, status: projection.status, timeline };
}

/** A receipt that comes after the payer's own answer takes nothing back: the file reached it long ago. */
function laterOf(known: SubmissionStatus, next: SubmissionStatus): SubmissionStatus {
  return next === "received" && known !== "sent" ? known : next;
}

/** The payer's numbers of a claim with one more, where it is new. */
function withNumber(claim: ClaimDoc, number: string): readonly string[] {
  const known = claim.payerClaimControlNumbers;
  return number === "" || known.includes(number) ? known : [...known, number];
}

/** The batches of the sender that an answer goes to, where its identifier came back as it was sent. */
function sentBy(receiverId: string, batches: readonly BatchDoc[]): readonly BatchDoc[] {
  const own = batches.filter(({ senderId }) => senderId === receiverId);
  return own.length > 0 ? own : batches;
}

function rejection(
  app: App,
  claim: ClaimDoc,
  by: { acknowledgement: "TA1" | "999" | "997" | "277CA"; answer?: ClaimAcknowledgement },
): WorkItemDraft | undefined {
  const { payer, patientControlNumber, serviceDateFrom, chargeCents } = claim.claim;
  return draftRejection({
    claim: {
      payer: { id: payer.id, name: payer.name },
      filingIndicatorCode: payer.filingIndicatorCode,
      patientControlNumber: by.answer?.patientControlNumber ?? patientControlNumber,
      serviceDateFrom,
      claimId: claim._id,
    },
    today: today(app),
    acknowledgement: by.acknowledgement,
    categoryCode: by.answer?.category,
    statusCodes: by.answer?.statuses.map(({ status }) => status),
    entityCode: by.answer?.entity,
    chargeCents,
  });
}

function digestOf(kind: string, text: string): string {
  return createHash("sha256").update(`${kind}\n${text}`).digest("hex");
}

function textOf(root: Loop): string {
  const own = root.segments
    .filter(({ id }) => id !== "ST" && id !== "SE")
    .map(String)
    .join("~");
  return own + root.loops.map(textOf).join("~");
}
