import { isDeepStrictEqual } from "node:util";
import { liveAdjudications } from "../../billing/ledger/index.ts";
import type { ClaimDoc } from "../../platform/store/index.ts";
import { projectClaim, receivableOf } from "../claims/claim-projection.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";

/** What a rebuild found: claims whose projection is not what the append-only records say. */
export interface RebuildReport {
  readonly claims: number;
  readonly differing: number;
  /** Claims whose journal does not add up to their account. */
  readonly unledgered: number;
}

/**
 * Works every claim's projection out anew from its charges and adjudications, and its account from the
 * journal, and compares both with what is stored. Changes nothing.
 */
export async function checkProjections(app: App, actor: Actor, tell: Tell): Promise<RebuildReport> {
  const practice = app.store.practice(actor.practiceId);
  let claims = 0;
  let differing = 0;
  let unledgered = 0;
  for await (const doc of practice.claims.stream({})) {
    claims += 1;
    const adjudications = (
      await practice.adjudications.find({ claimId: doc._id }, { sort: { _id: 1 } })
    ).map(({ adjudication }) => adjudication);
    const projection = projectClaim(receivableOf(doc), adjudications, doc.submissions);
    const fresh = { adjudications, ...projection };
    const stored = { adjudications: doc.adjudications, totals: doc.totals, status: doc.status };
    if (!isDeepStrictEqual(plain(fresh), plain(stored))) {
      differing += 1;
      tell({ kind: "difference", claim: doc._id, of: "projection" });
    }
    const live = liveAdjudications(adjudications).length;
    if (!(await ledgerAgrees(app, actor, doc))) {
      unledgered += 1;
      tell({ kind: "difference", claim: doc._id, of: "journal", live });
    }
  }
  return { claims, differing, unledgered };
}

/** Whether the journal of a claim, summed by account, is its stored account. */
async function ledgerAgrees(app: App, actor: Actor, doc: ClaimDoc): Promise<boolean> {
  const entries = await app.store
    .practice(actor.practiceId)
    .journal.find({ claimId: doc._id, kind: { $ne: "unapplied" } });
  const sums = new Map<string, number>();
  for (const line of entries.flatMap(({ lines }) => lines)) {
    sums.set(line.account, (sums.get(line.account) ?? 0) + line.amountCents);
  }
  const { totals } = doc;
  const writtenOff = sums.get("write-off") ?? 0;
  const cash = (sums.get("cash-in-transit") ?? 0) + (sums.get("unapplied-insurance") ?? 0);
  return (
    (sums.get("ar-insurance") ?? 0) === totals.openInsuranceCents - totals.creditCents &&
    (sums.get("ar-patient") ?? 0) === totals.patientResponsibilityCents &&
    (sums.get("revenue") ?? 0) === -totals.chargeCents &&
    (sums.get("contractual") ?? 0) + (sums.get("sequestration") ?? 0) === totals.contractualCents &&
    (sums.get("other-adjustment") ?? 0) + writtenOff === totals.otherAdjustmentCents &&
    writtenOff === (totals.writtenOffCents ?? 0) &&
    cash === totals.paidCents
  );
}

/** Absent and undefined are the same once stored. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
