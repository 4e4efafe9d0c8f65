import type { ClientSession } from "mongoose";
import { draftPostingException, type WorkItemDraft } from "../../billing/denials/index.ts";
import type { JournalLine } from "../../billing/ledger/index.ts";
import {
  type PostingRules,
  providerAdjustmentAccount,
  providerAdjustmentLines,
  type Remittance,
} from "../../billing/remits/index.ts";
import type { RemittanceDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { openItems } from "../denials/open-work-items.ts";
import type { Happening } from "../events.ts";
import { today } from "../today.ts";
import { journalDoc } from "./journal-entry.ts";

/** Posts the PLB pairs of a remittance to their sub-ledgers; what has no rule is held in suspense with a work item. */
export async function postProviderAdjustments(
  app: App,
  actor: Actor,
  remittance: Remittance,
  doc: RemittanceDoc,
  rules: PostingRules,
  session: ClientSession,
  told: Happening[],
): Promise<number> {
  const practice = app.store.practice(actor.practiceId);
  const entries: { lines: JournalLine[]; place: string }[] = [];
  const drafts: WorkItemDraft[] = [];
  for (const [index, plb] of remittance.providerAdjustments.entries()) {
    const account = providerAdjustmentAccount(plb, rules);
    const lines = providerAdjustmentLines(plb, rules);
    if (lines.length > 0) entries.push({ lines, place: `PLB[${index + 1}]` });
    told.push({
      kind: "providerAdjustment",
      traceNumber: remittance.traceNumber,
      reasonCode: plb.reasonCode,
      reference: plb.reference,
      amountCents: plb.amountCents,
      account,
    });
    if (account === "provider-adjustment-suspense") {
      drafts.push(
        draftPostingException({
          reason: "provider-adjustment-in-suspense",
          today: today(app),
          payer: { id: remittance.payer.id ?? "", name: remittance.payer.name },
          remittance: { traceNumber: remittance.traceNumber, remittanceId: doc._id },
          amountCents: plb.amountCents,
          code: plb.reasonCode,
        }),
      );
    }
  }
  await practice.journal.insert(
    entries.map(({ lines, place }) =>
      journalDoc(app, "provider-adjustment", lines, {
        remittanceId: doc._id,
        place,
        effectiveDate: remittance.paymentDate ?? today(app),
      }),
    ),
    session,
  );
  await openItems(app, actor, drafts, session, (one) => told.push(one));
  return entries.length;
}
