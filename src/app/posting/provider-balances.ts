import {
  CHAINED_REASONS,
  type ProviderBalance,
  providerBalances,
} from "../../billing/remits/index.ts";
import type { PracticeStore, RemittanceDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { today } from "../today.ts";
import { endOf } from "./ledger.ts";

/** A chain of provider adjustments, with the claim whose overpayment it recovers, where we know it. */
export interface ProviderBalanceRow extends ProviderBalance {
  readonly patientControlNumber: string | null;
}

/** The provider adjustments of posted remittances as entries of their chains. */
export function providerEntries(remittances: readonly RemittanceDoc[]) {
  return remittances.flatMap(({ header, providerAdjustments, traceNumber, at }) =>
    providerAdjustments.map((adjustment) => ({
      payerKey: header.originatorId || (header.payer.id ?? header.payer.name),
      payerName: header.payer.name,
      traceNumber,
      date: header.paymentDate ?? at.toISOString().slice(0, 10),
      adjustment,
    })),
  );
}

/**
 * What payers forwarded, advanced or still recover, by payer and reference, with its age (POSTING 7). `asOf` asks
 * what the books said at the end of that day (UTC), and counts the age to it.
 */
export async function listProviderBalances(
  app: App,
  actor: Actor,
  { asOf }: { readonly asOf?: string } = {},
): Promise<readonly ProviderBalanceRow[]> {
  const practice = app.store.practice(actor.practiceId);
  const known = await practice.remittances.find(
    { "providerAdjustments.reasonCode": { $in: [...CHAINED_REASONS] } },
    { sort: { _id: 1 } },
  );
  const remittances =
    asOf === undefined
      ? known.filter(({ status }) => status === "posted")
      : await postedBy(practice, known, endOf(asOf));
  const balances = providerBalances(providerEntries(remittances), asOf ?? today(app));
  const recovered = balances.filter(({ reasonCode }) => reasonCode === "WO");
  const claims = await practice.claims.find({
    payerClaimControlNumbers: { $in: recovered.map(({ reference }) => reference) },
  });
  await recordAudit(app, actor, {
    action: "ledger.read",
    entity: { type: "ledger", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { shown: balances.length },
  });
  return balances.map((balance) => ({
    ...balance,
    patientControlNumber:
      balance.reasonCode !== "WO"
        ? null
        : (claims.find(({ payerClaimControlNumbers: numbers }) =>
            numbers.includes(balance.reference),
          )?.patientControlNumbers[0] ?? null),
  }));
}

/**
 * The remittances whose provider adjustments were in the books at an instant: the journal tells, for they may have
 * been unposted, or posted again, since.
 */
async function postedBy(
  practice: PracticeStore,
  remittances: readonly RemittanceDoc[],
  end: Date,
): Promise<RemittanceDoc[]> {
  const entries = await practice.journal.find({
    claimId: null,
    remittanceId: { $in: remittances.map(({ _id }) => _id) },
    kind: "provider-adjustment",
    at: { $lt: end },
  });
  const undone = new Set(entries.map(({ negates }) => negates));
  const standing = new Set(
    entries
      .filter(({ _id, negates }) => negates === undefined && !undone.has(_id))
      .map(({ remittanceId }) => remittanceId),
  );
  return remittances.filter(({ _id }) => standing.has(_id));
}
