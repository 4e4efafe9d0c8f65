import {
  draftDenial,
  draftPostingException,
  type WorkItemDraft,
} from "../../billing/denials/index.ts";
import { totalsOf } from "../../billing/ledger/index.ts";
import { type Cents, cents, sumOf, ZERO } from "../../billing/money/index.ts";
import type { ClaimPayment, PostedClaim } from "../../billing/remits/index.ts";
import type { ClaimDoc } from "../../platform/store/index.ts";
import type { App } from "../context.ts";
import type { PaymentSource } from "../posting/payment-source.ts";
import { today } from "../today.ts";

/** What a work item says of the remittance that it comes from. */
export type DraftSource = Pick<
  PaymentSource,
  "payer" | "remittanceId" | "traceNumber" | "paymentDate"
>;

/** The work item of what a decision refused, with what can still be won; nothing when that is nothing. */
export function denialDraft(
  app: App,
  decision: PostedClaim,
  doc: ClaimDoc,
  source: DraftSource,
): WorkItemDraft | undefined {
  const amountCents = atStake(decision);
  if (amountCents <= 0) return undefined;
  const { payment, adjudication } = decision;
  const draft = draftDenial({
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
  return draft && { ...draft, amountCents };
}

/**
 * What can still be won: of what was refused no more than is open, for an earlier payer may have paid it, and
 * all that was left to the patient for a reason to check. Nothing at stake needs nobody (DENIALS 2).
 */
function atStake({ denied, after }: PostedClaim): Cents {
  const { openInsuranceCents } = totalsOf(after.lines);
  const refused = sumOf(denied, (each) => (each.groupCode === "PR" ? ZERO : each.amountCents));
  const left = sumOf(denied, (each) => (each.groupCode === "PR" ? each.amountCents : ZERO));
  return cents(Math.min(refused, openInsuranceCents) + left);
}

/**
 * A corrected insured or payer is told to the front desk, once a claim; the coverage itself is never touched
 * (POSTING C8).
 */
export function correctionDrafts(
  app: App,
  { payment, claimId, flags }: PostedClaim,
  before: ClaimDoc,
  source: DraftSource,
): WorkItemDraft[] {
  const isNew = (flag: "corrected-insured" | "corrected-payer") =>
    flags.includes(flag) && !before.flags.includes(flag);
  const draft = (
    reason: "corrected-insured" | "corrected-payer",
    correction: WorkItemDraft["correction"],
  ) =>
    draftPostingException({
      reason,
      today: today(app),
      payer: { id: source.payer.id ?? "", name: source.payer.name },
      remittance: remittanceFacts(source),
      patientControlNumber: before.claim.patientControlNumber,
      claimId,
      amountCents: ZERO,
      correction,
    });
  return [
    ...(isNew("corrected-insured")
      ? [draft("corrected-insured", { ...payment.correctedInsured })]
      : []),
    ...(isNew("corrected-payer")
      ? [draft("corrected-payer", { payer: payment.correctedPayer })]
      : []),
  ];
}

/** What drafting a work item needs to know of a claim. */
export function claimFacts(doc: ClaimDoc, source: DraftSource, payment?: ClaimPayment) {
  return {
    payer: { id: source.payer.id ?? "", name: source.payer.name },
    filingIndicatorCode: payment?.filingIndicatorCode ?? doc.claim.payer.filingIndicatorCode,
    patientControlNumber: payment?.patientControlNumber ?? doc.claim.patientControlNumber,
    serviceDateFrom: doc.claim.serviceDateFrom,
    claimId: doc._id,
  };
}

/** What drafting a work item needs to know of a remittance. */
export function remittanceFacts(source: DraftSource) {
  return {
    traceNumber: source.traceNumber,
    paymentDate: source.paymentDate,
    remittanceId: source.remittanceId,
  };
}
