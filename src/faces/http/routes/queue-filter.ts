import { OPEN_STATUSES, TEAMS, WORK_ITEM_KINDS } from "../../../app/words.ts";
import type { Schema } from "../route.ts";
import { DATE, text, word } from "../schemas.ts";

/** What the queue can be narrowed by; a view under a name keeps the same. */
export const QUEUE_FILTER: Readonly<Record<string, Schema>> = {
  status: word(...OPEN_STATUSES, "resolved"),
  kind: word(...WORK_ITEM_KINDS),
  category: text(60),
  payer: { ...text(80), description: "The payer's id." },
  owner: { ...word(...Object.keys(TEAMS)), description: "The team." },
  assignee: { ...text(80), description: "A person's id, `me`, or `none`." },
  reason: { ...text(12), description: "`CO-197`, or `197` of any group." },
  minCents: { type: "integer", minimum: 0, description: "US cents at stake, or more." },
  dueBefore: { ...DATE, description: "The deadline lies before it." },
  waitingBefore: { ...DATE, description: "What the item waits for lies before it." },
};
