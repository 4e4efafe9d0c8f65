import type { ClientSession } from "mongoose";
import { type ProviderBalance, providerBalances } from "../../billing/remits/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { today } from "../today.ts";
import { providerEntries } from "./provider-balances.ts";

/**
 * Refuses to unpost a remittance that forwarded, advanced or announced money which a later one has taken up
 * under the same reference: the later one would then have taken what was never there (POSTING 7).
 */
export async function refuseTakenUpBalances(
  app: App,
  actor: Actor,
  doc: RemittanceDoc,
  session: ClientSession,
): Promise<void> {
  const opened = doc.providerAdjustments.filter(({ amountCents }) => amountCents < 0);
  if (opened.length === 0) return;
  const references = [...new Set(opened.map(({ reference }) => reference))];
  const posted = await app.store
    .practice(actor.practiceId)
    .remittances.find(
      { status: "posted", "providerAdjustments.reference": { $in: references } },
      { session },
    );
  const beyond = (some: readonly RemittanceDoc[]) =>
    providerBalances(providerEntries(some), today(app)).filter(({ state }) => state === "beyond");
  const keyOf = ({ reasonCode, payerName, reference }: ProviderBalance) =>
    JSON.stringify([reasonCode, payerName, reference]);
  const before = new Set(beyond(posted).map(keyOf));
  const taken = beyond(posted.filter(({ _id }) => _id !== doc._id)).find(
    (balance) => !before.has(keyOf(balance)),
  );
  if (taken === undefined) return;
  const by = taken.traceNumbers.join(", ");
  throw new OperatingError(
    "state",
    `Its balance ${taken.reasonCode}:${taken.reference} is taken up by remittance ${by}: unpost that first.`,
  );
}
