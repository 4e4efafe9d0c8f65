import type { ClientSession } from "mongoose";
import {
  type Appeal,
  type AppealDecision,
  type AppealLevel,
  type AppealRoute,
  addDays,
  appeal,
  appealAnswered,
  type Deadline,
  fillLetter,
  nextAppeal,
  payerKind,
  reasonWords,
  type Transition,
  templateFor,
} from "../../billing/denials/index.ts";
import { formatDollars } from "../../billing/money/index.ts";
import { type Enclosure, letterPdf } from "../../platform/documents/index.ts";
import type { AdjudicationDoc, ClaimDoc, WorkItemDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { keepFile } from "../exchange/keep-file.ts";
import { today } from "../today.ts";
import { replaceItem } from "./store-items.ts";

/** The letter of the next level, filled with what is known, for a person to read and change. */
export interface AppealDraft {
  readonly level: AppealLevel;
  readonly text: string;
  /** Places of the letter that no fact is known of; it is not sent before they are written. */
  readonly missing: readonly string[];
  readonly enclosures: readonly string[];
  readonly appeals: readonly Appeal[];
}

/** The letter as a person would send it, and how it was sent. */
export interface AppealInput {
  readonly text: string;
  readonly how: AppealRoute;
  /** Proof of sending: tracking, fax or portal number. */
  readonly reference: string;
  /** What is sent along that is not of our making, by name: an operative report. */
  readonly attached?: readonly string[];
  readonly version?: number;
}

/** The draft of the next appeal of an item. `state` where no level is left, or the last has no answer yet. */
export async function draftAppeal(app: App, actor: Actor, itemId: string): Promise<AppealDraft> {
  const { item, claim, decision } = await load(app, actor, itemId);
  const level = levelOf(item, claim);
  await recordAudit(app, actor, eventOf("appeal.draft", item, claim));
  const facts = factsOf(app, { item, claim, decision, level });
  const { text, missing } = fillLetter(templateFor(item.category).text, facts);
  const enclosures = enclosuresOf(claim, decision).map(({ title }) => title);
  return { level, text, missing, enclosures, appeals: item.appeals ?? [] };
}

/**
 * Makes the letter with its enclosures as a PDF, keeps it, and records that it was sent; the item waits until the answer
 * is due. `invalid` while the text has unfilled places: they are named.
 */
export async function sendAppeal(app: App, actor: Actor, itemId: string, input: AppealInput) {
  const { item, claim, decision } = await load(app, actor, itemId);
  const level = levelOf(item, claim);
  const { missing } = fillLetter(input.text, {});
  if (missing.length > 0) {
    throw new OperatingError(
      "invalid",
      `The letter has places to be filled: ${missing.join(", ")}.`,
    );
  }
  const pdf = await letterPdf({
    title: `${level.name} of claim ${claim.claim.patientControlNumber}`,
    at: app.now(),
    text: input.text,
    enclosures: enclosuresOf(claim, decision),
    attached: input.attached ?? [],
  });
  const open = async function* () {
    yield pdf;
  };
  const fileId = await keepFile(app, actor, "letter", `appeal-${item.id}-${level.level}.pdf`, open);
  const at = app.now().toISOString();
  const { how, reference } = input;
  const sent = { level: level.level, name: level.name, at, by: actor.id, fileId, how, reference };
  const until = addDays(today(app), level.answerDays);
  const act = { version: input.version ?? item.version, by: actor.id, at, until, sent };
  await move(app, actor, "appeal.send", { item, claim, moved: appeal(item, act) });
  return { fileId, level, until };
}

/** Records what the payer answered; an appeal that is upheld opens the next level. */
export async function answerAppeal(
  app: App,
  actor: Actor,
  itemId: string,
  input: { readonly decision: AppealDecision; readonly text?: string; readonly version?: number },
) {
  const { item, claim } = await load(app, actor, itemId);
  const at = app.now().toISOString();
  const { decision, text, version = item.version } = input;
  const next =
    decision === "overturned" ? undefined : nextAppeal(kindOf(claim), item.appeals ?? []);
  const deadline = next && deadlineOf(next, today(app));
  const moved = appealAnswered(item, { version, by: actor.id, at, decision, text, deadline });
  await move(app, actor, "appeal.answer", { item, claim, moved });
  return { decision, next: next ?? null, deadline: deadline?.date ?? null };
}

/** Until when the next level must be sent: its days run from the answer. */
function deadlineOf({ name, days, source }: AppealLevel, answered: string): Deadline {
  return {
    date: addDays(answered, days),
    rule: `${name}: ${days} days from the answer to the appeal before`,
    source,
    fromEvent: "today",
    fromDate: answered,
    calendar: "calendar-days",
    certainty: "verify-in-contract",
  };
}

/** The bytes of a letter that was sent; each fetch is audited. */
export async function readLetter(app: App, actor: Actor, fileId: string) {
  const practice = app.store.practice(actor.practiceId);
  const file = await practice.files.findOne({ _id: fileId, direction: "letter" });
  const bytes = file && (await app.store.fileBytes.get(actor.practiceId, fileId));
  if (file === undefined || bytes === undefined) throw new OperatingError("not-found");
  await recordAudit(app, actor, {
    action: "letter.fetch",
    entity: { type: "file", id: fileId },
    purpose: "payment",
    outcome: "success",
  });
  return { name: file.name, bytes };
}

async function load(app: App, actor: Actor, itemId: string) {
  const practice = app.store.practice(actor.practiceId);
  const item = await practice.workItems.findOne({ _id: itemId });
  if (item === undefined) throw new OperatingError("not-found");
  if (item.claimId === undefined) throw new OperatingError("state", "The item is about no claim.");
  const claim = await practice.claims.findOne({ _id: item.claimId });
  if (claim === undefined) throw new OperatingError("not-found");
  const decisions = await practice.adjudications.find({ claimId: claim._id }, { sort: { _id: 1 } });
  const decision = decisions.find(({ _id }) => _id === item.adjudicationId) ?? decisions.at(-1);
  if (decision === undefined) {
    throw new OperatingError("state", "No payer has decided: there is nothing to appeal against.");
  }
  return { item, claim, decision };
}

function kindOf(claim: ClaimDoc) {
  return payerKind(claim.claim.payer.filingIndicatorCode);
}

function levelOf(item: WorkItemDoc, claim: ClaimDoc): AppealLevel {
  if (item.status === "resolved") throw new OperatingError("state", "The item is closed.");
  const last = item.appeals?.at(-1);
  if (last !== undefined && last.decision === undefined) {
    throw new OperatingError("state", `The payer has not answered the last appeal (${last.name}).`);
  }
  const level = nextAppeal(kindOf(claim), item.appeals ?? []);
  if (level === undefined) throw new OperatingError("state", "No level of appeal is left.");
  return level;
}

interface Case {
  readonly item: WorkItemDoc;
  readonly claim: ClaimDoc;
  readonly decision: AdjudicationDoc;
}

/** What letters can name. */
function factsOf(app: App, { item, claim, decision, level }: Case & { level: AppealLevel }) {
  const { patient, billingProvider, payer } = claim.claim;
  return {
    today: today(app),
    "payer.name": payer.name,
    "appeal.name": level.name,
    "claim.number": claim.claim.patientControlNumber,
    "claim.payerNumber": claim.payerClaimControlNumbers.at(-1),
    "claim.serviceDate": claim.claim.serviceDateFrom,
    "claim.charge": formatDollars(claim.claim.chargeCents),
    "patient.name": `${patient.firstName} ${patient.lastName}`.trim(),
    "patient.birthDate": patient.birthDate,
    "patient.memberId": patient.memberId,
    "decision.date": decision.paymentDate ?? undefined,
    "decision.traceNumber": decision.traceNumber ?? undefined,
    "decision.reason": item.reasonCode && `${item.reasonCode}, ${reasonWords(item.reasonCode)}`,
    amount: formatDollars(item.amountCents),
    "practice.name": billingProvider.name,
    "practice.npi": billingProvider.npi,
  };
}

/** The evidence that the store holds: the claim as sent, its history with acknowledgements, the decision line by line. */
function enclosuresOf(claim: ClaimDoc, decision: AdjudicationDoc): readonly Enclosure[] {
  return [
    {
      title: "The claim as it was sent",
      rows: claim.claim.lines.map(
        ({ lineNumber, serviceDateFrom = "", procedureCode, modifiers, units, chargeCents }) => [
          `Line ${lineNumber}`,
          serviceDateFrom,
          [procedureCode, ...modifiers].join(" "),
          `${units} units`,
          formatDollars(chargeCents),
        ],
      ),
    },
    {
      title: "When it was sent, received and accepted",
      rows: claim.timeline.map(({ at, event, detail }) => [String(at).slice(0, 10), event, detail]),
    },
    {
      title: "The decision, line by line",
      rows: decision.adjudication.triples.map(
        ({ lineControlNumber, groupCode, reasonCode, amountCents }) => [
          lineControlNumber === "" ? "Claim" : `Line ${lineControlNumber}`,
          `${groupCode}-${reasonCode}`,
          formatDollars(amountCents),
          reasonWords(reasonCode),
        ],
      ),
    },
  ];
}

interface Move {
  readonly item: WorkItemDoc;
  readonly claim: ClaimDoc;
  readonly moved: Transition;
}

async function move(app: App, actor: Actor, action: string, { item, claim, moved }: Move) {
  if ("refusal" in moved) {
    const isStale = moved.refusal === "stale-version";
    throw isStale
      ? new OperatingError("stale")
      : new OperatingError("state", "The item is not in a state for that.");
  }
  await app.store.transaction(async (session: ClientSession) => {
    await replaceItem(app, actor, item, moved.item, session);
    await recordAudit(app, actor, eventOf(action, item, claim), session);
  });
}

function eventOf(action: string, item: WorkItemDoc, claim: ClaimDoc) {
  return {
    action,
    entity: { type: "work-item", id: item.id },
    patientId: claim.patientId,
    fields: ["claim", "adjudication"],
    purpose: "payment" as const,
    outcome: "success" as const,
  };
}
