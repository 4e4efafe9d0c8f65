import type { ClientSession } from "mongoose";
import { openWorkItem, type WorkItem, type WorkItemDraft } from "../../billing/denials/index.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import { insertItems } from "./store-items.ts";

/** Stores drafts as open work items, tells of each, and gives them back in their order. */
export async function openItems(
  app: App,
  actor: Actor,
  drafts: readonly WorkItemDraft[],
  session: ClientSession,
  tell: Tell,
): Promise<readonly WorkItem[]> {
  const at = app.now().toISOString();
  const items = drafts.map((draft) =>
    openWorkItem(draft, { id: app.newId(), practiceId: actor.practiceId, at }),
  );
  await insertItems(app, actor, items, session);
  for (const item of items) {
    tell({
      kind: "workItem",
      id: item.id,
      patientControlNumber: item.patientControlNumber ?? "",
      itemKind: item.kind,
      category: item.category,
      groupCode: item.groupCode ?? null,
      reasonCode: item.reasonCode ?? null,
      amountCents: item.amountCents,
      deadline: item.deadline.date,
    });
  }
  return items;
}
