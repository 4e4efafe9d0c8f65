import { createHash } from "node:crypto";
import type { Claim } from "../../billing/claims/claim.ts";
import { type JournalLine, journalBetween } from "../../billing/ledger/index.ts";
import type { BatchDoc, ClaimDoc, Submission } from "../../platform/store/index.ts";
import type { App } from "../context.ts";
import { accountsOf, projectClaim, receivableOf } from "./claim-projection.ts";

/** A claim document without its practice, which the store stamps, and without what its patient is found by. */
export type NewClaim = Omit<ClaimDoc, "practiceId" | "patientId" | "searchKeys">;

/** A claim on its first sending, with the journal lines of its charge. */
export function newClaim(
  app: App,
  claim: Claim,
  batch: Pick<BatchDoc, "_id" | "source">,
): { doc: NewClaim; journal: JournalLine[] } {
  const submissions = [submissionOf(app, claim, batch)];
  const superseded = chargesNothing(claim);
  const projection = projectClaim({ lines: claim.lines, superseded }, [], submissions);
  const doc: NewClaim = {
    _id: app.newId(),
    patientControlNumbers: [claim.patientControlNumber],
    payerClaimControlNumbers: [],
    originalReference: claim.originalReference,
    claim,
    submissions,
    superseded,
    adjudications: [],
    ...projection,
    flags: [],
    timeline: [sentEvent(app, claim, batch.source)],
    at: app.now(),
    version: 1,
  };
  return { doc, journal: journalBetween(undefined, { lines: accountsOf(doc) }) };
}

/** A void takes its charges back, and a predetermination asks before anything was done. */
function chargesNothing({ frequencyCode, dental }: Claim): boolean {
  return frequencyCode === "8" || dental?.predetermination === true;
}

/** One sending of a claim. */
export function submissionOf(
  app: App,
  claim: Claim,
  batch: Pick<BatchDoc, "_id" | "source">,
): Submission {
  return {
    patientControlNumber: claim.patientControlNumber,
    sequence: claim.payer.sequence,
    payerId: claim.payer.id,
    payerName: claim.payer.name,
    frequencyCode: claim.frequencyCode,
    charges: chargesOf(claim),
    source: batch.source,
    batchId: batch._id,
    status: "sent",
    at: app.now(),
  };
}

/** A digest of what a claim charges for: its date, its total and its lines. */
export function chargesOf(claim: Claim): string {
  const lines = claim.lines.map(({ procedureCode, chargeCents, units }) => [
    procedureCode,
    chargeCents,
    units,
  ]);
  const text = JSON.stringify([claim.chargeCents, claim.serviceDateFrom, lines]);
  return createHash("sha256").update(text).digest("base64url");
}

/** Whether a sending takes the place of what the claim said: by its frequency, or because no payer took the old one in. */
export function takesPlace(doc: NewClaim, claim: Claim): boolean {
  if (claim.frequencyCode === "7" || claim.frequencyCode === "8") return true;
  return doc.adjudications.length === 0 && doc.submissions.at(-1)?.status === "rejected";
}

function sentEvent(app: App, claim: Claim, source: BatchDoc["source"]) {
  const by = source === "generated" ? "Sent" : "Registered as sent elsewhere";
  const detail = `${by} to payer ${claim.payer.sequence}, frequency ${claim.frequencyCode}`;
  return {
    at: app.now().toISOString(),
    event: source === "generated" ? "sent" : "registered",
    detail,
  };
}

/** What sending a known claim again changes: a further payer, a replacement or a void. */
export function resend<D extends NewClaim>(
  app: App,
  doc: D,
  claim: Claim,
  batch: Pick<BatchDoc, "_id" | "source">,
  inPlace = takesPlace(doc, claim),
): { doc: D; journal: JournalLine[] } {
  const current = inPlace ? claim : withPayers(doc.claim, claim);
  const superseded = doc.superseded || chargesNothing(claim);
  const submissions = [...doc.submissions, submissionOf(app, claim, batch)];
  const receivable = receivableOf({ ...doc, claim: current, superseded });
  const changed: D = {
    ...doc,
    ...projectClaim(receivable, doc.adjudications, submissions),
    originalReference: current.originalReference,
    claim: current,
    superseded,
    submissions,
    timeline: [...doc.timeline, sentEvent(app, claim, batch.source)],
  };
  return { doc: changed, journal: movement(doc, changed) };
}

/** A claim whose place a later one takes: what is open is reversed, so that revenue counts once (RFI 2150). */
export function supersede(
  app: App,
  doc: ClaimDoc,
  by: Claim,
): { doc: ClaimDoc; journal: JournalLine[] } {
  const receivable = receivableOf({ ...doc, superseded: true });
  const word = by.frequencyCode === "8" ? "voided" : "replaced";
  const detail = `A claim of frequency ${by.frequencyCode} takes its place`;
  const changed: ClaimDoc = {
    ...doc,
    ...projectClaim(receivable, doc.adjudications, doc.submissions),
    superseded: true,
    timeline: [...doc.timeline, { at: app.now().toISOString(), event: word, detail }],
  };
  return { doc: changed, journal: movement(doc, changed) };
}

/** The journal lines that lead from one state of a claim to another. */
function movement(before: NewClaim, after: NewClaim): JournalLine[] {
  return journalBetween({ lines: accountsOf(before) }, { lines: accountsOf(after) });
}

/** The claim with the payers that a further sending names. */
function withPayers(known: Claim, sent: Claim): Claim {
  const payers = [...known.otherPayers];
  for (const payer of [sent.payer, ...sent.otherPayers]) {
    const same = [known.payer, ...payers].some(({ sequence }) => sequence === payer.sequence);
    if (!same) payers.push(payer);
  }
  return { ...known, otherPayers: payers };
}
