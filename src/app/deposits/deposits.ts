import { addDays } from "../../billing/denials/index.ts";
import type { Suggestion } from "../../billing/deposits/index.ts";
import type { DepositDoc, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { shownOf } from "../shown.ts";
import { depositRow, MATCHABLE, moneyDate } from "./deposit-record.ts";
import { candidatesOf, decide } from "./match-deposits.ts";

/** What a list of deposits can be narrowed by. */
export interface DepositFilter extends Paging {
  readonly status?: string | undefined;
}

/** Deposits and refunds, newest first. */
export async function listDeposits(
  app: App,
  actor: Actor,
  filter: DepositFilter,
): Promise<Page<ReturnType<typeof depositRow>>> {
  const limit = pageSize(filter);
  const { status, cursor } = filter;
  const docs = await app.store.practice(actor.practiceId).deposits.find(
    {
      ...(status === undefined ? {} : { status }),
      ...(cursor === undefined ? {} : { _id: { $lt: cursor } }),
    },
    { sort: { _id: -1 }, limit: limit + 1 },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  await auditRead(app, actor, "deposit.list", actor.practiceId, page.items);
  return { items: page.items.map(depositRow), next: page.next };
}

/** One deposit with its match, or with what it may belong to and why that was not decided. */
export async function showDeposit(app: App, actor: Actor, id: string) {
  const practice = app.store.practice(actor.practiceId);
  const doc = await practice.deposits.findOne({ _id: id });
  if (doc === undefined) throw new OperatingError("not-found");
  const isOpen = doc.status === "unmatched";
  const match =
    doc.matchId === null ? undefined : await practice.depositMatches.findOne({ _id: doc.matchId });
  const paid = (match?.parts ?? []).map(({ remittanceId }) => remittanceId);
  const candidates = isOpen ? await allCandidates(app, actor, doc) : [];
  const remittances = isOpen
    ? candidates
    : await practice.remittances.find({ _id: { $in: paid } }, { sort: { _id: 1 } });
  await auditRead(app, actor, "deposit.read", id, [doc]);
  return {
    ...depositRow(doc),
    text: doc.text,
    returned: doc.returned,
    evidence: match?.evidence ?? null,
    differences: match?.differences ?? [],
    matchedBy: match?.by ?? null,
    remittances: match === undefined ? [] : remittances.map(remittanceOf),
    suggestions: isOpen ? await suggestionsFor(app, actor, doc, candidates) : [],
  };
}

/** How many remittances, and deposits, are looked at for sums. */
const LOOKED_AT = 100;
/** Calendar days that three bank days reach over at most: a long weekend and a holiday beside it. */
const REACH_DAYS = 7;

/** Remittances that the deposit names or has the amount of, and those of the days about it, for sums. */
async function allCandidates(app: App, actor: Actor, doc: DepositDoc): Promise<RemittanceDoc[]> {
  const near = await app.store.practice(actor.practiceId).remittances.find(
    {
      depositMatchId: null,
      "header.paymentCents": { $gt: 0 },
      "header.paymentDate": aboutDay(doc.date),
      status: { $in: MATCHABLE },
    },
    { sort: { _id: 1 }, limit: LOOKED_AT },
  );
  const own = await candidatesOf(app, actor, doc);
  return [...new Map([...own, ...near].map((each) => [each._id, each])).values()];
}

function aboutDay(date: string) {
  return { $gte: addDays(date, -REACH_DAYS), $lte: addDays(date, REACH_DAYS) };
}

async function suggestionsFor(
  app: App,
  actor: Actor,
  doc: DepositDoc,
  candidates: readonly RemittanceDoc[],
) {
  const found = await app.store
    .practice(actor.practiceId)
    .deposits.find(
      { status: "unmatched", date: aboutDay(doc.date) },
      { sort: { _id: 1 }, limit: LOOKED_AT },
    );
  const others = found.filter(({ _id }) => _id !== doc._id);
  const decision = decide(doc, candidates, others);
  const suggestions =
    decision.kind === "suggest"
      ? decision.suggestions
      : [{ ...decision.match, reasons: [decision.match.evidence], differenceCents: 0 }];
  const byId = new Map(candidates.map((each) => [each._id, each]));
  return [
    ...suggestions.map((suggestion) => suggestionRow(suggestion, byId)),
    ...blockedBy(doc, candidates),
  ];
}

function suggestionRow(
  { depositIds, remittanceIds, reasons, differenceCents }: Suggestion,
  byId: ReadonlyMap<string, RemittanceDoc>,
) {
  const remittances = remittanceIds.flatMap((id) => byId.get(id) ?? []).map(remittanceOf);
  return { depositIds, remittances, reasons, differenceCents };
}

/** Remittances that the deposit names and that cannot take it: it may be the same money told twice. */
function blockedBy(doc: DepositDoc, candidates: readonly RemittanceDoc[]) {
  const numbers = new Set([...doc.traces.map((trace) => trace.traceNumber), ...doc.references]);
  return candidates
    .filter(({ traceNumber, status, depositMatchId }) => {
      const isTaken = !MATCHABLE.includes(status) || typeof depositMatchId === "string";
      return numbers.has(traceNumber) && isTaken;
    })
    .map((remittance) => ({
      depositIds: [doc._id],
      remittances: [remittanceOf(remittance)],
      reasons: [
        "the trace number agrees",
        MATCHABLE.includes(remittance.status)
          ? "the remittance is matched to another deposit"
          : `the remittance is ${remittance.status}: it must post first`,
      ],
      differenceCents: doc.amountCents - remittance.header.paymentCents,
    }));
}

function remittanceOf(doc: RemittanceDoc) {
  return {
    id: doc._id,
    traceNumber: doc.traceNumber,
    payer: doc.header.payer.name,
    paymentDate: moneyDate(doc),
    bprCents: doc.header.paymentCents,
  };
}

async function auditRead(
  app: App,
  actor: Actor,
  action: string,
  id: string,
  docs: readonly DepositDoc[],
): Promise<void> {
  await recordAudit(app, actor, {
    action,
    entity: { type: "deposit", id },
    purpose: "payment",
    outcome: "success",
    detail: shownOf(docs),
  });
}
