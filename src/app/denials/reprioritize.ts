import { OPEN_STATUSES, priorityOf } from "../../billing/denials/index.ts";
import type { Filter } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { today } from "../today.ts";

/** Items ranked in one transaction. */
const CHUNK = 500;

/**
 * The nightly look: ranks again the items whose urgency rises today, and those that have no rank yet, and no others.
 * A rank is no change of the item, so its version stays: who has it open can go on.
 */
export async function reprioritize(app: App, actor: Actor): Promise<{ readonly ranked: number }> {
  const isOpen = { status: { $in: [...OPEN_STATUSES] } };
  const risen = await rankAll(app, actor, { ...isOpen, "priority.until": { $lte: today(app) } });
  const unranked = await rankAll(app, actor, { ...isOpen, "priority.score": null });
  return { ranked: risen + unranked };
}

async function rankAll(app: App, actor: Actor, filter: Filter): Promise<number> {
  let ranked = 0;
  for (;;) {
    const count = await app.store.transaction(async (session) => {
      const { workItems } = app.store.practice(actor.practiceId);
      const options = { session, limit: CHUNK, projection: { packed: 0 } };
      const items = await workItems.find(filter, options);
      if (items.length === 0) return 0;
      for (const item of items) {
        const priority = priorityOf(item, today(app), item.priority);
        await workItems.update({ _id: item._id }, { $set: { priority } }, session);
      }
      await recordAudit(app, actor, ranking(actor, items.length), session);
      return items.length;
    });
    if (count === 0) return ranked;
    ranked += count;
  }
}

function ranking({ practiceId }: Actor, items: number) {
  return {
    action: "queue.rank",
    entity: { type: "work-items", id: practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { items },
  } as const;
}
