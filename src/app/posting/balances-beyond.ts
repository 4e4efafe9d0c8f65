import type { ClientSession } from "mongoose";
import { draftPostingException, type WorkItemDraft } from "../../billing/denials/index.ts";
import { chainKey, type ProviderBalance, providerBalances } from "../../billing/remits/index.ts";
import type { RemittanceDoc, WorkItemDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { closeItem } from "../denials/close-work-item.ts";
import { openItems } from "../denials/open-work-items.ts";
import { replaceItem } from "../denials/store-items.ts";
import type { Tell } from "../events.ts";
import { today } from "../today.ts";
import { providerEntries } from "./provider-balances.ts";

/**
 * Looks at the chains of provider adjustments that a remittance is part of, as it posts or is taken out
 * (`isStanding`): a chain by which more was recovered than was forwarded or advanced has one open work item, and
 * none once that came back (POSTING 7). Part of the transaction that moves the money.
 */
export async function settleBeyond(
  app: App,
  actor: Actor,
  doc: RemittanceDoc,
  isStanding: boolean,
  session: ClientSession,
  tell: Tell,
): Promise<void> {
  const keys = new Set(providerEntries([doc]).flatMap((entry) => chainKey(entry) ?? []));
  if (keys.size === 0) return;
  const practice = app.store.practice(actor.practiceId);
  // Of two that touch one chain at once, by whatever process, one is overtaken and sees the other.
  for (const key of keys) await practice.counters.increment(`balance:${key}`, 1, session);
  const references = doc.providerAdjustments.map(({ reference }) => reference);
  const posted = await practice.remittances.find(
    { status: "posted", "providerAdjustments.reference": { $in: [...new Set(references)] } },
    { session },
  );
  const others = posted
    .filter(({ _id }) => _id !== doc._id)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const items = await practice.workItems.find(
    { remittanceId: { $in: [...others, doc].map(({ _id }) => _id) }, status: { $ne: "resolved" } },
    { session },
  );
  const drafts: WorkItemDraft[] = [];
  for (const key of keys) {
    const item = items.find((each) => isAbout(each, key, [...others, doc]));
    const draft = draftBeyond(app, key, isStanding ? [...others, doc] : others);
    if (item === undefined) {
      if (draft !== undefined) drafts.push(draft);
    } else if (draft === undefined) {
      const text = "What was taken beyond the balance has come back.";
      await closeItem(app, actor, item, "corrected", text, session);
    } else {
      const next = { ...item, ...draft, deadline: item.deadline };
      await replaceItem(app, actor, item, next, session);
    }
  }
  await openItems(app, actor, drafts, session, tell);
}

/** Whether an item is about a chain: by its reason and reference, and the remittance that it names. */
function isAbout(item: WorkItemDoc, key: string, remittances: readonly RemittanceDoc[]): boolean {
  if (item.category !== "balance-beyond") return false;
  const named = remittances.filter(({ _id }) => _id === item.remittanceId);
  return providerEntries(named).some(
    (entry) =>
      chainKey(entry) === key &&
      entry.adjustment.reasonCode === item.reasonCode &&
      entry.adjustment.reference === item.reference,
  );
}

/** The item of a chain as the remittances leave it, under the last that took; undefined when it is not beyond. */
function draftBeyond(
  app: App,
  key: string,
  remittances: readonly RemittanceDoc[],
): WorkItemDraft | undefined {
  const part = (doc: RemittanceDoc) =>
    providerEntries([doc]).filter((entry) => chainKey(entry) === key);
  const [balance]: (ProviderBalance | undefined)[] = providerBalances(
    remittances.flatMap(part),
    today(app),
  );
  const last = remittances.findLast((doc) =>
    part(doc).some(({ adjustment }) => adjustment.amountCents > 0),
  );
  if (balance?.state !== "beyond" || last === undefined) return undefined;
  return draftPostingException({
    reason: "balance-beyond",
    today: today(app),
    payer: { id: last.header.payer.id ?? "", name: last.header.payer.name },
    remittance: { traceNumber: last.traceNumber, remittanceId: last._id },
    amountCents: balance.balanceCents,
    code: balance.reasonCode,
    reference: balance.reference,
  });
}
