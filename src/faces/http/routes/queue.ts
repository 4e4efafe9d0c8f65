import { BULK_ACTIONS, BULK_MOST } from "../../../app/denials/bulk-items.ts";
import { OUTCOMES } from "../../../app/words.ts";
import type { BulkInput } from "../queue-use-cases.ts";
import { closed, jsonBody, type Route, type Schema } from "../route.ts";
import { answer, CENTS, COUNT, DATE, ID, list, STRING, text, word } from "../schemas.ts";
import { QUEUE_FILTER } from "./queue-filter.ts";

const COUNTS_BY: Schema = { type: "object", additionalProperties: COUNT };

/** Routes of the queue as a whole: how much is in it, and one thing done to many of its items. */
export const QUEUE_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/denials/counts",
    summary: "How much is in the queue, under which headings; live",
    tag: "denials",
    access: "denials:read",
    answer: {
      status: 200,
      meaning: "Numbers of items, and the cents at stake in all of them",
      schema: answer({
        open: COUNT,
        mine: COUNT,
        unassigned: COUNT,
        overdue: COUNT,
        dueThisWeek: { ...COUNT, description: "Due today or within the six days after it." },
        byKind: COUNTS_BY,
        byCategory: COUNTS_BY,
        byOwner: COUNTS_BY,
        amountCents: CENTS,
      }),
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.countQueue(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/denials/bulk",
    summary: `Do one thing to at most ${BULK_MOST} work items; a dry run says what would come of it`,
    tag: "denials",
    access: "denials:work",
    body: jsonBody(
      {
        ids: { ...list(ID), minItems: 1, maxItems: BULK_MOST },
        filter: closed(QUEUE_FILTER, []),
        action: word(...BULK_ACTIONS),
        assignee: { ...text(80), type: ["string", "null"] },
        text: text(4000),
        date: DATE,
        outcome: word(...OUTCOMES),
        dryRun: { type: "boolean" },
      },
      ["action"],
    ),
    answer: {
      status: 200,
      meaning: "What came of each: done, or why it was left as it is",
      schema: answer({
        dryRun: { type: "boolean" },
        done: COUNT,
        refused: COUNT,
        more: { type: "boolean", description: "The filter finds more than one call changes." },
        items: list(
          answer({ id: STRING, ok: { type: "boolean" }, reason: { type: ["string", "null"] } }),
        ),
      }),
    },
    async handler({ app, useCases, actor, body }) {
      return { json: await useCases.changeManyItems(app, actor, body as BulkInput) };
    },
  },
];
