import type { ClientSession } from "mongoose";
import {
  classify,
  draftDenial,
  draftPostingException,
  draftTakeBack,
  resolve,
  type WorkItem,
  type WorkItemDraft,
} from "../billing/denials/index.ts";
import { type Account, transfer } from "../billing/ledger/index.ts";
import { add, type Cents, cents, negate, sumOf, ZERO } from "../billing/money/index.ts";
import {
  type ClaimDecision,
  type ClaimPayment,
  type KnownClaim,
  type NotedClaim,
  type ParkedClaim,
  type PostedClaim,
  planPayments,
  type Remittance,
  SELF_RELEASING,
} from "../billing/remits/index.ts";
import type {
  AdjudicationDoc,
  ClaimDoc,
  JournalDoc,
  ParkedPaymentDoc,
  PracticeStore,
  TimelineEvent,
} from "../platform/store/index.ts";
import type { AuditDraft } from "../trust/audit/index.ts";
import { recordAudit } from "./audit.ts";
import { projectClaim } from "./claim-projection.ts";
import type { Actor, App } from "./context.ts";
import type { Tell } from "./events.ts";
import { journalDoc } from "./journal-entry.ts";
import { openItems } from "./open-work-items.ts";
import { today } from "./today.ts";

/** The remittance that the payments come from. */
export interface PaymentSource {
  readonly remittanceId: string;
  readonly traceNumber: string;
  readonly payer: Remittance["payer"];
  readonly paymentDate: string | undefined;
  readonly isSplit: (patientControlNumber: string) => boolean;
  readonly flags: readonly string[];
}

/** What posting a set of payments came to. */
export interface PaymentTally {
  readonly posted: number;
  readonly parked: number;
  /** Parked earlier, posted now because their missing piece came. */
  readonly released: number;
  readonly postedCents: Cents;
  readonly unappliedCents: Cents;
  readonly journalEntries: number;
}

/** A claim with all that this transaction does to it. */
interface OpenClaim {
  doc: ClaimDoc;
  readonly version: number;
  changed: boolean;
}

type Store<T> = Omit<T, "practiceId">;

/** Everything one transaction will store, gathered before anything is written. */
interface Batch {
  readonly claims: Map<string, OpenClaim>;
  readonly adjudications: Store<AdjudicationDoc>[];
  readonly journal: Store<JournalDoc>[];
  readonly parked: Store<ParkedPaymentDoc>[];
  readonly drafts: WorkItemDraft[];
  readonly audit: AuditDraft[];
}

/** Decides payments of one remittance and stores what follows, all in the transaction that is given. */
export async function postPayments(
  app: App,
  actor: Actor,
  payments: readonly ClaimPayment[],
  source: PaymentSource,
  session: ClientSession,
  tell: Tell,
): Promise<PaymentTally> {
  const practice = app.store.practice(actor.practiceId);
  const claims = await loadClaims(practice, payments, session);
  const batch: Batch = {
    claims: claims.byId,
    adjudications: [],
    journal: [],
    parked: [],
    drafts: [],
    audit: [],
  };
  const decisions = planPayments(payments, planContext(app, claims, source, "cash-in-transit"));
  for (const decision of decisions) take(app, decision, source, batch, "cash-in-transit", tell);
  const postedCents = sumDecided(decisions, "posted");
  const unappliedCents = sumDecided(decisions, "parked");
  const released = await release(app, actor, batch, session, tell);
  await openTakeBacks(app, batch, source);
  await store(app, actor, batch, session, tell);
  return {
    posted: decisions.filter(({ kind }) => kind !== "parked").length,
    parked: decisions.filter(({ kind }) => kind === "parked").length,
    released,
    postedCents,
    unappliedCents,
    journalEntries: batch.journal.filter((entry) => entry.remittanceId === source.remittanceId)
      .length,
  };
}

/** Posts what waits for these claims, if their missing piece is there now; the money leaves unapplied insurance. */
export async function releaseParked(
  app: App,
  actor: Actor,
  claimIds: readonly string[],
  session: ClientSession,
  tell: Tell,
): Promise<number> {
  const practice = app.store.practice(actor.practiceId);
  const docs = await practice.claims.find({ _id: { $in: claimIds } }, { session });
  const batch: Batch = {
    claims: new Map(docs.map((doc) => [doc._id, openClaim(doc)])),
    adjudications: [],
    journal: [],
    parked: [],
    drafts: [],
    audit: [],
  };
  const released = await release(app, actor, batch, session, tell);
  if (released > 0) await store(app, actor, batch, session, tell);
  return released;
}

function sumDecided(decisions: readonly ClaimDecision[], kind: ClaimDecision["kind"]): Cents {
  return sumOf(decisions, (decision) =>
    decision.kind === kind ? decision.payment.paidCents : ZERO,
  );
}

interface LoadedClaims {
  readonly byId: Map<string, OpenClaim>;
  readonly byControlNumber: Map<string, string>;
  readonly byPayerNumber: Map<string, string>;
}

function openClaim(doc: ClaimDoc): OpenClaim {
  return { doc, version: doc.version, changed: false };
}

/** The claims that the payments may belong to: by CLP01 first, then by CLP07 (POSTING M1, M3). */
async function loadClaims(
  practice: PracticeStore,
  payments: readonly ClaimPayment[],
  session: ClientSession,
): Promise<LoadedClaims> {
  const numbers = [...new Set(payments.map((payment) => payment.patientControlNumber))];
  const docs = await practice.claims.find({ patientControlNumbers: { $in: numbers } }, { session });
  const byId = new Map(docs.map((doc) => [doc._id, openClaim(doc)]));
  const byControlNumber = new Map<string, string>();
  for (const doc of docs) {
    for (const number of doc.patientControlNumbers) byControlNumber.set(number, doc._id);
  }
  const payerNumbers = payments.flatMap((payment) =>
    byControlNumber.has(payment.patientControlNumber) || !payment.payerClaimControlNumber
      ? []
      : [payment.payerClaimControlNumber],
  );
  const byPayerNumber = new Map<string, string>();
  if (payerNumbers.length > 0) {
    const more = await practice.claims.find(
      { payerClaimControlNumbers: { $in: [...new Set(payerNumbers)] } },
      { session },
    );
    for (const doc of more) {
      if (!byId.has(doc._id)) byId.set(doc._id, openClaim(doc));
      for (const number of doc.payerClaimControlNumbers) byPayerNumber.set(number, doc._id);
    }
  }
  return { byId, byControlNumber, byPayerNumber };
}

function planContext(app: App, claims: LoadedClaims, source: PaymentSource, cash: Account) {
  return {
    payer: source.payer,
    newId: app.newId,
    isSplit: source.isSplit,
    cash,
    claimOf: (payment: ClaimPayment) => {
      const id =
        claims.byControlNumber.get(payment.patientControlNumber) ??
        claims.byPayerNumber.get(payment.payerClaimControlNumber ?? "");
      const claim = id === undefined ? undefined : claims.byId.get(id);
      return claim && known(claim.doc);
    },
  };
}

function known(doc: ClaimDoc): KnownClaim {
  return {
    claimId: doc._id,
    payers: [doc.claim.payer, ...doc.claim.otherPayers],
    sentTo: doc.submissions.at(-1)?.sequence ?? doc.claim.payer.sequence,
    lines: doc.claim.lines,
    superseded: doc.superseded,
    adjudications: doc.adjudications,
  };
}

function take(
  app: App,
  decision: ClaimDecision,
  source: PaymentSource,
  batch: Batch,
  cash: Account,
  tell: Tell,
): void {
  if (decision.kind === "posted") takePosted(app, decision, source, batch, cash, tell);
  else if (decision.kind === "parked") takeParked(app, decision, source, batch, tell);
  else takeNoted(app, decision, source, batch, tell);
}

function takePosted(
  app: App,
  decision: PostedClaim,
  source: PaymentSource,
  batch: Batch,
  cash: Account,
  tell: Tell,
): void {
  const open = batch.claims.get(decision.claimId);
  if (open === undefined) throw new Error("a decision names a claim that was not loaded");
  const { payment, adjudication } = decision;
  const first = !open.doc.adjudications.some(({ sequence }) => sequence === adjudication.sequence);
  changeClaim(app, open, decision, source);
  const reversal = adjudication.reverses !== undefined;
  if (decision.journal.length > 0) {
    const kind = cash === "unapplied-insurance" ? "release" : reversal ? "reversal" : "payment";
    batch.journal.push(
      journalDoc(app, kind, decision.journal, {
        claimId: decision.claimId,
        remittanceId: source.remittanceId,
        adjudicationId: adjudication.id,
        place: `CLP[${payment.ordinal}]`,
        effectiveDate: source.paymentDate ?? today(app),
      }),
    );
  }
  const draft = reversal ? undefined : denialDraft(app, decision, open.doc, source);
  if (draft !== undefined) batch.drafts.push(draft);
  batch.adjudications.push(adjudicationDoc(app, decision, open.doc, source, first));
  batch.audit.push(claimAudit("claim.post", decision.claimId, adjudication.id));
  tell({
    kind: "posting",
    traceNumber: source.traceNumber,
    clp: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    statusCode: payment.statusCode,
    paidCents: payment.paidCents,
    openInsuranceCents: open.doc.totals.openInsuranceCents,
    patientResponsibilityCents: open.doc.totals.patientResponsibilityCents,
    flags: decision.flags,
    released: cash === "unapplied-insurance",
  });
}

function changeClaim(
  app: App,
  open: OpenClaim,
  decision: PostedClaim,
  source: PaymentSource,
): void {
  const { doc } = open;
  const adjudications = [...doc.adjudications, decision.adjudication];
  const receivable = { lines: doc.claim.lines, superseded: doc.superseded };
  const number = decision.payment.payerClaimControlNumber;
  const reused = source.flags.includes("trace-reused") ? (["trace-reused"] as const) : [];
  open.doc = {
    ...doc,
    ...projectClaim(receivable, adjudications, doc.submissions),
    adjudications,
    payerClaimControlNumbers:
      number === undefined || doc.payerClaimControlNumbers.includes(number)
        ? doc.payerClaimControlNumbers
        : [...doc.payerClaimControlNumbers, number],
    flags: [...new Set([...doc.flags, ...decision.flags, ...reused])],
    timeline: [...doc.timeline, timelineOf(app, decision, source)],
  };
  open.changed = true;
}

function timelineOf(app: App, decision: PostedClaim, source: PaymentSource): TimelineEvent {
  const { payment, adjudication } = decision;
  const event =
    adjudication.reverses !== undefined
      ? "reversed"
      : payment.paidCents !== 0
        ? "paid"
        : decision.denied.length > 0
          ? "denied"
          : "processed";
  return {
    at: app.now(),
    event,
    detail: `Remittance ${source.traceNumber}, CLP[${payment.ordinal}], status ${payment.statusCode}`,
  };
}

function denialDraft(
  app: App,
  decision: PostedClaim,
  doc: ClaimDoc,
  source: PaymentSource,
): WorkItemDraft | undefined {
  if (decision.denied.length === 0) return undefined;
  const { payment, adjudication } = decision;
  return draftDenial({
    claim: claimFacts(doc, source, payment),
    today: today(app),
    remittance: remittanceFacts(source),
    denied: decision.denied,
    paidCents: payment.paidCents,
    chargeCents: payment.chargeCents,
    explainedCents: sumOf(adjudication.lines, (line) =>
      cents(line.patientCents + line.priorPayerCents),
    ),
  });
}

function claimFacts(doc: ClaimDoc, source: PaymentSource, payment?: ClaimPayment) {
  return {
    payer: { id: source.payer.id ?? "", name: source.payer.name },
    filingIndicatorCode: payment?.filingIndicatorCode ?? doc.claim.payer.filingIndicatorCode,
    patientControlNumber: payment?.patientControlNumber ?? doc.claim.patientControlNumber,
    serviceDateFrom: doc.claim.serviceDateFrom,
    claimId: doc._id,
  };
}

function remittanceFacts(source: PaymentSource) {
  return {
    traceNumber: source.traceNumber,
    paymentDate: source.paymentDate,
    remittanceId: source.remittanceId,
  };
}

function adjudicationDoc(
  app: App,
  decision: PostedClaim,
  doc: ClaimDoc,
  source: PaymentSource,
  first: boolean,
): Store<AdjudicationDoc> {
  const { payment, adjudication } = decision;
  return {
    _id: adjudication.id,
    claimId: decision.claimId,
    patientControlNumber: payment.patientControlNumber,
    remittanceId: source.remittanceId,
    ordinal: payment.ordinal,
    traceNumber: source.traceNumber,
    payer: { id: source.payer.id ?? "", name: source.payer.name },
    paymentDate: source.paymentDate ?? null,
    month: (source.paymentDate ?? today(app)).slice(0, 7),
    first,
    adjudication,
    payment,
    deniedCents: sumOf(decision.denied, ({ amountCents }) => amountCents),
    denialReasons: decision.denied.map((denied) => ({
      groupCode: denied.groupCode,
      reasonCode: denied.reasonCode,
      category: classify(denied).category,
      procedureCode: denied.procedureCode,
      amountCents: denied.amountCents,
    })),
    chargeCents: payment.chargeCents,
    providerNpi: doc.claim.renderingProviderNpi ?? doc.claim.billingProvider.npi,
    autoPosted: true,
    at: app.now(),
  };
}

function takeParked(
  app: App,
  decision: ParkedClaim,
  source: PaymentSource,
  batch: Batch,
  tell: Tell,
): void {
  const { payment, reason, residualCents } = decision;
  const lines = transfer("cash-in-transit", "unapplied-insurance", payment.paidCents);
  if (lines.length > 0) {
    batch.journal.push(
      journalDoc(app, "unapplied", lines, {
        remittanceId: source.remittanceId,
        place: `CLP[${payment.ordinal}]`,
        effectiveDate: source.paymentDate ?? today(app),
        ...(decision.claimId === undefined ? {} : { claimId: decision.claimId }),
      }),
    );
  }
  batch.parked.push({
    _id: app.newId(),
    remittanceId: source.remittanceId,
    traceNumber: source.traceNumber,
    payer: source.payer,
    paymentDate: source.paymentDate ?? null,
    ordinal: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    payerClaimControlNumber: payment.payerClaimControlNumber ?? null,
    claimId: decision.claimId ?? null,
    reason,
    residualCents,
    unappliedCents: payment.paidCents,
    payment,
    status: "parked",
    at: app.now(),
  });
  batch.drafts.push(
    draftPostingException({
      reason,
      today: today(app),
      payer: { id: source.payer.id ?? "", name: source.payer.name },
      remittance: remittanceFacts(source),
      patientControlNumber: payment.patientControlNumber,
      claimId: decision.claimId,
      amountCents: payment.paidCents,
      residualCents,
    }),
  );
  tell({
    kind: "parked",
    level: "claimPayment",
    traceNumber: source.traceNumber,
    clp: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    reason,
    residualCents,
    unappliedCents: payment.paidCents,
  });
}

/** Pended, forwarded or predetermined: the claim's story says so, the ledger does not move. */
function takeNoted(
  app: App,
  decision: NotedClaim,
  source: PaymentSource,
  batch: Batch,
  tell: Tell,
): void {
  const open = batch.claims.get(decision.claimId);
  if (open === undefined) throw new Error("a decision names a claim that was not loaded");
  const { payment } = decision;
  const detail = `Remittance ${source.traceNumber}, CLP[${payment.ordinal}], status ${payment.statusCode}`;
  open.doc = {
    ...open.doc,
    timeline: [...open.doc.timeline, { at: app.now(), event: "noted", detail }],
  };
  open.changed = true;
  batch.audit.push(claimAudit("claim.note-status", decision.claimId, source.remittanceId));
  tell({
    kind: "posting",
    traceNumber: source.traceNumber,
    clp: payment.ordinal,
    patientControlNumber: payment.patientControlNumber,
    statusCode: payment.statusCode,
    paidCents: payment.paidCents,
    noted: true,
  });
}

function claimAudit(action: string, claimId: string, source: string): AuditDraft {
  return {
    action,
    entity: { type: "claim", id: claimId },
    patientId: claimId,
    purpose: "payment",
    outcome: "success",
    detail: { from: source },
  };
}

/**
 * What waits for the claims of this transaction is decided again with what is posted now: a correction whose
 * reversal came, a reversal whose original came, a payment whose claim was registered (POSTING R4).
 */
async function release(
  app: App,
  actor: Actor,
  batch: Batch,
  session: ClientSession,
  tell: Tell,
): Promise<number> {
  const practice = app.store.practice(actor.practiceId);
  const waiting = await findWaiting(practice, batch, session);
  let released = 0;
  for (const [claimId, parked] of waiting) {
    for (let progress = true; progress; ) {
      progress = false;
      for (const doc of [...parked]) {
        if (!releaseOne(app, claimId, doc, batch, tell)) continue;
        parked.delete(doc);
        released += 1;
        progress = true;
        await practice.parkedPayments.update(
          { _id: doc._id },
          { $set: { status: "released", claimId } },
          session,
        );
        await closeException(app, actor, doc, session);
      }
    }
  }
  return released;
}

async function findWaiting(
  practice: PracticeStore,
  batch: Batch,
  session: ClientSession,
): Promise<Map<string, Set<ParkedPaymentDoc>>> {
  const owners = new Map<string, string>();
  for (const [id, { doc }] of batch.claims) {
    for (const number of doc.patientControlNumbers) owners.set(number, id);
  }
  const waiting = new Map<string, Set<ParkedPaymentDoc>>();
  if (owners.size === 0) return waiting;
  const parked = await practice.parkedPayments.find(
    {
      status: "parked",
      patientControlNumber: { $in: [...owners.keys()] },
      reason: { $in: [...SELF_RELEASING] },
    },
    { session, sort: { _id: 1 } },
  );
  for (const doc of parked) {
    const owner = owners.get(doc.patientControlNumber);
    if (owner === undefined) continue;
    const set = waiting.get(owner);
    if (set === undefined) waiting.set(owner, new Set([doc]));
    else set.add(doc);
  }
  return waiting;
}

function releaseOne(
  app: App,
  claimId: string,
  parked: ParkedPaymentDoc,
  batch: Batch,
  tell: Tell,
): boolean {
  const open = batch.claims.get(claimId);
  if (open === undefined) return false;
  const source: PaymentSource = {
    remittanceId: parked.remittanceId,
    traceNumber: parked.traceNumber,
    payer: parked.payer,
    paymentDate: parked.paymentDate ?? undefined,
    isSplit: () => false,
    flags: [],
  };
  const [decision] = planPayments([parked.payment], {
    payer: parked.payer,
    newId: app.newId,
    isSplit: source.isSplit,
    cash: "unapplied-insurance",
    claimOf: () => known(open.doc),
  });
  if (decision === undefined || decision.kind === "parked") return false;
  take(app, decision, source, batch, "unapplied-insurance", tell);
  return true;
}

/** The posting exception of a payment that has posted after all is done. */
async function closeException(
  app: App,
  actor: Actor,
  parked: ParkedPaymentDoc,
  session: ClientSession,
): Promise<void> {
  const items = await app.store.practice(actor.practiceId).workItems.find(
    {
      remittanceId: parked.remittanceId,
      kind: "posting-exception",
      patientControlNumber: parked.patientControlNumber,
      status: { $ne: "resolved" },
    },
    { session },
  );
  for (const item of items) {
    await closeItem(
      app,
      actor,
      item,
      "no-action",
      "Posted by itself: its missing piece came.",
      session,
    );
  }
}

/** Ends an item by the program's own hand, saying why. */
async function closeItem(
  app: App,
  actor: Actor,
  item: WorkItem & { readonly _id: string },
  outcome: "no-action" | "corrected" | "paid-on-resubmission",
  text: string,
  session: ClientSession,
): Promise<void> {
  const at = app.now().toISOString();
  const next = resolve(item, { version: item.version, by: "claimwright", at, outcome, text });
  if ("refusal" in next) return;
  const { id: _id, practiceId: _practice, ...set } = next.item;
  await app.store
    .practice(actor.practiceId)
    .workItems.update({ _id: item._id, version: item.version }, { $set: set }, session);
}

/** A claim that this transaction leaves reversed and undecided needs a person (POSTING R5). */
async function openTakeBacks(app: App, batch: Batch, source: PaymentSource): Promise<void> {
  const reversed = new Map<string, Cents>();
  for (const { claimId, adjudication, payment } of batch.adjudications) {
    if (adjudication.reverses === undefined) continue;
    reversed.set(claimId, add(reversed.get(claimId) ?? ZERO, negate(payment.paidCents)));
  }
  for (const [claimId, amountCents] of reversed) {
    const doc = batch.claims.get(claimId)?.doc;
    if (doc === undefined || doc.superseded || amountCents <= 0) continue;
    if (doc.status.adjudication !== "reversed-awaiting-correction") continue;
    batch.drafts.push(
      draftTakeBack({
        claim: claimFacts(doc, source),
        today: today(app),
        remittance: remittanceFacts(source),
        amountCents,
      }),
    );
  }
}

/** Writes the batch: append-only records first, then the projections, work items and audit events. */
async function store(
  app: App,
  actor: Actor,
  batch: Batch,
  session: ClientSession,
  tell: Tell,
): Promise<void> {
  const practice = app.store.practice(actor.practiceId);
  await practice.adjudications.insert(batch.adjudications, session);
  await practice.journal.insert(batch.journal, session);
  await practice.parkedPayments.insert(batch.parked, session);
  const changed = [...batch.claims.values()].filter((claim) => claim.changed);
  await closeSettledItems(app, actor, batch, session);
  await practice.claims.replace(
    changed.map(({ doc, version }) => ({ id: doc._id, version, set: projectionOf(doc) })),
    session,
  );
  await openItems(app, actor, batch.drafts, session, tell);
  await recordAudit(app, actor, batch.audit, session);
}

function projectionOf(doc: ClaimDoc) {
  const { adjudications, accounts, totals, status, flags, timeline, payerClaimControlNumbers } =
    doc;
  return { adjudications, accounts, totals, status, flags, timeline, payerClaimControlNumbers };
}

/** Items that earlier decisions on these claims opened end when the decision is taken back or the claim is settled. */
async function closeSettledItems(
  app: App,
  actor: Actor,
  batch: Batch,
  session: ClientSession,
): Promise<void> {
  const again = batch.adjudications
    .map(({ claimId }) => claimId)
    .filter((id) => (batch.claims.get(id)?.doc.adjudications.length ?? 0) > 1);
  if (again.length === 0) return;
  const practice = app.store.practice(actor.practiceId);
  const items = await practice.workItems.find(
    {
      claimId: { $in: [...new Set(again)] },
      kind: { $in: ["denial", "partial-denial", "take-back", "records-request", "dispute"] },
      status: { $ne: "resolved" },
    },
    { session },
  );
  for (const item of items) {
    const status = batch.claims.get(item.claimId ?? "")?.doc.status;
    if (status === undefined) continue;
    const redecided =
      item.kind === "take-back" && status.adjudication !== "reversed-awaiting-correction";
    const settled = status.insurance === "closed" && status.adjudication !== "denied";
    const reversed =
      item.kind !== "take-back" && status.adjudication === "reversed-awaiting-correction";
    if (!redecided && !settled && !reversed) continue;
    const outcome = settled ? "paid-on-resubmission" : "corrected";
    await closeItem(
      app,
      actor,
      item,
      outcome,
      "A later remittance decided the claim anew.",
      session,
    );
  }
}
