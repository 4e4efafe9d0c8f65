import {
  type Adjudication,
  claimAccount,
  hasEffect,
  type LineAccount,
  liveAdjudications,
  type Receivable,
  standingAdjudications,
  standingWriteOffs,
  TURNS,
  totalsOf,
} from "../../billing/ledger/index.ts";
import { add, type Cents, sumOf, ZERO } from "../../billing/money/index.ts";
import type { ClaimDoc, ClaimStatus, Submission } from "../../platform/store/index.ts";

/** What of a claim follows from its charges, submissions and adjudications; `rebuild --check` compares it. */
export type ClaimProjection = Pick<ClaimDoc, "totals" | "status">;

/** A claim as it is charged: its lines, what was written off, and whether a later claim has taken its place. */
export function receivableOf(
  doc: Pick<ClaimDoc, "claim" | "superseded" | "writeOffs">,
): Receivable {
  const writtenOff = standingWriteOffs(doc.writeOffs ?? []);
  return { lines: doc.claim.lines, superseded: doc.superseded, writtenOff };
}

/** The accounts of a claim's lines, worked out from its decisions. */
export function accountsOf(
  doc: Pick<ClaimDoc, "claim" | "superseded" | "adjudications" | "writeOffs">,
): readonly LineAccount[] {
  return claimAccount(receivableOf(doc), liveAdjudications(doc.adjudications)).lines;
}

/** The projection of a claim, worked out afresh. */
export function projectClaim(
  receivable: Receivable,
  adjudications: readonly Adjudication[],
  submissions: readonly Submission[],
): ClaimProjection {
  const live = liveAdjudications(adjudications);
  const accounts = claimAccount(receivable, live).lines;
  return {
    totals: totalsOf(accounts),
    status: statusOf(accounts, standingAdjudications(adjudications), live, submissions),
  };
}

function statusOf(
  accounts: readonly LineAccount[],
  standing: readonly Adjudication[],
  live: readonly Adjudication[],
  submissions: readonly Submission[],
): ClaimStatus {
  const totals = totalsOf(accounts);
  const awaited = awaitsEarlierPayer(live, submissions);
  return {
    submission: submissions.at(-1)?.status ?? "sent",
    adjudication: adjudicationStatus(accounts, standing, live),
    insurance:
      totals.creditCents > 0
        ? "credit"
        : totals.openInsuranceCents > 0 || awaited
          ? "open"
          : "closed",
    patient: totals.patientResponsibilityCents <= 0 ? "none" : awaited ? "held" : "owes",
  };
}

/**
 * Whether a payer has decided before one whose turn comes first: from the payer on to which the claim was first
 * sent, for what came before that is told elsewhere (POSTING C5).
 */
function awaitsEarlierPayer(
  live: readonly Adjudication[],
  submissions: readonly Submission[],
): boolean {
  const first = TURNS.indexOf(submissions[0]?.sequence ?? "P");
  const last = Math.max(-1, ...live.map(({ sequence }) => TURNS.indexOf(sequence)));
  return TURNS.slice(first, Math.max(first, last)).some(
    (turn) => !live.some(({ sequence }) => sequence === turn),
  );
}

/** What no payer's decision has settled: open, carried by a later claim, or given up. */
function unsettledCents({ openCents, contraCents, writtenOffCents = ZERO }: LineAccount): Cents {
  return add(add(openCents, contraCents), writtenOffCents);
}

/** A refusal counts while what it refused is open or given up; what a later decision settled is history. */
function adjudicationStatus(
  accounts: readonly LineAccount[],
  standing: readonly Adjudication[],
  live: readonly Adjudication[],
): ClaimStatus["adjudication"] {
  if (standing.length === 0) return "none";
  if (live.length === 0) return "reversed-awaiting-correction";
  const lines = live.flatMap((adjudication) => adjudication.lines);
  const unsettled = sumOf(accounts, unsettledCents) > 0;
  const denied = unsettled && lines.some((line) => line.deniedCents > 0);
  const paid = lines.some((line) => line.paidCents !== 0);
  if (denied) return lines.some(hasEffect) ? "partly-paid" : "denied";
  return paid ? "paid" : "no-payment-due";
}
